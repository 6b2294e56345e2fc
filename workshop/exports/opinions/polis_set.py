"""Writes what people answered in a vote as the set of CSV files that Polis exports: summary, comments, votes,
participants-votes and comment-groups.

People are numbers by a lot that is drawn for each file, so that two files of one vote cannot be laid side by side by their
numbers; who wrote a statement has a number that no answers have. When single people answered is not kept: every row of
votes.csv has the moment of the file.
"""
import csv
import io
import secrets
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from workshop.domain.opinions.standing import Answers

UNKNOWN = ""
HEADS = {
    "comments": ("timestamp", "datetime", "comment-id", "author-id", "agrees", "disagrees", "moderated", "comment-body"),
    "votes": ("timestamp", "datetime", "comment-id", "voter-id", "vote"),
    "participants-votes": ("participant", "group-id", "n-comments", "n-votes", "n-agree", "n-disagree"),
    "comment-groups": ("comment-id", "comment", "total-votes", "total-agrees", "total-disagrees", "total-passes"),
}
PER_GROUP = ("votes", "agrees", "disagrees", "passes")
Row = Sequence[str | int]


@dataclass(frozen=True)
class Statement:
    """Holds a statement: its words, when it was written, and by whom (any key; None: the team)."""

    text: str
    at: datetime
    author: str | None


def written(title: str, address: str, at: datetime, statements: Mapping[str, Statement], rows: Mapping[str, Answers],
            groups: Mapping[str, int]) -> bytes:
    """Returns the ZIP of the set. `rows`: {person: {statement: 1, 0, -1}}; `groups`: {person: place of the group}."""
    numbers = {key: n for n, key in enumerate(statements)}
    people = {key: n for n, key in enumerate(sorted(rows, key=lambda _key: secrets.token_bytes(8)))}
    authors = {key: len(people) + n for n, key in enumerate(dict.fromkeys(one.author for one in statements.values()))}
    k = max(groups.values(), default=-1) + 1
    now, heads = (int(at.timestamp() * 1000), _moment(at)), {name: list(head) for name, head in HEADS.items()}
    heads["participants-votes"] += [str(n) for n in numbers.values()]
    heads["comment-groups"] += [f"group-{chr(97 + n)}-{what}" for n in range(k) for what in PER_GROUP]
    order = sorted(people, key=lambda key: people[key])
    files: dict[str, Iterable[Row]] = {
        "summary": [("topic", title), ("url", address), ("voters", len(people)), ("voters-in-conv", len(groups)),
                    ("commenters", len(authors)), ("comments", len(statements)), ("groups", k),
                    ("conversation-description", "")],
        "comments": ((int(one.at.timestamp() * 1000), _moment(one.at), numbers[key], authors[one.author],
                      *_counts(rows.values(), key)[:2], 1, one.text)
                     for key, one in statements.items()),
        "votes": ((*now, numbers[card], people[who], said) for who in order
                  for card, said in sorted(rows[who].items(), key=lambda one: numbers[one[0]])),
        "participants-votes": ((people[who], groups.get(who, UNKNOWN), 0, len(rows[who]), _of(rows[who], 1),
                                _of(rows[who], -1), *(rows[who].get(card, UNKNOWN) for card in numbers)) for who in order),
        "comment-groups": ((numbers[key], one.text, *_four(rows.values(), key), *(
            n for group in range(k) for n in _four((row for who, row in rows.items() if groups.get(who) == group), key)))
            for key, one in statements.items()),
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as folder:
        for name, lines in files.items():
            text = io.StringIO()
            writer = csv.writer(text, lineterminator="\n")
            if name in heads:
                writer.writerow(heads[name])
            writer.writerows(lines)
            folder.writestr(f"{name}.csv", text.getvalue())
    return packed.getvalue()


def _counts(rows: Iterable[Answers], card: str) -> tuple[int, int, int]:
    """Counts who agree, disagree and pass."""
    said = [row[card] for row in rows if card in row]
    return said.count(1), said.count(-1), said.count(0)


def _four(rows: Iterable[Answers], card: str) -> tuple[int, int, int, int]:
    """Counts all answers, and those who agree, disagree and pass."""
    counts = _counts(rows, card)
    return sum(counts), *counts


def _of(row: Answers, said: int) -> int:
    return sum(one == said for one in row.values())


def _moment(at: datetime) -> str:
    return at.strftime("%a %b %d %H:%M:%S UTC %Y")
