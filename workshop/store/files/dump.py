"""Dumps a whole workshop as plain rows: what the JSON memoria holds, and what an import reads back."""
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, ColumnElement, DateTime, inspect, select

from workshop.domain import voting
from workshop.domain.shapes import Json
from workshop.store.files import anonymize
from workshop.store.models import (
    Account,
    Activity,
    Attended,
    Axis,
    Ballot,
    Block,
    BlockRoom,
    Contribution,
    Delegation,
    ExpectedPerson,
    Floor,
    HandCount,
    History,
    LateTray,
    Link,
    Presence,
    Proxy,
    Question,
    Room,
    RoomSeat,
    Seat,
    Site,
    Sitting,
    Speech,
    Stream,
    Support,
    Wall,
    Workshop,
)
from workshop.store.models.base import Base, Moment
from workshop.store.secrecy.ballots import is_over
from workshop.store.transaction import Session
from workshop.store.visibility.vote_targets import is_told

# In the order in which they can be written back.
TABLES: tuple[type[Base], ...] = (
    Stream, Workshop, Account, Delegation, Site, Axis, Block, Seat, Room, BlockRoom, RoomSeat, Activity, Contribution,
    Ballot, HandCount, Proxy, Link, LateTray, History, Sitting, Attended, ExpectedPerson, Presence, Floor, Speech, Question,
    Support, Wall)
# Tables that older files do not have.
LATER = ("sitting", "attended", "block_room", "expected_person", "presence", "floor", "speech", "question", "support",
         "wall", "hand_count", "proxy")
# Columns likewise, with what stands for them where a file does not say it.
NEWER: dict[str, Json] = {
    "ballot": {"delegation_id": None, "room_id": None},
    "activity": {"opened_at": None, "opened_by": None, "closed_at": None, "closed_by": None, "closes_at": None, "round": 1,
                 "round_of": None, "outcome": None, "parts": None, "hands": None},
    "contribution": {"copy_of": None}, "history": {"program": None},
    "seat": {"joined_id": None}, "workshop": {"asks": []},
    "room": {"active_at": None, "prepared": False, "capacity": None, "archived_at": None, "position": 0,
             "paused_for": None, "call": "", "proxies": 0},
    "block": {"day": "", "position": 0, "pinned": True, "aim": "", "leader": "", "materials": "", "notes": "", "call": "",
              "transcript": "",
              "method": None, "uid": None, "started_by": None, "dropped_at": None}}
# What never leaves: bearer secrets, e-mail and password, and what only means something on its own server.
KEPT_BACK: dict[type[Base], set[str]] = {
    Stream: {"epoch"}, Seat: {"reentry_code", "came_from", "declared"}, ExpectedPerson: {"code"},
    Contribution: {"files", "hop"}, Activity: {"seal"},
    Room: {"inbox", "sitting", "turn"},
    # what stands on a wall is of the moment, and of whoever sent it
    Wall: {"key", "seq", "shown", "before", "rev", "shown_by", "shown_at", "dropped_at"},
    RoomSeat: {"alone", "pair", "four"}, History: {"id"},
    Workshop: {"screen_key", "calendar_key", "imported_from", "locked_at", "expected", "sample_at", "archived_at",
               "deleted_at"},
    Account: {"email", "password_hash", "language", "administrator", "created_at", "disabled_at"}}


def columns(table: type[Any]) -> list[Column[Any]]:
    """Lists the columns of a table that are part of the dump."""
    kept_back = KEPT_BACK.get(table, ())
    return [column for column in inspect(table).columns if column.key not in kept_back]


def rows(session: Session, workshop_id: str, shown: bool = False) -> dict[str, list[Json]]:
    """Dumps {table name: [row]} of everything that belongs to the workshop, in a fixed order; values as JSON has them.

    Where nobody is to see who wrote, this does not tell either (store/files/anonymize.py). `shown`: for a participant, of
    whatever role: no ballot of a vote that is hidden until its end, and of no ballot whose it is.
    """
    found = _belonging(session, workshop_id)
    tables = {table.__tablename__: [_plain(table, row) for row in found[table]] for table in TABLES}
    _keep_secret(session, tables)
    _only_shown(session, tables)
    if shown:
        hidden = {row["id"] for row in tables["activity"] if voting.hidden(row["settings"]) and not row["tally"]}
        for name in ("ballot", "hand_count"):
            tables[name] = [row for row in tables[name] if row["activity_id"] not in hidden]
        for block in tables["block"]:
            block["notes"] = ""  # facilitators' own
        _only_seen(tables)
        anonymize.only_asked(tables)
    anonymize.hide_askers(tables)
    if tables["workshop"][0]["privacy"] == "anonymous":
        anonymize.hide(tables)
    elif shown:
        anonymize.hide(tables, authors=False)
    return tables


def _keep_secret(session: Session, tables: dict[str, list[Json]]) -> None:
    """Removes the ballots of secret votes: while one runs all of them, afterwards there are only marks of who has voted."""
    secret = {row["id"] for row in tables["activity"] if not voting.lists_ballots(row["settings"])}
    over = {key for key in secret if is_over(session.get_one(Activity, key))}
    tables["ballot"] = [row | {"choices": {}} if row["activity_id"] in secret else row for row in tables["ballot"]
                        if row["activity_id"] not in secret - over]


def _only_seen(tables: dict[str, list[Json]]) -> None:
    """Removes the rooms that people do not see yet, with all that is in them."""
    unseen = {row["id"] for row in tables["room"] if row["prepared"] and row["opened_at"] is None}
    within = unseen | {row["id"] for row in tables["activity"] if row["room_id"] in unseen}
    leads = ("id", "room_id", "stream_id", "activity_id", "target_id")
    for name, rows in tables.items():
        tables[name] = [row for row in rows if not any(row.get(key) in within for key in leads)]


def _only_shown(session: Session, tables: dict[str, list[Json]]) -> None:
    """Removes from ballots the cards that the workshop may not see yet."""
    told = {key: is_told(session, session.get_one(Activity, key))
            for key in {row["activity_id"] for name in ("ballot", "hand_count") for row in tables[name]}}

    def shown(row: Json, vote: str) -> Json:
        return {key: value for key, value in row["choices"].items() if told[vote](key)}
    for ballot in tables["ballot"]:
        ballot["choices"] = shown(ballot, ballot["activity_id"])
    for count in tables["hand_count"]:
        lines = [line | {"choices": shown(line, count["activity_id"])} for line in count["lines"]]
        count["lines"] = [line for line in lines if line["choices"]]


def _belonging(session: Session, workshop_id: str) -> dict[type[Base], Sequence[Any]]:
    def find(table: type[Any], condition: ColumnElement[bool]) -> Sequence[Any]:
        return session.scalars(select(table).where(condition).order_by(*inspect(table).primary_key)).all()

    found: dict[type[Base], Sequence[Any]] = {
        table: find(table, table.workshop_id == workshop_id)
        for table in (Delegation, Site, Axis, Block, Seat, Room, ExpectedPerson, Floor, Speech, Question)}
    found[Wall] = find(Wall, (Wall.workshop_id == workshop_id) & Wall.dropped_at.is_(None))
    rooms = [room.id for room in found[Room]]
    lines = [workshop_id, *rooms]  # what is in a circle's stream is not the workshop's yet
    found[RoomSeat] = find(RoomSeat, RoomSeat.room_id.in_(rooms))
    found[Activity] = find(Activity, Activity.room_id.in_(rooms))
    found[LateTray] = find(LateTray, LateTray.stream_id.in_(lines))
    found[Proxy] = find(Proxy, Proxy.room_id.in_(rooms))
    found[Sitting] = find(Sitting, Sitting.room_id.in_(rooms))
    found[BlockRoom] = find(BlockRoom, BlockRoom.room_id.in_(rooms))
    found[Attended] = find(Attended, Attended.sitting_id.in_([sitting.id for sitting in found[Sitting]]))
    found[Presence] = find(Presence, Presence.seat_id.in_(select(Seat.id).where(Seat.workshop_id == workshop_id)))
    found[Support] = find(Support, Support.question_id.in_([question.id for question in found[Question]]))
    activities = [activity.id for activity in found[Activity]]
    found[Ballot] = find(Ballot, Ballot.activity_id.in_(activities))
    found[HandCount] = find(HandCount, HandCount.activity_id.in_(activities))
    shown = Contribution.stream_id.in_(lines)
    found[Contribution] = find(Contribution, Contribution.activity_id.in_(activities) & shown)
    cards = select(Contribution.id).where(Contribution.activity_id.in_(activities), shown)
    found[Link] = find(Link, Link.source_id.in_(cards))
    found[Stream] = find(Stream, Stream.id.in_(lines))
    private = select(Contribution.id).where(Contribution.activity_id.in_(activities), Contribution.stream_id.not_in(lines))
    found[History] = find(History, (History.stream_id.in_(lines) | History.target_id.in_(cards))
                          & History.target_id.not_in(private))
    found[Workshop] = find(Workshop, Workshop.id == workshop_id)
    staff = {row.account_id for table in (Contribution, History, HandCount, Proxy) for row in found[table]}
    found[Account] = find(Account, Account.id.in_(staff - {None}))
    return {table: found[table] for table in TABLES}


def _plain(table: type[Any], row: Any) -> Json:
    return {column.key: _value(getattr(row, column.key)) for column in columns(table)}


def _value(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime | date) else value


def read_value(column: Column[Any], value: Any) -> Any:
    """Converts a JSON value for the column. Raises ValueError when it is of another kind."""
    if value is None:
        if not column.nullable:
            raise ValueError("is missing")
        return None
    if isinstance(column.type, Moment | DateTime):
        at = datetime.fromisoformat(value) if isinstance(value, str) else None
        if at is None or at.tzinfo is None:
            raise ValueError("is no instant")
        return at
    kind = column.type.python_type
    if kind is date:
        return date.fromisoformat(value) if isinstance(value, str) else _refuse()
    kinds = (dict, list) if kind is dict else (kind,)  # the JSON columns hold objects and lists
    if not isinstance(value, kinds) or (isinstance(value, bool) and kind is not bool):
        _refuse()
    longest: int | None = getattr(column.type, "length", None)
    if isinstance(value, str) and longest and len(value) > longest:
        raise ValueError("is too long")
    return value


def _refuse() -> None:
    raise ValueError("is of the wrong kind")
