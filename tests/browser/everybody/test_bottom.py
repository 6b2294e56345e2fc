"""What stands below the board: as whom one writes, the votes, the field.  It leaves the cards their room on every phone."""
import secrets

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import SIZES
from tests.browser.everybody.test_small_screens import BOX, QUESTION
from tests.browser.everybody.test_small_screens import large as large
from tests.browser.votes.test_votes import WHERE
from tests.browser.way_in.test_seats import family
from tests.browser.way_in.test_way_in import fill_in, send
from tests.live.server import Server
from tests.support import cast
from workshop.actions.rooms.building import add_activity
from workshop.house import utc_now
from workshop.store.models import Room
from workshop.store.session import Store
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
            row.steps = [{"key": "todo", "minutes": 0, "opens": ["ideas"]}, {"key": "votar", "minutes": 0, "opens": opens},
                         {"key": "par", "minutes": 0, "opens": ["ideas"], "see": "pair"}]
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
    expect(line).to_contain_text("Sin conexión")
    page.context.set_offline(False)
    expect(line).not_to_contain_text("Sin conexión")
    line.click()
    page.locator(".people .chip", has_text="Hija").click()
    page.locator("#passing").get_by_role("button", name="Soy Hija").click()
    line.click()
    expect(line).to_contain_text("Hija")
    more = page.locator(".card").nth(2).locator(".pair button").last
    more.click()
    expect(line).to_contain_text("Le quedan 4")
    made[0].close()


@pytest.mark.parametrize("size", ["on its side", "low"])
@pytest.mark.parametrize("pair", [False, True], ids=["outside", "outside and in a pair"])
def test_a_card_is_seen_beside_who_is_outside_and_the_pair(chromium, large, house, size, pair):
    letters = 32 if size == "low" else 16
    width, height = SIZES[size]
    context = (large if letters == 32 else chromium).new_context(
        viewport={"width": width, "height": height}, locale="es-PE", base_url=house["url"])
    page = context.new_page()
    fill_in(page, f"/j/{house['meeting']['code']}?r=3", "Madre")
    page.locator("summary").first.click()
    page.fill("#name-1", "Hija")
    send(page)
    expect(page.locator("#brief button")).to_contain_text("Madre")
    seats = page.evaluate("JSON.parse(document.getElementById('facts').textContent).seats")
    envelope = {"client": secrets.token_urlsafe(16), "n": 1, "verb": "seat.enter", "seat": seats[1]["id"],
                "payload": {"room": house["meeting"]["rooms"][0]}}
    cast.ok(page.request.post("/api/do", data=envelope, headers={"X-Workshop": "1"}).json())
    if pair:
        step(house, 2)
        page.reload()
        page.fill("#text", "Lo que pienso yo de la feria")
        page.click("#composer button.main")
    expect(page.locator("#beside")).to_contain_text("Su pareja" if pair else "fuera de esta sala")
    page.wait_for_selector("#beside details")
    expect(page.locator("#board .card")).not_to_have_count(0)
    page.evaluate("scrollTo(0, 0)")
    page.wait_for_function("!document.querySelector('#question details').open")
    assert seen(page, letters)
    page.locator("#beside summary").first.click()
    expect(page.locator("#beside").get_by_role("button", name="Traer")).to_be_visible()
    step(house, 1)
    context.close()


def step(house, n: int) -> None:
    """Room 3 goes on."""
    store = Store(f"sqlite:///{house['data'] / 'tinkuy.sqlite'}")
    with store.write() as session:
        numbering.lock(session, {house["meeting"]["workshop"]})
        room = session.get(Room, house["meeting"]["rooms"][2])
        room.step, room.step_at = n, utc_now()
        numbering.touch(session, room, house["meeting"]["workshop"])
    store.close()


def test_the_most_on_one_card_is_told_in_the_bar_and_when_more_is_tapped(open_page, house):
    page = family(open_page, house, "Ana", room="?r=1")
    expect(page.locator("#bar")).to_contain_text("Hasta 3 en la misma tarjeta")
    more = page.locator(".card").nth(1).locator(".pair button").last
    for _ in range(3):
        more.click()
    expect(page.locator(".card").nth(1)).to_contain_text("3 míos")
    expect(page.locator("#bar")).to_contain_text("Le quedan 2")
    expect(more).to_have_attribute("aria-disabled", "true")
    more.click(force=True)
    expect(page.locator(".note")).to_contain_text("no van más en una sola tarjeta")
    expect(page.locator(".card").nth(1)).to_contain_text("3 míos")
