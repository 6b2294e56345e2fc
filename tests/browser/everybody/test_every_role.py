"""Everybody who may come opens every page that has a script, in every state of a room: no script fails, the board stands
there.  Who only looks sees what there is, and nothing to press."""
import secrets
import shutil
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import KNOWN, SIZES
from tests.browser.votes.test_votes import VOTES
from tests.live.server import Server
from tests.support import cast, everybody
from tests.support.needs import WHOLE
from tests.support.waiting import PATIENCE
from workshop.actions.rooms.building import add_activity
from workshop.house import utc_now
from workshop.store.models import Room
from workshop.store.session import Store
from workshop.store.streams import numbering

IDEAS = {"key": "ideas", "minutes": 10, "opens": ["ideas"], "may": {"move": "all", "group": "all"}}
VOTE = {"key": "votos", "minutes": 10, "opens": ["dots", "opinions", "seguros", "lugar", *(kind for kind, _ in VOTES)]}
AFTER = {"key": "resumen", "minutes": 0, "opens": []}
SEEN = [IDEAS | {"key": f"solo-{see}", "see": see} for see in ("own", "pair", "four")]
STEPS = [IDEAS, VOTE, AFTER, *SEEN, IDEAS | {"key": "corto", "limit": 1, "grace": 5}]
# What a room can be in: {state: (step, minutes since it was opened, closed, paused, minutes that the clock still has)}
STATES = {"waiting": (0, None, False, False, None), "ideas": (0, 1, False, False, 5), "paused": (0, 1, False, True, 5),
          "over": (0, 11, False, False, -1), "vote": (1, 1, False, False, 5),
          "vote and no clock": (1, 1, False, False, None),
          "vote over": (1, 11, False, False, -1), "after": (2, 1, False, False, None), "own": (3, 1, False, False, 5),
          "pair": (4, 1, False, False, 5), "four": (5, 1, False, False, 5), "limit": (6, 1, False, False, 5),
          "closed": (2, 1, True, False, None)}
PAGES = {"room": "/w/{workshop_id}/r/1", "lobby": "/w/{workshop_id}", "plenary": "/w/{workshop_id}/plenary",
         "scribe": "/w/{workshop_id}/r/1/scribe", "desk": "/w/{workshop_id}/desk", "other room": "/w/{workshop_id}/r/2"}
ONCE = {"team": "/w/{workshop_id}/team", "account": "/account", "login": "/login", "wall": "/s/{screen}",
        "invitation": "/i/{invitation link}", "third room": "/w/{workshop_id}/r/3"}
WALKERS = "HTROFEX"
EXPECTED = (*KNOWN, "status of")  # what a page is refused is told in the console too


@pytest.fixture(scope="module")
def hall(tmp_path_factory):
    """The meeting in which there is something of everything; room 1 with every kind of vote:
    {url, at, cookies, data, server}."""
    source, at, cookies = everybody.build("named")
    data = tmp_path_factory.mktemp("roles")
    shutil.copytree(source, data, dirs_exist_ok=True)
    app = cast.app(data)
    with app.extensions["house"].store.write() as session:
        numbering.lock(session, {at["workshop_id"]})
        room = session.get(Room, at["rooms"][0])
        for position, (kind, settings) in enumerate(VOTES, 40):
            add_activity(session, room, kind, position, {"source": at["board"]} | settings)
        room.steps = STEPS
    app.extensions["house"].store.close()
    server = Server(data).start()
    yield {"url": server.url, "at": at, "cookies": cookies, "data": data, "server": server}
    server.stop()


def put(hall, state: str) -> None:
    """Put room 1 into a state."""
    step, since, closed, paused, left = STATES[state]
    store, now = Store(f"sqlite:///{hall['data'] / 'tinkuy.sqlite'}"), utc_now()
    with store.write() as session:
        numbering.lock(session, {hall["at"]["workshop_id"]})
        room = session.get(Room, hall["at"]["rooms"][0])
        room.step, room.step_at = step, now - timedelta(minutes=since or 0)
        room.opened_at = None if since is None else now - timedelta(minutes=since)
        room.closed_at, room.paused_at = now if closed else None, now if paused else None
        room.deadline = None if left is None else now + timedelta(minutes=left)
        numbering.touch(session, room, hall["at"]["workshop_id"])
    store.close()


@pytest.fixture
def walker(chromium, hall):
    """walker(role, size) -> (a page of somebody, the errors of its scripts)."""
    contexts = []

    def come(role: str, size: str = "phone"):
        width, height = SIZES[size]
        context = chromium.new_context(viewport={"width": width, "height": height}, locale="es-PE", base_url=hall["url"],
                                       reduced_motion="reduce")
        context.set_default_timeout(1000 * PATIENCE)
        contexts.append(context)
        if role in hall["cookies"]:
            context.add_cookies([{"name": "tinkuy", "value": hall["cookies"][role], "url": hall["url"]}])
        page, errors = context.new_page(), []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda said: said.type == "error" and not any(one in said.text for one in EXPECTED)
                and errors.append(said.text))
        return page, errors
    yield come
    for context in contexts:
        context.close()


def settled(page) -> None:
    """Wait until the page's script, if it has one that draws, has drawn."""
    if page.locator("#facts").count() and page.locator("#line, #bar").count():
        page.wait_for_selector(".chip.line.online", state="attached")
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


def opened(role: str, state: str) -> list[tuple[str, str]]:
    """What somebody opens in a state, (name, path), the room as the last; in the gate, of the pages beside the room every
    sixth, so that each page is opened by somebody in every state, and the room in every second state."""
    beside = [(name, path) for name, path in PAGES.items() if name != "room"]
    at = WALKERS.index(role) + list(STATES).index(state)
    chosen = [one for n, one in enumerate(beside) if WHOLE or (at + n) % 6 == 0]
    room = [("room", PAGES["room"])] if WHOLE or at % 2 == 0 else []
    return [*chosen, *(ONCE.items() if state == "ideas" else ()), *room]


def test_each_page_is_opened_by_somebody_in_each_state_and_by_each_in_some():
    for name in PAGES:
        for state in STATES:
            assert any(name in dict(opened(role, state)) for role in WALKERS)
        for role in WALKERS:
            assert any(name in dict(opened(role, state)) for state in STATES)


@pytest.mark.parametrize("role", WALKERS)
def test_no_script_fails_for_anybody_on_any_page_in_any_state(walker, hall, role):
    page, errors = walker(role)
    stays, complaints = walker(role, "laptop")
    put(hall, "ideas")
    stays.goto(PAGES["room"].format(**hall["at"]))
    settled(stays)
    inside = stays.locator("#board").count() > 0
    assert inside == (role in "HROFE")
    found = {}
    for state in STATES:
        put(hall, state)
        for name, path in opened(role, state):
            page.goto(path.format(**hall["at"]))
            settled(page)
            if name == "room" and inside and state not in ("own", "pair", "four"):
                expect(page.locator("#board .card").first).to_be_visible()
            if errors:
                found[state, name] = list(errors)
                errors.clear()
        if inside and opened(role, state)[-1:] == [("room", PAGES["room"])]:  # what stood open has followed
            expect(stays.locator("#step")).to_have_text(page.locator("#step").text_content())
        elif inside:
            settled(stays)
        if complaints:
            found[state, "followed"] = list(complaints)
            complaints.clear()
    assert found == {}


def test_the_wall_follows_every_state(walker, hall):
    page, errors = walker("W", "projector")
    page.goto(ONCE["wall"].format(**hall["at"]))
    for state in STATES:
        put(hall, state)
        settled(page)
    assert errors == []


def test_who_only_looks_sees_board_comments_and_votes_and_nothing_to_press(walker, hall):
    put(hall, "ideas")
    rosa, _ = walker("H")
    olga, errors = walker("O")
    for one in (rosa, olga):
        one.goto(PAGES["room"].format(**hall["at"]))
        settled(one)
    tale = rosa.locator(".card", has_text="texto de la sala uno")
    tale.get_by_role("button", name="Comentar").click()
    rosa.get_by_placeholder("Escriba un comentario").fill("Lo que dijo la abuela")
    rosa.get_by_placeholder("Escriba un comentario").press("Enter")
    expect(olga.locator(".card", has_text="texto de la sala uno")).to_contain_text("Lo que dijo la abuela")
    expect(olga.locator("#composer")).to_have_count(0)
    put(hall, "vote")
    expect(rosa.locator("#bar")).to_contain_text("¿Dónde nos vemos?")
    rosa.locator("#brief button").click()
    rosa.locator("#bar").get_by_text("En la feria").click()
    expect(olga.locator("#board")).to_contain_text("¿Dónde nos vemos?")
    expect(olga.locator("#board")).to_contain_text("En la feria")
    elsewhere, _ = walker("H")
    for state in ("ideas", "vote", "after"):
        put(hall, state)
        elsewhere.goto(PAGES["room"].format(**hall["at"]))  # what is asked for now is of this state
        expect(olga.locator("#step")).to_have_text(elsewhere.locator("#step").text_content())
        settled(olga)
        pressed = olga.locator("#board :is(button, input, select, textarea):not([disabled])").all_inner_texts()
        assert [one for one in pressed if one != "Buscar" and not one.startswith("Ver como ")] == [], state
    assert errors == []


def command(page, verb: str, payload: dict) -> None:
    """A command of somebody of the team."""
    envelope = {"client": secrets.token_urlsafe(16), "n": 1, "verb": verb, "seat": None, "payload": payload}
    cast.ok(page.request.post("/api/do", data=envelope, headers={"X-Workshop": "1"}).json())


@pytest.mark.parametrize("restart", [False, True], ids=["the server stays", "the server starts anew"])
def test_who_is_let_back_in_is_told_and_goes_on_without_touching_anything(walker, hall, restart):
    put(hall, "ideas")
    rosa, errors = walker("H")
    elena, _ = walker("E", "laptop")
    elena.goto(PAGES["lobby"].format(**hall["at"]))
    rosa.goto(PAGES["room"].format(**hall["at"]))
    settled(rosa)
    rosa.fill("#text", "lo que estaba escribiendo")
    put(hall, "vote")
    lines = rosa.locator("#bar p.left")
    expect(lines).not_to_have_count(0)
    who = {"workshop": hall["at"]["workshop_id"], "seats": hall["at"]["seats"]["H"]}
    command(elena, "seat.remove", who)
    expect(rosa.locator("details.left")).to_contain_text("no está")
    assert {one.evaluate("(line) => getComputedStyle(line).overflowY") for one in lines.all()} == {"visible"}
    if restart:
        hall["server"].stop()
        hall["server"].start()
    command(elena, "seat.readmit", who)
    expect(rosa.locator("details.left")).to_have_count(0)
    expect(rosa.locator(".chip.line.online")).to_be_visible()
    expect(rosa.locator("#text")).to_have_value("lo que estaba escribiendo")
    rosa.locator("#brief button").click()
    rosa.locator("#bar").get_by_text("En la escuela").click()
    expect(rosa.get_by_role("radio", name="En la escuela")).to_be_checked()
    assert errors == []
