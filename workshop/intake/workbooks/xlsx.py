"""Reads XLSX and XLSM, with the standard library: in pieces, sparse and bounded."""
import zipfile

from workshop.intake.table import Fault, Table
from workshop.intake.workbooks.book import Read, chosen
from workshop.intake.workbooks.formats import BUILT_IN
from workshop.intake.workbooks.grid import Allowance, Grid
from workshop.intake.workbooks.package import BROKEN, UNPACKED, Package, TooBig, resolved, truth
from workshop.intake.workbooks.xlsx_sheet import Cells, Style


def read(archive: zipfile.ZipFile, wanted: str, language: str) -> Table:
    """Returns the table of a workbook. `wanted`: the sheet by its name, '' for the one that seems to be meant."""
    package = Package(archive)
    book = _Book(package, language)
    return chosen(book.sheets, wanted, book.table)


class _Book:
    """Holds the sheets of a workbook, and what it says for all of them."""

    def __init__(self, package: Package, language: str):
        self.package, self.allowance = package, Allowance()
        root = self._links("", "_rels/.rels")
        main = next((target for kind, target in root.values() if kind == "officeDocument"), "xl/workbook.xml")
        self.folder, _slash, name = main.rpartition("/")
        self.links = self._links(self.folder, f"{self.folder}/_rels/{name}.rels")
        self.sheets: list[Read] = []
        self.since_1904 = False
        package.parse(main, self._part)
        self.style = Style(self._strings(), self._formats(), self.since_1904, language)

    def _links(self, folder: str, path: str) -> dict[str, tuple[str, str]]:
        """Returns {id: (kind, name of the part)}."""
        found: dict[str, tuple[str, str]] = {}

        def link(tag: str, a: dict[str, str]) -> None:
            if tag == "Relationship" and a.get("TargetMode") != "External":
                found[a.get("Id", "")] = a.get("Type", "").rpartition("/")[2], resolved(folder, a.get("Target", ""))
        if self.package.has(path):
            self.package.parse(path, link)
        return found

    def _part(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "workbookPr":
            self.since_1904 = truth(attributes.get("date1904"))
        elif tag == "sheet":
            key = next((value for name, value in attributes.items() if name.rpartition(":")[2] == "id" and ":" in name), "")
            kind, path = self.links.get(key, ("", ""))
            if kind in ("worksheet", "") and path:
                self.sheets.append(Read(attributes.get("name", ""), path, attributes.get("state", "visible") == "visible"))

    def _one(self, kind: str, usual: str) -> str | None:
        """Returns the name of the part that is of a kind, if there is one."""
        path = next((target for known, target in self.links.values() if known == kind), f"{self.folder}/{usual}")
        return path if self.package.has(path) else None

    def _strings(self) -> list[str]:
        strings = _Strings()
        if path := self._one("sharedStrings", "sharedStrings.xml"):
            self.package.parse(path, strings.start, strings.end, strings.text)
        return strings.all

    def _formats(self) -> list[str]:
        """Returns the format of each style of cells."""
        codes, inside = dict(BUILT_IN), [False]
        found: list[str] = []

        def start(tag: str, a: dict[str, str]) -> None:
            if tag == "numFmt" and a.get("numFmtId", "").isdigit():
                codes[int(a["numFmtId"][:9])] = a.get("formatCode", "")
            elif tag == "cellXfs":
                inside[0] = True
            elif tag == "xf" and inside[0]:
                number = a.get("numFmtId", "0")[:9]
                found.append(codes.get(int(number) if number.isdigit() else 0, ""))

        def end(tag: str) -> None:
            inside[0] = inside[0] and tag != "cellXfs"
        if path := self._one("styles", "styles.xml"):
            self.package.parse(path, start, end)
        return found

    def table(self, sheet: Read) -> Table:
        """Returns the table of a sheet, as far as it can be read, with a fault where that is not the end."""
        grid = Grid(self.allowance)
        cells = Cells(grid, self.style)
        try:
            self.package.parse(sheet.path, cells.start, cells.end, cells.text)
        except TooBig:
            grid.faults.append(Fault(grid.last, "file_unpacks", {"limit": UNPACKED // 1024 ** 2}))
        except BROKEN:
            grid.faults.append(Fault(grid.last, "file_damaged", {}))
        return grid.table()


class _Strings:
    """Holds the shared strings: all runs of each, without how they are pronounced."""

    def __init__(self) -> None:
        self.all: list[str] = []
        self.run: list[str] = []
        self.inside, self.spoken = False, 0

    def start(self, tag: str, _attributes: dict[str, str]) -> None:
        if tag == "si":
            self.run = []
        self.spoken += tag == "rPh"
        self.inside = tag == "t" and not self.spoken

    def text(self, data: str) -> None:
        if self.inside:
            self.run.append(data)

    def end(self, tag: str) -> None:
        if tag == "si":
            self.all.append("".join(self.run))
        self.spoken -= tag == "rPh"
        self.inside = False
