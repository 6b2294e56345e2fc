"""The database's "not now" as an answer that people can wait for."""
import logging
import sqlite3
from collections.abc import Iterator
from typing import Literal, Self

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolIsEmpty

from workshop.domain.errors import Later

log = logging.getLogger(__name__)
STORE_ERRORS = (DBAPIError, sqlite3.Error)  # the pen speaks to SQLite's driver itself (store/fast/fast_insert.py)
SQLITE_NOT_NOW = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_READONLY,
                  sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PROTOCOL}
# SQLSTATE classes: connection, rollback (deadlock), resources (disk), locks, operator (restart), system error.
POSTGRES_NOT_NOW = {"08", "40", "53", "55", "57", "58"}
READ_ONLY = "25006"  # a standby, while another server takes over


class _Patience:
    """It knows nothing of where it is used: every command enters it twice, and one does for all."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> Literal[False]:
        if isinstance(error, PoolIsEmpty):
            raise Later(2.0) from None
        if isinstance(error, STORE_ERRORS) and (first := next((one for one in _chain(error) if _not_now(one)), None)):
            log.warning("the store cannot answer now: %s", type(_cause(first)).__name__)
            raise Later(_pause(first)) from error
        return False


# `with patience`: the database's "not now" (full disk, lock, deadlock, connection gone) becomes Later; faults of ours pass.
patience = _Patience()


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """The error and what led to it: when the disk is full SQLite ends the transaction by itself, and what is seen last is
    that the savepoint is gone."""
    while error is not None:
        if isinstance(error, STORE_ERRORS):
            yield error
        error = error.__context__


def _cause(error: BaseException) -> BaseException:
    """The driver's own error."""
    return getattr(error, "orig", error)


def _not_now(error: BaseException) -> bool:
    if (code := getattr(_cause(error), "sqlite_errorcode", None)) is not None:
        return code & 0xFF in SQLITE_NOT_NOW
    state = getattr(_cause(error), "pgcode", None)
    if state is None:  # the server was not reached, or is gone
        return isinstance(error, OperationalError | InterfaceError)
    return state[:2] in POSTGRES_NOT_NOW or state == READ_ONLY


def _pause(error: BaseException) -> float:
    """Seconds to wait: a lock or a deadlock is over soon, a disk or a server takes longer."""
    return 0.3 if getattr(_cause(error), "pgcode", None) in ("40P01", "40001", "55P03") else 2.0
