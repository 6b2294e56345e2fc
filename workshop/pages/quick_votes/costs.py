"""Makes a vote on things with costs out of what somebody types, line by line, or of a file: a .pb, or a table."""
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from werkzeug.datastructures import FileStorage

from workshop.domain.errors import Refusal
from workshop.domain.kinds import kinds
from workshop.domain.limits import CURRENCY, MONEY, NAME
from workshop.domain.shapes import Json
from workshop.house import house
from workshop.intake.pabulib import POINTS, RANKED
from workshop.intake.pb_votes import BUDGET, RANK, SHARED
from workshop.intake.table import Table
from workshop.pages.bulk_add.child_tasks import read_as
from workshop.pages.quick_votes import child_tasks
from workshop.pages.shell.request_gate import asker
from workshop.words import _, count, labelled
from workshop.words.intake import sentence as of_intake
from workshop.words.pabulib import sentence

UNIT = r"[^\W\d_]{1,5}\.?|[$€£¥₡₲₱]"
AMOUNT = rf"(?:(?:{UNIT})\s*)?(\d[\d.,' \u00a0\u202f]*?)\s*(?:{UNIT})?"
# The first of these signs behind which nothing but an amount stands.
LINE = re.compile(rf"^(.+?)\s*[;\t|:,]\s*{AMOUNT}\s*$")
GROUPED = re.compile(r"\d{1,3}(?:[.,' \u00a0\u202f]\d{3})+|\d+")
ZEROS = re.compile(r"[.,]0{1,2}$")
COST = re.compile(r"cost|precio|monto|importe|valor|montant|prix|price|amount|presupuesto|budget", re.I)
TITLE = re.compile(r"proyecto|project|projet|t[íi]tulo|title|titre|nombre|name|nom$|idea|propuesta|proposal|cosa|thing",
                   re.I)
MOST_POINTS = 1000


@dataclass
class Read:
    """Holds what a file gave: fields of the form, and what is to be known of it in words."""

    fields: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def whole(text: str) -> int | None:
    """Reads a cost as people write it: 3000, 3.000, 3 000, 3,000.00, Bs 3000; None where it is no whole number."""
    found = re.fullmatch(AMOUNT, text.strip())
    said = ZEROS.sub("", found[1]) if found else ""
    return int(re.sub(r"\D", "", said)) if GROUPED.fullmatch(said) and len(said) < 20 else None


def asked(form: Mapping[str, str]) -> tuple[str, Json]:
    """Reads (kind, settings) of what was typed. Refusals: `cost_wrong` with the line that has none, `sum_missing`."""
    options: list[Json] = []
    for n, line in enumerate(filter(None, map(str.strip, form.get("costs", "").splitlines())), 1):
        found = LINE.match(line)
        cost = whole(found[2]) if found else None
        if not found or cost is None or not 1 <= cost <= MONEY:
            raise Refusal("cost_wrong", item=line[:NAME], limit=MONEY)
        options.append({"key": f"o{n}", "title": found[1], "cost": cost})
    kind = form.get("of") or BUDGET
    if kind != BUDGET:
        points = whole(form.get("points", "")) or 0
        return kind, {"options": [{"key": one["key"], "title": one["title"]} for one in options]} | (
            {"budget": points} if kind == SHARED else {})
    total = whole(form.get("total", ""))
    if total is None:
        raise Refusal("sum_missing", limit=MONEY)
    most = whole(form.get("most", ""))
    return BUDGET, {"options": options, "total": total, "currency": form.get("currency", "").strip()[:CURRENCY]} | (
        {"most": most} if most else {}) | {name: True for name in ("within", "alike") if form.get(name) == "1"}


def brought(file: FileStorage) -> Read:
    """Reads a file: a .pb by what it says of itself, anything else as a table of things and costs."""
    content = file.read()
    if (file.filename or "").lower().endswith(".pb") or content.lstrip(b"\xef\xbb\xbf \r\n")[:4] == b"META":
        return _pb(content)
    table, _choice = read_as(house().sandbox, asker(), {}, content)
    return _table(table)


def _pb(content: bytes) -> Read:
    election = child_tasks.read(house().sandbox, asker(), content)
    found = Read(notes=[labelled(_("Line {n}", n=line), sentence(code, values)) if line else sentence(code, values)
                        for line, code, values in election.faults])
    if election.more:
        found.notes.append(count("{n} more line has something like it.", "{n} more lines have something like it.",
                                 election.more))
    if not election.items:
        return found
    kind = {POINTS: SHARED, RANKED: RANK}.get(election.type, BUDGET)
    if kind not in kinds():
        found.notes.append(_("The file is of ballots that rank; here its projects become a budget."))
        kind = BUDGET
    limits: dict[str, Any] = election.limits
    if kind == SHARED:
        found.notes.append(_("The file is of ballots with points: people share out points among its projects."))
    if n := limits.get("ballots"):
        found.notes.append(count("{n} ballot of the file is not brought in: “workshop replay pb” casts it.",
                                 "{n} ballots of the file are not brought in: “workshop replay pb” casts them.", n))
    most = 1 if election.type == "choose-1" else limits.get("max_length", 0)
    found.fields = {
        "title": election.title[:200], "of": "" if kind == BUDGET else kind, "total": str(election.total or ""),
        "currency": election.currency, "costs": "\n".join(f"{one.title}; {one.cost}" for one in election.items),
        "points": str(min(limits.get("max_sum_points", 10), MOST_POINTS)) if kind == SHARED else "",
        "most": str(most) if most and kind == BUDGET else "", "within": "1" if election.type == "knapsack" else ""}
    return found


def _table(table: Table) -> Read:
    found = Read(notes=[labelled(_("Line {n}", n=fault.line), of_intake(fault.code, fault.values)) if fault.line
                        else of_intake(fault.code, fault.values) for fault in table.faults])
    if not table.rows:
        return found
    names = table.rows[0][1]
    cost = next((i for i, name in enumerate(names) if COST.search(name) and whole(name) is None), None)
    rows = table.rows[1:] if cost is not None else table.rows
    if cost is None:
        figures = [sum(len(cells) > i and whole(cells[i]) is not None for _line, cells in rows) for i in range(table.width)]
        cost = max(range(table.width), key=lambda i: (figures[i], i)) if any(figures) else table.width - 1
        if rows and len(rows) > 1 and (len(rows[0][1]) <= cost or whole(rows[0][1][cost]) is None):
            rows = rows[1:]  # a heading of other words
    known = [i for i, name in enumerate(names) if i != cost and TITLE.search(name)]
    title = (known or [i for i in range(table.width) if i != cost] or [0])[0]
    lines = []
    for line, cells in rows:
        words = " ".join(cells[title].split()) if len(cells) > title else ""
        n = whole(cells[cost]) if len(cells) > cost else None
        if words and n:
            lines.append(f"{words}; {n}")
        else:
            found.notes.append(labelled(_("Line {n}", n=line), _("There is no thing with a cost. It was left out.")))
    found.fields = {"costs": "\n".join(lines), "of": ""}
    return found
