"""Keeps the speakers' list: hands go up and down, the next one speaks, one is moved by hand."""
from collections.abc import Sequence
from typing import Literal

from pydantic import Field
from sqlalchemy import func, select

from workshop.actions.core.context import InWorkshop
from workshop.actions.core.registry import verb
from workshop.actions.core.telling import Act, Sentence, silent, tells
from workshop.actions.speaking.floor import OfFloor, floor_of, told
from workshop.domain.errors import Refusal
from workshop.domain.ids import new_id
from workshop.domain.limits import HANDS
from workshop.domain.people.channels import CHANNELS
from workshop.domain.people.names import typed_name
from workshop.store.models import Delegation, Floor, Seat, Speech
from workshop.store.visibility import plenary_views as view
from workshop.words import _

Kind = Literal["turn", "question", "answer", "order"]


class Raise(OfFloor):
    """Asks for the word. `seat`: for whom the team does; `delegation`: for whom one speaks, None for oneself; `called`: how
    one wants to be called where names are not shown; `channel`: where one speaks from, "" as one takes part."""

    seat: str | None = Field(default=None, max_length=40)
    kind: Kind = "turn"
    delegation: str | None = Field(default=None, max_length=40)
    called: str = Field(default="", max_length=400)
    channel: str = Field(default="", max_length=10)


class OfSpeech(OfFloor):
    """Names a hand on the list."""

    speech: str = Field(max_length=40)


class Next(OfFloor):
    """Gives the word to the next, or to `speech`. `saw`: who spoke when it was pressed, "" for nobody."""

    speech: str | None = Field(default=None, max_length=40)
    saw: str | None = Field(default=None, max_length=40)


class End(OfFloor):
    """Ends the speech that runs. `saw`: as in `Next`."""

    saw: str | None = Field(default=None, max_length=40)


class PlaceSpeaker(OfSpeech):
    """Moves a hand to the place `at` of the list, from 0; None: where the rule has it."""

    at: int | None = Field(default=None, ge=0, lt=10_000)


@verb("speaker.raise", Raise)
def raise_hand(work: InWorkshop, payload: Raise) -> Speech:
    """Puts somebody on the list: themselves, or the team for somebody. Refusals: `not_here`, `list_closed`, `hand_is_up`,
    `list_full`, `no_such_delegation`, `bad_channel`, `too_long`."""
    seat = work.seat or find_seat(work, payload.seat)
    floor, session = floor_of(work, write=False), work.session
    if work.seat and payload.seat not in (None, work.seat.id):
        raise Refusal("forbidden")
    if work.seat and not floor.open:  # the team still puts somebody on it
        raise Refusal("list_closed")
    if payload.channel and payload.channel not in CHANNELS:
        raise Refusal("bad_channel")
    if payload.delegation and getattr(session.get(Delegation, payload.delegation), "workshop_id", None) != work.workshop.id:
        raise Refusal("no_such_delegation")
    called = typed_name(payload.called) if work.workshop.privacy == "anonymous" else ""
    waiting = session.scalars(select(Speech.seat_id).where(
        Speech.workshop_id == work.workshop.id, Speech.lowered_at.is_(None), Speech.ended_at.is_(None))).all()
    if seat.id in waiting:
        raise Refusal("hand_is_up")
    if len(waiting) >= HANDS:
        raise Refusal("list_full", limit=HANDS)
    last = session.scalar(select(func.max(Speech.number)).where(Speech.workshop_id == work.workshop.id)) or 0
    row = Speech(id=new_id(), workshop_id=work.workshop.id, stream_id=work.workshop.id, number=last + 1, seat_id=seat.id,
                 delegation_id=payload.delegation or None, kind=payload.kind, called=called,
                 channel=payload.channel or seat.channel, entered_by=None if work.seat else work.actor(),
                 raised_at=work.now)
    session.add(row)
    work.touch(row)
    session.changes.cards.append((seat.id, row.id, work.origin if work.seat else None))
    told(work)
    return row


@verb("speaker.lower", OfSpeech)
def lower_hand(work: InWorkshop, payload: OfSpeech) -> Speech:
    """Takes a hand down that waits: one's own, or the team that of anybody. Refusals: `no_such_hand`, `not_your_hand`."""
    row = _waiting(work, payload.speech)
    if work.seat and row.seat_id != work.seat.id:
        raise Refusal("not_your_hand")
    row.lowered_at = work.now
    work.touch(row)
    told(work)
    return row


@verb("speaker.next", Next)
def next_speaker(work: InWorkshop, payload: Next) -> Speech:
    """Ends the speech that runs and gives the word to the next on the list, or to the one that is named: that one was put
    forward by hand. Refusals: `stale` (somebody else has called meanwhile), `nobody_waits`, `no_such_hand`."""
    rows = view.speeches(work.session, work.workshop.id)
    running = _running(rows)
    _check_saw(running, payload.saw)
    floor = floor_of(work, write=False)
    order = [one for one, _why in view.in_order(floor, rows)]
    if not (payload.speech or order):
        raise Refusal("nobody_waits")
    row = _waiting(work, payload.speech or order[0])
    if running:
        running.ended_at = work.now
        work.touch(running)
    place = order.index(row.id)
    for other in rows:
        if other.started_at is None and other.pin and place < order.index(other.id):
            other.pin -= 1
    if place and row.pin is None:
        row.pin = 0  # called before others: they are not overtaken by the rule
    if place:
        work.remember(row.id, {"place": place + 1}, _named(work, row) | {"called": True}, work.workshop.id)
    row.started_at, row.seconds = work.now, view.minutes(floor)[row.kind] * 60
    work.touch(row)
    told(work)
    return row


@verb("speaker.end", End)
def end(work: InWorkshop, payload: End) -> Speech:
    """Ends the speech that runs. Refusals: `stale`, `nobody_speaks`."""
    running = _running(view.speeches(work.session, work.workshop.id))
    _check_saw(running, payload.saw)
    if running is None:
        raise Refusal("nobody_speaks")
    running.ended_at = work.now
    work.touch(running)
    told(work)
    return running


@verb("speaker.place", PlaceSpeaker)
def place(work: InWorkshop, payload: PlaceSpeaker) -> Floor:
    """Moves a hand on the list; the record says who did it. Refusal `no_such_hand`."""
    row = _waiting(work, payload.speech)
    order = [one for one, _why in view.in_order(floor_of(work, write=False), view.speeches(work.session, work.workshop.id))]
    before = order.index(row.id)
    row.pin = payload.at
    work.remember(row.id, {"place": before + 1}, _named(work, row) | {
        "place": None if payload.at is None else min(payload.at, len(order) - 1) + 1}, work.workshop.id)
    return told(work)


@tells("speaker.next", "speaker.place", team="person")
def _moved(act: Act) -> Sentence:
    after = act.after
    name = after.get("name") or _("hand {n}", n=after.get("number", "…"))
    if after.get("called"):
        return Sentence(team=_("gave the word to {name} before others.", name=name))
    if after.get("place") is None:
        return Sentence(team=_("put {name} back where the rule has them among the speakers.", name=name))
    return Sentence(team=_("moved {name} among the speakers, from place {n} to {other}.", name=name,
                           n=act.before.get("place", "…"), other=after["place"]))


silent("speaker.raise", "speaker.lower", "speaker.end")


def hush(work: InWorkshop, seat: Seat) -> None:
    """Takes down the hand of somebody who is here no more; a speech that runs goes on until it is ended."""
    rows = work.session.scalars(select(Speech).where(
        Speech.seat_id == seat.id, Speech.lowered_at.is_(None), Speech.started_at.is_(None))).all()
    for row in rows:
        row.lowered_at = work.now
        work.touch(row)
    if rows:
        told(work)


def find_seat(work: InWorkshop, key: str | None) -> Seat:
    """Finds somebody of the workshop for the team. Refusal `not_here`."""
    seat = work.session.get(Seat, key) if key else None
    if seat is None or seat.workshop_id != work.workshop.id or seat.revoked_at is not None:
        raise Refusal("not_here")
    return seat


def _waiting(work: InWorkshop, key: str) -> Speech:
    row = work.session.get(Speech, key)
    if row is None or row.workshop_id != work.workshop.id or row.started_at or row.lowered_at:
        raise Refusal("no_such_hand")
    return row


def _running(rows: Sequence[Speech]) -> Speech | None:
    return next((one for one in rows if one.started_at and not one.ended_at), None)


def _check_saw(running: Speech | None, saw: str | None) -> None:
    if saw is not None and saw != (running.id if running else ""):
        raise Refusal("stale")


def _named(work: InWorkshop, row: Speech) -> dict[str, object]:
    """Returns how the record names who was moved: by the hand's number where names are not shown."""
    seat = work.session.get(Seat, row.seat_id)
    return {"name": row.called if work.workshop.privacy == "anonymous" else seat.name if seat else "", "number": row.number}
