"""Four journeys on a phone in three engines: the way in, posting, the line that is cut, voting."""
import json
import sqlite3

import pytest

from tests.browser.engines import ENGINES
from tests.faults.relays.proxy import Apart
from tests.live.server import Server
from tests.support import cast

# Taps that come before the page is drawn anew.  [[a text of the card, the name of the button]]
AT_ONCE = """(taps) => { for (const [text, name] of taps) {
  const card = [...document.querySelectorAll(".card")].find((one) => one.textContent.includes(text));
  [...card.querySelectorAll("button")].find((one) => (one.ariaLabel || one.textContent).includes(name)).click();
} }"""
KEPT, BOUGHT = "Guardar semilla propia", "Compras públicas a las familias"


@pytest.fixture(scope="module", params=list(ENGINES))
def engine(request):
    """Each engine in its turn; what only one of them needs is begun when it is its turn."""
    first = [request.getfixturevalue("chromium")] if request.param == "chromium" else []
    engine = ENGINES[request.param](*first)
    yield engine
    engine.close()


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """A running server with the founding meeting; in room 2 there are two ideas, and one votes on them."""
    data = tmp_path_factory.mktemp("journeys")
    app = cast.app(data)
    meeting = cast.found(app)
    luis, second = cast.Phone(app.test_client()), meeting["rooms"][1]
    luis.join(meeting["code"], "Luis", room=2, delegation=cast.delegations(app, meeting)[1])
    for text in (KEPT, BOUGHT):
        cast.ok(luis.post(cast.activities(app, second)["ideas"], text))
    cast.to_step(app, second, 1)
    app.extensions["house"].store.close()
    server = Server(data).start()
    yield {"url": server.url, "meeting": meeting, "server": server, "data": data}
    server.stop()


@pytest.fixture
def join(engine, house):
    """join(name, room, line) -> the tab of somebody new, who has come into a room by its link, over a line of their own."""
    tabs = []

    def enter(name: str, room: int = 1, line: str = ""):
        tabs.append(tab := engine.tab())
        tab.go(f"{line or house['url']}/j/{house['meeting']['code']}?r={room}")
        tab.fill("#name", name)
        tab.tap("label.choice", "Taraco")
        tab.tap("label.choice", "Lejos")
        tab.sees("label.choice:has(:checked)", times=2)
        assert tab.sideways() <= 0
        tab.tap("button.main.wide")
        tab.sees(".chip.line.online")
        return tab
    yield enter
    for tab in tabs:
        tab.close()


def count(house, question: str, *values) -> int:
    """What the store counts."""
    with sqlite3.connect(house["data"] / "tinkuy.sqlite") as connection:
        return connection.execute(question, values).fetchone()[0]


def seated(house, name: str) -> int:
    """How many of this name there are."""
    return count(house, "SELECT count(*) FROM seat WHERE name = ?", name)


def written(house, text: str) -> int:
    """How many cards say this."""
    return count(house, "SELECT count(*) FROM contribution WHERE body ->> '$.text' = ?", text)


def post(tab, text: str) -> None:
    tab.fill("#text", text)
    tab.tap("#composer button.main")


def in_the_room(tab, room: str) -> None:
    """The room has come, at its own address, and complains of nothing."""
    tab.sees(".chip.line.online")
    tab.until("(room) => location.pathname === room", room)
    assert tab.find("#problem .problem") == [] and tab.find("#composer, #bar") and tab.sideways() <= 0


def test_the_way_in_is_gone_once_however_often_the_room_is_loaded(join, house, engine):
    name, room = f"Rosa {type(engine).__name__}", f"/w/{house['meeting']['workshop']}/r/1"
    rosa = join(name)
    in_the_room(rosa, room)
    for _ in range(2):
        rosa.again()  # WebKit sends the form of the way in once more, to the room
        in_the_room(rosa, room)
    rosa.tap("header .back")
    rosa.until("(room) => location.pathname === room.slice(0, -4) && document.readyState === 'complete'", room)
    rosa.back()
    in_the_room(rosa, room)
    rosa.go(f"{house['url']}/j/{house['meeting']['code']}?r=1")
    in_the_room(rosa, room)
    assert seated(house, name) == 1


def test_what_is_posted_is_saved_seen_by_the_others_and_there_when_the_page_is_loaded_anew(join, house, engine):
    said, mended, answer = (f"{words} {type(engine).__name__}" for words in ("Antes", "Después", "También"))
    rosa, luis = join("Rosa"), join("Luis")
    post(rosa, said)
    rosa.sees(".card", said, ".saved")
    luis.sees(".card", said)
    luis.tap(".card", said, "button", "Comentar")
    luis.fill(".card [name=text]", answer)
    luis.tap(".card", said, "button", "Enviar")
    rosa.sees(".card", answer)
    rosa.tap(".card", said, "button", "Cambiar")
    rosa.fill(".editor textarea", mended)
    rosa.tap(".editor button.main")
    for tab in (luis, rosa):
        tab.sees(".card", mended)
        tab.sees(".card", said, times=0)
        tab.again()
        tab.sees(".chip.line.online")
        tab.sees(".card", mended)
    assert (written(house, said), written(house, mended), written(house, answer)) == (0, 1, 1)


def test_what_is_typed_while_the_line_is_cut_is_saved_after_it_once(join, house, engine):
    with Apart(house["server"].port) as line:
        rosa, luis = join("Rosa", line=line.url), join("Luis")
        texts = [f"En el corte {n} {type(engine).__name__}" for n in range(3)]
        line.shut()
        line.reset()
        for text in texts:
            post(rosa, text)
            rosa.sees(".card", text, ".state")
        rosa.sees(".chip.line", "3 por enviar")
        assert [written(house, text) for text in texts] == [0, 0, 0] and rosa.find(".card .saved") == []
        line.heal()
        for text in texts:
            rosa.sees(".card", text, ".saved")
            luis.sees(".card", text)
        rosa.sees(".chip.line.online")
        assert rosa.find(".chip.line", "por enviar") == []
        rosa.again()
        for text in texts:
            rosa.sees(".card", text)
        assert [written(house, text) for text in texts] == [1, 1, 1]


def test_points_are_given_seen_taken_back_and_still_there_when_the_page_is_loaded_anew(join, house, engine):
    name = f"Rosa {type(engine).__name__}"
    rosa, luis = join(name, room=2), join("Luis", room=2)
    rosa.sees("#bar", "Le quedan 5 puntos")
    before = int(rosa.find(".card", KEPT, ".sum")[0].split()[0]) if rosa.find(".card", KEPT, ".sum") else 0
    rosa.tap(".card", KEPT, "button", "Un punto más")
    rosa.sees("#bar", "Le quedan 4 puntos")
    rosa.tap(".card", KEPT, "button", "Un punto más")
    rosa.sees("#bar", "Le quedan 3 puntos")
    luis.sees(".card", KEPT, ".sum", f"{before + 2} puntos")
    rosa.run(AT_ONCE, [[KEPT, "Un punto menos"], [BOUGHT, "Un punto más"], [KEPT, "De acuerdo"], [BOUGHT, "En desacuerdo"]])
    rosa.sees("#bar", "Le quedan 3 puntos")
    rosa.sees("#bar", "tarjetas esperan su opinión", times=0)
    rosa.again()
    rosa.sees("#bar", "Le quedan 3 puntos")
    with sqlite3.connect(house["data"] / "tinkuy.sqlite") as connection:
        ballots = connection.execute("SELECT choices FROM ballot JOIN seat ON seat.id = ballot.seat_id "
                                     "WHERE seat.name = ?", (name,)).fetchall()
    assert sorted(sorted(json.loads(choices).values()) for [choices] in ballots) == [[-1, 1], [1, 1]]
