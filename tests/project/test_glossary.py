"""The catalogues say one word for each thing, and write each language as it is written."""
import re
from collections.abc import Mapping

import pytest
from babel.messages.pofile import read_po
from pydantic import BaseModel

from workshop import words
from workshop.domain.methods.library import library
from workshop.domain.methods.shape import Words
from workshop.words import extract, glossary


def spoken(language: str) -> list[str]:
    """Everything that is said in a language."""
    if language == "en":
        return [form for forms in extract.messages().values() for form in forms]
    with (words.FOLDER / f"{language}.po").open("rb") as file:
        held = [m.string for m in read_po(file, locale=language) if m.id]
    return [form for said in held for form in (said if isinstance(said, tuple) else (said,))]


def of_methods(language: str) -> list[str]:
    """Everything that the shipped methods say in a language."""
    def inside(part) -> list[str]:
        if isinstance(part, Words):
            return [getattr(part, language)]
        parts = dict(part).values() if isinstance(part, BaseModel | Mapping) else part if isinstance(part, tuple) else ()
        return [said for one in parts for said in inside(one)]
    return [said for method in library().values() for said in inside(method)]


@pytest.mark.parametrize("language", ["en", "es", "fr"])
def test_no_catalogue_says_another_word_for_what_has_one(language):
    said, wrong = spoken(language) + of_methods(language), []
    assert len(said) > 1500
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
    said = spoken("fr") + of_methods("fr")
    apart = re.compile(r"[ \u202f]:|[ \u00a0][;?!»]|«[^\u202f]|\w[;?!»](?!\w)|\w'\w")
    assert [one for one in said if apart.search(one)] == []
    for space in (glossary.FRENCH_SPACE, glossary.FRENCH_THIN):
        assert sum(space in one for one in said) > 100


@pytest.mark.parametrize(("typed", "set_right"), [
    ("Dites : « l'eau » !", "Dites\u00a0: «\u202fl’eau\u202f»\u202f!"), ("«\u00a0Ça va ; et vous\u00a0?\u00a0»",
                                                        "«\u202fÇa va\u202f; et vous\u202f?\u202f»")])
def test_french_is_set_right(typed, set_right):
    assert glossary.french(typed) == set_right == glossary.french(set_right)


def test_spanish_opens_what_it_closes():
    for opens, closes in ("¿?", "¡!"):
        assert [one for one in spoken("es") if one.count(opens) != one.count(closes)] == []
