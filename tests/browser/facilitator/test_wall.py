"""The wall: what rooms say can be read from the other end of a hall, whatever their number."""
import pytest
from playwright.sync_api import expect

from tests.live.server import Server
from tests.support import cast
from workshop.actions.rooms import building, workshops
from workshop.store.models import Account, Activity, Contribution
from workshop.store.streams import numbering

MOST = 12
WALLS = ((1920, 1080), (1366, 768), (1024, 768))
LETTERS = 16  # that a line has at least
OF_THE_WIDTH = 1 / 75  # a letter's height: on an image of two metres, a good 26 mm, which is read from eight metres

MEASURE = """() => {
  const told = document.querySelector(".told"), box = told.getBoundingClientRect();
  const seen = [...told.querySelectorAll(".group")].map((one) => one.getBoundingClientRect())
    .filter((one) => one.left >= box.left - 2 && one.right <= box.right + 2);
  const text = document.querySelector(".told .text"), style = getComputedStyle(text);
  const line = document.querySelector(".at-work li");
  return {seen: seen.length, column: text.clientWidth, letter: parseFloat(style.fontSize), told: box.height,
          width: box.width,
          across: seen.reduce((sum, one) => sum + one.width, 0),
          working: [...document.querySelectorAll(".at-work li")].map((one) => one.getBoundingClientRect().height),
          line: line && parseFloat(getComputedStyle(line).lineHeight),
          over: document.documentElement.scrollWidth > innerWidth || document.documentElement.scrollHeight > innerHeight}
}"""


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """A server with a workshop of one room, one of two, and so on: {url, walls: {rooms: key}, fill(rooms, published)}."""
    data = tmp_path_factory.mktemp("walls")
    app = cast.app(data)
    meeting, inside, walls, summaries = cast.found(app), app.extensions["house"], {}, {}
    with inside.store.write() as session:
        owner = session.get(Account, meeting["owner"])
        for n in range(1, MOST + 1):
            one = workshops.create_workshop(session, inside.clock(), owner, f"Encuentro de {n} salas",
                                            zones=("America/Lima",), delegations=(), axes=())
            made = [building.build_room(session, one, f"Lecciones, parte {i + 1}", votes=()) for i in range(n)]
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
                rows = [Contribution(activity_id=key, stream_id=summary.stream_id, kind="item", place={}, rev=1,
                                   account_id=meeting["owner"], created_at=inside.clock(), number=i,
                                   body={"section": "agreement", "text": f"{i}. Cada familia guarda su semilla en casa."})
                        for i in range(1, 9)]
                session.add_all(rows)
                session.flush()
                for row in (summary, *rows):
                    numbering.touch(session, row)
    server = Server(data).start()
    yield {"url": server.url, "walls": walls, "fill": fill}
    server.stop()
    inside.store.close()


def test_what_is_published_has_the_wall_with_any_number_of_rooms(open_page, house):
    wall = open_page("projector")
    for rooms in (1, 2, 3, 6, 7, MOST):
        for published in sorted({1, min(2, rooms), rooms}):
            house["fill"](rooms, published)
            wall.goto(f"/s/{house['walls'][rooms]}")
            expect(wall.locator(".group")).to_have_count(published)
            expect(wall.locator("#hours")).not_to_be_empty()  # drawn by the script
            expect(wall.locator(".at-work li")).to_have_count(rooms - published)
            for width, height in WALLS:
                wall.set_viewport_size({"width": width, "height": height})
                found, case = wall.evaluate(MEASURE), (rooms, published, width)
                assert not found["over"], case
                assert found["seen"] >= min(published, 2), (case, found)
                assert found["across"] > 0.9 * found["width"] or found["seen"] < published, (case, found)
                assert found["letter"] >= width * OF_THE_WIDTH, (case, found)
                assert found["column"] >= found["letter"] * LETTERS * 0.6, (case, found)
                assert found["told"] > height * 0.4, (case, found)
                assert all(one < 2 * found["line"] for one in found["working"]), (case, found)


def test_rooms_that_have_no_place_beside_the_others_come_when_the_page_is_turned(open_page, house):
    house["fill"](MOST, MOST)
    wall = open_page("projector")
    wall.clock.install()
    wall.goto(f"/s/{house['walls'][MOST]}")
    expect(wall.locator("#hours")).not_to_be_empty()
    seen = set()
    for _ in range(60):
        seen |= set(wall.evaluate("""() => {
          const told = document.querySelector(".told").getBoundingClientRect();
          return [...document.querySelectorAll(".told .item")].filter((one) => { const box = one.getBoundingClientRect(),
            group = one.closest(".group").getBoundingClientRect();
            return box.left >= told.left && box.right <= told.right && box.top >= group.top
              && box.bottom <= group.bottom + 1; })
            .map((one) => one.closest(".group").querySelector("h2").textContent + one.querySelector(".text").textContent)
        }"""))
        wall.clock.run_for(9000)
    assert len(seen) == MOST * 8, sorted(seen)
