"""Files as they come after a bad line, a bad disk or a bad will: the answer is a table within bounds."""
import io
import json
import zipfile

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.intake.test_found import FOUND
from tests.intake.workbooks.made import ods, ods_cell, xlsx
from tests.sandbox.test_formats import old_excel
from workshop import intake
from workshop.intake.table import COLUMNS, KEPT
from workshop.words.intake import sentence

SMALL = settings(deadline=None, max_examples=120, suppress_health_check=[HealthCheck.too_slow])
SEEDS = [path.read_bytes() for path in FOUND.values() if path.stat().st_size < 10_000] + [
    b"<table><tr><td>Idea</td></tr></table>", b'texto;n\n"<p>Agua</p>";1\n',
    b'{"ideas": [{"text": "Agua", "n": {"a": [1]}}]}',
    ods('<table:table table:name="a"><table:table-row>' + ods_cell("uno") + "</table:table-row></table:table>"),
    old_excel()]
CONTROL = {*range(32), 0x7F, *range(0x80, 0xA0)} - {*b"\t\n"}
CHANGES = st.lists(st.tuples(st.floats(0, 1), st.sampled_from(["flip", "cut", "copy", "drop", "put"]),
                             st.binary(max_size=8)), max_size=4)


def holds(table: intake.Table) -> None:
    """The laws of a table, of what becomes of it, and of what is carried from page to page."""
    assert isinstance(table, intake.Table)
    for one in (table, *table.others.values()):
        assert len(one.rows) <= KEPT and one.width <= COLUMNS
        for line, cells in one.rows:
            assert line >= 1 and any(cells)
            assert not any(CONTROL & {*map(ord, cell)} for cell in cells)
    tables = (table, *table.others.values())
    assert sum(len(cell) for one in tables for _line, row in one.rows for cell in row) <= 2 * intake.BYTES
    assert intake.Table.from_json(table.as_json()) == table
    found, faults = intake.rows(table, intake.guess(table, ("column", "at", "row", "lane")))
    assert found or faults
    assert all(row.text for row in found)
    for fault in faults:
        assert "{" not in sentence(fault.code, {**fault.values, "text": "", "error": "", "number": ""})


def changed(data: bytes, changes) -> bytes:
    """The bytes after some accidents."""
    for where, what, other in changes:
        at = int(where * len(data))
        data = {"flip": data[:at] + bytes(byte ^ 0x55 for byte in data[at:at + 1]) + data[at + 1:], "cut": data[:at],
                "copy": data[:at] + data[at // 2:at] + data[at:], "drop": data[:at] + data[at + len(other):],
                "put": data[:at] + other + data[at:]}[what]
    return data


@given(st.sampled_from(SEEDS), CHANGES)
@SMALL
def test_a_file_after_accidents_is_a_table(data, changes):
    holds(intake.read(changed(data, changes)))


@given(st.sampled_from(["i04-hidden-first-sheet", "i06-merged-category", "i08-formatted-numbers",
                        "i09-formula-without-value", "i15-vertical-tab"]),
       st.sampled_from(["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels"]),
       CHANGES)
@SMALL
def test_a_workbook_of_which_one_part_had_accidents_is_a_table(name, part, changes):
    file = io.BytesIO()
    with zipfile.ZipFile(FOUND[f"{name}.xlsx"]) as whole, zipfile.ZipFile(file, "w") as other:
        for one in whole.namelist():
            data = whole.read(one)
            other.writestr(one, changed(data, changes) if one == part else data)
    holds(intake.read(file.getvalue()))


ATTRIBUTES = st.dictionaries(st.sampled_from(["r", "s", "t", "ref", "min", "max", "hidden", "width", "spans", "count"]),
                             st.sampled_from(["A1", "B2", "XFD1048576", "0", "1", "-1", "s", "b", "e", "d", "n", "str",
                                              "99999999", "A1:B9", "inlineStr", "9" * 30, "ñ"]), max_size=3)
ELEMENTS = st.recursive(
    st.sampled_from(["", "uno", "1", "44497", "0.5", "_x000B_", "\u200b", "1e400", "VERDADERO"]),
    lambda inner: st.tuples(st.sampled_from(["row", "c", "v", "t", "is", "f", "rPh", "mergeCell", "mergeCells", "col",
                                             "x:c"]), ATTRIBUTES, st.lists(inner, max_size=4)).map(
        lambda one: "<{0}{1}>{2}</{0}>".format(one[0], "".join(f' {k}="{v}"' for k, v in one[1].items()), "".join(one[2]))),
    max_leaves=25)


@given(st.lists(ELEMENTS, max_size=6))
@SMALL
def test_any_elements_in_any_order_are_a_table(elements):
    page = "<sheetData>" + "".join(elements) + "</sheetData>" + "".join(elements)
    holds(intake.read(xlsx(page, strings="<si><t>x</t></si>",
                           styles='<cellXfs><xf numFmtId="14"/><xf numFmtId="9"/></cellXfs>')))


@given(st.text(st.sampled_from("<>/!-=\"' &;#pabdivscriptstyl\n1x"), max_size=200))
@SMALL
def test_any_marks_of_a_page_are_text(html):
    table = intake.Table([(1, [f"<p>{html}</p>"])])
    found, faults = intake.rows(table, intake.Choice(html=True))
    assert len(found) + len(faults) == 1


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
                    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
                    max_leaves=30))
@SMALL
def test_any_json_is_a_table(said):
    holds(intake.read(json.dumps(said).encode()))


@given(st.text(max_size=200), st.sampled_from(["", "list", "table"]))
@SMALL
def test_any_pasted_text_is_a_table(text, reading):
    holds(intake.paste(text, reading))
