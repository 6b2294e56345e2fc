"""The clock of a step: it starts with the room, waits where that is asked, stands still in a pause, and can be set."""
from datetime import datetime, timedelta

import pytest

from tests.support import cast
from workshop.store.models import Room

ok = cast.ok
STEPS = [{"key": "ideas", "minutes": 15, "opens": ["ideas"]},
         {"key": "solo", "minutes": 8, "opens": ["ideas"], "see": "own"},
         {"key": "vote", "minutes": 5, "opens": ["dots"]}]


@pytest.fixture
def clock(app, meeting):
    """The house's clock, which stands still until it is moved: clock(minutes)."""
    house = app.extensions["house"]
    at = [house.clock()]
    house.clock = house.performer.clock = lambda: at[0]

    def move(minutes: float) -> datetime:
        at[0] += timedelta(minutes=minutes)
        return at[0]
    return move


def made(app, meeting, elena, steps=STEPS) -> str:
    """A room that is not open yet; returns its id."""
    room = ok(elena.do("room.create", {"workshop": meeting["workshop"], "title": "Otra"}, seat=None))["card"]["id"]
    ok(elena.do("steps.set", {"room": room, "steps": steps, "base": cast.edition(app, room)}, seat=None))
    return room


def card(elena, meeting, room: str) -> dict:
    return elena.catch_up(meeting["workshop"])[room]


def left(elena, meeting, room: str, now: datetime) -> float | None:
    """Minutes that a screen shows."""
    held = card(elena, meeting, room)
    if not held["deadline"]:
        return None
    until = datetime.fromisoformat(held["paused"]) if held.get("paused") else now
    return (datetime.fromisoformat(held["deadline"]) - until) / timedelta(minutes=1)


def test_the_first_step_has_its_clock_as_soon_as_the_room_opens(app, meeting, elena, clock):
    room = made(app, meeting, elena)
    clock(3)
    ok(elena.do("room.open", {"room": room}, seat=None))
    assert left(elena, meeting, room, clock(0)) == 15
    assert card(elena, meeting, room)["step_of"] == 3


def test_a_clock_that_waits_is_started_by_the_facilitator_with_any_minutes(app, meeting, elena, clock):
    room = made(app, meeting, elena, [STEPS[0] | {"waits": True}, *STEPS[1:]])
    ok(elena.do("room.open", {"room": room}, seat=None))
    assert left(elena, meeting, room, clock(2)) is None
    ok(elena.do("step.clock", {"room": room}, seat=None))
    assert left(elena, meeting, room, clock(0)) == 15
    ok(elena.do("step.clock", {"room": room, "minutes": 37}, seat=None))
    assert left(elena, meeting, room, clock(1)) == 36
    ok(elena.do("step.clock", {"room": room, "minutes": 0}, seat=None))
    assert left(elena, meeting, room, clock(0)) is None


def test_a_step_is_started_with_its_clock_though_that_waits(app, meeting, elena, clock):
    room = made(app, meeting, elena, [STEPS[0] | {"waits": True}, STEPS[1] | {"waits": True, "minutes": 20}, *STEPS[2:]])
    assert elena.do("step.start", {"room": room}, seat=None)["code"] == "room_not_open"
    ok(elena.do("room.open", {"room": room}, seat=None))
    ok(elena.do("step.start", {"room": room}, seat=None))
    assert left(elena, meeting, room, clock(0)) == 15
    ok(elena.do("step.start", {"room": room, "step": 1}, seat=None))
    assert (card(elena, meeting, room)["step"], left(elena, meeting, room, clock(0))) == (1, 20)
    ok(elena.do("step.start", {"room": room, "step": 2, "minutes": 7}, seat=None))
    assert (card(elena, meeting, room)["step"], left(elena, meeting, room, clock(0))) == (2, 7)
    assert elena.do("step.start", {"room": room, "step": 9}, seat=None)["code"] == "no_such_step"
    ok(elena.do("room.close", {"room": room}, seat=None))
    assert elena.do("step.start", {"room": room}, seat=None)["code"] == "room_closed"


def test_the_next_part_of_a_process_opens_with_a_clock(app, meeting, elena, clock):
    first = ok(elena.do("process.begin", {"workshop": meeting["workshop"], "method": "sistematizacion"}, seat=None))["card"]
    ok(elena.do("room.open", {"room": first["id"]}, seat=None))
    following = ok(elena.do("process.onward", {"room": first["id"]}, seat=None))["card"]
    assert following["id"] != first["id"]
    assert left(elena, meeting, following["id"], clock(0)) == following["steps"][0]["minutes"] > 0


def test_in_a_pause_the_clock_stands_still_also_when_it_is_set_or_given_more(app, meeting, elena, clock):
    room = made(app, meeting, elena)
    ok(elena.do("room.open", {"room": room}, seat=None))
    clock(4)
    ok(elena.do("room.pause", {"room": room}, seat=None))
    assert left(elena, meeting, room, clock(6)) == 11
    ok(elena.do("step.extend", {"room": room, "minutes": 3}, seat=None))
    assert left(elena, meeting, room, clock(20)) == 14
    ok(elena.do("step.clock", {"room": room, "minutes": 9}, seat=None))
    assert left(elena, meeting, room, clock(5)) == 9
    ok(elena.do("room.pause", {"room": room, "on": False}, seat=None))
    assert left(elena, meeting, room, clock(1)) == 8


def test_more_time_after_the_end_in_a_pause_is_counted_from_the_pause(app, meeting, elena, clock):
    room = made(app, meeting, elena)
    ok(elena.do("room.open", {"room": room}, seat=None))
    clock(16)
    ok(elena.do("room.pause", {"room": room}, seat=None))
    clock(30)
    ok(elena.do("step.extend", {"room": room, "minutes": 5}, seat=None))
    ok(elena.do("room.pause", {"room": room, "on": False}, seat=None))
    assert left(elena, meeting, room, clock(0)) == 5


def test_a_room_that_is_opened_again_goes_on_with_the_time_that_it_had(app, meeting, elena, clock):
    room = made(app, meeting, elena)
    ok(elena.do("room.open", {"room": room}, seat=None))
    clock(5)
    ok(elena.do("room.close", {"room": room}, seat=None))
    clock(60)
    ok(elena.do("room.open", {"room": room}, seat=None))
    assert left(elena, meeting, room, clock(0)) == 10


def test_a_step_that_shows_nothing_is_taken_back_with_its_clock_and_all_facilitators_see_who(app, meeting, elena, clock):
    room = made(app, meeting, elena)
    ok(elena.do("room.open", {"room": room}, seat=None))
    clock(5)
    ok(elena.do("step.go", {"room": room, "step": 1}, seat=None))
    turn = card(cast.facilitator(app, meeting), meeting, room)["turn"]
    assert (turn["what"], turn["by"], turn["from"], turn["back"]) == ("step", "Elena Quispe", 0, True)
    clock(0.2)
    ok(elena.do("step.undo", {"room": room}, seat=None))
    held = card(elena, meeting, room)
    assert held["step"] == 0 and held["turn"]["what"] == "undone"
    assert left(elena, meeting, room, clock(0)) == 10, "the time of the mistake is given back"
    assert elena.do("step.undo", {"room": room}, seat=None)["code"] == "too_late_back", "once"
    ok(elena.do("step.go", {"room": room, "step": 1}, seat=None))
    clock(2)
    assert elena.do("step.undo", {"room": room}, seat=None)["code"] == "too_late_back"


def test_what_was_shown_cannot_be_taken_back(app, meeting, elena, phone):
    room, rosa = meeting["rooms"][0], phone()
    rosa.join(meeting["code"], "Rosa")
    ok(elena.do("steps.set", {"room": room, "base": cast.edition(app, room), "steps": STEPS}, seat=None))
    ok(elena.do("step.go", {"room": room, "step": 1}, seat=None))
    ok(rosa.post(cast.activities(app, room)["ideas"], "Solo para mí"))
    ok(elena.do("step.go", {"room": room, "step": 2}, seat=None))
    assert card(elena, meeting, room)["turn"]["back"] is False
    assert elena.do("step.undo", {"room": room}, seat=None)["code"] == "too_late_back"


def test_who_takes_part_is_not_told_who_led_the_room_on(app, meeting, elena, phone):
    room, rosa = meeting["rooms"][0], phone()
    rosa.join(meeting["code"], "Rosa")
    ok(elena.do("step.go", {"room": room, "step": 1}, seat=None))
    held = rosa.catch_up(meeting["workshop"])[room]
    assert held["step"] == 1 and "turn" not in held and held["step_of"] == 3
    with app.extensions["house"].store.read() as session:
        assert session.get(Room, room).turn["by"] == "Elena Quispe"


def test_who_was_sent_round_is_told_to_the_other_facilitator(app, meeting, elena, phone):
    phone().join(meeting["code"], "Rosa")
    ok(elena.do("rooms.rotate", {"workshop": meeting["workshop"], "rooms": meeting["rooms"]}, seat=None))
    turns = [card(elena, meeting, room)["turn"] for room in meeting["rooms"]]
    assert {(turn["what"], turn["n"], turn["by"]) for turn in turns} == {("rotate", 1, "Elena Quispe")}


def test_a_comment_for_which_the_step_is_over_is_kept_in_the_tray(app, meeting, elena, phone):
    room, rosa = meeting["rooms"][0], phone()
    rosa.join(meeting["code"], "Rosa")
    board = cast.activities(app, room)["ideas"]
    idea = ok(rosa.post(board, "Guardar semilla"))["card"]["id"]
    step = {"key": "ideas", "minutes": 0, "opens": ["ideas"], "may": {"comment": "nobody"}}
    ok(elena.do("steps.set", {"room": room, "base": cast.edition(app, room), "steps": [step]}, seat=None))
    late = rosa.post(board, "¿Y quién la guarda?", parent=idea)
    assert late["code"] == "not_now" and late["tray"]
    assert ok(elena.do("tray.admit", {"room": room, "tray": late["tray"]}, seat=None))["card"]["parent"] == idea
