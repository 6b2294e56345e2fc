"""The rapporteur's page: sentences that two people change, what is put together and taken back, what is open far above."""
import pytest
from playwright.sync_api import expect

from tests.support import cast

TEXTS = ("Guardar semilla propia", "Guardar la semilla", "El agua de riego")


@pytest.fixture
def elena(house):
    """Elena's other device, over HTTP."""
    app = cast.app(house["data"])
    laptop = cast.facilitator(app, house["meeting"])
    yield laptop
    app.extensions["house"].store.close()


@pytest.fixture
def room(house, elena):
    """A room of its own with three cards: {number, board, summary, cards, write(key, text, base)}."""
    made = cast.ok(elena.do("room.create", {"workshop": house["meeting"]["workshop"], "title": "Semillas"},
                            None))["card"]
    cast.ok(elena.do("room.open", {"room": made["id"]}, None))
    app = elena.http.application
    of = cast.activities(app, made["id"])
    cards = [f"carta-{n}-{made['number']}" for n, _text in enumerate(TEXTS)]
    for key, text in zip(cards, TEXTS, strict=True):
        cast.ok(elena.do("contribution.add", {"activity": of["ideas"], "id": key, "body": {"text": text}}, None))

    def write(text: str, base: int = 0, cites=None) -> dict:
        return cast.ok(elena.do("summary.item", {
            "activity": of["summary"], "id": f"la-frase-{made['number']}", "base_rev": base,
            "cites": cards[:2] if cites is None else cites, "body": {"section": "agreement", "text": text}}, None))
    return {"number": made["number"], "cards": cards, "write": write, "board": of["ideas"],
            "path": f"/w/{house['meeting']['workshop']}/r/{made['number']}/scribe"}


def test_two_who_change_one_sentence_both_keep_their_words_in_it_with_its_cards(staff, room):
    room["write"]("Cada familia guarda su semilla.")
    page = staff(room["path"])
    page.locator(".sentence").get_by_role("button", name="Cambiar").click()
    expect(page.locator("#item-text")).to_have_value("Cada familia guarda su semilla.")
    page.fill("#item-text", "Cada familia guarda papa nativa.")
    room["write"]("Cada familia guarda quinua real.", 1)
    expect(page.locator(".sentence")).to_contain_text("quinua real")
    page.get_by_role("button", name="Guardar", exact=True).click()
    expect(page.locator(".sentence .text")).to_have_text("Cada familia guarda papa nativa.")
    page.locator(".note").get_by_role("button", name="Ver los dos").click()
    expect(page.locator("#item-text")).to_have_value("Cada familia guarda papa nativa.\n\nCada familia guarda quinua real.")
    expect(page.locator("#summary .cited .chip")).to_have_count(2)
    page.get_by_role("button", name="Guardar", exact=True).click()
    expect(page.locator(".sentence")).to_have_count(1)
    expect(page.locator(".sentence .text")).to_contain_text("quinua real")
    expect(page.locator(".sentence .cites")).to_contain_text(f"R{room['number']}-002")


def test_a_sentence_that_was_begun_waits_beside_while_another_is_changed(staff, room):
    room["write"]("Cada familia guarda su semilla.")
    page = staff(room["path"])
    page.fill("#item-text", "Lo que todavía no guardé")
    page.locator(".sentence").get_by_role("button", name="Cambiar").click()
    expect(page.locator("#item-text")).to_have_value("Cada familia guarda su semilla.")
    page.reload()
    expect(page.locator(".aside")).to_contain_text("Lo que todavía no guardé")
    page.locator(".aside").get_by_role("button", name="Seguir con ella").click()
    expect(page.locator("#item-text")).to_have_value("Lo que todavía no guardé")
    expect(page.locator(".aside")).to_have_count(0)


def test_a_removed_sentence_says_what_stays_and_comes_back_with_its_cards(staff, room):
    room["write"]("Cada familia guarda su semilla.")
    page, asked = staff(room["path"]), []
    page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.accept()))
    page.locator(".sentence").get_by_role("button", name="Quitar").click()
    expect(page.locator(".sentence")).to_have_count(0)
    assert "se quedan en el tablero" in asked[0]
    page.locator(".note").get_by_role("button", name="Deshacer").click()
    expect(page.locator(".sentence .text")).to_have_text("Cada familia guarda su semilla.")
    expect(page.locator(".sentence .cites")).to_contain_text(f"R{room['number']}-001")


def test_what_is_put_together_stands_under_its_card_and_comes_apart_again(staff, room):
    page = staff(room["path"])
    expect(page.locator("#cards .card")).to_have_count(3)
    page.get_by_role("button", name="Buscar tarjetas que dicen lo mismo").click()
    page.locator(".pairs li").first.get_by_role("button").click()
    expect(page.locator("#cards .card")).to_have_count(2)
    expect(page.locator("#cards .card .under")).to_have_count(1)
    expect(page.locator(".meter")).to_contain_text("Leídas: 0 de 2")
    page.locator(".note").get_by_role("button", name="Deshacer").click()
    expect(page.locator("#cards .card")).to_have_count(3)
    page.locator(".pairs li").first.get_by_role("button").click()
    page.locator(".under").get_by_role("button", name="Separar").click()
    expect(page.locator("#cards .card")).to_have_count(3)


def test_a_group_has_its_name_and_what_is_cited_counts_as_read(staff, elena, room):
    cast.ok(elena.do("group.make", {"activity": room["board"], "group": f"el-grupo-{room['number']}",
                                    "name": "Lo de la semilla", "cards": room["cards"][:2]}, None))
    page = staff(room["path"])
    expect(page.locator("#cards .card", has_text="«Lo de la semilla»")).to_have_count(2)
    expect(page.locator("#cards .card").first.locator(".staff")).to_have_text("◆ Equipo facilitador")
    page.get_by_role("button", name="Citar todas Lo de la semilla").click()
    page.fill("#item-text", "La semilla es de todos.")
    page.get_by_role("button", name="Guardar", exact=True).click()
    expect(page.locator(".meter")).to_contain_text("Leídas: 2 de 3")
    expect(page.locator(".meter")).to_contain_text("En un grupo o citadas: 2 de 3")
    page.goto(room["path"].split("/r/")[0] + "/desk")
    expect(page.locator(".tile", has_text=f"Sala {room['number']}")).to_contain_text("Leídas: 2 de 3")


def test_far_from_the_form_a_bar_says_which_sentence_is_open_and_leads_back(staff, elena, room):
    for n in range(40):
        cast.ok(elena.do("contribution.add", {"activity": room["board"], "id": f"otra-{n}-{room['number']}",
                                              "body": {"text": f"Otra idea, la {n}"}}, None))
    page = staff(room["path"], "phone")
    bar, field = page.locator("#open"), page.locator("#item-text")
    field.fill("La semilla es de todos")
    expect(bar).to_be_hidden()
    last = page.locator("#cards .card").last
    last.get_by_role("button", name="Citar").click()
    expect(bar).to_contain_text("Cita 1 tarjeta")
    expect(bar).to_contain_text("La semilla es de todos")
    expect(bar).to_be_in_viewport()
    bar.get_by_role("button", name="A la frase").click()
    expect(field).to_be_focused()
    expect(field).to_be_in_viewport()
    expect(bar).to_be_hidden()
    page.get_by_role("link", name="Volver a las tarjetas").click()
    expect(last).to_be_in_viewport()
