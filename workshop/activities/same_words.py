"""Finds which words that people wrote are the same: without case, accents, signs, the words that every sentence has
(`common_words.py`) and the ending of their plural. `plain` says how.
"""
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

from workshop.activities.common_words import COMMON
from workshop.domain.errors import Refusal
from workshop.domain.limits import clean_text
from workshop.domain.shapes import Json

TOKEN = re.compile(r"[^\W_]+")
# The ends of plurals: Quechua; French animaux, not eaux; Spanish voces beside voz; English cities beside city.
PLURALS = ((re.compile(r"(?<=\w{3})kuna$"), ""), (re.compile(r"(?<=[^\We])aux$"), "al"), (re.compile(r"(?<=\w{2})z$"), "c"),
           (re.compile(r"(?<=\w{2})ies$"), "i"))
END = re.compile(r"(?<=\w{3})(?:[sx]?e|[sx])$")  # of what is left: flor-es, casa-s, école-s, and the e of a singular


def clean(text: object, longest: int) -> str:
    """Returns a text of one line, or Refusal `bad_choice` where it is none or nothing of it can be read, `too_long`."""
    if not isinstance(text, str):
        raise Refusal("bad_choice")
    if len(text) > 4 * longest:
        raise Refusal("too_long", limit=longest, length=len(text))
    line = " ".join(clean_text(text).split())
    if not line:
        raise Refusal("bad_choice")
    if len(line) > longest:
        raise Refusal("too_long", limit=longest, length=len(line))
    return line


def plain(text: str) -> str:
    """Returns what texts that say the same have in common; of one that is nothing but common words, all of them."""
    told = [one for one in tokens(text) if one not in COMMON]
    return " ".join(map(singular, told)) or " ".join(tokens(text)) or text.casefold()


def tokens(text: str) -> list[str]:
    """Lists the words without case and accents."""
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(sign))
    return TOKEN.findall(bare)


def singular(word: str) -> str:
    """Returns a word without the ending that a plural has in Spanish, French, English or Quechua: the same of both."""
    for ending, instead in PLURALS:
        word = ending.sub(instead, word)
    for _ in range(2):  # paises, pais
        word = END.sub("", word)
    return f"{word[:-1]}i" if word.endswith("y") and len(word) > 2 else word  # leyes, ley; city


def together(said: Iterable[tuple[str, str | None]]) -> dict[str, Json]:
    """Counts {words as most people wrote them: {seats, delegations}} of (text, delegation id) pairs, each of one person."""
    written: dict[str, Counter[str]] = {}
    delegations: dict[str, set[str | None]] = {}
    for text, delegation in said:
        key = plain(text)
        written.setdefault(key, Counter())[text] += 1
        delegations.setdefault(key, set()).add(delegation)
    return {min(forms, key=lambda text: (-forms[text], len(text), text)): {
        "seats": forms.total(), "delegations": len(delegations[key] - {None})} for key, forms in sorted(written.items())}


def is_common(text: str) -> bool:
    """Tells whether it is nothing but words that every sentence has."""
    return bool(tokens(text)) and COMMON.issuperset(tokens(text))
