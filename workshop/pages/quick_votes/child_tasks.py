"""Reads foreign .pb files in a child process (workshop/sandbox): `read` asks for it, `read_pb` is what that does."""
from typing import Any

from pydantic import TypeAdapter

from workshop.domain.shapes import Json
from workshop.intake import pabulib
from workshop.intake.pabulib import Election
from workshop.sandbox import Failed, Pool
from workshop.words.pabulib import known
from workshop.work_queue import Asker

# A child that reads foreign bytes may be made to say anything, but only in this shape.
ELECTION = TypeAdapter(Election)


def read(pool: Pool, device: Asker | str, content: bytes) -> Election:
    """Returns what a file says. What cannot be read within its bounds is a fault. RetryLater where too much waits."""
    try:
        found: Election = pool.ask("pb", {}, content, device, check=_checked)
        return found
    except Failed:
        return Election().fault(0, "pb_too_hard")


def _checked(said: Any, _parts: list[bytes]) -> Election:
    election = ELECTION.validate_python(said)
    if not all(known(code) for _line, code, _values in election.faults):
        raise ValueError("a fault that is none")
    return election


def read_pb(_values: Json, content: bytes) -> tuple[Json, list[bytes]]:
    """Reads, in the child. The ballots stay there but for their number: the page makes no use of them."""
    election = pabulib.read(content)
    n = len(election.ballots)
    said = election.as_json()
    said["ballots"] = []
    said["limits"] = said["limits"] | {"ballots": n}
    return said, []


def prepare() -> None:
    """Loads what is loaded late: a child opens no file any more."""
    for content in ("META\nbudget;10\nPROJECTS\nproject_id;cost\ná;1\n".encode("cp1252"),
                    b"\xff\xfe" + "META".encode("utf-16-le")):
        pabulib.read(content)
