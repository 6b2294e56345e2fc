"""Workbooks as their authors see them, by whatever program they were made."""
import datetime
import io
import tracemalloc
import zipfile

import pytest
import xlwt
from python_calamine import CalamineWorkbook, SheetVisibleEnum

from tests.intake.test_found import FOUND
from tests.intake.workbooks.made import STRICT, ods, ods_cell, rows, xlsx
from workshop import intake
from workshop.intake.workbooks import book

FORMATS = ('<numFmts count="3"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/><numFmt numFmtId="165" formatCode="000"/>'
           '<numFmt numFmtId="166" formatCode="[$S/-280A] #,##0.00"/></numFmts>'
           '<cellStyleXfs><xf numFmtId="9"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="9"/>'
           '<xf numFmtId="165"/><xf numFmtId="166"/><xf numFmtId="49"/></cellXfs>')


def brought(data: bytes, sheet: str = "", language: str = "es"):
    """(table, rows, faults)."""
    table = intake.read(data, sheet, language)
    return table, *intake.rows(table, intake.guess(table, ("column", "at")))


def texts(data: bytes, language: str = "es") -> list[str]:
    """The cards of a workbook that has no fault."""
    _table, found, faults = brought(data, language=language)
    assert faults == []
    return [row.text for row in found]


def number(at: str, value: str, style: int = 0, kind: str = "n") -> str:
    return f'<c r="{at}" s="{style}" t="{kind}"><v>{value}</v></c>'


def test_numbers_days_and_truths_are_shown_as_in_the_sheet_in_three_languages():
    page = rows(["Texto"], [number("A2", "44497", 1)], [number("A3", "0.25", 2)], [number("A4", "7", 3)],
                [number("A5", "1234.5", 4)], [number("A6", "0051", 5, "str")], [number("A7", "1", 0, "b")],
                [number("A8", "0", 0, "b")])
    data = xlsx(page, styles=FORMATS)
    shown = ["28/10/2021", "25%", "007", "S/ 1,234.50", "0051"]
    assert texts(data) == [*shown, "VERDADERO", "FALSO"]
    assert texts(data, "fr") == [*shown, "VRAI", "FAUX"]
    assert texts(data, "en") == [*shown, "TRUE", "FALSE"]


def test_a_workbook_that_counts_from_1904_and_a_strict_one_have_the_same_days():
    page = rows(["Fecha", "Idea"], [number("A2", "43035", 1), "uno"])
    assert brought(xlsx(page, styles=FORMATS, book='<workbookPr date1904="1"/>'))[1][0].places == {"at": "28/10/2021"}
    page = rows(["Fecha", "Idea"], [number("A2", "2021-10-28T00:00:00", 1, "d"), "uno"])
    assert brought(xlsx(page, styles=FORMATS, main=STRICT))[1][0].places == {"at": "28/10/2021"}


def test_elements_with_a_prefix_and_cells_without_a_reference():
    page = rows(["Tema", "Idea"], ["Agua", "uno"], prefix="x")
    assert texts(xlsx(page, prefix="x")) == ["uno"]
    bare = ("<sheetData><row><c t='str'><v>Tema</v></c><c t='str'><v>Idea</v></c></row>"
            "<row><c t='str'><v>Agua</v></c><c t='str'><v>dos</v></c></row></sheetData>")
    assert [(row.line, row.text, row.places) for row in brought(xlsx(bare))[1]] == [(2, "dos", {"column": "Agua"})]


def test_runs_are_one_text_and_how_they_are_pronounced_is_not_said():
    strings = "<si><r><t>Agua </t></r><r><rPr><b/></rPr><t>y luz</t></r><rPh sb='0' eb='1'><t>no</t></rPh></si>"
    inline = '<c r="A3" t="inlineStr"><is><t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh></is></c>'
    page = rows(["Idea"], ['<c r="A2" t="s"><v>0</v></c>'], [inline])
    links = '<hyperlinks><hyperlink ref="A2" location="x" display="otra cosa"/></hyperlinks>'
    assert texts(xlsx(page + links, strings=strings)) == ["Agua y luz", "東京"]


def test_errors_and_formulas_without_a_result_are_told_with_their_cells():
    page = rows(["Nombre", "Idea"], ["Ana", '<c r="B2" t="e"><f>1/0</f><v>#DIV/0!</v></c>'],
                ["Luis", '<c r="B3"><f>A1</f></c>'], ["Rosa", '<c r="B4" t="str"><f>A1</f><v>con resultado</v></c>'],
                ["Eva", '<c r="B5" t="str"><f>IF(1,"")</f><v></v></c>'])
    _table, found, faults = brought(xlsx(page))
    assert [row.text for row in found] == ["con resultado"]
    assert [(one.line, one.code, one.values.get("cell"), one.values["text"]) for one in faults] == [
        (2, "error_in_cell", "B2", "Ana"), (3, "formula_without_result", "B3", "Luis"), (5, "empty", None, "Eva")]


def test_hidden_rows_columns_and_sheets_are_left_out_and_told():
    page = ('<cols><col min="2" max="2" hidden="1"/></cols>' +
            rows(["Idea", "Nota secreta"], ["uno", "x"], ["dos", "y"], ["tres"], attributes={3: 'hidden="1"'}))
    other = rows(["Idea"], ["de otra"])
    data = xlsx(page, other, other, names=("Ideas", "Listas", "Muy"), states=("visible", "hidden", "veryHidden"))
    table, found, faults = brought(data)
    assert [row.text for row in found] == ["uno", "tres"]
    told = {one.code: (one.line, one.values.get("text") or one.values["sheets"]) for one in faults}
    assert told == {"hidden_sheets": (0, [("Listas", 1), ("Muy", 1)]), "hidden_columns": (0, "Nota secreta\nx"),
                    "hidden_rows": (3, "dos | y")}
    assert table.sheets == [("Ideas", 2)]


def test_the_only_sheet_with_ideas_is_taken_and_a_sheet_of_charts_is_none():
    data = xlsx("<sheetData/>", rows(["Idea"], ["uno"]), rows(["Idea"]), names=("Portada", "Ideas", "Vacía"))
    assert texts(data) == ["uno"]
    assert [one.code for one in brought(xlsx(rows(["a"]), states=("hidden",)))[2]] == ["no_sheet", "hidden_sheets"]


def test_a_sheet_can_be_asked_for_by_its_name_and_all_travel_together():
    data = xlsx(rows(["Idea"], ["uno"]), rows(["Idea"], ["dos"], ["tres"]), names=("Mesa 1", "Mesa &amp; 2"))
    table = intake.read(data, "Mesa & 2")
    assert (table.sheet, [cells for _line, cells in table.rows]) == ("Mesa & 2", [["Idea"], ["dos"], ["tres"]])
    again = intake.Table.from_json(table.as_json()).turned_to("Mesa 1")
    assert (again.sheet, again.sheets) == ("Mesa 1", [("Mesa 1", 1), ("Mesa & 2", 2)])
    assert [cells for _line, cells in again.rows] == [["Idea"], ["uno"]]
    assert again.turned_to("Mesa & 2") == table
    assert again.turned_to("ninguna") is again


def test_sheets_of_one_name_stay_apart_and_of_very_many_the_first_are_looked_at():
    page = rows(["Idea"], ["uno"])
    assert [name for name, _n in intake.read(xlsx(page, page, names=("A", "A"))).sheets] == ["A", "A (2)"]
    many = intake.read(xlsx(*[page] * (book.SHEETS + 5)))
    assert len(many.sheets) == book.SHEETS and "too_many_sheets" in [fault.code for fault in many.faults]


def test_merged_cells_stand_for_their_rows_and_a_title_above_the_heading_is_no_card():
    page = (rows(["Taller del agua, 2026"], [], ["Eje", "Idea", "Quién"], ["Agua", "uno", "Ana"], ["", "dos"],
                 ["Suelo", "tres"], ["", "cuatro"], ["", "", "nadie"]) +
            '<mergeCells><mergeCell ref="A1:C1"/><mergeCell ref="A4:A5"/><mergeCell ref="A6:A9"/></mergeCells>')
    _table, found, faults = brought(xlsx(page))
    assert [(row.text, row.places["column"]) for row in found] == [
        ("uno", "Agua"), ("dos", "Agua"), ("tres", "Suelo"), ("cuatro", "Suelo")]
    assert [(one.line, one.code, one.values["text"]) for one in faults] == [
        (1, "above_heading", "Taller del agua, 2026"), (8, "empty", "Suelo | nadie")]


def test_a_heading_that_is_repeated_further_down_is_no_card():
    page = rows(["Tema", "Idea"], ["Agua", "uno"], [], ["Tema", "Idea"], ["Suelo", "dos"])
    _table, found, faults = brought(xlsx(page))
    assert [row.text for row in found] == ["uno", "dos"]
    assert [(one.line, one.code) for one in faults] == [(4, "heading_again")]


def test_what_libreoffice_shows_is_read_as_it_is_shown():
    hidden = '<style:style style:name="ta2"><style:table-properties table:display="false"/></style:style>'
    far = ('<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/>'
           "</table:table-row>")
    page = ('<table:table table:name="Ideas"><table:table-column table:number-columns-repeated="2"/>'
            '<table:table-column table:visibility="collapse"/>'
            f"<table:table-row>{ods_cell('Tema')}{ods_cell('Idea')}{ods_cell('oculta')}</table:table-row>"
            '<table:table-row>' + ods_cell("Suelo", 'table:number-rows-spanned="2"') +
            '<table:table-cell office:value-type="percentage" office:value="0.25"><text:p>25 %</text:p></table:table-cell>'
            f"{ods_cell('no')}</table:table-row>"
            "<table:table-row><table:covered-table-cell/>" + ods_cell("dos<text:s text:c='2'/>líneas<text:line-break/>aquí"
            "<office:annotation><text:p>nota</text:p></office:annotation>") + "</table:table-row>"
            '<table:table-row table:visibility="filter">' + ods_cell() + ods_cell("filtrada") + "</table:table-row>"
            '<table:table-row>' + ods_cell() + ods_cell("#N/A", 'table:formula="of:=NA()"') + "</table:table-row>"
            '<table:table-row table:number-rows-repeated="2">' + ods_cell() + ods_cell("igual") + "</table:table-row>"
            f"{far}</table:table>")
    other = ('<table:table table:name="Oculta" table:style-name="ta2"><table:table-row>' + ods_cell("x") +
             "</table:table-row></table:table>")
    table, found, faults = brought(ods(page + other, hidden))
    assert [(row.line, row.text, row.places.get("column")) for row in found] == [
        (2, "25 %", "Suelo"), (3, "dos  líneas\naquí", "Suelo"), (6, "igual", None), (7, "igual", None)]
    assert {(one.line, one.code) for one in faults} == {
        (0, "hidden_sheets"), (0, "hidden_columns"), (4, "hidden_rows"), (5, "error_in_cell")}
    assert table.sheets == [("Ideas", 4)]


def test_what_old_excel_shows_is_read_as_it_is_shown():
    file, page = io.BytesIO(), xlwt.Workbook()
    page.add_sheet("oculta").write(0, 0, "no")
    page.get_sheet(0).visibility = 1
    sheet = page.add_sheet("Ideas")
    for at, heading in enumerate(("Tema", "Idea", "Fecha", "Cuánto")):
        sheet.write(2, at, heading)
    sheet.write_merge(3, 5, 0, 0, "Suelo")
    for line, idea in enumerate(("uno ñ", "dos", "tres", "cuatro"), 3):
        sheet.write(line, 1, idea)
    sheet.write(3, 2, datetime.date(2021, 10, 28), xlwt.easyxf(num_format_str="dd/mm/yyyy"))
    sheet.write(3, 3, 0.25, xlwt.easyxf(num_format_str="0%"))
    sheet.write(4, 3, 7, xlwt.easyxf(num_format_str="000"))
    sheet.row(6).hidden = True
    page.save(file)
    _table, found, faults = brought(file.getvalue())
    assert [(row.line, row.text, row.places, row.fields.get("Cuánto")) for row in found] == [
        (4, "uno ñ", {"column": "Suelo", "at": "28/10/2021"}, "25%"), (5, "dos", {"column": "Suelo"}, "007"),
        (6, "tres", {"column": "Suelo"}, None)]
    assert [(one.line, one.code) for one in faults] == [(0, "hidden_sheets"), (7, "hidden_rows")]


def test_in_old_excel_a_cell_in_the_last_corner_is_a_cell_and_no_room_is_made_for_the_others():
    file, page = io.BytesIO(), xlwt.Workbook()
    sheet = page.add_sheet("x")
    sheet.write(0, 0, "a")
    sheet.write(65535, 255, "b")
    page.save(file)
    tracemalloc.start()
    table = intake.read(file.getvalue())
    assert (table.rows, [(one.line, one.code) for one in table.faults]) == ([(1, ["a"])], [(65_536, "too_many_cells")])
    assert tracemalloc.get_traced_memory()[1] < 64 * 1024 ** 2, "a row takes what stands in it"
    tracemalloc.stop()


@pytest.mark.parametrize("name", [name for name in FOUND if name.endswith(".xlsx")])
def test_another_reader_finds_the_same_sheets_texts_and_merged_cells(name):
    data = FOUND[name].read_bytes()
    other = CalamineWorkbook.from_filelike(io.BytesIO(data))
    table = intake.read(data)
    visible = [sheet.name for sheet in other.sheets_metadata if sheet.visible == SheetVisibleEnum.Visible]
    assert [name for name, _n in table.sheets] == [name for name in visible if other.get_sheet_by_name(name).to_python()]
    sheet = other.get_sheet_by_name(table.sheet)
    wanted = {(line, at): intake_text for line, row in enumerate(sheet.iter_rows(), 1) for at, cell in enumerate(row)
              if isinstance(cell, str) and (intake_text := _plain(cell))}
    found = {(line, at): cell for line, cells in table.rows for at, cell in enumerate(cells)}
    assert {place: found.get(place) for place in wanted} == wanted


def _plain(cell: str) -> str:
    return cell.replace("\r\n", "\n").replace("\v", "\n").strip()


def test_a_workbook_of_excel_for_macros_is_a_workbook():
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx(rows(["Idea"], ["con macros"])))) as plain, zipfile.ZipFile(file, "w") as macros:
        for name in plain.namelist():
            macros.writestr(name, plain.read(name).replace(b"spreadsheetml.sheet.main", b"sheet.macroEnabled.main"))
        macros.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0 a program")
    assert texts(file.getvalue()) == ["con macros"]


def test_what_programs_write_on_the_way_is_read_too():
    """Names of parts in capital letters, with strokes of Windows, and a workbook that is called otherwise."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx(rows(["Idea"], ["uno"])))) as plain, zipfile.ZipFile(file, "w") as other:
        for name in plain.namelist():
            data = plain.read(name).replace(b'"xl/workbook.xml"', b'"xl/workbook2.xml"')
            other.writestr(name.replace("workbook.xml", "workbook2.xml").replace("worksheets/", "Worksheets\\"), data)
    assert texts(file.getvalue()) == ["uno"]
