"""Who has been silent for long is invited to write, and nobody else learns of it; the team sees how many wrote then."""
from datetime import timedelta

import pytest

from tests.support import cast
from tests.support.cast import ok, shown
from workshop.store.counts import nudges
from workshop.store.models import Notice, Room, RoomSeat


@pytest.fixture
def silent(app, meeting, phone):
    """Rosa has written in room 1, Julio and Ana have not, since ten minutes."""
    people = [phone() for _ in range(3)]
    for one, name in zip(people, ("Rosa", "Julio", "Ana"), strict=True):
        ok(one.join(meeting["code"], name))
    house = app.extensions["house"]
    with house.store.write() as session:
        room = session.get(Room, meeting["rooms"][0])
        room.step_at = house.clock() - timedelta(minutes=10)
        for row in session.query(RoomSeat).filter_by(room_id=room.id):
            row.at = house.clock() - timedelta(minutes=10)
    ok(people[0].post(cast.activities(app, meeting["rooms"][0])["ideas"], "Guardar semilla"))
    return people


def effect(app, meeting) -> list[int] | None:
    with app.extensions["house"].store.read() as session:
        return nudges.of_rooms(session, [session.get(Room, meeting["rooms"][0])]).get(meeting["rooms"][0])


def test_those_who_are_silent_are_invited_once_in_a_step_and_the_team_sees_only_how_many(app, meeting, silent, elena):
    room = meeting["rooms"][0]
    assert ok(elena.do("room.nudge", {"room": room}, None))["nudged"] == 2
    assert ok(elena.do("room.nudge", {"room": room}, None))["nudged"] == 0
    with app.extensions["house"].store.read() as session:
        given = {one.seat_id for one in session.query(Notice)}
    assert given == {one.place["seats"][0]["id"] for one in silent[1:]}
    assert effect(app, meeting) == [2, 0]
    ok(silent[1].post(cast.activities(app, room)["ideas"], "Una idea mía"))
    assert effect(app, meeting) == [2, 1]
    for one in (*silent, elena):
        frames = str([one.http.get("/api/changes", query_string={"stream": stream}).get_json()
                      for stream in (meeting["workshop"], room)])
        assert "nudge" not in frames and not [seen for seen in given if f"'mine': '{seen}'" in frames and one is elena]
    assert len(shown(elena, room)) == 2


def test_nobody_is_invited_where_nobody_can_write_or_what_is_written_is_private(app, meeting, silent, elena):
    room = meeting["rooms"][0]
    ok(elena.do("room.pause", {"room": room}, None))
    assert elena.do("room.nudge", {"room": room}, None)["code"] == "not_now"
    ok(elena.do("room.pause", {"room": room, "on": False}, None))
    with app.extensions["house"].store.write() as session:
        row = session.get(Room, room)
        row.steps = [row.steps[0] | {"see": "own"}, *row.steps[1:]]
    assert elena.do("room.nudge", {"room": room}, None)["code"] == "not_now"


def test_since_when_a_delegation_has_not_written_is_told_of_five_people_or_more(app, meeting, phone):
    many, few = cast.delegations(app, meeting)[:2]
    board = cast.activities(app, meeting["rooms"][0])["ideas"]
    for name, of in ((*((f"Rosa {n}", many) for n in range(5)), *((f"Julio {n}", few) for n in range(4)))):
        one = phone()
        ok(one.join(meeting["code"], name, delegation=of))
        ok(one.post(board, f"Idea de {name}"))
    with app.extensions["house"].store.read() as session:
        assert set(nudges.spoke_last(session, meeting["workshop"])) == {many}
