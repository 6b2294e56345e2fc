"""Reads what Pabulib keeps of participatory budgets (.pb): META, PROJECTS, VOTES, each a table whose fields `;` separates.

Ids are texts: 005 and 5 are two. What a file says of itself is compared with what stands in it; what cannot be read is a
fault with its line, and the rest is read all the same.
"""
import csv
import re
from dataclasses import asdict, dataclass, field
from typing import Any

from workshop.domain.limits import CURRENCY, MONEY, WORDS, clean_text
from workshop.domain.shapes import Json
from workshop.intake.decoding import decode

BYTES = 16 * 1024 * 1024
ITEMS, BALLOTS, FAULTS = 200, 20_000, 60
WIDE = 400  # ids of one ballot
ID = 40  # characters
JOINED = 20  # lines that one quote may hold together
SECTIONS = ("META", "PROJECTS", "VOTES")
READ = {"project_id", "cost", "name", "voter_id", "vote", "points"}
# What such files are known to say besides; a vote is made without it.
KNOWN = READ | {"votes", "score", "selected", "category", "target", "latitude", "longitude", "description", "subunit",
                "district", "proposer", "public_id", "age", "sex", "neighborhood", "voting_method", "education"}
APPROVAL, ONE, POINTS, RANKED, KNAPSACK = "approval", "choose-1", "points", "ranked", "knapsack"
TYPES = {"approval": APPROVAL, "choose-1": ONE, "cumulative": POINTS, "scoring": POINTS, "points": POINTS,
         "ordinal": RANKED, "ranked": RANKED, "knapsack": KNAPSACK}
WHOLE = re.compile(r"\d{1,15}(?:\.0{1,6})?")


@dataclass
class Item:
    """A project: its id, what it is called, what it costs (whole units)."""

    key: str
    title: str
    cost: int


@dataclass
class Election:
    """What a file holds. `type`: one of TYPES; `total`: the sum; `ballots`: [(voter, ids in their order, points of each)];
    `limits`: the numbers of META beside; `faults`: [(line, 0 for the file; code; values)]."""

    title: str = ""
    type: str = ""
    total: int = 0
    currency: str = ""
    limits: dict[str, int] = field(default_factory=dict)
    items: list[Item] = field(default_factory=list)
    ballots: list[tuple[str, list[str], list[int]]] = field(default_factory=list)
    faults: list[tuple[int, str, dict[str, Any]]] = field(default_factory=list)
    more: int = 0  # faults that are not listed

    def fault(self, line: int, code: str, **values: object) -> "Election":
        """Notes what is wrong, up to FAULTS times."""
        if len(self.faults) < FAULTS:
            self.faults.append((line, code, values))
        else:
            self.more += 1
        return self

    def as_json(self) -> Json:
        """Returns it in lists and objects."""
        return asdict(self)


Rows = list[tuple[int, list[str]]]


def read(data: bytes) -> Election:
    """Returns what the file says."""
    found = Election()
    if len(data) > BYTES:
        return found.fault(0, "too_many_bytes", limit=BYTES // 1024 ** 2)
    text = decode(data)
    if text is None:
        return found.fault(0, "not_pb")
    if "\ufffd" in text:
        found.fault(0, "odd_characters")
    tables = _tables(found, text)
    if missing := [name for name in SECTIONS[:2] if name not in tables]:
        return found.fault(0, "not_pb" if "META" in missing else "pb_section", section=", ".join(missing))
    said = _meta(found, tables["META"])
    _items(found, tables["PROJECTS"])
    _ballots(found, tables.get("VOTES", []))
    _compare(found, said)
    return found


def _tables(found: Election, text: str) -> dict[str, Rows]:
    """Splits the file into the rows of its sections; a row begins on the line that is its number."""
    tables: dict[str, Rows] = {}
    here: Rows | None = None
    lines, at = text.split("\n"), 0
    while at < len(lines):
        first = at
        name = lines[at].strip().rstrip(";").strip().upper()
        if name in SECTIONS:
            if name in tables:
                found.fault(at + 1, "pb_section_again", section=name)
            here, at = tables.setdefault(name, []), at + 1
            continue
        line, at = lines[at], at + 1
        if here is None or not line.strip(" ;\t"):
            if line.strip():
                found.fault(first + 1, "pb_before")
            continue
        joined = line
        while joined.count('"') % 2 and at < len(lines) and at - first < JOINED:
            joined, at = f"{joined}\n{lines[at]}", at + 1
        if joined.count('"') % 2:
            found.fault(first + 1, "open_quote")
            joined, at = line.replace('"', ""), first + 1
        try:
            here.append((first + 1, [clean_text(cell) for cell in next(csv.reader([joined], delimiter=";"))]))
        except csv.Error:  # a cell longer than any text
            found.fault(first + 1, "pb_long")
        if len(here) > BALLOTS + 1:
            found.fault(first + 1, "too_many_rows", limit=BALLOTS)
            break
    return tables


def _meta(found: Election, rows: Rows) -> dict[str, tuple[int, int]]:
    """Takes over what the file says of itself; returns {num_projects, num_votes: (line, number)}."""
    said, counts = {}, {}
    for line, cells in rows:
        name, value = cells[0].casefold(), cells[1] if len(cells) > 1 else ""
        if name == "key":
            continue
        if name in said:
            found.fault(line, "pb_again", what=name)
        said[name] = (line, value)
    for name, (line, value) in said.items():
        number = _whole(value)
        if name in ("num_projects", "num_votes") and number is not None:
            counts[name] = (line, number)
        elif name in ("max_length", "max_sum_points", "max_points") and number:
            found.limits[name] = number
    line, value = said.get("budget", (0, ""))
    total = _whole(value)
    if total is None or not 1 <= total <= MONEY:
        found.fault(line, "pb_budget", text=value[:ID], limit=MONEY)
    else:
        found.total = total
    line, value = said.get("vote_type", (0, ""))
    found.type = TYPES.get(value.casefold(), "")
    if not found.type:
        found.fault(line, "pb_type", text=value[:ID])
    found.currency = said.get("currency", (0, ""))[1][:CURRENCY]
    found.title = said.get("description", (0, ""))[1][:WORDS]
    return counts


def _columns(found: Election, rows: Rows, *needed: str) -> dict[str, int] | None:
    """Returns {column: its place}; None where one that is needed is missing."""
    if not rows:
        return None
    line, names = rows[0][0], [name.casefold() for name in rows[0][1]]
    if odd := [name for name in names if name and name not in KNOWN]:
        found.fault(line, "pb_columns", names=", ".join(odd)[:WORDS])
    if missing := [name for name in needed if name not in names]:
        found.fault(line, "pb_no_column", names=", ".join(missing))
        return None
    return {name: names.index(name) for name in READ if name in names}


def _items(found: Election, rows: Rows) -> None:
    at = _columns(found, rows, "project_id", "cost")
    titles: set[str] = set()
    keys: set[str] = set()
    for line, cells in rows[1:] if at else ():
        assert at
        key, said, name = (_cell(cells, at, column) for column in ("project_id", "cost", "name"))
        cost = _whole(said)
        if not key or len(key) > ID:
            found.fault(line, "pb_id", text=key[:ID], limit=ID)
        elif key in keys:
            found.fault(line, "pb_project_again", key=key)
        elif cost is None or not 1 <= cost <= MONEY:
            found.fault(line, "pb_cost", key=key, text=said[:ID], limit=MONEY)
        elif len(found.items) == ITEMS:
            found.fault(line, "pb_too_many", limit=ITEMS)
            return
        else:
            if found.total and cost > found.total:
                found.fault(line, "pb_over", key=key)
            title = " ".join(name.split())[:WORDS - ID - 3] or key
            if title.casefold() in titles:  # which of the two is meant, its id says
                title = f"{title} ({key})"
            keys.add(key)
            titles.add(title.casefold())
            found.items.append(Item(key, title, cost))


def _ballots(found: Election, rows: Rows) -> None:
    points = found.type == POINTS
    at = _columns(found, rows, "voter_id", "vote", *(("points",) if points else ()))
    known, voters = {item.key for item in found.items}, set[str]()
    for line, cells in rows[1:] if at else ():
        assert at
        voter = _cell(cells, at, "voter_id")
        if not voter or voter in voters:
            found.fault(line, "pb_voter_again" if voter else "pb_no_voter", voter=voter[:ID])
            continue
        voters.add(voter)
        ids, given = _split(_cell(cells, at, "vote")), _split(_cell(cells, at, "points")) if points else []
        numbers = [_whole(one) for one in given]
        if points and (len(ids) != len(given) or None in numbers):
            found.fault(line, "pb_points", voter=voter[:ID])
            continue
        kept: dict[str, int] = {}
        for i, key in enumerate(ids):
            if key not in known or key in kept:
                found.fault(line, "pb_unknown" if key not in known else "pb_twice", key=key[:ID], voter=voter[:ID])
            else:
                kept[key] = numbers[i] or 0 if points else 1
        if found.type == ONE and len(kept) > 1:
            found.fault(line, "pb_more_than_one", voter=voter[:ID])
            continue
        found.ballots.append((voter, list(kept), list(kept.values()) if points else []))


def _compare(found: Election, said: dict[str, tuple[int, int]]) -> None:
    """Says where the file has another number of rows than it says."""
    for name, code, n in (("num_projects", "pb_projects_lie", len(found.items)),
                          ("num_votes", "pb_votes_lie", len(found.ballots))):
        line, number = said.get(name, (0, n))
        if number != n and (name == "num_projects" or found.ballots):
            found.fault(line, code, said=number, n=n)


def _cell(cells: list[str], at: dict[str, int], column: str) -> str:
    place = at.get(column, len(cells))
    return cells[place].strip() if place < len(cells) else ""


def _split(cell: str) -> list[str]:
    return [one.strip() for one in cell.split(",", WIDE)[:WIDE] if one.strip()]


def _whole(text: str) -> int | None:
    """Reads a whole number, also one that is written 4000.0."""
    return int(text.partition(".")[0]) if WHOLE.fullmatch(text.strip()) else None
