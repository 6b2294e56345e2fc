"""Who may not vote in a step of the room reads it in place of what others press."""
import pytest
from playwright.sync_api import expect

from tests.browser.facilitator.test_a_meeting import card, post
from tests.live.server import Server
from tests.support import cast
from workshop.actions.rooms.rooms import add_activity
from workshop.store.models import Room
from workshop.store.streams import numbering

WHERE = [{"key": "feria", "title": "En la feria"}, {"key": "escuela", "title": "En la escuela"}]


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """A running server; in room 1 the second delegation alone votes, where people are elsewhere, and those who call."""
    data = tmp_path_factory.mktemp("may_vote")
    app = cast.app(data)
    meeting = cast.found(app)
    [_hall, far] = cast.sites(app, meeting, "Salón", "Escuela")
    second = cast.delegations(app, meeting)[1]
    with app.extensions["house"].store.write() as session:
        numbering.lock(session, {meeting["workshop"]})
        room = session.get(Room, meeting["rooms"][0])
        room.steps = [{"key": "all", "minutes": 0, "opens": ["ideas", "v10", "v11", "v12", "v13"]}]
        board = cast.activities(app, room.id)["ideas"]
        for n, (kind, who, more) in enumerate([
                ("choice", {"delegations": [second]}, {"options": WHERE}), ("scale", {"sites": [far]}, {}),
                ("dots", {"channels": ["phone"]}, {}), ("words", {}, {})], 10):
            add_activity(session, room, kind, n, {
                "source": board, "key": f"v{n}", "title": f"Votación {n}", "rules": {"who": who}} | more)
    app.extensions["house"].store.close()
    server = Server(data).start()
    yield {"url": server.url, "meeting": meeting, "server": server, "data": data}
    server.stop()


def test_it_is_said_why_and_nothing_can_be_pressed(join):
    rosa = join("Rosa")
    post(rosa, "Guardar semilla propia")
    bar = rosa.locator("#bar")
    expect(bar.locator(".barred")).to_have_count(3)
    for n, said in enumerate(bar.locator(".barred").all()):
        expect(said).to_contain_text(f"Votación 1{n}")
    expect(bar.locator("input[name=said]")).to_have_count(1)  # the words, in which she has a say
    expect(rosa.locator("input[type=radio]")).to_have_count(0)
    expect(card(rosa, "Guardar semilla").locator(".vote button")).to_have_count(0)
    expect(rosa.locator("#board")).to_contain_text("En la feria · En la escuela")


def test_those_who_share_a_phone_vote_one_after_the_other_in_a_step_too(open_page, house):
    page = open_page()
    page.goto(f"/j/{house['meeting']['code']}?r=1&more=1")
    page.fill("#name", "Julio Mamani")
    page.locator("summary").first.click()
    page.fill("#name-1", "Rosa Choque")
    page.locator("input[name=delegation]").first.check()
    page.locator("input[name=channel]").first.check()
    page.locator("button.main.wide").click()
    page.wait_for_selector(".chip.line.online")
    bar, passing = page.locator("#bar"), page.locator("#passing")
    page.locator("#brief button").click()
    expect(bar.locator(".onward")).to_have_count(0)
    bar.locator("input[name=said]").fill("riego")
    bar.locator(".cloud-mine form button").click()
    expect(bar.locator(".cloud-mine li")).to_contain_text("riego")
    bar.locator(".onward button").click()
    expect(passing.locator("h2")).to_have_text("Rosa Choque")
    expect(passing.locator("h2")).to_be_focused()
    expect(bar.locator(".cloud-mine li")).to_contain_text("riego")  # below, and covered
    assert page.evaluate("document.elementFromPoint(180, 700).closest('#passing') !== null")
    passing.locator("button.main").click()
    expect(passing.locator(".ask")).to_have_count(0)
    expect(bar.locator(".cloud-mine li")).to_have_count(0)
    page.locator("#bar .chip", has_text="Julio").click()  # nobody looks at another's ballot with a tap
    expect(passing.locator("h2")).to_have_text("Julio Mamani")
    passing.locator("button.quiet").click()
    expect(bar.locator(".cloud-mine li")).to_have_count(0)
