"""Checks methods: `check` reads one from YAML and makes sure that its parts fit together."""
from collections.abc import Iterable, Mapping
from graphlib import CycleError, TopologicalSorter

from pydantic import ValidationError

from workshop.domain.kinds import votes
from workshop.domain.methods.shape import Board, Method, Vote
from workshop.domain.methods.yaml_text import BadMethod, read, refused
from workshop.domain.shapes import Json

__all__ = ["BadMethod", "Method", "check", "checked", "follow"]

LANGUAGES = ("es", "fr", "en")
BOARD, SUMMARY = "board", "summary"  # what a step may open besides votes
# What each layout must have, and what it may have; structured cards go with all.
NEEDS = {"columns": (), "matrix": ("columns",), "timeline": ("lanes", "scale"), "tree": ("columns",), "plane": ("axes",),
         "list": ()}
USES = {"columns": {"columns", "delegations"}, "matrix": {"columns", "delegations", "rows", "open_rows"},
        "timeline": {"lanes", "scale"}, "tree": {"columns"}, "plane": {"axes"}, "list": set()}


def check(text: str, known: Mapping[str, Method] | None = None) -> Method:
    """Reads the method that YAML `text` describes, or BadMethod. `known`: the methods that a process may name (None: any).
    """
    return checked(read(text), known)


def checked(data: Json, known: Mapping[str, Method] | None = None) -> Method:
    """Checks a text that was read (yaml_text.read)."""
    try:
        method = Method.model_validate(data)
    except ValidationError as errors:
        raise _refusal(errors) from None
    if method.process:
        _process(method)
    else:
        _steps(method)
    if method.people[0] > method.people[1]:
        raise refused("method_wrong", "people")
    for label, where in _named(method):
        if label not in method.labels:
            raise refused("method_no_label", where, label=label)
    follow(method, known)
    return method


def follow(method: Method, known: Mapping[str, Method] | None) -> None:
    """Follows a process: BadMethod `method_no_method` or `method_cycle` if it, at any depth, names what is not there or
    comes back."""
    all_ = {**(known or {}), method.key: method}
    graph, waiting = {}, [method]
    while waiting:
        one = waiting.pop()
        graph[one.key] = [part.method for part in one.process]
        for number, part in enumerate(one.process):
            if part.method in all_ and part.method not in graph:
                waiting.append(all_[part.method])
            elif part.method not in all_ and known is not None:
                raise refused("method_no_method", f"process.{number}.method", method=part.method)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        raise refused("method_cycle", "process", method=" > ".join(error.args[1])) from None


def _refusal(errors: ValidationError) -> BadMethod:
    """Puts the first of pydantic's errors in our words."""
    error = errors.errors(include_url=False, include_context=False, include_input=False)[0]
    place = [str(part) for part in error["loc"]]
    if error["type"] in ("number_wrong", "number_extra_forbidden"):  # what a vote says beside its fields (shape.Vote)
        place.append(error["msg"])
        error |= {"type": error["type"].removeprefix("number_")}
    where = ".".join(place)[:200]
    missing = error["type"] in ("missing", "too_short")
    if missing and place[-1] in LANGUAGES:
        return refused("method_no_word", ".".join(place[:-1])[:200], language=place[-1])
    if missing:
        return refused("method_missing", where)
    if error["type"] == "extra_forbidden":
        return refused("method_unknown_key", where)
    return refused("method_wrong", where)


def _process(method: Method) -> None:
    """Checks that a process has nothing of its own but its parts."""
    for part in ("labels", "board", "votes", "steps", "report"):
        if getattr(method, part):
            raise refused("method_wrong", part)


def _steps(method: Method) -> None:
    """Checks that names stand once, and steps name only what there is."""
    for part in ("steps", "report"):
        if not getattr(method, part):
            raise refused("method_missing", part)
    if method.board:
        _board(method.board)
    _distinct("votes", (vote.key for vote in method.votes), taken=(BOARD, SUMMARY))
    _distinct("steps", (step.key for step in method.steps))
    for number, vote in enumerate(method.votes):
        _vote(vote, f"votes.{number}", method.board.layout if method.board else None)
    openable = {SUMMARY, *(vote.key for vote in method.votes), *([BOARD] if method.board else [])}
    columns = method.board.columns if method.board else ()
    for number, step in enumerate(method.steps):
        for key in step.opens:
            if key not in openable:
                raise refused("method_no_vote", f"steps.{number}.opens", vote=key)
        for key in step.columns:
            if key not in columns:
                raise refused("method_no_column", f"steps.{number}.columns", column=key)


def _board(board: Board) -> None:
    """Checks that the board has what its layout needs and nothing that it does not use."""
    for part in NEEDS[board.layout]:
        if not getattr(board, part):
            raise refused("method_missing", f"board.{part}")
    if board.layout == "matrix" and not (board.rows or board.open_rows):
        raise refused("method_missing", "board.rows")
    for part in ("columns", "delegations", "rows", "open_rows", "lanes", "scale", "axes"):
        if getattr(board, part) and part not in USES[board.layout]:
            raise refused("method_wrong", f"board.{part}")
    for part in ("columns", "rows", "lanes"):
        _distinct(f"board.{part}", getattr(board, part))
    if board.delegations and board.delegations not in board.columns:
        raise refused("method_no_column", "board.delegations", column=board.delegations)
    _distinct("board.fields", (field.key for field in board.fields))
    for number, field in enumerate(board.fields):
        _distinct(f"board.fields.{number}.options", field.options)
        if bool(field.options) != (field.type == "choice"):
            raise refused("method_wrong", f"board.fields.{number}.options")


def _vote(vote: Vote, where: str, layout: str | None) -> None:
    """Checks that the numbers of a vote are those of its kind, and it stands where the board has a place for it."""
    _distinct(f"{where}.options", vote.options)
    _distinct(f"{where}.marks", vote.marks)
    _distinct(f"{where}.criteria", vote.criteria)
    kind = votes()[vote.kind]
    for number in kind.numbers:
        if number.needed and number.name not in vote.numbers:
            raise refused("method_missing", f"{where}.{number.name}")
    for name in vote.numbers:
        if name not in {number.name for number in kind.numbers}:  # of another kind
            raise refused("method_wrong", f"{where}.{name}")
    if kind.options and kind.options.least and not vote.options:
        raise refused("method_missing", f"{where}.options")
    if kind.options and not kind.options.least <= len(vote.options) <= kind.options.most:
        raise refused("method_wrong", f"{where}.options")
    if vote.marks and not (kind.marks and len(vote.marks) in kind.marks.fits(vote.numbers)):
        raise refused("method_wrong", f"{where}.marks")
    asked = votes()[vote.kind].criteria
    if vote.criteria and not (asked and asked.least <= len(vote.criteria) <= asked.most):
        raise refused("method_wrong", f"{where}.criteria")
    if vote.weights and not (asked and len(vote.weights) == len(vote.criteria) and all(
            1 <= weight <= asked.heaviest for weight in vote.weights)):
        raise refused("method_wrong", f"{where}.weights")
    if vote.budget_of != "seat" and not any(number.shareable for number in kind.numbers):
        raise refused("method_wrong", f"{where}.budget_of")
    if vote.per != kind.per and vote.per not in kind.may_stand_on(layout, bool(vote.options)):
        raise refused("method_wrong", f"{where}.per")
    if odd := kind.consistent({**vote.numbers, **vote.picks}):
        raise refused("method_wrong", f"{where}.{odd}")


def _distinct(where: str, keys: Iterable[str], taken: Iterable[str] = ()) -> None:
    """Refuses a key that stands twice."""
    seen = set(taken)
    for key in keys:
        if key in seen:
            raise refused("method_repeated", where, key=key)
        seen.add(key)


def _named(method: Method) -> Iterable[tuple[str, str]]:
    """Lists (label, where) of everything that people read by its key."""
    board = method.board
    if board:
        for part in ("columns", "rows", "lanes"):
            yield from ((key, f"board.{part}") for key in getattr(board, part))
        if board.axes:
            yield from ((board.axes.x, "board.axes.x"), (board.axes.y, "board.axes.y"))
        for number, field in enumerate(board.fields):
            yield from ((key, f"board.fields.{number}") for key in (field.key, *field.options))
    for number, vote in enumerate(method.votes):
        yield from ((key, f"votes.{number}") for key in (vote.key, *vote.options, *vote.marks, *vote.criteria))
