"""The layouts of a board: people write into each, and read it as a board and as a list."""
import re

import pytest
from playwright.sync_api import expect

from tests.browser.boards import LAYOUTS, build
from tests.browser.everybody.test_everybody import complaints
from tests.live.server import Server

TURNED = "Leer como árbol de objetivos"


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """A running server with a room for each layout."""
    data = tmp_path_factory.mktemp("boards")
    made = build(str(data))
    server = Server(data).start()
    yield made | {"url": server.url, "server": server}
    server.stop()


@pytest.fixture
def enter(join, house):
    """enter(layout, name, size) -> the page of somebody in the room with that board."""
    return lambda layout, name="Rosa", size="laptop", **options: join(name, house["rooms"][layout], size, **options)


def write(page, text: str = "", **fields: str) -> None:
    """Fill the form in, opening what is folded, and send it."""
    if fields:
        if not page.locator(".spot[open]").count():
            page.locator(".spot summary").click()
        for name, value in fields.items():
            one = page.locator(f"#composer [name='{name}']")
            one.select_option(value) if one.evaluate("one => one.tagName") == "SELECT" else one.fill(value)
    if text:
        page.fill("#text", text)
    page.click("#composer button.main")


def part(page, title: str):
    """A section of the outline."""
    return page.locator(".outline .part", has=page.get_by_role("heading", name=title, exact=True))


def test_a_card_of_a_matrix_stands_in_its_row_and_column_and_in_a_row_that_the_group_names(enter):
    rosa, luis = enter("matrix"), enter("matrix", "Luis", "phone")
    write(rosa, "Turnos por sector", row="El agua de riego", column="salinas")
    write(rosa, "Trueque de papa por sal", row="Las ferias", column="taraco")
    cell = rosa.locator("tr", has=rosa.get_by_role("rowheader", name="Las ferias")).locator("td").first
    expect(cell).to_contain_text("Trueque de papa por sal")
    expect(part(luis, "Las ferias")).to_have_count(1)
    expect(luis.locator(".outline h2")).to_have_text(["El agua de riego", "Las ferias"])
    expect(luis.locator(".outline .d3").first).to_contain_text("Turnos por sector")
    luis.locator(".spot summary").click()
    named = luis.locator("#rows option").evaluate_all("all => all.map((one) => one.value)")
    assert named == ["El agua de riego", "Las ferias"]


def test_a_card_of_a_timeline_stands_at_its_date_in_its_lane_and_undated_ones_apart(enter):
    rosa, luis = enter("timeline"), enter("timeline", "Luis", "phone")
    write(rosa, "Helada en mayo", at="2021", lane="dificultades")
    write(rosa, "Se cierran las fronteras", at="2020-03", lane="contexto")
    expect(rosa.locator("#at-at")).to_have_value("")
    write(rosa, "Doña Elvira enseñó a guardar semilla", lane="logros")
    expect(rosa.get_by_role("rowheader")).to_have_text(["03/2020", "2021", "Sin fecha"])
    year = rosa.locator("tr", has=rosa.get_by_role("rowheader", name="2021", exact=True))
    expect(year.locator("td").nth(2)).to_contain_text("Helada")
    expect(luis.locator(".outline h2")).to_have_text(["03/2020", "2021", "Todavía sin lugar"])
    write(rosa, "Una fecha que no es", at="ayer", lane="logros")
    assert rosa.locator("#at-at").evaluate("one => one.validity.patternMismatch")
    expect(luis.locator(".card")).to_have_count(3)


def test_causes_hang_from_causes_and_the_tree_can_be_read_as_objectives(enter):
    rosa = enter("tree")
    write(rosa, "La tierra da menos", column="problema")
    write(rosa, "Llueve menos", column="causas")
    expect(rosa.locator("#at-under option", has_text="Llueve menos")).to_have_count(1)
    llueve = rosa.locator("#at-under option", has_text="Llueve menos").get_attribute("value")
    write(rosa, "Se perdió la costumbre de guardar agua", column="causas", under=llueve)
    write(rosa, "Las familias guardan agua", column="medios", under=rosa.locator("#at-under option", has_text="Se perdió")
          .get_attribute("value"))
    causes = rosa.locator(".level", has=rosa.get_by_role("heading", name="Causas"))
    expect(causes.locator(".card .card")).to_contain_text("Se perdió la costumbre")
    expect(rosa.locator(".level h2")).to_have_text(["Efectos 0", "Problema 1", "Causas 2", "Medios 1"])
    rosa.get_by_role("button", name=TURNED).click()
    expect(rosa.locator(".level h2")).to_have_text(["Fines 0", "Objetivo 1", "Medios 2"])
    expect(rosa.locator(".level", has_text="La tierra da menos")).to_contain_text("todavía escrita como problema")
    luis = enter("tree", "Luis", "phone")
    expect(part(luis, "Causas").locator(".card .card")).to_contain_text("Se perdió la costumbre")
    expect(luis.locator(".card")).to_have_count(4)


def test_an_idea_is_seen_though_the_part_that_draws_the_layout_has_not_come_and_the_layout_when_it_has(enter):
    rosa = enter("matrix", size="phone")
    missed = []

    def miss(route) -> None:
        missed.append(route.request.url)
        route.abort()
    rosa.context.route("**/part-board-outline.js", miss)
    rosa.evaluate("() => navigator.serviceWorker.getRegistrations().then((all) => all.map((one) => one.unregister()))")
    rosa.evaluate("() => caches.keys().then((all) => Promise.all(all.map((one) => caches.delete(one))))")
    rosa.reload()
    rosa.wait_for_selector(".chip.line.online")
    text = "Aunque falte una parte"
    write(rosa, text, row="El agua de riego", column="salinas")
    expect(rosa.locator(".card", has_text=text).locator(".saved")).to_be_visible()
    assert missed
    expect(rosa.locator(".outline")).to_have_count(0)
    rosa.context.unroute("**/part-board-outline.js")
    expect(part(rosa, "El agua de riego").locator("..").locator(".card", has_text=text)).to_be_visible()


def test_cards_of_a_list_have_fields_that_can_be_read_and_what_is_missing_is_asked_for(enter):
    rosa, luis = enter("list", size="phone"), enter("list", "Luis")
    write(rosa, **{"field-que_hay": "Libro de actas", "field-clase": "acta", "field-enlace": "https://taraco.example/actas"})
    expect(rosa.locator(".card")).to_have_count(0)
    assert rosa.locator("#at-field-quien").evaluate("one => one.validity.valueMissing")
    rosa.reload()  # the draft stays
    rosa.wait_for_selector(".chip.line.online")
    write(rosa, **{"field-quien": "Don Julio"})
    card = luis.locator(".card", has_text="Libro de actas")
    expect(card.locator("dt")).to_have_text(["Clase", "Quién lo guarda", "Enlace"])
    expect(card.locator("dd")).to_have_text(["Acta", "Don Julio", "https://taraco.example/actas"])
    expect(card.get_by_role("link")).to_have_attribute("rel", re.compile("noopener"))
    expect(rosa.locator("#at-field-que_hay")).to_have_value("")
    rosa.get_by_role("button", name="Cambiar").click()
    rosa.locator(".editor").get_by_label("Qué hay").fill("Libro de actas de 2015")
    rosa.locator(".editor").get_by_label("Clase").select_option("foto")
    rosa.locator(".editor button.main").click()
    expect(luis.locator(".card", has_text="Libro de actas de 2015").locator("dd")).to_contain_text(["Foto", "Don Julio"])


def put(page, text: str, x: int, y: int) -> None:
    """Let the two sliders of a card go."""
    for slider, value in zip((0, 1), (x, y), strict=True):
        page.locator(".card", has_text=text).locator("input[type=range]").nth(slider).fill(str(value))


def test_a_plane_shows_where_the_group_sees_a_card_and_says_it_in_a_table(enter):
    rosa, luis = enter("plane"), enter("plane", "Luis", "phone")
    write(rosa, "Comprar semilla en común")
    write(rosa, "Arreglar el camino")
    expect(rosa.locator(".card .state.saved")).to_have_count(2)
    expect(rosa.locator(".aside h2")).to_have_text(["Todavía sin lugar 2"])
    put(rosa, "Comprar semilla", 20, 80)
    put(luis, "Comprar semilla", 40, 60)
    expect(rosa.locator(".aside h2")).to_have_text(["Todavía sin lugar 1", "Con lugar 1"])
    dot, ring = rosa.locator("svg circle.dot"), rosa.locator("svg circle.ring")
    expect(dot).to_have_attribute("cx", "30")
    expect(dot).to_have_attribute("cy", "30")  # an y of 70, from below
    expect(ring).to_have_attribute("r", "14.1")
    rosa.locator("details summary", has_text="tabla").click()
    expect(rosa.locator("figure tbody td")).to_have_text(["30", "70", "14", "2"])
    expect(part(luis, "Con lugar").locator(".card")).to_have_count(1)
    rosa.locator("svg a").focus()
    rosa.keyboard.press("Enter")
    expect(rosa.locator(".card:target")).to_contain_text("Comprar semilla")
    assert complaints(rosa) + complaints(luis) == []


@pytest.mark.parametrize("layout", LAYOUTS)
def test_axe_finds_nothing_on_any_board_as_a_board_and_as_a_list(enter, layout):
    found = {}
    for size in ("phone", "laptop"):
        page = enter(layout, "Marta", size)
        if layout == "list":
            write(page, **{"field-que_hay": f"Fotos de la feria {size}", "field-quien": "La profesora Marta"})
        else:
            write(page, f"Guardar semilla propia en cada casa, {size}")
        expect(page.locator(".card .state.saved")).to_have_count(1)
        found[size, "as it comes"] = complaints(page)
        for other in page.get_by_role("button", name=re.compile("Ver como")).all():
            other.click()
            expect(page.locator(".card", has_text=size).first).to_be_visible()
            found[size, "the other way"] = complaints(page)
        if page.locator(".spot").count():
            page.locator(".spot summary").click()
            found[size, "composing"] = complaints(page)
        page.set_viewport_size({"width": 320, "height": 568})
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        found[size, "narrow"] = [f"{wide} px too wide"] if wide > 0 else []
    assert {place: said for place, said in found.items() if said} == {}


def test_who_chooses_the_list_finds_it_again_and_can_go_back_with_the_keyboard(enter):
    rosa = enter("matrix")
    write(rosa, "Riego por turnos", column="taraco")
    expect(rosa.get_by_role("table")).to_be_visible()
    rosa.get_by_role("button", name="Ver como lista").focus()
    rosa.keyboard.press("Enter")
    expect(rosa.locator(".outline")).to_be_visible()
    rosa.reload()
    expect(rosa.locator(".outline")).to_be_visible()
    rosa.get_by_role("button", name="Ver como tablero").focus()
    rosa.keyboard.press("Enter")
    expect(rosa.get_by_role("table")).to_be_visible()
    region = rosa.get_by_role("region", name="Tablero")
    region.focus()
    expect(region).to_be_focused()


def test_a_card_can_be_placed_and_sent_with_the_keyboard_alone(enter):
    rosa = enter("timeline")
    rosa.locator(".spot summary").focus()
    rosa.keyboard.press("Enter")
    rosa.keyboard.press("Tab")
    rosa.keyboard.type("2019")
    rosa.keyboard.press("Tab")
    rosa.keyboard.press("ArrowDown")
    rosa.keyboard.press("Tab")
    rosa.keyboard.type("Primera feria")
    rosa.keyboard.press("Enter")
    row = rosa.locator("tr", has=rosa.get_by_role("rowheader", name="2019"))
    expect(row.locator("td").nth(1)).to_contain_text("Primera feria")


def test_a_long_text_is_shortened_and_opens_and_is_whole_on_paper(enter):
    rosa = enter("columns", size="phone")
    long = "Guardamos la papa en las casas durante tres meses. " * 12
    write(rosa, long)
    card = rosa.locator(".card", has_text="Guardamos")
    expect(card.locator(".text")).to_contain_text(re.compile("…$"))
    assert len(card.locator(".text").inner_text()) < 280
    rosa.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(card.locator(".text")).to_have_text(long.strip())
    rosa.evaluate("dispatchEvent(new Event('afterprint'))")
    card.get_by_role("button", name="Leer más").click()
    expect(card.locator(".text")).to_have_text(long.strip())
    card.get_by_role("button", name="Leer menos").click()
    expect(card.locator(".text")).to_contain_text(re.compile("…$"))


def test_a_search_needs_no_accents_tells_how_much_it_found_and_is_cleared(enter):
    luis, rosa = enter("columns", "Luis"), enter("columns")
    for n in range(6):
        write(luis, f"Camión número {n} al mercado")
    write(rosa, "El camion de Taraco")
    write(rosa, "Semilla de quinua")
    write(rosa, "Semilla de papa")
    expect(rosa.locator(".card .state.saved")).to_have_count(3)
    rosa.get_by_role("button", name="Buscar").click()
    rosa.get_by_label("Palabras o número de tarjeta").fill("CAMIÓN")
    expect(rosa.get_by_role("status").filter(has_text="encontradas")).to_have_text("7 tarjetas encontradas")
    expect(rosa.locator(".card", has_text="Semilla de quinua")).to_be_hidden()
    rosa.get_by_role("button", name="Las mías").click()
    expect(rosa.get_by_role("status").filter(has_text="encontrada")).to_have_text("1 tarjeta encontrada")
    expect(rosa.locator(".card:visible")).to_have_count(1)
    rosa.get_by_role("button", name="Borrar la búsqueda").click()
    expect(rosa.locator(".card", has_text="Semilla de quinua")).to_be_visible()
    expect(rosa.get_by_label("Palabras o número de tarjeta")).to_be_focused()
    assert complaints(rosa) == []


def test_without_script_a_card_gets_its_place_and_is_read_under_its_headings(open_page, house):
    page = open_page("phone", java_script_enabled=False)
    code, rooms = house["meeting"]["code"], house["rooms"]
    page.goto(f"/j/{code}?r={rooms['matrix']}")
    page.fill("#name", "Elvira")
    page.locator("input[name=delegation]").first.check()
    page.locator("input[name=channel]").first.check()
    page.locator("button.main.wide").click()
    expect(page.locator(".bottom")).to_have_css("position", "static")  # what is open would hide the board
    page.fill("#at-row", "El agua de riego")
    page.select_option("#at-column", "coincidimos")
    page.fill("#text", "Decidimos en asamblea")
    page.click("#composer button.main")
    part = page.locator(".outline .d3", has_text="En qué coincidimos")
    expect(part.locator(".card", has_text="Decidimos en asamblea")).to_be_visible()
    page.fill("#at-row", "La semilla")
    page.fill("#text", "Cada casa guarda la suya")
    page.click("#composer button.main")
    expect(page.locator(".outline h2", has_text="La semilla")).to_be_visible()
    page.goto(f"/w/{house['meeting']['workshop']}/r/{rooms['timeline']}")
    page.locator("button.main.wide").click()
    page.fill("#at-at", "1999")
    page.select_option("#at-lane", "logros")
    page.fill("#text", "Primer camino")
    page.click("#composer button.main")
    expect(page.locator(".outline h2", has_text="1999")).to_be_visible()
