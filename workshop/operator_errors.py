"""Explains errors that keep a program from starting or a command from working, as one line for the operator."""
import os
from collections.abc import Iterator
from contextlib import contextmanager

from alembic.util.exc import CommandError
from sqlalchemy.exc import ArgumentError as WrongUrl
from sqlalchemy.exc import DBAPIError, NoSuchModuleError

from workshop.config import ConfigError
from workshop.domain.errors import RetryLater
from workshop.store.files.data_lock import Occupied
from workshop.words import _

DAMAGED = ("not a database", "malformed", "file is encrypted")  # SQLite's words


def told(error: BaseException) -> str | None:
    """Returns the line for an error that the operator can do something about; None for faults of ours."""
    if isinstance(error, ConfigError):
        return _(error.message, **error.values)
    if isinstance(error, Occupied):
        return _("the data folder {folder} is in use by another program: stop that first", folder=str(error))
    if isinstance(error, RetryLater):
        return _("the database does not answer")
    if isinstance(error, CommandError):
        return _("the database was made by another version of this program ({reason})", reason=str(error))
    if isinstance(error, WrongUrl | NoSuchModuleError | ModuleNotFoundError):
        return _("WORKSHOP_DATABASE is no database that this program can use ({reason})", reason=_first_line(error))
    if isinstance(error, DBAPIError):
        said = _first_line(error.orig)
        if any(word in said for word in DAMAGED):
            return _("the database is damaged ({reason}); `workshop restore FILE` goes back to a backup", reason=said)
        return _("the database cannot be used: {reason}", reason=said)
    if isinstance(error, OSError) and error.errno:
        where = f"{error.filename}: " if error.filename else ""
        return where + os.strerror(error.errno)
    return None


@contextmanager
def one_line() -> Iterator[None]:
    """Ends the program with status 1 and one line on standard error when such an error is raised inside."""
    try:
        yield
    except Exception as error:
        if (said := told(error)) is None:
            raise
        raise SystemExit(f"tinkuy: {said}") from None


def _first_line(error: BaseException | None) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]
