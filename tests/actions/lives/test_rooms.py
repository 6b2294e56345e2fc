"""Rooms are put in order, put aside and brought back; nobody loses what they wrote, and all lists follow."""
import pytest

from tests.actions.rooms.test_corrections import record
from tests.pages.facilitator.people import Browser
from tests.support import cast
from tests.support.cast import ok, shown
from workshop.domain.visibility import Viewer
from workshop.exports import reader
from workshop.store.models import LateTray, Room, RoomSeat, Workshop


@pytest.fixture
def rosa(meeting, phone):
    """In room 1, with an idea on its board."""
    rosa = phone()
    ok(rosa.join(meeting["code"], "Rosa"))
    return rosa


def room_of(app, key: str) -> Room:
    with app.extensions["house"].store.read() as session:
        return session.get(Room, key)


def in_workshop(phone, meeting, kind: str = "room") -> list[str]:
    """Ids of what somebody's screen holds of the workshop's stream."""
    return [key for key, card in phone.catch_up(meeting["workshop"]).items() if card["kind"] == kind]


def browser_of(app, phone) -> Browser:
    browser = Browser(app)
    browser.http.set_cookie("tinkuy", phone.http.get_cookie("tinkuy").value)
    return browser


def test_a_room_with_people_in_it_is_put_aside_and_what_they_had_not_sent_is_kept(app, meeting, rosa, elena):
    first, board = meeting["rooms"][0], cast.activities(app, meeting["rooms"][0])["ideas"]
    kept = ok(rosa.post(board, "Guardar semilla"))["card"]["id"]
    assert first in in_workshop(rosa, meeting)
    ok(elena.do("room.archive", {"room": first}, None))
    assert first not in in_workshop(rosa, meeting) and first not in in_workshop(elena, meeting)
    with app.extensions["house"].store.read() as session:
        assert session.query(RoomSeat).filter(RoomSeat.left_at.is_(None)).count() == 0
    lobby = browser_of(app, rosa).open(f"/w/{meeting['workshop']}")
    assert "Covid-19 y el programa" not in lobby and "Lecciones y perspectivas" in lobby
    late = rosa.post(board, "Esto lo escribí antes")
    assert late["code"] == "left_room" and late["tray"]
    assert rosa.do("seat.enter", {"room": first})["code"] == "not_here"
    with app.extensions["house"].store.read() as session:
        assert session.query(LateTray).one().payload["body"]["text"] == "Esto lo escribí antes"
    for verb, payload in (("room.open", {"room": first}), ("contribution.hide", {"id": kept, "reason": "x"}),
                          ("steps.set", {"room": first, "steps": [{"key": "a", "minutes": 0, "opens": []}], "base": "x"})):
        assert elena.do(verb, payload, None)["code"] == "room_put_aside"
    seat = rosa.place["seats"][0]["id"]
    moved = elena.do("seat.move", {"workshop": meeting["workshop"], "seats": [seat], "to": first}, None)
    assert moved["code"] == "room_closed"
    ok(elena.do("room.archive", {"room": first, "on": False}, None))
    assert elena.do("contribution.send", {"id": kept, "to": meeting["rooms"][1]}, None)["ok"]
    assert first in in_workshop(rosa, meeting)
    ok(elena.do("room.open", {"room": first}, None))
    ok(rosa.do("seat.enter", {"room": first}))
    ok(rosa.post(board, "Otra vez aquí"))
    assert record(app, "room.archive")[1:] == [({"aside": False}, {"aside": True, "people": 1}),
                                               ({"aside": True}, {"aside": False, "people": 0})]


def test_a_card_is_sent_into_no_room_that_is_put_aside(app, meeting, rosa, elena):
    card = ok(rosa.post(cast.activities(app, meeting["rooms"][0])["ideas"], "Una"))["card"]["id"]
    ok(elena.do("room.archive", {"room": meeting["rooms"][1]}, None))
    assert elena.do("contribution.send", {"id": card, "to": meeting["rooms"][1]}, None)["code"] == "room_put_aside"
    assert card in shown(rosa, meeting["rooms"][0])


def test_what_a_group_that_is_put_aside_wrote_leaves_the_plenary_and_stands_apart_in_the_report(app, meeting, rosa, elena):
    first = meeting["rooms"][0]
    at = cast.activities(app, first)
    ok(rosa.post(at["ideas"], "Guardar semilla"))
    item = ok(elena.do("summary.item", {"activity": at["summary"], "id": "frase-de-la-sala", "cites": [],
                                        "body": {"text": "Guardamos semilla", "section": "agreement"}}, None))["card"]["id"]
    ok(elena.do("summary.publish", {"activity": at["summary"]}, None))
    assert item in in_workshop(rosa, meeting, "item") and at["summary"] in in_workshop(rosa, meeting, "activity")
    ok(elena.do("room.archive", {"room": first}, None))
    assert item not in in_workshop(rosa, meeting, "item") and at["summary"] not in in_workshop(rosa, meeting, "activity")
    julio = cast.Phone(app.test_client())
    ok(julio.join(meeting["code"], "Julio", room=2))
    assert item not in in_workshop(julio, meeting, "item"), "who comes later is not sent it either"
    wall = app.test_client().get(f"/s/{meeting['screen']}").get_data(as_text=True)
    assert "Guardamos semilla" not in wall and "Covid-19" not in wall
    with app.extensions["house"].store.read() as session:
        workshop = session.get(Workshop, meeting["workshop"])
        report = reader.read(session, workshop, Viewer(workshop.id, "named", "owner"), app.extensions["house"].clock())
    [aside] = [chapter for chapter in report.chapters if chapter.key == "apartadas"]
    assert [(room.number, room.cards[0].text, room.sections[0].sentences[0].text) for room in aside.rooms] == [
        (1, "Guardar semilla", "Guardamos semilla")]
    ok(elena.do("room.archive", {"room": first, "on": False}, None))
    assert item in in_workshop(rosa, meeting, "item") and item in in_workshop(julio, meeting, "item")


def test_a_room_that_is_prepared_for_a_block_is_seen_by_the_team_alone(app, meeting, rosa, elena):
    with app.extensions["house"].store.write() as session:
        room = session.get(Room, meeting["rooms"][2])
        room.prepared, room.opened_at = True, None
    assert room.id not in in_workshop(rosa, meeting) and room.id in in_workshop(elena, meeting)
    assert room.title not in browser_of(app, rosa).open(f"/w/{meeting['workshop']}")
    assert room.title in browser_of(app, elena).open(f"/w/{meeting['workshop']}/desk")
    ok(elena.do("room.open", {"room": room.id}, None))
    assert room.id in in_workshop(rosa, meeting)


def test_all_lists_follow_the_order_of_the_rooms(app, meeting, rosa, elena):
    one, two, three = meeting["rooms"]
    ok(elena.do("rooms.order", {"workshop": meeting["workshop"], "rooms": [three, one]}, None))
    assert elena.do("rooms.order", {"workshop": meeting["workshop"], "rooms": ["another"]}, None)["code"] == "not_here"
    made = ok(elena.do("room.create", {"workshop": meeting["workshop"], "title": "Nueva"}, None))["card"]["id"]
    assert [room_of(app, key).position for key in (three, one, two, made)] == [1, 2, 3, 4]
    ana = cast.Phone(app.test_client())
    ok(ana.join(meeting["code"], "Ana", room=None))  # in no room: hers would stand first
    titles = ("Lecciones y perspectivas", "Covid-19 y el programa", "Desafíos de la cooperación", "Nueva")
    for path, who in ((f"/w/{meeting['workshop']}", ana), (f"/w/{meeting['workshop']}/ways", elena),
                      (f"/w/{meeting['workshop']}/edit", elena), (f"/w/{meeting['workshop']}/plenary", rosa)):
        page = browser_of(app, who).open(path).split("<main")[-1].split('id="rooms"')[-1]
        found = [page.find(title) for title in titles]
        assert found == sorted(found), path
    cards = rosa.catch_up(meeting["workshop"])
    assert [cards[key].get("order") for key in (three, one, two, made)] == [1, 2, 3, None]
    assert record(app, "rooms.order") == [({"rooms": [1, 2, 3]}, {"rooms": [3, 1, 2]})]


def test_order_and_aside_are_a_tap_each_on_the_page_of_the_workshop(app, meeting, rosa, elena):
    browser, at = browser_of(app, elena), f"/w/{meeting['workshop']}"
    browser.open(f"{at}/edit")
    browser.send(f"{at}/rooms/order", "/rooms/order", up=meeting["rooms"][2])
    assert [room_of(app, key).position for key in meeting["rooms"]] == [1, 3, 2]
    browser.send(f"{at}/rooms/aside", "/rooms/aside", aside=meeting["rooms"][0])
    assert room_of(app, meeting["rooms"][0]).archived_at and "1 persona" not in browser.page
    assert 'name="back"' in browser.page
    browser.send(f"{at}/rooms/aside", f'name="back" value="{meeting["rooms"][0]}"', back=meeting["rooms"][0])
    assert room_of(app, meeting["rooms"][0]).archived_at is None
    said = browser.open(f"{at}/history")
    assert "Elena Quispe" in said and "apartó la sala 1 · Covid-19 y el programa" in said and "1 persona" in said


def test_a_room_with_people_says_who_is_in_it_and_takes_them_elsewhere_when_it_is_put_aside(app, meeting, phone):
    first, second, _ = meeting["rooms"]
    cast.ok(phone().join(meeting["code"], "Rosa Quispe"))
    elena = Browser(app)
    elena.http = cast.facilitator(app, meeting).http
    elena.open(f"/w/{meeting['workshop']}/edit")
    assert "Rosa Quispe" in elena.page
    elena.send(f"/w/{meeting['workshop']}/rooms/aside", "rooms/aside", aside=first, to=second)
    with app.extensions["house"].store.read() as session:
        assert session.get(Room, first).archived_at is not None
        [inside] = session.query(RoomSeat).filter(RoomSeat.left_at.is_(None)).all()
        assert inside.room_id == second
