"""One set-up for several rooms, and two facilitators who change the steps of one room."""

from tests.support import cast
from workshop.store.models import Activity, Room

ok = cast.ok
STEPS = [{"key": "ideas", "minutes": 7, "opens": ["ideas"], "title": {"es": "Escribir"}},
         {"key": "elegir", "minutes": 4, "opens": ["corazones"]}]


def model_of(app, meeting, elena, **more) -> dict:
    """A room to be like, with its steps and a vote of its own."""
    made = ok(elena.do("room.create", {"workshop": meeting["workshop"], "title": "Modelo"} | more, seat=None))["card"]
    if not more:
        with app.extensions["house"].store.write() as session:
            for vote in session.query(Activity).filter_by(room_id=made["id"], kind="dots"):
                vote.settings = vote.settings | {"key": "corazones"}
        ok(elena.do("steps.set", {"room": made["id"], "base": cast.edition(app, made["id"]), "steps": STEPS}, seat=None))
    return made


def test_rooms_that_have_cards_take_the_steps_the_others_everything_and_the_answer_says_which(app, meeting, phone, elena):
    one, two, three = meeting["rooms"]
    rosa = phone()
    rosa.join(meeting["code"], "Rosa")
    card = ok(rosa.post(cast.activities(app, one)["ideas"], "Semillas"))["card"]["id"]
    other = model_of(app, meeting, elena, method="foda")["id"]
    answer = ok(elena.do("room.alike", {"room": other, "rooms": [one, two]}, seat=None))
    assert answer["took"] == {one: "nothing", two: "all"}, "four columns are another board"
    assert [step["key"] for step in elena.catch_up(meeting["workshop"])[one]["steps"]] == ["ideas", "vote", "summary"]
    model = model_of(app, meeting, elena)["id"]
    answer = ok(elena.do("room.alike", {"room": model, "rooms": [one, three]}, seat=None))
    assert answer["took"] == {one: "steps", three: "all"}
    cards = elena.catch_up(meeting["workshop"])
    for room in (one, three):
        assert [step["key"] for step in cards[room]["steps"]] == ["ideas", "elegir"] and cards[room]["step"] == 0
        assert "corazones" in {card["settings"].get("key") for card in elena.catch_up(room).values() if "settings" in card}
    assert card in elena.catch_up(one) and cards[one]["deadline"] is None, "it was running, and runs on as it was"
    assert cards[three]["deadline"], "it begins with the first step now"


def test_a_room_that_was_made_like_a_part_of_a_process_is_no_part_of_it(app, meeting, elena):
    first = ok(elena.do("process.begin", {"workshop": meeting["workshop"], "method": "sistematizacion"}, seat=None))["card"]
    ok(elena.do("room.alike", {"room": first["id"], "rooms": meeting["rooms"][1:2]}, seat=None))
    with app.extensions["house"].store.read() as session:
        method = session.get(Room, meeting["rooms"][1]).method
        assert method["key"] == session.get(Room, first["id"]).method["key"] and "process" not in method
        assert session.get(Room, first["id"]).method["process"]["part"] == 1


def test_whoever_changes_steps_that_another_has_changed_meanwhile_is_told(app, meeting, elena):
    room = meeting["rooms"][0]
    base, steps = cast.edition(app, room), elena.catch_up(meeting["workshop"])[room]["steps"]
    assert elena.catch_up(meeting["workshop"])[room]["edition"] == base
    longer = [steps[0] | {"minutes": 40}, *steps[1:]]
    ok(elena.do("steps.set", {"room": room, "steps": longer, "base": base}, seat=None))
    mine = [steps[0] | {"minutes": 3}, *steps[1:]]
    assert elena.do("steps.set", {"room": room, "steps": mine, "base": base}, seat=None)["code"] == "stale_steps"
    assert elena.catch_up(meeting["workshop"])[room]["steps"][0]["minutes"] == 40
    ok(elena.do("steps.set", {"room": room, "steps": mine, "base": cast.edition(app, room)}, seat=None))
