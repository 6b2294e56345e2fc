"""From the form to the room: in one journey of the line, and never twice."""
import sqlite3

import pytest
from playwright.sync_api import Error, expect

from tests.faults.relays.proxy import DOWN, Apart
from tests.support.waiting import wait_for


@pytest.fixture
def fill(open_page, house):
    """fill(name) -> the form of the way in, filled in."""
    def write(name: str, **options):
        page = open_page("phone", **options)
        fill_in(page, f"/j/{house['meeting']['code']}?r=1", name)
        return page
    return write


def fill_in(page, form: str, name: str) -> None:
    page.goto(form)
    page.fill("#name", name)
    page.locator("input[name=delegation]").first.check()
    page.locator("input[name=channel]").first.check()


def send(page) -> None:
    page.locator("button.main.wide").click(no_wait_after=True)


def room(house) -> str:
    return f"**/w/{house['meeting']['workshop']}/r/1"


def seated(house, name: str) -> int:
    """How many of this name there are."""
    with sqlite3.connect(house["data"] / "tinkuy.sqlite") as connection:
        return connection.execute("SELECT count(*) FROM seat WHERE name = ?", (name,)).fetchone()[0]


def send_unheard(page, line, house, name: str) -> None:
    """Send the form; it comes, and its answer is lost."""
    line.halve(DOWN, new=True)
    line.halve(DOWN)
    send(page)
    wait_for(lambda: seated(house, name) or page.wait_for_timeout(20), "the form", 0)
    line.heal()


def test_the_room_answers_the_form_itself_and_has_its_own_address_then(fill, house):
    page, documents = fill("Rosa"), []
    page.on("request", lambda request: request.resource_type == "document" and documents.append(request.method))
    send(page)
    page.wait_for_selector(".chip.line.online")
    page.wait_for_url(room(house))
    assert documents == ["POST"], "one journey"
    page.reload()
    page.wait_for_selector(".chip.line.online")
    assert documents == ["POST", "GET"] and seated(house, "Rosa") == 1
    page.go_back()
    page.wait_for_url(room(house))


def test_without_script_the_form_leads_to_the_address_of_the_room(fill, house):
    page = fill("Julio", java_script_enabled=False)
    send(page)
    page.wait_for_url(room(house))
    expect(page.locator("#composer")).to_be_visible()


def test_who_loads_the_room_again_before_its_script_has_come_sits_once(fill, house):
    page = fill("Elvira")
    page.route("**/room.js", lambda route: route.abort())
    send(page)
    page.wait_for_selector("#composer")
    assert "/j/" in page.url
    page.unroute("**/room.js")
    page.reload()
    page.wait_for_selector(".chip.line.online")
    page.wait_for_url(room(house))
    assert seated(house, "Elvira") == 1


def test_who_sends_the_form_again_because_the_answer_was_lost_sits_once(fill, house):
    with Apart(house["server"].port) as line:
        page = fill("Justina", base_url=line.url)
        send_unheard(page, line, house, "Justina")
        line.reset()  # the browser tries once more by itself, or says that there is no page, where one loads it again

        def online() -> bool:
            page.wait_for_timeout(100)
            if page.url.startswith("chrome-error"):
                load_again(page)
            return page.locator(".chip.line.online").count() > 0
        wait_for(online, "the room", 0)
        page.wait_for_url(room(house))
        assert seated(house, "Justina") == 1


def test_who_gives_up_on_a_form_whose_answer_was_lost_has_not_lost_the_phones_people(fill, house):
    with Apart(house["server"].port) as line:
        page = fill("Elena Huanca", base_url=line.url)
        send(page)
        page.wait_for_selector(".chip.line.online")
        fill_in(page, f"/j/{house['meeting']['code']}?r=1&more=1", "Teófilo")
        send_unheard(page, line, house, "Teófilo")
        page.goto(f"/w/{house['meeting']['workshop']}/r/1")
        page.wait_for_selector(".chip.line.online")
        page.fill("#text", "Un turno escrito")
        page.click("#composer button")
        expect(page.locator(".card", has_text="Un turno escrito")).to_contain_text("Guardado")
        expect(page.locator(".card", has_text="Un turno escrito")).to_contain_text("Yo")


def load_again(page) -> None:
    """Load a page again that could not be shown."""
    try:
        page.reload()
    except Error:
        page.wait_for_timeout(100)


def test_on_a_shared_phone_whoever_writes_is_in_sight_when_the_room_opens(fill, house):
    page = fill("Rosa Mamani Quispe de Choquehuanca")
    page.locator("summary").first.click()
    for n, name in enumerate(("Don Julio", "Elvira Condori de la Comunidad"), 1):
        page.fill(f"#name-{n}", name)
    send(page)
    page.wait_for_selector(".chip.line.online")
    chosen = page.locator(".people .chip", has_text="Elvira")
    chosen.click()
    page.reload()
    page.wait_for_selector(".chip.line.online")
    expect(chosen).to_have_attribute("aria-pressed", "true")
    expect(chosen).to_be_in_viewport(ratio=0.9)
    assert page.evaluate("document.documentElement.scrollWidth") == 360
