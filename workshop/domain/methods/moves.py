"""Carries out the buttons of a method's form on its draft: put something in, take it out, move it up or down,
and a step's minutes."""
import re
from typing import Any

from workshop.domain.kinds import votes
from workshop.domain.methods.checking import LANGUAGES
from workshop.domain.methods.choices import TITLED, used
from workshop.domain.methods.draft import CELLS, shaped
from workshop.domain.shapes import Draft, Json

MOVE = re.compile(r"(steps|process|votes|board\.(?:columns|rows|lanes|fields)|(?:votes|board\.fields)\.\d{1,2}\.options"
                  r"|votes\.\d{1,2}\.(?:marks|criteria))"
                  r"(?:\.(\d{1,2}))?\.(add|remove|up|down)")
MOST = {"votes": 8, "board.fields": 12}
MINUTES = re.compile(r"steps\.(\d{1,2})\.(less|more)")
LONGEST = 480  # minutes of a step


def moved(draft: Draft, what: str) -> Json:
    """Returns the draft after `what`: 'steps.add', 'steps.2.up', 'steps.2.more', 'board.columns.0.remove' …

    What cannot be done, as moving the first one up, leaves the draft as it is.
    """
    if timed := MINUTES.fullmatch(what):
        return _timed(draft, int(timed[1]), 5 if timed[2] == "more" else -5)
    asked = MOVE.fullmatch(what)
    rows = _rows(draft, asked[1]) if asked else None
    if asked is None or rows is None:
        return draft
    where, number, verb = asked.groups()
    at = int(number) if number else -1
    if verb == "add" and len(rows) < MOST.get(where, CELLS) and where != "process":
        rows.append(_new(draft, where))
    elif verb == "remove" and 0 <= at < len(rows):
        _forget(draft, rows.pop(at), where)
    elif verb in ("up", "down") and 0 <= at < len(rows):
        rows.insert(max(0, at + (1 if verb == "down" else -1)), rows.pop(at))
    return shaped(draft)


def _timed(draft: Draft, at: int, more: int) -> Draft:
    """Gives a step more minutes or less; what is no number stays, to be refused when it is saved."""
    step = draft["steps"][at] if at < len(draft["steps"]) else {}
    held = step.get("minutes", "")
    if held.isdecimal() and len(held) < 6:
        step["minutes"] = str(max(1, min(LONGEST, int(held) + more)))
    return draft


def _rows(draft: Draft, where: str) -> list[Any] | None:
    """Returns the list at a place of the draft; None where there is none."""
    found: Any = draft
    for part in where.split("."):
        if isinstance(found, list):
            found = found[int(part)] if int(part) < len(found) else None
        else:
            found = found.get(part) if found else None
    rows: list[Any] | None = found
    return rows


def _new(draft: Draft, where: str) -> Json | str:
    """Makes a step, a vote, a field, or a column, row, lane or option; without words yet."""
    if where == "steps":
        return {"key": _free("step", {step["key"] for step in draft["steps"]}), "minutes": "10", "opens": ["board"]}
    part = where.rpartition(".")[2]
    stem = {"votes": "vote", "fields": "field", "criteria": "criterion"}.get(part, part.removesuffix("s"))
    board = draft["board"]
    key = _free(stem, {*draft["labels"], *(key for part in TITLED for key in board.get(part, ()))})
    draft["labels"][key] = dict.fromkeys(LANGUAGES, "")
    if where == "votes":
        kind = next(iter(votes().values()))
        usual = {number.name: str(number.usual) for number in kind.numbers if number.usual is not None}
        return {"key": key, "kind": kind.name, "options": [], "marks": [], "criteria": [], "reveal": "close"} | usual
    return {"key": key, "type": "text", "options": []} if where == "board.fields" else key


def _free(stem: str, taken: set[str]) -> str:
    return next(f"{stem}_{number}" for number in range(1, len(taken) + 2) if f"{stem}_{number}" not in taken)


def _forget(draft: Draft, gone: Any, where: str) -> None:
    """Removes what is gone from steps that name it, and its words if nothing else has them."""
    keys = [gone["key"], *gone.get("options", ()), *gone.get("marks", ()), *gone.get("criteria", ())] if where in (
        "votes", "board.fields") else [gone]
    if where in ("steps", "process"):
        return
    board = draft["board"]
    for step in draft["steps"]:
        for part in {"votes": ("opens",), "board.columns": ("columns",)}.get(where, ()):
            step[part] = [key for key in step[part] if key != keys[0]]
    if where == "board.columns" and board.get("delegations") == gone:
        board["delegations"] = ""
    for key in {*keys} - used(draft):
        draft["labels"].pop(key, None)
