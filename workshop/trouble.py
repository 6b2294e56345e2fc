"""What keeps a program from starting, as one line for the operator."""
import os
from contextlib import contextmanager

from alembic.util.exc import CommandError
from sqlalchemy.exc import ArgumentError as WrongUrl
from sqlalchemy.exc import DBAPIError, NoSuchModuleError

from workshop.config import ConfigError
from workshop.domain.errors import Later
from workshop.store.held import Occupied

DAMAGED = ("not a database", "malformed", "file is encrypted")  # SQLite's words


def told(error: BaseException) -> str | None:
    """The line for an error that the operator can do something about; None for faults of ours."""
    if isinstance(error, ConfigError):
        return str(error)
    if isinstance(error, Occupied):
        return f"the data folder {error} is in use by another program: stop that first"
    if isinstance(error, Later):
        return "the database does not answer"
    if isinstance(error, CommandError):
        return f"the database was made by another version of this program ({error})"
    if isinstance(error, WrongUrl | NoSuchModuleError | ModuleNotFoundError):
        return f"WORKSHOP_DATABASE is no database that this program can use ({_first_line(error)})"
    if isinstance(error, DBAPIError):
        said = _first_line(error.orig)
        if any(word in said for word in DAMAGED):
            return f"the database is damaged ({said}); `workshop restore FILE` goes back to a backup"
        return f"the database cannot be used: {said}"
    if isinstance(error, OSError) and error.errno:
        where = f"{error.filename}: " if error.filename else ""
        return where + os.strerror(error.errno)
    return None


@contextmanager
def one_line():
    """Such an error ends the program with 1 and one line on standard error."""
    try:
        yield
    except Exception as error:
        if (said := told(error)) is None:
            raise
        raise SystemExit(f"tinkuy: {said}") from None


def _first_line(error) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]
