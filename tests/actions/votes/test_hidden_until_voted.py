"""A result that is hidden until one has voted: in no frame and on no page of who has not, there for who has."""
import json

from tests.actions.votes.test_rules import Assembly, hall, ok  # noqa: F401  (hall is a fixture)
from workshop.store.models import Workshop


def asked(hall: Assembly, person, seat: int = 0) -> dict:  # noqa: F811
    """What the device of somebody is answered."""
    address = f"/w/{hall.meeting['workshop']}/votes/{hall.vote}/now?seat={person.place['seats'][seat]['id']}"
    return person.http.get(address).get_json()


def page(hall: Assembly, person) -> str:  # noqa: F811
    """The room as it comes without script."""
    return person.http.get(f"/w/{hall.meeting['workshop']}/r/1", headers={"Accept-Language": "es"}).get_data(as_text=True)


def test_no_frame_has_it_and_whoever_has_voted_is_answered(app, hall):  # noqa: F811
    rosa, luis, ana = (hall.join(name, i) for i, name in enumerate(("Rosa", "Luis", "Ana")))
    hall.open({}, reveal="voted")
    ok(hall.cast(rosa, "yes"))
    ok(hall.cast(luis, "yes"))
    app.extensions["house"].performer.count()
    for person in (rosa, luis, ana, hall.elena):
        person.cursor.clear()
        assert person.catch_up(hall.room)[hall.vote]["tally"] is None
    assert asked(hall, rosa)["tally"]["items"]["yes"] == {"seats": 2, "delegations": 2}
    assert asked(hall, ana) == {}, "she has not"
    assert '"seats": 2' not in page(hall, ana) and 'class="result"' not in page(hall, ana)
    assert 'class="result"' in page(hall, rosa), "without script too, also after a reload"
    ok(hall.cast(rosa, {}))
    assert asked(hall, rosa) == {}, "who takes it back has chosen nothing"
    ok(hall.close())
    assert ana.catch_up(hall.room)[hall.vote]["tally"]["items"]["yes"] == {"seats": 1, "delegations": 1}


def test_of_two_on_one_device_each_sees_it_after_the_own_ballot(hall):  # noqa: F811
    both = hall.phone()
    both.join(hall.meeting["code"], "Rosa", "Elvira", delegation=hall.delegations[0])
    hall.open({}, reveal="voted")
    ok(hall.cast(both, "yes"))
    assert asked(hall, both)["tally"]["ballots"] == 1 and asked(hall, both, 1) == {}


def test_where_a_delegation_votes_all_of_it_sees_what_came_of_it(hall):  # noqa: F811
    rosa, elvira, luis = hall.join("Rosa", 0), hall.join("Elvira", 0), hall.join("Luis", 1)
    hall.open({"one_per": "delegation"}, reveal="voted")
    ok(hall.cast(rosa, "yes"))
    assert asked(hall, elvira)["tally"]["ballots"] == 1 and asked(hall, luis) == {}


def test_who_has_left_the_room_or_votes_elsewhere_is_answered_nothing(hall):  # noqa: F811
    rosa, luis = hall.join("Rosa", 0), hall.join("Luis", 1, room=2)
    hall.open({}, reveal="voted")
    ok(hall.cast(rosa, "yes"))
    assert asked(hall, luis) == {}
    move = {"workshop": hall.meeting["workshop"], "seats": [rosa.place["seats"][0]["id"]], "to": hall.meeting["rooms"][1]}
    ok(hall.elena.do("seat.move", move, None))
    assert asked(hall, rosa) == {}


def test_in_a_step_it_is_hidden_until_the_step_is_over(app, hall):  # noqa: F811
    from tests.support import cast
    from workshop.store.models import Activity, Room
    board, rosa = cast.activities(app, hall.room)["ideas"], hall.join("Rosa", 0)
    card = ok(rosa.post(board, "Feria"))["card"]["id"]
    hall.vote = cast.activities(app, hall.room)["dots"]
    ok(hall.rule({}, reveal="voted"))

    def steps(session):
        room = session.get(Room, hall.room)
        room.steps = [{"key": "a", "minutes": 0, "opens": ["ideas"]}, {"key": "b", "minutes": 0, "opens": ["dots"]},
                      {"key": "c", "minutes": 0, "opens": []}]
    hall.write(steps)
    ok(hall.elena.do("step.go", {"room": hall.room, "step": 1}, None))
    ok(hall.cast(rosa, {card: 2}))
    ok(hall.elena.do("step.clock", {"room": hall.room, "minutes": 12}, None))
    app.extensions["house"].performer.count()
    assert rosa.catch_up(hall.room)[hall.vote]["tally"] is None and asked(hall, rosa)["tally"]["ballots"] == 1
    ok(hall.elena.do("step.go", {"room": hall.room, "step": 2}, None))
    assert asked(hall, rosa) == {}, "everybody is told"
    with app.extensions["house"].store.read() as session:
        assert session.get(Activity, hall.vote).tally["ballots"] == 1


def test_no_export_has_it_before(hall):  # noqa: F811
    rosa = hall.join("Rosa", 0)
    hall.open({}, reveal="voted")
    ok(hall.cast(rosa, "yes"))
    report = hall.elena.http.get(f"/w/{hall.meeting['workshop']}/report.md", headers={"Accept-Language": "es"}).text
    assert "Votó 1 persona" not in report
    assert "El resultado se ve" in report or "se muestra" in report or "terminar" in report, report[-1500:]


def test_nothing_of_it_is_in_what_is_announced(app, hall):  # noqa: F811
    rosa, luis = hall.join("Rosa", 0), hall.join("Luis", 1)
    news = []
    app.extensions["house"].performer.announce = news.append
    hall.open({}, reveal="voted")
    ok(hall.cast(rosa, "yes"))
    ok(hall.cast(luis, "no"))
    app.extensions["house"].performer.count()
    told = [(owner, ballot) for one in news for owner, ballot in one.ballots]
    assert {owner for owner, _ballot in told} == {one.place["seats"][0]["id"] for one in (rosa, luis)}
    assert "tally" not in json.dumps([ballot for _owner, ballot in told])
    assert all(getattr(row, "tally", None) is None for one in news for stream in one.streams.values()
               for row in stream.rows.values())


def test_who_chose_what_is_read_where_the_rules_have_said_so_and_only_afterwards(hall):  # noqa: F811
    rosa, luis = hall.join("Rosa", 0), hall.join("Luis", 1, room=2)
    hall.open({"named": "all"})
    ok(hall.cast(rosa, "yes"))
    address = f"/w/{hall.meeting['workshop']}/votes/{hall.vote}/names"
    assert rosa.http.get(address).status_code == 404, "not while people vote"
    ok(hall.close())
    page = rosa.http.get(address, headers={"Accept-Language": "es"})
    assert page.status_code == 200 and "Rosa" in page.text and "yes" in page.text
    assert address in rosa.http.get(f"/w/{hall.meeting['workshop']}/r/1").text
    assert luis.http.get(address).status_code == 404, "he is in another room"
    hall.write(lambda session: setattr(session.get(Workshop, hall.meeting["workshop"]), "privacy", "anonymous"))
    assert rosa.http.get(address).status_code == 404
    hall.open()
    ok(hall.cast(rosa, "yes", 0))
    ok(hall.close())
    assert hall.elena.http.get(f"/w/{hall.meeting['workshop']}/votes/{hall.vote}/names").status_code == 404
