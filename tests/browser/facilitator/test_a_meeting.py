"""From the open room to the plenary, with several browsers."""
import re

from playwright.sync_api import expect

from tests.browser import desks
from tests.browser.boards import row, seldom
from tests.browser.conftest import HOST


def post(page, text: str) -> None:
    page.fill("#text", text)
    page.click("#composer button")


def card(page, text: str):
    return page.locator(".card", has_text=text)


def test_ideas_appear_on_the_other_screens_and_say_that_they_are_saved(join):
    rosa, luis = join("Rosa"), join("Luis", size="laptop")
    post(rosa, "La feria semanal mantuvo el precio")
    expect(card(rosa, "La feria semanal")).to_contain_text("Guardado")
    expect(card(luis, "La feria semanal")).to_contain_text("Rosa")
    row(card(luis, "La feria semanal")).get_by_role("button", name="Comentar").click()
    luis.get_by_placeholder("Escriba un comentario").fill("En Salinas también")
    luis.get_by_role("button", name="Enviar").first.click()
    expect(card(rosa, "La feria semanal")).to_contain_text("En Salinas también")
    card(rosa, "La feria semanal").get_by_role("button", name="Cambiar").click()
    rosa.locator(".editor textarea").fill("La feria semanal bajó el precio")
    rosa.locator(".editor button.main").click()
    expect(card(luis, "bajó el precio")).to_be_visible()
    expect(card(luis, "bajó el precio").get_by_role("button", name="Retirar")).to_have_count(0)
    rosa.on("dialog", lambda dialog: dialog.accept())
    seldom(card(rosa, "bajó el precio")).get_by_role("button", name="Retirar").click()
    expect(card(luis, "bajó el precio")).to_have_count(0)


def test_from_ideas_to_votes_to_the_summary_on_the_wall(join, staff, open_page, house):
    workshop = house["meeting"]["workshop"]
    rosa = join("Rosa", room=2, host=HOST)
    assert rosa.evaluate("window.isSecureContext") is False
    desk = staff(f"/w/{workshop}/desk")
    tile = desk.locator(".tile", has_text="Sala 2")
    expect(tile.locator("dl")).to_contain_text("1aquí")
    post(rosa, "Guardar semilla propia en cada casa")
    post(rosa, "Compras públicas a las familias")
    expect(tile.locator("dd").nth(2)).to_have_text("2")
    rosa.get_by_role("button", name="Levantar la mano").click()
    expect(tile).to_contain_text("1 mano levantada")
    desk.locator(".need").get_by_role("button", name="Dar la palabra a Rosa").click()
    expect(rosa.get_by_role("button", name="Levantar la mano")).to_be_visible()
    tile.get_by_role("button", name="Siguiente paso: Votar").click()
    expect(rosa.locator("#composer")).to_be_hidden()
    more = card(rosa, "Guardar semilla").get_by_role("button", name="Un punto más")
    more.click()
    more.click()
    expect(rosa.locator("#bar")).to_contain_text("Le quedan 3 puntos")
    expect(card(rosa, "Guardar semilla")).to_contain_text("2 puntos")
    card(rosa, "Compras").get_by_role("button", name="De acuerdo").click()
    expect(card(rosa, "Compras").get_by_role("button", name="De acuerdo")).to_have_attribute("aria-pressed", "true")
    expect(tile.locator("dd").nth(3)).to_have_text("1 de 1")
    wall = open_page("projector")
    wall.goto(f"/s/{house['meeting']['screen']}")
    expect(wall.locator("#hours")).not_to_be_empty()
    expect(wall.locator(".result")).to_have_count(0)
    tile.get_by_role("button", name="Siguiente paso: Resumen").click()
    result = wall.locator(".group", has_text="Sala 2").locator(".result", has_text="Puntos")
    for _ in ("by itself", "and after it was loaded anew"):
        expect(result.locator("li")).to_have_text(re.compile(
            r"1\s*R2-001 Guardar semilla propia en cada casa21 persona · de 1 delegación"))
        assert result.locator("li rect").get_attribute("width") == "100%"
        wall.reload()
    scribe = staff(f"/w/{workshop}/r/2/scribe")
    card(scribe, "Guardar semilla").get_by_role("button", name="Citar").click()
    scribe.get_by_role("button", name="Acuerdo", exact=True).click()
    scribe.fill("#item-text", "Cada familia guarda su semilla.")
    scribe.get_by_role("button", name="Guardar").click()
    expect(scribe.locator(".sentence")).to_contain_text("R2-001")
    expect(wall.locator("body")).not_to_contain_text("Cada familia guarda")
    scribe.get_by_role("button", name="Publicar en plenaria").click()
    expect(wall.locator(".group", has_text="Sala 2")).to_contain_text("Cada familia guarda su semilla.")
    expect(wall.locator(".group", has_text="Sala 2")).to_contain_text("R2-001")
    rosa.goto(f"/w/{workshop}/plenary")
    expect(rosa.locator(".group", has_text="Sala 2")).to_contain_text("Cada familia guarda su semilla.")
    result = rosa.locator(".result", has_text="Puntos")
    expect(result.locator("table")).to_be_hidden()
    result.get_by_text("Ver la tabla").click()
    expect(result.locator("tbody tr")).to_have_text(["1R2-001 Guardar semilla propia en cada casa211"])
    scribe.get_by_role("button", name="Cambiar").click()
    expect(scribe.locator("#item-text")).to_have_value("Cada familia guarda su semilla.")
    scribe.fill("#item-text", "Cada familia y cada escuela guarda su semilla.")
    scribe.get_by_role("button", name="Guardar").click()
    expect(wall.locator(".group", has_text="Sala 2")).to_contain_text("y cada escuela")
    expect(rosa.locator(".group", has_text="Sala 2")).to_contain_text("y cada escuela")


def test_several_people_on_one_phone_have_a_voice_and_dots_each(open_page, house):
    phone = open_page()
    phone.goto(f"/j/{house['meeting']['code']}?r=3")
    phone.fill("#name", "Rosa")
    phone.locator("input[name=delegation]").first.check()
    phone.locator("input[name=channel]").first.check()
    phone.get_by_text("Somos varios").click()
    phone.fill("#name-1", "Don Julio")
    phone.locator("button.main.wide").click()
    phone.wait_for_selector(".chip.line.online")
    phone.get_by_role("button", name="Don Julio").click()
    post(phone, "Los jóvenes que volvieron saben de riego")
    expect(card(phone, "Los jóvenes")).to_contain_text("Don Julio")
    expect(card(phone, "Los jóvenes").get_by_role("button", name="Cambiar")).to_be_visible()
    phone.get_by_role("button", name="Rosa").click()
    expect(card(phone, "Los jóvenes").get_by_role("button", name="Cambiar")).to_have_count(0)


def test_who_waits_in_the_lobby_sees_a_room_open(join, staff, house):
    workshop = house["meeting"]["workshop"]
    rosa, desk = join("Rosa", room=3), staff(f"/w/{workshop}/desk")
    rosa.goto(f"/w/{workshop}")
    rosa.wait_for_selector(".chip.line.online")
    desk.on("dialog", lambda dialog: dialog.accept())
    tile = desk.locator(".tile", has_text="Sala 3")
    desks.seldom(tile).get_by_role("button", name="Cerrar sala").click()
    expect(rosa.locator(".on-now")).to_contain_text("Cerrada")
    tile.get_by_role("button", name="Abrir otra vez").click()
    expect(rosa.locator(".on-now")).not_to_contain_text("Cerrada")
