"""The wall: what rooms say can be read from the other end of a hall, whatever their number."""
from math import ceil

import pytest
from playwright.sync_api import expect

from tests.live.server import Server
from tests.support import cast
from workshop.actions.rooms import building, workshops
from workshop.store.models import Account, Activity, Contribution, Room
from workshop.store.streams import numbering

SECTIONS = ("idea", "agreement", "disagreement", "commitment", "question", "quotation")
ROOMS = (1, 2, 3, 4, 5, 6, 12, 20)
WALLS = ((1920, 1080), (1366, 768), (1024, 768))
LETTERS = 16  # that a line has at least
OF_THE_WIDTH = 1 / 75  # a letter's height: on an image of two metres, a good 26 mm, which is read from eight metres
FLOOR = 28  # px at 1920, under which nothing is written on a wall
LONG = "Capacidades locales para la interculturalidad de las instituciones de salud, 2.ª"
WORD = "Desproporcionadamenteagrupadas"  # thirty letters
VOTED = (3, 5)  # of so many rooms each that has published has voted too
CARDS = (LONG, WORD, "Feria de semillas", "Que los jóvenes que volvieron enseñen a vender por teléfono, con turnos escritos")

MEASURE = """() => {
  const seen = (one) => one.getClientRects().length > 0, box = (one) => one.getBoundingClientRect();
  const groups = [...document.querySelectorAll(".group")].filter(seen);
  const size = (one) => parseFloat(getComputedStyle(one).fontSize), text = document.querySelector(".told .text");
  const words = [...document.querySelectorAll("main *")].filter((one) => seen(one) && box(one).width > 1
    && [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim()));
  const cut = (one) => { const own = box(one), items = one.closest(".items");
    if (own.left < -1 || own.right > innerWidth + 1 || own.top < -1 || own.bottom > innerHeight + 1) return !items;
    if (!items) return false;
    const at = box(items);  // of a sentence all is on this page, or nothing
    return own.left < at.right - 1 && own.right > at.left + 1 && (own.bottom > at.bottom + 1 || own.right > at.right + 1); };
  return {seen: groups.length, column: text.getClientRects()[0].width, letter: size(text),
    told: box(document.querySelector(".told")).height, least: Math.min(...words.map(size)),
    cut: words.filter(cut).map((one) => one.textContent.trim().slice(0, 60)),
    way: (({right, bottom}) => [Math.round(innerWidth - right), Math.round(innerHeight - bottom)])(
      box(document.querySelector("#way img"))),
    others: document.getElementById("others").textContent,
    over: document.documentElement.scrollWidth > innerWidth || document.documentElement.scrollHeight > innerHeight}
}"""


def vote_in(session, room, now) -> None:
    """People have voted in the room, and it sums up."""
    of = {activity.kind: activity for activity in session.query(Activity).filter_by(room_id=room.id)}
    rows = [Contribution(activity_id=of["ideas"].id, stream_id=room.id, kind="idea", place={}, rev=1, created_at=now,
                         number=i, body={"text": text}) for i, text in enumerate(CARDS, 1)]
    session.add_all(rows)
    session.flush()
    of["dots"].tally = {"ballots": 999, "items": {
        row.id: {"points": (1999, 700, 700, 1)[i], "seats": 999 - i, "delegations": 6} for i, row in enumerate(rows)}}
    room.step = 2
    for row in (of["dots"], *rows):
        numbering.touch(session, row)
    numbering.touch(session, room, room.workshop_id)


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """A server with a workshop of one room, one of two, and so on: {url, walls: {rooms: key}, fill(rooms, published)}."""
    data = tmp_path_factory.mktemp("walls")
    app = cast.app(data)
    meeting, inside, walls, summaries = cast.found(app), app.extensions["house"], {}, {}
    with inside.store.write() as session:
        owner = session.get(Account, meeting["owner"])
        for n in ROOMS:
            one = workshops.create_workshop(session, inside.clock(), owner, f"Encuentro de {n} salas",
                                            zones=("America/Lima",), delegations=(), axes=())
            made = [building.build_room(session, one, (f"Lecciones, parte {i + 1}", LONG, WORD)[i % 3],
                                        votes=("dots",) if n in VOTED else ())
                    for i in range(n)]
            for room in made:
                room.opened_at = inside.clock()
            session.flush()
            walls[n] = one.screen_key
            of = session.query(Activity).filter_by(kind="summary")
            summaries[n] = one.id, [of.filter_by(room_id=room.id).one().id for room in made]

    def fill(rooms: int, published: int) -> None:
        """So many of the rooms have published eight sentences."""
        workshop, made = summaries[rooms]
        with inside.store.write() as session:
            numbering.lock(session, {workshop})
            for key in made[:published]:
                summary = session.get(Activity, key)
                if summary.published_at:
                    continue
                summary.published_at = inside.clock()
                if rooms in VOTED:
                    vote_in(session, session.get(Room, summary.room_id), inside.clock())
                rows = [Contribution(activity_id=key, stream_id=summary.stream_id, kind="item", place={}, rev=1,
                                   account_id=meeting["owner"], created_at=inside.clock(), number=i,
                                   body={"section": SECTIONS[i % 6], "text": f"{i}. Cada familia guarda su semilla en casa."
                                         + (f" {WORD}." if i % 3 == 0 else "")})
                        for i in range(1, 9)]
                session.add_all(rows)
                session.flush()
                for row in (summary, *rows):
                    numbering.touch(session, row)
    server = Server(data).start()
    yield {"url": server.url, "walls": walls, "fill": fill}
    server.stop()
    inside.store.close()


def test_what_is_published_has_the_wall_with_any_number_of_rooms_and_nothing_is_cut(open_page, house):
    wall = open_page("projector")
    for rooms in ROOMS:
        for published in sorted({1, min(2, rooms), rooms}):
            house["fill"](rooms, published)
            wall.goto(f"/s/{house['walls'][rooms]}")
            expect(wall.locator(".group")).to_have_count(published)
            expect(wall.locator("#hours")).not_to_be_empty()  # drawn by the script
            corners = {}
            for width, height in WALLS:
                wall.set_viewport_size({"width": width, "height": height})
                wall.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
                found, case = wall.evaluate(MEASURE), (rooms, published, width)
                assert not found["over"], case
                assert found["cut"] == [], case
                pages = ceil(published / (3 if width > 1280 else 2))
                assert found["seen"] == ceil(published / pages), (case, found)
                assert found["letter"] >= width * OF_THE_WIDTH, (case, found)
                assert found["column"] >= found["letter"] * LETTERS * 0.6, (case, found)
                assert found["told"] > height * 0.4, (case, found)
                assert width < 1920 or found["least"] >= FLOOR, (case, found)
                corners[width] = found["way"]
                others = found["others"]
                assert ("Listas también" in others) == (published > found["seen"]), (case, others)
                assert ("Sin resumen todavía" in others) == (published < rooms), (case, others)
            if published == 1:
                first = house.setdefault("corners", corners)
            assert corners == first, "the way in has its corner, whatever is shown"


@pytest.mark.parametrize("rooms", [5, 20])
def test_pages_are_turned_by_who_stands_there_and_nothing_moves_by_itself(open_page, house, rooms):
    house["fill"](rooms, rooms)
    wall = open_page("projector")
    wall.clock.install()
    wall.goto(f"/s/{house['walls'][rooms]}")
    expect(wall.locator("#hours")).not_to_be_empty()
    expect(wall.get_by_role("button", name="La página siguiente")).to_be_visible()
    shown = """() => [...document.querySelectorAll(".group:not([hidden]) .item")].filter((one) => {
        const box = one.getBoundingClientRect(), at = one.closest(".items").getBoundingClientRect();
        return box.left >= at.left - 1 && box.right <= at.right + 1 && box.bottom <= at.bottom + 1; })
      .map((one) => one.closest(".group").querySelector(".whose span").textContent
        + one.querySelector(".text").textContent)"""
    before = wall.evaluate(shown)
    wall.clock.run_for(120_000)
    assert wall.evaluate(shown) == before, "it moved by itself"
    seen = set(before)
    for turn in range(150):
        if turn % 2:
            wall.keyboard.press("PageDown")
        else:
            wall.get_by_role("button", name="La página siguiente").click()
        wall.clock.run_for(100)
        seen |= set(wall.evaluate(shown))
        if len(seen) == rooms * 8:
            break
    assert len(seen) == rooms * 8, sorted(seen)
