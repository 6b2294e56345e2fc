"""The rounds of a café on a phone: one writes into the column of the round, wherever one is reading."""
import pytest
from playwright.sync_api import expect

from tests.browser.facilitator.test_a_meeting import card, post
from tests.live.server import Server
from tests.support import cast
from workshop.store.models import Activity, Room
from workshop.store.streams import numbering

ROUNDS = {"ronda_1": "Primera ronda", "ronda_2": "Segunda ronda", "ronda_3": "Tercera ronda", "cosecha": "Cosecha"}


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """A running server; room 1 is a café in its first round."""
    data = tmp_path_factory.mktemp("rounds")
    app = cast.app(data)
    meeting = cast.found(app)
    with app.extensions["house"].store.write() as session:
        numbering.lock(session, {meeting["workshop"]})
        board = session.get(Activity, cast.activities(app, meeting["rooms"][0])["ideas"])
        board.settings = {"columns": [{"key": key, "title": dict.fromkeys(("es", "fr", "en"), title)}
                                      for key, title in ROUNDS.items()]}
        session.get(Room, meeting["rooms"][0]).steps = [
            {"key": key, "minutes": 0, "opens": ["ideas"], "columns": [key]} for key in ROUNDS]
    elena = cast.facilitator(app, meeting)
    app.extensions["house"].store.close()
    server = Server(data).start()
    yield {"url": server.url, "meeting": meeting, "server": server, "data": data,
           "cookie": elena.http.get_cookie("tinkuy").value}
    server.stop()


def test_who_writes_in_a_round_writes_into_its_column_wherever_they_read(house, join, open_page):
    rosa = join("Rosa")
    tab = rosa.locator(".tabs [aria-pressed=true]")
    expect(tab).to_contain_text("Primera ronda")
    post(rosa, "De la primera")
    elena = open_page("laptop")
    elena.context.add_cookies([{"name": "tinkuy", "value": house["cookie"], "url": house["url"]}])
    elena.goto(f"/w/{house['meeting']['workshop']}/desk")
    elena.get_by_role("button", name="Siguiente paso").first.click()
    expect(tab).to_contain_text("Segunda ronda")
    expect(tab).to_be_in_viewport(ratio=0.9)
    post(rosa, "De la segunda")
    rosa.get_by_role("button", name="Primera ronda").click()
    expect(card(rosa, "De la primera")).to_be_visible()
    post(rosa, "También de la segunda")
    expect(tab).to_contain_text("Segunda ronda 2")
    expect(card(rosa, "También de la segunda")).to_be_visible()


def test_who_is_moved_by_hand_is_in_the_other_room_and_still_has_what_they_were_typing(house, join, open_page):
    at = f"/w/{house['meeting']['workshop']}"
    wara = join("Wara", room=2)
    wara.fill("#text", "A medio escribir")
    elena = open_page("laptop")
    elena.context.add_cookies([{"name": "tinkuy", "value": house["cookie"], "url": house["url"]}])

    def move(to: str) -> None:
        elena.goto(f"{at}/people?q=Wara")
        elena.locator(".ticked [type=checkbox]").check()
        value = elena.locator("#to option", has_text=to).get_attribute("value")
        elena.select_option("#to", value)
        elena.get_by_role("button", name="Pasar").click()
    move("a la sala 1")
    wara.wait_for_url(f"**{at}/r/1")
    expect(wara.locator(".left, #hints, #bar").get_by_text("A medio escribir")).to_be_visible()
    expect(elena.locator(".person-row", has_text="Wara")).to_contain_text("Sala 1")
    move("entrada")
    wara.wait_for_url(f"**{at}")
    expect(elena.locator(".person-row", has_text="Wara")).not_to_contain_text("Sala")
