"""Edits a draft's board, its votes and its place in the report from the form's fields.

A draft may hold what its layout or a kind of vote does not use, so that trying another one and coming back finds it again;
`fitted` leaves it out when the method is saved.
"""
from collections.abc import Mapping
from copy import deepcopy

from workshop.domain.kinds import votes
from workshop.domain.methods.checking import BOARD, LANGUAGES, USES
from workshop.domain.shapes import Draft, Form, Json

BUDGET_OF, PER = "budget_of", "per"  # of numbers that may be shared; of votes about cards; "" says what is usual
TITLED = ("columns", "rows", "lanes")  # of a board, by key with words under `labels`
AXES = {"x": "eje_x", "y": "eje_y"}


def numbers() -> list[str]:
    """Returns the names of all numbers that votes of any kind have."""
    return list(dict.fromkeys(number.name for kind in votes().values() for number in kind.numbers))


def switches() -> list[str]:
    """Returns the names of all switches that votes of any kind have."""
    return sorted({switch.name for kind in votes().values() for switch in kind.switches})


def picks() -> list[str]:
    """Returns the names of all rules of which votes of any kind pick one."""
    return sorted({pick.name for kind in votes().values() for pick in kind.picks})


def shaped_choices(draft: Draft) -> None:
    """Gives these parts their types."""
    draft["family"] = _text(draft.get("family"))
    people = draft.get("people")
    draft["people"] = [_text(one) for one in (people if isinstance(people, list | tuple) else ())][:2]
    draft["people"] += [""] * (2 - len(draft["people"]))
    draft["votes"] = [_options(vote, ("key", "kind", *numbers(), *picks(), BUDGET_OF, PER, "reveal")) | {
        name: "true" if _text(vote.get(name)).lower() == "true" else "" for name in switches()} | {
        "marks": _keys(vote.get("marks")), "criteria": _keys(vote.get("criteria")), "weights": _figures(vote.get("weights"))}
        for vote in draft["votes"]]
    report = draft["report"] if isinstance(draft.get("report"), dict) else {}
    draft["report"] = report | {"section": _text(report.get("section")), "show": _keys(report.get("show"))}
    if board := draft["board"]:
        board |= {name: _text(board.get(name)) for name in ("layout", "scale", "delegations")}
        board["open_rows"] = _text(board.get("open_rows")).lower() == "true"
        fields = board.get("fields")
        board["fields"] = [_options(field, ("key", "type")) | {"required": _text(field.get("required")).lower() == "true"}
                           for field in (fields if isinstance(fields, list | tuple) else ()) if isinstance(field, dict)]
        if board["layout"] == "plane":
            board["axes"] = AXES | {side: _text(key) for side, key in board["axes"].items() if key}
    for key in choice_keys(draft):
        draft["labels"].setdefault(key, dict.fromkeys(LANGUAGES, ""))


def choice_keys(draft: Draft) -> list[str]:
    """Returns the labels of votes, fields, their options, and of axes."""
    board = draft["board"]
    asked = [*draft["votes"], *board.get("fields", ())]
    return [key for one in asked for key in (
        one["key"], *one["options"], *one.get("marks", ()), *one.get("criteria", ()))] + list(board.get("axes", {}).values())


def fill_choices(draft: Draft, form: Form) -> None:
    """Takes over what the form says; what was not sent stays as it is."""
    draft["family"] = form.get("family", draft["family"])
    draft["people"] = [form.get(f"people.{at}", said).strip() for at, said in enumerate(draft["people"])]
    if "report.section" in form:
        draft["report"] |= {"section": form["report.section"], "show": _ticked(draft["report"]["show"], form, "report.show")}
    if "board.layout" in form and not draft["process"]:
        _fill_board(draft, form)
    for number, vote in enumerate(draft["votes"]):
        where = f"votes.{number}"
        for name in ("kind", "reveal", *numbers(), *picks(), *switches(), BUDGET_OF, PER):
            vote[name] = form.get(f"{where}.{name}", vote[name]).strip()
        if f"{where}.weights" in form:
            vote["weights"] = form[f"{where}.weights"].replace(",", " ").split()
        kind = votes().get(vote["kind"])
        for one in kind.numbers if kind else ():
            if f"{where}.{one.name}" not in form and not vote[one.name]:  # its kind is new: there was no field for it
                vote[one.name] = _text(one.usual)
        if kind and kind.options and not vote["options"]:
            vote["options"] = _suggested(draft, kind.options.usual)
        if kind and kind.criteria and not vote["criteria"]:
            vote["criteria"] = _suggested(draft, kind.criteria.usual)


def _fill_board(draft: Draft, form: Form) -> None:
    if not form["board.layout"] and not draft["board"]:
        return
    board = draft["board"] = draft["board"] or {
        "columns": [], "rows": [], "lanes": [], "axes": {}, "fields": [], "scale": "", "delegations": ""}
    board["layout"] = form["board.layout"]
    board["scale"] = form.get("board.scale", board["scale"]) or ("year" if board["layout"] == "timeline" else "")
    board["delegations"] = form.get("board.delegations", board["delegations"])
    if "board.rows.shown" in form:
        board["open_rows"] = "board.open_rows" in form
    for number, field in enumerate(board["fields"]):
        where = f"board.fields.{number}"
        if f"{where}.type" in form:
            field |= {"type": form[f"{where}.type"], "required": f"{where}.required" in form}


def _suggested(draft: Draft, usual: Mapping[str, tuple[str, str, str]]) -> list[str]:
    """Returns the usual answers, or criteria, of a kind, under keys that are free or say the same already."""
    found = []
    for key, said in usual.items():
        words, stem, number = dict(zip(LANGUAGES, said, strict=True)), key, 1
        while draft["labels"].get(key, words) != words:
            number += 1
            key = f"{stem}_{number}"
        draft["labels"][key] = words
        found.append(key)
    return found


def fitted(draft: Draft) -> Json:
    """Returns the draft without what its layout and the kinds of its votes do not use, and without the words of that."""
    draft, before = deepcopy(draft), used(draft)
    _fit_board(draft)
    for vote in draft["votes"]:
        if kind := votes().get(vote["kind"]):
            vote |= dict.fromkeys({*numbers()} - {number.name for number in kind.numbers}, "")
            vote |= dict.fromkeys({*switches()} - {switch.name for switch in kind.switches}, "")
            vote |= {name: "" for name in picks() if not any(
                pick.name == name and vote[name] in pick.options for pick in kind.picks)}
            vote |= {} if kind.criteria else {"criteria": [], "weights": []}
            vote["options"] = vote["options"] if kind.options else []
            vote["marks"] = vote["marks"] if kind.marks else []
            vote[BUDGET_OF] = vote[BUDGET_OF] if any(number.shareable for number in kind.numbers) else ""
            vote[PER] = vote[PER] if vote[PER] in stands_on(vote, draft["board"]) else ""
    for key in before - used(draft):
        draft["labels"].pop(key, None)
    return draft


def stands_on(vote: Json, board: Json) -> list[str]:
    """Returns what a vote of this kind may stand on, on this board; nothing where there is nothing to choose."""
    kind = votes().get(vote["kind"])
    return kind.may_stand_on(board.get("layout"), bool(vote["options"])) if kind else []


def _fit_board(draft: Draft) -> None:
    board = draft["board"]
    if not board:
        return
    columns = set(board["columns"])
    for part in {one for uses in USES.values() for one in uses} - USES.get(board["layout"], set()):
        if part in board:
            board[part] = type(board[part])()
    for field in board["fields"]:
        field["options"] = field["options"] if field["type"] == "choice" else []
    if not board["layout"]:
        draft["board"] = {}
    for step in draft["steps"]:
        step["columns"] = [key for key in step["columns"] if key in board["columns"] or key not in columns]
        step["opens"] = [key for key in step["opens"] if key != BOARD or board["layout"]]


def used(draft: Draft) -> set[str]:
    """Returns the labels that a part of the draft has."""
    return {*choice_keys(draft), *(key for part in TITLED for key in draft["board"].get(part, ()))}


def _options(one: Json, names: tuple[str, ...]) -> Json:
    return one | {name: _text(one.get(name)) for name in names} | {"options": _keys(one.get("options"))}


def _ticked(before: list[str], form: Form, name: str) -> list[str]:
    sent = form.getlist(name)
    return [key for key in before if key in sent] + [key for key in sent if key not in before]


def _keys(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list | tuple) else []


def _figures(value: object) -> list[str]:
    return [_text(one) for one in value] if isinstance(value, list | tuple) else []


def _text(value: object) -> str:
    return "" if value is None else str(value)
