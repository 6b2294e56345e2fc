"""What is being typed stays when the room takes no more: it can be read, it can be sent as late, and the place says why."""
import secrets
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.boards import FIELDS, seldom
from tests.browser.facilitator.test_a_meeting import card, post
from tests.live.server import Server
from tests.support import cast
from tests.support.waiting import wait_for
from workshop.house import utc_now
from workshop.store.models import Activity, LateTray, Room
from workshop.store.session import Store
from workshop.store.streams import numbering

ALL = {"group": "all", "edit": "all", "move": "all"}
STEPS = [{"key": "ideas", "minutes": 15, "opens": ["ideas"], "may": ALL}, {"key": "vote", "minutes": 5, "opens": ["dots"]}]
STAYS = "Lo que escribió se queda aquí"


@pytest.fixture
def house(tmp_path):
    """A running server; room 2 has cards with fields."""
    yield from running(tmp_path, fields=1)


def running(tmp_path, fields: int):
    """A server with the steps above, whose room number `fields` (from 0) has cards with fields; as a generator."""
    app = cast.app(tmp_path)
    meeting = cast.found(app)
    activities = [cast.activities(app, room) for room in meeting["rooms"]]
    with app.extensions["house"].store.write() as session:
        numbering.lock(session, {meeting["workshop"]})
        for room in meeting["rooms"]:
            session.get(Room, room).steps = STEPS
        board = session.get(Activity, activities[fields]["ideas"])
        board.settings = board.settings | {"layout": "list", "fields": FIELDS}
    cookie = cast.facilitator(app, meeting).http.get_cookie("tinkuy").value
    app.extensions["house"].store.close()
    server = Server(tmp_path).start()
    yield {"url": server.url, "meeting": meeting, "activities": activities, "server": server, "data": tmp_path,
           "cookie": cookie}
    server.stop()


@pytest.fixture
def lead(open_page, house):
    """lead(verb, **payload): what the facilitator does, in room 1 unless it says another."""
    page = open_page("laptop")
    page.context.add_cookies([{"name": "tinkuy", "value": house["cookie"], "url": house["url"]}])

    def do(verb: str, **payload) -> dict:
        where = {} if {"workshop", "room"} & payload.keys() else {"room": house["meeting"]["rooms"][0]}
        answer = page.request.post("/api/do", headers={"X-Workshop": "1"}, data={
            "client": secrets.token_urlsafe(16), "n": 1, "verb": verb, "seat": None, "payload": where | payload}).json()
        return cast.ok(answer)
    return do


def rows(house) -> list[tuple[str, str, dict]]:
    """[(reason, text, payload)] of the late tray."""
    store = Store(f"sqlite:///{house['data'] / 'tinkuy.sqlite'}")
    with store.read() as session:
        found = [(row.reason, row.payload["body"]["text"], row.payload)
                 for row in session.query(LateTray).order_by(LateTray.at)]
    store.close()
    return found


def over(house, room: int = 0) -> None:
    """The time of the step is over."""
    store = Store(f"sqlite:///{house['data'] / 'tinkuy.sqlite'}")
    with store.write() as session:
        numbering.lock(session, {house["meeting"]["workshop"]})
        row = session.get(Room, house["meeting"]["rooms"][room])
        row.deadline = utc_now() - timedelta(seconds=1)
        numbering.touch(session, row, house["meeting"]["workshop"])
    store.close()


WAYS = {
    "time_over": lambda house, lead: over(house),
    "room_paused": lambda house, lead: lead("room.pause"),
    "step_closed": lambda house, lead: lead("step.go", step=1),
    "room_closed": lambda house, lead: lead("room.close"),
}
WHY = {"time_over": "El tiempo terminó", "room_paused": "La facilitación puso la sala en pausa",
       "step_closed": "Este paso no recibe ideas nuevas", "room_closed": "La sala está cerrada"}


@pytest.mark.parametrize("code", WAYS)
def test_a_half_typed_idea_stays_says_why_and_is_sent_as_late(house, join, lead, code):
    rosa = join("Rosa")
    rosa.fill("#text", "Guardar semilla propia")
    WAYS[code](house, lead)
    expect(rosa.locator("#hints")).to_contain_text(STAYS)
    expect(rosa.locator("#hints")).to_contain_text(WHY[code])
    expect(rosa.locator("#text")).to_be_visible()
    expect(rosa.locator("#text")).to_have_value("Guardar semilla propia")
    rosa.get_by_role("button", name="Enviar tarde").click()
    expect(rosa.locator("#hints")).to_contain_text("Guardar semilla propia")
    assert [(reason, text) for reason, text, _ in rows(house)] == [(code, "Guardar semilla propia")]
    expect(rosa.locator("#composer")).to_be_hidden()
    expect(rosa.locator("body")).not_to_contain_text("Deshacer")


@pytest.mark.parametrize("code", ["time_over", "room_paused"])
def test_a_loaded_page_shows_the_text_that_was_typed_before_the_end(house, join, lead, code):
    rosa = join("Rosa")
    rosa.fill("#text", "Antes del fin")
    WAYS[code](house, lead)
    expect(rosa.locator("#hints")).to_contain_text(STAYS)
    rosa.reload()
    expect(rosa.locator("#text")).to_have_value("Antes del fin")
    expect(rosa.get_by_role("button", name="Enviar tarde")).to_be_visible()


def test_where_nothing_was_typed_the_place_still_says_what_is_happening(house, join, lead):
    rosa = join("Rosa")
    lead("room.pause")
    expect(rosa.locator("#hints")).to_contain_text(WHY["room_paused"])
    expect(rosa.locator("#hints")).not_to_contain_text(STAYS)
    lead("room.pause", on=False)
    expect(rosa.locator("#composer")).to_be_visible()
    expect(rosa.locator("#hints")).not_to_contain_text(WHY["room_paused"])
    expect(rosa.get_by_role("button", name="Enviar", exact=True)).to_be_visible()


def test_the_fields_of_a_card_stay_and_come_late_with_what_they_say(house, join, lead):
    rosa = join("Rosa", room=2)
    rosa.locator(".spot summary").click()
    rosa.get_by_label("Qué hay *").fill("Acta de 1998")
    rosa.get_by_label("Quién lo guarda *").fill("Don Julio")
    lead("room.pause", room=house["meeting"]["rooms"][1])
    expect(rosa.locator("#hints")).to_contain_text(STAYS)
    expect(rosa.get_by_label("Qué hay *")).to_have_value("Acta de 1998")
    rosa.get_by_role("button", name="Enviar tarde").click()
    expect(rosa.locator("#hints")).to_contain_text("Llegó tarde")
    [(reason, _text, payload)] = rows(house)
    assert reason == "room_paused" and payload["body"]["fields"] == {"que_hay": "Acta de 1998", "quien": "Don Julio"}


def test_a_comment_and_a_change_stay_and_come_late_also_after_the_page_was_loaded_anew(house, join, lead):
    rosa = join("Rosa")
    for text in ("La primera", "La segunda"):
        post(rosa, text)
        expect(card(rosa, text)).to_contain_text("Guardado")
    card(rosa, "La primera").get_by_role("button", name="Comentar").click()
    rosa.get_by_placeholder("Escriba un comentario").fill("Y además")
    card(rosa, "La segunda").get_by_role("button", name="Cambiar").click()
    rosa.locator(".editor textarea").fill("La segunda, mejor")
    lead("room.close")
    expect(rosa.locator(".stick").get_by_text("Cerrada", exact=True)).to_have_count(1)
    expect(rosa.locator(".talk form")).to_contain_text(STAYS)
    expect(rosa.locator(".editor")).to_contain_text(STAYS)
    rosa.locator(".editor").get_by_role("button", name="Enviar tarde").click()
    expect(rosa.locator("#hints")).to_contain_text("La segunda, mejor")
    rosa.reload()
    left = rosa.locator(".late-left", has_text="Y además")
    left.get_by_role("button", name="Enviar tarde").click()
    expect(left).to_have_count(0)
    expect(rosa.locator("#hints")).to_contain_text("Llegó tarde")
    assert [(reason, text) for reason, text, _ in rows(house)] == [
        ("room_closed", "La segunda, mejor"), ("room_closed", "Y además")]


def test_the_name_of_a_group_stays_and_can_go_to_the_facilitator(house, join, lead):
    rosa = join("Rosa")
    for text in ("La primera", "La segunda"):
        post(rosa, text)
        expect(card(rosa, text)).to_contain_text("Guardado")
        seldom(card(rosa, text)).get_by_role("button", name="Ordenar").click()
    rosa.get_by_placeholder("Nombre del grupo").fill("Semillas")
    lead("room.pause")
    expect(rosa.locator(".arrange")).to_contain_text(STAYS)
    expect(rosa.get_by_placeholder("Nombre del grupo")).to_have_value("Semillas")
    rosa.locator(".arrange").get_by_role("button", name="Enviar tarde").click()
    expect(rosa.locator("#hints")).to_contain_text("Semillas")
    assert [(reason, text) for reason, text, _ in rows(house)] == [("room_paused", "Semillas")]


def test_who_is_taken_to_another_room_in_the_middle_of_a_sentence_can_still_send_it_to_the_first(house, join, lead):
    rosa = join("Rosa")
    rosa.fill("#text", "Estaba escribiendo")
    wait_for(lambda: rosa.evaluate("'writing' in tinkuy.held"), "the part that takes along what is written", every=0.2)
    lead("rooms.rotate", workshop=house["meeting"]["workshop"], rooms=house["meeting"]["rooms"])
    rosa.wait_for_url("**/r/2")
    expect(rosa.locator("#news")).to_contain_text("Ahora está en otra sala: Desafíos")
    left = rosa.locator(".late-left")
    expect(left).to_contain_text("Estaba escribiendo")
    left.get_by_role("button", name="Enviarlo tarde a la sala 1").click()
    expect(left).to_have_count(0)
    expect(rosa.locator("#hints")).to_contain_text("Llegó tarde")
    assert [(reason, text) for reason, text, _ in rows(house)] == [("left_room", "Estaba escribiendo")]


def test_a_board_that_is_changed_under_somebody_s_hands_keeps_the_text_and_shows_it_in_the_new_form(house, join, lead):
    rosa = join("Rosa")
    rosa.fill("#text", "Antes de los campos")
    lead("room.alike", room=house["meeting"]["rooms"][1], rooms=[house["meeting"]["rooms"][0]])
    expect(rosa.locator("#news")).to_contain_text("Cambiaron el tablero")
    expect(rosa.locator("#text")).to_have_value("Antes de los campos")
    rosa.get_by_role("button", name="Ver el tablero nuevo").click()
    expect(rosa.get_by_label("Qué hay *")).to_have_value("Antes de los campos")
