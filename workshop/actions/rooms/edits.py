"""Corrects what a workshop and its rooms are called, and where and when they are; ends a workshop."""
from collections.abc import Sequence
from datetime import date
from typing import Any
from zoneinfo import available_timezones

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import ColumnElement, func, select

from workshop.actions.core.context import InRoom, InWorkshop
from workshop.actions.core.registry import Shape, verb
from workshop.actions.core.telling import Act, Sentence, tells
from workshop.actions.programme.waiting import settle
from workshop.actions.rooms.rooms import shut, tell_closed
from workshop.actions.rooms.workshops import PRIVACY
from workshop.actions.votes import opening
from workshop.domain.errors import Refusal
from workshop.domain.limits import NAME, QUESTION, ROUGH, SEATS_EXPECTED, TITLE, clean_text
from workshop.domain.people.declared import ASKS, asked
from workshop.domain.people.names import typed_name
from workshop.domain.programme import checked_call
from workshop.domain.shapes import Json
from workshop.domain.weave import short_label
from workshop.store.models import Activity, Axis, Block, Contribution, Delegation, ExpectedPerson, Room, Seat, Site
from workshop.words import LANGUAGES, N_, _

MOST = 60  # days, delegations, places or axes of a workshop


class Named(BaseModel):
    """Names a delegation, a place or an axis: a new one where it has no id."""

    model_config = ConfigDict(extra="forbid", strict=True)
    id: str | None = Field(default=None, max_length=40)
    name: str = Field(max_length=ROUGH * TITLE)


class EditRoom(Shape):
    """Gives a room and what is otherwise; what is not said stays."""

    room: str = Field(max_length=40)
    title: str = Field(default="", max_length=ROUGH * TITLE)
    question: str = Field(default="", max_length=ROUGH * QUESTION)
    axis: str | None = Field(default=None, max_length=40)
    capacity: int | None = Field(default=None, ge=1, le=SEATS_EXPECTED)
    call: str = Field(default="", max_length=2000)
    lets_vote: bool = False


class EditWorkshop(Shape):
    """Gives a workshop and what is otherwise; what is not said stays. A list is said whole, in its order: what it leaves out
    goes."""

    workshop: str = Field(max_length=40)
    title: str = Field(default="", max_length=ROUGH * TITLE)
    days: list[str] = Field(default=[], max_length=MOST)
    zones: list[str] = Field(default=[], max_length=4)
    languages: list[str] = Field(default=[], max_length=len(LANGUAGES))
    privacy: str = Field(default="", max_length=10)
    delegations: list[Named] = Field(default=[], max_length=MOST)
    sites: list[Named] = Field(default=[], max_length=MOST)
    axes: list[Named] = Field(default=[], max_length=MOST)
    asks: list[str] = Field(default=[], max_length=len(ASKS))


class Close(Shape):
    """Says whether the workshop is over."""

    workshop: str = Field(max_length=40)
    on: bool = True


@verb("workshop.close", Close)
def close_workshop(work: InWorkshop, payload: Close) -> None:
    """Ends the workshop: its rooms are closed and nobody comes in any more, everything stays to be read; or opens it again,
    with its rooms closed."""
    workshop = work.workshop
    if (workshop.closed_at is not None) == payload.on:
        return
    if payload.on:
        end(work)
    else:
        workshop.closed_at = workshop.archived_at = None
    work.session.flush()
    work.remember(workshop.id, {"over": not payload.on}, {"over": payload.on}, workshop.id)


def end(work: InWorkshop) -> None:
    """Closes the rooms that are open, and the workshop if it is not over yet."""
    for room in work.session.scalars(select(Room).where(
            Room.workshop_id == work.workshop.id, Room.kind == "group", Room.opened_at.is_not(None),
            Room.closed_at.is_(None))).all():
        shut(work, room)
    for plenary in work.session.scalars(select(Room).where(Room.workshop_id == work.workshop.id, Room.kind == "plenary")):
        opening.close_all(work.session, plenary, work.now, work.actor())
    work.workshop.closed_at = work.workshop.closed_at or work.now


@tells("workshop.close", team="room")
def _workshop_closed(act: Act) -> Sentence:
    if "open" in act.after:  # one of its rooms
        return Sentence(tell_closed(act).text)
    return Sentence(team=_("ended the workshop.") if act.after.get("over") else _("opened the workshop again."))


@verb("room.edit", EditRoom)
def edit_room(work: InRoom, payload: EditRoom) -> Room:
    """Corrects the title, the question and the axis of a room, how many people it holds (None: any number), the address
    of its call outside ("" for none), and whether its rapporteurs may open votes. Refusal `bad_call`."""
    room, said = work.room, payload.model_fields_set
    found: Json = {"title": _title(payload.title)} if "title" in said else {}
    if "question" in said:
        found["question"] = clean_text(payload.question)
        if len(found["question"]) > QUESTION:
            raise Refusal("too_long", limit=QUESTION, length=len(found["question"]))
    if "axis" in said:
        if payload.axis and getattr(work.session.get(Axis, payload.axis), "workshop_id", None) != work.workshop.id:
            raise Refusal("not_here")
        found["axis_id"] = payload.axis or None
    if "capacity" in said:
        found["capacity"] = payload.capacity
    if "call" in said:
        found["call"] = checked_call(payload.call)
    if "lets_vote" in said:
        found["lets_vote"] = payload.lets_vote
    before = {field: getattr(room, field) for field, value in found.items() if getattr(room, field) != value}
    if before:
        for field in before:
            setattr(room, field, found[field])
        work.touch(room, work.workshop.id)
        work.remember(room.id, before, {field: found[field] for field in before}, work.workshop.id)
    return room


@tells("room.edit", team="room")
def _room_edited(act: Act) -> Sentence:
    names = act.names
    if act.after.keys() == {"axis_id"}:
        return Sentence(_("{who} gave the room another axis.", **names), _("gave room {room} another axis.", **names))
    if act.after.keys() == {"lets_vote"}:
        return Sentence(_("{who} let the rapporteurs open votes in the room.", **names) if act.after["lets_vote"]
                        else _("{who} let only facilitators open votes in the room.", **names),
                        _("changed who may open votes in room {room}.", **names))
    if act.after.keys() == {"capacity"}:
        return Sentence(_("{who} changed how many people fit in the room.", **names),
                        _("changed how many people fit in room {room}.", **names))
    if act.after.keys() == {"call"}:
        return Sentence(_("{who} gave the room a call outside.", **names) if act.after["call"]
                        else _("{who} took the room's call away.", **names),
                        _("changed the call of room {room}.", **names))
    if "title" not in act.after:
        return Sentence(_("{who} changed the question of the room.", **names),
                        _("changed the question of room {room}.", **names), said=act.before.get("question", ""))
    names |= {"title": act.before.get("title", "…")}
    return Sentence(_("{who} gave the room another title; before: {title}", **names),
                    _("gave room {room} another title; before: {title}", **names))


@verb("workshop.edit", EditWorkshop)
def edit_workshop(work: InWorkshop, payload: EditWorkshop) -> None:
    """Corrects title, days, time zones, languages, whose ideas they are (until the first card), delegations, places, axes,
    what people are asked of themselves. Refusals: `name_missing`, `bad_day`, `bad_zone`, `bad_language`, `bad_privacy`,
    `bad_ask`, `privacy_stands`, `not_here` (the id of another workshop), `still_used` (what would go has people or rooms).
    """
    workshop, session = work.workshop, work.session
    found = _said(work, payload)
    before = {field: getattr(workshop, field) for field, value in found.items() if getattr(workshop, field) != value}
    for field in before:
        setattr(workshop, field, found[field])
    after = {field: found[field] for field in before}
    if "days" in before and workshop.days:  # what stands on a day that goes is put aside, and brings its day back
        for block in session.scalars(select(Block).where(
                Block.workshop_id == workshop.id, Block.day.not_in(workshop.days), Block.dropped_at.is_(None),
                (Block.started_at.is_(None) | Block.ended_at.is_not(None)))):
            block.dropped_at = work.now
        settle(session, workshop.id, work.touch)
    for field, table in (("delegations", Delegation), ("sites", Site), ("axes", Axis)):
        if field in payload.model_fields_set:
            was = _names(work, table)
            _set(work, table, getattr(payload, field))
            session.flush()
            if (now := _names(work, table)) != was:
                before[field], after[field] = was, now
    if after:
        session.flush()
        work.remember(workshop.id, before, after, workshop.id)


PRIVACY_WORDS = {"named": N_("Names are shown"), "alias": N_("An alias is shown"),
                 "anonymous": N_("Nobody sees who wrote")}
FIELD_WORDS = {"title": N_("Title"), "days": N_("Days"), "zones": N_("Home time zones"), "languages": N_("Languages"),
               "privacy": N_("Whose idea is it?"), "delegations": N_("Delegations"), "sites": N_("Places where people are"),
               "axes": N_("Thematic axes"), "asks": N_("What people are asked of themselves")}
ASK_WORDS = {"gender": N_("Gender"), "language": N_("Language"), "role": N_("Role")}


@tells("workshop.edit", team="room")
def _workshop_edited(act: Act) -> Sentence:
    what = "; ".join(f"{_(FIELD_WORDS[field])}: {_value(act.before.get(field))} → {_value(value)}"
                     for field, value in act.after.items())
    return Sentence(team=_("corrected the workshop: {what}.", what=what))


def _value(value: object) -> str:
    """Words a value as the record has it."""
    if isinstance(value, list):
        return ", ".join(_(ASK_WORDS[one]) if one in ASK_WORDS else LANGUAGES.get(str(one), str(one))
                         for one in value) or _("none")
    return _(PRIVACY_WORDS[value]) if isinstance(value, str) and value in PRIVACY_WORDS else str(value)


def _title(typed: str) -> str:
    title = typed_name(typed, TITLE)
    if not title:
        raise Refusal("name_missing")
    return title


def _said(work: InWorkshop, payload: EditWorkshop) -> Json:
    """Returns {column: value} of what is said of the workshop itself."""
    said = payload.model_fields_set
    found: Json = {}
    if "title" in said:
        found["title"] = _title(payload.title)
    if "days" in said:
        found["days"] = _days(payload.days)
    if "zones" in said:
        found["zones"] = list(dict.fromkeys(payload.zones))
        if not found["zones"] or not set(found["zones"]) <= available_timezones():
            raise Refusal("bad_zone")
    if "languages" in said:
        found["languages"] = list(dict.fromkeys(payload.languages))
        if not found["languages"] or not set(found["languages"]) <= LANGUAGES.keys():
            raise Refusal("bad_language")
    if "asks" in said:
        found["asks"] = asked(payload.asks)
    if "privacy" in said and payload.privacy != work.workshop.privacy:
        if payload.privacy not in PRIVACY:
            raise Refusal("bad_privacy")
        if work.session.scalar(select(Contribution.id).join(Activity, Activity.id == Contribution.activity_id).join(
                Room, Room.id == Activity.room_id).where(Room.workshop_id == work.workshop.id).limit(1)):
            raise Refusal("privacy_stands")
        found["privacy"] = payload.privacy
    return found


def _days(days: Sequence[str]) -> list[str]:
    try:
        return [day.isoformat() for day in sorted({date.fromisoformat(day) for day in days})]
    except ValueError:
        raise Refusal("bad_day") from None


def _rows(work: InWorkshop, table: type[Any]) -> list[Any]:
    order = table.number if table is Axis else table.position
    return list(work.session.scalars(select(table).where(table.workshop_id == work.workshop.id).order_by(order)))


def _names(work: InWorkshop, table: type[Any]) -> list[str]:
    return [row.title if table is Axis else row.name for row in _rows(work, table)]


def _set(work: InWorkshop, table: type[Any], wanted: Sequence[Named]) -> None:
    """Makes the rows of the table those that are wanted, in their order."""
    known = {row.id: row for row in _rows(work, table)}
    if not {one.id for one in wanted if one.id} <= known.keys():
        raise Refusal("not_here")
    gone = [row for key, row in known.items() if key not in {one.id for one in wanted}]
    for row in gone:
        _may_go(work, table, row)
        work.session.delete(row)
    taken = {row.label for row in known.values() if row not in gone} if table is Delegation else set()
    names = {row.title if table is Axis else row.name for key, row in known.items() if row not in gone}
    for position, one in enumerate(one for one in wanted if one.id or typed_name(one.name, TITLE) not in names):
        name = typed_name(one.name, TITLE if table is Axis else NAME)
        if not name:
            raise Refusal("name_missing")
        if table is Axis:
            _set_axis(work, known.get(one.id or ""), name, position + 1)
        elif table is Site:
            row = known.get(one.id or "") or Site(workshop_id=work.workshop.id, name=name, position=position)
            row.name, row.position = name, position
            work.session.add(row)
        else:
            _set_delegation(work, known.get(one.id or ""), name, position, taken)


def _set_axis(work: InWorkshop, row: Axis | None, title: str, number: int) -> None:
    row = row or Axis(workshop_id=work.workshop.id, title=title, number=number)
    row.title, row.number = title, number
    work.session.add(row)


def _set_delegation(work: InWorkshop, row: Delegation | None, name: str, position: int, taken: set[str]) -> None:
    """Names a delegation; its label follows, and so does the column that a board has for it. A new one gets a weave that no
    other has."""
    if row is None:
        used = set(work.session.scalars(select(Delegation.weave).where(Delegation.workshop_id == work.workshop.id)))
        weave = next(n for n in range(len(used) + 1) if n not in used)
        row = Delegation(workshop_id=work.workshop.id, name=name, label="", weave=weave, position=position)
        work.session.add(row)
    if row.name != name or not row.label:
        taken.discard(row.label)
        row.name, row.label = name, short_label(name, taken)
        for board in _boards(work):
            columns = board.settings.get("columns") or []
            if any(column["key"] == row.id for column in columns):
                board.settings = board.settings | {"columns": [
                    column | {"title": name} if column["key"] == row.id else column for column in columns]}
                work.touch(board)
    taken.add(row.label)
    row.position = position
    work.session.flush()


def _boards(work: InWorkshop) -> Sequence[Activity]:
    return work.session.scalars(select(Activity).join(Room, Room.id == Activity.room_id).where(
        Room.workshop_id == work.workshop.id, Activity.kind == "ideas")).all()


def _may_go(work: InWorkshop, table: type[Any], row: Any) -> None:
    """Refuses with `still_used` what has people or rooms."""
    of: ColumnElement[bool] = (Room.axis_id == row.id if table is Axis
                               else (Seat.delegation_id if table is Delegation else Seat.site_id) == row.id)
    used = work.session.scalar(select(func.count()).select_from(Room if table is Axis else Seat).where(of)) or 0
    if table is Delegation:
        used += work.session.scalar(select(func.count()).select_from(ExpectedPerson).where(
            ExpectedPerson.delegation_id == row.id)) or 0
        used += sum(column["key"] == row.id for board in _boards(work) for column in board.settings.get("columns") or ())
    if used:
        raise Refusal("still_used", name=row.title if table is Axis else row.name)
