"""Each kind of vote on a phone: chosen with a finger or with the keyboard, seen by the others."""
import pytest
from playwright.sync_api import expect

from tests.browser.boards import seldom as unfolded
from tests.browser.desks import seldom
from tests.browser.everybody.test_everybody import complaints
from tests.browser.facilitator.test_a_meeting import card, post
from tests.live.server import Server
from tests.support import cast
from workshop.actions.rooms.rooms import add_activity
from workshop.store.models import Room
from workshop.store.streams import numbering

WHERE = {"title": {"es": "¿Dónde nos vemos?", "fr": "Où ?", "en": "Where?"}, "options": [
    {"key": "feria", "title": {"es": "En la feria", "fr": "À la foire", "en": "At the fair"}},
    {"key": "escuela", "title": {"es": "En la escuela", "fr": "À l'école", "en": "At school"}}]}
VOTES = [("light", {}), ("consent", {}), ("likes", {"budget": 2}), ("choice", {}), ("positions", {}), ("points", {}),
         ("scale", {"key": "seguros", "reveal": "close"}), ("choice", {"key": "lugar"} | WHERE)]


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """A running server; in room 1 ideas and every vote of this file are open, in room 2 hearts, in room 3
    dots that a delegation shares."""
    data = tmp_path_factory.mktemp("votes")
    app = cast.app(data)
    meeting = cast.found(app)
    with app.extensions["house"].store.write() as session:
        numbering.lock(session, {meeting["workshop"]})
        room = session.get(Room, meeting["rooms"][0])
        room.steps = [{"key": "all", "minutes": 0, "opens": ["ideas", "seguros", "scale", *(kind for kind, _ in VOTES)]}]
        board = cast.activities(app, room.id)["ideas"]
        for position, (kind, settings) in enumerate(VOTES, 10):
            add_activity(session, room, kind, position, {"source": board} | settings)
        other = session.get(Room, meeting["rooms"][1])
        other.steps = [{"key": "all", "minutes": 0, "opens": ["ideas", "likes"]}]
        add_activity(session, other, "likes", 10, {"source": cast.activities(app, other.id)["ideas"], "budget": 1})
        third = session.get(Room, meeting["rooms"][2])
        third.steps = [{"key": "all", "minutes": 0, "opens": ["ideas", "prioridades"]}]
        add_activity(session, third, "dots", 10, {
            "source": cast.activities(app, third.id)["ideas"], "key": "prioridades", "budget": 3, "per_item": 3,
            "budget_of": "delegation", "reveal": "close"})
    app.extensions["house"].store.close()
    server = Server(data).start()
    yield {"url": server.url, "meeting": meeting, "server": server, "data": data}
    server.stop()


def test_a_vote_of_each_kind_is_cast_and_everybody_sees_what_comes_of_it(join, staff, house):
    rosa, luis = join("Rosa"), join("Luis", size="laptop")
    post(rosa, "Guardar semilla propia")
    post(rosa, "Compras públicas a las familias")
    hers, his = card(rosa, "Guardar semilla"), card(luis, "Guardar semilla")
    hers.get_by_text("Ajustar").click()
    expect(his.get_by_role("radio", name="Ajustar 1")).to_be_visible()
    expect(hers.get_by_role("radio", name="Ajustar")).to_be_checked()
    expect(his.get_by_role("radio", name="Ajustar")).not_to_be_checked()
    his.get_by_role("radio", name="Ajustar").focus()
    luis.keyboard.press("ArrowRight")
    expect(hers.get_by_role("radio", name="Dejar 1")).to_be_visible()
    hers.get_by_text("Sí, con reserva").click()
    expect(his.get_by_role("radio", name="Sí, con reserva 1")).to_be_visible()
    hers.get_by_role("button", name="Dar un corazón a R1-001").click()
    expect(his).to_contain_text("1 corazón")
    expect(rosa.locator("#bar")).to_contain_text("le queda 1 corazón")
    hers.get_by_role("button", name="Quitar el corazón de R1-001").click()
    expect(rosa.locator("#bar")).to_contain_text("le quedan 2 corazones")
    hers.get_by_role("button", name="Más puntos para R1-001").click()
    expect(hers.get_by_role("spinbutton", name="Puntos para R1-001")).to_have_value("5")
    hers.get_by_role("spinbutton", name="Puntos para R1-001").fill("130")
    hers.get_by_role("spinbutton", name="Puntos para R1-001").press("Enter")
    expect(his).to_contain_text("100 puntos")
    expect(rosa.locator("#bar")).to_contain_text("Ya repartió todos sus puntos")
    hers.get_by_role("button", name="Elijo esta").click()
    card(rosa, "Compras").get_by_role("button", name="Elijo esta").click()
    expect(card(luis, "Compras")).to_contain_text("la eligió 1 persona")
    expect(his).not_to_contain_text("la eligió 1 persona")
    hers.get_by_role("slider", name="Esfuerzo").focus()
    rosa.keyboard.press("Home")
    hers.get_by_role("slider", name="Alcance").focus()
    rosa.keyboard.press("End")
    expect(his).to_contain_text("Esfuerzo 0 · Alcance 100")
    expect(rosa.locator("#bar")).to_contain_text("falta ubicar 1 tarjeta")
    bar = rosa.locator("#bar")
    rosa.locator("#brief button").click()  # several votes stand in one line
    bar.get_by_text("En la escuela").click()
    place = luis.locator(".result", has_text="¿Dónde nos vemos?")
    expect(place.locator("li", has_text="En la escuela").locator("b")).to_have_text("1")
    bar.get_by_text("4", exact=True).click()
    expect(bar.get_by_role("radio", name="4", exact=True)).to_be_checked()
    luis.locator("#bar").get_by_role("radio", name="1", exact=True).focus()
    luis.keyboard.press("Space")
    expect(luis.locator(".result.scale")).to_have_count(0)
    for page in (rosa, luis):
        assert complaints(page) == []
    rosa.set_viewport_size({"width": 320, "height": 568})
    assert rosa.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    rosa.reload()
    rosa.locator("#brief button").click()
    expect(rosa.locator("#bar").get_by_role("radio", name="4", exact=True)).to_be_checked()
    desk = staff(f"/w/{house['meeting']['workshop']}/desk")
    desk.on("dialog", lambda dialog: dialog.accept())
    seldom(desk.locator(".tile", has_text="Sala 1")).get_by_role("button", name="Cerrar sala").click()
    result = luis.locator(".result.scale")
    expect(result).to_contain_text("Promedio 2,5, valor central 2,5, distancia media al promedio 1,5.")
    expect(result).to_contain_text("2 personas · de 1 delegación")
    expect(result.locator("li").nth(3).locator("b")).to_have_text("1")
    expect(his.get_by_role("radio", name="Dejar 1")).to_be_disabled()
    assert complaints(luis) == []
    scribe = staff(f"/w/{house['meeting']['workshop']}/r/1/scribe")
    expect(card(scribe, "Guardar semilla")).to_contain_text("Seguir 0 · Ajustar 1 · Dejar 1")
    expect(scribe.locator(".result.scale")).to_contain_text("Promedio 2,5")
    assert complaints(scribe) == []


def test_a_heart_given_to_a_card_that_was_taken_back_can_be_given_to_another(join, house):
    rosa, luis = join("Rosa", room=2), join("Luis", room=2)
    post(luis, "Idea que se retira")
    post(luis, "Idea que queda")
    card(rosa, "se retira").get_by_role("button", name="Dar un corazón").click()
    expect(card(luis, "se retira")).to_contain_text("1 corazón")
    expect(rosa.locator("#bar")).to_contain_text("ya dio todos sus corazones")
    luis.on("dialog", lambda dialog: dialog.accept())
    unfolded(card(luis, "se retira")).get_by_role("button", name="Retirar").click()
    expect(rosa.locator("#bar")).to_contain_text("ya dio todos sus corazones")
    rosa.locator(".absent").get_by_role("button", name="Recuperar").click()
    expect(rosa.locator("#bar")).to_contain_text("le queda 1 corazón")
    card(rosa, "queda").get_by_role("button", name="Dar un corazón").click()
    expect(card(luis, "queda")).to_contain_text("1 corazón")


def test_two_who_share_a_phone_each_have_their_own_answer(open_page, house, staff):
    desk = staff(f"/w/{house['meeting']['workshop']}/desk")
    again = desk.locator(".tile", has_text="Sala 1").get_by_role("button", name="Abrir otra vez")
    if again.count():
        again.click()
    phone = open_page()
    phone.goto(f"/j/{house['meeting']['code']}?r=1")
    phone.fill("#name", "Rosa")
    phone.locator("input[name=delegation]").first.check()
    phone.locator("input[name=channel]").first.check()
    phone.get_by_text("Somos varios").click()
    phone.fill("#name-1", "Don Julio")
    phone.locator("button.main.wide").click()
    phone.wait_for_selector(".chip.line.online")
    phone.locator("#brief button").click()
    marks = phone.locator("#bar .scale")
    marks.get_by_text("2", exact=True).click()
    phone.get_by_role("button", name="Don Julio", exact=True).click()
    phone.locator("#passing").get_by_role("button", name="Soy Don Julio").click()
    expect(marks.get_by_role("radio", name="2", exact=True)).not_to_be_checked()
    marks.get_by_text("5", exact=True).click()
    phone.get_by_role("button", name="Rosa", exact=True).click()
    phone.locator("#passing").get_by_role("button", name="Soy Rosa").click()
    expect(marks.get_by_role("radio", name="2", exact=True)).to_be_checked()


def test_two_of_a_delegation_see_on_their_phones_what_is_left_of_the_dots_that_they_share(join, house):
    rosa, luis = join("Rosa", room=3), join("Luis", room=3, size="laptop")
    post(rosa, "Guardar semilla propia")
    more = card(luis, "Guardar semilla").get_by_role("button", name="Un punto más en R3-001")
    expect(luis.locator("#bar")).to_contain_text("Su delegación: 0 de 3 puntos")
    hers = card(rosa, "Guardar semilla").get_by_role("button", name="Un punto más en R3-001")
    hers.click()
    expect(luis.locator("#bar")).to_contain_text("Su delegación: 1 de 3 puntos")
    more.click()
    expect(rosa.locator("#bar")).to_contain_text("Su delegación: 2 de 3 puntos")
    hers.click()
    expect(luis.locator("#bar")).to_contain_text("Su delegación: 3 de 3 puntos")
    more.click()
    expect(luis.locator("#notes")).to_contain_text("Su delegación tiene 3 puntos en total. Quedan: 0.")
    expect(card(luis, "Guardar semilla")).to_contain_text("1 mío")
    luis.reload()
    expect(luis.locator("#bar")).to_contain_text("Su delegación: 3 de 3 puntos")
