"""A phone on its side, large letters, a long question: the field and Send are reached, a card is seen.

And what Return does, and where the focus goes."""
import pytest
from playwright.sync_api import expect

from tests.browser.boards import seldom
from tests.browser.conftest import SIZES
from tests.browser.everybody.test_everybody import INSIDE, OPEN, STAFF
from tests.browser.facilitator.test_a_meeting import card, post
from tests.live.server import Server
from tests.support import cast, needs
from workshop.store.models import Room
from workshop.store.streams import numbering

QUESTION = ("¿Qué hicieron las comunidades para sostener la alimentación de las familias durante la pandemia, "
            "qué de eso sigue vivo hoy en los territorios "
            "y qué tendría que pasar para que no se pierda con otras autoridades?")
BOX = "(one) => one.getBoundingClientRect().toJSON()"


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """A running server; room 1 has a long question and some cards."""
    data = tmp_path_factory.mktemp("small")
    app = cast.app(data)
    meeting = cast.found(app)
    with app.extensions["house"].store.write() as session:
        numbering.lock(session, {meeting["workshop"]})
        session.get(Room, meeting["rooms"][0]).question = QUESTION
    rosa = cast.Phone(app.test_client())
    rosa.join(meeting["code"], "Rosa")
    for n in range(4):
        board = cast.activities(app, meeting["rooms"][0])["ideas"]
        cast.ok(rosa.post(board, f"Idea {n}: la feria semanal mantuvo el precio"))
    for n in range(14):  # so many that they are searched for; two of one name
        cast.Phone(app.test_client()).join(meeting["code"], f"Persona de la comunidad {n // 2}")
    app.extensions["house"].store.close()
    server = Server(data).start()
    yield {"url": server.url, "meeting": meeting, "server": server, "data": data}
    server.stop()


@pytest.fixture
def large(chromium):
    """A browser whose letters are twice as large, by its own setting."""
    browser = chromium.browser_type.launch(
        executable_path=needs.program("chromium-headless-shell", "chromium", "chromium-browser"),
        args=["--no-sandbox", "--blink-settings=defaultFontSize=32"])
    yield browser
    browser.close()


@pytest.mark.parametrize(("size", "letters"), [("on its side", 16), ("low", 32)])
def test_field_and_send_are_reached_and_a_card_is_seen(chromium, large, house, size, letters):
    width, height = SIZES[size]
    page = (large if letters == 32 else chromium).new_context(
        viewport={"width": width, "height": height}, locale="es-PE", base_url=house["url"]).new_page()
    page.goto(f"/j/{house['meeting']['code']}?r=1")
    page.fill("#name", "Ana")
    page.locator("input[name=delegation]").first.check()
    page.locator("input[name=channel]").first.check()
    page.locator("button.main.wide").click()
    page.wait_for_selector(".chip.line.online")
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == f"{letters}px"
    for text in ("", "Una idea que ocupa varias líneas en un teléfono que es muy pequeño"):
        page.fill("#text", text)
        page.locator(".card").nth(1).evaluate("(one) => one.scrollIntoView({ block: 'center' })")
        seen = page.locator(".card").nth(1).evaluate(BOX)
        header, form = page.locator(".stick").evaluate(BOX), page.locator("#composer").evaluate(BOX)
        free = min(form["top"], seen["bottom"]) - max(header["bottom"], seen["top"])
        assert free >= 2 * letters, "a card's words are seen"
        for one in ("#text", "#composer button.main"):
            box = page.locator(one).evaluate(BOX)
            assert min(box["left"], box["top"]) >= 0 and box["right"] <= width and box["bottom"] <= height, one
        assert page.locator("#text").evaluate(BOX)["width"] > 6 * letters
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing is to the side"
    page.context.close()


DRAWN = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
# What stands out of the screen, but for what is moved sideways on purpose.
OUT = """() => [...document.querySelectorAll("body *")].filter((one) => {
  const { right, left, width, height } = one.getBoundingClientRect();
  if (!width || !height || (right <= innerWidth + 1 && left >= -1)) return false;
  if (one.closest(".unseen, .skip, svg, [hidden]")) return false;
  for (let up = one.parentElement; up !== document.body; up = up.parentElement)
    if (["auto", "scroll"].includes(getComputedStyle(up).overflowX) || up.closest(".unseen, details:not([open])"))
      return false;
  return !one.closest("details:not([open]) > :not(summary)") && !one.querySelector("*");
}).map((one) => `${one.tagName}.${one.className} ${one.getBoundingClientRect().right} ${one.textContent.slice(0, 30)}`)"""


@pytest.mark.parametrize("language", ["fr-FR"])  # the longest words of the three
def test_with_letters_twice_as_large_no_page_is_wider_than_the_phone(large, house, language):
    """Every page, with all of its folds open: neither the page nor anything on it stands out to the side."""
    width, height = SIZES["low"]
    contexts = [large.new_context(viewport={"width": width, "height": height}, locale=language, base_url=house["url"])
                for _ in range(2)]
    rosa, elena = (context.new_page() for context in contexts)
    rosa.goto(f"/j/{house['meeting']['code']}?r=1")
    rosa.fill("#name", "María de los Ángeles Choquehuanca Mamani")
    rosa.locator("input[name=delegation]").first.check()
    rosa.locator("input[name=channel]").first.check()
    rosa.locator("button.main.wide").click()
    rosa.wait_for_selector(".chip.line.online")
    elena.goto("/login?next=/methods/mapa_actores")
    elena.fill("#email", "elena@example.org")
    elena.fill("#password", cast.PASSWORD)
    elena.click("button.main")
    elena.click("form[action$='/copy'] button")
    elena.wait_for_url("**/edit")
    at = house["meeting"] | {"method": elena.url.split("/")[-2]}
    walls = {"wall"}  # no phone
    found = {}
    for page, paths in ((rosa, INSIDE | {name: path for name, path in OPEN.items() if name not in walls}), (elena, STAFF)):
        for name, path in paths.items():
            page.goto(path.format(**at))
            page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
            page.evaluate(DRAWN)
            wide = page.evaluate("document.documentElement.scrollWidth")
            if wide > width or page.evaluate(OUT):
                found[name] = (wide, page.evaluate(OUT)[:6])
    for context in contexts:
        context.close()
    assert found == {}


def test_the_question_folds_away_once_somebody_writes_and_opens_again(join):
    rosa = join("Ana")
    details = rosa.locator("#question details")
    expect(details).to_have_attribute("open", "")
    tall = details.evaluate(BOX)["height"]
    rosa.tap("#text") if rosa.evaluate("navigator.maxTouchPoints") else rosa.focus("#text")
    expect(details).not_to_have_attribute("open", "")
    assert details.evaluate(BOX)["height"] < tall / 3
    rosa.locator("#question summary").click()
    expect(details).to_have_attribute("open", "")
    expect(rosa.locator("#question")).to_contain_text("Escriba una idea en cada tarjeta")


def test_return_on_glass_begins_a_line_as_the_key_says_and_ctrl_sends(join):
    rosa = join("Ana", has_touch=True, is_mobile=True)
    assert rosa.evaluate("matchMedia('(pointer: coarse)').matches")
    assert rosa.get_attribute("#text", "enterkeyhint") == "enter"
    rosa.fill("#text", "Primera línea")
    rosa.locator("#text").press("Enter")
    rosa.locator("#text").press_sequentially("segunda")
    expect(rosa.locator("#text")).to_have_value("Primera línea\nsegunda")
    rosa.locator("#text").press("Control+Enter")
    expect(card(rosa, "Primera línea")).to_contain_text("Guardado")


def test_return_with_a_keyboard_sends_and_with_shift_begins_a_line(join):
    rosa = join("Ana", size="laptop")
    rosa.locator("#text").press_sequentially("Una")
    rosa.locator("#text").press("Shift+Enter")
    rosa.locator("#text").press_sequentially("dos de laptop")
    rosa.locator("#text").press("Enter")
    expect(card(rosa, "dos de laptop")).to_contain_text("Guardado")
    expect(rosa.locator("#text")).to_have_value("")


def test_comment_opens_with_its_field_focused_and_change_too(join):
    rosa = join("Ana")
    post(rosa, "Una idea propia para comentar")
    mine = card(rosa, "propia para comentar")
    mine.get_by_role("button", name="Comentar").click()
    expect(rosa.get_by_placeholder("Escriba un comentario")).to_be_focused()
    rosa.keyboard.type("Sin tocar nada más")
    expect(rosa.get_by_placeholder("Escriba un comentario")).to_have_value("Sin tocar nada más")
    mine.get_by_role("button", name="Cambiar").click()
    expect(rosa.locator(".editor textarea")).to_be_focused()




def test_no_tap_leaves_the_focus_on_the_page(join):
    """Every button of an own card and of what it opens, one after the other."""
    rosa = join("Ana", size="laptop")
    for n in range(3):
        post(rosa, f"Propia número {n}")
        expect(card(rosa, f"Propia número {n}")).to_contain_text("Guardado")

    def on() -> str:
        rosa.evaluate("""() => new Promise((done) => setTimeout(
            () => requestAnimationFrame(() => requestAnimationFrame(done)), 50))""")
        return rosa.evaluate("document.activeElement.tagName")
    mine = rosa.locator(f"[id='{card(rosa, 'Propia número 1').get_attribute('id')}']")
    mine.get_by_role("button", name="Cambiar").focus()
    for press in (
            lambda: mine.get_by_role("button", name="Cambiar").press("Enter"),
            lambda: mine.locator(".editor button").last.press("Enter"),
            lambda: mine.get_by_role("button", name="Cambiar").press("Enter"),
            lambda: mine.locator(".editor button.main").press("Enter"),
            lambda: mine.get_by_role("button", name="Comentar").press("Enter"),
            lambda: mine.locator(".talk input").press("Enter"),
            lambda: mine.get_by_role("button", name="Comentar").press("Enter"),
            lambda: seldom(mine).get_by_role("button", name="Retirar").press("Enter"),
            lambda: rosa.locator(".note button").first.press("Enter"),
            lambda: rosa.locator("#composer button.main").focus()):
        press()
        assert on() != "BODY"
