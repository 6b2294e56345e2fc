"""What an idea must be: text, perhaps a title and fields, and a place that its board has."""
from collections.abc import Sequence

from workshop.activities.ideas import fields, places
from workshop.domain.errors import Refusal
from workshop.domain.limits import TEXT, clean_text
from workshop.domain.shapes import Body, Json, Place, Settings

TITLE = 200  # characters


def check(settings: Settings, body: Body, place: Place) -> tuple[Body, Place]:
    """The (body, place) to keep: {text, title?, fields?} and what the layout of `settings` knows (see places.check).

    Refusal `empty`, `too_long`, and those of fields.check and places.check.  Where a board has fields and nobody wrote a
    text, the first filled field of text is the card's text, so that every card can be read.
    """
    asked, said = settings.get("fields") or (), body.get("fields") or {}
    kept = fields.check(asked, said) if asked or said else {}
    text = clean_text(_plain(body.get("text"))) or fields.first_text(asked, kept)
    if not text:
        raise Refusal("empty")
    if len(text) > TEXT:
        raise Refusal("too_long", limit=TEXT, length=len(text))
    idea: Body = {"text": text}
    if body.get("title") and (title := " ".join(clean_text(_plain(body["title"])).split())):
        if len(title) > TITLE:
            raise Refusal("too_long", limit=TITLE, length=len(title))
        idea["title"] = title
    if kept:
        idea["fields"] = kept
    return idea, places.check(settings, place)


def carry(here: Json, there: Json, body: Body, languages: Sequence[str] = ()) -> Json:
    """The body for a board with other fields: those that it does not have are lines of the text, under their titles.

    What it asks for and the card does not say is not asked now: nobody would know.  Refusal `too_long`.
    """
    kept, lines = fields.carry(here.get("fields") or (), there.get("fields") or (), body.get("fields") or {}, languages)
    text = "\n".join([body["text"], *(line for line, value in lines if value != body["text"])])
    if len(text) > TEXT:
        raise Refusal("too_long", limit=TEXT, length=len(text))
    return {name: value for name, value in (body | {"text": text, "fields": kept}).items() if value}


def _plain(value: object) -> str:
    return "" if value is None else str(value)
