"""Cards get another date, another parent, another row; groups another name; and what was just done is taken back."""
import re

import pytest
from playwright.sync_api import expect

from tests.browser.board.test_layouts import part, write
from tests.browser.boards import LAYOUTS, seldom
from tests.browser.everybody.test_everybody import complaints
from tests.browser.facilitator.test_a_meeting import card, post
from tests.live.server import Server
from tests.support import cast
from workshop.actions.rooms import building
from workshop.domain.methods.library import library
from workshop.store.models import Activity, Workshop
from workshop.store.streams import numbering

STEPS = {"linea_tiempo": "colocar", "arbol_problemas": "enlaces", "lluvia": "nombrar"}
GROUPING = [{"key": "juntar", "minutes": 0, "opens": ["ideas"], "may": {"move": "all", "group": "all"}}]


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """A running server: rooms that work by the methods of STEPS, in that step; a matrix, and a board to arrange freely."""
    data = tmp_path_factory.mktemp("arranging")
    app = cast.app(data, rate=1e6, burst=10**6)
    meeting, h, numbers = cast.found(app), app.extensions["house"], {}
    with h.store.write() as session:
        numbering.lock(session, {meeting["workshop"]})
        workshop = session.get(Workshop, meeting["workshop"])
        for key, step in STEPS.items():
            room = building.build_room(session, workshop, key, method=library()[key])
            room.step = [one["key"] for one in room.steps].index(step)
            if key != "linea_tiempo":  # there is something to be written in it, and somebody has opened the grouping to all
                may = {"add": "all"} | ({"group": "all"} if key == "lluvia" else {})
                room.steps = [one | {"may": one.get("may", {}) | may} for one in room.steps]
            room.opened_at, numbers[key] = h.clock(), room.number
        for key, settings in {"free": {"columns": []}, "matrix": {"columns": []} | LAYOUTS["matrix"]}.items():
            room = building.build_room(session, workshop, key, process=GROUPING)
            session.query(Activity).filter_by(room_id=room.id, kind="ideas").one().settings = settings
            room.opened_at, numbers[key] = h.clock(), room.number
    h.store.close()
    server = Server(data).start()
    yield {"url": server.url, "meeting": meeting, "rooms": numbers, "server": server}
    server.stop()


@pytest.fixture
def enter(join, house):
    """enter(room, name, size) -> the page of somebody in that room."""
    return lambda room, name="Rosa", size="laptop", **options: join(name, house["rooms"][room], size, **options)


def press(page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def pick(page, text: str, name: str = "Ordenar") -> None:
    """Choose a card with the keyboard, its dots first; whoever does is taken to the bar."""
    expect(card(page, text).locator(".number").first).to_be_visible()
    dots = card(page, text).locator("> .tools > .rest:not([open]) > summary").first
    if dots.count():
        dots.focus()
        press(page, "Enter")
    card(page, text).get_by_role("button", name=name).first.focus()
    press(page, "Enter")
    expect(page.locator(".arrange")).to_be_focused()


def undo(page):
    return page.locator(".note button", has_text="Deshacer")


def test_in_the_step_for_it_everybody_puts_their_cards_at_another_date_with_the_keyboard_alone(enter):
    rosa, luis = enter("linea_tiempo"), enter("linea_tiempo", "Luis", "phone")
    write(rosa, "Primera feria", at="2019", lane="hitos")
    expect(card(luis, "Primera feria")).to_be_visible()
    expect(card(luis, "Primera feria").get_by_role("button", name=re.compile("Mover|Ordenar"))).to_have_count(0)
    pick(rosa, "Primera feria", "Mover a…")
    press(rosa, "Tab", "Tab")  # past "done", into the date
    rosa.keyboard.type("2020-03")
    press(rosa, "Tab")
    rosa.keyboard.type("Logros")
    press(rosa, "Tab", "Enter")
    expect(part(luis, "03/2020").or_(luis.locator(".outline .d3", has_text="Logros"))).to_have_count(2)
    row = rosa.locator("tr", has=rosa.get_by_role("rowheader", name="03/2020", exact=True))
    expect(row.locator("td").nth(2)).to_contain_text("Primera feria")
    expect(card(rosa, "Primera feria").locator(".rest > summary")).to_be_focused()
    undo(rosa).click()
    expect(part(luis, "2019")).to_have_count(1)
    pick(rosa, "Primera feria", "Mover a…")
    rosa.get_by_label("Fecha").fill("ayer")
    press(rosa, "Enter")
    assert rosa.get_by_label("Fecha").evaluate("one => one.validity.patternMismatch")
    rosa.get_by_label("Fecha").fill("")
    press(rosa, "Enter")
    expect(part(luis, "Todavía sin lugar").or_(luis.locator(".outline .d2", has_text="Todavía sin lugar"))).to_have_count(1)
    assert complaints(rosa) == []


def test_in_the_step_for_it_causes_are_hung_from_other_causes_with_the_keyboard_alone_and_never_in_a_circle(enter):
    rosa, luis = enter("arbol_problemas"), enter("arbol_problemas", "Luis", "phone")
    for text in ("Llueve menos", "La tierra da menos", "Nadie guarda agua"):
        write(rosa, text, column="causas")
        expect(card(rosa, text).locator(".saved")).to_be_visible()
    pick(luis, "Llueve menos", "Mover a…")  # all may move all cards now
    press(luis, "Tab", "Tab", "Tab")
    luis.keyboard.type("R")
    expect(luis.locator("#move-parent option:checked")).to_contain_text("La tierra da menos")  # the first of them
    press(luis, "Tab", "Enter")
    expect(part(luis, "Causas").locator(".card .card")).to_contain_text("Llueve menos")
    causes = rosa.locator(".level", has=rosa.get_by_role("heading", name="Causas"))
    expect(causes.locator(".card .card")).to_contain_text("Llueve menos")
    seldom(card(rosa, "La tierra da menos")).get_by_role("button", name="Mover a…").first.click()
    expect(rosa.locator("#move-parent")).to_be_visible()
    offered = rosa.locator("#move-parent option").all_inner_texts()
    offered = " ".join(offered)
    assert "Nadie guarda" in offered and "Llueve" not in offered and "La tierra" not in offered
    press(rosa, "Escape")
    undo(luis).click()
    expect(causes.locator(".card .card")).to_have_count(0)


def test_the_tree_of_objectives_is_read_as_a_list_on_a_phone(enter):
    luis = enter("arbol_problemas", "Julio", "phone")
    expect(luis.locator(".outline h2")).to_have_text(["Efectos", "Problema central", "Causas"])
    luis.get_by_role("button", name="Leer como árbol de objetivos").click()
    expect(luis.locator(".outline h2")).to_have_text(["Fines", "Objetivo", "Medios"])
    luis.get_by_role("button", name="Ver como tablero").click()
    expect(luis.locator(".tree h2").first).to_contain_text("Fines")


def test_on_a_phone_a_row_is_named_by_who_writes_and_another_by_who_moves(enter):
    rosa, luis = enter("matrix", size="phone"), enter("matrix", "Luis")
    write(rosa, "Trueque de papa por sal", row="Las ferias", column="taraco")
    expect(luis.get_by_role("rowheader", name="Las ferias")).to_be_visible()
    seldom(card(rosa, "Trueque")).get_by_role("button", name="Ordenar").click()
    expect(rosa.locator(".arrange").get_by_label("Fila")).to_have_value("Las ferias")
    rosa.locator(".arrange").get_by_label("Fila").fill("El camino")
    rosa.locator(".arrange").get_by_role("button", name="Mover aquí").click()
    row = luis.locator("tr", has=luis.get_by_role("rowheader", name="El camino"))
    expect(row.locator("td").first).to_contain_text("Trueque de papa")


def test_in_the_step_for_it_everybody_names_a_heap_and_dissolves_one_and_takes_it_back(enter):
    rosa, luis = enter("lluvia", size="phone"), enter("lluvia", "Luis")
    for text in ("Guardar semilla", "Cambiar semilla"):
        post(rosa, text)
        seldom(card(rosa, text)).get_by_role("button", name="Ordenar").click()
    rosa.locator(".arrange").get_by_placeholder("Nombre del grupo").fill("Cosas")
    rosa.locator(".arrange").get_by_role("button", name="Agrupar", exact=True).click()
    heading = luis.locator(".group h3")
    expect(heading).to_have_text("Cosas 2 tarjetas")
    luis.get_by_role("button", name="Cambiar el nombre: Cosas").focus()
    press(luis, "Enter")
    expect(luis.get_by_label("Nombre del grupo")).to_be_focused()
    luis.keyboard.press("ControlOrMeta+A")
    luis.keyboard.type("La semilla es nuestra")
    press(luis, "Enter")
    expect(rosa.locator(".group h3")).to_have_text("La semilla es nuestra 2 tarjetas")
    undo(luis).click()
    expect(heading).to_have_text("Cosas 2 tarjetas")
    luis.get_by_role("button", name="Disolver el grupo: Cosas").click()
    expect(rosa.locator(".group")).to_have_count(0)
    assert complaints(rosa) == []
    undo(luis).click()
    expect(rosa.locator(".group h3")).to_have_text("Cosas 2 tarjetas")
    assert complaints(rosa) + complaints(luis) == []


def test_what_was_written_changed_or_taken_back_stands_as_before_with_one_tap(enter):
    rosa, luis = enter("free", size="phone"), enter("free", "Luis")
    post(rosa, "Ferias cada semana")
    expect(card(luis, "Ferias cada semana")).to_be_visible()
    undo(rosa).click()
    expect(card(luis, "Ferias cada semana")).to_have_count(0)
    expect(rosa.locator("#text")).to_have_value("Ferias cada semana")
    rosa.click("#composer button.main")
    expect(card(luis, "Ferias cada semana")).to_be_visible()
    card(rosa, "Ferias").get_by_role("button", name="Cambiar").click()
    rosa.locator(".editor textarea").fill("Ferias cada mes")
    rosa.locator(".editor button.main").click()
    expect(card(luis, "Ferias cada mes")).to_be_visible()
    expect(undo(rosa)).to_have_count(1)
    undo(rosa).click()
    expect(card(luis, "Ferias cada semana")).to_be_visible()
    seldom(card(rosa, "Ferias")).get_by_role("button", name="Retirar").click()
    expect(card(luis, "Ferias")).to_have_count(0)
    undo(rosa).click()
    expect(card(luis, "Ferias cada semana")).to_be_visible()


def test_without_a_line_what_was_written_can_be_taken_back_too(enter):
    rosa, luis = enter("free", size="phone"), enter("free", "Luis")
    rosa.context.set_offline(True)
    post(rosa, "Escrita sin línea")
    expect(card(rosa, "Escrita sin línea")).to_contain_text("falta enviar")
    undo(rosa).click()
    expect(card(rosa, "Escrita sin línea")).to_have_count(0)
    rosa.fill("#text", "")
    post(rosa, "La que vale")
    rosa.context.set_offline(False)
    expect(card(luis, "La que vale")).to_be_visible()
    expect(card(luis, "Escrita sin línea")).to_have_count(0)


def test_putting_together_a_second_time_is_taken_back_with_what_was_together_before(enter):
    rosa = enter("free", "Marta")
    for text in ("Uno llueve", "Dos llueve", "Tres llueve"):
        post(rosa, text)
        expect(card(rosa, text).locator(".saved")).to_be_visible()

    def together(*texts: str) -> None:
        for text in texts:
            seldom(card(rosa, text)).get_by_role("button", name="Ordenar").click()
        rosa.locator(".arrange").get_by_role("button", name="Fusionar").click()
    together("Dos", "Uno")
    expect(card(rosa, "Dos").locator(".under")).to_contain_text(["Uno llueve"])
    together("Tres", "Dos")
    expect(card(rosa, "Tres").locator(".under")).to_have_count(2)
    undo(rosa).click()
    expect(card(rosa, "Tres").locator(".under")).to_have_count(0)
    expect(card(rosa, "Dos").locator(".under")).to_contain_text(["Uno llueve"])


def test_the_bar_for_chosen_cards_stands_below_the_header_and_beside_the_card(staff, join, house):
    rosa = join("Rosa", room=3)
    for n in range(14):
        post(rosa, f"Una idea para ordenar, la {n}")
        expect(card(rosa, f"la {n}").last).to_contain_text("Guardado")
    elena = staff(f"/w/{house['meeting']['workshop']}/r/3")
    place = "(one) => one.getBoundingClientRect().toJSON()"
    expect(elena.locator("#board .card", has_text="para ordenar")).to_have_count(14)
    for n, text in enumerate(("la 9", "la 13"), 1):
        seldom(elena.locator("#board .card", has_text=text))
        elena.locator("#board .card", has_text=text).evaluate("(one) => scrollBy(0, one.getBoundingClientRect().top - 70)")
        elena.locator("#board .card", has_text=text).get_by_role("button", name="Ordenar").evaluate("(one) => one.click()")
        bar = elena.locator(".arrange")
        expect(bar.locator("[role=status]")).to_contain_text(str(n))
        elena.wait_for_function("""(text) => {
          const bar = document.querySelector(".arrange").getBoundingClientRect();
          const card = [...document.querySelectorAll("#board .card")].find((one) => one.textContent.includes(text))
            .getBoundingClientRect();
          return bar.top >= document.querySelector(".stick").getBoundingClientRect().bottom
            && (card.top >= bar.bottom || card.bottom <= bar.top) && card.top < innerHeight;
        }""", arg=text)
        assert bar.locator("[role=status]").evaluate(place)["top"] >= elena.locator(".stick").evaluate(place)["bottom"]
    first = elena.locator("#board .card", has_text="la 9").locator(".number").first.text_content()
    expect(bar.get_by_role("button", name="Fusionar en una tarjeta")).to_contain_text(f"queda el texto de {first}")
