"""Records who is in a room while a step is held: written down when it happens, never reconstructed afterwards."""
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, select

from workshop.actions.core.context import on_touch
from workshop.domain import steps
from workshop.domain.ids import new_id
from workshop.domain.kinds import kinds
from workshop.domain.shapes import Json, Step
from workshop.store.fast import fast_insert
from workshop.store.fast.prepared import Question
from workshop.store.models import Activity, Attended, Presence, Room, RoomSeat, Seat, Sitting
from workshop.store.transaction import Session

PLENARY: Step = {"key": "plenary", "minutes": 0, "opens": []}
# Who is connected is heard of every five minutes, which is written by quarters of an hour.
SHORTLY = timedelta(minutes=20)
THERE = Question(select(Attended.seat_id).where(
    Attended.sitting_id == bindparam("sitting"), Attended.seat_id == bindparam("seat")))


@on_touch(Room)
def follow(session: Session, room: Room, now: datetime) -> Sitting | None:
    """Follows a change of the room: the running sitting goes on, or ends and another one begins with everybody who is there.
    Returns the one that runs, None while the room is not open. The plenary has one while its votes are open."""
    running = _running(session, room)
    step, until = PLENARY if room.kind != "group" else steps.now(room), _until(room)
    opens = _votes(session, room, step)
    held = bool(opens) if room.kind != "group" else room.opened_at is not None and room.closed_at is None
    if running and room.kind != "group":
        _heard(session, room, running, now)
    if not held:
        opens = []
    if running and (not held or running.step != step["key"] or running.opens != opens or _begins_again(running, until, now)):
        running.ended_at, room.sitting, running = now, None, None
    if held and running is None:
        running = _begin(session, room, step, opens, until, now)
    elif held and running and running.until != until:
        running.until = until
    return running


def came(session: Session, room: Room, seat: Seat, now: datetime, new: bool = False) -> None:
    """Records that the seat is in the room from now on. `new`: it has never been anywhere."""
    running = _running(session, room)
    if room.kind != "group" and running is None:
        return
    if room.kind == "group" and (room.opened_at is None or room.closed_at is not None):
        return
    if running is None:  # it begins with everybody who is there
        session.flush()
        follow(session, room, now)
    elif new or not THERE.rows(session, sitting=running.id, seat=seat.id):
        fast_insert.write(session, Attended, [_attended(running, seat.id, seat.delegation_id, seat.channel, now)])


def votes(session: Session, room: Room, activity: Activity, seat: Seat, now: datetime) -> None:
    """Records that a voting seat is there."""
    running = _running(session, room)
    if running is None or activity.id not in running.opens:
        follow(session, room, now)
    came(session, room, seat, now)


def take_back(session: Session, room: Room, since: datetime, now: datetime) -> None:
    """Undoes what was done to the room at `since` by mistake: what was held from then on was not, and what ended then goes
    on, with whoever came meanwhile."""
    if room.kind != "group":
        return
    _running(session, room)
    last = session.scalars(select(Sitting).where(
        Sitting.room_id == room.id, Sitting.at < since, Sitting.ended_at == since)).first()
    came = _not_held(session, room, since)
    if last:
        last.ended_at, room.sitting = None, last.id
        if last.until is None or last.until > since:
            last.until = _until(room)
        there = set(session.scalars(select(Attended.seat_id).where(Attended.sitting_id == last.id)))
        if rows := [_attended(last, *about) for about in came if about[0] not in there]:
            fast_insert.write(session, Attended, rows)
    follow(session, room, now)


def closed_at_once(session: Session, room: Room) -> None:
    """Drops the sittings of a room that was opened by mistake: nothing was held in it."""
    if room.opened_at:
        _not_held(session, room, room.opened_at)


def _not_held(session: Session, room: Room, since: datetime) -> list[tuple[str, str | None, str, datetime]]:
    """Removes the sittings since then; returns (seat, delegation, channel, when it came) of everybody who was there."""
    session.flush()
    gone = session.scalars(select(Sitting).where(Sitting.room_id == room.id, Sitting.at >= since)).all()
    ids = [one.id for one in gone]
    found: dict[str, tuple[str, str | None, str, datetime]] = {}
    for row in session.execute(select(Attended.seat_id, Attended.delegation_id, Attended.channel, Attended.at).where(
            Attended.sitting_id.in_(ids)).order_by(Attended.at)):
        found.setdefault(row.seat_id, (row.seat_id, row.delegation_id, row.channel, row.at))
    if room.sitting in ids:
        room.sitting = None
    for one in gone:
        session.memory.rows.pop((Sitting, one.id), None)
        session.execute(delete(Attended).where(Attended.sitting_id == one.id))
        session.delete(one)
    session.flush()
    return list(found.values())


def _running(session: Session, room: Room) -> Sitting | None:
    """Finds the sitting that has not ended. The room does not know it where it was imported from a file."""
    if room.sitting is None:
        room.sitting = session.scalar(select(Sitting.id).where(Sitting.room_id == room.id, Sitting.ended_at.is_(None)))
    if not room.sitting:
        return None
    found: Sitting | None = session.memory.row(session, Sitting, room.sitting)
    return found


def _votes(session: Session, room: Room, step: Step) -> list[str]:
    of_room = session.scalars(select(Activity).where(Activity.room_id == room.id).order_by(Activity.id))
    return [one.id for one in of_room if kinds()[one.kind].decides and steps.opens(step, one)]


def _until(room: Room) -> datetime | None:
    """Returns when the time of the step is over, where that ends it; a pause gives it back."""
    if room.kind != "group" or room.deadline is None or room.paused_at or not steps.now(room).get("closes", True):
        return None
    return room.deadline + timedelta(seconds=steps.now(room).get("grace", 0))


def _begins_again(running: Sitting, until: datetime | None, now: datetime) -> bool:
    """Tells whether its time was over and it is given more: people who came between can vote if they are still there."""
    return running.until is not None and running.until < now and (until is None or until >= now)


def _begin(session: Session, room: Room, step: Step, opens: list[str], until: datetime | None, now: datetime) -> Sitting:
    sitting = Sitting(id=new_id(), room_id=room.id, step=step["key"], title=step.get("title"), opens=opens, at=now,
                      until=until)
    session.add(sitting)
    session.flush()
    room.sitting = sitting.id
    if room.kind != "group":
        _heard(session, room, sitting, now)
        return sitting
    there = session.execute(select(Seat.id, Seat.delegation_id, Seat.channel).join(RoomSeat, RoomSeat.seat_id == Seat.id)
                            .where(RoomSeat.room_id == room.id, RoomSeat.left_at.is_(None)))
    if rows := [_attended(sitting, *seat, now) for seat in there]:
        fast_insert.write(session, Attended, rows)
    return sitting


def _heard(session: Session, room: Room, sitting: Sitting, now: datetime) -> None:
    """Records in a sitting of the plenary, where nobody enters and leaves, whoever of the workshop was heard of shortly
    before it or since (actions/people/day_presence.py)."""
    known = select(Attended.seat_id).where(Attended.sitting_id == sitting.id)
    heard = select(Presence.seat_id).where(Presence.last_at >= sitting.at - SHORTLY)
    there = session.execute(select(Seat.id, Seat.delegation_id, Seat.channel).where(
        Seat.workshop_id == room.workshop_id, Seat.revoked_at.is_(None), Seat.joined_id.is_(None),
        Seat.id.in_(heard) | (Seat.created_at >= sitting.at - SHORTLY), Seat.id.not_in(known)))
    if rows := [_attended(sitting, *seat, now) for seat in there]:
        fast_insert.write(session, Attended, rows)


def _attended(sitting: Sitting, seat: str, delegation: str | None, channel: str, now: datetime) -> Json:
    return {"sitting_id": sitting.id, "seat_id": seat, "delegation_id": delegation, "channel": channel, "at": now}
