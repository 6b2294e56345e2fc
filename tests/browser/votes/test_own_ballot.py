"""Who gives a point draws the card that it was given to, not the board: on an old phone each card drawn is time."""
import pytest
from playwright.sync_api import expect

from tests.browser.facilitator.test_a_meeting import card, post
from tests.live.server import Server
from tests.support import cast
from workshop.store.models import Room
from workshop.store.streams import numbering

CARDS = 8
# A card that is drawn writes its number, and nothing else does.
COUNT = """() => {
  const { padStart } = String.prototype;
  window.numbers = [];
  String.prototype.padStart = function (...of) { numbers.push(String(this)); return padStart.apply(this, of); };
}"""


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """A running server; in room 1 people write and give points."""
    data = tmp_path_factory.mktemp("own")
    app = cast.app(data)
    meeting = cast.found(app)
    with app.extensions["house"].store.write() as session:
        numbering.lock(session, {meeting["workshop"]})
        session.get(Room, meeting["rooms"][0]).steps = [{"key": "all", "minutes": 0, "opens": ["ideas", "dots"]}]
    app.extensions["house"].store.close()
    server = Server(data).start()
    yield {"url": server.url, "meeting": meeting, "server": server, "data": data}
    server.stop()


def given(one) -> object:
    return one.locator(".pair b [aria-hidden]")


def more(one) -> object:
    return one.locator(".pair button").last


def test_a_point_draws_its_card_alone_until_there_is_none_left(join, house):
    rosa = join("Rosa")
    for n in range(CARDS):
        post(rosa, f"Semilla número {n}")
        expect(card(rosa, f"número {n}")).to_contain_text("Guardado")
    first, second = card(rosa, "número 0"), card(rosa, "número 1")
    more(first).click()  # what the panels fetch is there after it
    expect(given(first)).to_have_text("1")
    expect(first.locator(".edge")).to_be_visible()  # the first tally gives every card its bar
    rosa.evaluate(COUNT)
    more(second).click()
    expect(given(second)).to_have_text("1")
    rosa.wait_for_function("() => numbers.length > 0")
    drawn = set(rosa.evaluate("numbers"))
    number = second.locator(".number").inner_text()
    assert drawn == {str(int(number.split("-")[1]))}, "a card was drawn that nothing was given to"
    for one in (first, second, second):
        more(one).click()
    expect(more(card(rosa, "número 5"))).to_be_disabled()
    assert len(set(rosa.evaluate("numbers"))) == CARDS, "every card takes no more"
    first.locator(".pair button").first.click()
    expect(more(card(rosa, "número 5"))).to_be_enabled()
