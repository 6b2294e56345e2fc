"""A card of another room is chosen and cited on the rapporteur's page; closed rooms say so; no word leaves a small page."""
import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.live.server import Server
from tests.support import cast

LONG = ("Constantinopolitanizadoramente" * 4, "https://ejemplo.bo/" + "a1b2c3d4" * 20, "Ñ" * 120)


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """A running server: ideas in rooms 1 and 2, words longer than a line in room 1, a copy in room 2; room 3 is closed."""
    data = tmp_path_factory.mktemp("threads")
    app = cast.app(data)
    meeting = cast.found(app)
    boards = [cast.activities(app, room) for room in meeting["rooms"]]
    elena = cast.facilitator(app, meeting)
    for number, texts in ((1, ("La feria sostuvo el precio", *LONG)), (2, ("Guardar semilla propia",))):
        phone = cast.Phone(app.test_client())
        phone.join(meeting["code"], "Rosa " + "Mamaniquispecondori" * 3, room=number)
        for text in texts:
            cast.ok(phone.post(boards[number - 1]["ideas"], text))
    cast.ok(elena.do("contribution.carry", {"activity": boards[1]["ideas"], "rooms": [meeting["rooms"][0]]}, None))
    cast.ok(elena.do("room.close", {"room": meeting["rooms"][2]}, None))
    app.extensions["house"].store.close()
    server = Server(data).start()
    yield {"url": server.url, "meeting": meeting, "activities": boards, "server": server, "data": data}
    server.stop()


def keep_picture(page, name: str) -> None:
    """For whoever wants to look: WORKSHOP_PICTURES names a folder."""
    if folder := os.environ.get("WORKSHOP_PICTURES"):
        page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)


def test_a_card_of_another_room_is_looked_for_cited_and_found_again(house, staff):
    top = f"/w/{house['meeting']['workshop']}"
    page = staff(f"{top}/r/3/scribe")
    page.get_by_label("Citar una tarjeta de otra sala: palabras o número").fill("precio")
    found = page.locator(".others .card")
    expect(found).to_have_count(1)  # the original; its copy in room 2 is the same card
    expect(found).to_contain_text("R1-001")
    found.get_by_role("button", name="Citar").click()
    page.locator("#item-text").fill("La feria sostuvo el precio en todas partes.")
    keep_picture(page, "scribe")
    page.get_by_role("button", name="Guardar", exact=True).click()
    cited = page.locator(".sentence .cites a")
    expect(cited).to_have_text("R1-001")
    cited.click()
    expect(page.locator("h1")).to_contain_text("R1-001")
    expect(page.locator("main")).to_contain_text("La feria sostuvo el precio en todas partes.")
    expect(page.locator("main")).to_contain_text("Sala 2")
    keep_picture(page, "thread")


@pytest.mark.parametrize("size", ["phone", "laptop"])
def test_a_closed_room_says_that_it_is_closed_on_every_page_that_tells_of_it(house, staff, size):
    top = f"/w/{house['meeting']['workshop']}"
    for path in ("", "/desk", "/plenary", "/r/3", "/r/3/scribe", "/report", "/ways", "/r/3/process", "/r/3/bring"):
        page = staff(top + path, size)
        expect(page.get_by_text(re.compile("^(Cerrada|Se cerró)")).first).to_be_visible()
        expect(page.get_by_text("Trabajando", exact=True)).to_have_count(2 if path == "/plenary" else 0)
        keep_picture(page, f"closed{path.replace('/', '-')}-{size}")
        page.context.close()


def test_no_word_is_wider_than_a_small_page(house, staff):
    top = f"/w/{house['meeting']['workshop']}"
    for path in ("", "/desk", "/plenary", "/r/1?all=1", "/r/2?all=1", "/r/1/scribe", "/r/1/history", "/r/2/earlier",
                 "/find?text=a", "/report", "/people"):
        page = staff(top + path, "phone")
        expect(page.locator("h1").first).to_be_attached()
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 360, f"{path} is {wide} wide"
        page.context.close()
