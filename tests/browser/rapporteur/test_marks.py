"""Whoever makes a summary marks the cards that were read; the desk says how many."""
from playwright.sync_api import expect

from tests.browser.everybody.test_everybody import complaints
from tests.browser.facilitator.test_a_meeting import post


def test_a_card_is_marked_as_read_and_page_and_desk_count_it(join, staff, house):
    rosa, at = join("Rosa"), f"/w/{house['meeting']['workshop']}"
    post(rosa, "Guardar semilla propia")
    post(rosa, "Compras públicas a las familias")
    scribe = staff(f"{at}/r/1/scribe")
    expect(scribe.locator(".meter")).to_contain_text("Leídas: 0 de 2")
    scribe.locator(".card").filter(has_text="Guardar semilla").get_by_role("button", name="Leída").click()
    expect(scribe.locator(".meter")).to_contain_text("Leídas: 1 de 2")
    expect(scribe.locator(".meter")).to_contain_text("En un grupo o citadas: 0 de 2")
    expect(scribe.get_by_role("button", name="Leída R1-001")).to_have_attribute("aria-pressed", "true")
    assert complaints(scribe) == []
    with scribe.expect_response("**/r/1/read"):
        scribe.reload()
    expect(scribe.locator(".meter")).to_contain_text("Leídas: 1 de 2")
    scribe.goto(f"{at}/desk")
    expect(scribe.locator(".tile").first).to_contain_text("Leídas: 1 de 2")
