"""The desk holds nine rooms without scrolling, twenty on lines, and names first what needs somebody."""
import pytest
from playwright.sync_api import expect

from tests.browser.desks import seldom
from tests.live.server import Server
from tests.support import cast
from workshop.actions.people import sessions
from workshop.actions.rooms import building, workshops
from workshop.store.models import Account, Membership, Seat, Workshop

ROOMS = (1, 3, 9, 20)
TITLE = "Capacidades locales para la interculturalidad"
FILLED = """() => [...document.querySelectorAll("button, .button")].filter((one) => one.checkVisibility()
  && getComputedStyle(one).backgroundColor === "rgb(163, 18, 58)").map((one) => one.textContent.trim())"""


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """A server with a workshop of one room, of three, nine and twenty: {url, desks: {rooms: path}, codes, app, meeting}."""
    data = tmp_path_factory.mktemp("desks")
    app = cast.app(data)
    meeting, inside, desks, codes = cast.found(app), app.extensions["house"], {}, {}
    with inside.store.write() as session:
        owner = session.get(Account, meeting["owner"])
        for n in ROOMS:
            one = workshops.create_workshop(session, inside.clock(), owner, f"Encuentro de {n} salas", axes=(),
                                            zones=("America/Lima", "America/La_Paz"), delegations=("Taraco", "Salinas"))
            made = [building.build_room(session, one, f"{TITLE if i % 4 == 1 else 'Territorio'} {i + 1}", votes=("dots",))
                    for i in range(n)]
            for room in made:
                room.opened_at = inside.clock()
            session.flush()
            desks[n], codes[n] = f"/w/{one.id}/desk", (one.code, [room.id for room in made])
    server = Server(data).start()
    yield {"url": server.url, "desks": desks, "codes": codes, "app": app, "meeting": meeting}
    server.stop()
    inside.store.close()


@pytest.fixture
def asks(house):
    """asks(rooms, *numbers): in these rooms of the workshop with so many somebody raises a hand."""
    def come(rooms: int, *numbers: int) -> None:
        for number in numbers:
            phone = cast.Phone(house["app"].test_client())
            code, ids = house["codes"][rooms]
            phone.join(code, "María de los Ángeles Quispe Huamán", room=number)
            cast.ok(phone.do("hand.raise", {"room": ids[number - 1]}))
    return come


def outside(desk) -> list[str]:
    """Tiles and lines that do not stand on the screen as a whole, and whether the page is wider than it."""
    return desk.evaluate("""() => [...document.querySelectorAll(".tile")].filter((one) => {
      const box = one.getBoundingClientRect(); return box.bottom > innerHeight + 1 || box.right > innerWidth; })
      .map((one) => one.textContent.slice(0, 40)).concat(
        document.documentElement.scrollWidth > innerWidth ? ["too wide"] : [])""")


def test_nine_rooms_fill_the_desk_and_three_are_larger(staff, house, asks):
    desk = staff(house["desks"][9])
    expect(desk.locator("article.tile")).to_have_count(9)
    assert outside(desk) == [] and desk.evaluate(FILLED) == []
    asks(9, 2, 5)
    desk.reload()
    expect(desk.locator(".need")).to_have_count(2)
    expect(desk.locator(".need").first).to_contain_text("Sala 2: 1 mano levantada")
    assert outside(desk) == [] and len(desk.evaluate(FILLED)) == 1
    nine = desk.locator(".tile").first.bounding_box()
    desk.goto(house["desks"][3])
    expect(desk.locator("article.tile")).to_have_count(3)
    boxes = [one.bounding_box() for one in desk.locator(".tile").all()]
    assert boxes[0]["height"] > nine["height"] + 10 and len({box["y"] for box in boxes}) == 1
    work = desk.locator(".work").bounding_box()
    assert boxes[-1]["x"] + boxes[-1]["width"] > work["x"] + work["width"] - 20, "a slot is blank"


def test_of_twenty_rooms_each_has_a_line_and_what_needs_somebody_a_tile(staff, house, asks):
    desk = staff(house["desks"][20])
    expect(desk.locator("details.tile.line")).to_have_count(20)
    assert outside(desk) == []
    asks(20, 3, 8, 12, 19)
    desk.reload()
    expect(desk.locator("article.tile.asks")).to_have_count(4)
    expect(desk.locator("details.tile.line")).to_have_count(16)
    expect(desk.locator(".need")).to_have_count(3)
    expect(desk.locator(".heads")).to_contain_text("y 1 más")
    assert len(desk.evaluate(FILLED)) == 1
    line = desk.locator("details.tile.line", has_text="Sala 20")
    line.locator("summary").first.click()
    expect(line.get_by_role("button", name="Siguiente paso: Votar")).to_be_visible()


@pytest.mark.parametrize("rooms", ROOMS)
def test_on_a_phone_every_room_is_a_line_that_opens(staff, house, rooms):
    desk = staff(house["desks"][rooms], "phone")
    expect(desk.locator("details.tile.line")).to_have_count(rooms)
    desk.locator(".tile > summary").first.click()
    tile = desk.locator(".tile").first
    expect(tile.get_by_role("button", name="Siguiente paso: Votar")).to_be_visible()
    seldom(tile)
    expect(tile.get_by_role("button", name="Cerrar sala")).to_be_visible()
    low = desk.evaluate("""() => [...document.querySelectorAll(".tile summary, .tile button, .need button, .below a")]
      .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 43.5
        && !one.closest("details.state")).map((one) => one.outerHTML.slice(0, 80))""")
    assert low == []
    desk.set_viewport_size({"width": 320, "height": 568})
    assert desk.evaluate("document.documentElement.scrollWidth") <= 320


def test_what_is_done_seldom_lies_behind_the_dots_and_closes_with_escape(staff, house):
    desk = staff(house["desks"][1])
    tile = seldom(desk.locator(".tile"))
    tile.get_by_label("Minutos desde ahora").fill("25")
    tile.get_by_role("button", name="Poner el reloj").click()
    expect(tile.locator(".clock")).to_contain_text("24:5")
    expect(tile.locator(".menu")).to_be_hidden()
    seldom(tile)
    desk.keyboard.press("Escape")
    expect(tile.locator(".menu")).to_be_hidden()
    expect(tile.locator(".seldom > summary")).to_be_focused()
    seldom(tile).get_by_role("button", name="Pausa", exact=True).click()
    expect(tile).to_contain_text("En pausa; el reloj espera")
    expect(tile.locator(".go")).to_have_text("Reanudar")


def test_what_another_facilitator_does_is_told_once_with_the_name(staff, house):
    app, (code, ids) = house["app"], house["codes"][3]
    inside = app.extensions["house"]
    with inside.store.write() as session:
        workshop = session.query(Workshop).filter_by(code=code).one().id
        other = workshops.create_account(session, inside.clock(), "mariela@example.org", "Mariela Choque", "")
        session.flush()
        session.add(Membership(workshop_id=workshop, account_id=other.id, role="facilitator"))
        session.flush()
        cookie = sessions.sign_in(session, inside.clock(), None, other)
    laptop = cast.Phone(app.test_client())
    laptop.http.set_cookie("tinkuy", cookie)
    desk = staff(house["desks"][3])
    expect(desk.locator("article.tile")).to_have_count(3)
    cast.ok(laptop.do("rooms.pause", {"workshop": workshop}, None))
    expect(desk.get_by_text("Mariela Choque puso en pausa la sala 1, 2, 3.")).to_be_visible()
    cast.ok(laptop.do("room.pause", {"room": ids[1], "on": False}, None))
    expect(desk.get_by_text("Mariela Choque hizo seguir la sala 2.")).to_be_visible()
    own = cast.facilitator(app, house["meeting"])
    cast.ok(own.do("room.pause", {"room": ids[0], "on": False}, None))
    cast.ok(laptop.do("room.pause", {"room": ids[2], "on": False}, None))
    expect(desk.get_by_text("Mariela Choque hizo seguir la sala 3.")).to_be_visible()
    expect(desk.get_by_text("Elena Quispe hizo seguir")).to_have_count(0)


def test_who_was_heard_stands_on_the_desk_also_by_what_people_say_of_themselves(staff, house):
    app, (code, ids) = house["app"], house["codes"][20]
    inside, board = app.extensions["house"], cast.activities(app, ids[1])["ideas"]
    with inside.store.write() as session:
        session.query(Workshop).filter_by(code=code).one().asks = ["gender"]
    for n in range(11):
        phone = cast.Phone(app.test_client())
        cast.ok(phone.join(code, f"Persona {n}", room=2))
        cast.ok(phone.post(board, f"Idea {n}"))
        with inside.store.write() as session:
            session.get(Seat, phone.place["seats"][0]["id"]).declared = {"gender": "m" if n > 5 else "f"}
    desk = staff(f"{house['desks'][20]}?lang=en")
    desk.get_by_text("More numbers").click()
    sums = desk.locator(".totals section", has_text="Cards by declared gender")
    expect(sums.locator("li").filter(has_text="Women 6 people")).to_contain_text("6")
    expect(sums.locator("li")).to_have_count(2)
    assert desk.locator(".totals section", has_text="Time spoken").count() == 0, "nobody has spoken"


def test_who_asks_for_help_comes_before_hands_that_were_up_longer(staff, house, asks):
    asks(9, 1, 3)
    phone, (code, ids) = cast.Phone(house["app"].test_client()), house["codes"][9]
    phone.join(code, "Rosa", room=7)
    cast.ok(phone.do("help.ask", {"room": ids[6], "text": "No se oye nada"}))
    desk = staff(house["desks"][9])
    expect(desk.locator(".need").first).to_contain_text("Sala 7: pide ayuda")
    expect(desk.locator(".need").first).to_contain_text("No se oye nada")
