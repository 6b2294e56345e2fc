"""Chooses from raw cells: what the columns are, and what of each row can become a card."""
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from workshop.domain.limits import TEXT
from workshop.intake import dates, headings, html_text, long_texts
from workshop.intake.table import ABOUT, ROWS, Choice, Fault, Row, Table, joined, too_wide
from workshop.words import _, count

ABOVE = 5  # rows that may stand above the heading
TITLE = 200  # characters; a longer title stands at the head of the text


@dataclass(frozen=True)
class Wanted:
    """Holds what a board asks of a card: the keys of its place, its fields with what they are called ({key: names}), those
    of them that can be a card's text, and the first of these without which there is no card ('': none)."""

    places: Collection[str] = ()
    fields: Mapping[str, list[str]] = field(default_factory=dict)
    texts: Collection[str] = ()
    needed: str = ""


def guess(table: Table, places: Collection[str] = (), **more: Any) -> Choice:
    """Returns what the columns seem to be: by their headings, else the one with the most words is the text, or the field
    without which there is no card. `places` and the rest: what the board wants (Wanted)."""
    if not table.rows:
        return Choice()
    wanted = Wanted(places, **more)
    above = _above(table, wanted)
    names = table.rows[above][1]
    body = [cells for _line, cells in table.rows[above + 1:]]
    at, own = _places(names, wanted), headings.fields(names, wanted.fields)
    header = bool(body) and (headings.any_known(names) or bool(at or own) or headings.by_data(names, body))
    if not header:
        body, at, own = [cells for _line, cells in table.rows], {}, {}
    text = title = None
    if header:
        free = ["" if n in own.values() else name for n, name in enumerate(names)]
        text, title = (headings.find(free, known) for known in (headings.TEXT, headings.TITLE))
    said = [own[key] for key in wanted.texts if key in own]  # fields are the card's text where nothing else is
    missing = wanted.needed and wanted.needed not in own
    if text is None and (missing or not said):
        text, title = title if title is not None else _wordiest(body, {*at.values(), *own.values()}), None
    if missing and text is not None:
        own, said = own | {wanted.needed: text}, [text]
        text = None
    shown = said[0] if text is None else text
    html = html_text.is_html([_cell(cells, shown) for cells in body])
    return Choice(header, text, title, at, html, above if header else 0,
                  about=_into(names) if header else {}, fields=own)


def _into(names: list[str]) -> dict[str, int]:
    at = headings.find(names, headings.INTO) if len(names) > 1 else None
    return {} if at is None else {"into": at}


def _places(names: list[str], wanted: Wanted) -> dict[str, int]:
    """Returns which columns say the place; in the sheet of cards that we have written, the one that says all of it in one
    cell."""
    found = headings.places(names, wanted.places)
    if wanted.places and headings.ours(names) == "cards":
        found |= headings.places(names, ("column",))
    return found


def _above(table: Table, wanted: Wanted) -> int:
    """Returns how many rows stand above the heading: titles of the whole sheet, each in a cell of its own."""
    for n, (_line, cells) in enumerate(table.rows[:ABOVE + 1]):
        if headings.any_known(cells) or headings.places(cells, wanted.places) or headings.fields(cells, wanted.fields):
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
    """Returns (what can become a card, what cannot and why), in the order of the lines. At most ROWS rows."""
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
    """Adds a fault; of a row without a text, for which there is a reason already, the reason is enough."""
    at = next((n for n, one in enumerate(faults) if one.line == fault.line), None) if fault.code == "empty" else None
    if at is None:
        faults.append(fault)
    else:
        faults[at] = faults[at]._replace(values=fault.values | faults[at].values)


def heading(table: Table, choice: Choice) -> list[str]:
    """Returns the names of the columns; [] where there is no heading."""
    return table.rows[choice.above][1] if choice.header and choice.above < len(table.rows) else []


def _sheets(table: Table) -> list[Fault]:
    """Returns the faults of a workbook's sheets that were not taken."""
    others = [(name, n) for name, n in table.sheets if name != table.sheet]
    return [Fault(0, code, {"sheet": table.sheet, "sheets": sheets})
            for code, sheets in (("other_sheets", others), ("hidden_sheets", table.unread)) if sheets]


def _row(line: int, cells: list[str], names: list[str], choice: Choice) -> list[Row | Fault]:
    """Returns what becomes of a line: a card, several where its text is split, or the reason why none."""
    if names and len(cells) > len(names):
        return [too_wide(line, cells, len(names))]
    text, title = (_cell(cells, at) for at in (choice.text, choice.title))
    if choice.html:
        text, title = html_text.strip(text), html_text.strip(title)
    title = " ".join(title.split())
    own = {key: said for key, at in choice.fields.items() if (said := _field(cells, at, choice))}
    if len(title) > TITLE or not text:
        text, title = "\n".join(part for part in (title, text) if part), ""
    if not (text or own):
        return [Fault(line, "empty", {"text": joined(cells)})]
    below = _below(cells, names, choice)
    if not text:
        text, below = below.strip("\n"), ""
    texts, remark = long_texts.fitted(text, TEXT - len(below), choice.long_at.get(str(line), choice.long))
    if not texts:
        text += below
        return [Fault(line, "too_long", {"limit": TEXT, "length": len(text), "text": text})]
    used = (choice.text, choice.title, *choice.below, *choice.about.values(), *choice.fields.values())
    fields = {names[at]: cell for at, cell in enumerate(cells) if cell and at not in used and names[at]} if names else {}
    remarks: tuple[str, ...] = ("odd_characters",) if any("\ufffd" in one for one in (text, title, *own.values())) else ()
    places = {key: cell for key, at in choice.places.items() if (cell := _cell(cells, at))}
    remarks += (remark,) if remark else ()
    when = _cell(cells, choice.about.get("date"))
    remarks += ("no_date",) if when.isdecimal() and not dates.read(when) else ()
    called, parent, into = (_cell(cells, choice.about.get(name)) for name in ("number", "parent", "into"))
    return [Row(line, said + below, title, places, fields, remarks, called, parent, own, part if len(texts) > 1 else 0, into)
            for part, said in enumerate(texts, 1)]


def _field(cells: list[str], at: int, choice: Choice) -> str:
    return html_text.strip(_cell(cells, at)) if choice.html else _cell(cells, at)


def _below(cells: list[str], names: list[str], choice: Choice) -> str:
    """Returns what stands below the text: who said it, when, with how many supports, where, what it is called; then the
    columns that are kept."""
    said = {name: _cell(cells, choice.about.get(name)) for name in ABOUT}
    said["date"] = dates.read(said["date"]) or said["date"] if said["date"].isdecimal() else said["date"]
    if said["number"]:
        said["number"] = _("no. {number}", number=said["number"])
    if said["supports"].isdecimal():
        said["supports"] = count("{n} support", "{n} supports", int(said["supports"]))
    lines = [" · ".join(filter(None, said.values()))]
    lines += [f"{names[at]}: {cell}" if at < len(names) and names[at] else cell
              for at in choice.below if (cell := _cell(cells, at))]
    return "".join(f"\n{line}" for line in lines if line)


def _cell(cells: list[str], at: int | None) -> str:
    return cells[at] if at is not None and 0 <= at < len(cells) else ""
