"""Finds and changes the rules of the plenary: whether hands can be raised, in which order, how long, how one asks."""
from typing import Literal

from pydantic import Field
from sqlalchemy import select

from workshop.actions.core.context import InWorkshop
from workshop.actions.core.registry import Shape, verb
from workshop.actions.core.telling import Act, Sentence, tells
from workshop.domain.errors import Refusal
from workshop.domain.ids import new_id
from workshop.domain.shapes import Json
from workshop.domain.speaking.order import ARRIVAL, KINDS, LONGEST
from workshop.store.models import Floor
from workshop.words import _
from workshop.words.plenary import RULES


class OfFloor(Shape):
    """Names the workshop whose list is opened or closed."""

    workshop: str = Field(max_length=40)


class SpeakerRule(Shape):
    """Gives the rule of the order, and minutes for kinds of speech; what is not said stays."""

    workshop: str = Field(max_length=40)
    rule: Literal["arrival", "delegations", "channels", "first", "least", "point"] | None = None
    minutes: dict[str, int] = Field(default_factory=dict, max_length=len(KINDS))


class QuestionRule(Shape):
    """Says how one asks: `open`: questions can be asked; `queue`: they wait until they are let out; `nameless`: one may ask
    without one's name. What is not said stays."""

    workshop: str = Field(max_length=40)
    open: bool | None = None
    queue: bool | None = None
    nameless: bool | None = None


@verb("speaker.open", OfFloor)
def open_list(work: InWorkshop, payload: OfFloor) -> Floor:
    """Lets people raise their hands in the plenary."""
    return _set(work, {"open": True})


@verb("speaker.close", OfFloor)
def close_list(work: InWorkshop, payload: OfFloor) -> Floor:
    """Closes the list: who stands on it speaks, nobody else comes on it."""
    return _set(work, {"open": False})


@verb("speaker.rule", SpeakerRule)
def rule(work: InWorkshop, payload: SpeakerRule) -> Floor:
    """Sets the rule of the order and how long each kind of speech may take. Refusal `bad_minutes`."""
    said: Json = {"rule": payload.rule} if payload.rule else {}
    if payload.minutes:
        if not all(kind in KINDS and 1 <= n <= LONGEST for kind, n in payload.minutes.items()):
            raise Refusal("bad_minutes", limit=LONGEST)
        said["minutes"] = floor_of(work, write=False).minutes | payload.minutes
    return _set(work, said)


@verb("question.rule", QuestionRule)
def question_rule(work: InWorkshop, payload: QuestionRule) -> Floor:
    """Sets how one asks. What waits already waits until it is let out."""
    return _set(work, {column: value for column, value in (
        ("asking", payload.open), ("queue", payload.queue), ("nameless", payload.nameless)) if value is not None})


@tells("speaker.open", "speaker.close", "speaker.rule", "question.rule", team="room")
def _told(act: Act) -> Sentence:
    after = act.after
    if "open" in after:
        return Sentence(team=_("opened the speakers' list.") if after["open"] else _("closed the speakers' list."))
    if "rule" in after:
        return Sentence(team=_("changed the order of the speakers: {rule}.", rule=_(RULES.get(after["rule"], "…"))))
    if "minutes" in after:
        return Sentence(team=_("changed the minutes of the speakers."))
    return Sentence(team=_("changed how questions are asked."))


def floor_of(work: InWorkshop, write: bool = True) -> Floor:
    """Finds the rules of the workshop's plenary, or makes the usual ones; `write`: they are stored and told."""
    row = work.session.scalar(select(Floor).where(Floor.workshop_id == work.workshop.id))
    if row is None:
        row = Floor(id=new_id(), workshop_id=work.workshop.id, stream_id=work.workshop.id, open=True, rule=ARRIVAL,
                    minutes={}, asking=True, queue=False, nameless=work.workshop.privacy == "anonymous", seq=0)
        if write:
            work.session.add(row)
            work.session.flush()
    return row


def told(work: InWorkshop) -> Floor:
    """Tells everybody of the list anew: its order is on its card. Comes after everything that changes it."""
    work.session.flush()
    row = floor_of(work)
    work.touch(row)
    return row


def _set(work: InWorkshop, said: Json) -> Floor:
    row = floor_of(work)
    before = {column: getattr(row, column) for column, value in said.items() if getattr(row, column) != value}
    if not before:
        return row if row.seq else told(work)  # what is made here has to be told
    for column in before:
        setattr(row, column, said[column])
    work.remember(work.workshop.id, before, {column: said[column] for column in before}, work.workshop.id)
    return told(work)
