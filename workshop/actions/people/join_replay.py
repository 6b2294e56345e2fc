"""A form of the way in that is sent again because its answer was lost on the line: nobody sits twice.

The form carries an id of its own, and what became of it is remembered as a command's answer is
(store/models/streams.py).  Who sends
it again soon gets the same seats on the same device, with a fresh secret: the lost one went with the lost answer.
"""
from datetime import timedelta

from workshop.actions.core.envelope import fingerprint
from workshop.actions.people.sessions import Joined, renewed
from workshop.domain.ids import clean_code
from workshop.store.changes import changes_of
from workshop.store.fast import fast_insert
from workshop.store.identity import identify
from workshop.store.models import Answer, Device, Room, Seat, Workshop

WITHIN = timedelta(minutes=10)  # the id of a form is no key to its seats for longer
N = 1  # the only command of such an outbox


def again(session, now, arrival) -> Joined | None:
    """What the same form of the same people was answered; None when there is nothing to repeat."""
    known = _known(session, arrival)
    if known is None or known.digest != _digest(arrival) or now - known.at > WITHIN:
        return None
    device = session.get(Device, known.device_id, populate_existing=True)
    seats = [session.get(Seat, key, populate_existing=True) for key in known.answer["seats"]]
    if any(row is None or row.revoked_at for row in (device, *seats)):
        return None
    room = known.answer["room"] and session.get(Room, known.answer["room"])
    changes_of(session).arrived = True
    who = identify(session, arrival.secret)
    former, at = None, now
    if device.account_id and (who is None or who.device.id != device.id):
        return None  # somebody has signed in on it since: a form that was kept is no key to an account
    if who and who.device.id == device.id and not device.account_id:
        former, at = arrival.secret, device.renewed_at if who.former else now
    workshop = session.get(Workshop, seats[0].workshop_id)
    return Joined(device.id, renewed(session, device.id, former, at), workshop, room, seats)


def remember(session, now, arrival, joined: Joined) -> None:
    """Keep what the form was answered."""
    if arrival.once and _known(session, arrival) is None:
        answer = {"seats": [seat.id for seat in joined.seats], "room": joined.room and joined.room.id}
        fast_insert.write(session, Answer, [{"client": arrival.once, "n": N, "device_id": joined.device,
                                        "digest": _digest(arrival), "answer": answer, "at": now}])


def _known(session, arrival) -> Answer | None:
    return session.get(Answer, (arrival.once, N)) if arrival.once else None


def _digest(arrival) -> str:
    return fingerprint([clean_code(arrival.code), arrival.people])
