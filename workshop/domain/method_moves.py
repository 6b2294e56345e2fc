"""What the buttons of a method's form do to its draft: put something in, take it out, move it up or down."""
import re

from workshop.domain.method_draft import CELLS, TITLED, shaped

MOVE = re.compile(r"(?:(steps|process)|board\.(columns|rows|lanes))(?:\.(\d{1,2}))?\.(add|remove|up|down)")


def moved(draft: dict, what: str) -> dict:
    """The draft after `what`: 'steps.add', 'steps.2.up', 'board.columns.0.remove' …

    What cannot be done, as moving the first one up, leaves the draft as it is.
    """
    asked = MOVE.fullmatch(what)
    if asked is None:
        return draft
    whole, cells, number, verb = asked.groups()
    board = draft["board"]
    rows = draft[whole] if whole else board.get(cells, [])
    at = int(number) if number else -1
    if verb == "add" and len(rows) < CELLS and (whole == "steps" or (cells and board)):
        rows.append(_step(rows) if whole else _cell(draft, cells))
    elif verb == "remove" and 0 <= at < len(rows):
        gone = rows.pop(at)
        if cells:
            _forget(draft, gone)
    elif verb in ("up", "down") and 0 <= at < len(rows):
        rows.insert(max(0, at + (1 if verb == "down" else -1)), rows.pop(at))
    return shaped(draft)


def _step(steps: list) -> dict:
    """A step of ten minutes in which the board is open."""
    return {"key": _free("step", {step["key"] for step in steps}), "minutes": "10", "opens": ["board"]}


def _cell(draft: dict, cells: str) -> str:
    """A column, row or lane that has no words yet."""
    board = draft["board"]
    key = _free(cells.removesuffix("s"), {*draft["labels"], *(key for part in TITLED for key in board[part])})
    draft["labels"][key] = {}
    return key


def _free(stem: str, taken: set[str]) -> str:
    return next(f"{stem}_{number}" for number in range(1, len(taken) + 2) if f"{stem}_{number}" not in taken)


def _forget(draft: dict, key: str) -> None:
    """A column that is gone takes no more cards, and its words go if nothing else has them."""
    for step in draft["steps"]:
        step["columns"] = [column for column in step["columns"] if column != key]
    board = draft["board"]
    if board.get("delegations") == key:
        board["delegations"] = None
    fields = [field for field in board.get("fields") or [] if isinstance(field, dict)]
    used = [*(one for part in TITLED for one in board[part]), *board["axes"].values()]
    for one in (*fields, *draft["votes"]):
        used += [one.get("key"), *(one.get("options") or [])]
    if key not in used:
        draft["labels"].pop(key, None)
