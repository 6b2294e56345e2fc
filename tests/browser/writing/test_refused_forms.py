"""What is refused in a long form is said at the field, with its name, and the field is in view with the focus."""
import pytest
from playwright.sync_api import expect

LONG = "Federación de comunidades campesinas " * 4


def asked(page, field, label: str, said: str) -> None:
    """The field has the focus, stands in view, is named at the top of the page and described by what is wrong."""
    expect(field).to_be_focused()
    expect(field).to_be_in_viewport()
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#refused")).to_contain_text(said)
    assert "refused" in field.get_attribute("aria-describedby").split()
    top = page.locator(".problem[role=alert]")
    expect(top).to_have_count(1)
    expect(top).to_contain_text(label)
    expect(top).to_contain_text(said)
    assert top.locator("a").get_attribute("href") == f"#{field.get_attribute('id')}"


@pytest.mark.parametrize("size", ["phone", "laptop"])
def test_a_line_of_a_new_workshop_that_is_too_long_is_named_and_shown(staff, size):
    page = staff("/workshops/new", size)
    page.fill("#title", "Encuentro de semillas")
    page.fill("#delegations", f"Taraco\n{LONG}\nSalinas")
    page.click("button.main")
    asked(page, page.locator("#delegations"), "Delegaciones, una por línea, línea 2", "80")
    expect(page.locator("#delegations")).to_have_value(f"Taraco\n{LONG}\nSalinas")
    page.evaluate("scrollTo(0, 0)")
    page.locator(".problem[role=alert] a").click()
    expect(page.locator("#delegations")).to_be_in_viewport()


def test_a_title_of_a_new_workshop_that_is_too_long_is_named_too(staff):
    page = staff("/workshops/new")
    page.fill("#title", LONG * 3)
    page.click("button.main")
    asked(page, page.locator("#title"), "Título", "200")


def test_on_the_page_of_the_team_it_is_the_form_at_the_bottom(staff, house):
    page = staff(f"/w/{house['meeting']['workshop']}/team", "phone")
    page.fill("#name", LONG)
    page.locator("form", has=page.locator("#name")).locator("button.main").click()
    asked(page, page.locator("#name"), "Nombre", "80")


def test_a_step_that_is_too_long_in_a_folded_language_unfolds(staff, house):
    page = staff(f"/w/{house['meeting']['workshop']}/r/1/process")
    page.locator(".unfold > summary").nth(1).click()
    page.locator("summary", has_text="En los otros idiomas").nth(1).click()
    field = page.locator("[id='1.instruction.fr']")
    field.fill(LONG * 6)
    page.locator("button.main").last.click()
    asked(page, field, "Indicación · Français", "600")


def test_the_account_names_its_fields(staff):
    page = staff("/account", "phone")
    page.fill("#name", LONG)
    page.locator("form", has=page.locator("#name")).locator("button").last.click()
    asked(page, page.locator("#name"), "Nombre", "80")
    page.fill("#old", "no es esta")
    page.fill("input[autocomplete=new-password]", "una frase bastante larga")
    page.locator("form", has=page.locator("#old")).locator("button").last.click()
    asked(page, page.locator("#old"), "Contraseña", "")


def test_the_name_of_a_person_is_refused_at_its_field(staff, join, house):
    join("Rosa")
    page = staff(f"/w/{house['meeting']['workshop']}/people", "phone")
    page.locator("a[href*='/people/']").first.click()
    page.fill("input[name=name]", LONG)
    page.get_by_role("button", name="Guardar").click()
    asked(page, page.locator("input[name=name]"), "Nombre", "80")


def test_in_the_method_editor_the_field_has_the_focus(staff):
    page = staff("/methods/foda")
    page.click("form[action$='/copy'] button")
    page.wait_for_url("**/edit")
    field = page.locator("[id='steps.0.title.es']")
    page.locator("details:has([id='steps.0.title.es']) > summary").first.click()
    field.fill(LONG * 20)
    page.locator("button[value=save]").last.click()
    expect(field).to_be_focused()
    expect(field).to_be_in_viewport()
    expect(page.locator(".problem[role=alert]")).to_contain_text("Paso 1")
