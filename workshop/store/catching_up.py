"""What a screen that comes, or comes back, is given: the same answer as reading.frame, made once for all with the same eyes.

The cards that everybody in an audience may see are encoded once.  What is only the asker's stands beside them: its own
entries of who is in the room, and which cards are of its seats.
"""
from dataclasses import dataclass, field

from sqlalchemy import bindparam, select

from workshop.domain.compact import dumps
from workshop.domain.sight import Viewer
from workshop.store import reading, sight
from workshop.store.identity import Who, look_up
from workshop.store.models import Contribution, RoomSeat
from workshop.store.recall import recall

CLOSE = 16  # cursors within so many numbers of each other get the same delta


@dataclass
class Frame:
    """{stream, epoch, was, now, cards, own: {card id: seat id}} as it travels.  `shared`: cards that are encoded already."""

    stream: str
    epoch: str
    was: int
    now: int
    shared: str
    first: list[dict] = field(default_factory=list)
    own: dict[str, str] = field(default_factory=dict)

    def text(self) -> str:
        """The frame as JSON."""
        head = dumps({"stream": self.stream, "epoch": self.epoch, "was": self.was, "now": self.now, "own": self.own})
        cards = ",".join([*map(dumps, self.first), *([self.shared] if self.shared else [])])
        return f'{head[:-1]},"cards":[{cards}]}}'


@dataclass
class Opened:
    """The answer to a connection: who it is, its ballots, a frame for each stream it may follow."""

    seats: list[str]
    ballots: list[dict]
    frames: list[tuple[Viewer, Frame]]


def changes(session, secret, screen_key, asked: dict) -> Frame | None:
    """The answer to {stream, epoch, since}; None when it may not be seen or does not exist."""
    stream = asked.get("stream")
    if not isinstance(stream, str):
        return None
    viewer = _viewer(session, look_up(session, secret), screen_key, stream)
    return viewer and frame(session, stream, viewer, asked.get("epoch"), asked.get("since"))


def open_streams(session, secret, screen_key, watch: dict) -> Opened | None:
    """What a connecting socket gets for its cursors {stream: [epoch, since]}; None for a stranger."""
    who = look_up(session, secret)
    if who is None and screen_key is None:
        return None
    frames = []
    for stream, cursor in list(watch.items())[:40]:
        viewer = _viewer(session, who, screen_key, stream)
        if viewer:
            epoch, since = cursor if isinstance(cursor, list) and len(cursor) == 2 else (None, 0)
            frames.append((viewer, frame(session, stream, viewer, epoch, since)))
    if not frames:
        return None
    seats = list(who.seats) if who else []
    return Opened(seats, reading.ballots_of(session, seats) if seats else [], frames)


def frame(session, stream: str, viewer: Viewer, epoch, since) -> Frame:
    """What changed since, or everything (was 0) when the cursor means nothing here."""
    line, now = recall(session, ("head", stream), lambda: sight.head(session, stream))
    known = isinstance(since, int) and not isinstance(since, bool) and epoch == line and 0 <= since <= now
    was = since if known else 0
    if CLOSE <= was < now:  # a little too much does no harm, and is there already for the next
        was -= was % CLOSE
    eyes = Viewer(viewer.workshop, viewer.privacy, viewer.role, frozenset(), viewer.rooms)
    shared = recall(session, ("cards", stream, eyes, was),
                    lambda: ",".join(map(dumps, sight.cards(session, stream, eyes, was))) if was < now else "")
    answer = Frame(stream, line, was, now, shared)
    if viewer.seats and was < now:
        _add_own(session, answer, viewer)
    return answer


OWN_PLACES = select(RoomSeat).where(RoomSeat.seat_id.in_(bindparam("seats", expanding=True)),
                                    RoomSeat.stream_id == bindparam("stream"), RoomSeat.seq > bindparam("since"))
OWN_CARDS = select(Contribution.id, Contribution.seat_id).where(
    Contribution.seat_id.in_(bindparam("seats", expanding=True)), Contribution.stream_id == bindparam("stream"),
    Contribution.seq > bindparam("since"), Contribution.withdrawn_at.is_(None))


def _add_own(session, answer: Frame, viewer: Viewer) -> None:
    asked = {"seats": list(viewer.seats), "stream": answer.stream, "since": answer.was}
    answer.own = dict(session.connection().execute(OWN_CARDS, asked).all())
    places = session.scalars(OWN_PLACES, asked).all()
    if places:
        cards = sight.Look(session, viewer, places).cards(places)
        answer.first = [card for card in cards if answer.was or "gone" not in card]


def _viewer(session, who: Who | None, screen_key, stream: str) -> Viewer | None:
    place = recall(session, ("place", stream), lambda: reading.workshop_of(session, stream))
    return reading.viewer_for(session, who, screen_key, stream, place)
