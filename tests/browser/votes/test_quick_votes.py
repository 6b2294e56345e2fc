"""A vote that stands by itself comes over what a phone does, and goes again; those who share a phone vote one by one."""
import os
import re

import pytest
from playwright.sync_api import expect

PICTURES = os.environ.get("PICTURES", "")


def look(page, name: str) -> None:
    """Keeps a picture where somebody wants to look at it."""
    if PICTURES:
        page.wait_for_timeout(100)
        page.screenshot(path=f"{PICTURES}/{name}.png")


@pytest.fixture
def elena(staff, house):
    """The desk."""
    return staff(f"/w/{house['meeting']['workshop']}/desk")


def ask(page, house, *, where: str = "plenary", ready: str = "Sí o no", title: str = "¿Necesitan diez minutos más?",
        minutes: str = "") -> None:
    """The facilitator opens a vote with a tap."""
    page.goto(f"/w/{house['meeting']['workshop']}/vote")
    page.locator("summary", has_text="A quién se pregunta").click()
    for one in page.locator("input[name=room]:checked").all():
        one.uncheck()
    page.locator(f"input[name=room][value='{where}']").check()
    page.fill("#title", title)
    page.select_option("#minutes", minutes)
    look(page, f"open-{ready}")
    page.locator(".ready-made button", has_text=ready).click()
    page.wait_for_url("**/desk")


def close(elena) -> None:
    """The desk closes what is open."""
    elena.locator("#asking button").click()
    expect(elena.locator("#asking .asking")).to_have_count(0)


def test_it_comes_over_what_is_being_typed_and_goes_back_to_it(join, house, elena):
    rosa = join("Rosa")
    rosa.locator("#text").press_sequentially("En mi comunidad las mujeres")
    ask(elena, house, minutes="2")
    sheet = rosa.locator("#asked .ask")
    expect(sheet.locator("h2")).to_have_text("¿Necesitan diez minutos más?")
    expect(sheet).to_contain_text("Lo que estaba escribiendo está a salvo")
    expect(sheet.locator("h2")).to_be_focused()
    look(rosa, "sheet")
    sheet.locator("label", has_text="Sí").click()
    expect(sheet.locator(":checked")).to_have_count(1)
    look(rosa, "sheet-chosen")
    expect(elena.locator("#asking")).to_contain_text("votaron 1 de")
    look(elena, "desk")
    sheet.locator("button.main").click()
    expect(sheet).to_have_count(0)
    expect(rosa.locator("#text")).to_have_value("En mi comunidad las mujeres")
    expect(rosa.locator("#text")).to_be_focused()
    expect(rosa.locator("#calls .asked-for")).to_contain_text("¿Necesitan diez minutos más?")
    look(rosa, "back")
    rosa.locator("#calls .asked-for button").click()
    expect(sheet.locator(":checked + span")).to_have_text("Sí")
    close(elena)
    expect(sheet).to_have_count(0)
    expect(rosa.locator("#notes")).to_contain_text("La votación “¿Necesitan diez minutos más?” se cerró.")
    expect(rosa.locator("#calls .asked-for")).to_have_count(0)
    rosa.locator("#notes button", has_text="Ver el resultado").click()
    expect(rosa.get_by_role("heading", name="¿Necesitan diez minutos más?")).to_be_visible()
    rosa.get_by_role("link", name="Anterior").click()
    expect(rosa.locator("#voted .result")).to_contain_text("¿Necesitan diez minutos más?")
    look(rosa, "plenary")


def test_it_can_wait_and_is_never_lost(join, house, elena):
    rosa = join("Rosa")
    ask(elena, house, where="1", title="¿Seguimos?")
    sheet = rosa.locator("#asked .ask")
    expect(sheet).to_be_visible()
    rosa.keyboard.press("Escape")
    expect(sheet).to_have_count(0)
    rosa.reload()
    line = rosa.locator("#calls .asked-for")
    expect(line).to_contain_text("¿Seguimos?")
    expect(sheet).to_have_count(0)
    look(rosa, "later")
    line.locator("button").click()
    expect(sheet).to_be_visible()
    close(elena)
    expect(sheet).to_have_count(0)


def test_those_who_share_a_phone_vote_one_after_the_other_in_private(open_page, house, elena):
    page = open_page()
    page.goto(f"/j/{house['meeting']['code']}?r=1&more=1")
    page.fill("#name", "Julio Mamani")
    page.locator("summary").first.click()
    page.fill("#name-1", "Rosa Choque")
    page.locator("input[name=delegation]").first.check()
    page.locator("input[name=channel]").first.check()
    page.locator("button.main.wide").click()
    page.wait_for_selector(".chip.line.online")
    ask(elena, house, ready="Semáforo", title="¿Cómo vamos?")
    sheet = page.locator("#asked .ask")
    expect(sheet.locator("h2")).to_have_text("Julio Mamani")
    expect(sheet.locator("input")).to_have_count(0)
    look(page, "pass")
    sheet.locator("button.main").click()
    sheet.locator(".picks label").first.click()
    look(page, "turn")
    sheet.locator("button", has_text="Listo, pasar a Rosa Choque").click()
    expect(sheet.locator("h2")).to_have_text("Rosa Choque")
    sheet.locator("button.main").click()
    expect(sheet.locator("input:checked")).to_have_count(0)
    sheet.locator(".picks label").last.click()
    sheet.locator("button", has_text="Listo").click()
    expect(sheet).to_have_count(0)
    expect(elena.locator("#asking")).to_contain_text(re.compile("votaron 2 de"))
    close(elena)


def test_a_scale_is_answered_over_the_room_too(join, house, elena):
    rosa = join("Rosa")
    ask(elena, house, ready="Escala", title="¿Qué tan lejos estamos?")
    sheet = rosa.locator("#asked .ask")
    sheet.locator("label", has_text="4").click()
    expect(sheet.locator("input:checked")).to_have_count(1)
    look(rosa, "scale")
    sheet.locator("button.main").click()
    expect(sheet).to_have_count(0)
    close(elena)


def test_the_lobby_and_the_plenary_lead_to_the_ballot(join, house, elena):
    rosa = join("Rosa")
    rosa.goto(f"/w/{house['meeting']['workshop']}/plenary")
    ask(elena, house)
    rosa.locator("#calls .asked-for a").click()
    rosa.locator(".ballot button", has_text="Sí").click()
    look(rosa, "ballot-page")
    expect(rosa.locator(".problem.good")).to_be_visible()
    close(elena)
    rosa.reload()
    expect(rosa.locator(".result")).to_contain_text("¿Necesitan diez minutos más?")
