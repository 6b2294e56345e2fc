"""Every kind of vote that a room can be given is cast on a phone, and one that fails takes nobody the board."""
import re

import pytest
from playwright.sync_api import expect

from tests.browser.facilitator.test_a_meeting import card, post
from tests.live.server import Server
from tests.support import cast
from tests.support.waiting import wait_for
from workshop.actions.rooms.building import build_room
from workshop.domain.kinds import votes
from workshop.house import utc_now
from workshop.store.models import Activity, Ballot, Workshop
from workshop.store.session import Store
from workshop.store.streams import numbering

ALL = sorted(votes())
# What one presses on a card, but for what is done with the card itself, and below the board, but for people and the line.
CONTROLS = ", ".join(f"{where} :is(button, input):enabled:not(.tools *, .seats *)"
                     for where in (".card", "#bar", "#board fieldset"))


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """A running server with a room for each kind of vote: {url, meeting, server, data, rooms: {kind: its number},
    at: {kind: id of the vote}}."""
    data = tmp_path_factory.mktemp("votes")
    app = cast.app(data)
    meeting, at, numbers = cast.found(app), {}, {}
    with app.extensions["house"].store.write() as session:
        numbering.lock(session, {meeting["workshop"]})
        workshop = session.get(Workshop, meeting["workshop"])
        for name in ALL:
            room = build_room(session, workshop, name, votes=(name,))
            room.opened_at, room.steps = utc_now(), [{"key": "all", "minutes": 0, "opens": ["ideas", name]}]
            session.flush()
            numbers[name] = room.number
            at[name] = session.query(Activity).filter_by(room_id=room.id, kind=name).one().id
    app.extensions["house"].store.close()
    server = Server(data).start()
    yield {"url": server.url, "meeting": meeting, "server": server, "data": data, "at": at, "rooms": numbers}
    server.stop()


def ballots(house, name: str) -> list[dict]:
    """The ballots of a vote that are in the database."""
    store = Store(f"sqlite:///{house['data'] / 'tinkuy.sqlite'}")
    try:
        with store.read() as session:
            return [row.choices for row in session.query(Ballot).filter_by(activity_id=house["at"][name]) if row.choices]
    finally:
        store.close()


@pytest.mark.parametrize("name", ALL)
def test_it_is_cast_on_a_phone_and_still_there_after_loading_anew(join, house, name):
    rosa = join("Rosa", room=house["rooms"][name])
    post(rosa, "Guardar semilla propia")
    one = card(rosa, "Guardar semilla")
    expect(one).to_contain_text("Guardado")
    expect(rosa.locator("#bar")).not_to_be_empty()
    rosa.evaluate("""() => document.querySelectorAll(".card .vote details").forEach((one) => { one.open = true; })""")
    rosa.wait_for_selector(CONTROLS)
    rosa.evaluate("""(all) => [...document.querySelectorAll(all)].forEach((one) => {
      if (one.name === "said") one.value = "agua limpia";
      else one.click();
    })""", CONTROLS)
    wait_for(lambda: ballots(house, name), "the ballot in the database")
    rosa.reload()
    rosa.wait_for_selector(".chip.line.online")
    expect(card(rosa, "Guardar semilla")).to_be_visible()
    assert len(ballots(house, name)) == 1


@pytest.mark.parametrize("part", ["onCard", "bar", "draw"])
def test_a_part_of_a_vote_that_fails_takes_nobody_the_board(join, open_page, house, part):
    rosa, luis = join("Ana", room=house["rooms"]["dots"]), join("Luis", room=house["rooms"]["dots"])
    post(luis, f"Antes de {part}")
    errors = []
    rosa.on("pageerror", lambda error: errors.append(str(error)))
    rosa.wait_for_function("globalThis.tinkuy.held.dots")
    rosa.evaluate("""(part) => {
      tinkuy.held.dots = { ...tinkuy.held.dots, [part]() { throw new Error("planted"); } };
    }""", part)
    post(rosa, f"Con {part} que falla")
    expect(card(rosa, f"Con {part}")).to_contain_text("Guardado")
    expect(card(rosa, f"Antes de {part}")).to_be_visible()
    expect(card(luis, f"Con {part}")).to_be_visible()
    wait_for(lambda: any(re.search("planted", error) for error in errors), "the fault is told")
    rosa.context.close()
    open_page.complaints.clear()
