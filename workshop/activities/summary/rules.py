"""Checks the items of a summary."""
from workshop.domain.errors import Refusal
from workshop.domain.limits import TEXT, clean_text
from workshop.domain.people.names import typed_name
from workshop.domain.shapes import Body, Place, Settings

# In the order in which a group reports; each has a sign beside its colour (see plain.html and panel.js).
SECTIONS = ("idea", "agreement", "disagreement", "commitment", "question", "quotation")


def check(settings: Settings, body: Body, place: Place) -> tuple[Body, Place]:
    """Returns the (body, place) to keep, or Refusal `empty`, `too_long`, `bad_section`. Commitments carry who and when."""
    if body.get("section") not in SECTIONS:
        raise Refusal("bad_section")
    text = clean_text(str(body.get("text", "")))
    if not text:
        raise Refusal("empty")
    if len(text) > TEXT:
        raise Refusal("too_long", limit=TEXT, length=len(text))
    kept = {"section": body["section"], "text": text}
    if body["section"] == "commitment":
        kept |= {"who": typed_name(str(body.get("who") or "")), "when": typed_name(str(body.get("when") or ""))}
    return kept, {}
