"""The server's first view and the page's own drawing say the same of a card, look alike and stand in the same place: who
watches the script take over sees nothing jump."""
import secrets

import pytest
from playwright.sync_api import expect

from tests.live.server import Server
from tests.support import cast
from workshop.actions.rooms.building import build_room
from workshop.house import utc_now
from workshop.store.models import Activity, Workshop
from workshop.store.streams import numbering

LONG = "Cada comunidad cuida su fuente y acuerda los turnos de riego con las demás, por escrito y en asamblea. " * 4
COLUMNS = [{"key": "a", "title": {"es": "Lo que ayudó"}}, {"key": "b", "title": {"es": "Lo que costó"}}]
STEPS = [{"key": "write", "minutes": 0, "opens": ["ideas"]}, {"key": "choose", "minutes": 0, "opens": ["dots"]},
         {"key": "over", "minutes": 0, "opens": []}]
STATES = {"writing": 0, "voting": 1, "over": 2}
PHONE = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Mobile Safari/537.36"
# What only one of the two has, and why.
MEANT = {
    "input": "unfolds a long text where no script does",
    ".news, .new-here, .fresh": "what came while one looked is known to a page that looked"}
UNSAID = ["cut", "over", "link"]  # classes of the folds of such a text; where a button has to be told to look like a link
WIDE = ("tabs", "board-tools")  # rows of which a script has more: they are as high
# {card, group, result or row of columns: what a person gets of it, words, icons and classes in order, and where it stands}.
GOT = """([meant, unsaid]) => {
  const seen = (one) => one.checkVisibility({ visibilityProperty: true });
  const walk = (at, found) => {
    for (const one of at.childNodes) {
      if (one.nodeType === Node.TEXT_NODE) {
        const words = one.textContent.split(/\\s+/).filter((word) => word);
        if (words[0] === "…") found.push(`${found.pop()}${words.shift()}`);
        found.push(...words);
      } else if (one.nodeType === Node.ELEMENT_NODE && seen(one) && !one.matches(meant)) {
        const sign = one.matches("svg.i") && one.querySelector("use").getAttribute("href");
        if (sign) found.push(`(${sign})`);
        else {
          found.push(...[...one.classList].filter((name) => !unsaid.includes(name)).map((name) => `.${name}`));
          walk(one, found);
        }
      }
    }
    return found;
  };
  const box = (one) => {
    const { x, y, width, height } = one.getBoundingClientRect();
    return [x, y + scrollY, width, height].map(Math.round);
  };
  const parts = (one) => [...one.children].filter((part) => seen(part) && !part.matches(meant))
    .flatMap((part) => box(part).slice(part.matches("button, label") ? 3 : 0));
  return [...document.querySelectorAll("#board :is(.card, .group, .outcome, .tabs, .board-tools)")].filter(seen)
    .map((one) => ({ got: [...one.classList, ...one.matches(".board-tools, .tabs") ? [] : walk(one, [])].join(" "),
      box: [...box(one), ...one.matches(".card") ? parts(one) : []] }));
}"""


DRAWN = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


def got(page) -> list[dict]:
    return page.evaluate(GOT, [", ".join(MEANT), UNSAID])


def apart(one: list[dict], other: list[dict]) -> list[str]:
    """What differs, a pixel more or less left aside."""
    found = [] if len(one) == len(other) else [f"{len(one)} parts, {len(other)} parts"]
    for a, b in zip(one, other, strict=False):
        near = len(a["box"]) == len(b["box"]) and all(abs(x - y) <= 1 for x, y in zip(a["box"], b["box"], strict=True))
        if a["got"] in WIDE:
            near = a["box"][1::2] == b["box"][1::2]
        if a["got"] != b["got"] or not near:
            found.append(f"\n  {a}\n  {b}")
    return found


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """A running server with a room for each of STATES, in which Rosa sees the same cards: {url, rooms, cookies}."""
    data = tmp_path_factory.mktemp("agree")
    app = cast.app(data, rate=1e6, burst=10**6)
    meeting, numbers, ids = cast.found(app), {}, {}
    with app.extensions["house"].store.write() as session:
        numbering.lock(session, {meeting["workshop"]})
        workshop = session.get(Workshop, meeting["workshop"])
        for name in STATES:
            room = build_room(session, workshop, f"Sala {name}", votes=("dots",))
            room.opened_at, room.steps = utc_now(), STEPS
            session.flush()
            board = session.query(Activity).filter_by(room_id=room.id, kind="ideas").one()
            board.settings = board.settings | {"columns": COLUMNS}
            numbers[name], ids[name] = room.number, room.id
    delegations, team = cast.delegations(app, meeting), cast.facilitator(app, meeting)
    cookies = {}
    for name, step in STATES.items():
        at, rosa, julio, paper = cast.activities(app, ids[name]), *(cast.Phone(app.test_client()) for _ in range(3))
        rosa.join(meeting["code"], "Rosa Mamani", room=numbers[name], delegation=delegations[0])
        julio.join(meeting["code"], "Julio Quispe", room=numbers[name], delegation=delegations[1])
        paper.join(meeting["code"], "Elvira Condori", room=numbers[name], delegation=delegations[2], channel="paper")
        cookies[name] = rosa.http.get_cookie("tinkuy").value

        def post(who, text, board=at["ideas"], **more):
            return cast.ok(who.post(board, text, place={"column": "a"}, **more))["card"]["id"]
        known = {"own": post(rosa, "Guardar semilla propia"), "usual": post(julio, "Una feria cada semana"),
                 "long": post(julio, LONG), "paper": post(paper, "Semillero de la escuela"),
                 "merged": post(julio, "Turnos de riego"), "into": post(julio, "Riego por turnos"),
                 "one": post(julio, "Agua para los potreros"), "two": post(rosa, "Cosecha de agua")}
        post(team, "Nota de la facilitación", seat=None)
        for who, text in ((julio, "También en Salinas"), (rosa, "Y en Taraco")):
            cast.ok(who.post(at["ideas"], text, parent=known["usual"]))
        cast.ok(team.do("contribution.merge", {"activity": at["ideas"], "cards": [known["merged"]],
                                               "into": known["into"]}, None))
        cast.ok(team.do("group.make", {"activity": at["ideas"], "group": secrets.token_urlsafe(9), "name": "Agua",
                                       "cards": [known["one"], known["two"]]}, None))
        cast.ok(julio.do("ballot.cast", {"activity": at["reactions"], "base_rev": 0, "choices": {
            known["own"]: ["like"], known["one"]: ["key", "like"]}}))
        if not step:
            post(rosa, "Agua para el semillero", origins=[known["usual"]])
            cast.ok(team.do("room.moderate", {"room": ids[name], "on": True}, None))
            post(rosa, "Espera a la facilitación")
        else:
            cast.to_step(app, ids[name], 1)
            for who, choices in ((julio, {known["own"]: 2, known["one"]: 1}), (rosa, {known["own"]: 1, known["usual"]: 2})):
                cast.ok(who.do("ballot.cast", {"activity": at["dots"], "base_rev": 0, "choices": choices}))
            if step > 1:
                cast.ok(team.do("step.go", {"room": ids[name], "step": step}, None))
    app.extensions["house"].performer.count()
    app.extensions["house"].store.close()
    server = Server(data).start()
    yield {"url": server.url, "meeting": meeting, "server": server, "rooms": numbers, "cookies": cookies}
    server.stop()


@pytest.mark.parametrize("size", ["phone", "laptop"])
@pytest.mark.parametrize("state", STATES)
def test_nothing_jumps_when_the_script_takes_over(house, open_page, state, size):
    page = open_page(size, **({"user_agent": PHONE} if size == "phone" else {}))
    page.context.add_cookies([{"name": "tinkuy", "value": house["cookies"][state], "url": house["url"]}])
    scripts, path = "**/a/**/*.js", f"/w/{house['meeting']['workshop']}/r/{house['rooms'][state]}?all=1"
    page.route(scripts, lambda route: route.abort())
    page.goto(path)
    expect(page.locator(".column[data-place]")).to_have_count(0)
    first = got(page)
    assert len(first) >= 10
    page.unroute(scripts)
    page.goto(path)
    page.locator(".column.active[data-place]").wait_for()
    page.wait_for_function("(parts) => parts.every((part) => document.querySelector(`.column[data-place] ${part}`))",
                           arg=[".talk", ".reactions", ".group"])  # what comes in parts of its own
    if state == "over":
        page.locator(".outcome").wait_for()
    page.evaluate(DRAWN)
    assert apart(first, got(page)) == []


def test_no_part_is_drawn_before_its_words_have_come(house, open_page):
    page = open_page("phone", user_agent=PHONE)
    page.context.add_cookies([{"name": "tinkuy", "value": house["cookies"]["writing"], "url": house["url"]}])
    parts, words = [], []
    page.on("response", lambda one: parts.append(one.url) if "/part-board-talk" in one.url else None)
    page.route("**/a/*/words/*", lambda route: words.append(route))  # on a bad line: asked for, and no answer
    page.goto(f"/w/{house['meeting']['workshop']}/r/{house['rooms']['writing']}?all=1")
    page.locator(".column.active[data-place]").wait_for()
    while not (parts and words):
        page.wait_for_timeout(20)
    page.fill("#text", "Mientras tanto se escribe")  # whatever draws the page meanwhile
    page.click("#composer button.main")
    expect(page.locator(".card", has_text="Mientras tanto se escribe")).to_be_visible()
    keys = "() => document.body.innerText.match(/\\b[a-z_]+\\.[a-z_]+\\b/g)"
    assert not page.evaluate(keys)
    words[0].continue_()
    expect(page.get_by_text("Nace de")).to_be_visible()
    assert not page.evaluate(keys)
