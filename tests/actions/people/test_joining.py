"""Two seats that are one person are joined: what the one has goes to the other."""
import pytest

from tests.support import cast
from tests.support.cast import ok, shown
from workshop.store.models import Attended, Ballot, Contribution, History, Presence, RoomSeat, Seat


def rows(app, table, **where) -> list:
    with app.extensions["house"].store.read() as session:
        return session.query(table).filter_by(**where).all()


@pytest.fixture
def twice(app, meeting, phone):
    """Rosa has come twice: on her phone and, after a new battery, on her sister's; each has written something."""
    here, there = cast.delegations(app, meeting)[:2]
    first, second = phone(), phone()
    ok(first.join(meeting["code"], "Rosa", delegation=here))
    ok(second.join(meeting["code"], "Rosa M.", delegation=there))
    board = cast.activities(app, meeting["rooms"][0])["ideas"]
    for one, text in ((first, "Guardar semilla"), (second, "Cuidar el agua")):
        one.card = ok(one.post(board, text))["card"]["id"]
    return first, second


def ids(*phones) -> list[str]:
    return [one.place["seats"][0]["id"] for one in phones]


def test_cards_room_devices_and_both_codes_lead_to_the_one_who_stays(app, meeting, phone, do, twice):
    first, second = twice
    stays, goes = ids(first, second)
    ok(second.do("contribution.add", {"activity": cast.activities(app, meeting["rooms"][0])["ideas"], "id": "c" * 12,
                                      "body": {"text": "sí"}, "parent": first.card}))
    code = second.place["seats"][0]["code"]
    assert ok(do("seat.join", seat=goes, into=stays))["both"] == 0
    cards = shown(first, meeting["rooms"][0])
    assert {cards[one.card]["name"] for one in twice} == {"Rosa"}
    assert {one.seat_id for one in rows(app, Contribution)} == {stays}
    assert [(one.seat_id, one.left_at is None) for one in rows(app, RoomSeat, seat_id=stays)] == [(stays, True)]
    assert all(one.left_at for one in rows(app, RoomSeat, seat_id=goes))
    me = second.http.get("/api/me").get_json()["seats"]
    assert [one["id"] for one in me] == [stays], "the other phone is Rosa's too"
    other = phone()
    token = other.http.get("/").get_data(as_text=True).split('name="token" value="')[1].split('"')[0]
    other.http.post("/", data={"token": token, "code": code})
    assert [one["id"] for one in other.http.get("/api/me").get_json()["seats"]] == [stays], "the old code leads there"
    [act] = rows(app, History, verb="seat.join")
    assert (act.target_id, act.before, act.after) == (stays, {"name": "Rosa M."}, {"name": "Rosa"})
    assert do("seat.edit", seat=goes, name="Otra")["code"] == "not_here"
    assert do("seat.readmit", seats=[goes])["code"] == "not_here", "nobody sits there any more"


def test_what_the_other_screen_had_not_sent_yet_comes_as_theirs(app, meeting, do, twice):
    first, second = twice
    stays, goes = ids(first, second)
    ok(do("seat.join", seat=goes, into=stays))
    board = cast.activities(app, meeting["rooms"][0])["ideas"]
    late = ok(second.do("contribution.add", {"activity": board, "id": "w" * 12, "body": {"text": "ya escrito"}}, goes))
    assert rows(app, Contribution, id=late["card"]["id"])[0].seat_id == stays


@pytest.mark.parametrize("keep", ["into", "seat"])
def test_of_an_open_vote_the_ballot_stands_that_was_chosen(app, meeting, do, twice, keep):
    first, second = twice
    stays, goes = ids(first, second)
    vote = cast.activities(app, meeting["rooms"][0])["dots"]
    cast.to_step(app, meeting["rooms"][0], 1)
    for one in twice:
        ok(one.do("ballot.cast", {"activity": vote, "choices": {one.card: 2}, "base_rev": 0}))
    ok(do("seat.join", seat=goes, into=stays, keep=keep))
    [ballot] = rows(app, Ballot)
    assert ballot.seat_id == stays and ballot.choices == {(first if keep == "into" else second).card: 2}
    app.extensions["house"].performer.count()
    assert not rows(app, Attended, seat_id=goes), "one person was there, not two"


def test_in_a_vote_that_is_over_both_ballots_stay_and_it_is_said(app, meeting, do, twice):
    first, second = twice
    stays, goes = ids(first, second)
    vote, elena = cast.activities(app, meeting["rooms"][0])["dots"], cast.facilitator(app, meeting)
    ok(elena.do("step.go", {"room": meeting["rooms"][0], "step": 1}, None))
    for one in twice:
        ok(one.do("ballot.cast", {"activity": vote, "choices": {one.card: 2}, "base_rev": 0}))
    ok(elena.do("room.close", {"room": meeting["rooms"][0]}, None))
    assert ok(do("seat.join", seat=goes, into=stays))["both"] == 1
    assert {one.seat_id for one in rows(app, Ballot)} == {stays, goes}
    assert rows(app, History, verb="seat.join")[0].after == {"name": "Rosa", "both": 1}


def test_attendance_counts_the_person_once_and_where_nobody_was_the_room_follows(app, meeting, phone, do):
    house, (first, second) = app.extensions["house"], (phone(), phone())
    ok(first.join(meeting["code"], "Rosa", room=None))
    ok(second.join(meeting["code"], "Rosa M.", room=2))
    stays, goes = ids(first, second)
    house.performer.days.write()
    assert len(rows(app, Presence)) == 2
    ok(do("seat.join", seat=goes, into=stays))
    assert [one.seat_id for one in rows(app, Presence)] == [stays]
    assert [(one.room_id, one.left_at) for one in rows(app, RoomSeat, seat_id=stays)] == [(meeting["rooms"][1], None)]
    assert [one.seat_id for one in rows(app, Attended)] == [stays]


def test_what_is_still_private_goes_along(app, meeting, phone, do):
    elena, room = cast.facilitator(app, meeting), meeting["rooms"][0]
    steps = [{"key": "solo", "minutes": 0, "opens": ["ideas"], "see": "own"},
             {"key": "todos", "minutes": 0, "opens": ["ideas"]}, {"key": "ideas", "minutes": 0, "opens": ["ideas"]}]
    ok(elena.do("steps.set", {"room": room, "base": cast.edition(app, room), "steps": steps}, None))
    ok(elena.do("step.go", {"room": room, "step": 0}, None))
    first, second = phone(), phone()
    board = cast.activities(app, room)["ideas"]
    for one, name in ((first, "Rosa"), (second, "Rosa M.")):
        ok(one.join(meeting["code"], name))
        one.card = ok(one.post(board, f"de {name}"))["card"]["id"]
    stays, goes = ids(first, second)
    ok(do("seat.join", seat=goes, into=stays))
    lines = {one.stream_id for one in rows(app, Contribution)}
    [own] = rows(app, RoomSeat, seat_id=stays)
    assert lines == {own.alone}, "both stand before her alone"
    ok(elena.do("step.go", {"room": room, "step": 1}, None))
    assert {one.stream_id for one in rows(app, Contribution)} == {room}


def test_who_cannot_be_joined(app, meeting, do, twice):
    stays, goes = ids(*twice)
    assert do("seat.join", seat=goes, into=goes)["code"] == "same_seat"
    assert do("seat.join", seat="another", into=stays)["code"] == "not_here"
    ok(do("seat.remove", seats=[stays]))
    assert do("seat.join", seat=goes, into=stays)["code"] == "not_here"
    assert not rows(app, History, verb="seat.join") and not any(one.joined_id for one in rows(app, Seat))
