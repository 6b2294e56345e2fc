"""A form of the way in comes again when its answer was lost on the line: nobody sits twice."""
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from workshop.actions.people.join_replay import WITHIN
from workshop.store.identity import identify
from workshop.store.models import Device, RoomSeat, Seat

FORM = "a-form-of-its-own-1234"


@pytest.fixture
def house(app):
    return app.extensions["house"]


def come(house, meeting, *names: str, once: str = FORM, secret: str | None = None, room: int | None = 1):
    people = [{"name": name, "channel": "hall"} for name in names]
    return house.performer.arrivals.join(secret, meeting["code"], people, room, once=once)[0]


def count(house, table) -> int:
    with house.store.read() as session:
        return session.scalar(select(func.count()).select_from(table))


def known(house, secret: str):
    with house.store.read() as session:
        return identify(session, secret)


def test_a_form_that_comes_again_gets_the_same_seats_and_a_secret_of_its_own(house, meeting):
    first = come(house, meeting, "Rosa", "Don Julio")
    before = [count(house, table) for table in (Seat, Device, RoomSeat)]
    again = come(house, meeting, "Rosa", "Don Julio")
    assert [count(house, table) for table in (Seat, Device, RoomSeat)] == before == [2, 1, 2]
    assert [seat.id for seat in again.seats] == [seat.id for seat in first.seats]
    assert (again.room.id, again.workshop.id) == (meeting["rooms"][0], meeting["workshop"])
    assert known(house, first.secret) is None and list(known(house, again.secret).seats) == [seat.id for seat in first.seats]


def test_what_the_lost_secret_could_do_ends_with_the_next_command(house, meeting):
    first = come(house, meeting, "Rosa")
    asked = {"client": "c" * 16, "n": 1, "verb": "hand.raise", "seat": first.seats[0].id,
             "payload": {"room": meeting["rooms"][0]}}
    assert house.performer.perform(first.secret, asked)["ok"]
    again = come(house, meeting, "Rosa")
    assert house.performer.perform(first.secret, asked | {"n": 2})["code"] == "who_are_you"
    assert "code" not in house.performer.perform(again.secret, asked)


def test_somebody_added_to_a_shared_phone_sits_once_although_the_phone_still_has_its_old_secret(house, meeting):
    rosa = come(house, meeting, "Rosa", once="")
    julio = come(house, meeting, "Don Julio", secret=rosa.secret)
    again = come(house, meeting, "Don Julio", secret=rosa.secret)  # the answer with the new secret never came
    assert again.seats[0].id == julio.seats[0].id and count(house, Seat) == 2
    assert len(known(house, again.secret).seats) == 2, "and Rosa is still on it"


@pytest.mark.parametrize("other", ["names", "form", "none", "odd", "later", "removed", "signed out"])
def test_only_the_same_form_of_the_same_people_soon_after_is_the_same(house, meeting, other):
    first = come(house, meeting, "Rosa", once={"none": "", "odd": "no id/" * 9}.get(other, FORM))
    if other == "later":
        clock = house.clock
        house.clock = lambda: clock() + WITHIN + timedelta(seconds=1)
        house.performer.clock = house.clock
    if other in ("removed", "signed out"):
        with house.store.write() as session:
            row = session.get(Seat, first.seats[0].id) if other == "removed" else session.get(Device, first.device)
            row.revoked_at = house.clock()
    again = come(house, meeting, "Rosa M." if other == "names" else "Rosa",
                 once={"form": "b-form-of-its-own-1234", "none": "", "odd": "no id/" * 9}.get(other, FORM))
    assert again.seats[0].id != first.seats[0].id and count(house, Seat) == 2
    if other == "names":
        assert come(house, meeting, "Rosa").seats[0].id == first.seats[0].id, "the first answer is still the form's"
