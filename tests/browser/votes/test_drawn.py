"""What comes of a vote is drawn alike with script and without it: bars as long as their numbers, places, what is locked."""
import re

import pytest

from tests.live.server import Server
from tests.support import cast
from workshop.actions.rooms.building import build_room
from workshop.domain.kinds import votes
from workshop.house import utc_now
from workshop.store.models import Room, Workshop
from workshop.store.streams import numbering

ALL = sorted(votes())
TEXTS = {"a": "Guardar semilla propia", "b": "Una feria cada semana", "c": "Agua para los potreros", "d": "Escuela abierta"}
STEPS = {"open": {}, "own": {"may": {"vote": "own"}}, "over": None}
DRAWN = """() => [...document.querySelectorAll("#board :is(.edge, .result:not(.absent) li)")].map((one) => [
  one.closest(".card")?.id ?? "", one.className.trim(),
  one.matches(".edge") ? "" : one.textContent.replace(/\\s+/g, " ").trim(),
  [...one.querySelectorAll("rect")].map((bar) =>
    ["class", "x", "y", "width", "height"].map((name) => bar.getAttribute(name)).join(" "))])"""
SMALL = """() => [...document.querySelectorAll(":is(.card, #bar) :is(.vote, .graded, .one-of) :is(button, label)")]
  .map((one) => [one.textContent.trim(), one.getBoundingClientRect()])
  .filter(([, box]) => box.width && (box.width < 43.5 || box.height < 43.5)).map(([words]) => words)"""


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """A running server with a room for each kind of vote, in which people have voted as its example says: {url, meeting,
    server, data, rooms: {kind: its number}, step(kind, key): go to one of STEPS}."""
    data = tmp_path_factory.mktemp("drawn")
    app = cast.app(data, rate=1e6, burst=10**6)
    meeting, numbers, ids = cast.found(app), {}, {}
    with app.extensions["house"].store.write() as session:
        numbering.lock(session, {meeting["workshop"]})
        workshop = session.get(Workshop, meeting["workshop"])
        for name in ALL:
            room = build_room(session, workshop, name, votes=(name,))
            room.opened_at = utc_now()
            room.steps = [{"key": key, "minutes": 0, "opens": ["ideas"] if more is None else ["ideas", name]} | (more or {})
                          for key, more in STEPS.items()]
            session.flush()
            numbers[name], ids[name] = room.number, room.id
    delegations = cast.delegations(app, meeting)
    for name in ALL:
        kind, at = votes()[name], cast.activities(app, ids[name])
        people = [cast.Phone(app.test_client()) for _ in kind.example.ballots]
        groups = [None, *dict.fromkeys(of for _choices, of in kind.example.ballots if of)]
        for n, (one, (_choices, of)) in enumerate(zip(people, kind.example.ballots, strict=True)):
            one.join(meeting["code"], f"Persona {n}", room=numbers[name], delegation=of and delegations[groups.index(of)])
        cards = {key: cast.ok(people[0].post(at["ideas"], text))["card"]["id"] for key, text in TEXTS.items()}
        for one, (choices, _of) in zip(people, kind.example.ballots, strict=True):
            cast.ok(one.do("ballot.cast", {"activity": at[name], "base_rev": 0, "choices": {
                cards.get(key, key): choice for key, choice in choices.items()}}))
    app.extensions["house"].performer.count()
    app.extensions["house"].store.close()
    server = Server(data).start()

    def step(name: str, key: str) -> None:
        server.stop()
        again = cast.app(data)
        with again.extensions["house"].store.write() as session:
            session.get(Room, ids[name]).step = list(STEPS).index(key)
        again.extensions["house"].store.close()
        server.start()
    yield {"url": server.url, "meeting": meeting, "server": server, "data": data, "rooms": numbers, "step": step}
    server.stop()


@pytest.fixture
def both(join, house, open_page):
    """both(kind) -> the page of its room on a phone with script, and the same without."""
    def pages(name: str):
        rosa = join("Rosa", room=house["rooms"][name])
        rosa.wait_for_selector("#board .card .head")
        plain = open_page(java_script_enabled=False)
        plain.context.add_cookies(rosa.context.cookies())
        plain.goto(f"/w/{house['meeting']['workshop']}/r/{house['rooms'][name]}")
        return rosa, plain
    return pages


def drawn(page) -> list:
    return sorted(page.evaluate(DRAWN))


@pytest.mark.parametrize("name", ALL)
def test_a_page_with_script_and_one_without_draw_the_same(house, both, name):
    rosa, plain = both(name)
    rosa.wait_for_selector("#board :is(.edge, .result) rect", state="attached")
    assert drawn(rosa) == drawn(plain) != []
    assert rosa.evaluate(SMALL) == plain.evaluate(SMALL) == []
    example = votes()[name].example
    if votes()[name].on_cards(votes()[name].settings) and name != "positions":
        bars = [sum(float(re.search(r"(\S+)% \S+$", one)[1]) for one in parts)
                for _card, _class, _text, parts in drawn(rosa)]
        sums = [sum(n or 0 for n in figures[:-1 if name in ("light", "consent") else 3 if name == "opinions" else 1])
                for _key, figures in example.rows]  # a thing that has no mean has no bar
        assert sorted(bars) == pytest.approx(sorted(100 * one / max(sums) for one in sums), abs=.1)
    for page in (rosa, plain):
        page.context.close()


def test_what_has_won_is_lit_and_equals_have_the_same_place(house, both):
    house["step"]("light", "over")
    house["step"]("dots", "over")
    for name, places in (("dots", ["1", "2"]), ("light", ["1 empate", "1 empate"])):
        rosa, plain = both(name)
        rosa.wait_for_selector(".outcome li")
        assert drawn(rosa) == drawn(plain)
        for page in (rosa, plain):
            lines = page.locator(".outcome li").all()
            assert [re.sub(r"\s+", " ", one.locator(".rank").inner_text()).replace("Puesto ", "").strip()
                    for one in lines] == places
            assert [one.get_attribute("class") for one in lines] == ["won" if one[0] == "1" else "behind" for one in places]
            page.context.close()


def test_where_only_own_ideas_may_be_chosen_another_s_says_so_in_place_of_buttons(house, both):
    house["step"]("dots", "own")
    for page in both("dots"):
        card = page.locator(".card", has_text="Guardar semilla propia")
        assert "No es idea suya" in card.locator(".locked").inner_text()
        assert card.locator(".locked .i").count() == 1 and card.locator(".vote button").count() == 0
        page.context.close()
