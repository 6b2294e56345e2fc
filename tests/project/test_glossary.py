"""The catalogues say one word for each thing, and write each language as it is written."""
import re

import pytest
from babel.messages.pofile import read_po

from workshop import words
from workshop.words import extract, glossary


def spoken(language: str) -> list[str]:
    """Everything that is said in a language."""
    if language == "en":
        return [form for forms in extract.messages().values() for form in forms]
    with (words.FOLDER / f"{language}.po").open("rb") as file:
        held = [m.string for m in read_po(file, locale=language) if m.id]
    return [form for said in held for form in (said if isinstance(said, tuple) else (said,))]


@pytest.mark.parametrize("language", ["en", "es", "fr"])
def test_no_catalogue_says_another_word_for_what_has_one(language):
    said, wrong = spoken(language), []
    assert len(said) > 1000
    for term in glossary.TERMS:
        for pattern in term.not_these.get(language, ()):
            wrong += [(term.words[language], one) for one in said if re.search(pattern, one, re.I)]
    assert wrong == []


@pytest.mark.parametrize("language", ["en", "es", "fr"])
def test_the_word_of_each_thing_is_used(language):
    said = "\n".join(spoken(language)).lower()
    for term in glossary.TERMS:
        first = re.split(r"[;…]", term.words[language])[0].strip().lower()
        assert first.removeprefix("to ")[:6] in said, term.thing


def test_a_forbidden_word_would_be_found():
    patterns = [pattern for term in glossary.TERMS for found in term.not_these.values() for pattern in found]
    for word in ("12 asientos", "Sin línea", "Pas de ligne", "sièges", "put together", "Modo liviano", "Inbox"):
        assert any(re.search(pattern, word, re.I) for pattern in patterns), word


def test_french_keeps_its_signs_with_their_words():
    said = spoken("fr")
    apart = re.compile(r" [:;?!»]|« |\w[;?!](?!\w)")
    assert [one for one in said if apart.search(one)] == []
    assert sum(glossary.FRENCH_SPACE in one for one in said) > 200


def test_spanish_opens_what_it_closes():
    for opens, closes in ("¿?", "¡!"):
        assert [one for one in spoken("es") if one.count(opens) != one.count(closes)] == []
