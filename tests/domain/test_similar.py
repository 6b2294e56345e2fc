"""Which texts seem to say the same."""
import csv
import math

import pytest

from tests.support.real import real
from workshop.domain.cards import similar


def comments(name: str) -> list[str]:
    """What people wrote in a recorded conversation."""
    with real("polis", name, "comments.csv").open(encoding="utf-8", newline="") as file:
        return [row["body"] for row in csv.DictReader(file)]


@pytest.mark.parametrize(("one", "other"), [
    ("La feria semanal mantuvo el precio de la quinua.", "LA FERIA SEMANAL MANTUVO EL PRECIO DE LA QUÍNUA"),
    ("Las ferias semanales subieron los precios", "la feria semanal subió el precio y los precios subieron"),
    ("Protéger les semences paysannes", "Il faut protéger la semence paysanne !"),
    ("We need more trees in the streets", "More trees on our streets, please: trees!"),
    ("我覺得UBER提供了更便利及高品質的乘車環境", "我覺得Uber提供了更便利及更高品質的乘車環境。"),
    ("😀", "😀"), ("¿Qué?", "que")])
def test_accents_capitals_plurals_and_common_words_do_not_matter(one, other):
    others = ["El riego por goteo ahorra agua", "Une route vers le marché", "Schools need doctors"]
    assert [(i, j) for i, j, _score in similar.pairs([one, *others, other])] == [(0, 4)]


OPPOSITES = [
    ("Sí a la minería en la zona", "No a la minería en la zona"), ("Con agua de riego", "Sin agua de riego"),
    ("Más reuniones", "Menos reuniones"), ("Reunión 1", "Reunión 2"), ("Reunión uno", "Reunión dos"),
    ("A favor de la represa", "En contra de la represa"), ("Todos hablan quechua", "Nadie habla quechua"),
    ("Mucha lluvia", "Poca lluvia"), ("Llegar antes de la feria", "Llegar después de la feria"),
    ("Subir hasta el lago", "Subir desde el lago"), ("Opción A", "Opción E"),
    ("5 grados en la noche", "-5 grados en la noche"),
    ("Oui au barrage", "Non au barrage"),
    ("Avec des pesticides", "Sans pesticides"), ("Plus de marchés", "Moins de marchés"),
    ("Nous voulons la route", "Nous ne voulons pas la route"), ("Deux semences", "Trois semences"),
    ("Beaucoup de pluie", "Peu de pluie"), ("We want the road", "We don't want the road"), ("More trees", "Fewer trees"),
    ("For the dam", "Against the dam"), ("With chemicals", "Without chemicals"), ("Two wells", "Ten wells"),
    ("We can go on", "We cannot go on"), ("Bus stop up the hill", "Bus stop down the hill")]


@pytest.mark.parametrize(("one", "other"), OPPOSITES)
def test_what_turns_a_sentence_around_and_numbers_carry_meaning(one, other):
    others = ["El riego por goteo ahorra agua", "Une route vers le marché neuf", "Schools need doctors"]
    assert [pair for pair in similar.pairs([one, *others, other]) if pair[:2] == (0, 4)] == []


@pytest.mark.parametrize(("one", "other"), [
    ("Hay agua para todos", "¿Hay agua para todos?"), ("¿Quién paga el riego?", "¿Cuándo se paga el riego?")])
def test_a_question_is_never_the_very_same_as_what_it_asks_for(one, other):
    assert all(score < similar.SAME for _i, _j, score in similar.pairs([one, other]))


@pytest.mark.parametrize(("one", "other"), [
    ("No más minería", "¡No más minería!"), ("Tres pozos", "3 pozos"), ("We don't agree", "We do not agree"),
    ("¿Y el agua?", "¿y el AGUA?"), ("Sin agua no hay vida", "sin agua, no hay vida.")])
def test_the_same_turn_in_other_signs_is_the_very_same(one, other):
    assert [score for _i, _j, score in similar.pairs([one, other])] == [similar.SAME]


@pytest.mark.parametrize(("one", "other"), [
    ("Las ferias semanales", "La feria semanal"), ("El puma caza a la llama", "A la llama la caza el puma"),
    ("Que haya agua para todos", "Haya agua para todos"), ("Pagar 5 % más", "Pagar 5 más"), ("Año nuevo", "Ano nuevo"),
    ("Yo apruebo la ley del agua", "Tú apruebas la ley del agua"), ("Agua 😀", "Agua 😡"), ("!!!", "…")])
def test_other_words_another_order_or_sign_is_a_hint_and_never_the_very_same(one, other):
    assert all(score < similar.SAME for _i, _j, score in similar.pairs([one, "Otra cosa", other]))
    assert similar.same(one) != similar.same(other)


def test_texts_without_words_are_like_nothing():
    assert similar.pairs(["", "  ", "", "agua"]) == []


def test_what_shares_only_common_words_is_not_similar():
    assert similar.pairs(["Lo que más me gusta de esto es que no hay lluvia",
                          "Lo que no me gusta es que hay mucho de esto en la feria"]) == []


def test_the_same_text_many_times_is_told_once_for_each():
    assert similar.pairs(["agua"] * 4) == [(0, 1, 1.0), (0, 2, 1.0), (0, 3, 1.0)]


def test_long_texts_that_only_begin_alike_are_not_taken_for_the_same():
    start = " ".join(f"palabra{n}" for n in range(similar.WORDS_EACH))
    assert [score < similar.SAME for _i, _j, score in similar.pairs([f"{start} riego", f"{start} feria"])] == [True]


def test_of_very_many_texts_the_same_words_are_found_among_all():
    texts = [f"asunto{n} tema{n} lugar{n}" for n in range(similar.COMPARED + 10)]
    assert similar.pairs([*texts, texts[3]]) == [(3, len(texts), 1.0)]


def test_in_a_recorded_conversation_the_sentences_that_were_written_twice_are_found():
    texts = comments("canadian-electoral-reform")
    found = [(texts[i], texts[j]) for i, j, _score in similar.pairs(texts)]
    assert found[0] == ("I consider myself a person with a disability.", "I consider myself as a person with a disability.")
    assert ("All parties have self-interest biases.", "I think all parties have self-interest biases.") in found
    assert 10 < len(found) < 40


@pytest.mark.parametrize("name", ["scoop-hivemind.freshwater", "vtaiwan.uberx", "15-per-hour-seattle"])
def test_no_pair_is_missed_by_looking_only_where_a_pair_can_be(name):
    texts = comments(name)
    slow = set()
    lists, turned = [similar._words(text) for text in texts], [similar.turns(text) for text in texts]
    vectors = similar._vectors([words[:similar.WORDS_EACH] for words in lists])
    quick = {(i, j) for i, j, score in similar.pairs(texts, 0.4) if score < 1 and not _same(vectors[i], vectors[j])}
    for j, vector in enumerate(vectors):
        for i in range(j):
            if similar._opposed(turned[i], turned[j], lists[i], lists[j]):
                continue
            if 0.4 <= sum(weight * vectors[i].get(word, 0) for word, weight in vector.items()) < 1 - 1e-9:
                slow.add((i, j))
    firsts = {i for i, vector in enumerate(vectors) if not any(_same(vector, other) for other in vectors[:i])}
    assert len(quick) > 2
    assert quick == {(i, j) for i, j in slow if i in firsts and j in firsts}


def _same(one: dict, other: dict) -> bool:
    return one.keys() == other.keys() and all(math.isclose(weight, other[word]) for word, weight in one.items())


def test_proposals_that_were_handed_in_twice_are_found():
    with real("es-decide-madrid", "proposals.csv").open(encoding="utf-8", newline="") as file:
        texts = [f"{row['title']}\n{row['body']}" for row in csv.DictReader(file)]
    found = similar.pairs(texts)
    twins = {text for text in texts if texts.count(text) > 1}
    assert len(twins) >= 1
    assert twins <= {texts[j] for _i, j, score in found if score >= similar.SAME}
    assert len(found) < 80


def test_a_word_that_says_nothing_makes_no_pair():
    assert similar.pairs(["Cosa fuerte", "Otra cosa"]) == similar.pairs(["Une chose forte", "Autre chose"]) == []
