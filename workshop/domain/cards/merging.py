"""Merges two changes of one text: both are kept where they do not touch, word by word; otherwise somebody has to choose."""
import re
from collections.abc import Iterable
from difflib import SequenceMatcher
from itertools import pairwise

from workshop.domain.shapes import Json

PIECES = re.compile(r"\s+|\S+")


def join(base: str, mine: str, theirs: str) -> str | None:
    """Merges both changes of `base` into one text, or returns None where they meet in the same place."""
    if mine in (base, theirs):
        return theirs
    if theirs == base:
        return mine
    pieces = PIECES.findall(base)
    changes = sorted(_changes(pieces, mine) + _changes(pieces, theirs))
    if any(second[0] <= first[1] for first, second in pairwise(changes)):
        return None
    found, at = [], 0
    for start, end, said in changes:
        found += pieces[at:start] + said
        at = end
    return "".join(found + pieces[at:])


def _changes(pieces: list[str], changed: str) -> list[tuple[int, int, list[str]]]:
    """Lists [(first piece, one past the last, what stands there instead)]."""
    other = PIECES.findall(changed)
    found = SequenceMatcher(None, pieces, other, autojunk=False).get_opcodes()
    return [(i, j, other[k:m]) for what, i, j, k, m in found if what != "equal"]


def together(base: Json, mine: Json, theirs: Json) -> tuple[Json, str | None]:
    """Merges (the body of a card or sentence that two people changed, the text of theirs that gave way to mine or None).

    A body is {text, fields?, ...}. Each field, and whatever else it says beside its text, is the one that was changed, mine
    if both were.
    """
    text = join(base["text"], mine["text"], theirs["text"])
    beside = (base.keys() | mine.keys() | theirs.keys()) - {"text", "fields"}
    body = _newer(base, mine, theirs, beside) | {"text": mine["text"] if text is None else text}
    was, ours, others = (one.get("fields") or {} for one in (base, mine, theirs))
    if fields := _newer(was, ours, others, was.keys() | ours.keys() | others.keys()):
        body["fields"] = fields
    return body, theirs["text"] if text is None else None


def listed(base: list[str], mine: list[str], theirs: list[str]) -> list[str]:
    """Merges both changes of a list: what stands in theirs without what mine took out of `base`, then what mine put in."""
    kept = [one for one in theirs if one in mine or one not in base]
    return kept + [one for one in mine if one not in kept and one not in base]


def _newer(base: Json, mine: Json, theirs: Json, names: Iterable[str]) -> Json:
    found = {name: theirs.get(name) if mine.get(name) == base.get(name) else mine.get(name) for name in sorted(names)}
    return {name: value for name, value in found.items() if value is not None}
