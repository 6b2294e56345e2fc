"""Reads ODS, as LibreOffice writes it: each cell carries the text that is shown, so nothing has to be made of numbers."""
import zipfile

from workshop.intake.table import COLUMNS, KEPT, Fault, Table
from workshop.intake.workbooks.book import Read, chosen
from workshop.intake.workbooks.grid import Allowance, Grid
from workshop.intake.workbooks.package import BROKEN, UNPACKED, Package, TooBig
from workshop.intake.workbooks.xlsx_sheet import letter

CONTENT = "content.xml"
ERRORS = ("Err:", "#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#¡", "#¿", "#NOM?", "#VALEUR!")


def read(archive: zipfile.ZipFile, wanted: str) -> Table:
    """Returns the table of a workbook. `wanted`: the sheet by its name, '' for the one that seems to be meant."""
    package = Package(archive)
    content = _Content(Allowance())
    broken = None
    try:
        package.parse(CONTENT, content.start, content.end, content.text)
    except TooBig:
        broken = Fault(0, "file_unpacks", {"limit": UNPACKED // 1024 ** 2})
    except BROKEN:
        broken = Fault(0, "file_damaged", {})
    if broken:
        (content.grids[-1].faults if content.grids else content.faults).append(
            broken._replace(line=content.grids[-1].last if content.grids else 0))
    tables = [grid.table() for grid in content.grids]
    for table in tables:
        table.faults += content.faults
    if broken and not tables:
        return Table(faults=[broken])
    return chosen(content.sheets, wanted, lambda sheet: tables[int(sheet.path)])


class _Content:
    """Reads the elements of the content into a grid for each sheet."""

    def __init__(self, allowance: Allowance):
        self.allowance = allowance
        self.sheets: list[Read] = []
        self.grids: list[Grid] = []
        self.faults: list[Fault] = []
        self.unseen: set[str] = set()  # styles of sheets that are not shown
        self.style, self.depth, self.wanted = "", 0, True
        self.cells: dict[int, str] = {}
        self.at, self.times, self.hidden = 0, 1, False
        self.repeated, self.covered, self.rows, self.columns = 1, False, 1, 0
        self.paragraphs: list[str] = []
        self.said: list[str] | None = None
        self.aside = 0  # within a note or a drawing
        self.formula = self.error = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Begins an element."""
        a = {name.rpartition(":")[2]: value for name, value in attributes.items()}
        if tag == "style":
            self.style = a.get("name", "")
        elif tag == "table-properties" and a.get("display") == "false":
            self.unseen.add(self.style)
        elif tag == "table":
            self._sheet(a)
        elif self.depth != 1:
            return
        elif tag == "table-column":
            times = _times(a.get("number-columns-repeated"))
            if a.get("visibility", "visible") != "visible":
                self.grids[-1].hide_columns(self.columns, self.columns + times - 1)
            self.columns += times
        elif tag == "table-row":
            self.cells, self.at = {}, 0
            self.times, self.hidden = _times(a.get("number-rows-repeated")), a.get("visibility", "visible") != "visible"
        elif tag in ("table-cell", "covered-table-cell"):
            self._cell(tag, a)
        elif tag in ("annotation", "frame", "custom-shape"):
            self.aside += 1
        elif not self.aside:
            self._words(tag, a)

    def _sheet(self, a: dict[str, str]) -> None:
        self.depth += 1
        if self.depth == 1:
            self.sheets.append(Read(a.get("name", ""), str(len(self.grids)), a.get("style-name", "") not in self.unseen))
            self.grids.append(Grid(self.allowance))
            self.wanted, self.columns = True, 0

    def _cell(self, tag: str, a: dict[str, str]) -> None:
        self.repeated, self.covered = _times(a.get("number-columns-repeated")), tag == "covered-table-cell"
        self.paragraphs, self.said, self.rows = [], None, _times(a.get("number-rows-spanned"))
        self.formula = "formula" in a
        self.valued = any(name in a for name in ("value", "date-value", "time-value", "boolean-value", "string-value"))

    def _words(self, tag: str, a: dict[str, str]) -> None:
        if tag in ("p", "h") and self.said is None:
            self.said = []
        elif self.said is not None:
            if tag == "s":
                self.said.append(" " * min(_times(a.get("c")), 100))
            elif tag in ("tab", "line-break"):
                self.said.append("\t" if tag == "tab" else "\n")

    def text(self, data: str) -> None:
        """Characters between two marks."""
        if self.said is not None and not self.aside:
            self.said.append(data)

    def end(self, tag: str) -> None:
        """Ends an element."""
        if tag == "table":
            self.depth -= 1
        elif self.depth != 1:
            return
        elif tag in ("annotation", "frame", "custom-shape"):
            self.aside -= 1
        elif tag in ("p", "h") and self.said is not None and not self.aside:
            self.paragraphs.append("".join(self.said))
            self.said = None
        elif tag in ("table-cell", "covered-table-cell"):
            self._value("\n".join(self.paragraphs))
        elif tag == "table-row":
            self._row()

    def _value(self, said: str) -> None:
        grid, line = self.grids[-1], self.grids[-1].last + 1
        if self.covered:
            said = ""  # it lies below a merged cell
        elif self.formula and said.startswith(ERRORS):
            grid.tell(line, "error_in_cell", cell=f"{letter(self.at)}{line}", error=said[:40])
            said = ""
        elif self.formula and not said and not self.valued:
            grid.tell(line, "formula_without_result", cell=f"{letter(self.at)}{line}")
        if said:
            self.cells.update(dict.fromkeys(range(self.at, self.at + min(self.repeated, COLUMNS + 1)), said))
        if self.rows > 1:
            grid.merge(self.at, line, line + self.rows - 1)
        self.at += self.repeated

    def _row(self) -> None:
        grid = self.grids[-1]
        for _time in range(min(self.times, KEPT) if self.cells and self.wanted else 0):
            self.wanted = grid.row(grid.last + 1, dict(self.cells), self.hidden) and self.wanted
            grid.last += 1
            self.times -= 1
            if not self.wanted:
                break
        grid.last += self.times


def _times(said: str | None) -> int:
    """Returns how often something stands there; what is declared is only counted, never laid out."""
    return max(1, int(said)) if said and len(said) < 8 and said.isascii() and said.isdigit() else 1
