"""Reads the set of CSV files that Polis exports (a ZIP): statements, and what each participant answered.

What it says of itself is counted anew: a set that lies is refused with the file, the line, and what is there.
"""
import csv
import io
import zipfile
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from workshop.domain.errors import Refusal

NEEDED = {"comments.csv": {"comment-id", "comment-body"}, "votes.csv": {"comment-id", "voter-id", "vote"}}
KNOWN = {"comments.csv": {"timestamp", "datetime", "comment-id", "author-id", "agrees", "disagrees", "moderated",
                          "comment-body"},
         "votes.csv": {"timestamp", "datetime", "comment-id", "voter-id", "vote"},
         "participants-votes.csv": {"participant", "group-id", "n-comments", "n-votes", "n-agree", "n-disagree"}}
NAMES = ("participants-votes.csv", "comments.csv", "votes.csv", "summary.csv")
BYTES, STATEMENTS, PEOPLE, ANSWERS = 16 * 1024 * 1024, 500, 5000, 500_000
SAID = {"1": 1, "-1": -1, "0": 0}


@dataclass
class PolisSet:
    """Holds a set. `statements`: [(id, text)] that were not rejected; `rows`: {participant: {statement id: 1, 0, -1}}."""

    topic: str = ""
    statements: list[tuple[str, str]] = field(default_factory=list)
    rows: dict[str, dict[str, int]] = field(default_factory=dict)


def read(content: bytes) -> PolisSet:
    """Reads the ZIP. Refusals: `polis_no_set`, `polis_no_file`, `polis_column`, `polis_twice`, `polis_value`,
    `polis_unknown`, `polis_counts`, `polis_too_much`."""
    files = _files(content)
    for name in NEEDED:
        if name not in files:
            raise Refusal("polis_no_file", file=name)
    found = PolisSet(topic=_topic(files.get("summary.csv", "")))
    rejected = _statements(_table("comments.csv", files["comments.csv"]), found)
    every: dict[str, dict[str, int]] = {}
    _answers(_table("votes.csv", files["votes.csv"]), {key for key, _text in found.statements} | rejected, every)
    if "participants-votes.csv" in files:
        _people(_table("participants-votes.csv", files["participants-votes.csv"]), every)
    for who, row in every.items():
        if kept := {card: said for card, said in row.items() if card not in rejected}:
            found.rows[who] = kept
    return found


def _files(content: bytes) -> dict[str, str]:
    """Returns {name: text} of the files of the set, in whatever folder of the ZIP they are."""
    found: dict[str, str] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as folder:
            for one in folder.infolist():
                name = one.filename.rsplit("/", 1)[-1]
                name = next((known for known in NAMES if name.endswith(known)), "")  # after the name of the conversation
                if not name:
                    continue
                if name in found:
                    raise Refusal("polis_twice", file=name, line=0, what=one.filename[:80])
                if one.file_size > BYTES:
                    raise Refusal("polis_too_much", file=name)
                with folder.open(one) as file:
                    read = file.read(BYTES + 1)
                if len(read) > BYTES:
                    raise Refusal("polis_too_much", file=name)
                found[name] = read.decode().removeprefix("\ufeff")
    except (zipfile.BadZipFile, UnicodeDecodeError, NotImplementedError, RuntimeError, OSError, EOFError, ValueError):
        raise Refusal("polis_no_set") from None
    return found


def _table(name: str, text: str) -> list[tuple[int, dict[str, str]]]:
    """Returns [(line, {column: value})] of a file whose columns are known."""
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        heads = [head.strip() for head in next(reader, [])]
        for head in heads:
            if head not in KNOWN[name] and not (name == "participants-votes.csv" and head.isdecimal()):
                raise Refusal("polis_column", file=name, what=head[:80])
        if lacking := NEEDED.get(name, set()) - set(heads):
            raise Refusal("polis_column", file=name, what=sorted(lacking)[0])
        if len(set(heads)) < len(heads):
            raise Refusal("polis_twice", file=name, line=1, what=next(h for h, n in Counter(heads).items() if n > 1)[:80])
        rows = []
        for cells in reader:
            if cells and len(cells) != len(heads):
                raise Refusal("polis_value", file=name, line=reader.line_num, what=",".join(cells)[:80])
            if cells:
                rows.append((reader.line_num, dict(zip(heads, cells, strict=True))))
            if len(rows) > ANSWERS:
                raise Refusal("polis_too_much", file=name)
    except csv.Error:
        raise Refusal("polis_no_set") from None
    return rows


def _statements(rows: list[tuple[int, dict[str, str]]], found: PolisSet) -> set[str]:
    """Takes the statements; returns those that moderators rejected."""
    rejected, seen = set(), set[str]()
    for line, row in rows:
        key, text = row["comment-id"].strip(), row["comment-body"].strip()
        if key in seen or not key:
            raise Refusal("polis_twice", file="comments.csv", line=line, what=key[:80])
        seen.add(key)
        if row.get("moderated", "").strip() == "-1" or not text:
            rejected.add(key)
        else:
            found.statements.append((key, text))
    if len(found.statements) > STATEMENTS:
        raise Refusal("polis_too_much", file="comments.csv")
    return rejected


def _answers(rows: list[tuple[int, dict[str, str]]], known: set[str], every: dict[str, dict[str, int]]) -> None:
    """Takes the answers in the order of their moments: of two of one person on one statement the later one is right."""
    def at(one: tuple[int, dict[str, str]]) -> int:
        moment = one[1].get("timestamp", "").strip()
        return int(moment) if moment.isascii() and moment.isdecimal() and len(moment) < 20 else 0
    for line, row in sorted(rows, key=at):
        card, who, said = row["comment-id"].strip(), row["voter-id"].strip(), row["vote"].strip()
        if said not in SAID or not who:
            raise Refusal("polis_value", file="votes.csv", line=line, what=said[:80])
        if card not in known:
            raise Refusal("polis_unknown", file="votes.csv", line=line, what=card[:80])
        every.setdefault(who, {})[card] = SAID[said]
    if len(every) > PEOPLE:
        raise Refusal("polis_too_much", file="votes.csv")


def _people(rows: list[tuple[int, dict[str, str]]], every: dict[str, dict[str, int]]) -> None:
    """Holds what the set says of each participant against the answers."""
    seen: set[str] = set()
    for line, row in rows:
        who = row.get("participant", "").strip()
        if who in seen:
            raise Refusal("polis_twice", file="participants-votes.csv", line=line, what=who[:80])
        seen.add(who)
        mine = every.get(who, {})
        counts: dict[str, Any] = {"n-votes": len(mine), "n-agree": sum(said == 1 for said in mine.values()),
                                  "n-disagree": sum(said == -1 for said in mine.values())}
        for name, n in counts.items():
            said = row.get(name, "").strip()
            if said and said != str(n):
                raise Refusal("polis_counts", file="participants-votes.csv", line=line, what=f"{name} {said[:20]}", n=n)


def _topic(text: str) -> str:
    """Returns what the conversation is called, as summary.csv says."""
    try:
        rows = csv.reader(io.StringIO(text))
        return next((row[1].strip()[:150] for row in rows if len(row) > 1 and row[0] == "topic"), "")
    except csv.Error:
        return ""
