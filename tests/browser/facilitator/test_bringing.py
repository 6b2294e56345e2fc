"""Bringing ideas in and finding those that say the same, in a browser."""
import pytest
from playwright.sync_api import expect

from tests.browser.everybody.test_everybody import complaints, too_wide
from tests.intake.workbooks.made import rows, xlsx

LIST = """1. Que la feria siga cada semana
2. Agua para los potreros de Salinas
3. Que siga la feria cada semana
4. ¡Que la feria siga, cada semana!
5. """ + "Una propuesta muy larga. " * 200


@pytest.mark.parametrize("size", ["phone", "laptop"])
def test_what_becomes_of_a_list_can_be_read_by_everybody(staff, house, size):
    elena = staff(f"/w/{house['meeting']['workshop']}/r/3/bring", size)
    elena.get_by_label("Una lista").fill(LIST)
    elena.get_by_role("button", name="Mostrar cómo quedará").click()
    expect(elena.locator(".lines li")).to_have_count(4)
    expect(elena.locator(".faults li")).to_have_count(1)
    assert complaints(elena) == []
    elena.set_viewport_size({"width": 320, "height": 568})
    assert too_wide(elena) == []


def test_from_a_file_to_two_cards_that_say_the_same(staff, join, house):
    workshop = house["meeting"]["workshop"]
    rosa, elena = join("Rosa", room=2), staff(f"/w/{workshop}/r/2/scribe")
    elena.get_by_role("link", name="Traer ideas").click()
    elena.get_by_label("O un archivo").set_input_files(
        {"name": "ideas.txt", "mimeType": "text/plain", "buffer": LIST.encode()})
    elena.get_by_role("button", name="Mostrar cómo quedará").click()
    expect(elena.get_by_label("Parece decir lo mismo que la línea 1.")).to_be_checked()
    expect(elena.get_by_label("Igual que la línea 1.")).not_to_be_checked()
    elena.get_by_role("button", name="Traer lo marcado").click()
    expect(elena.get_by_role("status")).to_have_text("3 tarjetas están en el tablero.")
    expect(rosa.locator(".card")).to_have_count(3)
    elena.get_by_role("link", name="Resumen").click()
    elena.get_by_role("button", name="Buscar tarjetas que dicen lo mismo").click()
    pair = elena.locator(".pairs li")
    expect(pair).to_have_count(1)
    expect(pair.get_by_role("link")).to_have_text(
        ["R2-001 Que la feria siga cada semana", "R2-003 Que siga la feria cada semana"])
    assert complaints(elena) == []
    card = pair.get_by_role("link").last.get_attribute("href")
    pair.get_by_role("link").last.click()
    expect(elena.locator(f"[id='{card[1:]}']")).to_be_in_viewport()


@pytest.mark.parametrize("size", ["phone", "laptop"])
def test_another_sheet_of_a_workbook_is_chosen_and_looked_at(staff, house, size):
    page = rows(["Taller"], ["Tema", "Idea"], ["Agua", "Cosechar la lluvia"], ["", '<c r="B4"><f>A1</f></c>'])
    book = xlsx(page, rows(["Idea"], ["De la otra mesa"]), names=("Mesa de Ñuñoa", "Acuerdos del consejo de mayores"))
    elena = staff(f"/w/{house['meeting']['workshop']}/r/3/bring", size)
    elena.get_by_label("O un archivo").set_input_files(
        {"name": "mesas.xlsx", "mimeType": "application/octet-stream", "buffer": book})
    elena.get_by_role("button", name="Mostrar cómo quedará").click()
    expect(elena.locator(".lines li")).to_have_count(1)
    assert complaints(elena) == []
    elena.set_viewport_size({"width": 320, "height": 568})
    assert too_wide(elena) == []
    elena.get_by_label("Hoja del libro").select_option("Acuerdos del consejo de mayores")
    elena.get_by_role("button", name="Mostrar otra vez").click()
    expect(elena.locator(".lines .text")).to_have_text(["De la otra mesa"])
