"""What changes out of sight is noticed: the header stays, a change is said once, a vote says what was given."""
import pytest
from playwright.sync_api import expect

from tests.browser.facilitator.test_a_meeting import card, post
from tests.browser.writing.test_late import house, lead  # noqa: F401  (fixtures)

SEEN = "() => document.querySelector('.stick').getBoundingClientRect().top"

# What is read out: what comes into a place that listened before.
HEAR = """() => { window.heard = []; new MutationObserver((all) => { for (const one of all) {
  const at = one.target.nodeType === 1 ? one.target : one.target.parentElement
  if (!at?.closest("[aria-live], [role=status], [role=alert]")) continue
  const said = one.type === "characterData" ? one.target.data : [...one.addedNodes].map((node) => node.textContent).join("")
  if (said.trim()) heard.push(said.replace(/\\s+/g, " ").trim())
} }).observe(document.body, { childList: true, subtree: true, characterData: true }) }"""


@pytest.fixture
def long_board(join, house, lead):  # noqa: F811
    """Rosa, scrolled down on a board of several cards."""
    rosa = join("Rosa")
    for n in range(8):
        post(rosa, f"Idea número {n}: " + "una frase larga que ocupa lugar " * 5)
        expect(card(rosa, f"número {n}:")).to_contain_text("Guardado")
    rosa.evaluate("document.activeElement.blur(); window.scrollTo(0, document.body.scrollHeight)")
    return rosa


def test_the_header_with_step_and_clock_stays_and_is_small(long_board, lead):  # noqa: F811
    lead("step.clock", minutes=12)
    expect(long_board.locator("#clock .clock")).to_be_in_viewport()
    expect(long_board.locator("#step")).to_be_in_viewport()
    expect(long_board.locator("#step")).to_have_text("Paso 1 de 2: Ideas")
    assert long_board.evaluate("scrollY") > 100 and long_board.evaluate(SEEN) == 0
    assert long_board.locator(".stick .top").bounding_box()["height"] <= 72, "two lines of a title and one of the step"


@pytest.mark.parametrize(("verb", "more", "said"), [
    ("step.go", {"step": 1}, "Ahora: Paso 2 de 2: Votar."), ("room.pause", {}, "En pausa. El reloj está detenido."),
    ("room.close", {}, "La sala está cerrada."), ("step.clock", {"minutes": 9}, "El reloj empezó: 9 min.")])
def test_a_change_is_said_on_the_screen_until_it_is_tapped_and_once_to_who_listens(long_board, lead, verb, more, said):  # noqa: F811
    news = long_board.locator("#news")
    assert news.get_attribute("role") == "status" and news.inner_text() == "", "it listens from the beginning"
    long_board.evaluate("""() => { window.said = 0; new MutationObserver(() => window.said++).observe(
        document.getElementById('news'), {childList: true, subtree: true, characterData: true}); }""")
    lead(verb, **more)
    expect(news).to_contain_text(said)
    expect(news).to_be_in_viewport()
    once = long_board.evaluate("window.said")
    long_board.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    post_draws = long_board.evaluate("window.said")
    assert once == post_draws >= 1
    news.get_by_role("button", name="Cerrar este mensaje").click()
    expect(news).to_have_text("")


def test_what_happens_is_read_out_once_and_not_again_when_the_page_is_drawn_anew(join, lead):  # noqa: F811
    rosa = join("Rosa")
    rosa.evaluate(HEAR)
    post(rosa, "Guardar semilla propia")
    expect(rosa.locator(".note")).to_contain_text("Tarjeta escrita")
    for verb, more, said in (("step.clock", {"minutes": 9}, "El reloj empezó: 9 min."), ("room.pause", {}, "En pausa."),
                             ("room.pause", {"on": False}, "Se sigue después de la pausa"),
                             ("step.go", {"step": 1}, "Ahora: Paso 2 de 2: Votar.")):
        lead(verb, **more)
        expect(rosa.locator("#news")).to_contain_text(said)
    rosa.context.set_offline(True)
    expect(rosa.locator(".chip.line")).to_contain_text("Sin conexión")
    rosa.context.set_offline(False)
    expect(rosa.locator(".chip.line")).to_contain_text("En línea")
    heard = rosa.evaluate("heard")
    for said in ("Tarjeta escrita", "El reloj empezó", "En pausa", "Se sigue después", "Paso 2 de 2", "Sin conexión",
                 "En línea"):
        assert sum(said in one for one in heard) == 1, (said, heard)


def test_the_sound_can_be_switched_off_and_stays_off(long_board, lead):  # noqa: F811
    long_board.evaluate("""() => { window.tones = 0; const Real = AudioContext;
        window.AudioContext = function () { window.tones++; return new Real(); }; }""")
    lead("room.pause")
    expect(long_board.locator("#news")).to_contain_text("En pausa")
    assert long_board.evaluate("window.tones") == 1
    long_board.get_by_role("button", name="Sonido cuando algo cambia").click()
    lead("room.pause", on=False)
    expect(long_board.locator("#news")).to_contain_text("Se sigue después de la pausa")
    assert long_board.evaluate("window.tones") == 1


def test_in_a_pause_the_clock_stands_still_on_every_screen(long_board, lead, house, open_page):  # noqa: F811
    lead("step.clock", minutes=12)
    lead("room.pause")
    where = f"/w/{house['meeting']['workshop']}"
    desk, scribe = open_page("laptop"), open_page("laptop")
    for page, path in ((desk, "/desk"), (scribe, "/r/1/scribe")):
        page.context.add_cookies([{"name": "tinkuy", "value": house["cookie"], "url": house["url"]}])
        page.goto(where + path)
    clocks = [long_board.locator("#clock"), desk.locator(".tile").first.locator(".clock"), scribe.locator("#clock")]
    for clock in clocks:
        expect(clock).to_contain_text("⏸")
    before = [clock.inner_text() for clock in clocks]
    for page in (long_board, desk, scribe):  # an hour later by the page's own watch, which is all that has changed
        page.evaluate("() => { const now = Date.now; Date.now = () => now() + 60000; }")
        page.evaluate("() => new Promise((done) => setTimeout(done, 1200))")  # one tick of the page
    assert [clock.inner_text() for clock in clocks] == before and before[0].split()[-1][:4] in ("11:5", "12:0")


def test_a_vote_says_what_was_given_and_what_is_left_and_not_how_the_line_is(long_board, lead):  # noqa: F811
    lead("step.go", step=1)
    told = long_board.locator("#bar .left")
    expect(told).to_have_attribute("role", "status")
    long_board.evaluate("""() => { window.line = []; new MutationObserver(() => window.line.push(1)).observe(
        document.querySelector('.chip.line [role=status]'), {childList: true, subtree: true, characterData: true}); }""")
    more = card(long_board, "número 0:").get_by_role("button", name="Un punto más")
    more.click()
    expect(told).to_have_text("Le quedan 4 puntos")
    more.click()
    expect(told).to_have_text("Le quedan 3 puntos")
    expect(long_board.locator(".chip.line")).not_to_contain_text("por enviar")
    assert long_board.evaluate("window.line") == []
