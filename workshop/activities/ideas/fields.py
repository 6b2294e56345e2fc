"""The lines of a structured card: text, date, one of several, link."""
import re
from collections.abc import Callable, Sequence

from workshop.activities.ideas import places
from workshop.domain.errors import Refusal
from workshop.domain.limits import clean_text
from workshop.domain.shapes import Option, Spoken

LINE, LINK = 600, 500  # characters
# Nothing that a browser would run, and nothing that looks like another address than it is.
HIDDEN = r"\s<>\"\\\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
TURNS = {"\u202d", "\u202e"}
SAFE = re.compile(rf"https?://[^/@?#{HIDDEN}]+([/?#][^{HIDDEN}]*)?|mailto:[^@:{HIDDEN}]+@[^@:{HIDDEN}]+", re.I)


def check(fields: Sequence[Option], values: object) -> dict[str, str]:
    """{key: value} to keep, in the order of `fields` ([{key, title, type, options, required}]), empty ones left out.

    Refusal `bad_payload` for what is no object of texts, `no_such_field`, and with the field's title: `field_missing`,
    `field_long`, `field_date`, `field_choice`, `field_link`.
    """
    if not isinstance(values, dict) or any(not isinstance(one, str | None) for one in values.values()):
        raise Refusal("bad_payload", field="fields")
    if odd := values.keys() - {field["key"] for field in fields}:
        raise Refusal("no_such_field", field=clean_text(str(min(odd, key=str)))[:LINE])
    kept = {}
    for field in fields:
        said = values.get(field["key"]) or ""
        value = clean_text(said)
        if field["type"] == "link" and TURNS & {*said}:  # it was made to look like another address
            raise Refusal("field_link", field=field["title"])
        if value:
            kept[field["key"]] = CHECKS[field["type"]](field, value)
        elif field.get("required"):
            raise Refusal("field_missing", field=field["title"])
    return kept


def carry(here: Sequence[Option], there: Sequence[Option], kept: dict[str, str], languages: Sequence[str] = ()
          ) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """({key: value} that fit the fields `there`, [(line, value)] of the others), for a card that goes to another board."""
    known, fit, lines = {field["key"]: field for field in there}, {}, []
    for field in here:
        if not (value := kept.get(field["key"])):
            continue
        other = known.get(field["key"])
        try:
            if other and other["type"] == field["type"]:
                fit[field["key"]] = CHECKS[other["type"]](other, value)
                continue
        except Refusal:  # an option that the other board does not have
            pass
        said = next((option["title"] for option in field.get("options") or () if option["key"] == value), value)
        lines.append((f"{_words(field['title'], languages)}: {_words(said, languages)}", value))
    return fit, lines


def _words(title: str | Spoken, languages: Sequence[str]) -> str:
    """A title in the first of the languages that it has."""
    if not isinstance(title, dict):
        return title
    return next((title[one] for one in (*languages, "es") if one in title), None) or next(iter(title.values()), "")


def first_text(fields: Sequence[Option], kept: dict[str, str]) -> str:
    """The first filled field of text; '' where there is none."""
    return next((kept[field["key"]] for field in fields if field["type"] == "text" and field["key"] in kept), "")


def _text(field: Option, value: str) -> str:
    return _short(field, value, LINE)


def _date(field: Option, value: str) -> str:
    try:
        return places.moment(value)
    except Refusal:
        raise Refusal("field_date", field=field["title"]) from None


def _choice(field: Option, value: str) -> str:
    if value not in [option["key"] for option in field.get("options") or ()]:
        raise Refusal("field_choice", field=field["title"])
    return value


def _link(field: Option, value: str) -> str:
    value = _short(field, value, LINK)
    if not SAFE.fullmatch(value):
        raise Refusal("field_link", field=field["title"])
    return value


def _short(field: Option, value: str, limit: int) -> str:
    if len(value) > limit:
        raise Refusal("field_long", field=field["title"], limit=limit, length=len(value))
    return value


CHECKS: dict[str, Callable[[Option, str], str]] = {"text": _text, "date": _date, "choice": _choice, "link": _link}
