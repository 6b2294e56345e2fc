"""Lays a sheet out as its author sees it: rows with text, without what is hidden, merged cells standing for each of their
rows."""
from bisect import bisect_left, bisect_right

from workshop.domain.limits import clean_text
from workshop.intake.table import BYTES, COLUMNS, KEPT, ROWS, Fault, Table, joined, too_wide

MERGED = 20_000  # ranges of a sheet; what is merged further down is below the last row that is taken
LINES = 1_048_576  # of a sheet


class Allowance:
    """How many characters all sheets of a workbook together may still have: as many as a file of plain text."""

    def __init__(self, left: int = BYTES):
        self.left = left

    def take(self, length: int) -> bool:
        """Tells whether there is room for so many more."""
        self.left -= length
        return self.left >= 0


class Grid:
    """Gathers what a reader finds in a sheet: rows from above, columns, merged ranges; all numbers of columns from 0."""

    def __init__(self, allowance: Allowance):
        self.allowance = allowance
        self.rows: list[tuple[int, dict[int, str]]] = []
        self.hidden: list[tuple[int, dict[int, str]]] = []
        self.faults: list[Fault] = []
        self.merged: list[tuple[int, int, int]] = []  # (column, first line, last line)
        self.hidden_columns: set[int] = set()
        self.told: set[tuple[int, str]] = set()
        self.last = 0

    def line(self, said: str | None) -> int:
        """Returns the number of the next row: what it says, if rows may stand in that order."""
        number = int(said) if said and len(said) < 8 and said.isascii() and said.isdigit() else 0
        self.last = number if self.last < number <= LINES else self.last + 1
        return self.last

    def hide_columns(self, first: int, last: int) -> None:
        """Says of columns that their author does not see them."""
        self.hidden_columns.update(range(max(0, first), min(last, COLUMNS) + 1))

    def merge(self, column: int, first: int, last: int) -> None:
        """Says that the cells of a column from one line to another are one."""
        if last > first and len(self.merged) < MERGED:
            self.merged.append((column, first, last))

    def tell(self, line: int, code: str, **values: object) -> None:
        """Says what is wrong with a cell of a line: once for each line and kind, and of no more lines than are taken."""
        if (line, code) not in self.told and len(self.told) < KEPT:
            self.told.add((line, code))
            self.faults.append(Fault(line, code, values))
            if len(self.told) == KEPT:
                self.faults.append(Fault(line, "too_many_rows", {"limit": ROWS}))

    def row(self, line: int, cells: dict[int, str], hidden: bool = False) -> bool:
        """Takes the cells of a row, given by their columns. Returns whether more rows are wanted."""
        filled = {at: text for at, said in cells.items() if (text := clean_text(said))}
        if not filled:
            return len(self.told) < KEPT
        if not self.allowance.take(sum(map(len, filled.values()))):
            self.faults.append(Fault(line, "file_unpacks", {"limit": BYTES // 1024 ** 2}))
            return False
        (self.hidden if hidden else self.rows).append((line, filled))
        return len(self.rows) < KEPT and len(self.hidden) < KEPT

    def table(self) -> Table:
        """Returns the rows that an author sees, and faults for what is not seen."""
        self._fill()
        table = Table(faults=list(self.faults))
        unseen: list[str] = []
        for line, filled in self.rows:
            if self.hidden_columns:
                unseen += [text for at, text in filled.items() if at in self.hidden_columns]
                filled = {at: text for at, text in filled.items() if at not in self.hidden_columns}
            if filled and max(filled) >= COLUMNS:
                table.faults.append(too_wide(line, [filled[at] for at in sorted(filled)], COLUMNS))
            elif filled:
                table.rows.append((line, [filled.get(at, "") for at in range(max(filled) + 1)]))
        if unseen:
            table.faults.append(Fault(0, "hidden_columns", {"n": len(unseen), "text": "\n".join(unseen)}))
        if self.hidden:
            text = "\n".join(joined(cells.values()) for _line, cells in self.hidden)
            table.faults.append(Fault(self.hidden[0][0], "hidden_rows", {"n": len(self.hidden), "text": text}))
        return table

    def _fill(self) -> None:
        """Puts the text of merged cells into each of their rows that has other text."""
        lines = [line for line, _cells in self.rows]
        texts = dict([*self.hidden, *self.rows])
        until: dict[int, int] = {}
        for column, first, last in sorted(self.merged):
            said = texts.get(first, {}).get(column)
            if said and first > until.get(column, 0):
                until[column] = last
                for _line, cells in self.rows[bisect_right(lines, first):bisect_left(lines, last + 1)]:
                    cells.setdefault(column, said)
