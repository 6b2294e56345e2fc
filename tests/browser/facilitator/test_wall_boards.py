"""A board that stands alone on a wall is laid out as in its room; nothing of it is cut, page after page."""

import pytest
from playwright.sync_api import expect

from tests.browser import boards
from tests.live.server import Server
from tests.support import cast
from tests.support.cast import Phone, ok
from workshop.store.models import Room

PLACES = {"columns": [{"column": "funciono"}, {"column": "falto"}],
          "matrix": [{"column": "taraco", "row": "agua"}, {"column": "coincidimos", "row": "Las ferias"}],
          "timeline": [{"lane": "contexto", "at": "2019"}, {"lane": "logros", "at": "2021"}]}
MORE = {"list": {"fields": {"que_hay": "Actas", "quien": "El comité de agua"}}}
TEXT = "Guardar semilla propia en cada casa aunque la cosecha sea poca, y escribir los turnos de riego"

# A row that goes on on the next page is one element on both of them: what is cut is a line of its text.
CUT = """() => { const box = document.querySelector("#sent .items").getBoundingClientRect();
  return [...document.querySelectorAll("#sent .items :is(p, span, th, h3)")].flatMap((one) => [...one.childNodes]).filter(
    (node) => node.nodeType === 3 && node.data.trim()).flatMap((node) => { const line = new Range();
      line.selectNodeContents(node);
      return [...line.getClientRects()].filter((at) => at.left < box.right - 1 && at.right > box.left + 1 && (
        at.bottom > box.bottom + 1 || at.right > box.right + 1)).map(() => node.data); }); }"""


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """A server with a room for each layout, twelve cards on each board: {url, meeting, send(layout)}."""
    data = tmp_path_factory.mktemp("walls")
    built = boards.build(str(data))
    meeting, app = built["meeting"], cast.app(data, rate=1e6, burst=10**6, tally_every=0)
    elena, phone, inside = cast.facilitator(app, meeting), Phone(app.test_client()), app.extensions["house"]
    ok(phone.join(meeting["code"], "Rosa", room=None))
    with inside.store.read() as session:
        rooms = {layout: session.query(Room).filter_by(number=number).one().id for layout, number in built["rooms"].items()}
    for layout, board in built["boards"].items():
        ok(phone.do("seat.enter", {"room": rooms[layout]}))
        known = PLACES.get(layout, [{}])
        ids = [ok(phone.post(board, "", body={"text": f"{n} {TEXT}", **MORE.get(layout, {})}, place=known[n % len(known)]))[
            "card"]["id"] for n in range(12)]
        if layout == "plane":
            vote = cast.activities(app, rooms[layout])["positions"]
            ok(phone.do("ballot.cast", {"activity": vote, "base_rev": 0, "choices": {ids[0]: [20, 70], ids[1]: [60, 30]}}))
            inside.performer.count()

    def send(layout: str) -> None:
        blocks = [{"kind": "board", "room": rooms[layout]}]
        ok(elena.do("wall.show", {"workshop": meeting["workshop"], "blocks": blocks}, None))
    server = Server(data).start()
    yield {"url": server.url, "meeting": meeting, "send": send, "elena": elena, "rooms": rooms}
    server.stop()
    inside.store.close()


@pytest.fixture
def wall(open_page, house):
    page = open_page("projector")
    page.goto(f"/s/{house['meeting']['screen']}")
    expect(page.locator("#hours")).not_to_be_empty()
    return page


@pytest.mark.parametrize(("layout", "heads", "rows"), [
    ("columns", ["Lo que funcionó", "Lo que faltó"], []),
    ("matrix", ["Taraco", "Salinas", "En qué coincidimos"], ["El agua de riego", "Las ferias"]),
    ("timeline", ["Contexto", "Logros", "Dificultades"], ["2019", "2021"])])
def test_what_has_columns_stands_as_a_table_whose_heads_are_on_every_page(house, wall, layout, heads, rows):
    house["send"](layout)
    table = wall.locator("#sent .wall-table")
    expect(table.locator("thead th")).to_have_text(heads)
    expect(table.locator("tbody th")).to_have_text(rows)
    expect(wall.locator("#sent .part")).to_contain_text("página 1")
    pages = wall.evaluate("""() => { const box = document.querySelector("#sent .items");
      return Math.round(box.scrollWidth / box.clientWidth); }""")
    assert pages > 1
    for _ in range(pages):
        assert wall.evaluate(CUT) == []
        wall.keyboard.press("ArrowRight")


def test_what_was_placed_on_a_plane_stands_on_it_once_that_is_over(house, wall):
    house["send"]("plane")
    expect(wall.locator("#sent h2")).to_have_text("Tablero plane")
    expect(wall.locator("#sent .wall-card")).to_have_count(12)
    expect(wall.locator("#sent .wall-plane")).to_have_count(0), "people still choose"
    ok(house["elena"].do("room.close", {"room": house["rooms"]["plane"]}, None))
    expect(wall.locator("#sent .wall-plane circle")).to_have_count(2)
    expect(wall.locator("#sent .wall-plane figcaption")).to_have_text("Impacto ↑")
    size = wall.evaluate("""() => { const svg = document.querySelector(".wall-plane svg").getBoundingClientRect();
      return 5.4 * Math.min(svg.width, svg.height) / 106; }""")
    assert size >= 28
    assert wall.evaluate(CUT) == []


@pytest.mark.parametrize("layout", ["tree", "list"])
def test_other_layouts_stay_lists(house, wall, layout):
    house["send"](layout)
    expect(wall.locator("#sent h2")).to_have_text(f"Tablero {layout}")
    expect(wall.locator("#sent .wall-card")).to_have_count(12)
    assert wall.locator("#sent .wall-table").count() == 0 and wall.evaluate(CUT) == []
