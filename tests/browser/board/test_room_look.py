"""What of a board is in view: forty short cards on a laptop, one row of actions on a narrow phone, nothing cut off."""
import secrets

import pytest
from playwright.sync_api import expect

from tests.browser.boards import build
from tests.live.server import Server
from tests.support import cast
from workshop.pages.shell.assets import BUILD
from workshop.store.models import Activity

COLUMNS = [{"key": key, "title": {"es": title}} for key, title in
           (("a", "Ayudó"), ("b", "Costó"), ("c", "Aprendimos"), ("d", "Proponemos"))]
TEXTS = ("Feria de los sábados", "Precios por radio", "Huerto junto a la casa", "Turnos de riego escritos",
         "Semillero propio", "Cuaderno de campo", "Radio comunal", "Asamblea pequeña", "Abono propio", "Módulo de agua",
         "Camión hasta el mercado",
         "Trueque de papa")
WHOLE = """() => { const low = document.querySelector(".bottom").getBoundingClientRect().top
  const high = document.querySelector(".stick").getBoundingClientRect().bottom
  return [...document.querySelectorAll(".card")].map((card) => card.getBoundingClientRect())
    .filter((box) => box.height && box.top >= high && box.bottom <= low).length }"""
ROWS = """() => [...document.querySelectorAll(".column.active .card > .tools")].map((row) =>
  new Set([...row.children].map((one) => Math.round(one.getBoundingClientRect().top / 20))).size)"""

PLACES = """() => [...document.querySelectorAll(".card")].map((card) => Math.round(card.getBoundingClientRect().top))"""


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """A running server with a board of four columns and 48 cards of a few words."""
    data = tmp_path_factory.mktemp("look")
    made = build(data)
    app = cast.app(data, rate=1e6, burst=10**6)
    with app.extensions["house"].store.write() as session:
        board = session.get_one(Activity, made["boards"]["columns"])
        board.settings = board.settings | {"columns": COLUMNS}
    writer = cast.Phone(app.test_client())
    writer.join(made["meeting"]["code"], "Elvira Condori", room=made["rooms"]["columns"])
    for text in TEXTS:
        for column in COLUMNS:
            cast.ok(writer.do("contribution.add", {"activity": made["boards"]["columns"], "id": secrets.token_urlsafe(9),
                                                   "body": {"text": text}, "place": {"column": column["key"]}}))
    app.extensions["house"].store.close()
    assert BUILD.exists()
    server = Server(data).start()
    yield made | {"url": server.url, "server": server}
    server.stop()


def test_forty_short_cards_are_in_view_on_a_laptop_and_say_more_under_the_pointer(join, house):
    page = join("Luis", room=house["rooms"]["columns"], size="laptop")
    page.goto(f"{page.url}?all=1")
    expect(page.locator(".column[data-place] .card")).to_have_count(48)  # drawn some at a time
    page.wait_for_function(f"() => ({WHOLE})() >= 40")
    one = page.locator(".card", has_text="Radio comunal").first
    assert one.locator(".tools").bounding_box()["height"] < 1
    before = page.evaluate(PLACES)
    one.hover()
    expect(one.get_by_role("button", name="Comentar")).to_be_in_viewport(ratio=1)
    assert page.evaluate(PLACES) == before, "nothing moves away from under a hand"


@pytest.mark.parametrize("width", [320, 360])
def test_a_phone_shows_whole_words_in_reach_without_sideways_scrolling(join, house, width):
    page = join("Luis", room=house["rooms"]["columns"])
    page.set_viewport_size({"width": width, "height": 740})
    expect(page.locator(".column.active .card").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert set(page.evaluate(ROWS)) == {1}, "one row of actions for each card"
    clipped = page.evaluate("""() => [...document.querySelectorAll(".tabs button, .tools button, .send, .hand")]
      .filter((one) => one.offsetParent)
      .filter((one) => one.scrollWidth > one.clientWidth + 1 || one.getBoundingClientRect().height < 43.5).length""")
    assert clipped == 0


def test_each_column_shows_something_before_the_earlier_ideas_come(join, house):
    page = join("Luis", room=house["rooms"]["columns"], size="laptop")
    for n in range(4):
        expect(page.locator(".column").nth(n).locator(".card").first).to_be_visible()
