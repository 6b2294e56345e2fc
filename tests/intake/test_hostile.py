"""Foreign tables that are made to take long: a fault, within the bound of the child; the next one is read as ever."""
import io
import random
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workshop.domain.kinds import kinds
from workshop.intake import Choice, Table
from workshop.pages.bulk_add import child_tasks
from workshop.sandbox import TASKS, Pool

BOARD = {"of": "ideas", "settings": kinds()["ideas"].settings}
PARTS = {
    "xl/workbook.xml": '<workbook xmlns:r="r"><sheets><sheet name="a" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>',
    "xl/worksheets/sheet1.xml": "<worksheet><sheetData>{rows}</sheetData></worksheet>"}


@pytest.fixture(scope="module")
def pool():
    """Children that get five seconds."""
    pool = Pool(TASKS, seconds=5.0)
    yield pool
    pool.close()


def book(rows: str) -> bytes:
    """A workbook with these rows of XML."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in PARTS.items():
            file.writestr(name, content.replace("{rows}", rows))
    return out.getvalue()


def cell(reference: str) -> str:
    return f'<row r="1"><c r="{reference}" t="inlineStr"><is><t>x</t></is></c></row>'


HOSTILE = {
    "a giant cell reference": book(cell("Z" * 2_000_000 + "1")),
    "many giant references": book("".join(f'<row><c r="{"Z" * 9000}{n}"><v>1</v></c></row>' for n in range(2000))),
    "a row that is far away": book('<row r="999999999999999999999999"><c r="A1"><v>1</v></c></row>'),
    "not a number for a row": book('<row r="x"><c r="A1"><v>1</v></c></row>'),
    "a shared text that is not there": book('<row r="1"><c r="A1" t="s"><v>99</v></c></row>'),
    "a quote in each line": b'a;"b\n' * 200_000,
    "quotes": b'"' * 1_000_000, "commas": b"," * 1_000_000, "nothing": b"", "zeros": b"\0" * 1000,
    "marks": ("<p>" + "<!" * 20_000 + "</p>\n").encode() * 3, "open marks": ("<div " * 8000 + "\n").encode(),
    "scripts": ("<p>" + "<script>" * 5000 + "</p>\n").encode(), "ts": b"texto;fecha\nuno;" + b"t" * 200_000 + b"\n",
}


def whole(pool) -> None:
    """An ordinary table is read."""
    table, choice = child_tasks.read(pool, "rosa", BOARD, b"texto;columna\nuno;a\ndos;b\n")
    assert len(table.rows) == 3 and choice.header and not table.faults


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_made_to_take_long_is_a_fault_or_a_table_and_the_next_one_is_read(pool, name):
    table, choice = child_tasks.read(pool, "mallory", BOARD, HOSTILE[name])
    assert isinstance(table, Table) and isinstance(choice, Choice)
    cards, faults = child_tasks.proposed(pool, "mallory", table, choice, BOARD, {}, "key")
    assert cards or faults or not table.rows
    whole(pool)


def test_a_text_of_marks_in_a_column_of_html_holds_nobody_up(pool):
    text = "<p>" + "<script" * 5000 + "</p>"
    table, choice = child_tasks.read(pool, "mallory", BOARD, text.encode(), pasted="list")
    cards, faults = child_tasks.proposed(pool, "mallory", table, choice, BOARD, {}, "key")
    assert cards or faults
    whole(pool)


def test_texts_that_take_too_long_to_compare_are_not_compared(pool):
    draw = random.Random(3)
    signs = [chr(0x4E00 + n) for n in range(400)]
    texts = ["".join(draw.choice(signs) for _ in range(120)) for _ in range(1500)]
    found = child_tasks.alike(pool, "mallory", texts)
    assert found is None or all(0 <= i < j < 1500 for i, j, _score in found)
    whole(pool)


@settings(deadline=None, max_examples=120)
@given(st.one_of(st.binary(max_size=400), st.text(alphabet='a;,\t"\n\r<>/p&', max_size=300).map(str.encode),
                 st.tuples(st.sampled_from(list(HOSTILE)[2:6]), st.integers(0, 700), st.binary(max_size=8)).map(
                     lambda said: HOSTILE[said[0]][:said[1]] + said[2] + HOSTILE[said[0]][said[1] + len(said[2]):])))
def test_any_bytes_are_a_table_or_a_fault(pool, content):
    table, choice = child_tasks.read(pool, "mallory", BOARD, content)
    assert "table_too_hard" not in [fault.code for fault in table.faults], "the reader stumbled"
    child_tasks.proposed(pool, "mallory", table, choice, BOARD, {}, "key")
