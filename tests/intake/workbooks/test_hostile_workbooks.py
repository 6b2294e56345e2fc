"""Small workbooks that ask for much."""
import io
import zipfile

import pytest
from openpyxl.utils import get_column_letter

from tests.intake.costs import growth
from tests.intake.workbooks.made import ods, ods_cell, rows, xlsx
from workshop import intake
from workshop.intake.workbooks import grid, package

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def cells(*references: str) -> str:
    """A sheet with a text in each of the cells."""
    return "<sheetData>" + "".join(
        f'<row r="{reference.lstrip(LETTERS)}"><c r="{reference}" t="str"><v>en {reference[:9]}</v></c>'
        "</row>" for reference in references) + "</sheetData>"


def test_a_cell_in_the_last_corner_of_a_sheet_is_a_cell_and_no_room_is_made_for_the_others():
    table = intake.read(xlsx('<dimension ref="A1:XFD1048576"/>' + cells("A1", "XFD1048576", "B1048576")))
    assert table.rows[0] == (1, ["en A1"])
    assert [(one.line, one.code) for one in table.faults] == [(1_048_576, "too_many_cells")]


@pytest.mark.parametrize("reference", ["Z" * 700 + "1", "A" + "9" * 5000, "ZZZZ1", "A0", "1A", "-1", "A1:B2", "Ñ1"])
def test_a_reference_that_is_none_stands_next_to_the_one_before(reference):
    there = f'<c r="A1" t="str"><v>uno</v></c><c r="{reference}" t="str"><v>dos</v></c>'
    table = intake.read(xlsx(f'<sheetData><row r="{"9" * 50}">{there}</row></sheetData>'))
    assert sorted(cell for _line, row in table.rows for cell in row if cell) == ["dos", "uno"]
    assert table.rows[0][0] == 1


def test_a_giant_reference_costs_what_its_bytes_cost():
    def made(size):
        page = f'<sheetData><row><c r="{"Z" * size}1" t="str"><v>x</v></c></row></sheetData>'
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr("xl/workbook.xml", '<workbook xmlns:r="r"><sheet name="x" r:id="a"/></workbook>')
            archive.writestr("xl/_rels/workbook.xml.rels", '<r><Relationship Id="a" Target="s.xml"/></r>')
            archive.writestr("xl/s.xml", page)
        return file.getvalue()
    assert growth(intake.read, made, 500_000) < 9
    assert intake.read(made(3_000_000)).rows == [(1, ["x"])]


@pytest.mark.parametrize("ref", ["A1:A1048576", "A2:XFD1048576", "A1:A99999999999", "B:B", "A5:A1", "A1", ""])
def test_what_is_merged_is_never_laid_out(ref):
    merged = "<mergeCells>" + f'<mergeCell ref="{ref}"/>' * 30_000 + "</mergeCells>"
    table = intake.read(xlsx(rows(["Tema", "Idea"], *(["", f"idea {n}"] for n in range(900))) + merged))
    assert len(table.rows) == 901


def test_declared_counts_are_not_believed():
    strings = "<si><t>uno</t></si>"
    page = ('<sheetData><row r="1" spans="1:16384"><c r="A1" t="s"><v>0</v></c></row>'
            '<row><c t="s"><v>7</v></c></row></sheetData>')
    table = intake.read(xlsx(page, strings=strings))
    assert (table.rows, [(one.line, one.code) for one in table.faults]) == ([(1, ["uno"])], [(2, "file_damaged")])


def test_one_long_text_in_many_cells_is_bounded_and_told_where():
    strings = f"<si><t>{'x' * 30_000}</t></si>"
    page = "<sheetData>" + '<row><c t="s"><v>0</v></c></row>' * 900 + "</sheetData>"
    table = intake.read(xlsx(page, page, strings=strings))
    kept = sum(len(cell) for one in (table, *table.others.values()) for _line, row in one.rows for cell in row)
    assert kept <= intake.BYTES
    assert [one.code for one in table.faults] == ["file_unpacks"]
    assert [one.code for one in table.others["Hoja2"].faults] == ["file_unpacks"]


def test_many_parts_of_one_sheet_and_many_elements_end():
    page = rows(["Idea"], ["uno"]) + "<a/>" * 300_000
    book = xlsx(*[page] * 20)
    assert len(book) < intake.BYTES
    table = intake.read(book)
    assert table.rows[1] == (2, ["uno"])
    assert "file_unpacks" in [fault.code for other in table.others.values() for fault in other.faults]


def test_formulas_without_results_by_the_million_are_told_of_a_thousand_lines():
    page = "<sheetData>" + "".join(f'<row r="{n}"><c r="A{n}"><f>A1</f></c></row>' for n in range(1, 9000)) + "</sheetData>"
    codes = [fault.code for fault in intake.read(xlsx(page)).faults]
    assert codes.count("formula_without_result") <= 1002 and codes[-1] == "too_many_rows"


def test_a_mark_without_an_end_is_not_read_again_with_each_piece():
    def made(size):
        return xlsx(f'<sheetData><row><c r="A1" t="str" x="{"y" * size}"><v>x</v></c></row></sheetData>')
    assert growth(intake.read, made, 2_000_000) < 9


@pytest.mark.parametrize("book", [
    "<!DOCTYPE x [<!ENTITY a 'b'>]>", '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x">'])
def test_document_types_in_any_part_are_refused(book):
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx(rows(["Idea"])))) as plain, zipfile.ZipFile(file, "w") as other:
        for name in plain.namelist():
            other.writestr(name, (book.encode() if name == "xl/workbook.xml" else b"") + plain.read(name))
    assert [fault.code for fault in intake.read(file.getvalue()).faults] == ["file_damaged"]


def test_libreoffice_may_repeat_a_cell_without_end():
    row = ('<table:table-row table:number-rows-repeated="1048576">' +
           ods_cell("x", 'table:number-columns-repeated="16384"') + "</table:table-row>")
    table = intake.read(ods(f'<table:table table:name="a">{row * 50}</table:table>'))
    assert table.rows == [] and {fault.code for fault in table.faults} == {"too_many_cells"}
    row = '<table:table-row table:number-rows-repeated="1048576">' + ods_cell("x") + "</table:table-row>"
    assert len(intake.read(ods(f'<table:table table:name="a">{row * 50}</table:table>')).rows) == grid.KEPT


def test_a_small_office_file_that_unpacks_without_end_is_stopped():
    row = "<table:table-row>" + ods_cell("uno") + "</table:table-row>"
    bomb = ods(f'<table:table table:name="a">{row}' + " " * package.UNPACKED + "</table:table>")
    assert len(bomb) < intake.BYTES / 10
    table = intake.read(bomb)
    assert (table.rows, [fault.code for fault in table.faults]) == ([(1, ["uno"])], ["file_unpacks"])


def test_columns_are_named_as_in_a_sheet():
    from workshop.intake.workbooks.xlsx_sheet import column, letter
    assert [letter(n) for n in range(800)] == [get_column_letter(n + 1) for n in range(800)]
    assert [column(letter(n)) for n in range(800)] == list(range(800))


@pytest.mark.parametrize("name", ["word/document.xml", "mimetype", "Index/Document.iwa"])
def test_other_packed_files_are_no_tables(name):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(name, "<x/>")
    assert [fault.code for fault in intake.read(file.getvalue()).faults] == ["not_a_table"]


def test_a_binary_workbook_says_how_it_can_be_read():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("xl/workbook.bin", b"\0")
    assert [fault.code for fault in intake.read(file.getvalue()).faults] == ["binary_workbook"]
