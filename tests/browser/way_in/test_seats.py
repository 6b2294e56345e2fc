"""Several people on one phone, and who works with whom, while the room lives."""
import pytest
from playwright.sync_api import expect

from tests.browser.facilitator.test_a_meeting import card, post
from tests.browser.way_in.test_way_in import fill_in, send
from tests.live.server import Server
from tests.support import cast

STEPS = [{"key": key, "minutes": 0, "opens": ["ideas"], "see": see}
         for key, see in (("uno", "own"), ("dos", "pair"), ("cuatro", "four"), ("todos", "room"))]


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """A running server with the founding meeting, whose third room works in pairs and fours."""
    data = tmp_path_factory.mktemp("seats")
    app = cast.app(data)
    meeting = cast.found(app)
    with app.extensions["house"].store.write() as session:
        session.get(cast.Room, meeting["rooms"][2]).steps = STEPS
    elena = cast.facilitator(app, meeting)
    app.extensions["house"].store.close()
    server = Server(data).start()
    yield {"url": server.url, "meeting": meeting, "server": server, "data": data,
           "cookie": elena.http.get_cookie("tinkuy").value}
    server.stop()


@pytest.fixture
def elena(house, open_page):
    """A page of the facilitator."""
    page = open_page("laptop")
    page.context.add_cookies([{"name": "tinkuy", "value": house["cookie"], "url": house["url"]}])
    return page


def family(open_page, house, *names: str, room: str = "?r=1", **options):
    """People on one phone, who have come in."""
    page = open_page("phone", **options)
    fill_in(page, f"/j/{house['meeting']['code']}{room}", names[0])
    page.locator("summary").first.click()
    for n, name in enumerate(names[1:], 1):
        page.fill(f"#name-{n}", name)
    send(page)
    page.wait_for_selector(".chip.line.online" if room else ".lobby")
    return page


def speak(page, name: str) -> None:
    page.locator(".people .chip", has_text=name).click()


def rotate(elena, house, *rooms: int, stay=()) -> None:
    elena.goto(f"/w/{house['meeting']['workshop']}/rounds")
    for number, room in enumerate(house["meeting"]["rooms"], 1):
        elena.locator(f"input[name=rooms][value='{room}']").set_checked(number in rooms)
    for name in stay:
        elena.locator("label", has_text=name).locator("input").check()
    elena.locator("form button.main").click()
    elena.locator("#sure button.main").click()  # who goes where was told
    elena.wait_for_url("**/desk")


def test_who_is_outside_comes_in_with_a_tap_and_the_page_stays(open_page, house):
    phone = family(open_page, house, "Madre", "Hija", room="")
    phone.goto(f"/w/{house['meeting']['workshop']}/r/2")
    phone.locator("label", has_text="Hija").locator("input").uncheck()
    phone.locator("main form button.main").click()
    phone.wait_for_selector(".chip.line.online")
    expect(phone.locator(".away")).to_contain_text("Hija en ninguna sala")
    phone.fill("#text", "A medio escribir")
    phone.evaluate("window.same = true")
    phone.locator(".away button", has_text="Traer aquí").click()
    expect(phone.locator(".people .chip")).to_have_text(["Madre", "Hija"])
    expect(phone.locator(".away")).to_have_count(0)
    assert phone.evaluate("window.same") and phone.input_value("#text") == "A medio escribir"
    speak(phone, "Hija")
    post(phone, "De la hija")
    expect(card(phone, "De la hija")).to_contain_text("Guardado")
    expect(card(phone, "De la hija")).to_contain_text("Hija")


def test_what_is_typed_in_the_moment_of_a_tap_on_a_name_is_of_that_person(open_page, house):
    phone = family(open_page, house, "Madre", "Hija")
    phone.fill("#text", "De la madre, a medio escribir")
    phone.evaluate("""() => {  // no drawing comes between
      [...document.querySelectorAll(".people .chip")].find((chip) => chip.textContent === "Hija").click();
      const field = document.getElementById("text");
      field.value += "De la hija";
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }""")
    expect(phone.locator(".people [aria-pressed=true]")).to_have_text("Hija")
    expect(phone.locator("#text")).to_have_value("De la hija")
    phone.click("#composer button.main")
    expect(card(phone, "De la hija")).to_contain_text("Guardado")
    speak(phone, "Madre")
    expect(phone.locator("#text")).to_have_value("De la madre, a medio escribir")


def test_in_a_rotation_the_words_of_whoever_goes_wait_for_them_and_whoever_stays_goes_on(open_page, house, elena):
    phone = family(open_page, house, "Ana Anfitriona", "Bruna", "Clara")
    speak(phone, "Bruna")
    phone.locator("#text").press_sequentially("Lo que Bruna estaba escribiendo")
    rotate(elena, house, 1, 2, stay=("Ana Anfitriona",))
    expect(phone.locator(".away")).to_contain_text("Bruna en la sala 2")
    expect(phone.locator(".away")).to_contain_text("Clara en la sala 2")
    expect(phone.locator(".people")).to_have_count(0)
    expect(phone.locator("#text")).to_have_value("")
    post(phone, "Lo que dice la anfitriona")
    expect(card(phone, "Lo que dice la anfitriona")).to_contain_text("Guardado")
    phone.locator(".away a").first.click()
    phone.wait_for_url("**/r/2?seat=*")
    expect(phone.locator(".people .chip")).to_have_text(["Bruna", "Clara"])
    expect(phone.locator("#text")).to_have_value("")
    expect(phone.locator(".late-left")).to_contain_text("Lo que Bruna estaba escribiendo")
    speak(phone, "Clara")
    expect(phone.locator(".late-left")).to_have_count(0)


def test_a_person_who_is_added_in_another_tab_speaks_in_this_one(open_page, house):
    phone = family(open_page, house, "Una")
    other = phone.context.new_page()
    fill_in(other, f"/j/{house['meeting']['code']}?more=1", "Dos")
    send(other)
    other.wait_for_selector(".chip.line.online")
    expect(phone.locator(".people .chip")).to_have_text(["Una", "Dos"])
    speak(phone, "Dos")
    post(phone, "La segunda habla")
    expect(card(phone, "La segunda habla")).to_contain_text("Guardado")


def test_pairs_and_fours_are_told_by_name_place_and_device_and_it_follows_who_comes_and_goes(open_page, house, elena):
    phone = family(open_page, house, "Rosa", "Julio", room="?r=3")
    company = phone.locator(".company")
    elena.goto(f"/w/{house['meeting']['workshop']}/desk")
    tile = elena.locator(".tile", has_text="Sala 3")
    tile.get_by_role("button", name="Siguiente paso").click()
    expect(company).to_contain_text("Su pareja")
    expect(company).to_contain_text("Julio Taraco en este aparato")
    elvira = family(open_page, house, "Elvira", room="?r=3")
    expect(elvira.locator(".company .one")).to_have_count(2)
    expect(company).to_contain_text("Elvira Taraco presencial")
    expect(tile).to_contain_text("1 pareja o grupo de cuatro")
    plain = open_page("phone", java_script_enabled=False)
    plain.context.add_cookies(elvira.context.cookies())
    plain.goto(f"/w/{house['meeting']['workshop']}/r/3")
    expect(plain.locator(".company")).to_contain_text("Rosa Taraco presencial")
    elvira.goto(f"/w/{house['meeting']['workshop']}/r/1")
    elvira.locator("main form button.main").click()
    expect(company.locator(".one")).to_have_count(1)
    tile.get_by_role("button", name="Siguiente paso").click()
    expect(company).to_contain_text("Su grupo de cuatro")
    tile.get_by_role("button", name="Siguiente paso").click()
    expect(company).to_have_count(0)
