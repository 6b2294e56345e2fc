"""Serves the attendance as a workbook: a line for each person and day, and a sheet with the totals of each day."""
import io

from flask import Blueprint, make_response
from flask.typing import ResponseReturnValue
from xlsxwriter import Workbook

from workshop.pages.printed.report import disposition
from workshop.pages.roster.attendance import lines_of, write_down
from workshop.pages.shell import visitor
from workshop.transport.offload import offload
from workshop.words import _

pages = Blueprint("attendance_sheets", __name__)
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDTHS = (12, 34, 24, 18, 10, 10, 12)  # of the columns, in signs


@pages.get("/w/<workshop_id>/attendance.xlsx")
def workbook(workshop_id: str) -> ResponseReturnValue:
    """Serves the same as attendance.csv, as a workbook."""
    write_down()
    with visitor.staff(workshop_id, leads=True) as here:
        heading, *rows = lines_of(here)
        title = here.workshop.title
    response = make_response(offload(_written, _("Attendance"), _("Totals"), _("People"), heading, rows))
    response.headers["Content-Type"] = TYPE
    response.headers["Content-Disposition"] = disposition(f"{_('Attendance')} {title}.xlsx")
    return response


def _written(name: str, totals: str, people: str, heading: list[str], rows: list[list[str]]) -> bytes:
    file = io.BytesIO()
    # Nothing that somebody typed becomes a formula or a link.
    with Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        bold, sheet, sums = book.add_format({"bold": True}), book.add_worksheet(name[:31]), book.add_worksheet(totals[:31])
        sheet.write_row(0, 0, heading, bold)
        for at, row in enumerate(rows, 1):
            for column, value in enumerate(row):
                sheet.write_string(at, column, value)
        for column, width in enumerate(WIDTHS):
            sheet.set_column(column, column, width)
        sheet.freeze_panes(1, 0)
        if rows:
            sheet.autofilter(0, 0, len(rows), len(heading) - 1)
        sums.write_row(0, 0, [heading[0], people], bold)
        arrived = [row[0] for row in rows if row[4]]
        for at, day in enumerate(sorted({row[0] for row in rows}), 1):
            sums.write_string(at, 0, day)
            sums.write_number(at, 1, arrived.count(day))
        sums.set_column(0, 0, WIDTHS[0])
    return file.getvalue()
