"""A card that a facilitator hides: whoever wrote it is told why, the others see it no more."""
from playwright.sync_api import expect

from tests.browser.boards import seldom
from tests.browser.facilitator.test_a_meeting import card, post

REASON = "Nombra a una persona"


def hide(lead, text: str) -> None:
    """Hide a card in the room's page of a facilitator."""
    lead.once("dialog", lambda dialog: dialog.accept(REASON))
    seldom(card(lead, text)).get_by_role("button", name="Ordenar").click()
    lead.get_by_role("button", name="Ocultar").click()
    expect(card(lead, text)).to_contain_text(REASON)


def test_the_author_is_told_why_at_once_and_after_a_reload_and_may_take_it_back(join, staff, house):
    rosa, julio = join("Rosa"), join("Julio")
    lead = staff(f"/w/{house['meeting']['workshop']}/r/1")
    post(rosa, "Don Teófilo vende más caro")
    expect(card(julio, "Don Teófilo")).to_be_visible()
    hide(lead, "Don Teófilo")
    told = rosa.locator(".taken")
    expect(told).to_contain_text("La facilitación ocultó su idea R1-001")
    expect(told).to_contain_text(REASON)
    expect(card(julio, "Don Teófilo")).to_have_count(0)
    rosa.reload()
    expect(told).to_contain_text("Don Teófilo vende más caro")
    seldom(card(lead, "Don Teófilo")).get_by_role("button", name="Ordenar").click()
    lead.get_by_role("button", name="Mostrar otra vez").click()
    expect(told).to_have_count(0)
    expect(card(julio, "Don Teófilo")).to_be_visible()
    hide(lead, "Don Teófilo")
    rosa.on("dialog", lambda dialog: dialog.accept())
    told.get_by_role("button", name="Retirar").click()
    expect(told).to_have_count(0)
    assert REASON not in julio.content()
