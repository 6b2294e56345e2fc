"""Cards are dragged with the mouse or with a finger; with the keyboard the same is done from the list."""
import pytest
from playwright.sync_api import expect

from tests.browser.boards import seldom
from tests.browser.facilitator.test_a_meeting import card, post
from tests.live.server import Server
from tests.support import cast
from workshop.store.models import Activity, Room
from workshop.store.streams import numbering

STEP = {"key": "ordenar", "minutes": 0, "opens": ["ideas"], "may": {"move": "all", "group": "all"}}
COLUMNS = [{"key": "ayer", "title": "Ayer"}, {"key": "hoy", "title": "Hoy"}, {"key": "manana", "title": "Mañana"}]


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """A running server; in room 1 a board of three columns that all may arrange."""
    data = tmp_path_factory.mktemp("dragging")
    app = cast.app(data)
    meeting = cast.found(app)
    with app.extensions["house"].store.write() as session:
        numbering.lock(session, {meeting["workshop"]})
        session.get(Room, meeting["rooms"][0]).steps = [STEP]
        board = session.get(Activity, cast.activities(app, meeting["rooms"][0])["ideas"])
        board.settings = board.settings | {"columns": COLUMNS}
    app.extensions["house"].store.close()
    server = Server(data).start()
    yield {"url": server.url, "meeting": meeting, "server": server, "data": data}
    server.stop()


def column(page, title: str):
    return page.locator("section.column", has_text=title)


def grip(page, text: str) -> dict:
    """The middle of a card."""
    one = card(page, text)
    one.scroll_into_view_if_needed()
    box = one.locator(".text").bounding_box()
    return {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}


def carry(page, text: str, to: str, *, drop: bool = True) -> None:
    """With the mouse: press, move in small steps, let go."""
    page.wait_for_selector("body.drags")
    at, box = grip(page, text), column(page, to).bounding_box()
    across = box["x"] + box["width"] / 2
    page.mouse.move(at["x"], at["y"])
    page.mouse.down()
    page.mouse.move(at["x"] + 20, at["y"] + 5, steps=3)
    page.mouse.move(across, at["y"], steps=6)
    expect(page.locator(".ghost")).to_be_visible()
    expect(page.locator(".column.drop")).to_have_count(1)
    if drop:
        page.mouse.up()


def test_a_card_is_dragged_to_another_column_and_taken_back(join):
    luis, rosa = join("Luis", size="laptop"), join("Rosa", size="laptop")
    post(luis, "Guardar semilla propia")
    carry(luis, "Guardar semilla", "Hoy")
    expect(column(rosa, "Hoy")).to_contain_text("Guardar semilla propia")
    expect(luis.locator(".ghost")).to_have_count(0)
    luis.get_by_role("button", name="Deshacer").click()
    expect(column(rosa, "Ayer")).to_contain_text("Guardar semilla propia")


def test_several_that_are_chosen_go_together_and_escape_leaves_them(join):
    luis = join("Luis", size="laptop")
    for text in ("Ferias cada semana", "Trueque en la frontera"):
        post(luis, text)
        seldom(card(luis, text)).get_by_role("button", name="Ordenar").click()
    carry(luis, "Ferias cada semana", "Mañana", drop=False)
    expect(luis.locator(".ghost")).to_have_text("2 tarjetas elegidas")
    luis.keyboard.press("Escape")
    luis.mouse.up()
    expect(luis.locator(".ghost")).to_have_count(0)
    expect(column(luis, "Mañana")).not_to_contain_text("Ferias")
    carry(luis, "Ferias cada semana", "Mañana")
    expect(column(luis, "Mañana")).to_contain_text("Ferias cada semana")
    expect(column(luis, "Mañana")).to_contain_text("Trueque en la frontera")


def test_a_card_that_is_taken_away_while_it_is_dragged_breaks_nothing(join):
    luis, rosa = join("Luis", size="laptop"), join("Rosa", size="laptop")
    rosa.on("dialog", lambda dialog: dialog.accept())
    post(rosa, "Radio en quechua")
    carry(luis, "Radio en quechua", "Mañana", drop=False)
    seldom(card(rosa, "Radio en quechua")).get_by_role("button", name="Retirar").click()
    expect(luis.locator(".card", has_text="Radio en quechua")).to_have_count(0)
    luis.mouse.up()
    post(luis, "Sigue igual")
    expect(column(luis, "Ayer")).to_contain_text("Sigue igual")


def test_a_finger_that_holds_still_drags_and_one_that_slips_scrolls(join):
    luis, rosa = join("Luis", has_touch=True), join("Rosa", size="laptop")
    post(luis, "Agua de riego")
    luis.wait_for_selector("body.drags")
    finger = luis.context.new_cdp_session(luis)

    def touch(kind: str, *points: dict) -> None:
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": list(points)})
    at = grip(luis, "Agua de riego")
    touch("touchStart", at)
    touch("touchMove", {"x": at["x"], "y": at["y"] + 40})
    touch("touchEnd")
    expect(luis.locator(".ghost")).to_have_count(0)
    tab = luis.locator(".tabs button", has_text="Mañana")
    touch("touchStart", grip(luis, "Agua de riego"))
    expect(luis.locator(".ghost")).to_be_visible()
    box = tab.bounding_box()  # the columns' names come to the top while something is carried
    touch("touchMove", {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2})
    expect(luis.locator(".tabs .drop")).to_have_count(1)
    touch("touchEnd")
    expect(column(rosa, "Mañana")).to_contain_text("Agua de riego")


def test_the_keyboard_alone_moves_a_card(join):
    luis = join("Luis", size="laptop")
    post(luis, "Cuidar la laguna")
    seldom(card(luis, "Cuidar la laguna")).get_by_role("button", name="Ordenar").focus()
    luis.keyboard.press("Enter")
    expect(luis.locator(".arrange")).to_be_focused()
    choose = luis.locator(".arrange").get_by_label("Columna")
    choose.focus()
    choose.select_option("hoy")
    luis.keyboard.press("Tab")
    luis.keyboard.press("Enter")
    expect(column(luis, "Hoy")).to_contain_text("Cuidar la laguna")
