"""Loads the library: the methods that come with the program (workshop/methods/*.yaml), and what a room takes over from one.
"""
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from types import MappingProxyType

from workshop.domain.kinds import votes
from workshop.domain.methods import yaml_text
from workshop.domain.methods.checking import BadMethod, check, follow
from workshop.domain.methods.shape import Board, Method, Step, Vote
from workshop.domain.shapes import Json, Option


@cache
def library() -> Mapping[str, Method]:
    """Lists every shipped method by its key, in the order of the file names. A bad file stops the program."""
    return load(resources.files("workshop") / "methods")


def load(folder: Traversable) -> Mapping[str, Method]:
    """Loads the methods of the .yaml files of a folder by key; RuntimeError names the file and the reason."""
    found, name = {}, ""
    try:
        for file in sorted((one for one in folder.iterdir() if one.name.endswith(".yaml")), key=lambda one: one.name):
            name = file.name
            method = check(file.read_text(encoding="utf-8"))
            if f"{method.key}.yaml" != name:
                raise BadMethod("method_wrong", "key")
            found[method.key] = method
        for method in found.values():
            name = f"{method.key}.yaml"
            follow(method, found)
    except (BadMethod, UnicodeDecodeError) as error:
        raise RuntimeError(f"workshop/methods/{name}: {error}") from error
    return MappingProxyType(found)


def settings_of(method: Method, language: str, delegations: Sequence[Json] = ()) -> tuple[Json, list[Json], list[Json]]:
    """Returns what a room that works by `method` keeps: (settings of its board, of each vote, its steps).

    Titles are {es, fr, en}, for the screen to choose from; only `name` of a vote, for the activity's own line, is in
    `language`.  `delegations`: [{key, title}], each of which gets a column where the board has one for delegations.
    The board of a method without one, and all of a process, is empty.
    """
    labels = {key: words.model_dump() for key, words in method.labels.items()}
    board = _board(method.board, labels, delegations) if method.board else {}
    votes = [_vote(vote, labels) | {"name": labels[vote.key][language]} for vote in method.votes]
    return board, votes, [_step(step) for step in method.steps]


def to_yaml(method: Method) -> str:
    """Writes the method as YAML, for people to change; `check` gives the same method back."""
    plain = method.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return yaml_text.write(plain)


def _board(board: Board, labels: Json, delegations: Sequence[Json]) -> Json:
    """Returns the settings of the ideas kind."""
    def titled(keys: Iterable[str]) -> list[Option]:
        return [{"key": key, "title": labels[key]} for key in keys]

    columns = []
    for column in titled(board.columns):
        columns += list(delegations) if delegations and column["key"] == board.delegations else [column]
    axes = {side: {"key": key, "title": labels[key]} for side, key in board.axes.model_dump().items()} if board.axes else {}
    fields = [{"key": field.key, "title": labels[field.key], "type": field.type, "options": titled(field.options),
               "required": field.required} for field in board.fields]
    return {"layout": board.layout, "columns": columns, "rows": titled(board.rows), "open_rows": board.open_rows,
            "lanes": titled(board.lanes), "scale": board.scale, "axes": axes, "fields": fields}


def _vote(vote: Vote, labels: Json) -> Json:
    """Returns the settings of a vote's kind, with its `key` and `kind`; what the method leaves out is not there."""
    stored = {number.name: number.stored or number.name for number in votes()[vote.kind].numbers}
    return {"key": vote.key, "kind": vote.kind, "title": labels[vote.key], "reveal": vote.reveal,
            "options": [{"key": key, "title": labels[key]} for key in vote.options],
            "marks": [{"key": key, "title": labels[key]} for key in vote.marks],
            **dict.fromkeys(sorted(vote.switches), True), **vote.picks,
            **({"criteria": [{"key": key, "title": labels[key], "weight": weight} for key, weight in zip(
                vote.criteria, vote.weights or (1,) * len(vote.criteria), strict=True)]} if vote.criteria else {}),
            **{stored[name]: number for name, number in vote.numbers.items()},
            **({"budget_of": vote.budget_of} if vote.budget_of != "seat" else {}),  # it goes to every phone
            **({"per": vote.per} if vote.per != votes()[vote.kind].per else {})}


def _step(step: Step) -> Json:
    """Returns the step with every default, as the room keeps it."""
    return step.model_dump(mode="json")
