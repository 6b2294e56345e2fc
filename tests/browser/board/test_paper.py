"""Cards of paper: from the printer over the pen to the board, where a number counts once."""
from playwright.sync_api import expect

from tests.browser.facilitator.test_a_meeting import card


def test_a_printed_number_is_typed_once_and_the_second_time_it_is_said(staff, join, house):
    desk = staff(f"/w/{house['meeting']['workshop']}/desk")
    desk.goto(f"/w/{house['meeting']['workshop']}/paper")
    desk.get_by_label("Primer número").fill("9")
    desk.get_by_label("Tarjetas para cada sala").fill("2")
    desk.get_by_role("button", name="Mostrar").click()
    sheet = desk.locator(".sheet-of-paper", has_text="Sala 1")
    expect(sheet.locator("li")).to_have_count(2)
    number = sheet.locator("li .mono").first.inner_text().split("·")[1].strip()
    assert number == "9"
    helper = join("Rosa")
    helper.goto(f"/j/{house['meeting']['code']}?for=1&r=1")
    helper.fill("#name", "Doña Justa")
    helper.locator("input[name=delegation]").first.check()
    helper.get_by_label("En papel").check()
    helper.locator("button.main.wide").click()
    helper.wait_for_selector(".chip.line.online")
    helper.get_by_role("button", name="Doña Justa").click()
    place = helper.get_by_placeholder("N.º del papel")
    place.fill(number)
    helper.fill("#text", "Que el agua llegue a la escuela")
    helper.click("#composer button")
    expect(card(helper, "Que el agua llegue")).to_contain_text("en papel")
    expect(card(helper, "Que el agua llegue")).to_contain_text("Guardado")
    other = join("Julio")  # sees it as one card
    expect(card(other, "Que el agua llegue")).to_have_count(1)
    place.fill(number)
    helper.fill("#text", "Que el agua llegue a la escuela, otra vez")
    helper.click("#composer button")
    expect(helper.locator(".note.bad")).to_contain_text("La tarjeta de papel 9 ya fue escrita.")
    expect(helper.locator("#text")).to_have_value("Que el agua llegue a la escuela, otra vez")
    place.fill("10")
    helper.click("#composer button")
    expect(card(other, "otra vez")).to_have_count(1)
    expect(card(other, "Que el agua llegue")).to_have_count(2)
    expect(desk.get_by_role("link", name="Las 2 siguientes")).to_have_attribute("href", "?from=11&each=2")
