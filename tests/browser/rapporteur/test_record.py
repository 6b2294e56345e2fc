"""Structured cards for the rapporteur, a matrix with twelve columns on the wall and on paper, the turnout at the desk."""
import io
import re

import pypdf
import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from tests.browser.boards import LAYOUTS, build
from tests.live.server import Server
from tests.support import cast
from workshop.store.models import Activity, Room, RoomSeat
from workshop.store.streams import numbering

TWELVE = ["Impactos", "Respuestas", "Aprendizajes", "Desafíos", "Mercados", "Semillas y suelos", "Gobernanza",
          "Comunicación", "Participación de mujeres y jóvenes", "Coordinación binacional", "Presupuesto",
          "Siguientes pasos"]


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """A running server with a room for each layout; the matrix has twelve columns."""
    data = tmp_path_factory.mktemp("record")
    made = build(str(data))
    app = cast.app(data)
    with app.extensions["house"].store.write() as session:
        numbering.lock(session, {made["meeting"]["workshop"]})
        board = session.get(Activity, made["boards"]["matrix"])
        board.settings = board.settings | {
            "open_rows": False, "columns": [{"key": f"c{i}", "title": title} for i, title in enumerate(TWELVE)],
            "rows": [{"key": f"r{i}", "title": name} for i, name in enumerate(cast.DELEGATIONS)]}
        rooms = {layout: session.query(Room).filter_by(number=made["rooms"][layout]).one().id for layout in LAYOUTS}
    phone = cast.Phone(app.test_client())
    phone.join(made["meeting"]["code"], "Rosa Mamani", room=made["rooms"]["matrix"])
    for i in range(12):
        cast.ok(phone.post(made["boards"]["matrix"], f"Lo que se hizo en la comunidad, número {i}",
                           place={"column": f"c{i}", "row": f"r{i % 6}"}))
    cast.ok(phone.do("seat.enter", {"room": rooms["list"]}))
    cast.ok(phone.do("contribution.add", {"activity": made["boards"]["list"], "id": "a-card-with-fields", "body": {
        "text": "Cuaderno de actas", "fields": {"que_hay": "Cuaderno de actas", "clase": "acta", "quien": "Don Justo"}}}))
    app.extensions["house"].store.close()
    server = Server(data).start()
    yield made | {"url": server.url, "server": server, "data": data, "ids": rooms}
    server.stop()


def test_the_rapporteur_sees_every_field_and_can_quote_and_cite_it(staff, house):
    page = staff(f"/w/{house['meeting']['workshop']}/r/{house['rooms']['list']}/scribe")
    card = page.locator("#cards li.card")
    expect(card.locator("dt")).to_have_text([re.compile("^Qué hay"), "Clase", re.compile("^Quién lo guarda")])
    expect(card.locator("dd")).to_have_text(["Cuaderno de actas", "Acta", "Don Justo"])
    card.get_by_role("button", name="Quién lo guarda").click()
    expect(page.locator("#item-text")).to_have_value("Don Justo")
    page.locator("#summary form button.main").click()
    expect(page.locator("#summary .sentence")).to_contain_text("Don Justo")
    expect(page.locator("#summary .sentence .cites")).to_contain_text("-001")


def test_a_matrix_with_twelve_columns_is_whole_on_the_wall(staff, house):
    page = staff(f"/w/{house['meeting']['workshop']}/r/{house['rooms']['matrix']}", "projector")
    heads = page.locator(".crossed thead th")
    expect(heads).to_have_count(12)
    for i, title in enumerate(TWELVE):
        expect(heads.nth(i)).to_contain_text(title)
    seen = page.evaluate("""() => [...document.querySelectorAll('.crossed thead th')].map((th) => {
        const words = [...th.childNodes].filter((node) => node.nodeType === 3 && node.data.trim());
        const lines = words.flatMap((node) => node.data.trim().split(/\\s+/).map((word) => {
          const range = document.createRange(), at = node.data.indexOf(word);
          range.setStart(node, at); range.setEnd(node, at + word.length);
          return range.getClientRects().length; }));
        return [th.getBoundingClientRect().right, Math.max(...lines), parseFloat(getComputedStyle(th).fontSize)]; })""")
    assert all(right <= 1920 and size >= 14 for right, _lines, size in seen), "nothing is beyond the edge"
    assert all(lines == 1 for _right, lines, _size in seen), "no word is torn"
    assert page.evaluate("document.documentElement.scrollWidth") <= 1920


def test_it_is_whole_on_paper_too_on_a_page_on_its_side(staff, house):
    page = staff(f"/w/{house['meeting']['workshop']}/r/{house['rooms']['matrix']}", "laptop")
    expect(page.locator(".crossed .card")).to_have_count(12)
    pages = pypdf.PdfReader(io.BytesIO(page.pdf(format="A4", prefer_css_page_size=True))).pages
    wide = [one for one in pages if one.mediabox.width > one.mediabox.height]
    text = re.sub(r"[\s\u00ad-]+", "", "".join(one.extract_text() for one in wide))
    for title in TWELVE:
        assert title.replace(" ", "") in text
    for i in range(12):
        assert f"número{i}" in text


def test_the_desk_says_of_how_many_who_were_there_have_voted(staff, house, join):
    at = f"/w/{house['meeting']['workshop']}"
    people = [join(name, house["rooms"]["columns"], "phone") for name in ("Wilma", "Julio", "Elva")]
    desk = staff(f"{at}/desk")
    tile = desk.locator("article.tile", has=desk.locator(f"a[href$='/r/{house['rooms']['columns']}']"))
    people[0].fill("#text", "Guardar semilla propia")
    people[0].click("#composer button.main")
    tile.get_by_role("button", name="Votar").click()
    people[1].locator("button[aria-label*='más']").first.click()
    voted = tile.locator("dl div", has_text="votaron").locator("dd")
    expect(voted).to_have_text("1 de 3")
    app = cast.app(house["data"])
    with app.extensions["house"].store.read() as session:
        seats = session.scalars(select(RoomSeat.seat_id).where(RoomSeat.room_id == house["ids"]["columns"])).all()
    cast.ok(cast.facilitator(app, house["meeting"]).do("seat.remove", {
        "workshop": house["meeting"]["workshop"], "seats": seats}, None))
    app.extensions["house"].store.close()
    expect(tile.locator("dl div").first.locator("dd")).to_have_text("0")
    desk.reload()
    expect(voted).to_have_text("1 de 3")
