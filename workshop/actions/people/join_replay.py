"""Makes joining idempotent: a join form that is sent again because its answer was lost seats nobody twice.

The form carries an id of its own, and its answer is remembered as a command's is (store/models/streams.py). Sending it again
soon gives the same seats on the same device, with a fresh secret: the lost one went with the lost answer.
"""
from datetime import datetime, timedelta
from typing import Protocol

from workshop.actions.core.registry import fingerprint
from workshop.actions.people.sessions import Joined, renewed
from workshop.domain.ids import clean_code
from workshop.domain.shapes import Json
from workshop.store.fast import fast_insert
from workshop.store.identity import identify
from workshop.store.models import Answer, Device, Room, Seat, Workshop
from workshop.store.transaction import Session

WITHIN = timedelta(minutes=10)  # the id of a form is no key to its seats for longer
N = 1  # the only command of such an outbox


class Arrival(Protocol):
    """Describes what tells whether a join form comes again (actions/people/join_queue.py)."""

    secret: str | None
    code: str
    people: list[Json]
    once: str


def again(session: Session, now: datetime, arrival: Arrival) -> Joined | None:
    """Returns what the same form of the same people was answered; None when there is nothing to repeat."""
    known = _known(session, arrival)
    if known is None or known.digest != _digest(arrival) or now - known.at > WITHIN:
        return None
    device = session.get(Device, known.device_id, populate_existing=True)
    keys = known.answer["seats"]
    seats = [seat for key in keys if (seat := session.get(Seat, key, populate_existing=True))]
    if device is None or len(seats) < len(keys) or device.revoked_at or any(
            seat.revoked_at for seat in seats):
        return None
    room = session.get(Room, known.answer["room"]) if known.answer["room"] else None
    session.changes.arrived = True
    who = identify(session, arrival.secret)
    former: str | None = None
    at: datetime | None = now
    if device.account_id and (who is None or who.device.id != device.id):
        return None  # somebody has signed in on it since: a form that was kept is no key to an account
    if who and who.device.id == device.id and not device.account_id:
        former, at = arrival.secret, device.renewed_at if who.former else now
    workshop = session.get_one(Workshop, seats[0].workshop_id)
    return Joined(device.id, renewed(session, device.id, former, at), workshop, room, seats)


def remember(session: Session, now: datetime, arrival: Arrival, joined: Joined) -> None:
    """Remembers what the form was answered."""
    if arrival.once and _known(session, arrival) is None:
        answer = {"seats": [seat.id for seat in joined.seats], "room": joined.room and joined.room.id}
        fast_insert.write(session, Answer, [{"client": arrival.once, "n": N, "device_id": joined.device,
                                        "digest": _digest(arrival), "answer": answer, "at": now}])


def _known(session: Session, arrival: Arrival) -> Answer | None:
    return session.get(Answer, (arrival.once, N)) if arrival.once else None


def _digest(arrival: Arrival) -> str:
    return fingerprint([clean_code(arrival.code), arrival.people])
