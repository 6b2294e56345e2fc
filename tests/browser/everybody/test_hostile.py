"""Texts with markup on the pages that scripts draw: they stand there as text."""
from playwright.sync_api import expect

from tests.browser.boards import row, seldom
from tests.browser.facilitator.test_a_meeting import card, post

BAD = "</script></textarea>\"'><evil-x onload=x>${1}<img src=x onerror=alert(1)>"


def test_on_no_page_that_is_drawn_does_a_text_become_an_element(join, staff, open_page, house):
    workshop = house["meeting"]["workshop"]
    rosa, luis = join(f"Rosa {BAD}", room=3), join("Luis", room=3, size="laptop")
    post(rosa, f"Semilla {BAD}")
    expect(card(rosa, "Semilla").locator(".saved")).to_be_visible()
    row(card(luis, "Semilla")).get_by_role("button", name="Comentar").click()
    luis.get_by_placeholder("Escriba un comentario").fill(f"Comentario {BAD}")
    luis.get_by_role("button", name="Enviar").first.click()
    expect(card(rosa, "Semilla").locator(".said")).to_have_text(f"Comentario {BAD}")
    rosa.get_by_role("button", name="Levantar la mano").click()
    desk = staff(f"/w/{workshop}/desk")
    expect(desk.locator(".tile", has_text="Sala 3")).to_contain_text("<evil-x onload=x>")
    scribe = staff(f"/w/{workshop}/r/3/scribe")
    card(scribe, "Semilla").get_by_role("button", name="Citar").click()
    scribe.get_by_role("button", name="Acuerdo", exact=True).click()
    scribe.fill("#item-text", f"Acuerdo {BAD}")
    scribe.get_by_role("button", name="Guardar").click()
    expect(scribe.locator(".sentence")).to_contain_text(BAD)
    scribe.get_by_role("button", name="Publicar en plenaria").click()
    wall = open_page("projector")
    wall.goto(f"/s/{house['meeting']['screen']}")
    expect(wall.locator("#summaries")).to_contain_text(BAD)
    lead = staff(f"/w/{workshop}/r/3")
    seldom(card(lead, "Semilla")).get_by_role("button", name="Ordenar").click()
    lead.once("dialog", lambda dialog: dialog.accept(f"Motivo {BAD}"))
    lead.get_by_role("button", name="Ocultar").click()
    expect(rosa.locator(".taken")).to_contain_text(f"Motivo: Motivo {BAD}")
    for page in (rosa, luis, desk, scribe, wall, lead):
        assert page.locator("evil-x, [onload], [onerror], img[src=x]").count() == 0
