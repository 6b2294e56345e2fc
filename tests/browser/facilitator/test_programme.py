"""The programme on its page: moved by keys and by hand, and started so that everybody's screen says it."""
import pytest
from playwright.sync_api import expect

from tests.live.server import Server
from tests.support import cast


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """A running server with a day of four blocks, of which one opens a room."""
    data = tmp_path_factory.mktemp("programme")
    app = cast.app(data, rate=1e6, burst=10**6)
    meeting = cast.found(app)
    elena = cast.facilitator(app, meeting)
    today = app.extensions["house"].clock().date().isoformat()
    for title, kind, rooms in (("Presencia", "plenary", []), ("Grupos por eje", "groups", meeting["rooms"][:2]),
                               ("Pausa", "break", []), ("Acuerdos", "plenary", [])):
        cast.ok(elena.do("block.add", {"workshop": meeting["workshop"], "day": today, "title": title, "kind": kind,
                                       "rooms": rooms}, None))
    app.extensions["house"].store.close()
    server = Server(data).start()
    yield {"url": server.url, "server": server, "meeting": meeting, "elena": elena.http.get_cookie("tinkuy").value,
           "path": f"/w/{meeting['workshop']}/programme?day={today}"}
    server.stop()


@pytest.fixture
def page(house, open_page):
    """The programme on Elena's laptop."""
    page = open_page("laptop")
    page.context.add_cookies([{"name": "tinkuy", "value": house["elena"], "url": house["url"]}])
    page.goto(house["path"])
    return page


def titles(page) -> list[str]:
    return page.locator(".block .what b").all_inner_texts()


def test_a_block_goes_up_by_alt_and_an_arrow_and_down_by_hand(page):
    assert titles(page) == ["Presencia", "Grupos por eje", "Pausa", "Acuerdos"]
    page.locator(".block", has_text="Acuerdos").locator(".what").focus()
    page.keyboard.press("Alt+ArrowUp")
    expect(page.locator(".block .what b").nth(2)).to_have_text("Acuerdos")
    drawn, onto = (page.locator(".block", has_text=title).locator(".what b") for title in ("Presencia", "Pausa"))
    drawn.hover()
    page.mouse.down()
    box = onto.bounding_box()
    page.mouse.move(box["x"] + 5, box["y"] - 8, steps=6)
    expect(page.locator(".block.before")).to_contain_text("Pausa")
    page.mouse.up()
    expect(page.locator(".block .what b").nth(2)).to_have_text("Presencia")
    assert titles(page) == ["Grupos por eje", "Acuerdos", "Presencia", "Pausa"]


def test_a_block_that_is_started_is_on_the_phones_in_rooms_and_in_the_lobby(page, house, join):
    rosa, julio = join("Rosa"), join("Julio", room=3)
    julio.goto(f"/w/{house['meeting']['workshop']}")
    page.locator(".block", has_text="Grupos por eje").locator(".what").click()
    page.get_by_role("button", name="Empezar ahora").click()
    expect(page.locator(".block.on")).to_contain_text("Grupos por eje")
    expect(rosa.locator("#news")).to_contain_text("Ahora: Grupos por eje.")
    expect(julio.locator(".on-now h2")).to_have_text("Grupos por eje")
    expect(julio.get_by_role("link", name="Ir a mi sala")).to_have_count(0)
    page.goto(f"/w/{house['meeting']['workshop']}/desk")
    expect(page.locator("[aria-current=step]")).to_contain_text("Grupos por eje")
    expect(page.get_by_text("1 persona no está en ninguna de las salas de lo que está en curso.")).to_be_visible()
    rosa.get_by_role("button", name="Adónde ir").click()
    expect(rosa.get_by_role("link", name="Ir a mi sala")).to_be_visible()
