"""Messages of the team reach whom they are for, wherever they are, and nobody else; who has read them is known."""
import pytest

from tests.support import cast
from tests.support.cast import ok
from workshop.domain.roles import SCREEN
from workshop.domain.visibility import Viewer
from workshop.store.counts import notices, numbers
from workshop.store.models import History, Notice, Room
from workshop.store.visibility import card_views


@pytest.fixture
def rooms(app, meeting, phone):
    """Rosa in room 1, Julio in room 2, and Ana in no room."""
    rosa, julio, ana = phone(), phone(), phone()
    ok(rosa.join(meeting["code"], "Rosa"))
    ok(julio.join(meeting["code"], "Julio", room=2))
    ok(ana.join(meeting["code"], "Ana", room=None))
    return rosa, julio, ana


def said(phone, meeting, kind: str = "message") -> dict[str, dict]:
    """{id: card} of what stands on the screen of a phone, from the workshop's stream."""
    phone.cursor.pop(meeting["workshop"], None)
    phone.cards.pop(meeting["workshop"], None)
    return {key: card for key, card in phone.catch_up(meeting["workshop"]).items() if card.get("kind") == kind}


def readers(app, meeting) -> list[dict]:
    with app.extensions["house"].store.read() as session:
        return notices.readers(session, meeting["workshop"])


def numbers_in(app, meeting) -> list:
    with app.extensions["house"].store.read() as session:
        return [one.room_id for one in numbers.people(session, meeting["workshop"])]


def record(app, verb: str) -> list:
    with app.extensions["house"].store.read() as session:
        return [one.after for one in session.query(History).order_by(History.id) if one.verb == verb]


def test_a_message_to_one_room_stands_on_the_screens_there_and_leaves_no_trace_elsewhere(app, meeting, rooms, do):
    rosa, julio, ana = rooms
    answer = ok(do("message.send", text=" Faltan diez minutos. ", rooms=[meeting["rooms"][0]]))
    assert answer["people"] == 1
    [card] = said(rosa, meeting).values()
    assert (card["text"], card["by"]) == ("Faltan diez minutos.", "Elena Quispe")
    assert card["rooms"] == [meeting["rooms"][0]], "to whom else it was said is the team's"
    for other in (julio, ana):
        frame = other.http.get("/api/changes", query_string={"stream": meeting["workshop"]}).get_json()
        assert card["id"] not in str(frame) and "Faltan" not in str(frame)
    wall = rosa.http.get(f"/s/{meeting['screen']}").get_data(as_text=True)
    assert "Faltan diez minutos" not in wall
    assert record(app, "message.send") == [{"text": "Faltan diez minutos.", "rooms": [1], "people": 1}]


def test_a_message_to_everybody_reaches_who_is_in_no_room_and_the_team_sees_who_has_not_read(app, meeting, rooms, do):
    rosa, _julio, ana = rooms
    message = ok(do("message.send", text="Almuerzo a las 12"))["card"]["id"]
    assert all(message in said(one, meeting) for one in rooms)
    ok(rosa.do("message.read", {"workshop": meeting["workshop"], "message": message}))
    ok(rosa.do("message.read", {"workshop": meeting["workshop"], "message": message}))
    ok(ana.do("message.read", {"workshop": meeting["workshop"], "message": message}))
    [told] = readers(app, meeting)
    assert (told["read"], told["of"], told["unread"]) == (2, 3, {meeting["rooms"][1]: ["Julio"]})


def test_those_who_share_a_phone_read_together(app, meeting, phone, do):
    table = phone()
    ok(table.join(meeting["code"], "Rosa", "Julia"))
    message = ok(do("message.send", text="Vengan", rooms=[meeting["rooms"][0]]))["card"]["id"]
    other = table.place["seats"][1]["id"]
    ok(table.do("message.read", {"workshop": meeting["workshop"], "message": message, "along": [other]}))
    assert readers(app, meeting)[0]["unread"] == {}
    stranger = phone()
    ok(stranger.join(meeting["code"], "Luis"))
    assert stranger.do("message.read", {"workshop": meeting["workshop"], "message": message, "along": [other]}
                       )["code"] == "not_your_seat"


def test_nobody_reads_what_is_not_for_them(meeting, rooms, do):
    message = ok(do("message.send", text="Solo la sala 1", rooms=[meeting["rooms"][0]]))["card"]["id"]
    assert rooms[1].do("message.read", {"workshop": meeting["workshop"], "message": message})["code"] == "not_here"
    assert rooms[1].do("message.read", {"workshop": meeting["workshop"], "message": "none-of-these"})["code"] == "not_here"


def test_a_message_to_a_room_that_closes_still_reaches_its_people(meeting, rooms, do, elena):
    message = ok(do("message.send", text="Pasen al patio", rooms=[meeting["rooms"][0]]))["card"]["id"]
    ok(elena.do("room.close", {"room": meeting["rooms"][0]}, None))
    assert message in said(rooms[0], meeting)
    ok(rooms[0].do("message.read", {"workshop": meeting["workshop"], "message": message}))


def test_a_message_goes_along_with_those_who_are_moved_before_they_have_read_it(app, meeting, rooms, do):
    rosa, julio, _ana = rooms
    message = ok(do("message.send", text="Pasen a la sala 2", rooms=[meeting["rooms"][0]]))["card"]["id"]
    seat = rosa.place["seats"][0]["id"]
    ok(do("seat.move", seats=[seat], to=meeting["rooms"][1]))
    assert said(rosa, meeting)[message]["seats"] == [seat]
    assert message not in said(julio, meeting), "who was in that room hears nothing of it"
    assert [one["unread"] for one in readers(app, meeting)] == [{meeting["rooms"][1]: ["Rosa"]}]
    ok(rosa.do("message.read", {"workshop": meeting["workshop"], "message": message}))
    assert [one["read"] for one in readers(app, meeting)] == [1]


def test_what_is_said_to_nobody_is_not_sent_and_says_so(app, meeting, rooms, do):
    assert do("message.send", text="¿Hay alguien?", rooms=[meeting["rooms"][2]])["code"] == "nobody_there"
    assert do("people.summon", rooms=[meeting["rooms"][2]])["code"] == "nobody_there"
    assert not record(app, "message.send")


def test_a_message_is_bounded_and_of_this_workshop(meeting, rooms, do):
    assert do("message.send", text=" \u200b")["code"] == "empty"
    assert do("message.send", text="x" * 301)["code"] == "too_long"
    assert do("message.send", text="Hola", rooms=["of-another-house"])["code"] == "not_here"
    for i in range(21):
        ok(do("message.send", text=f"Mensaje {i}"))
    texts = {card["text"] for card in said(rooms[0], meeting).values()}
    assert len(texts) == 20 and "Mensaje 0" not in texts and "Mensaje 20" in texts


def test_a_message_that_was_taken_back_is_on_no_screen(app, meeting, rooms, do):
    message = ok(do("message.send", text="Error"))["card"]["id"]
    before = said(rooms[0], meeting)
    ok(do("message.take_back", message=message))
    assert message in before and not said(rooms[0], meeting)
    assert do("message.take_back", message="none-of-these")["code"] == "not_here"


def test_a_message_that_was_taken_back_leaves_the_screen_of_who_was_moved(app, meeting, rooms, do):
    rosa, julio, _ana = rooms
    message = ok(do("message.send", text="Error", rooms=[meeting["rooms"][0]]))["card"]["id"]
    ok(do("seat.move", seats=[rosa.place["seats"][0]["id"]], to=meeting["rooms"][1]))
    assert message in said(rosa, meeting) and message not in said(julio, meeting)
    with app.extensions["house"].store.read() as session:
        row = session.get(Notice, message)
        moved = Viewer(meeting["workshop"], "named", "participant", frozenset(), frozenset({meeting["rooms"][1]}))
        wall = Viewer(meeting["workshop"], "named", SCREEN)
        before = row.seq - 1
        assert not [card for card in card_views.moved(session, meeting["workshop"], moved, before) if card["id"] == message]
    ok(do("message.take_back", message=message))
    assert message not in rosa.catch_up(meeting["workshop"])
    with app.extensions["house"].store.read() as session:
        [told] = [card for card in card_views.moved(session, meeting["workshop"], moved, before) if card["id"] == message]
        assert told.keys() == {"id", "seq", "gone"}, "whose audience is that of room 2 is told that it is over, and no more"
        assert message not in str(card_views.moved(session, meeting["workshop"], wall, before))


def test_a_participant_sends_nothing(meeting, rooms):
    for verb, payload in (("message.send", {"text": "Soy yo"}), ("people.summon", {})):
        assert rooms[0].do(verb, {"workshop": meeting["workshop"], **payload})["code"] == "forbidden"


def test_a_call_to_the_plenary_moves_nobody_and_the_next_call_ends_it(app, meeting, rooms, do):
    rosa, _julio, ana = rooms
    first = ok(do("people.summon", rooms=meeting["rooms"][:2]))
    assert first["people"] == 2
    [card] = said(rosa, meeting, "summons").values()
    assert "room" not in card and not said(ana, meeting, "summons")
    second = ok(do("people.summon", to=meeting["rooms"][1]))["card"]["id"]
    assert set(said(rosa, meeting, "summons")) == {second}
    assert said(ana, meeting, "summons")[second]["room"] == meeting["rooms"][1]
    assert set(numbers_in(app, meeting)) == {*meeting["rooms"][:2], None}, "a call shows a place, and moves no seat"


def test_people_are_called_to_a_card_that_everybody_in_its_room_sees(app, meeting, rooms, do, elena):
    rosa = rooms[0]
    card = ok(rosa.post(cast.activities(app, meeting["rooms"][0])["ideas"], "Guardar semilla"))["card"]["id"]
    ok(do("people.summon", to=meeting["rooms"][0], card=card))
    assert next(iter(said(rosa, meeting, "summons").values()))["card"] == card
    assert do("people.summon", to=meeting["rooms"][1], card=card)["code"] == "no_such_card"
    assert do("people.summon", card=card)["code"] == "no_such_card"
    ok(elena.do("contribution.hide", {"id": card, "reason": "x"}, None))
    assert do("people.summon", to=meeting["rooms"][0], card=card)["code"] == "no_such_card"
    with app.extensions["house"].store.write() as session:
        session.get(Room, meeting["rooms"][1]).opened_at = None
    assert do("people.summon", to=meeting["rooms"][1])["code"] == "room_not_open"
