"""Finds texts that seem to say the same: by their words, without accents, endings and the words that every sentence has.

A text is a vector of its words' weights (rare words weigh more), two texts are as similar as the cosine of their vectors.
Words that turn a sentence around (no, sin, contra, más, menos), numbers and question marks are no common words: texts that
differ in them alone say different things (`turns`). Scripts without spaces are taken by two signs at a time. Only pairs that
can reach the least score are compared: common words are not looked up where rare ones decide (Bayardo, Ma, Srikant: Scaling
up all pairs similarity search, 2007).
"""
import heapq
import math
import re
import unicodedata
from collections import Counter, defaultdict

Turns = tuple[frozenset[str], tuple[str, ...], frozenset[str]]  # what `turns` finds
LEAST = 0.5  # tried on citizens' proposals in Spanish and conversations in English: below it, pairs share a subject only
WORDS_EACH = 120  # that count; texts that need more say it at the start
COMPARED = 1500  # texts, the last ones; the very same words are found among all
EACH = 6  # pairs of a text with earlier ones
SAME = 1.0  # the very same words in the same order; case, accents and punctuation do not matter
ALMOST = 0.99  # the most that others reach
WORDS = re.compile(r"(?<![\w.,])[-−](?=\d)|[^\W_]+")  # with the minus of a number
EXACT = re.compile(  # a number, a word, question marks, a sign that is no punctuation
    r"(?:(?<![\w.,])[-−])?\d+(?:[.,:/-]\d+)*|[^\W\d_]+|[?？؟]+|[%‰#@&/+=<>*^~|°§$€£¥]"
    r"|[^\w\s!-/:-@\[-`{-~\u00a0-\u00bf\u2000-\u206f\u3000-\u303f\uff00-\uff65]")
NOT = re.compile(r"n['’]t\b|\bcannot\b")
UNSPACED = re.compile("([\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+)")
ENDINGS = re.compile(r"(?:(?<=\w{3})mente|(?<=[^s\W]{3})(?:es|as|os|s|e|a|o|x))$")
# The words that every sentence has: Spanish, French, English.
COMMON = frozenset("""
a al algo algun alguna algunas algunos ante asi aun aunque bien cada como con contra cual cuales cuando de del desde
donde dos el ella ellas ellos en entre era es esa esas ese eso esos esta estas este esto estos estan etc fue ha hace
hacer hacia han hasta hay la las le les lo los mas me mi mis mismo mucho muchos muy nada ni no nos nosotros nuestra
nuestras nuestro nuestros o os otra otras otro otros para pero poco por porque puede pueden que quien se sea sean ser si
sin sino sobre solo son su sus tal tambien tan tanto te tiene tienen toda todas todo todos tu un una unas uno unos y ya
yo debe deben cosa cosas algo
ai ainsi alors apres au aucun aussi autre autres aux avant avec avoir c ca car ce ceci cela celle celui ces cet cette
chaque comme comment d dans des deux doit doivent donc du elle elles encore est et etaient etait ete etre eux fait faire
faut ici il ils j je l leur leurs lui m ma mais meme memes mes moins mon n ne notre nous on ont ou par pas peu peut
peuvent plus pour pourquoi qu quand quel quelle quelles quels qui quoi s sa sans ses si sont sous sur t ta tes ton tous
chose choses quelque tout toute toutes tres trop un une vers vos votre vous
thing things something
about all also am an and any are as at be because been being but by can could did do does doing down for from get had
has have having he her here him his how i if in into is it its just like make me more most my not now of on one only or
other our out over re should so some such than that the their them then there these they this those through to too up us
ve very was we were what when which while who why will with would you your
""".split())  # noqa: SIM905


# Words of three languages that change what is said, by what they mean; of each kind a text has some or none.
TURNS = {word: kind for kind, words in {
    "no": "no not non nor neither never ni nunca jamas nada nadie ninguno ninguna ningun tampoco pas jamais aucun aucune "
          "nobody nothing none rien personne",
    "without": "sin sans without excepto salvo sauf except", "against": "contra contre against",
    "for": "favor faveur favour",
    "more": "mas plus more", "less": "menos moins less fewer", "much": "mucho mucha muchos muchas beaucoup trop demasiado "
    "much many", "little": "poco poca pocos pocas peu few little", "up": "up arriba haut", "down": "down abajo bas",
    "in": "dentro dedans inside", "out": "fuera dehors out outside", "over": "over sur sobre encima",
    "under": "under bajo debajo sous", "before": "antes avant before", "after": "despues apres after",
    "from": "desde depuis from", "until": "hasta until", "only": "solo solamente only seulement",
}.items() for word in words.split()}
NUMBERS = {word: str(number) for number, words in enumerate((
    "cero zero", "", "dos deux two", "tres trois three", "cuatro quatre four", "cinco cinq five", "seis six",
    "siete sept seven",
    "ocho huit eight", "nueve neuf nine", "diez dix ten", "once onze eleven", "doce douze twelve", "trece treize thirteen",
    "catorce quatorze fourteen", "quince quinze fifteen", "dieciseis seize sixteen", "diecisiete seventeen",
    "dieciocho eighteen", "diecinueve nineteen", "veinte vingt twenty")) for word in words.split()} | {
    word: number for number, words in (("30", "treinta trente thirty"), ("40", "cuarenta quarante forty"),
                                       ("50", "cincuenta cinquante fifty"), ("100", "cien ciento cent hundred"),
                                       ("1000", "mil mille thousand")) for word in words.split()}

ASKED = frozenset("""
? quien quienes cuando donde como cual cuales cuanto cuanta cuantos cuantas porque qui quand ou comment pourquoi combien quel
quelle quels quelles who when where why how which whose
""".split())  # noqa: SIM905
STEMS = frozenset(ENDINGS.sub("", word) for word in TURNS)


def pairs(texts: list[str], least: float = LEAST) -> list[tuple[int, int, float]]:
    """Finds [(i, j, score)] with i < j and score from `least` to 1, the most similar first; 1 is for the very same words
    (`same`), everything else is a hint.

    Of texts with the very same words each later one is paired with the first only, which stands for them all; so is, at
    ALMOST, one that is the same apart from endings, common words and their order. A text has at most EACH pairs with earlier
    ones; where there are more than COMPARED, the first are looked through for the very same words only.
    """
    found: list[tuple[int, int, float]] = []
    first: dict[tuple[frozenset[tuple[str, int]], Turns], int] = {}
    told: dict[tuple[str, ...], int] = {}
    lists = [_words(text) for text in texts]
    turned = [turns(text) for text in texts]
    vectors = _vectors([words[:WORDS_EACH] for words in lists])
    heaviest: dict[str, float] = {}
    for vector in vectors:
        for word, weight in vector.items():
            heaviest[word] = max(weight, heaviest.get(word, 0.0))
    index: dict[str, list[int]] = defaultdict(list)
    for j, vector in enumerate(vectors):
        known = told.setdefault(same(texts[j]), j)
        if known != j and vector:
            found.append((known, j, SAME))
            continue
        known = first.setdefault((frozenset(Counter(lists[j]).items()), turned[j]), j)
        if known != j or not vector:
            found += [(known, j, ALMOST)] if vector else []
            continue
        if j < len(texts) - COMPARED:
            continue
        near = []
        for i in set().union(*(index[word] for word in vector if word in index)):
            small, large = sorted((vector, vectors[i]), key=len)
            score = sum(weight * large.get(word, 0.0) for word, weight in small.items())
            if score >= least and not _opposed(turned[i], turned[j], lists[i], lists[j]):
                near.append((i, j, round(min(score, ALMOST), 3)))
        found += heapq.nlargest(EACH, near, key=lambda pair: pair[2])
        # The words that all together cannot make a pair need not be looked up: those of least weight, which most texts have.
        reach = 0.0
        for word, weight in sorted(vector.items(), key=lambda item: item[1]):
            reach += weight * heaviest[word]
            if reach >= least:
                index[word].append(j)
    return sorted(found, key=lambda pair: (-pair[2], pair[0], pair[1]))


def same(text: str) -> tuple[str, ...]:
    """Lists the words of a text in their order, with what carries meaning beside letters: numbers with their signs, a
    question mark, other signs than those of punctuation. Texts of which this is the same say the same."""
    flat = unicodedata.normalize("NFKD", NOT.sub(" not ", unicodedata.normalize("NFC", text).casefold()))
    flat = "".join(sign for sign in flat.replace("n\u0303", "ñ") if not unicodedata.combining(sign))
    if "¿" in flat and "?" not in flat:
        flat += "?"
    found = EXACT.findall(flat)
    return tuple("?" if word[0] in "?？؟" else NUMBERS.get(word, word) for word in found) or (flat.strip(),)


def turns(text: str) -> Turns:
    """Finds (kinds of words that turn what a text says, its numbers and the letter at its end, what it asks for)."""
    kinds, numbers = set(), []
    words = WORDS.findall(_flat(text))
    for word in words:
        if word in TURNS:
            kinds.add(TURNS[word])
        number = NUMBERS.get(word, word if word.isdigit() or word in "-−" else "")
        if number:
            numbers.append(number)
    if len(words) > 1 and len(words[-1]) == 1:
        numbers.append(words[-1])  # 'Opción A'
    asks = {"?", *words} & ASKED if "?" in text or "？" in text else ()
    return frozenset(kinds), tuple(numbers), frozenset(asks)


def _opposed(one: Turns, other: Turns, words: list[str], others: list[str]) -> bool:
    """Tells whether two texts say the same words, but with another turn or another number, so that they say different
    things."""
    return one[:2] != other[:2] and _turned(words) == _turned(others)


def _turned(words: list[str]) -> set[str]:
    """Returns what the words say apart from their turn and their numbers."""
    return {word for word in words if word not in STEMS and not word.isdigit()
            and (len(word) > 1 or (not word.isascii() and word != "−"))}


def _flat(text: str) -> str:
    """Folds to lower case without accents, and every English not as a word."""
    flat = unicodedata.normalize("NFKD", NOT.sub(" not ", text.lower())).casefold()
    return flat if flat.isascii() else "".join(c for c in flat if not unicodedata.combining(c))


def _words(text: str) -> list[str]:
    """Lists the words that mean something; where none does, all of them, and where there are none, the signs."""
    flat = _flat(text)
    words = []
    for word in WORDS.findall(flat):
        for part in UNSPACED.split(word):
            if UNSPACED.fullmatch(part):
                words += [part[at:at + 2] for at in range(max(1, len(part) - 1))]
            elif part:
                words.append(part)
    words = [NUMBERS.get(word, word) for word in words]
    said = [word for word in words if word not in COMMON] or words or flat.split()
    return [ENDINGS.sub("", word) for word in said]


def _vectors(lists: list[list[str]]) -> list[dict[str, float]]:
    """Computes weights of length 1 for each list of words: how often here, how rarely elsewhere."""
    spread = Counter(word for words in lists for word in set(words))
    made = []
    for words in lists:
        weights = {word: (1 + math.log(n)) * math.log(1 + len(lists) / spread[word]) for word, n in Counter(words).items()}
        length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        made.append({word: weight / length for word, weight in weights.items()})
    return made
