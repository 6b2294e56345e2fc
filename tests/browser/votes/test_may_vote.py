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
        room.steps = [{"key": "all", "minutes": 0, "opens": ["ideas", "choice", "scale", "dots", "words"]}]
        board = cast.activities(app, room.id)["ideas"]
        for n, (kind, who, more) in enumerate([
                ("choice", {"delegations": [second]}, {"options": WHERE}), ("scale", {"sites": [far]}, {}),
                ("dots", {"channels": ["phone"]}, {}), ("words", {}, {})], 10):
            add_activity(session, room, kind, n, {"source": board, "title": f"Votación {n}", "rules": {"who": who}} | more)
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
