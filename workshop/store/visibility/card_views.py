"""Renders rows as cards: the one query behind snapshot, live frame and catch-up."""
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, CompoundSelect, bindparam, exists, literal, or_, select, union_all

from workshop.domain import steps
from workshop.domain.roles import SCREEN
from workshop.domain.shapes import Json
from workshop.domain.visibility import Viewer, author, moment, sees_item
from workshop.store.fast import fast_insert
from workshop.store.fast.prepared import Question
from workshop.store.models import (
    Account,
    Activity,
    Contribution,
    Departure,
    Floor,
    LateTray,
    Notice,
    Room,
    RoomSeat,
    Seat,
    Speech,
    Stream,
    Wall,
)
from workshop.store.models import (
    Question as Asked,
)
from workshop.store.models.base import columns
from workshop.store.transaction import Session
from workshop.store.visibility import agreements, citations, notices, plenary_views, results, room_sight
from workshop.words.bidi import isolate


class NotAtHand(LookupError):
    """Reports that a card needs more than the rows, and there is no session to ask."""


FEW = 3  # authors who are fetched one by one
TABLES: tuple[type[Any], ...] = (
    Room, Activity, RoomSeat, Contribution, Departure, LateTray, Notice, Floor, Speech, Asked, Wall)


def _mine(table: type[Any], stream: Any) -> ColumnElement[bool]:
    """Selects the rows of a stream; the cards of rooms and walls travel in the workshop's."""
    mine: ColumnElement[bool] = (table.workshop_id if table in (Room, Wall) else table.stream_id) == stream
    return mine


STREAM: BindParameter[Any] = bindparam("stream")
SINCE: BindParameter[Any] = bindparam("since")


def _moved(hands_only: bool) -> CompoundSelect[Any]:
    """Finds in which of TABLES a stream has rows above a number; of who is in the room perhaps only raised hands."""
    hands = [RoomSeat.raised_at.is_not(None)] if hands_only else []
    return union_all(*(select(literal(i).label("table")).where(exists().where(
        _mine(table, STREAM), table.seq > SINCE, *(hands if table is RoomSeat else ()))) for i, table in enumerate(TABLES)))


MOVED, MOVED_FOR_ALL = Question(_moved(False)), Question(_moved(True))
ROWS = {table: Question(select(*table.__table__.columns).where(_mine(table, STREAM), table.seq > SINCE))
        for table in TABLES}  # all columns, as rows that no session knows
AUTHOR = Question(select(Seat.id, Seat.name, Seat.delegation_id, Seat.channel, Seat.site_id)
                  .where(Seat.id == bindparam("seat")))
OTHERS = or_(*(exists().where(_mine(table, STREAM), table.seq > SINCE) for table in TABLES if table is not Contribution))
BY = {"author": Seat.id, "name": Seat.name, "delegation_id": Seat.delegation_id, "channel": Seat.channel,
      "site_id": Seat.site_id}
NEWS = Question(
    select(Stream.epoch, Stream.seq.label("now"), OTHERS.label("others"), *Contribution.__table__.columns,
           *(column.label(name) for name, column in BY.items())).select_from(Stream)
    .outerjoin(Contribution, (Contribution.stream_id == Stream.id) & (Contribution.seq > SINCE))
    .outerjoin(Seat, Seat.id == Contribution.seat_id).where(Stream.id == STREAM).order_by(Contribution.seq))
HEAD = Question(select(Stream.epoch, Stream.seq).where(Stream.id == STREAM))


def head(session: Session, stream_id: str) -> tuple[str, int]:
    """Returns (epoch, last number) of a stream."""
    found: tuple[str, int] = HEAD.rows(session, stream=stream_id)[0]
    return found


def changed(session: Session, stream_id: str, since: int = 0, viewer: Viewer | None = None, until: int | None = None
            ) -> list[Any]:
    """Lists the rows of a stream with seq > since (and at most `until`), in the order of their numbers; without those that
    `viewer` has never seen."""
    rows: list[Any] = []
    tables: Sequence[type[Any]] = TABLES
    if since:  # mostly little has changed: one question finds out where
        moved = MOVED if viewer is None or viewer.is_staff or viewer.seats else MOVED_FOR_ALL
        tables = [TABLES[row.table] for row in moved.rows(session, stream=stream_id, since=since)]
    if viewer is None and until is None and session.driver:
        rows = [fast_insert.born(table, **row._asdict()) for table in tables
                for row in ROWS[table].rows(session, stream=stream_id, since=since)]
        return sorted(rows, key=lambda row: row.seq)
    for table in tables:
        query = select(table).where(_mine(table, stream_id), table.seq > since)
        query = query if until is None else query.where(table.seq <= until)
        if viewer is not None and not viewer.is_staff:
            if table is LateTray or table is (RoomSeat if viewer.role == SCREEN else Wall):
                continue
            if table is RoomSeat:  # a hall of people is not read for each of them
                query = query.where(or_(RoomSeat.raised_at.is_not(None), RoomSeat.seat_id.in_(viewer.seats)))
        rows += session.scalars(query)
    return sorted(rows, key=lambda row: row.seq)


def news(session: Session, stream_id: str, epoch: str, since: int
         ) -> tuple[int, list[Contribution], dict[str, Json]] | None:
    """Reads (last number, cards that came since, {id: what they say of their authors}) in one question; None where there is
    more than ideas and comments, or the stream counts in another epoch: then `head` and `changed` must be asked."""
    rows = NEWS.rows(session, stream=stream_id, since=since)
    found = [row for row in rows if row.id is not None]
    if not rows or rows[0].epoch != epoch or rows[0].others or any(row.kind == "item" for row in found):
        return None
    names = Contribution.__table__.columns.keys()
    cards = [fast_insert.born(Contribution, **{name: getattr(row, name) for name in names}) for row in found]
    return rows[0].now, cards, {row.seat_id: known(row, row.seat_id) for row in found if row.author}


class Look:
    """Renders many rows as cards for many viewers: seats and citations are fetched once."""

    def __init__(self, session: Session | None, viewer: Viewer | None, rows: Sequence[Any] = ()) -> None:
        self.session: Any = session  # None: the rows, and `seats`, are all that there is
        self.viewer: Any = viewer  # None: the viewer comes later (`through`)
        self.seats: dict[str, Json] = {}
        self.cites: dict[str, list[citations.Citation]] = {}
        self.activities: dict[str, Activity] = {}
        self.results: dict[str, list[Json]] = {}  # of a summary's room
        self.agreed: dict[str, list[Json]] = {}  # the same, where it works on agreements
        self.on: dict[str, Json | None] = {}  # by workshop: the block that runs
        self.floors: dict[str, Json] = {}  # by the id of a list of speakers: its order
        self.closers: dict[str, str] = {}  # of votes that somebody closed: by the id of an account, its name
        self.aside: set[str] = set()  # rooms whose summary people do not see, as they do not see the room
        if rows:
            self.fetch(rows)

    def through(self, viewer: Viewer) -> "Look":
        """Returns the same rows for another viewer, without asking the database again."""
        other = Look.__new__(Look)
        other.__dict__ = self.__dict__ | {"viewer": viewer}
        return other

    def know(self, seat: Seat | None) -> None:
        """Takes in what a card may say of its author."""
        if seat is not None:
            self.seats[seat.id] = known(seat)

    def fetch(self, rows: Iterable[Any]) -> None:
        """Loads what the cards of `rows` need beside the rows. Raises NotAtHand where there is no session."""
        wanted = {row.seat_id for row in rows if getattr(row, "seat_id", None)} - self.seats.keys()
        items = [row.id for row in rows if isinstance(row, Contribution) and row.kind == "item"]
        summaries = {row.id: row.room_id for row in rows if _is_summary(row)}
        running = {row.workshop_id for row in rows if isinstance(row, Room)} - self.on.keys()
        floors, over = [row for row in rows if isinstance(row, Floor)], [row for row in rows if _of_plenary(row)]
        closers = {row.closed_by for row in rows if isinstance(row, Activity) and row.closed_by} - self.closers.keys()
        if self.session is None and (wanted or items or summaries or running or floors or over or closers):
            raise NotAtHand
        if closers:
            self.closers |= dict(self.session.execute(select(Account.id, Account.name).where(Account.id.in_(closers))).all())
        self.results |= {row.id: [] for row in over} | results.of_votes(self.session, over)
        self.floors |= {row.id: plenary_views.order_of(self.session, row) for row in floors}
        self.on |= {workshop: room_sight.on_now(self.session, workshop) for workshop in running}
        if summaries:
            told = results.of_rooms(self.session, summaries.values())
            self.results |= {key: told.get(room, []) for key, room in summaries.items()}
            agreed = agreements.of_rooms(self.session, summaries.values())
            self.agreed |= {key: agreed[room] for key, room in summaries.items() if room in agreed}
            self._look_for_rooms(summaries.values())
        if len(wanted) <= FEW:
            if wanted:
                self.session.flush()
            for author in wanted:
                self.seats |= {seat.id: known(seat) for seat in AUTHOR.rows(self.session, seat=author)}
        else:
            for seat in self.session.scalars(select(Seat).where(Seat.id.in_(wanted))):
                self.know(seat)
        if items:
            wanted = {row.activity_id for row in rows if isinstance(row, Contribution)} - self.activities.keys()
            self.activities |= {a.id: a for a in self.session.scalars(select(Activity).where(Activity.id.in_(wanted)))}
            self.cites |= citations.of_items(self.session, {
                row.id: self.activities[row.activity_id].room_id for row in rows if row.id in set(items)})
            self._look_for_rooms(self.activities[row.activity_id].room_id for row in rows if row.id in set(items))

    def _look_for_rooms(self, keys: Iterable[str]) -> None:
        rooms = self.session.scalars(select(Room).where(Room.id.in_(set(keys))))
        self.aside |= {room.id for room in rooms if not room_sight.seen_by_people(room)}

    def cards(self, rows: Iterable[Any]) -> list[Json]:
        """Renders the rows as cards; those that this viewer could never see are left out, without a tombstone."""
        return [self.card(row) for row in rows if not _never(self.viewer, row)]

    def card(self, row: Any) -> Json:
        """Renders the row as a card; {id, seq, gone: true} where this viewer may not see it (a tombstone)."""
        author_unknown = getattr(row, "seat_id", None) and row.seat_id not in self.seats
        if author_unknown or (isinstance(row, Contribution) and row.kind == "item" and row.id not in self.cites) or (
                (_is_summary(row) or _of_plenary(row)) and row.id not in self.results) or (
                isinstance(row, Room) and row.workshop_id not in self.on) or (
                isinstance(row, Floor) and row.id not in self.floors):
            self.fetch([row])
        shown = FORMS[type(row)](self, row)
        head = {"id": getattr(row, "card_id", row.id), "seq": row.seq}
        if getattr(row, "hop", 0):
            head["hop"] = row.hop
        return head | ({"gone": True} if shown is None else shown)

    def _room(self, room: Room) -> Json | None:
        if not room_sight.sees(self.viewer, room):
            return None
        # Whoever is not inside needs no instruction, and only staff the steps to come: they would weigh on every phone.
        inside, step = self.viewer.is_staff or room.id in self.viewer.rooms, steps.now(room)
        card = {"kind": "room", "number": room.number, "of": room.kind, "title": room.title, "question": room.question,
                "axis": room.axis_id, "stream": room.stream_id, "step": room.step,
                "step_at": moment(self.viewer, room.step_at),
                "now": step if inside else {name: step[name] for name in ("key", "title") if name in step},
                "state": steps.state(room),
                "deadline": room.deadline and room.deadline.isoformat()}
        if room.position != room.number:
            card["order"] = room.position
        if room.call and (inside or self.viewer.is_staff):
            card["call"] = room.call
        if room.paused_at:
            card["paused"] = room.paused_at.isoformat()
            if room.paused_for:
                card["paused_for"] = room.paused_for
        if on := self.on.get(room.workshop_id):
            card |= {"on": on} if room.kind == "plenary" else {"block": on["title"]} if inside else {}
        if inside:
            card["step_of"] = len(room.steps)
        if self.viewer.is_staff:
            card |= {"steps": room.steps, "edition": steps.edition(room.steps), "method": room.method,
                     "inbox": room.inbox is not None}
            if room.prepared:
                card["prepared"] = True
            if did := (room.turn or {}).get("did"):
                card["did"] = did
            if room.turn and "what" in room.turn:
                card["turn"] = {name: room.turn[name] for name in TURN if name in room.turn}
        return card

    def _activity(self, activity: Activity) -> Json | None:
        if activity.room_id in self.aside and not self.viewer.is_staff:
            return None
        if self.viewer.role == SCREEN and activity.stream_id != self.viewer.workshop:  # no vote while people choose
            return {"kind": "activity", "room": activity.room_id, "of": activity.kind, "title": activity.title,
                    "position": activity.position, "published": activity.published_at is not None}
        hides = self.viewer.role == SCREEN and activity.opened_at is not None and activity.closed_at is None
        return {"kind": "activity", "room": activity.room_id, "of": activity.kind, "title": activity.title,
                "settings": activity.settings, "position": activity.position,
                "tally": None if hides else results.told_to(self.viewer, activity),
                "published": activity.published_at is not None} | _of_vote(self.viewer, activity) | (
                    {"closed_by": {"of": by, "name": self.closers[by]}} if self.viewer.is_staff and (
                        by := activity.closed_by) in self.closers else {}) | (
                    {"results": told} if (told := self.results.get(activity.id)) else {}) | (
                    {"agreed": agreed} if activity.published_at and (agreed := self.agreed.get(activity.id)) else {})

    def _room_seat(self, row: RoomSeat) -> Json | None:
        """Renders who is in the room: staff and the seat itself see it; the others only that a hand is up, not whose."""
        if row.left_at:
            return None
        card = {"kind": "seat", "room": row.room_id}
        mine = row.seat_id in self.viewer.seats
        if not (mine or self.viewer.is_staff):
            return card | {"hand": moment(self.viewer, row.hand_at)} if row.hand_at else None
        seat = self.seats.get(row.seat_id, {})
        return card | ({"mine": row.seat_id} if mine else {}) | {
            "seat": row.seat_id, "name": seat.get("name"), "delegation": seat.get("delegation"),
            "channel": seat.get("channel"), "hand": row.hand_at and row.hand_at.isoformat()} | (
                {"site": seat["site"]} if seat.get("site") else {})

    def _late(self, row: LateTray) -> Json | None:
        if not self.viewer.is_staff or row.admitted_at:
            return None
        shown = author(self.viewer, self.seats[row.seat_id]) if row.seat_id else {}
        return shown | {"kind": "late", "room": row.room_id, "activity": row.activity_id, "reason": row.reason,
                        "text": row.payload["body"]["text"], "at": moment(self.viewer, row.at)} | (
                            {"parent": row.payload["parent"]} if row.payload.get("parent") else {})

    def _notice(self, row: Notice) -> Json | None:
        return notices.card(self.viewer, row, self.seats.get(row.seat_id or ""))

    def _contribution(self, row: Contribution) -> Json | None:
        held = columns(row)
        if held.get("withdrawn_at"):
            return None
        if self.viewer.role == SCREEN and held["stream_id"] != self.viewer.workshop:
            return self._on_wall(held)
        hidden, author_id, kind, body = held.get("hidden_at"), held.get("seat_id"), held["kind"], held["body"]
        if hidden and not self.viewer.is_staff:
            return self._hidden(row) if author_id in self.viewer.seats else None
        card = {"kind": kind, "activity": held["activity_id"], "body": body, "rev": held["rev"],
                "at": moment(self.viewer, held["created_at"])}
        for name, column in SELDOM:
            if value := held.get(column):
                card[name] = value
        if hidden:
            card["hidden"] = held.get("hidden_for") or "–"
        if kind != "item" and "helper" in body:
            card["body"] = {name: value for name, value in body.items() if name != "helper"}
            if body["helper"] and self.viewer.privacy != "anonymous":
                card["helper"] = isolate(body["helper"])
        if kind == "item":
            activity = self.activities[row.activity_id]
            if not sees_item(self.viewer, activity.published_at is not None, activity.room_id) or (
                    activity.room_id in self.aside and not self.viewer.is_staff):
                return None
            cites = self.cites.get(row.id, [])
            lost = [card for card, _number, there in cites if not there]
            return card | {"room": activity.room_id, "cites": [card for card, _number, _there in cites],
                           "numbers": [number for _card, number, _there in cites]} | ({"lost": lost} if lost else {})
        return card | author(self.viewer, self.seats[author_id]) if author_id else card | {"staff": True}

    def _on_wall(self, held: Json) -> Json | None:
        """Renders an idea or a group for a hall: the text, without the person, and without the delegation where nobody is
        to know who wrote; comments are talk of the room."""
        if held.get("hidden_at") or held["kind"] not in ("idea", "group"):
            return None
        card = {"kind": held["kind"], "activity": held["activity_id"], "rev": held["rev"],
                "body": {name: value for name, value in held["body"].items() if name != "helper"}}
        card |= {name: value for name, column in SELDOM if name in ON_WALL and (value := held.get(column))}
        seat = self.seats.get(held.get("seat_id") or "", {})
        known = self.viewer.privacy != "anonymous" and seat.get("delegation")
        return card | ({"delegation": seat["delegation"]} if known else {})

    def _wall(self, wall: Wall) -> Json | None:
        """Renders that something else stands on a wall, for the walls and the desk; what, they ask for."""
        if wall.dropped_at or not (self.viewer.is_staff or self.viewer.role == SCREEN):
            return None
        return {"kind": "wall", "rev": wall.rev}

    def _hidden(self, row: Contribution) -> Json:
        """Renders a hidden card for its author, with the reason; of a kind of its own, so that nothing counts it or votes on
        it."""
        card = {"kind": "hidden", "activity": row.activity_id, "body": {"text": row.body["text"]}, "mine": row.seat_id,
                "reason": row.hidden_for}
        return card | {"number": row.number, "home": row.home} if row.number else card

    def _departure(self, row: Departure) -> Json | None:
        """Renders the tombstone of a card that is in another stream now."""
        return None

    def _floor(self, row: Floor) -> Json | None:
        return plenary_views.floor(row, self.floors[row.id])

    def _speech(self, row: Speech) -> Json | None:
        return plenary_views.speech(self.viewer, row, self.seats[row.seat_id])

    def _asked(self, row: Asked) -> Json | None:
        return plenary_views.question(self.viewer, row, self.seats[row.seat_id])


TURN = ("what", "by", "at", "from", "n", "back")  # what staff are told of the last act on a room
# What most contributions do not have: name on the card, column.
SELDOM = (("number", "number"), ("place", "place"), ("parent", "parent_id"), ("files", "files"), ("home", "home"),
          ("from", "origins"), ("copy_of", "copy_of"), ("group", "group_id"), ("into", "merged_into"))
ON_WALL = frozenset({"number", "place", "home", "group", "into"})
FORMS: dict[type[Any], Callable[[Look, Any], Json | None]] = {
    Room: Look._room, Activity: Look._activity, RoomSeat: Look._room_seat, Contribution: Look._contribution,
         Departure: Look._departure, LateTray: Look._late, Notice: Look._notice, Floor: Look._floor,
         Speech: Look._speech, Asked: Look._asked, Wall: Look._wall}


def known(seat: Any, key: str | None = None) -> Json:
    """Returns what a card may say of its author: a seat, or a row with the columns of the seat `key`."""
    return {"id": key or seat.id, "name": seat.name, "delegation": seat.delegation_id, "channel": seat.channel,
            "site": seat.site_id}


def _of_vote(viewer: Viewer, activity: Activity) -> Json:
    """Returns what else the card of a vote says: {opened?, closes?, closed?, round?, round_of?, outcome?, hands?}. The
    result by delegation and channel does not travel: pages ask for it."""
    told: Json = {"round": activity.round, "round_of": activity.round_of} if activity.round > 1 else {}
    for name, at in (("opened", activity.opened_at), ("closes", activity.closes_at), ("closed", activity.closed_at)):
        if at:
            told[name] = at.isoformat()
    on_wall = viewer.role == SCREEN  # which says no person's name
    if activity.hands:
        told["hands"] = [{name: one for name, one in count.items() if name != "by"} if on_wall else count
                         for count in activity.hands]
    seen = ("text", "at") if on_wall else ("text", "name", "at")
    return told | ({"outcome": {name: activity.outcome[name] for name in seen}} if activity.outcome else {})


def _of_plenary(row: Any) -> bool:
    """Tells whether it is a vote of the plenary, whose result its card tells when it is over."""
    return isinstance(row, Activity) and row.opened_at is not None and row.stream_id != row.room_id


def _is_summary(row: Any) -> bool:
    return isinstance(row, Activity) and row.kind == "summary"


def _never(viewer: Viewer, row: Any) -> bool:
    """Tells whether the viewer has never seen the row: who is in the room, and what came late, is for staff; but a hand that
    was up was seen by all."""
    if isinstance(row, RoomSeat):
        return viewer.role == SCREEN or (
            not viewer.is_staff and row.raised_at is None and row.seat_id not in viewer.seats)
    if isinstance(row, Notice):
        return not notices.is_for(viewer, row) and not notices.was_for(viewer, row)
    if isinstance(row, Asked):  # one that waits
        return row.let_out_at is None and not viewer.is_staff and row.seat_id not in viewer.seats
    return isinstance(row, LateTray | Wall) and not (viewer.is_staff or (isinstance(row, Wall) and viewer.role == SCREEN))


def cards(session: Session, stream_id: str, viewer: Viewer, since: int = 0) -> list[Json]:
    """Lists the cards of a stream with seq > since as `viewer` may see them; tombstones only where something may be known.
    """
    found = moved(session, stream_id, viewer, since)
    return found if since else [card for card in found if "gone" not in card]


def moved(session: Session, stream_id: str, viewer: Viewer, since: int, until: int | None = None) -> list[Json]:
    """Lists the same with all tombstones, as far as the number `until`."""
    rows = changed(session, stream_id, since, viewer, until)
    return Look(session, viewer, rows).cards(rows)
