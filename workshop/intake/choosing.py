"""From raw cells to rows: what the columns are, and what of each row can become a card."""
from collections.abc import Collection

from workshop.domain.limits import TEXT
from workshop.intake import headings, longer, plain
from workshop.intake.table import ABOUT, ROWS, Choice, Fault, Row, Table, joined, too_wide
from workshop.words import count

ABOVE = 5  # rows that may stand above the heading
TITLE = 200  # characters; a longer title stands at the head of the text


def guess(table: Table, places: Collection[str] = ()) -> Choice:
    """What the columns seem to be: by their headings, else the one with the most words is the text.  `places`: what the
    board asks of a card's place; other columns that are called so stay fields."""
    if not table.rows:
        return Choice()
    above = _above(table, places)
    first = table.rows[above][1]
    body = [cells for _line, cells in table.rows[above + 1:]]
    at = headings.places(first, places)
    header = bool(body) and (headings.any_known(first) or bool(at) or headings.by_data(first, body))
    if not header:
        body, at = [cells for _line, cells in table.rows], {}
    text = title = None
    if header:
        text, title = (headings.find(first, names) for names in (headings.TEXT, headings.TITLE))
    if text is None:
        text, title = (title, None) if title is not None else (_wordiest(body, at.values()), None)
    return Choice(header, text, title, at, plain.is_html([_cell(cells, text) for cells in body]), above if header else 0)


def _above(table: Table, places: Collection[str]) -> int:
    """How many rows stand above the heading: titles of the whole sheet, each in a cell of its own."""
    for n, (_line, cells) in enumerate(table.rows[:ABOVE + 1]):
        if headings.any_known(cells) or headings.places(cells, places):
            return n if n < len(table.rows) - 1 else 0
        if sum(map(bool, cells)) > 1 or table.width < 2:
            break
    return 0


def _wordiest(body: list[list[str]], taken: Collection[int]) -> int:
    width = max((len(cells) for cells in body), default=1)
    free = [at for at in range(width) if at not in taken] or range(width)
    free = [at for at in free if not headings.is_figures([_cell(cells, at) for cells in body])] or free
    return max(free, key=lambda at: sum(len(_cell(cells, at)) for cells in body))


def rows(table: Table, choice: Choice) -> tuple[list[Row], list[Fault]]:
    """(what can become a card, what cannot and why), in the order of the lines.  At most ROWS rows."""
    names = heading(table, choice)
    start = choice.above + 1 if names else 0
    body = table.rows[start:]
    faults = [*table.faults, *_sheets(table)]
    faults += [Fault(line, "above_heading", {"text": joined(cells)}) for line, cells in table.rows[:max(0, start - 1)]]
    made = [one for line, cells in body[:ROWS] for one in (
        [Fault(line, "heading_again", {"text": joined(cells)})] if len(names) > 1 and cells == names
        else _row(line, cells, names, choice))]
    for one in made:
        if isinstance(one, Fault):
            _add(faults, one)
    if len(body) > ROWS:
        faults.append(Fault(body[ROWS][0], "too_many_rows", {"limit": ROWS}))
    if not body and not faults:
        faults.append(Fault(0, "empty", {}))
    return [one for one in made if isinstance(one, Row)], sorted(faults, key=lambda fault: fault.line)


def _add(faults: list[Fault], fault: Fault) -> None:
    """Add a fault; of a row without a text, for which there is a reason already, the reason is enough."""
    at = next((n for n, one in enumerate(faults) if one.line == fault.line), None) if fault.code == "empty" else None
    if at is None:
        faults.append(fault)
    else:
        faults[at] = faults[at]._replace(values=fault.values | faults[at].values)


def heading(table: Table, choice: Choice) -> list[str]:
    """The names of the columns; [] where there is no heading."""
    return table.rows[choice.above][1] if choice.header and choice.above < len(table.rows) else []


def _sheets(table: Table) -> list[Fault]:
    """The faults of a workbook's sheets that were not taken."""
    others = [(name, n) for name, n in table.sheets if name != table.sheet]
    return [Fault(0, code, {"sheet": table.sheet, "sheets": sheets})
            for code, sheets in (("other_sheets", others), ("hidden_sheets", table.unread)) if sheets]


def _row(line: int, cells: list[str], names: list[str], choice: Choice) -> list[Row | Fault]:
    """What becomes of a line: a card, several where its text is split, or the reason why none."""
    if names and len(cells) > len(names):
        return [too_wide(line, cells, len(names))]
    text, title = (_cell(cells, at) for at in (choice.text, choice.title))
    if choice.html:
        text, title = plain.strip(text), plain.strip(title)
    title = " ".join(title.split())
    if len(title) > TITLE or not text:
        text, title = "\n".join(part for part in (title, text) if part), ""
    if not text:
        return [Fault(line, "empty", {"text": joined(cells)})]
    below = _below(cells, names, choice)
    texts, remark = longer.fitted(text, TEXT - len(below), choice.long_at.get(str(line), choice.long))
    if not texts:
        text += below
        return [Fault(line, "too_long", {"limit": TEXT, "length": len(text), "text": text})]
    used = (choice.text, choice.title, *choice.below, *choice.about.values())
    fields = {names[at]: cell for at, cell in enumerate(cells) if cell and at not in used and names[at]} if names else {}
    remarks = ("odd_characters",) if "\ufffd" in text or "\ufffd" in title else ()
    places = {key: cell for key, at in choice.places.items() if (cell := _cell(cells, at))}
    remarks += (remark,) if remark else ()
    called, parent = (_cell(cells, choice.about.get(name)) for name in ("number", "parent"))
    return [Row(line, said + below, title, places, fields, remarks, called, parent, part if len(texts) > 1 else 0)
            for part, said in enumerate(texts, 1)]


def _below(cells: list[str], names: list[str], choice: Choice) -> str:
    """What stands below the text: who said it, when, with how many supports, where; then the columns that are kept."""
    said = {name: _cell(cells, choice.about.get(name)) for name in ABOUT}
    if said["supports"].isdecimal():
        said["supports"] = count("{n} support", "{n} supports", int(said["supports"]))
    lines = [" · ".join(filter(None, said.values()))]
    lines += [f"{names[at]}: {cell}" if at < len(names) and names[at] else cell
              for at in choice.below if (cell := _cell(cells, at))]
    return "".join(f"\n{line}" for line in lines if line)


def _cell(cells: list[str], at: int | None) -> str:
    return cells[at] if at is not None and 0 <= at < len(cells) else ""
