"""Copies cards forward to another room's board: a citing copy under the same number, linked with the card that it cites.

Nothing leaves the earlier room, whose board is its record. In the later one people move, group, vote on and change what they
work with, so it is a card of that board and not a window into the other: each board keeps saying what was said there.
"""
from collections.abc import Sequence
from typing import Literal

from pydantic import Field
from sqlalchemy import ColumnElement, func, select

from workshop.actions.core.context import CommandContext, InWorkshop, OnBoard
from workshop.actions.core.registry import Shape, verb
from workshop.actions.core.telling import Act, Sentence, tells
from workshop.activities.ideas import places
from workshop.domain.errors import Refusal
from workshop.domain.ids import new_id
from workshop.domain.kinds import kinds
from workshop.domain.limits import CARDS_PER_ROOM, TEXT
from workshop.domain.shapes import Body, Json, Place, Settings
from workshop.store.fast import fast_insert
from workshop.store.models import Activity, Contribution, Link, Room, Seat
from workshop.store.transaction import Session
from workshop.store.visibility.copies import CARRIES
from workshop.words import _, count

Which = Literal["all", "groups", "votes", "none"]


class Carry(Shape):
    """Selects cards of other rooms for the board `activity`: `all`, those in `groups`, those with `votes`."""

    activity: str = Field(max_length=40)
    rooms: list[str] = Field(min_length=1, max_length=60)
    which: Which = "all"


@verb("contribution.carry", Carry)
def carry(work: OnBoard, payload: Carry) -> Activity:
    """Copies the cards of rooms that are not on this board yet; it may be repeated as more is written. A board has a card
    once, as itself or as a copy, whichever way it comes.

    The answer says how many in `carried`, and in `stayed` how many did not come: {private, waits, hidden: how many}.
    """
    if work.activity.kind != "ideas":
        raise Refusal("not_for_this")
    if work.room.closed_at:
        raise Refusal("room_closed")
    rooms = work.session.scalars(select(Room).where(
        Room.id.in_(payload.rooms), Room.workshop_id == work.workshop.id, Room.kind == "group",
        Room.id != work.room.id).order_by(Room.number)).all()
    if len(rooms) != len(set(payload.rooms)):
        raise Refusal("not_here")
    work.beside["carried"] = sum(take_along(work, room, work.activity, payload.which) for room in rooms)
    work.beside["stayed"] = _stayed(work.session, rooms)
    work.touch(work.activity)
    return work.activity


@tells("contribution.carry")
def _carried(act: Act) -> Sentence:
    return carried(act)


def carried(act: Act) -> Sentence:
    """Words the record of cards that were copied onto a board."""
    if "carried" not in act.after:
        return Sentence()
    names = act.names | {"other": str(act.after.get("from")), "n": count("{n} card", "{n} cards", act.after["carried"])}
    return Sentence(_("{who} brought cards of room {other} onto this board: {n}.", **names))


def take_along(work: InWorkshop, source: Room, board: Activity, which: Which) -> int:
    """Puts the cards of `source` onto `board`, with the groups in which they are; returns how many."""
    theirs = work.session.scalars(select(Activity).where(Activity.room_id == source.id)).all()
    known = set(work.session.scalars(select(func.coalesce(Contribution.copy_of, Contribution.id)).where(
        Contribution.activity_id == board.id, Contribution.kind == "idea")))
    cards = [card for card in _standing(work.session, source, theirs, which) if (card.copy_of or card.id) not in known]
    there = select(Contribution.id).where(Contribution.activity_id == board.id, Contribution.kind == "idea")
    if cards and len(work.session.scalars(there).all()) + len(cards) > CARDS_PER_ROOM:
        raise Refusal("room_full", limit=CARDS_PER_ROOM)
    settings = next((one.settings for one in theirs if one.kind == "ideas"), {})
    groups = _groups(work, source, board, {card.group_id for card in cards if card.group_id})
    of: dict[str | None, str | None] = dict(work.session.execute(select(Seat.id, Seat.delegation_id).where(
        Seat.id.in_({card.seat_id for card in cards} - {None}))).all())
    for position, card in enumerate(cards):
        group = groups.get(card.group_id)
        row = fast_insert.born(
            Contribution, id=new_id(), activity_id=board.id, stream_id=board.stream_id, kind="idea", number=card.number,
            home=card.home or source.number, seat_id=card.seat_id, account_id=card.account_id, created_at=card.created_at,
            origins=[card.id], copy_of=card.copy_of or card.id, files=card.files, rev=1, hop=0, group_id=group and group.id,
            body=_body(card.body, settings, board.settings, work.workshop.languages),
            place=_place(board.settings, card, of.get(card.seat_id), group.body["text"] if group else source.title))
        work.touch(row)
        fast_insert.add(work.session, row)
        work.session.add(Link(source_id=row.id, target_id=card.id, kind=CARRIES, position=position, by=work.actor(),
                              at=work.now))
    if cards:
        work.session.get_one(Room, board.room_id).used(work.now)
        work.remember(source.id, None, {"carried": len(cards), "from": source.number, "which": which}, board.stream_id)
    return len(cards)


def _standing(session: Session, source: Room, activities: Sequence[Activity], which: Which) -> list[Contribution]:
    """Lists the cards that everybody in the room sees and that were not merged into another, by number."""
    if which == "none":
        return []
    boards = [one.id for one in activities if one.kind == "ideas"]
    # Votes for a card are with the one that it was merged into; votes for a group are with its cards.
    voted = {item for one in activities if kinds()[one.kind].decides and one.tally for item in one.tally.get("items") or ()}
    voted |= set(session.scalars(select(Contribution.merged_into).where(
        Contribution.id.in_(voted), Contribution.merged_into.is_not(None)))) if voted else set()
    rows = session.scalars(select(Contribution).where(
        Contribution.activity_id.in_(boards), Contribution.kind == "idea", Contribution.stream_id == source.stream_id,
        Contribution.withdrawn_at.is_(None), Contribution.hidden_at.is_(None), Contribution.merged_into.is_(None),
        Contribution.number.is_not(None)).order_by(Contribution.home, Contribution.number))
    return [row for row in rows if which == "all" or (
        row.group_id if which == "groups" else row.id in voted or row.group_id in voted)]


def _stayed(session: Session, rooms: Sequence[Room]) -> dict[str, int]:
    """Counts the ideas of the rooms that nobody copies, by reason: only numbers, for of what is private nothing else is
    told."""
    found = {"private": 0, "waits": 0, "hidden": 0}
    for room in rooms:
        rows = session.execute(select(Contribution.stream_id, Contribution.hidden_at).join(
            Activity, Activity.id == Contribution.activity_id).where(
            Activity.room_id == room.id, Activity.kind == "ideas", Contribution.kind == "idea",
            Contribution.withdrawn_at.is_(None), Contribution.merged_into.is_(None)))
        for line, hidden in rows:
            if hidden:
                found["hidden"] += 1
            elif line != room.stream_id:
                found["waits" if line == room.inbox else "private"] += 1
    return {why: n for why, n in found.items() if n}


def _groups(work: CommandContext, source: Room, board: Activity, wanted: set[str]) -> dict[str | None, Contribution]:
    """Maps {group of the earlier board: the group of the same name on this one}."""
    def named(wanted: ColumnElement[bool]) -> Sequence[Contribution]:
        return work.session.scalars(select(Contribution).where(
            wanted, Contribution.kind == "group", Contribution.withdrawn_at.is_(None))).all()
    here = {group.body["text"]: group for group in named(Contribution.activity_id == board.id)}
    found: dict[str | None, Contribution] = {}
    for group in named(Contribution.id.in_(wanted)) if wanted else ():
        name = group.body["text"]
        if name not in here:
            here[name] = Contribution(
                id=new_id(), activity_id=board.id, stream_id=board.stream_id, kind="group", body={"text": name}, place={},
                account_id=work.who.device.account_id, created_at=work.now, rev=1, hop=0)
            work.session.add(here[name])
            work.session.flush()
            work.touch(here[name])
        found[group.id] = here[name]
    return found


def _body(body: Body, theirs: Json, ours: Json, languages: list[str]) -> Json:
    """Returns the text as it is; fields that this board does not have are written below it."""
    same = {field["key"] for field in ours.get("fields") or ()}
    fields = body.get("fields") or {}
    titles = {one["key"]: one["title"] for field in theirs.get("fields") or () for one in (field, *field.get("options", ()))}

    def called(key: str) -> str:
        title = titles.get(key, key)
        if isinstance(title, dict):
            return next((title[one] for one in (*languages, *title) if title.get(one)), key)
        return str(title)
    below = [f"{called(key)}: {called(said)}" for key, said in fields.items() if key not in same and said != body["text"]]
    text = "\n".join([body["text"], *below])
    kept = {key: said for key, said in fields.items() if key in same}
    return {"text": text if len(text) <= TEXT else body["text"]} | ({"fields": kept} if kept else {}) | (
        {"title": body["title"]} if body.get("title") else {})


def _place(settings: Settings, card: Contribution, delegation: str | None, row: str) -> Json:
    """Chooses its place: the column of its delegation, where there is one, in the row of its group or room; else the place
    that it had, as far as this board knows it."""
    columns = {column["key"] for column in settings.get("columns") or ()}
    wanted = [{name: value} for name, value in card.place.items() if name != "parent"]
    if delegation in columns:
        wanted = [{"column": delegation}]
    if settings.get("open_rows"):
        wanted = [one for one in wanted if "row" not in one] + [{"row": row[:places.ROW]}]
    place: Place = {}
    for one in wanted:
        try:
            place |= places.check(settings, place | one)
        except Refusal:
            continue
    return place or places.check(settings, {})
