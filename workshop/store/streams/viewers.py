"""Finds the viewer of a stream, and what changed in it since, as far as that viewer may see it."""
from collections.abc import Callable, Collection, Iterable
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, ColumnElement, CompoundSelect, bindparam, case, null, select
from sqlalchemy.orm import aliased

from workshop.domain import roles
from workshop.domain.ids import ID
from workshop.domain.shapes import Json
from workshop.domain.visibility import Viewer
from workshop.store.fast.prepared import Question
from workshop.store.identity import Who
from workshop.store.models import Activity, Ballot, Room, RoomSeat, Seat, Stream, Workshop
from workshop.store.secrecy.ballots import opened
from workshop.store.transaction import Session
from workshop.store.visibility import card_views, circles
from workshop.store.visibility.room_sight import seen_by_people
from workshop.store.walls import sight
from workshop.words.bidi import isolate


class Whose(NamedTuple):
    """Tells whose stream it is: a workshop's, a group room's, or (of that room) a circle's or the inbox's. The rows have the
    columns of WORKSHOP and ROOM."""

    workshop: Any = None
    room: Any = None
    circle: frozenset[str] | None = None  # the seats that share it
    inbox: bool = False

    @property
    def few(self) -> bool:
        """Tells whether hardly anybody follows it."""
        return self.circle is not None or self.inbox


KEY: BindParameter[Any] = bindparam("key")
WORKSHOP = Question(select(Workshop.id, Workshop.privacy, Workshop.screen_key, Workshop.code, Workshop.locked_at,
                           Workshop.deleted_at)
                    .where(Workshop.id == KEY))
ROOM = Question(select(Room.id, Room.workshop_id, Room.inbox).where(Room.id == KEY))


def _one(session: Session, question: Question, key: str) -> Any:
    return next(iter(question.rows(session, key=key)), None)


def workshop_of(session: Session, stream_id: str) -> Whose:
    """Finds whose stream it is; nobody's if there is none of this id."""
    if not ID.fullmatch(stream_id):
        return Whose()
    room, circle, inbox = _one(session, ROOM, stream_id), None, False
    if room is None and (workshop := _one(session, WORKSHOP, stream_id)):
        return Whose(workshop)
    if room is None and (seats := circles.members(session, stream_id)):
        room, circle = _one(session, ROOM, next(iter(seats.values()))), frozenset(seats)
    elif room is None and (room := circles.inbox_of(session, stream_id)):
        inbox = True
    return Whose(_one(session, WORKSHOP, room.workshop_id), room, circle, inbox) if room else Whose()


def viewer_for(session: Session, who: Who | None, screen_key: str | None, stream_id: str,
               place: Whose | None = None) -> Viewer | None:
    """Finds the viewer as whom somebody sees a stream; None when not at all. `place`: what `workshop_of` answered already.
    """
    workshop, room, circle, inbox = place or workshop_of(session, stream_id)
    if workshop is None or workshop.deleted_at:
        return None
    if screen_key is not None:
        return sight.viewer(session, screen_key, place or workshop_of(session, stream_id))
    if circle is not None:  # nobody else, of whatever role
        seats = circle & who.seats.keys() if who else frozenset()
        return Viewer(workshop.id, workshop.privacy, roles.PARTICIPANT, seats,
                      who.inside(session, seats)) if who and seats else None
    viewer = viewer_in(session, who, workshop, room)
    return viewer if viewer is None or viewer.is_staff or not inbox else None


def viewer_in(session: Session, who: Who | None, workshop: Workshop, room: Room | None = None) -> Viewer | None:
    """Makes the viewer of a person in a workshop, or inside one of its group rooms. A rapporteur of one room is staff in
    that room; of the workshop she sees what those see who are in her room."""
    if who is None or workshop.deleted_at:
        return None
    role = who.role_in(workshop.id, room.id if room else None)
    seats = frozenset(seat.id for seat in who.seats.values() if seat.workshop_id == workshop.id)
    if role:
        return Viewer(workshop.id, workshop.privacy, role, seats)
    if who.observes(workshop.id):  # as if in every room, without a voice
        rooms = session.scalars(select(Room).where(Room.workshop_id == workshop.id, Room.kind == "group"))
        seen = frozenset(one.id for one in rooms if seen_by_people(one))
        if room is not None and room.id not in seen:
            return None
        return Viewer(workshop.id, workshop.privacy, roles.OBSERVER, seats, seen)
    inside = who.inside(session, seats) | who.rapporteur_of(workshop.id)
    if not (inside or seats) or (room is not None and room.id not in inside):
        return None
    return Viewer(workshop.id, workshop.privacy, roles.PARTICIPANT if seats else roles.OBSERVER, seats, inside)


def way_in(viewer: Viewer, place: Whose) -> Json | None:
    """Returns {code, locked?} for those who show others how to join; None for others."""
    if place.few or not (viewer.is_staff or viewer.role == roles.SCREEN):
        return None
    return {"code": place.workshop.code} | ({"locked": True} if place.workshop.locked_at else {})


def frame(session: Session, stream_id: str, viewer: Viewer, epoch: object, since: object) -> Json:
    """Builds {stream, epoch, was, now, cards}: what changed since, or everything (was 0) when the cursor means nothing here.
    """
    line = session.get_one(Stream, stream_id)
    known = isinstance(since, int) and not isinstance(since, bool) and epoch == line.epoch and 0 <= since <= line.seq
    was: Any = since if known else 0
    return {"stream": stream_id, "epoch": line.epoch, "was": was, "now": line.seq,
            "cards": card_views.cards(session, stream_id, viewer, was)}


def _ballots(mine: Callable[[Any], ColumnElement[bool]]) -> CompoundSelect[Any]:
    """Selects the ballots of the seats that are `mine`, and those of their delegations and of the working groups in which
    they are, as theirs, `by` whom they were cast."""
    own, caster = aliased(Seat), aliased(Seat)
    by = case((Workshop.privacy == "anonymous", null()), else_=caster.name)
    given: Any = select(Ballot.activity_id, Ballot.seat_id, Ballot.choices, Ballot.rev, null().label("by")).where(
        mine(Ballot.seat_id), Ballot.delegation_id.is_(None), Ballot.room_id.is_(None))
    shared: Any = select(Ballot.activity_id, own.id, Ballot.choices, Ballot.rev, by).join(
        own, own.delegation_id == Ballot.delegation_id).join(caster, caster.id == Ballot.seat_id).join(
        Workshop, Workshop.id == own.workshop_id).where(mine(own.id), Ballot.delegation_id.is_not(None))
    inside: Any = select(Ballot.activity_id, own.id, Ballot.choices, Ballot.rev, by).join(
        RoomSeat, RoomSeat.seat_id == own.id).join(Ballot, Ballot.room_id == RoomSeat.room_id).join(
        caster, caster.id == Ballot.seat_id).join(Workshop, Workshop.id == own.workshop_id).where(
        mine(own.id), RoomSeat.left_at.is_(None)).select_from(own)
    found: CompoundSelect[Any] = given.union_all(shared, inside)
    return found


OF_ONE = Question(_ballots(lambda seat: seat == bindparam("seat")))  # as nearly every device has
OF_SEVERAL = _ballots(lambda seat: seat.in_(bindparam("seats", expanding=True)))


def ballots_of(session: Session, seats: Collection[str]) -> list[Json]:
    """Lists the seats' own ballots: [{activity, seat, choices, rev}]; those of their delegations with `by`, whoever cast it.
    """
    seats = list(seats)
    found = OF_ONE.rows(session, seat=seats[0]) if len(seats) == 1 else session.connection().execute(
        OF_SEVERAL, {"seats": seats})
    return [{"activity": b.activity_id, "seat": b.seat_id, "choices": opened(session, b.activity_id, b.choices),
             "rev": b.rev} | ({"by": isolate(b.by)} if b.by else {}) for b in found]


OF_A_BUDGET = select(Ballot.activity_id, Ballot.choices, Ballot.rev, Seat.delegation_id).join(
    Seat, Seat.id == Ballot.seat_id).join(Activity, Activity.id == Ballot.activity_id).where(
    Activity.settings["budget_of"].as_string() == "delegation")
SHARED = Question(OF_A_BUDGET.where(Seat.delegation_id == bindparam("delegation")))
SHARED_BY_SEVERAL = OF_A_BUDGET.where(Seat.delegation_id.in_(bindparam("delegations", expanding=True)))


def shared_by(session: Session, delegations: Collection[str]) -> list[Json]:
    """Lists how much these delegations have spent where the budget of a vote is theirs, in the form of ballots: see `spent`.
    """
    found: dict[tuple[str, str], list[Any]] = {}
    several = list(delegations)
    rows: Iterable[Any] = SHARED.rows(session, delegation=several[0]) if len(several) == 1 else session.connection().execute(
        SHARED_BY_SEVERAL, {"delegations": several})
    for row in rows:
        found.setdefault((row.activity_id, row.delegation_id), []).append(row)
    return [spent(activity, delegation, sum(sum(row.choices.values()) for row in of), sum(row.rev for row in of))
            for (activity, delegation), of in found.items()]


def spent(activity: str, delegation: str, n: int, rev: int) -> Json:
    """Describes a delegation's part in a vote, as its devices keep it beside their own ballots: how many dots, not on which
    cards."""
    return {"activity": activity, "seat": delegation, "choices": {"spent": n}, "rev": rev}


def heads(session: Session, ids: Iterable[str]) -> Json:
    """Lists {stream id: [epoch, seq]} of the streams `ids`."""
    asked = select(Stream.id, Stream.epoch, Stream.seq).where(Stream.id.in_(ids))
    return {key: [epoch, seq] for key, epoch, seq in session.connection().execute(asked)}
