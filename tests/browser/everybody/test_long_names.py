"""Titles as long as they may be are read whole on a phone: nothing of them is cut, and no page is wider than the screen."""
import pytest

from tests.browser.everybody.test_small_screens import DRAWN, OUT, QUESTION
from tests.live.server import Server
from tests.support import cast
from workshop.store.models import Activity, Room, Workshop
from workshop.store.streams import numbering

TITLE = "Las lecciones de las comunidades que sostuvieron su alimentación en la pandemia…"
COLUMNS = [{"key": key, "title": {"es": title}} for key, title in (
    ("a", TITLE[:40]), ("b", "Propuestas"), ("c", TITLE[8:48]))]
# Words that are cut: wider or higher than what shows them.  A question that has been folded says so by an arrow.
CUT = """() => [...document.querySelectorAll("body *")].filter((one) => {
  const style = getComputedStyle(one), { width, height } = one.getBoundingClientRect();
  if (width < 2 || height < 2 || !one.textContent.trim() || one.matches("select, textarea, script, style")) return false;
  if (one.closest(".unseen, .skip, svg, [hidden], details:not([open]) > :not(summary)")) return false;
  if (one.closest("#question :not([open]) h1")) return false;
  return style.overflowX === "hidden" && (one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1);
}).map((one) => `${one.tagName}#${one.id}.${one.className}: ${one.textContent.trim().slice(0, 60)}`)"""


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """A running server; the workshop, its rooms, their steps and columns have long names."""
    data = tmp_path_factory.mktemp("long")
    app = cast.app(data)
    meeting = cast.found(app)
    board = cast.activities(app, meeting["rooms"][0])["ideas"]
    with app.extensions["house"].store.write() as session:
        numbering.lock(session, {meeting["workshop"]})
        session.get_one(Workshop, meeting["workshop"]).title = TITLE
        for key in meeting["rooms"]:
            room = session.get_one(Room, key)
            room.title, room.question = TITLE, QUESTION[:200]
            room.steps = [{"key": "ideas", "title": {"es": TITLE[:60]}, "minutes": 15, "opens": ["ideas"]}] * 2
        inside = session.get_one(Activity, board)
        inside.settings = inside.settings | {"columns": COLUMNS}
    cookie = cast.facilitator(app, meeting).http.get_cookie("tinkuy").value
    app.extensions["house"].store.close()
    server = Server(data).start()
    yield {"url": server.url, "meeting": meeting, "server": server, "data": data, "cookie": cookie}
    server.stop()


@pytest.mark.parametrize("width", [360, 320])
def test_long_names_are_read_whole(join, open_page, house, width):
    rosa, elena = join("María de los Ángeles Quispe Huamán"), open_page("phone")
    elena.context.add_cookies([{"name": "tinkuy", "value": house["cookie"], "url": house["url"]}])
    at = f"/w/{house['meeting']['workshop']}"
    rosa.fill("#text", "Guardar semilla propia")
    rosa.click("#composer button.main")
    rosa.locator(".card.mine").wait_for()
    for page, path in ((rosa, f"{at}/r/1"), (rosa, at), (elena, f"{at}/desk")):
        page.set_viewport_size({"width": width, "height": 740})
        page.goto(path)
        page.locator(".chip.line.online").wait_for(state="attached")
        page.evaluate(DRAWN)
        assert TITLE in " ".join(page.locator("body").inner_text().split()), path
        assert page.evaluate(CUT) == [], path
        assert page.evaluate(OUT) == [], path
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
