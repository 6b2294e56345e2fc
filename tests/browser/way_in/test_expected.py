"""Who is expected finds their name at the door; two seats that were one person go on as one, on both screens."""
import re

from playwright.sync_api import expect

from tests.browser.facilitator.test_a_meeting import card, post


def test_who_is_on_the_list_comes_in_with_a_tap_and_two_screens_of_one_person_go_on_as_one(house, join, open_page, staff):
    at = f"/w/{house['meeting']['workshop']}"
    elena = staff(f"{at}/roster/bring")
    elena.fill("#text", "Rosa Mamani;Taraco\nJulio Condori;Salinas")
    elena.click("button[value=show]")
    elena.click("button[value=bring]")
    expect(elena.locator("#all li.person-row")).to_have_count(2)
    rosa = open_page("phone")
    rosa.goto(f"/j/{house['meeting']['code']}?r=1")
    rosa.fill("#q", "rosa m")
    rosa.keyboard.press("Enter")
    rosa.locator("button[name=take]").first.click()
    rosa.wait_for_selector(".chip.line.online")
    other = join("Rosa M.")
    post(other, "Cuidar el agua")
    expect(card(rosa, "Cuidar el agua")).to_contain_text("Rosa M.")
    elena.goto(f"{at}/people")
    elena.locator("a.name", has_text="Rosa M.").click()
    elena.locator("a[href$='/same']").click()
    elena.locator("li", has_text="Rosa Mamani").get_by_role("link").last.click()
    elena.locator("form.confirm button.main").click()
    expect(elena).to_have_url(re.compile(r"/people/[\w-]+$"))
    expect(card(rosa, "Cuidar el agua")).to_contain_text("Rosa Mamani")
    post(other, "Guardar semilla")
    expect(card(other, "Guardar semilla")).to_contain_text("Guardado")
    rosa.reload()
    expect(card(rosa, "Guardar semilla")).to_be_visible()
    expect(card(other, "Cuidar el agua")).to_be_visible()
    assert len({one["id"] for page in (rosa, other) for one in page.evaluate(
        "fetch('/api/me').then((answer) => answer.json())")["seats"]}) == 1
