"""On a phone: what was given to a card is seen and can be taken back when the card is put together with another, hidden, or
in a group by now; a paste that is too long stays whole."""
import pytest
from playwright.sync_api import expect

from tests.browser.everybody.test_everybody import complaints
from tests.browser.facilitator.test_a_meeting import card, post
from tests.live.server import Server
from tests.support import cast
from workshop.actions.rooms.rooms import add_activity
from workshop.domain.ids import new_id
from workshop.store.models import Room
from workshop.store.streams import numbering


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """A running server: dots in room 1, dots on groups in room 2."""
    data = tmp_path_factory.mktemp("follow")
    app = cast.app(data)
    meeting = cast.found(app)
    boards = [cast.activities(app, room)["ideas"] for room in meeting["rooms"]]
    with app.extensions["house"].store.write() as session:
        numbering.lock(session, {meeting["workshop"]})
        for at, per in enumerate(("card", "group")):
            room = session.get(Room, meeting["rooms"][at])
            room.steps = [{"key": "all", "minutes": 0, "opens": ["ideas", "dots"]}]
            if per == "group":
                room.steps = [{"key": "all", "minutes": 0, "opens": ["ideas", "orden"]}]
                add_activity(session, room, "dots", 20, {
                    "source": boards[at], "key": "orden", "per": per, "title": {"es": "Lo que más importa"}})
    elena = cast.facilitator(app, meeting)
    cookie = elena.http.get_cookie("tinkuy").value
    app.extensions["house"].store.close()
    server = Server(data).start()
    yield {"url": server.url, "meeting": meeting, "server": server, "data": data, "boards": boards, "cookie": cookie}
    server.stop()


@pytest.fixture
def lead(house, open_page):
    """lead(verb, payload): Elena does something."""
    page = open_page("laptop")
    page.context.add_cookies([{"name": "tinkuy", "value": house["cookie"], "url": house["url"]}])
    client, n = new_id() + "-elena", iter(range(1, 100))

    def do(verb: str, payload: dict) -> dict:
        answer = page.request.post("/api/do", headers={"X-Workshop": "1"}, data={
            "client": client, "n": next(n), "verb": verb, "payload": payload, "seat": None}).json()
        assert answer.get("ok"), answer
        return answer
    return do


def test_dots_stay_in_sight_and_can_be_taken_back(join, lead, house):
    rosa, board = join("Rosa"), house["boards"][0]
    post(rosa, "Guardar semilla propia")
    post(rosa, "Cuidar la semilla")
    seed, other = (card(rosa, text).get_attribute("id") for text in ("Guardar semilla", "Cuidar la semilla"))
    for _ in range(2):
        card(rosa, "Guardar semilla").get_by_role("button", name="Un punto más en R1-001").click()
    expect(card(rosa, "Guardar semilla")).to_contain_text("2 puntos")
    lead("contribution.merge", {"activity": board, "cards": [seed], "into": other})
    head = card(rosa, "Cuidar la semilla")
    expect(head).to_contain_text("2 míos")
    expect(head.get_by_role("button", name="Un punto menos en R1-001")).to_be_enabled()
    head.get_by_role("button", name="Un punto menos en R1-001").click()
    expect(rosa.locator("#bar")).to_contain_text("Le quedan 4 puntos")
    assert complaints(rosa) == []
    lead("contribution.split", {"id": seed})
    lead("contribution.hide", {"id": seed, "reason": "Se repite"})
    gone = rosa.locator(".absent")
    expect(gone).to_contain_text("1 punto")
    expect(rosa.locator("#bar")).to_contain_text("Una parte está en lo que ya no está aquí")
    assert complaints(rosa) == []
    gone.get_by_role("button", name="Recuperar").click()
    expect(gone).to_have_count(0)
    expect(rosa.locator("#bar")).to_contain_text("Le quedan 5 puntos")


def test_groups_are_voted_on_and_what_a_group_had_can_be_taken_back(join, lead, house):
    rosa, luis, board = join("Rosa", room=2), join("Luis", room=2, size="laptop"), house["boards"][1]
    post(rosa, "Agua para los potreros")
    post(rosa, "Una feria cada semana")
    water = card(rosa, "Agua").get_attribute("id")
    lead("group.make", {"activity": board, "group": "a-new-group", "name": "El agua", "cards": [water]})
    group = rosa.locator(".group", has_text="El agua")
    group.get_by_role("button", name="Un punto más en El agua").click()
    expect(luis.locator(".group", has_text="El agua")).to_contain_text("1 punto")
    expect(card(rosa, "Agua").get_by_role("button", name="Un punto más")).to_have_count(0)
    card(rosa, "feria").get_by_role("button", name="Un punto más en R2-002").click()
    expect(card(luis, "feria")).to_contain_text("1 punto")
    lead("group.drop", {"id": "a-new-group"})
    expect(luis.locator(".absent")).to_contain_text("1 punto")
    rosa.locator(".absent").get_by_role("button", name="Recuperar").click()
    expect(luis.locator(".absent")).to_have_count(0)
    expect(card(rosa, "Agua").get_by_role("button", name="Un punto más en R2-001")).to_be_enabled()


def test_a_paste_that_is_too_long_stays_whole_with_its_count(join, house):
    rosa = join("Rosa")
    pasted = "Que el agua llegue a todas. " * 200
    rosa.locator("#text").evaluate(
        "(field, text) => { field.focus(); document.execCommand('insertText', false, text); }", pasted)
    assert rosa.locator("#text").input_value() == pasted
    expect(rosa.locator("#composer")).to_contain_text(f"esto tiene {len(pasted.strip())}")
    rosa.locator("#composer button.main").click()
    assert rosa.locator("#text").input_value() == pasted
    rosa.locator("#text").fill("Que el agua llegue")
    expect(rosa.locator("#composer .problem")).to_have_count(0)
    rosa.locator("#composer button.main").click()
    expect(card(rosa, "Que el agua llegue")).to_be_visible()
