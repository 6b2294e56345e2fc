"""What stands below the board: as whom one writes, the votes, the field.  It leaves the cards their room on every phone."""
import pytest
from playwright.sync_api import expect

from tests import cast
from tests.browser.conftest import SIZES
from tests.browser.test_seats import family
from tests.browser.test_small_screens import BOX, QUESTION
from tests.browser.test_small_screens import large as large
from tests.browser.test_votes import WHERE
from tests.browser.test_way_in import fill_in, send
from tests.live.server import Server
from workshop.actions.rooms.building import add_activity
from workshop.store.models import Room
from workshop.store.streams import numbering

SCALE = {"key": "seguros", "from": 1, "to": 5, "title": {"es": "¿Qué tan seguros estamos?", "fr": "Sûrs ?", "en": "Sure?"}}
UNSENT = "Una idea que todavía no se mandó y que ocupa varias líneas en un teléfono que es muy pequeño, porque es larga"


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """A running server: in room 1 ideas and dots are open, in room 2 three votes, in room 3 dots alone."""
    data = tmp_path_factory.mktemp("bottom")
    app = cast.app(data)
    meeting = cast.found(app)
    with app.extensions["house"].store.write() as session:
        numbering.lock(session, {meeting["workshop"]})
        for number, (room, opens) in enumerate(zip(meeting["rooms"], (
                ["ideas", "dots"], ["ideas", "dots", "seguros", "lugar"], ["dots"]), strict=True), 1):
            row, board = session.get(Room, room), cast.activities(app, room)["ideas"]
            row.steps = [{"key": "todo", "minutes": 0, "opens": ["ideas"]}, {"key": "votar", "minutes": 0, "opens": opens}]
            row.question = QUESTION
            if number == 2:
                add_activity(session, row, "scale", 40, {"source": board} | SCALE)
                add_activity(session, row, "choice", 41, {"source": board, "key": "lugar"} | WHERE)
    for number, room in enumerate(meeting["rooms"], 1):
        luis, board = cast.Phone(app.test_client()), cast.activities(app, room)["ideas"]
        luis.join(meeting["code"], "Luis", room=number)
        for n in range(6):
            cast.ok(luis.post(board, f"Idea {n}: la feria semanal mantuvo el precio"))
        cast.to_step(app, room, 1)
    app.extensions["house"].store.close()
    server = Server(data).start()
    yield {"url": server.url, "meeting": meeting, "server": server, "data": data}
    server.stop()


def taken(page) -> float:
    """Which part of the screen the bar takes."""
    return page.locator(".bottom").evaluate(BOX)["height"] / page.viewport_size["height"]


def in_screen(page, *selectors: str) -> None:
    """What is named stands on the screen, whole."""
    size = page.viewport_size
    for one in selectors:
        box = page.locator(one).first.evaluate(BOX)
        assert min(box["left"], box["top"]) >= 0 and box["right"] <= size["width"] and box["bottom"] <= size["height"], one


def seen(page, letters: int = 16) -> bool:
    """Whether words of a card are seen between header and bar."""
    return page.evaluate("""(least) => {
      const top = document.querySelector(".stick").getBoundingClientRect().bottom;
      const foot = document.querySelector("#composer:not([hidden])") ?? document.querySelector(".bottom");
      const low = Math.min(...[foot, document.querySelector(".bottom")].map((one) => one.getBoundingClientRect())
        .filter((box) => box.height && box.top < innerHeight).map((box) => box.top), innerHeight);
      return [...document.querySelectorAll("#board .card")].some((one) => {
        const box = one.getBoundingClientRect();
        return Math.min(box.bottom, low) - Math.max(box.top, top) >= least;
      });
    }""", 2 * letters)


@pytest.mark.parametrize("room", [1, 2])
def test_the_bar_takes_at_most_a_third_of_a_phone(open_page, house, room):
    page = family(open_page, house, "Madre", "Hija", room=f"?r={room}")
    page.wait_for_selector(".in-brief")
    assert taken(page) <= 1 / 3
    page.fill("#text", UNSENT)
    assert taken(page) <= 1 / 3
    in_screen(page, "#text", "#composer button.main", ".people .chip")


def test_several_votes_stand_in_one_line_that_opens(open_page, house):
    page = family(open_page, house, "Madre", "Hija", room="?r=2")
    line = page.locator("#brief button")
    expect(line).to_contain_text("3 votaciones abiertas")
    expect(line).to_contain_text("Le quedan 5")
    expect(page.locator("#bar .scale")).to_be_hidden()
    line.click()
    expect(line).to_have_attribute("aria-expanded", "true")
    for mark in ("1", "5"):
        choice = page.locator("#bar .scale label", has_text=mark)
        choice.scroll_into_view_if_needed()
        choice.click()
        expect(page.get_by_role("radio", name=mark, exact=True)).to_be_checked()
    line.click()
    expect(page.locator("#bar .scale")).to_be_hidden()


@pytest.mark.parametrize("room", [1, 3])
@pytest.mark.parametrize("size", ["on its side", "low"])
def test_who_writes_and_what_is_left_stand_below_on_a_low_phone(chromium, large, house, size, room):
    letters = 32 if size == "low" else 16
    width, height = SIZES[size]
    made = []

    def come(_size, **options):
        made.append((large if letters == 32 else chromium).new_context(
            viewport={"width": width, "height": height}, locale="es-PE", base_url=house["url"], **options))
        return made[0].new_page()
    page = come(size)
    fill_in(page, f"/j/{house['meeting']['code']}?r={room}", "Madre")
    page.locator("summary").first.click()
    page.fill("#name-1", "Hija")
    send(page)
    line = page.locator("#brief button")
    for _ in range(2):
        expect(line).to_contain_text("Madre")
        expect(line).to_contain_text("Le quedan 5")
        in_screen(page, "#brief button", *(["#text", "#composer button.main"] if room == 1 else []))
        page.locator(".card").nth(2).evaluate("(one) => one.scrollIntoView({ block: 'center' })")
        assert seen(page, letters)
    page.context.set_offline(True)
    expect(line).to_contain_text("Sin línea")
    page.context.set_offline(False)
    expect(line).not_to_contain_text("Sin línea")
    line.click()
    page.locator(".people .chip", has_text="Hija").click()
    line.click()
    expect(line).to_contain_text("Hija")
    more = page.locator(".card").nth(2).locator(".pair button").last
    more.click()
    expect(line).to_contain_text("Le quedan 4")
    made[0].close()
