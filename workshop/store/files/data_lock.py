"""Locks the data folder: shared by servers, exclusive for a command that changes what lies under them.

The system releases the lock when the process ends, however it ends.
"""
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

try:
    import fcntl
except ImportError:  # a system without such locks: the operator looks
    fcntl = None  # type: ignore[assignment]  # a module, or nothing

LOCK = "held"


class Occupied(Exception):
    """Reports that somebody else holds the lock."""


def hold(data: str, alone: bool = False) -> TextIO:
    """Holds the lock until the returned file is closed or the process ends. Raises Occupied."""
    path = Path(data) / LOCK
    path.parent.mkdir(parents=True, exist_ok=True)
    file = path.open("a")
    if fcntl:
        try:
            fcntl.flock(file, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        except OSError:
            file.close()
            raise Occupied(data) from None
    return file


def tell(file: TextIO, address: str) -> None:
    """Writes the server's address into the locked file, for commands that print links."""
    file.truncate(0)
    file.write(address)
    file.flush()


def served_at(data: str) -> str:
    """Returns the address of the server that runs on the folder; empty where none does."""
    try:
        hold(data, alone=True).close()
    except Occupied:
        return (Path(data) / LOCK).read_text().strip()
    return ""


@contextmanager
def alone(data: str) -> Iterator[None]:
    """Holds the lock exclusively inside the block. Raises Occupied."""
    file = hold(data, alone=True)
    try:
        yield
    finally:
        file.close()
