"""A card with a field that the server does not take: nothing says that it was written, its words stand where they were."""
import pytest
from playwright.sync_api import expect

from tests.support import cast


@pytest.fixture
def agreements(house):
    """The number of a room where agreements are written, with who and when."""
    app = cast.app(house["data"])
    elena = cast.facilitator(app, house["meeting"])
    made = cast.ok(elena.do("room.create", {"workshop": house["meeting"]["workshop"], "title": "Acuerdos",
                                            "method": "acuerdos"}, None))["card"]
    cast.ok(elena.do("room.open", {"room": made["id"]}, None))
    app.extensions["house"].store.close()
    return made["number"]


def write(page, what: str, when: str) -> None:
    page.locator("#composer .spot summary").click()
    page.fill("#at-field-que", what)
    page.fill("#at-field-quien", "Taraco")
    page.fill("#at-field-cuando", when)
    page.click("#composer button.main")


def test_nothing_says_written_and_the_words_stand_in_their_fields_again(join, agreements):
    rosa = join("Rosa", agreements)
    write(rosa, "Guardar semilla", "mañana")
    expect(rosa.locator(".note.bad")).to_contain_text("Cuándo")
    expect(rosa.locator("#at-field-que")).to_have_value("Guardar semilla")
    expect(rosa.locator("#at-field-quien")).to_have_value("Taraco")
    expect(rosa.locator("#at-field-cuando")).to_have_value("mañana")
    expect(rosa.locator("#at-field-cuando")).to_be_focused()
    expect(rosa.locator(".left")).to_have_count(0)
    assert rosa.locator(".note", has_text="Tarjeta escrita").count() == 0
    rosa.fill("#at-field-cuando", "2027-03")
    rosa.click("#composer button.main")
    expect(rosa.locator(".note")).to_contain_text(["Tarjeta escrita"])
    expect(rosa.locator(".card", has_text="Guardar semilla")).to_have_count(1)
    rosa.reload()
    expect(rosa.locator(".left")).to_have_count(0)


def test_a_change_that_was_refused_is_open_again_with_all_its_fields(join, agreements):
    rosa = join("Rosa", agreements)
    write(rosa, "Guardar semilla", "2027-03")
    expect(rosa.locator(".card", has_text="Guardar semilla")).to_have_count(1)
    mine = rosa.locator(".card.mine")
    mine.get_by_role("button", name="Cambiar").click()
    mine.locator("[name=field-quien]").fill("Salinas")
    mine.locator("[name=field-cuando]").fill("mars 2027")
    mine.locator(".editor button.main").click()
    expect(mine.locator("[name=field-quien]")).to_have_value("Salinas")
    expect(mine.locator("[name=field-cuando]")).to_have_value("mars 2027")
    expect(rosa.locator(".left")).to_have_count(0)


def test_in_another_room_the_tray_says_from_which_it_comes_and_gives_all_its_words_back(join, house, agreements):
    rosa = join("Rosa", agreements)
    rosa.context.set_offline(True)
    expect(rosa.locator(".chip.line.offline")).to_be_visible(timeout=60_000)
    write(rosa, "Guardar semilla", "mañana")
    rosa.locator("#composer .spot").evaluate("(one) => { one.open = true }")
    rosa.fill("#at-field-que", "Otra cosa que ya empecé")  # so that the form is not free
    rosa.context.set_offline(False)
    expect(rosa.locator(".left")).to_contain_text("Guardar semilla", timeout=60_000)
    bar = rosa.locator(".left").bounding_box()
    for button in rosa.locator(".left li button").all():
        place = button.bounding_box()
        assert bar["y"] <= place["y"] and place["y"] + place["height"] <= bar["y"] + bar["height"], "a button is cut"
    assert bar["height"] < 740 / 3
    rosa.goto(f"/w/{house['meeting']['workshop']}/join?r=1")
    rosa.goto(f"/w/{house['meeting']['workshop']}/r/1")
    enter = rosa.locator("button.main", has_text="Entrar")
    if enter.count():
        enter.first.click()
    rosa.wait_for_selector(".chip.line.online")
    expect(rosa.locator(".left")).to_contain_text(f"De la sala {agreements}:")
    rosa.locator(".left").get_by_role("button", name="Recuperar mi texto").click()
    expect(rosa.locator("#text")).to_have_value("Guardar semilla\nTaraco\nmañana")
