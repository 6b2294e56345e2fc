"""XLSX: what spreadsheets write, and what somebody made to do harm."""
import io
import zipfile
import zlib

import openpyxl
import pytest
import xlsxwriter

from workshop import intake
from workshop.intake.workbooks import package

BOOK = ('<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
        '<sheets><sheet name="x" sheetId="1" r:id="rId1"/></sheets></workbook>')
LINKS = ('<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
         '<Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>')


def read(data: bytes):
    """(rows, faults) with what the columns seem to be."""
    table = intake.read(data)
    return intake.rows(table, intake.guess(table, ("column",)))


def sheet(*rows) -> bytes:
    """The file that Excel's own way of writing gives (shared strings)."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        page = book.add_worksheet()
        for at, row in enumerate(rows):
            page.write_row(at, 0, row)
        book.add_worksheet("otra").write(0, 0, "esto no")
    return file.getvalue()


def packed(**parts: str) -> bytes:
    """A book with these parts; `sheet` is the sheet's XML."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", parts.get("book", BOOK))
        archive.writestr("xl/_rels/workbook.xml.rels", LINKS)
        archive.writestr("xl/worksheets/sheet1.xml", parts["sheet"])
        if "strings" in parts:
            archive.writestr("xl/sharedStrings.xml", parts["strings"])
    return file.getvalue()


def rows_of(*cells: str) -> str:
    """A sheet whose first column are these texts, written in the cells."""
    rows = "".join(f'<row><c t="inlineStr"><is><t>{cell}</t></is></c></row>' for cell in cells)
    return f"<worksheet><sheetData>{rows}</sheetData></worksheet>"


def test_the_first_sheet_is_read_with_its_lines_numbers_and_accents():
    rows, faults = read(sheet(("N.º", "Título", "Texto"), (1, "Riego", "Agua\npara todos"), (), (2.5, "Ñandú", "😀 Ayllu"),
                              ("", "Solo título", "")))
    assert [(row.line, row.title, row.text, row.fields) for row in rows] == [
        (2, "Riego", "Agua\npara todos", {"N.º": "1"}), (4, "Ñandú", "😀 Ayllu", {"N.º": "2.5"}), (5, "", "Solo título", {})]
    assert [(one.code, one.values) for one in faults] == [("other_sheets", {"sheet": "Sheet1", "sheets": [("otra", 1)]})]


def test_what_another_program_writes_is_read_too():
    book = openpyxl.Workbook()
    for row in (("idea", "eje"), ("Guardar semilla", 2), ("Ferias", None), (True, 1)):
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    rows, faults = read(file.getvalue())
    assert [(row.text, row.places) for row in rows] == [
        ("Guardar semilla", {"column": "2"}), ("Ferias", {}), ("VERDADERO", {"column": "1"})]
    assert faults == []


def test_runs_of_a_text_are_one_text_and_escaped_line_ends_are_line_ends():
    strings = ("<sst><si><r><t>Agua </t></r><r><t>y luz</t></r><rPh><t>no</t></rPh></si>"
               "<si><t>uno_x000D_\ndos</t></si></sst>")
    page = ('<worksheet><sheetData><row r="3"><c r="B3" t="s"><v>0</v></c></row>'
            '<row r="9"><c r="B9" t="s"><v>1</v></c></row></sheetData></worksheet>')
    rows, faults = read(packed(sheet=page, strings=strings))
    assert [(row.line, row.text) for row in rows] == [(3, "Agua y luz"), (9, "uno\ndos")]
    assert faults == []


def test_a_small_file_that_unpacks_without_end_is_stopped():
    bomb = packed(sheet=rows_of("primero", *["x" * 1000] * 500) + " " * (package.UNPACKED + 1))
    assert len(bomb) < intake.BYTES / 10
    table = intake.read(bomb)
    assert [fault.code for fault in table.faults] == ["file_unpacks"]
    assert table.rows[0] == (1, ["primero"])


@pytest.mark.parametrize("declared", [
    '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>', '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">',
    '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/hostname">]>'])
def test_document_types_and_entities_are_refused(declared):
    table = intake.read(packed(sheet=declared + rows_of("&f;")))
    assert table.rows == []
    assert [fault.code for fault in table.faults] == ["file_damaged"]


def test_a_damaged_file_gives_what_could_be_read_and_says_where_it_ends():
    page = rows_of("uno", "dos", "tres").replace("tres", "tr<es")
    table = intake.read(packed(sheet=page))
    assert [cells for _line, cells in table.rows] == [["uno"], ["dos"]]
    assert [(fault.line, fault.code) for fault in table.faults] == [(3, "file_damaged")]


@pytest.mark.parametrize("at", [0.2, 0.5, 0.9])
def test_a_file_that_was_cut_off_or_scratched_is_told(at):
    whole = sheet(("texto",), *((f"idea {zlib.crc32(bytes([n]))}",) for n in range(200)))
    cut = int(len(whole) * at)
    for damaged in (whole[:cut], whole[:cut] + bytes(64) + whole[cut + 64:]):
        rows, faults = read(damaged)
        assert faults or [row.text for row in rows] == [row.text for row in read(whole)[0]]
    assert read(whole[:cut])[1]


def test_a_zip_that_is_no_table_and_a_cell_far_out_are_told():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    assert [fault.code for fault in intake.read(file.getvalue()).faults] == ["not_a_table"]
    far = '<worksheet><sheetData><row r="1"><c r="XFD1" t="str"><v>lejos</v></c></row></sheetData></worksheet>'
    assert [(one.line, one.code, one.values["text"]) for one in intake.read(packed(sheet=far)).faults] == [
        (1, "too_many_cells", "lejos")]


def test_more_than_a_thousand_lines_of_a_sheet_are_told():
    rows, faults = read(sheet(("texto",), *((f"idea {n}",) for n in range(1500))))
    assert len(rows) == 1000
    assert [(fault.line, fault.code) for fault in faults if fault.line] == [(1002, "too_many_rows")]
