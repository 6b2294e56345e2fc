"""What a child reads, which opens no file any more, is what the reader reads anywhere."""
import io
import json
from datetime import date

import pytest
import xlwt

from tests.intake.test_found import FOUND
from tests.intake.workbooks.made import ods, ods_cell
from workshop import intake
from workshop.domain.kinds import kinds
from workshop.pages.bulk_add import child_tasks
from workshop.sandbox import TASKS, Failed, Pool

BOARD = {"of": "ideas", "settings": kinds()["ideas"].settings}


@pytest.fixture(scope="module")
def pool():
    """Children as the server has them."""
    pool = Pool(TASKS)
    yield pool
    pool.close()


def old_excel() -> bytes:
    """A workbook of Excel 97 with a date, a percentage and an accent."""
    file, book = io.BytesIO(), xlwt.Workbook()
    sheet = book.add_sheet("Ideas")
    for at, said in enumerate(("Idea", "Fecha", "Cuánto")):
        sheet.write(0, at, said)
    sheet.write(1, 0, "reunión más corta")
    sheet.write(1, 1, date(2021, 10, 28), xlwt.easyxf(num_format_str="dd/mm/yyyy"))
    sheet.write(1, 2, 0.25, xlwt.easyxf(num_format_str="0%"))
    book.save(file)
    return file.getvalue()


SHEET = f"<table:table table:name='Ideas'><table:table-row>{ods_cell('más corta')}</table:table-row></table:table>"
FILES = {name: path.read_bytes() for name, path in FOUND.items() if "invisible" not in name} | {
    "old.xls": old_excel(),
    "sheet.ods": ods(SHEET),
    "list.json": json.dumps([{"idea": "sí", "tema": "Agua"}, {"idea": "no", "tema": "Suelo"}]).encode(),
    "page.html": b"<html><table><tr><td>uno</td></tr></table></html>", "utf16.csv": "Idea;Tema\nsí;Agua\n".encode("utf-16"),
    "utf32.csv": "Idea;Tema\nsí;Agua\n".encode("utf-32"), "dos.csv": "Idea;Tema\nreunión más corta;Niño\n".encode("cp850"),
    "torn.xlsx": FOUND["i05-two-sheets.xlsx"].read_bytes()[:3000]}


@pytest.mark.parametrize("name", FILES)
def test_every_kind_of_table_is_read_in_a_child_as_it_is_read_here(pool, name):
    table, choice = child_tasks.read(pool, "", BOARD, FILES[name], language="es")
    here = intake.read(FILES[name], language="es")
    assert table == here and (table.rows or table.faults)
    assert choice == intake.guess(here, **child_tasks._wanted(BOARD))
    proposed = child_tasks.proposed(pool, "", table, choice, BOARD, {}, "key")
    assert proposed[0] or proposed[1]


def test_a_reader_that_would_ask_for_all_the_memory_takes_no_room_with_it(pool):
    """What the library for old workbooks cannot bound, the child's bound ends: the next one reads on."""
    broken = bytearray(old_excel())
    for at in range(0x200, len(broken) - 4, 97):
        broken[at:at + 4] = b"\xff\xff\xff\x7f"
        try:
            table, _choice = child_tasks.read(pool, "", BOARD, bytes(broken), language="es")
        except Failed:
            raise AssertionError("a child that ends is a fault, not an error") from None
        assert table.rows or table.faults
    assert child_tasks.read(pool, "", BOARD, b"una\ndos\n", language="es")[0].rows
