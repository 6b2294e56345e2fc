"""Two facilitators press the same button at once: it is done and recorded once, and who comes second is told of the rest."""
import pytest
from sqlalchemy import select

from tests.support import cast
from workshop.store.models import History

ok = cast.ok


@pytest.fixture
def two(app, meeting):
    """The desks of two who lead, and the room."""
    return cast.facilitator(app, meeting), cast.facilitator(app, meeting), meeting["rooms"][0]


def room(desk, meeting, of: str) -> dict:
    return desk.catch_up(meeting["workshop"])[of]


def recorded(app, *verbs: str) -> int:
    with app.extensions["house"].store.read() as session:
        return len(session.scalars(select(History).where(History.verb.in_(verbs))).all())


def test_the_same_step_is_gone_to_once_and_one_tap_takes_it_back(app, meeting, two):
    elena, berta, of = two
    for desk in (elena, berta):
        ok(desk.do("step.go", {"room": of, "step": 1, "saw": 0}, None))
    assert room(elena, meeting, of)["step"] == 1 and recorded(app, "step.go") == 1
    ok(berta.do("step.undo", {"room": of}, None))
    assert room(elena, meeting, of)["step"] == 0


def test_who_saw_another_step_is_told_so(app, meeting, two):
    elena, berta, of = two
    ok(elena.do("step.go", {"room": of, "step": 1, "saw": 0}, None))
    assert berta.do("step.go", {"room": of, "step": 2, "saw": 0}, None)["code"] == "stale"
    assert room(elena, meeting, of)["step"] == 1 and recorded(app, "step.go") == 1
    ok(berta.do("step.go", {"room": of, "step": 2, "saw": 1}, None))


def test_a_clock_is_started_once_and_time_is_given_once(app, meeting, two):
    elena, berta, of = two
    for desk in (elena, berta):
        ok(desk.do("step.clock", {"room": of, "minutes": 10, "saw": ""}, None))
    saw = room(elena, meeting, of)["deadline"]
    assert recorded(app, "step.clock") == 1
    assert berta.do("step.clock", {"room": of, "minutes": 20, "saw": ""}, None)["code"] == "stale"
    ok(elena.do("step.extend", {"room": of, "minutes": 3, "saw": saw}, None))
    assert berta.do("step.extend", {"room": of, "minutes": 3, "saw": saw}, None)["code"] == "stale"
    assert recorded(app, "step.extend") == 1


def test_a_pause_that_is_on_is_not_begun_again(app, meeting, two):
    elena, berta, of = two
    for desk in (elena, berta):
        ok(desk.do("room.pause", {"room": of, "on": True}, None))
    since = room(elena, meeting, of)["paused"]
    ok(berta.do("room.pause", {"room": of, "on": True}, None))
    assert room(elena, meeting, of)["paused"] == since and recorded(app, "room.pause") == 1
