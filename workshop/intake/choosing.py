"""From raw cells to rows: what the columns are, and what of each row can become a card."""
from collections.abc import Collection

from workshop.domain.limits import TEXT
from workshop.intake import headings, plain
from workshop.intake.table import ROWS, Choice, Fault, Row, Table, joined, too_wide

TITLE = 200  # characters; a longer title stands at the head of the text


def guess(table: Table, places: Collection[str] = ()) -> Choice:
    """What the columns seem to be: by their headings, else the one with the most words is the text.  `places`: what the
    board asks of a card's place; other columns that are called so stay fields."""
    if not table.rows:
        return Choice()
    first = table.rows[0][1]
    at = headings.places(first, places)
    header = len(table.rows) > 1 and (headings.any_known(first) or bool(at))
    body = [cells for _line, cells in table.rows[header:]]
    text = title = None
    if header:
        text, title = (headings.find(first, names) for names in (headings.TEXT, headings.TITLE))
    if text is None:
        text, title = (title, None) if title is not None else (_wordiest(body, at.values() if header else ()), None)
    return Choice(header, text, title, at if header else {}, plain.is_html([_cell(cells, text) for cells in body]))


def _wordiest(body: list[list[str]], taken: Collection[int]) -> int:
    width = max((len(cells) for cells in body), default=1)
    free = [at for at in range(width) if at not in taken] or range(width)
    return max(free, key=lambda at: sum(len(_cell(cells, at)) for cells in body))


def rows(table: Table, choice: Choice) -> tuple[list[Row], list[Fault]]:
    """(what can become a card, what cannot and why), in the order of the lines.  At most ROWS rows."""
    names = table.rows[0][1] if choice.header and table.rows else []
    found, faults = [], list(table.faults)
    body = table.rows[bool(names):]
    for line, cells in body[:ROWS]:
        made = _row(line, cells, names, choice)
        (found if isinstance(made, Row) else faults).append(made)
    if len(body) > ROWS:
        faults.append(Fault(body[ROWS][0], "too_many_rows", {"limit": ROWS}))
    return found, sorted(faults, key=lambda fault: fault.line)


def _row(line: int, cells: list[str], names: list[str], choice: Choice) -> Row | Fault:
    if names and len(cells) > len(names):
        return too_wide(line, cells, len(names))
    text, title = (_cell(cells, at) for at in (choice.text, choice.title))
    if choice.html:
        text, title = plain.strip(text), plain.strip(title)
    title = " ".join(title.split())
    if len(title) > TITLE or not text:
        text, title = "\n".join(part for part in (title, text) if part), ""
    if not text:
        return Fault(line, "empty", {"text": joined(cells)})
    if len(text) > TEXT:
        return Fault(line, "too_long", {"limit": TEXT, "length": len(text), "text": text})
    used = (choice.text, choice.title)
    fields = {names[at]: cell for at, cell in enumerate(cells) if cell and at not in used and names[at]} if names else {}
    remarks = ("odd_characters",) if "\ufffd" in text or "\ufffd" in title else ()
    places = {key: cell for key, at in choice.places.items() if (cell := _cell(cells, at))}
    return Row(line, text, title, places, fields, remarks)


def _cell(cells: list[str], at: int | None) -> str:
    return cells[at] if at is not None and 0 <= at < len(cells) else ""
