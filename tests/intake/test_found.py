"""Files that people brought and that were read wrong once, or must stay right."""
from pathlib import Path

import pytest

from workshop import intake
from workshop.words import speaking
from workshop.words.intake import sentence

FOUND = {path.name: path for path in sorted((Path(__file__).parent / "found").glob("*/*"), key=lambda path: path.name)}


def brought(name: str):
    """(table, rows, faults) of a file on a board that asks for a column and a date."""
    table = intake.read(FOUND[name].read_bytes())
    rows, faults = intake.rows(table, intake.guess(table, ("column", "at")))
    return table, rows, faults


@pytest.mark.parametrize(("name", "texts"), [
    ("i01-bom-semicolon.csv", ["Guardar semilla nativa", "Ñuñuma: hacer ferias"]),
    ("i02-cp1252.csv", ["Reunión más corta, por favor", "Pagar con “vales” – no dinero…"]),
    ("i03-newlines-in-quotes.csv", ['Primera línea\nsegunda "con comillas"\n\ncuarta', "una\ndos"]),
    ("i04-hidden-first-sheet.xlsx", ["La idea visible uno", "La idea visible dos"]),
    ("i05-two-sheets.xlsx", ["De la mesa uno"]),
    ("i08-formatted-numbers.xlsx", ["29/11/2026", "25%", "0.3", "1234567890123457000", "VERDADERO", "003"]),
    ("i10-trailing-formatted-rows.xlsx", ["uno de la lista", "dos de la lista"]),
    ("i13-macroman.csv", ["Reunión más corta", "El niño y la niña"]),
    ("i15-vertical-tab.xlsx", ["Línea una\nlínea dos", "Línea una\nlínea dos"]),
    ("i15b-vertical-tab.csv", ["Línea una\nlínea dos"]),
    ("i16-polis-comments.csv", ["Que haya más bibliotecas en el barrio", "Que el agua sea de todos"]),
    ("i20-zero-width.txt", ["Idea con\u00a0espacio\u200b duro"]),
    ("t20-invisible.json", []),
    ("t21-vertical-tab.txt", ["uno", "dos", "tres"])])
def test_each_file_gives_the_cards_that_its_author_sees(name, texts):
    assert [row.text for row in brought(name)[1]] == texts


def test_the_hidden_sheet_and_the_other_sheet_are_named_with_their_ideas():
    with speaking("es"):
        table, _rows, faults = brought("i04-hidden-first-sheet.xlsx")
        assert (table.sheet, table.sheets) == ("Ideas", [("Ideas", 2)])
        assert [fault.code for fault in faults] == ["hidden_sheets"]
        table, _rows, faults = brought("i05-two-sheets.xlsx")
        assert (table.sheet, table.sheets) == ("Mesa 1", [("Mesa 1", 1), ("Mesa 2", 1)])
        assert [sentence(fault.code, fault.values) for fault in faults] == [
            "Solo se leyó la hoja «Mesa 1». Hay otras: Mesa 2 (1 idea). Elija arriba cuál."]


def test_a_merged_category_stands_for_each_of_its_rows():
    assert [(row.line, row.places["column"]) for row in brought("i06-merged-category.xlsx")[1]] == [
        (2, "Agua"), (3, "Suelo"), (4, "Suelo"), (5, "Suelo")]


def test_days_are_those_that_are_shown():
    assert [row.places["at"] for row in brought("i07a-dates-1900.xlsx")[1]] == ["12/10/2021", "01/03/2022"]
    assert [row.places["at"] for row in brought("i31-dates.csv")[1]] == [
        "12/10/21", "10/28/2021", "3 de octubre del 2021", "2021", "29/02/2021", "hace dos años"]


def test_a_formula_without_a_result_and_lost_digits_are_told_with_the_cell_and_the_cure():
    with speaking("es"):
        _table, rows, faults = brought("i09-formula-without-value.xlsx")
        assert [(row.line, row.text) for row in rows] == [(3, "Idea escrita a mano")]
        assert [(one.line, sentence(one.code, one.values), one.values["text"]) for one in faults] == [
            (2, "La celda B2 tiene una fórmula sin resultado guardado. Abra el archivo en la hoja de cálculo, guárdelo y "
                "tráigalo otra vez.", "Ana")]
    assert [(one.line, one.code) for one in brought("i08-formatted-numbers.xlsx")[2]] == [(5, "digits_lost")]


def test_invisible_lines_are_no_cards_and_a_file_without_a_text_says_so():
    assert [row.line for row in brought("i20-zero-width.txt")[1]] == [6]
    assert [(one.line, one.code) for one in brought("t20-invisible.json")[2]] == [(0, "empty")]
