"""Translates every visible word: `_("Save")`, `count("{n} card", "{n} cards", n)`.

The message in the code is English; workshop/translations/<language>.po holds the others and is read at start, so that there
is nothing to compile. Values are written {name}, for Python and for the pages' script alike.
"""
import gettext
import io
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from workshop.words.bidi import isolate

LANGUAGES = {"es": "Español", "fr": "Français", "en": "English"}
FOLDER = Path(__file__).parents[1] / "translations"
_spoken: ContextVar[str] = ContextVar("language", default="es")


def _(message: str, **values: object) -> str:
    """Translates a message into the current language, {name} replaced by values['name']."""
    messages = catalogue(_spoken.get())
    text = messages.gettext(message)
    if text == message:  # perhaps the singular of a plural, where Python before 3.12 does not look by itself
        text = messages.ngettext(message, message, 1)
    return text.format(**_apart(values)) if values else text


def count(one: str, many: str, n: int, **values: object) -> str:
    """Translates the singular or the plural for `n`, which both may show as {n}."""
    return catalogue(_spoken.get()).ngettext(one, many, n).format(n=n, **_apart(values))


def _apart(values: dict[str, object]) -> dict[str, object]:
    """Isolates values written from right to left, so that they do not turn the rest of the sentence."""
    return {key: isolate(value) if isinstance(value, str) else value for key, value in values.items()}


def N_(message: str) -> str:
    """Marks a message that is translated later, where it is shown."""
    return message


def N_count(one: str, many: str) -> tuple[str, str]:
    """Marks the singular and the plural of a message that is translated later, where its {n} is known."""
    return one, many


def labelled(label: str, text: object) -> str:
    """Joins a label and its value ('Who took part: 12') with the sign and the spaces of the current language."""
    return f"{label}{_(': ')}{text}"


def spoken(text: dict[str, str] | str | None) -> str:
    """Picks the words of {language: words} in the current language, else in Spanish, else any; a plain text as it is."""
    if isinstance(text, dict):
        return text.get(_spoken.get()) or text.get("es") or next(iter(text.values()), "")
    return text or ""


def figure(number: float, decimals: int = 1) -> str:
    """Formats a number with at most so many decimals, as the current language writes it."""
    return format_decimal(number, f"#,##0.{'#' * decimals}", locale=_spoken.get())


def speak(language: str) -> None:
    """Sets the language from here on in this request or thread; an unknown one changes nothing."""
    if language in LANGUAGES:
        _spoken.set(language)


def language() -> str:
    """Returns the current language: 'es', 'fr', 'en'."""
    return _spoken.get()


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speaks `language` inside the block."""
    token = _spoken.set(language if language in LANGUAGES else _spoken.get())
    try:
        yield
    finally:
        _spoken.reset(token)


@cache
def catalogue(language: str) -> gettext.NullTranslations:
    """Returns the translations of a language; English needs none."""
    if language == "en":
        return gettext.NullTranslations()
    with (FOLDER / f"{language}.po").open("rb") as file:
        messages = read_po(file, locale=language)
    compiled = io.BytesIO()
    write_mo(compiled, messages)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
