"""Working groups as voters: each has one ballot, whoever in it casts it; heads stay heads."""
from sqlalchemy import func, select

from tests.actions.votes.test_rules import OPTIONS, Assembly
from tests.support import cast
from workshop.store.models import Activity, Ballot, Room, Seat

import pytest

ok = cast.ok


class Groups(Assembly):
    """A vote of the plenary in which working groups vote."""

    def __init__(self, app, meeting, phone):
        super().__init__(app, meeting, phone)
        with app.extensions["house"].store.read() as session:
            self.room = session.scalar(select(Room.id).where(Room.workshop_id == meeting["workshop"], Room.kind == "plenary"))
        self.rooms = meeting["rooms"]

    def into(self, person, room):
        """They enter a room."""
        return ok(person.do("seat.enter", {"room": room}))


@pytest.fixture
def groups(app, meeting, phone):
    return Groups(app, meeting, phone)


def test_a_group_has_one_ballot_which_whoever_is_in_it_changes(app, groups):
    rosa, julio, ana = (groups.join(name) for name in ("Rosa", "Julio", "Ana"))
    groups.into(rosa, groups.rooms[0]), groups.into(julio, groups.rooms[0]), groups.into(ana, groups.rooms[1])
    groups.open({"one_per": "room"})
    ok(groups.cast(rosa, "yes"))
    held = groups.own(julio)[groups.vote]
    assert held["choices"] == {"yes": 1} and held["by"].strip("⁨⁩") == "Rosa" and groups.vote not in groups.own(ana)
    assert groups.cast(julio, "no", base=0)["code"] == "stale_ballot", "two devices of a group at once"
    ok(groups.cast(julio, "no", base=1))
    ok(groups.cast(ana, "yes"))
    ok(groups.close())
    tally = groups.tally()
    assert tally["ballots"] == 2 and {key: one["seats"] for key, one in tally["items"].items()} == {"no": 1, "yes": 1}
