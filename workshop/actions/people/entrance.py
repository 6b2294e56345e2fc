"""Controls how people join a workshop: locked for new people, its code, the key of the wall's page, how many are expected.
"""
from pydantic import Field
from sqlalchemy import select

from workshop.actions.core.context import InWorkshop
from workshop.actions.core.registry import Shape, verb
from workshop.actions.core.telling import Act, Sentence, tells
from workshop.actions.walls.finding import chosen
from workshop.domain.ids import new_code, new_token
from workshop.domain.limits import SEATS_EXPECTED
from workshop.store.models import Workshop
from workshop.words import _


class Lock(Shape):
    """Says whether the code lets nobody new in."""

    workshop: str = Field(max_length=40)
    on: bool = True


class Which(Shape):
    """Names the workshop."""

    workshop: str = Field(max_length=40)


class Screen(Which):
    """Names one of its walls; None: the first."""

    wall: str | None = Field(default=None, max_length=40)


class Expect(Shape):
    """Says how many people are expected; None: not said."""

    workshop: str = Field(max_length=40)
    people: int | None = Field(default=None, ge=1, le=SEATS_EXPECTED)


@verb("workshop.lock", Lock)
def lock(work: InWorkshop, payload: Lock) -> None:
    """Locks the workshop: the code lets nobody new in; those who are in come back on the same device, or with their re-entry
    code."""
    if (work.workshop.locked_at is not None) != payload.on:
        work.workshop.locked_at = work.now if payload.on else None
        work.remember(work.workshop.id, {"locked": not payload.on}, {"locked": payload.on}, work.workshop.id)


@tells("workshop.lock", team="person")
def _locked(act: Act) -> Sentence:
    return Sentence(team=_("locked entry.") if act.after.get("locked") else _("opened entry."))


@verb("workshop.code", Which)
def code(work: InWorkshop, payload: Which) -> None:
    """Makes a new join code; the old one leads nowhere from now on."""
    code = new_code()
    while work.session.scalar(select(Workshop.id).where(Workshop.code == code)):
        code = new_code()
    work.remember(work.workshop.id, {"code": work.workshop.code}, None, work.workshop.id)  # so that it can be undone at once
    work.workshop.code = code


@tells("workshop.code", team="person")
def _new_code(act: Act) -> Sentence:
    return Sentence(team=_("made a new code."))


@verb("workshop.wall", Screen)
def wall(work: InWorkshop, payload: Screen) -> None:
    """Makes a new address for the page of a wall; what was opened with the old one ends within a second. Refusal
    `no_such_wall`."""
    if payload.wall not in (None, work.workshop.id):
        [row] = chosen(work, payload.wall)
        work.remember(row.id, {"key": row.key, "name": row.name}, None, work.workshop.id)
        row.key = new_token()
        return
    work.remember(work.workshop.id, {"screen_key": work.workshop.screen_key}, None, work.workshop.id)
    work.workshop.screen_key = new_token()


@tells("workshop.wall", team="person")
def _new_wall(act: Act) -> Sentence:
    return Sentence(team=_("made a new address for the wall."))


@verb("workshop.expect", Expect)
def expect(work: InWorkshop, payload: Expect) -> None:
    """Sets how many people are expected: so many, and half as many again, may join at once from one address."""
    if work.workshop.expected != payload.people:
        work.remember(work.workshop.id, {"people": work.workshop.expected}, {"people": payload.people}, work.workshop.id)
        work.workshop.expected = payload.people


@tells("workshop.expect", team="person")
def _expected(act: Act) -> Sentence:
    people = act.after.get("people")
    return Sentence(team=_("expects {n} people.", n=people) if people else _("took back how many people are expected."))
