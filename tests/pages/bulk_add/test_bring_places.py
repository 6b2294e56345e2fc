"""Bringing in a table that says where its cards stand: dates and lanes of a timeline, rows of a matrix."""
import io
from datetime import date
from html import unescape

import pytest
import xlsxwriter

from tests.pages.bulk_add.test_bring import Desk, cards
from tests.support.cast import activities
from workshop.store.models import Activity
from workshop.store.streams import numbering

TIMELINE = {"layout": "timeline", "scale": "year", "lanes": [
    {"key": "hitos", "title": {"es": "Hitos", "fr": "Jalons", "en": "Milestones"}}, {"key": "clima", "title": "Clima"}]}
MATRIX = {"layout": "matrix", "columns": [{"key": "bien", "title": "Lo bueno"}, {"key": "mal", "title": "Lo malo"}],
          "rows": [{"key": "agua", "title": "Agua"}, {"key": "feria", "title": "Feria"}]}


@pytest.fixture
def on(app, meeting):
    """Elena's laptop before a board of these settings."""
    def desk(settings: dict) -> Desk:
        with app.extensions["house"].store.write() as session:
            numbering.lock(session, {meeting["workshop"]})
            board = session.get(Activity, activities(app, meeting["rooms"][0])["ideas"])
            board.settings = settings
            numbering.touch(session, board)
        return Desk(app, meeting)
    return desk


def csv(text: str, name: str = "hechos.csv") -> tuple:
    """A file for the form."""
    return io.BytesIO(text.encode()), name


def stand(app, meeting) -> list[tuple[str, dict]]:
    """[(text, place)] of what is on the board."""
    return [(body["text"], place) for _n, body, place in cards(app, meeting)]


@pytest.mark.parametrize("heading", ["texto;fecha;carril", "texte;Année;Couloir", "text;YEAR;lane", "qué pasó;Año;Carril"])
def test_dates_and_lanes_of_a_table_become_places_on_the_timeline(app, meeting, on, heading):
    desk = on(TIMELINE)
    desk.show(file=csv(f"{heading}\nEmpezó la feria;12 de octubre de 2019;HITOS\nHeló en julio;2021;clima\n"
                       "Vino la radio;;\n"))
    shown = unescape(desk.page)
    assert "→ 12/10/2019 · Hitos" in shown and "→ 2021 · Clima" in shown and "→ Todavía sin lugar" in shown
    assert "No se traen" not in shown
    desk.bring()
    assert stand(app, meeting) == [("Empezó la feria", {"lane": "hitos", "at": "2019-10-12"}),
                                   ("Heló en julio", {"lane": "clima", "at": "2021"}), ("Vino la radio", {})]


def test_a_date_or_a_lane_that_cannot_be_is_told_by_its_line_with_what_stood_there(app, meeting, on):
    desk = on(TIMELINE | {"scale": "month"})
    desk.show(file=csv("texto;fecha;carril\nFeria;hacia 2019;Hitos\nHelada;7/2021;Mercado\nRadio;2021;\nSequía;31/02/2021;\n"
                       "Agua;3/2020;Hitos\n"))
    assert desk.lines == [("6", "Agua")]
    for line, said, text in ((2, "«hacia 2019» no se entiende", "Feria"), (3, "no tiene el carril «Mercado»", "Helada"),
                             (4, "«2021» no se entiende", "Radio"), (5, "«31/02/2021» no se entiende", "Sequía")):
        told = desk.faults.partition(f"Línea {line}:")[2].partition("</li>")[0]
        assert said in told and text in told
    desk.bring()
    assert stand(app, meeting) == [("Agua", {"lane": "hitos", "at": "2020-03"})]


def test_somebody_who_does_not_want_a_column_as_place_says_so_and_it_is_told_as_not_brought_in(app, meeting, on):
    desk = on(TIMELINE)
    desk.show(file=csv("texto;fecha;carril\nFeria;hacia 2019;Hitos\n"), lane="clima")
    assert desk.lines == []
    desk.show(at_at="", lane_at="")
    assert desk.lines == [("2", "Feria")] and "No se traen: fecha, carril" in unescape(desk.page)
    desk.bring()
    assert stand(app, meeting) == [("Feria", {"lane": "clima"})]


def test_a_line_that_says_no_lane_goes_where_the_form_says_and_the_others_where_they_say(app, meeting, on):
    desk = on(TIMELINE)
    desk.show(file=csv("texto;carril\nFeria;\nHelada;Clima\n"), lane="hitos")
    desk.bring()
    assert stand(app, meeting) == [("Feria", {"lane": "hitos"}), ("Helada", {"lane": "clima"})]


def test_the_dates_of_an_excel_sheet_are_dates(app, meeting, on):
    file, desk = io.BytesIO(), on(TIMELINE)
    with xlsxwriter.Workbook(file) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ("Texto", "Fecha"))
        page.write_row(1, 0, ("Un día", ))
        page.write_datetime(1, 1, date(2021, 10, 12), book.add_format({"num_format": "dd/mm/yyyy"}))
        page.write_row(2, 0, ("Un año", 2019))
    desk.show(file=(io.BytesIO(file.getvalue()), "hechos.xlsx"))
    assert "→ 12/10/2021" in desk.page
    desk.bring()
    assert stand(app, meeting) == [("Un día", {"at": "2021-10-12"}), ("Un año", {"at": "2019"})]


def test_rows_and_columns_of_a_matrix_are_filled_and_an_unknown_row_is_told(app, meeting, on):
    desk = on(MATRIX)
    desk.show(file=csv("fila;columna;texto\nAGUA;Lo malo;Falta riego\nSuelo;Lo bueno;Buen abono\nferia;;Hay gente\n"))
    assert "→ Lo malo · Agua" in desk.page and "Línea 3" in desk.faults and "no tiene la fila «Suelo»" in desk.faults
    desk.bring()
    assert stand(app, meeting) == [("Falta riego", {"column": "mal", "row": "agua"}), ("Hay gente", {"row": "feria"})]


def test_where_the_group_names_its_rows_itself_a_table_may_name_new_ones(app, meeting, on):
    desk = on(MATRIX | {"open_rows": True})
    desk.show(file=csv(f"row;text\nAgua;Riego\nSuelo vivo;Abono\n{'x' * 81};Largo\n"))
    assert "→ Suelo vivo" in desk.page and "Línea 4" in desk.faults
    desk.bring()
    assert stand(app, meeting) == [("Riego", {"row": "agua"}), ("Abono", {"row": "Suelo vivo"})]


def test_a_field_of_the_board_that_is_called_like_a_place_is_filled_too(app, meeting, on):
    field = {"key": "when", "title": "Fecha", "type": "text"}
    for layout in (TIMELINE, {"layout": "list"}):
        desk = on(layout | {"fields": [field]})
        desk.show(file=csv(f"texto;fecha\nFeria {layout['layout']};2019\n"))
        desk.bring()
    assert [(body["fields"], place) for _n, body, place in cards(app, meeting)] == [
        ({"when": "2019"}, {"at": "2019"}), ({"when": "2019"}, {})]


def test_a_field_that_asks_for_a_date_takes_it_as_people_write_it(app, meeting, on):
    desk = on({"layout": "list", "fields": [{"key": "when", "title": "Fecha", "type": "date"}]})
    desk.show(file=csv("texto;fecha\nFeria;12/10/2019\nHelada;un martes\n"))
    assert "Línea 3" in desk.faults
    desk.bring()
    assert [body["fields"] for _n, body, _place in cards(app, meeting)] == [{"when": "2019-10-12"}]


def test_a_board_without_such_places_says_that_the_columns_are_not_brought_in(on):
    desk = on({"layout": "list"})
    desk.show(file=csv("texto;fecha;carril;fila;tema\nFeria;2019;Hitos;Agua;Mercado\n"))
    assert desk.lines == [("2", "Feria")]
    assert "No se traen: fecha, carril, fila, tema" in unescape(desk.page) and "at_at" not in desk.page


def test_a_list_whose_first_line_is_one_of_the_words_loses_nothing(on):
    desk = on(TIMELINE)
    desk.show(text="Fecha\nCarril")
    assert [text for _line, text in desk.lines] == ["Fecha", "Carril"]


@pytest.mark.parametrize(("settings", "said", "place"), [
    (MATRIX, "Feria · Lo malo", {"column": "mal", "row": "feria"}),
    (MATRIX, "Agua · Lo bueno · «un grupo»", {"column": "bien", "row": "agua"})])
def test_the_whole_place_as_the_memoria_writes_it_is_found_again(app, meeting, on, settings, said, place):
    desk = on(settings)
    desk.show(file=csv(f"Columna;Texto\n{said};Radio\nNada;Luz\n"))
    desk.bring()
    assert stand(app, meeting)[0] == ("Radio", place)


def test_what_a_date_may_be_is_said_whole(app, meeting, on):
    desk = on(TIMELINE)
    desk.show(file=csv("texto;fecha\nFeria;hacia 2019\n"))
    assert "2021 · 2021-10 · 2021-10-12" in desk.faults
