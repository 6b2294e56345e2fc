"""How many voted, and of how many: a fact of the past, kept when it is true, whoever sits there now."""
import json
import random
from datetime import timedelta

import pytest
from sqlalchemy import delete, func, select

from tests.support import cast
from tests.support.cast import ok
from workshop.actions.importing import import_workshop
from workshop.domain.roles import OWNER
from workshop.domain.visibility import Viewer
from workshop.exports import everything, reader
from workshop.store.counts import turnout
from workshop.store.models import Activity, Attended, Ballot, DeviceSeat, History, Room, RoomSeat, Seat, Sitting, Workshop

NAMES = ("Rosa", "Julio", "Wilma", "Saturnino", "Elva", "Marcelina")


@pytest.fixture
def hall(app, meeting, phone):
    """(Elena, six people in room 1 with a card before them, [dots of room 1, of room 2], the card)."""
    elena = cast.facilitator(app, meeting)
    people = [phone() for _name in NAMES]
    delegations = cast.delegations(app, meeting)
    for i, (one, name) in enumerate(zip(people, NAMES, strict=True)):
        one.join(meeting["code"], name, room=1, delegation=delegations[i % 2], channel="hall" if i % 3 else "remote")
    votes, cards = [], []
    for room in meeting["rooms"][:2]:
        activities = cast.activities(app, room)
        votes.append(activities["dots"])
        if room != meeting["rooms"][0]:
            ok(people[0].do("seat.enter", {"room": room}))
        cards.append(ok(people[0].post(activities["ideas"], "Guardar semilla propia"))["card"]["id"])
        ok(people[0].do("seat.enter", {"room": meeting["rooms"][0]}))
    return elena, people, votes, cards


def vote(person, activity: str, card: str, base_rev: int = 0) -> None:
    ok(person.do("ballot.cast", {"activity": activity, "choices": {card: 1}, "base_rev": base_rev}))


def told(app, meeting, number: int = 1) -> dict[str, tuple[int, int]]:
    """{vote: (voted, could)} as the report has it."""
    house = app.extensions["house"]
    house.performer.count()
    with house.store.read() as session:
        workshop = session.get(Workshop, meeting["workshop"])
        report = reader.read(session, workshop, Viewer(workshop.id, workshop.privacy, OWNER), house.clock())
    room = next(room for room in report.rooms if room.number == number)
    return {one.title: (one.voted, one.could) for one in room.votes}


def desk(elena, meeting) -> dict[str, list[int]]:
    rooms = elena.http.get(f"/w/{meeting['workshop']}/progress").get_json()["rooms"]
    return {vote: told for room in rooms.values() for vote, told in room["votes"].items()}


def test_who_goes_on_to_the_next_room_in_the_middle_of_a_vote_could_vote(app, meeting, hall):
    elena, people, votes, cards = hall
    for room in meeting["rooms"][:2]:
        ok(elena.do("step.go", {"room": room, "step": 1}, None))
    for one in people[:4]:
        vote(one, votes[0], cards[0])
    ok(elena.do("rooms.rotate", {"workshop": meeting["workshop"], "rooms": meeting["rooms"][:2], "stay": []}, None))
    assert told(app, meeting)["Puntos"] == (4, 6) and desk(elena, meeting)[votes[0]] == [4, 6]
    vote(people[5], votes[1], cards[1])
    assert told(app, meeting, 2)["Puntos"] == (1, 6) and desk(elena, meeting)[votes[1]] == [1, 6]
    page = elena.http.get(f"/w/{meeting['workshop']}/report").get_data(as_text=True)
    assert "Votaron 4 personas de 6." in page and "Votar: 6 personas (4 en el lugar, 2 a distancia)" in page


def test_who_is_removed_or_leaves_could_vote_and_who_comes_after_the_end_could_not(app, meeting, hall, phone):
    elena, people, votes, cards = hall
    room = meeting["rooms"][0]
    ok(people[5].do("seat.enter", {"room": meeting["rooms"][1]}))
    ok(elena.do("step.go", {"room": room, "step": 1}, None))
    for one in people[:2]:
        vote(one, votes[0], cards[0])
    ok(elena.do("seat.remove", {"workshop": meeting["workshop"], "seats": [people[0].place["seats"][0]["id"]]}, None))
    ok(people[1].do("seat.enter", {"room": meeting["rooms"][2]}))
    ok(elena.do("step.go", {"room": room, "step": 2}, None))
    late = phone()
    late.join(meeting["code"], "Ubaldo", room=1)
    ok(elena.do("room.close", {"room": room}, None))
    assert told(app, meeting)["Puntos"] == (2, 5)


def test_who_comes_when_the_time_is_over_could_not_vote_unless_there_is_more_of_it(app, meeting, hall, phone):
    elena, people, votes, cards = hall
    room, house = meeting["rooms"][0], app.extensions["house"]
    ok(elena.do("step.go", {"room": room, "step": 1, "minutes": 1}, None))
    vote(people[0], votes[0], cards[0])
    now = house.clock
    house.performer.clock = house.clock = lambda: now() + timedelta(minutes=2)
    comes, stays = phone(), phone()
    comes.join(meeting["code"], "Ubaldo", room=1)
    assert told(app, meeting)["Puntos"] == (1, 6)
    ok(comes.do("seat.enter", {"room": meeting["rooms"][1]}))
    stays.join(meeting["code"], "Nely", room=1)
    ok(elena.do("step.extend", {"room": room, "minutes": 3}, None))
    assert told(app, meeting)["Puntos"] == (1, 7), "Nely could, Ubaldo had gone"
    vote(stays, votes[0], cards[0])
    assert told(app, meeting)["Puntos"] == (2, 7)


def test_it_is_the_same_after_a_new_start_in_a_copy_and_when_somebody_is_erased(app, meeting, hall, tmp_path):
    elena, people, votes, cards = hall
    ok(elena.do("step.go", {"room": meeting["rooms"][0], "step": 1}, None))
    for one in people[:3]:
        vote(one, votes[0], cards[0])
    before = told(app, meeting)["Puntos"]
    assert before == (3, 6)
    house = app.extensions["house"]
    house.store.pen.lay_down()  # as another process that begins
    ok(elena.do("rooms.rotate", {"workshop": meeting["workshop"], "rooms": meeting["rooms"][:2], "stay": []}, None))
    assert told(app, meeting)["Puntos"] == before
    with house.store.read() as session:
        content = json.loads(everything.write(session, meeting["workshop"]))
    with house.store.write() as session:
        copy = import_workshop(session, house.clock(), content).id
    assert told(app, meeting | {"workshop": copy})["Puntos"] == before
    gone = people[0].place["seats"][0]["id"]
    with house.store.write() as session:
        session.execute(delete(Ballot).where(Ballot.seat_id == gone))
        for table in (RoomSeat, DeviceSeat):
            session.execute(delete(table).where(table.seat_id == gone))
        for card in cards:
            session.execute(delete(Activity.metadata.tables["contribution"]).where(
                Activity.metadata.tables["contribution"].c.id == card))
        session.execute(delete(Seat).where(Seat.id == gone))
    assert told(app, meeting)["Puntos"] == before


def test_a_file_of_before_comes_in_and_everybody_who_was_ever_there_could_vote(app, meeting, hall):
    elena, people, votes, cards = hall
    ok(elena.do("step.go", {"room": meeting["rooms"][0], "step": 1}, None))
    for one in people[:2]:
        vote(one, votes[0], cards[0])
    ok(elena.do("rooms.rotate", {"workshop": meeting["workshop"], "rooms": meeting["rooms"][:2], "stay": []}, None))
    house = app.extensions["house"]
    house.performer.count()
    with house.store.read() as session:
        content = json.loads(everything.write(session, meeting["workshop"]))
    for name in ("sitting", "attended"):
        del content["tables"][name]
    with house.store.write() as session:
        copy = import_workshop(session, house.clock(), content).id
    assert told(app, meeting | {"workshop": copy})["Puntos"] == (2, 6)


def test_people_who_were_removed_took_part_if_they_were_there(app, meeting, hall, phone):
    elena, people, _votes, _cards = hall
    outside = phone()
    outside.join(meeting["code"], "Nadie", room=None)
    seats = [one.place["seats"][0]["id"] for one in (people[3], outside)]
    ok(elena.do("seat.remove", {"workshop": meeting["workshop"], "seats": seats}, None))
    with app.extensions["house"].store.read() as session:
        names = {seat.name for seat in turnout.took_part(session, meeting["workshop"])}
    assert names == set(NAMES), "Saturnino was there and is gone; Nadie never came into a room"


@pytest.mark.parametrize("seed", range(6))
def test_whatever_happens_those_who_could_vote_are_those_who_were_there(app, meeting, hall, seed):
    """A walk of what facilitators and people do, beside a plain list of who was in a room while its vote was open."""
    chance = random.Random(seed)
    elena, people, votes, cards = hall
    rooms, where, removed = meeting["rooms"][:2], {}, set()
    with app.extensions["house"].store.read() as session:
        rows = session.execute(select(RoomSeat.seat_id, RoomSeat.room_id).where(RoomSeat.left_at.is_(None))).all()
    where = dict(rows)
    step, closed, could, voted = dict.fromkeys(rooms, 0), set(), *({room: set() for room in rooms} for _ in range(2))

    def look() -> None:
        for room in rooms:
            if step[room] == 1 and room not in closed:
                could[room] |= {seat for seat, at in where.items() if at == room and seat not in removed}
    for _ in range(40):
        act = chance.choice(("go", "go", "enter", "vote", "vote", "rotate", "remove", "close", "open"))
        room = chance.choice(rooms)
        one = chance.choice(people)
        seat = one.place["seats"][0]["id"]
        if act == "go":
            to = chance.randrange(3)
            if elena.do("step.go", {"room": room, "step": to}, None)["ok"]:
                step[room] = to
        elif act == "enter" and seat not in removed:
            ok(one.do("seat.enter", {"room": room}))
            where[seat] = room
        elif act == "vote":
            at = where.get(seat)
            held = one.http.get("/api/me").get_json().get("ballots", []) if at in rooms and seat not in removed else []
            rev = next((ballot["rev"] for ballot in held if ballot["activity"] == votes[rooms.index(at)]), 0) if held else 0
            if at in rooms and seat not in removed and one.do("ballot.cast", {
                    "activity": votes[rooms.index(at)], "choices": {cards[rooms.index(at)]: 1}, "base_rev": rev})["ok"]:
                voted[at].add(seat)
        elif act == "rotate" and not closed:
            ok(elena.do("rooms.rotate", {"workshop": meeting["workshop"], "rooms": rooms, "stay": []}, None))
            where = {one: rooms[1 - rooms.index(at)] if at in rooms else at for one, at in where.items()}
        elif act == "remove" and len(removed) < 2:
            ok(elena.do("seat.remove", {"workshop": meeting["workshop"], "seats": [seat]}, None))
            removed.add(seat)
            where.pop(seat, None)
        elif act == "close":
            ok(elena.do("room.close", {"room": room}, None))
            closed.add(room)
        elif act == "open":
            ok(elena.do("room.open", {"room": room}, None))
            closed.discard(room)
        look()
    with app.extensions["house"].store.read() as session:
        kept = turnout.of_votes(session, [session.get(Activity, vote) for vote in votes])
    for room, key in zip(rooms, votes, strict=True):
        if kept[key].at:
            assert set(kept[key].could) == could[room] and kept[key].voted == voted[room] <= could[room]
        else:
            assert not could[room] and not voted[room]
    for number in (1, 2):
        for n, of in told(app, meeting, number).values():
            assert n <= of
    assert any(could.values()) or seed, "nothing happened"


def test_a_step_is_one_however_often_it_is_held(app, meeting, hall):
    elena, *_rest = hall
    room = meeting["rooms"][0]
    for step in (1, 0, 1, 2):
        ok(elena.do("step.go", {"room": room, "step": step}, None))
    with app.extensions["house"].store.read() as session:
        held = turnout.of_steps(session, [room])[room]
        assert [one.key for one in held] == ["ideas", "vote", "summary"]
        assert [len(one.there) for one in held] == [6, 6, 6] and held[0].hall == 4
        running = session.scalars(select(Sitting).where(Sitting.room_id == room, Sitting.ended_at.is_(None))).all()
        assert [one.id for one in running] == [session.get(Room, room).sitting]
        assert session.scalars(select(Attended).where(Attended.sitting_id == running[0].id)).all()


def held(app, room: str) -> list[tuple[str, int]]:
    """[(step, how many were there)] as the memoria has it."""
    with app.extensions["house"].store.read() as session:
        return [(one.key, len(one.there)) for one in turnout.of_steps(session, [room]).get(room, [])]


def passes(app, monkeypatch, **time) -> None:
    house = app.extensions["house"]
    later = house.clock() + timedelta(**time)
    monkeypatch.setattr(house.performer, "clock", lambda: later)
    monkeypatch.setattr(house, "clock", lambda: later)


def newest(app, verb: str) -> int:
    with app.extensions["house"].store.read() as session:
        return session.scalar(select(func.max(History.id)).where(History.verb == verb))


def test_a_step_that_was_taken_back_was_not_held_and_the_one_before_goes_on_with_who_came_meanwhile(
        app, meeting, hall, phone, monkeypatch):
    elena, people, votes, cards = hall
    room, late = meeting["rooms"][0], phone()
    passes(app, monkeypatch, seconds=1)
    with app.extensions["house"].store.read() as session:
        running = session.get(Room, room).sitting
    for step in (2, 1):
        ok(elena.do("step.go", {"room": room, "step": step}, None))
        passes(app, monkeypatch, seconds=3)
        if step == 1:
            vote(people[0], votes[0], cards[0])
            late.join(meeting["code"], "Ubaldo", room=1)
        passes(app, monkeypatch, seconds=3)
        ok(elena.do("step.undo", {"room": room}, None))
        assert held(app, room) == [("ideas", 6 + (step == 1))]
    with app.extensions["house"].store.read() as session:
        [one] = session.scalars(select(Sitting).where(Sitting.room_id == room))
        assert one.id == running == session.get(Room, room).sitting and one.ended_at is None
    page = elena.http.get(f"/w/{meeting['workshop']}/report").get_data(as_text=True)
    assert "Ideas: 7 personas" in page and "Resumen: " not in page and "Votar: " not in page


def test_time_that_was_over_before_the_mistake_stays_over_when_it_is_taken_back(app, meeting, hall, phone, monkeypatch):
    elena, people, votes, cards = hall
    room, late = meeting["rooms"][0], phone()
    passes(app, monkeypatch, seconds=1)
    ok(elena.do("step.go", {"room": room, "step": 1, "minutes": 1}, None))
    vote(people[0], votes[0], cards[0])
    passes(app, monkeypatch, seconds=90)
    ok(elena.do("step.go", {"room": room, "step": 2}, None))
    passes(app, monkeypatch, seconds=10)
    late.join(meeting["code"], "Ubaldo", room=1)
    undone = elena.do("step.undo", {"room": room}, None)
    assert undone["ok"] and told(app, meeting)["Puntos"] == (1, 6)
    passes(app, monkeypatch, seconds=1)
    assert not late.do("ballot.cast", {"activity": votes[0], "choices": {cards[0]: 1}, "base_rev": 0})["ok"]


def test_a_closing_that_was_taken_back_is_no_second_sitting(app, meeting, hall, monkeypatch):
    elena, *_rest = hall
    room = meeting["rooms"][0]
    passes(app, monkeypatch, minutes=5)
    ok(elena.do("room.close", {"room": room}, None))
    passes(app, monkeypatch, seconds=5)
    ok(elena.do("act.undo", {"workshop": meeting["workshop"], "act": newest(app, "room.close")}, None))
    with app.extensions["house"].store.read() as session:
        [one] = session.scalars(select(Sitting).where(Sitting.room_id == room))
        assert one.ended_at is None and session.get(Room, room).sitting == one.id


def was_open(app, vote: str) -> bool:
    with app.extensions["house"].store.read() as session:
        return turnout.of_votes(session, [session.get(Activity, vote)])[vote].at is not None


def test_a_vote_that_came_with_a_change_of_steps_was_not_opened_when_that_is_taken_back(app, meeting, hall, monkeypatch):
    elena, _people, votes, _cards = hall
    room = meeting["rooms"][0]
    passes(app, monkeypatch, minutes=1)
    with app.extensions["house"].store.read() as session:
        steps = [dict(step) for step in session.get(Room, room).steps]
    opened = [steps[0] | {"opens": ["ideas", "dots"]}, *steps[1:]]
    ok(elena.do("steps.set", {"room": room, "steps": opened, "base": cast.edition(app, room)}, None))
    assert was_open(app, votes[0])
    passes(app, monkeypatch, seconds=5)
    ok(elena.do("act.undo", {"workshop": meeting["workshop"], "act": newest(app, "steps.set")}, None))
    assert not was_open(app, votes[0]) and held(app, room) == [("ideas", 6)]


@pytest.mark.parametrize(("wrote", "seconds"), [(False, 5), (True, 5), (False, 90)])
def test_a_room_that_was_opened_by_mistake_was_not_held(app, meeting, hall, monkeypatch, wrote, seconds):
    elena, people, *_rest = hall
    room = ok(elena.do("room.create", {"workshop": meeting["workshop"], "title": "Otra"}, None))["card"]["id"]
    passes(app, monkeypatch, minutes=5)
    ok(elena.do("room.open", {"room": room}, None))
    ok(people[0].do("seat.enter", {"room": room}))
    if wrote:
        ok(people[0].post(cast.activities(app, room)["ideas"], "Una idea"))
    passes(app, monkeypatch, seconds=seconds)
    ok(elena.do("room.close", {"room": room}, None))
    assert held(app, room) == ([("ideas", 1)] if wrote or seconds > 60 else [])
    ok(elena.do("room.open", {"room": room}, None))
    assert held(app, room) == [("ideas", 1)]


def test_a_step_at_which_nobody_was_is_not_told_as_held(app, meeting):
    elena, room = cast.facilitator(app, meeting), meeting["rooms"][0]
    ok(elena.do("step.go", {"room": room, "step": 1}, None))
    assert held(app, room) == []
