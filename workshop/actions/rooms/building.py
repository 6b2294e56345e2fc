"""Builds a room with its board, its votes, its summary; by hand or from a method."""
from collections.abc import Sequence

from sqlalchemy import select

from workshop.domain import steps, voting
from workshop.domain.errors import Refusal
from workshop.domain.ids import new_id
from workshop.domain.kinds import kinds
from workshop.domain.methods import library
from workshop.domain.methods.checking import BOARD
from workshop.domain.methods.shape import Method
from workshop.domain.shapes import Json, Settings, Step
from workshop.store.models import Activity, Delegation, Room, Stream, Workshop
from workshop.store.streams import numbering
from workshop.store.transaction import Session

PLACING = "positions"  # the kind with which each seat places cards on a plane
LAST = 99  # position of the summary


def build_room(session: Session, workshop: Workshop, title: str, *, kind: str = "group", question: str = "",
               axis_id: str | None = None, columns: Sequence[str] = (), votes: Sequence[str] = ("dots",),
               process: list[Step] | None = None, method: Method | None = None, language: str = "es") -> Room:
    """Builds a room with its stream and, except for the plenary, its activities; used by the verb, the set-up of a workshop,
    demo and replay.

    `process`: steps as domain/steps.py has them; a `method` brings its own, with its board and its votes. Raises Refusal.
    """
    if set(votes) - {name for name, k in kinds().items() if k.decides}:
        raise Refusal("no_such_kind")
    room = Room(id=new_id(), workshop_id=workshop.id, kind=kind, title=title, question=question, axis_id=axis_id,
                steps=[dict(step) for step in process] if process else steps.beginning(votes), step=0, next_number=1)
    room.number, room.stream_id = (0, workshop.id) if kind == "plenary" else (workshop.next_room, room.id)
    room.position = room.number  # positions are at most as many as there are rooms: it comes last
    if kind == "group":
        workshop.next_room += 1
        session.add(Stream(id=room.id))
        session.flush()
    session.add(room)
    if method:
        board, voting = _take_over(session, room, method, language)
    else:
        board = {"columns": [{"key": f"c{i + 1}", "title": column} for i, column in enumerate(columns)]}
        voting = [(name, {}, "") for name in votes]
    numbering.touch(session, room, workshop.id)
    session.flush()
    if kind != "group":
        return room
    ideas = add_activity(session, room, "ideas", 0, board)
    for position, (name, settings, label) in enumerate(voting, 1):
        add_activity(session, room, name, position, {"source": ideas.id} | settings, label)
    add_activity(session, room, "reactions", LAST - 1, {"source": ideas.id})
    add_activity(session, room, "summary", LAST, {"source": ideas.id})
    return room


def add_activity(session: Session, room: Room, name: str, position: int, settings: Settings, title: str = "") -> Activity:
    """Adds an activity of a kind with its default settings under `settings`. Raises Refusal (`voting.check`)."""
    kind = kinds()[name]
    if voting.is_secret(settings):
        settings = {"reveal": voting.CLOSE} | settings
        voting.check(settings)
    row = Activity(id=new_id(), room_id=room.id, kind=name, title=title,
                   settings=kind.settings | settings | kind.begins(settings),
                   stream_id=room.workshop_id if kind.stream == "workshop" else room.stream_id, position=position)
    session.add(row)
    numbering.touch(session, row)
    session.flush()
    return row


def of_method(method: Method, language: str, delegations: Sequence[Json] = ()
              ) -> tuple[Json, list[tuple[str, Json, str]], list[Step]]:
    """Returns what a room keeps of a method: (board settings, [(kind, settings, name)] of the votes, steps).

    Refusal `method_is_process`: a process has rooms of its own for each of its parts.
    """
    if method.process:
        raise Refusal("method_is_process")
    board, votes, process = library.settings_of(method, language, delegations)
    board = {name: value for name, value in board.items() if value}
    voting = [(vote["kind"], {name: value for name, value in vote.items() if name not in ("kind", "name") and value != []},
               vote["name"]) for vote in votes]
    opening = ["ideas"]
    if board.get("layout") == "plane":
        voting.append((PLACING, {"axes": board["axes"], "key": PLACING}, ""))
        opening.append(PLACING)
    own = method.board and method.board.delegations
    each = [one["key"] for one in delegations] or [own]
    for step in process:  # the column of each delegation stands for as many as there are delegations
        step["columns"] = [key for column in step["columns"] for key in (each if column == own else [column])]
    return board, voting, [_short(step, opening) for step in process]


def _take_over(session: Session, room: Room, method: Method, language: str) -> tuple[Json, list[tuple[str, Json, str]]]:
    delegations = session.scalars(select(Delegation).where(Delegation.workshop_id == room.workshop_id)
                                  .order_by(Delegation.position))
    board, voting, room.steps = of_method(method, language, [{"key": d.id, "title": d.name} for d in delegations])
    room.method = {"key": method.key, "name": method.name.model_dump(),
                   "report": method.report.model_dump(mode="json") if method.report else None}
    return board, voting


def _short(step: Step, board: list[str]) -> Json:
    """Shortens the step by its defaults: it goes to every phone."""
    opened = [name for key in step["opens"] for name in (board if key == BOARD else [key])]
    may = {what: who for what, who in step["may"].items() if who != steps.MAY[what]}
    kept = {name: value for name, value in step.items() if name not in ("opens", "may") and value != steps.USUAL.get(name)}
    return kept | {"opens": opened} | ({"may": may} if may else {})
