"""Answers screens that connect or return: the same as viewers.frame, made once for all that have the same view.

The cards that everybody in an audience may see are encoded once. What is only the asker's stands beside them: its own
entries of who is in the room, and which cards are of its seats.
"""
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import bindparam, select

from workshop.domain.json_codec import dumps
from workshop.domain.shapes import Json
from workshop.domain.visibility import Viewer
from workshop.store.fast.prepared import Question
from workshop.store.fast.snapshots import STEP, snapshot
from workshop.store.identity import Who, look_up
from workshop.store.models import Contribution, Seat
from workshop.store.streams import viewers
from workshop.store.transaction import Session, recall
from workshop.store.visibility import card_views, circle_members, circles
from workshop.store.visibility.own_cards import Own

JOINED = Question(select(Seat.id).where(Seat.joined_id == bindparam("seat")))
CLOSE = 16  # cursors within so many numbers of each other get the same delta


@dataclass
class Frame:
    """Holds {stream, epoch, was, now, cards, own: {card id: seat id}, circles?} as it travels.

    `shared`: cards that are encoded already; `circles`: streams of cards that the asker's seats share with few or nobody
    while a step is private; `beside`: with whom ({room: as store/visibility/circle_members.py tells it}).
    """

    stream: str
    epoch: str
    was: int
    now: int
    shared: str
    first: list[Json] = field(default_factory=list)
    own: dict[str, str] = field(default_factory=dict)
    circles: list[str] = field(default_factory=list)
    beside: Json = field(default_factory=dict)
    few: bool = False  # a circle's: sent uncompressed

    def text(self) -> str:
        """Returns the frame as JSON."""
        head = dumps({"stream": self.stream, "epoch": self.epoch, "was": self.was, "now": self.now, "own": self.own}
                     | ({"circles": self.circles} if self.circles else {})
                     | ({"beside": self.beside} if self.beside else {}))
        cards = ",".join([*map(dumps, self.first), *([self.shared] if self.shared else [])])
        return f'{head[:-1]},"cards":[{cards}]}}'


@dataclass
class Opened:
    """Answers a connection: who it is, its ballots, a frame for each stream it may follow.

    `device`: its id, if it is one; `settled`: the same, if this proves that it has got its new secret; `way_in`: {workshop:
    code and lock}, for those who show them to others; `people`: the seats of the device, where they are several, one was
    another, or none is in a room that it follows; `rooms`: {seat: where it is}; `company`: {room: as
    store/visibility/circle_members.py tells it}; `until`: when a program's time is over; `was`: seats that were joined into
    those of the device.
    """

    seats: list[str]
    delegations: list[str]
    ballots: list[Json]
    frames: list[tuple[Viewer, Frame]]
    device: str | None = None
    settled: str | None = None
    way_in: dict[str, Json] = field(default_factory=dict)
    people: list[Json] = field(default_factory=list)
    rooms: dict[str, set[str]] = field(default_factory=dict)
    company: dict[str, Json] = field(default_factory=dict)
    until: datetime | None = None
    was: list[str] = field(default_factory=list)


def changes(session: Session, secret: str | None, screen_key: str | None, asked: Json) -> Frame | None:
    """Answers {stream, epoch, since}; None when it may not be seen or does not exist."""
    stream = asked.get("stream")
    if not isinstance(stream, str):
        return None
    viewer = eyes_of(session, look_up(session, secret), screen_key, stream)
    if viewer is None:
        return None
    answer = frame(session, stream, viewer, asked.get("epoch"), asked.get("since"))
    answer.circles = sorted(beside(session, stream, viewer))
    answer.beside = company_in(session, [stream], viewer.seats)
    return answer


def company_in(session: Session, streams: Iterable[str], seats: Collection[str]) -> dict[str, Json]:
    """Finds {room: who shares a circle with these seats there} of those streams that are rooms' own; of several seats also
    which `lines` (circle streams) each of them follows there: what is private is for the one who is chosen."""
    rooms = [stream for stream in streams if seats and _room(session, stream) is not None]
    return {room: mine for room in rooms if (mine := circle_members.of_seats(circle_members.of_room(session, room), seats)
                                             | lines_of(lines_in(session, room), seats))}


def lines_in(session: Session, room: str) -> dict[str, set[str]]:
    """Finds {seat id: circle streams that it follows} in one room, asked once for all."""
    return recall(session, ("circles", room), lambda: circles.lines_in(session, room))


def lines_of(found: dict[str, set[str]], seats: Collection[str]) -> Json:
    """Returns {'lines': {own seat: its circle streams}} of a device of several; empty where none of them has one."""
    mine = {seat: sorted(found[seat]) for seat in seats if seat in found} if len(seats) > 1 else {}
    return {"lines": mine} if mine else {}


def open_streams(session: Session, secret: str | None, screen_key: str | None, watch: Json) -> Opened | None:
    """Answers a connecting socket's cursors {stream: [epoch, since]}; None for a stranger."""
    who = look_up(session, secret)
    if who is None and screen_key is None:
        return None
    frames = _frames(session, who, screen_key, watch)
    if not frames:
        return None
    seats = list(who.seats) if who else []
    delegations = sorted({seat.delegation_id for seat in who.seats.values() if seat.delegation_id}) if who else []
    ballots = viewers.ballots_of(session, seats) if seats else []
    for key in delegations:
        ballots = ballots + recall(session, ("shared", key), partial(viewers.shared_by, session, [key]))
    ways = {eyes.workshop: way for eyes, one in frames if (way := viewers.way_in(eyes, _place(session, one.stream)))}
    followed, device = [one.stream for _eyes, one in frames], who.device.id if who else None
    was = joined_into(session, seats)
    asked = len(seats) > 1 or was or (seats and not any(_room(session, stream) for stream in followed))
    return Opened(seats, delegations, ballots, frames, device, device if who and who.settles else None, ways,
                  _people(session, who, {eyes.workshop for eyes, _frame in frames}) if asked and who else [],
                  (who.rooms or {}) if who else {}, company_in(session, followed, seats), who.until if who else None,
                  was)


def joined_into(session: Session, seats: Iterable[str]) -> list[str]:
    """Lists the seats that were joined into these: a page may still hold what was written with them."""
    return [row.id for seat in seats for row in JOINED.rows(session, seat=seat)]


def _frames(session: Session, who: Who | None, screen_key: str | None, watch: Json) -> list[tuple[Viewer, Frame]]:
    """Finds what is new in the streams that are watched and may be, and all of the circle streams that belong to them."""
    found: list[tuple[Viewer, Frame]] = []
    own = Own(session, who.seats) if who else None
    for stream, cursor in list(watch.items())[:40]:
        viewer = eyes_of(session, who, screen_key, stream)
        if viewer:
            found.append((viewer, frame(session, stream, viewer, *_cursor(cursor), own)))
            for line in beside(session, stream, viewer) - watch.keys():
                narrow = eyes_of(session, who, screen_key, line)
                if narrow:
                    found.append((narrow, frame(session, line, narrow, None, 0, own)))
    for _eyes, one in found:
        one.few = _place(session, one.stream).few
    return found


def _people(session: Session, who: Who, workshops: set[str]) -> list[Json]:
    """Lists the seats of the device in these workshops, in the order in which they were taken, as pages have them."""
    rows = {seat.id: seat for seat in session.scalars(select(Seat).where(Seat.id.in_(who.seats)))}
    return [{"id": seat.id, "name": seat.name, "delegation": seat.delegation_id, "channel": seat.channel,
             "site": seat.site_id, "room": next(iter((who.rooms or {}).get(seat.id, ())), None)}
            for seat in (rows[key] for key in who.seats if key in rows) if seat.workshop_id in workshops]


def _cursor(said: object) -> tuple[Any, Any]:
    return (said[0], said[1]) if isinstance(said, list) and len(said) == 2 else (None, 0)


def beside(session: Session, stream: str, viewer: Viewer) -> set[str]:
    """Finds the streams that belong to a room's for this viewer: circles of its seats, for staff the inbox."""
    room = _room(session, stream)
    if room is None:
        return set()
    found = lines_in(session, stream)
    lines = {line for seat in viewer.seats for line in found.get(seat, ())}
    return lines | {room.inbox} - {None} if viewer.is_staff else lines


def beside_socket(session: Session, secret: str | None, room: str) -> dict[str, tuple[Viewer, Frame]]:
    """Finds the circles and the inbox that the holder of the cookie may follow beside the room's stream: {stream: (viewer,
    frame)}."""
    who = look_up(session, secret)
    viewer = eyes_of(session, who, None, room)
    found = {}
    for line in beside(session, room, viewer) if viewer else ():
        if narrow := eyes_of(session, who, None, line):
            found[line] = narrow, frame(session, line, narrow, None, 0)
            found[line][1].few = True
    return found


def frame(session: Session, stream: str, viewer: Viewer, epoch: object, since: Any, own: Own | None = None) -> Frame:
    """Builds the frame of what changed since, or of everything (was 0) when the cursor means nothing here. `own`: asked
    already, for all streams."""
    line, now = recall(session, ("head", stream), lambda: card_views.head(session, stream))
    known = isinstance(since, int) and not isinstance(since, bool) and epoch == line and 0 <= since <= now
    was = since if known else 0
    if CLOSE <= was < now:  # a little too much does no harm, and is there already for the next
        was -= was % CLOSE
    eyes = shared_eyes(viewer)
    answer = Frame(stream, line, was, now, _shared(session, stream, eyes, line, was, now))
    if viewer.seats and was < now:
        own = own or Own(session, viewer.seats)
        answer.own = own.cards(viewer, stream, was)
        answer.first = (own.places(viewer, stream, was) + own.hidden(viewer, stream, was) + own.waiting(viewer, stream, was)
                        + own_in_inbox(session, stream, viewer))
    return answer


def _shared(session: Session, stream: str, eyes: Viewer, line: str, was: int, now: int) -> str:
    """Encodes the cards for all who have the same view as JSON. Those who missed little are answered from the rows; those
    who missed much from a snapshot, so that asking from every number costs no more than asking once."""
    if was == now:
        return ""
    if was and now - was <= STEP:
        return recall(session, ("cards", stream, eyes, was), lambda: ",".join(
            map(dumps, card_views.cards(session, stream, eyes, was))))
    kept = snapshot(session, stream, eyes, line, now)
    return kept.since(was) if was else kept.text


def whole(session: Session, stream: str, viewer: Viewer, own: Own | None = None) -> Json:
    """Returns all of a stream as a page shows it: {stream, epoch, was: 0, now, cards}, its own cards with `mine`."""
    line, now = recall(session, ("head", stream), lambda: card_views.head(session, stream))
    cards = snapshot(session, stream, shared_eyes(viewer), line, now).cards
    if viewer.seats:
        own = own or Own(session, viewer.seats)
        mine = own.cards(viewer, stream, 0)
        first = {card["id"]: card for card in own.places(viewer, stream, 0) + own.hidden(viewer, stream, 0)
                 + own.waiting(viewer, stream, 0)}
        cards = [card | {"mine": mine[card["id"]]} if card["id"] in mine else card for card in cards
                 if card["id"] not in first] + [*first.values(), *own_in_inbox(session, stream, viewer)]
    return {"stream": stream, "epoch": line, "was": 0, "now": now, "cards": cards}


def shared_eyes(viewer: Viewer) -> Viewer:
    """Returns the viewer that stands for all who see the same, whichever seats are theirs."""
    return Viewer(viewer.workshop, viewer.privacy, viewer.role, frozenset(), viewer.rooms)


def own_in_inbox(session: Session, stream: str, viewer: Viewer) -> list[Json]:
    """Lists what the asker wrote and the facilitator has not let out yet: its own devices keep it."""
    room = _room(session, stream)
    if room is None or room.inbox is None:
        return []
    rows = session.scalars(select(Contribution).where(
        Contribution.stream_id == room.inbox, Contribution.seat_id.in_(viewer.seats))).all()
    return [card | {"waits": True} for card in card_views.Look(session, viewer, rows).cards(rows) if "gone" not in card]


def _room(session: Session, stream: str) -> Any:
    """Finds the room whose own stream this is; None for a workshop's, a circle's or an inbox's."""
    room = _place(session, stream).room
    return room if room is not None and room.id == stream else None


def eyes_of(session: Session, who: Who | None, screen_key: str | None, stream: str) -> Viewer | None:
    """Finds the viewer as whom somebody sees a stream; None when not at all."""
    return viewers.viewer_for(session, who, screen_key, stream, _place(session, stream))


def _place(session: Session, stream: str) -> viewers.Whose:
    return recall(session, ("place", stream), lambda: viewers.workshop_of(session, stream))
