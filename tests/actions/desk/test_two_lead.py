"""Two lead one hall: what both press at once is done once, and each act stands in the record with a name."""
from datetime import timedelta

from tests.support import cast
from tests.support.cast import ok
from workshop.actions.people import sessions
from workshop.actions.rooms import workshops
from workshop.store.models import History, Membership, Room


def mariela(app, meeting) -> cast.Phone:
    """The laptop of a second facilitator."""
    house = app.extensions["house"]
    with house.store.write() as session:
        account = workshops.create_account(session, house.clock(), "mariela@example.org", "Mariela Choque", "")
        session.flush()
        session.add(Membership(workshop_id=meeting["workshop"], account_id=account.id, role="facilitator"))
        session.flush()
        cookie = sessions.sign_in(session, house.clock(), None, account)
    laptop = cast.Phone(app.test_client())
    laptop.http.set_cookie("tinkuy", cookie)
    return laptop


def record(app, room: str) -> list[tuple[str, str]]:
    """[(verb, name of the account)] of what was done to the room."""
    from workshop.store.models import Account
    with app.extensions["house"].store.read() as session:
        names = {one.id: one.name for one in session.query(Account)}
        return [(one.verb, names.get(one.account_id, "")) for one in session.query(History).order_by(History.id)
                if one.target_id == room]


def test_two_press_next_step_at_once_and_it_is_one_step(app, meeting, elena):
    other, room = mariela(app, meeting), meeting["rooms"][0]
    ok(elena.do("step.go", {"room": room, "step": 1, "saw": 0}, None))
    ok(other.do("step.go", {"room": room, "step": 1, "saw": 0}, None))
    card = other.catch_up(meeting["workshop"])[room]
    assert card["step"] == 1 and card["turn"]["by"] == "Elena Quispe", "the second is told what the first did"
    assert other.do("step.go", {"room": room, "step": 2, "saw": 0}, None)["code"] == "stale"
    assert record(app, room) == [("step.go", "Elena Quispe")]


def test_two_give_three_minutes_at_once_and_it_is_three(app, meeting, elena):
    other, room = mariela(app, meeting), meeting["rooms"][0]
    ok(elena.do("step.clock", {"room": room, "minutes": 5, "saw": ""}, None))
    seen = elena.catch_up(meeting["workshop"])[room]["deadline"]
    ok(elena.do("step.extend", {"room": room, "minutes": 3, "saw": seen}, None))
    assert other.do("step.extend", {"room": room, "minutes": 3, "saw": seen}, None)["code"] == "stale"
    assert [verb for verb, _who in record(app, room)] == ["step.clock", "step.extend"]


def test_both_pause_a_room_once(app, meeting, elena):
    other, room = mariela(app, meeting), meeting["rooms"][0]
    for one in (elena, other):
        ok(one.do("room.pause", {"room": room}, None))
    assert record(app, room) == [("room.pause", "Elena Quispe")]


def test_time_is_taken_off_but_not_below_none(app, meeting, elena):
    room = meeting["rooms"][0]
    ok(elena.do("step.clock", {"room": room, "minutes": 5}, None))

    def deadline():
        with app.extensions["house"].store.read() as session:
            return session.get(Room, room).deadline
    before = deadline()
    ok(elena.do("step.extend", {"room": room, "minutes": -3}, None))
    assert deadline() == before - timedelta(minutes=3)
    ok(elena.do("step.extend", {"room": room, "minutes": -5}, None))
    assert app.extensions["house"].clock() - deadline() < timedelta(minutes=1), "the time is over now, not long ago"


def test_the_clock_starts_when_the_room_opens_unless_the_step_waits(app, meeting, elena):
    room = meeting["rooms"][0]
    for waits in (False, True):
        with app.extensions["house"].store.write() as session:
            row = session.get(Room, room)
            row.opened_at = row.closed_at = row.deadline = None
            row.steps = [row.steps[0] | {"minutes": 12, "waits": waits}, *row.steps[1:]]
        ok(elena.do("room.open", {"room": room}, None))
        assert (elena.catch_up(meeting["workshop"])[room]["deadline"] is None) == waits


ACTS = [("room.pause", {}, "pause"), ("room.pause", {"on": False}, "on"), ("step.clock", {"minutes": 7}, "clock"),
        ("room.moderate", {}, "review"), ("room.moderate", {"on": False}, "through"), ("room.close", {}, "close"),
        ("room.open", {}, "open")]


def test_the_second_is_told_what_the_first_did_and_a_step_can_still_be_taken_back(app, meeting, elena):
    other, room = mariela(app, meeting), meeting["rooms"][0]
    ok(elena.do("step.go", {"room": room, "step": 1}, None))
    told = []
    for verb, payload, _what in ACTS:
        ok(elena.do(verb, {"room": room} | payload, None))
        did = other.catch_up(meeting["workshop"])[room]["did"]
        told.append(did["what"])
        assert did["by"] == "Elena Quispe" and did["of"]
        if verb == "step.clock":
            assert other.catch_up(meeting["workshop"])[room]["turn"]["what"] == "step"
    assert told == [what for _verb, _payload, what in ACTS]


def test_of_what_the_team_did_people_are_told_nothing(app, meeting, elena):
    rosa, room = cast.Phone(app.test_client()), meeting["rooms"][0]
    ok(rosa.join(meeting["code"], "Rosa"))
    ok(elena.do("room.pause", {"room": room}, None))
    assert not {"did", "turn"} & rosa.catch_up(meeting["workshop"])[room].keys()
