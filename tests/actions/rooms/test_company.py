"""With whom somebody is in a pair or a four: told to those who are in it, as far as sight lets them know each other."""
import pytest

from tests.support import cast
from workshop.store.models import Room, Workshop

STEPS = [{"key": see, "minutes": 0, "opens": ["ideas"], "see": see} for see in ("pair", "four", "own", "room")]


@pytest.fixture
def paired(app, meeting):
    """paired(privacy) -> the facilitator, and Rosa with her mother on one phone, Luis and Ana far away, in pairs."""
    def begin(privacy: str = "named") -> tuple:
        here, there, alone = (cast.Phone(app.test_client()) for _ in range(3))
        with app.extensions["house"].store.write() as session:
            session.get(Workshop, meeting["workshop"]).privacy = privacy
        taraco, salinas, *_ = cast.delegations(app, meeting)
        here.join(meeting["code"], "Rosa", "Su madre", delegation=taraco)
        there.join(meeting["code"], "Luis", delegation=salinas, channel="remote")
        alone.join(meeting["code"], "Ana", delegation=salinas, channel="remote")
        elena = cast.facilitator(app, meeting)
        with app.extensions["house"].store.write() as session:
            session.get(Room, meeting["rooms"][0]).steps = [{"key": "before", "minutes": 0, "opens": []}, *STEPS]
        cast.ok(elena.do("step.go", {"room": meeting["rooms"][0], "step": 1}, None))
        return elena, here, there, alone
    return begin


def told(phone: cast.Phone, room: str) -> dict:
    """{own name: what is told of the others} of the pair or four."""
    frame = phone.http.get("/api/changes", query_string={"stream": room}, buffered=True).get_json()
    [(_see, found)] = [one for one in frame.get("beside", {}).get(room, {"": {}}).items() if one[0] != "lines"]
    names = {seat["id"]: seat["name"] for seat in phone.place["seats"]}
    return {names[seat]: others for seat, others in found.items()}


def test_each_is_told_the_other_by_name_delegation_and_where_they_are_and_nobody_else_is(paired, meeting):
    _elena, here, there, alone = paired()
    room = meeting["rooms"][0]
    rosa, madre = (seat["id"] for seat in here.place["seats"])
    mine, theirs = told(here, room), told(there, room)
    assert [(one["name"], one["mine"]) for one in mine["Rosa"]] == [("Su madre", madre)]
    assert [(one["name"], one["mine"]) for one in mine["Su madre"]] == [("Rosa", rosa)]
    [ana] = theirs["Luis"]
    assert (ana["name"], ana["channel"]) == ("Ana", "remote") and ana["delegation"] and "mine" not in ana
    assert [one["name"] for one in told(alone, room)["Ana"]] == ["Luis"]


def test_where_nobody_is_to_see_who_wrote_only_how_many_they_are_is_told(paired, meeting):
    elena, here, there, _alone = paired("anonymous")
    room = meeting["rooms"][0]
    assert told(there, room) == {"Luis": [{}]}
    assert told(here, room)["Rosa"] == [{"mine": here.place["seats"][1]["id"]}]
    progress = elena.http.get(f"/w/{meeting['workshop']}/progress").get_json()
    assert progress["ok"] and progress["company"] == {}


def test_it_follows_who_goes_who_is_removed_and_who_is_called_otherwise_and_ends_with_the_step(paired, app, meeting):
    elena, _here, there, alone = paired()
    room, desk = meeting["rooms"][0], f"/w/{meeting['workshop']}/progress"
    assert sorted(sorted(one["name"] for one in group) for group in elena.http.get(desk).get_json()["company"][room]) == [
        ["Ana", "Luis"], ["Rosa", "Su madre"]]
    ana = alone.place["seats"][0]["id"]
    cast.ok(elena.do("seat.rename", {"workshop": meeting["workshop"], "seat": ana, "name": "Ana María"}, None))
    assert [one["name"] for one in told(there, room)["Luis"]] == ["Ana María"]
    cast.ok(alone.do("seat.enter", {"room": meeting["rooms"][1]}))
    assert told(there, room) == {"Luis": []}
    cast.ok(alone.do("seat.enter", {"room": room}))
    assert [one["name"] for one in told(there, room)["Luis"]] == ["Ana María"]
    cast.ok(elena.do("seat.remove", {"workshop": meeting["workshop"], "seats": [ana]}, None))
    assert told(there, room) == {"Luis": []}
    cast.ok(elena.do("step.go", {"room": room, "step": 2}, None))
    assert sorted(one["name"] for one in told(there, room)["Luis"]) == ["Rosa", "Su madre"]
    cast.ok(elena.do("step.go", {"room": room, "step": 4}, None))
    assert told(there, room) == {} and elena.http.get(desk).get_json()["company"] == {}


def test_a_device_of_several_is_told_which_lines_each_of_its_own_follows_and_others_are_told_of_none(paired, meeting):
    _elena, here, _there, alone = paired()
    room = meeting["rooms"][0]

    def beside(phone: cast.Phone) -> dict:
        frame = phone.http.get("/api/changes", query_string={"stream": room}, buffered=True).get_json()
        return frame["beside"][room] | {"circles": frame["circles"]}

    several = beside(here)
    assert several["lines"].keys() == {seat["id"] for seat in here.place["seats"]}
    assert {line for lines in several["lines"].values() for line in lines} == set(several["circles"])
    assert "lines" not in beside(alone)


def test_who_shares_a_phone_is_a_pair_and_nobody_else_hears_it(app, meeting, phone):
    here, hall, far = phone(), phone(), phone()
    room, [taraco, salinas, *_] = meeting["rooms"][0], cast.delegations(app, meeting)
    hall.join(meeting["code"], "Ana", delegation=taraco)
    far.join(meeting["code"], "Béa", channel="remote")
    here.join(meeting["code"], "Madre", "Hija", delegation=salinas)
    elena, board = cast.facilitator(app, meeting), cast.activities(app, room)["ideas"]
    with app.extensions["house"].store.write() as session:
        session.get(Room, room).steps = [{"key": "before", "minutes": 0, "opens": []}, *STEPS]
    cast.ok(elena.do("step.go", {"room": room, "step": 1}, None))
    assert [one["name"] for one in told(hall, room)["Ana"]] == ["Béa"]
    assert {name: [one["name"] for one in others] for name, others in told(here, room).items()} == {
        "Madre": ["Hija"], "Hija": ["Madre"]}
    lines = {cast.ok(one.post(board, name, seat=seat))["stream"] for one, name, seat in (
        (hall, "Ana", 0), (far, "Béa", 0), (here, "Madre", 0), (here, "Hija", 1))}
    assert len(lines) == 2


def test_who_came_while_all_worked_alone_is_not_left_alone_when_the_pairs_go_on(paired, meeting, phone):
    elena, _here, _there, _alone = paired()
    room, late = meeting["rooms"][0], phone()
    cast.ok(elena.do("step.go", {"room": room, "step": 3}, None))
    late.join(meeting["code"], "Wilma")
    cast.ok(elena.do("step.go", {"room": room, "step": 1}, None))
    assert len(told(late, room)["Wilma"]) == 2
