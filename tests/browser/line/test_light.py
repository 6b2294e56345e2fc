"""A phone on a poor line asks for less: it is offered, it is one tap, and it says what changes."""
import pytest
from playwright.sync_api import expect

from tests.browser.board.test_attachments import choose, seen
from tests.browser.board.test_attachments import picture as picture
from tests.browser.facilitator.test_a_meeting import card, post
from tests.faults.relays.proxy import Apart

MANY = 8  # ideas, written one right after the other
OFFER = "La conexión está lenta. Con menos datos va mejor."
WHY = "Pocos datos: lo que escriben los demás llega cada pocos segundos y gasta menos."
FULL = "Lo que escriben los demás vuelve a llegar al instante."


@pytest.fixture
def far(house):
    """A relay before the server that can be made slow."""
    with Apart(house["server"].port) as proxy:
        yield proxy


def frames(page) -> list:
    """The frames with what others write that come to the page, from its next socket on."""
    come = []

    def hear(frame) -> None:
        if isinstance(frame, str) and frame.startswith('42["cards"'):
            come.append(frame)
    page.on("websocket", lambda socket: socket.on("framereceived", hear))
    return come


def test_the_chip_makes_the_line_light_with_pictures_on_a_tap_and_ideas_by_and_by(join, picture):
    rosa, luis = join("Rosa"), join("Luis", size="laptop")
    choose(luis, picture)
    post(luis, "El almacén de semilla")
    assert seen(rosa, "El almacén de semilla") > 0
    come = frames(rosa)
    rosa.reload()
    rosa.wait_for_selector(".chip.line.online")
    for i in range(3):
        post(luis, f"Deprisa {i}")
        expect(card(rosa, f"Deprisa {i}")).to_have_count(1)
    assert sum("Deprisa" in frame for frame in come) == 3, "each comes when it is written"
    chip = rosa.locator(".chip.line")
    expect(chip).to_have_attribute("aria-pressed", "false")
    chip.click()
    expect(chip).to_have_attribute("aria-pressed", "true")
    expect(chip).to_contain_text("Pocos datos")
    expect(rosa.locator(".note", has_text=WHY)).to_be_visible()
    rosa.reload()  # it stays so
    expect(chip).to_have_attribute("aria-pressed", "true")
    rosa.wait_for_selector(".chip.line.online")
    photo = card(rosa, "El almacén de semilla").locator("a.photo")
    expect(photo).to_have_text("Foto")
    expect(rosa.locator(".card img")).to_have_count(0)
    with rosa.context.expect_page() as whole:
        photo.click()
    whole.value.wait_for_load_state()
    assert whole.value.evaluate("document.images[0].naturalWidth") == 1280
    for i in range(MANY):
        post(luis, f"Despacio {i}")
    expect(rosa.locator(".card", has_text="Despacio")).to_have_count(MANY)
    assert sum("Despacio" in frame for frame in come) < MANY, "they come by and by, several at a time"
    chip.click()
    expect(rosa.locator(".note", has_text=FULL)).to_be_visible()
    expect(chip).to_have_attribute("aria-pressed", "false")
    assert seen(rosa, "El almacén de semilla") > 0


def test_on_a_slow_line_less_is_offered_and_one_tap_takes_it(open_page, house, far):
    rosa = open_page()
    rosa.goto(f"{far.url}/j/{house['meeting']['code']}?r=1")
    rosa.fill("#name", "Rosa")
    rosa.locator("input[name=delegation]").first.check()
    rosa.locator("input[name=channel]").first.check()
    rosa.locator("button.main.wide").click()
    rosa.wait_for_selector(".chip.line.online")
    expect(rosa.get_by_text(OFFER)).to_have_count(0)
    far.latency = 2.0  # each way
    post(rosa, "Desde el valle")
    offer = rosa.locator(".note", has_text=OFFER)
    for i in range(12):  # whoever writes on a line like this waits for answers again and again
        if offer.count():
            break
        post(rosa, f"Otra vez desde el valle {i}")
        rosa.wait_for_timeout(2000)
    expect(offer).to_be_visible()
    offer.get_by_role("button", name="Pocos datos").click()
    expect(rosa.locator(".note", has_text=WHY)).to_be_visible()
    expect(rosa.locator(".chip.line")).to_have_attribute("aria-pressed", "true")
