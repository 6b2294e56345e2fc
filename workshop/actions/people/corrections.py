"""Corrects what is known of a participant: name, delegation, place, channel."""
from typing import Any

from pydantic import Field
from sqlalchemy import select, update

from workshop.actions.core.context import InWorkshop
from workshop.actions.core.registry import Shape, verb
from workshop.actions.core.telling import Act, Sentence, tells
from workshop.actions.people.removal import seats_of
from workshop.actions.speaking.authors import told_of
from workshop.actions.votes.ballots import wait
from workshop.domain.errors import Refusal
from workshop.domain.people.channels import CHANNELS
from workshop.domain.people.declared import ASKS, declare
from workshop.domain.people.names import typed_name
from workshop.domain.shapes import Json
from workshop.store.models import Activity, Attended, Ballot, Contribution, Delegation, RoomSeat, Seat, Site, Sitting
from workshop.store.visibility import card_views, circles
from workshop.words import N_, _

CHANNEL_WORDS = {"hall": N_("In the hall"), "remote": N_("Far away"), "phone": N_("By telephone"), "paper": N_("On paper")}


class Rename(Shape):
    """Gives a seat and its new name."""

    workshop: str = Field(max_length=40)
    seat: str = Field(max_length=40)
    name: str = Field(max_length=400)


class Edit(Shape):
    """Gives a seat and what is otherwise: what is not said stays. `delegation`, `site`: their ids, None for none;
    `declared`: all that they say of themselves (domain/people/declared.py)."""

    workshop: str = Field(max_length=40)
    seat: str = Field(max_length=40)
    name: str = Field(default="", max_length=400)
    delegation: str | None = Field(default=None, max_length=40)
    site: str | None = Field(default=None, max_length=40)
    channel: str = Field(default="", max_length=10)
    declared: dict[str, str] | None = Field(default=None, max_length=len(ASKS))


@verb("seat.rename", Rename)
def rename(work: InWorkshop, payload: Rename) -> None:
    """Renames a participant, wherever the name stands."""
    [seat] = seats_of(work, [payload.seat])
    name = _name(payload.name)
    if name != seat.name:
        work.remember(seat.id, {"name": seat.name}, {"name": name}, work.workshop.id)
        seat.name = name
        told_anew(work, seat)


@tells("seat.rename", team="person")
def _renamed(act: Act) -> Sentence:
    names = {"name": act.before.get("name", "…"), "other": act.after.get("name", "…")}
    return Sentence(team=_("called {name} otherwise: {other}.", **names))


@verb("seat.edit", Edit)
def edit(work: InWorkshop, payload: Edit) -> None:
    """Corrects a participant: the cards, the counts by delegation and what was recorded of the steps follow. Where somebody
    takes part from (the channel) is another from now on: what was recorded of earlier steps was true then."""
    [seat] = seats_of(work, [payload.seat])
    before, after = {}, {}
    for field, value in _said(work, payload).items():
        if getattr(seat, field) != value:
            before[field], after[field] = _called(work, field, getattr(seat, field)), _called(work, field, value)
            setattr(seat, field, value)
    if not after:
        return
    work.remember(seat.id, before, after, work.workshop.id)
    work.session.flush()
    if after.keys() == {"declared"}:
        return  # no screen shows it
    if "delegation_id" in after:
        work.session.execute(update(Attended).where(Attended.seat_id == seat.id).values(delegation_id=seat.delegation_id))
        _count_anew(work, seat)
    if "channel" in after:
        running = select(Sitting.id).where(Sitting.ended_at.is_(None))
        work.session.execute(update(Attended).where(Attended.seat_id == seat.id, Attended.sitting_id.in_(running))
                             .values(channel=seat.channel))
    told_anew(work, seat)


@tells("seat.edit", team="person")
def _corrected(act: Act) -> Sentence:
    if act.after.keys() == {"name"}:
        return _renamed(act)

    if act.after.keys() == {"declared"}:
        return Sentence(team=_("corrected what {name} says of themselves.", name=act.name))

    def said(field: str, value: str | None) -> str:
        return _("none") if value is None else _(CHANNEL_WORDS[value]) if field == "channel" else value
    parts = ", ".join(f"{said(field, act.before.get(field))} → {said(field, value)}"
                      for field, value in act.after.items() if field != "declared")
    return Sentence(team=_("corrected {name}: {what}.", name=act.name, what=parts))


def _said(work: InWorkshop, payload: Edit) -> Json:
    """Returns {column: value} of what is said. Refusals: `name_missing`, `bad_channel`, `no_such_delegation`,
    `no_such_site`."""
    said = payload.model_fields_set
    found: Json = {}
    if "name" in said:
        found["name"] = _name(payload.name)
    if "channel" in said:
        if payload.channel not in CHANNELS:
            raise Refusal("bad_channel")
        found["channel"] = payload.channel
    if "declared" in said:
        found["declared"] = declare(payload.declared or {})
    for field, table, code in (("delegation", Delegation, "no_such_delegation"), ("site", Site, "no_such_site")):
        if field in said:
            found[f"{field}_id"] = key = getattr(payload, field) or None
            if key and getattr(work.session.get(table, key), "workshop_id", None) != work.workshop.id:
                raise Refusal(code)
    return found


def _name(typed: str) -> str:
    name = typed_name(typed)
    if not name:
        raise Refusal("name_missing")
    return name


def _called(work: InWorkshop, field: str, value: str | None) -> str | None:
    """Returns a value as the record tells it: delegations and places may go; what people say of themselves it does not tell.
    """
    if field == "declared":
        return None
    tables: dict[str, type[Any]] = {"delegation_id": Delegation, "site_id": Site}
    row = work.session.get(tables[field], value) if field in tables and value else None
    return row.name if row else value


def _count_anew(work: InWorkshop, seat: Seat) -> None:
    """Recounts the votes with a result to which the seat gave a ballot: they tell of delegations."""
    for vote in work.session.scalars(select(Activity).join(Ballot, Ballot.activity_id == Activity.id).where(
            Ballot.seat_id == seat.id)):
        if vote.tally is not None and vote.closed_at is None:  # what is over stays as it was
            wait(work.session, vote, work.now)


def told_anew(work: InWorkshop, seat: Seat) -> None:
    """Gives the seat's row in its room and its cards their next numbers, so that every screen gets them."""
    work.session.flush()
    work.session.changes.authors[seat.id] = card_views.known(seat)
    for row in work.session.scalars(select(RoomSeat).where(RoomSeat.seat_id == seat.id, RoomSeat.left_at.is_(None))):
        circles.meet(work.session, row)
        work.touch(row)
    if work.workshop.privacy != "anonymous":  # there no card has a name, and those that move together have one author
        for card in work.session.scalars(select(Contribution).where(
                Contribution.seat_id == seat.id, Contribution.withdrawn_at.is_(None))):
            work.touch(card)
    told_of(work, seat)
