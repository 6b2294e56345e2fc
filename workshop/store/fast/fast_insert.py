"""Rows written without the unit of work: what every idea writes, said to the database in a few words.

A flush of five small rows costs more than everything else a command does.  Here an insert is one statement that is put
together once per table; a number that goes up is kept on its row and written once at the end of the transaction, however
often it went up.  Elsewhere SQLAlchemy writes as always.
"""
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import Update, bindparam, insert, update
from sqlalchemy.orm import ClassManager, Session, class_mapper
from sqlalchemy.orm.attributes import set_committed_value

from workshop.domain.shapes import Json
from workshop.store.changes import changes_of
from workshop.store.fast.driver import driver_of
from workshop.store.fast.memo import kept_of
from workshop.store.fast.statement import Compiled

T = TypeVar("T")
F = TypeVar("F", bound=Callable[..., Any])
if TYPE_CHECKING:
    def cache(made: F) -> F:
        """As functools.cache, of which mypy thinks that classes are no keys."""
        return made
else:
    from functools import cache


def born(table: type[T], **values: Any) -> T:
    """A row that no session knows, as if it had been read: every column that is not named is empty, defaults are not asked.
    To make one in the usual way costs as much as to write it."""
    row: T = _manager(table).new_instance()
    row.__dict__.update(_nothing(table) | values)
    return row


def add(session: Session, row: Any) -> None:
    """Insert a row that was born here.  It stays outside the session: whoever wants it there asks for it.  Raises the
    database's errors (STORE_ERRORS in store/retry.py)."""
    held = row.__dict__
    write(session, type(row), [{name: held[name] for name in _nothing(type(row))}])


def write(session: Session, table: type[Any], rows: list[Json]) -> None:
    """Insert rows {column: value}, all with the same columns."""
    driver = driver_of(session)
    if driver is None:
        session.connection().execute(insert(table.__table__), rows)
        return
    compiled = _insert(table, tuple(rows[0]), driver.kind)
    driver.put(compiled.statement, [compiled.row(row) for row in rows])


def count_up(session: Session, row: Any, name: str) -> int:
    """Set the whole number `row.name` one higher; it is written by `settle`.  Returns it."""
    value: int = getattr(row, name) + 1
    set_committed_value(row, name, value)
    changes_of(session).numbers[row, name] = value
    return value


def settle(session: Session) -> None:
    """Write the numbers that went up."""
    changes = changes_of(session)
    numbers, changes.numbers = changes.numbers, {}
    for (row, name), value in numbers.items():
        if memory := kept_of(session).memory:
            memory.wrote(row)
        driver = driver_of(session)
        if driver is None:
            session.connection().execute(_count(type(row), name), {"value": value, "row": row.id})
        else:
            compiled = _counting(type(row), name, driver.kind)
            driver.put(compiled.statement, [compiled.row({"value": value, "row": row.id})])


@cache
def _manager(table: type[Any]) -> ClassManager[Any]:
    return class_mapper(table).class_manager


@cache
def _nothing(table: type[Any]) -> dict[str, None]:
    """The columns, empty."""
    return dict.fromkeys(column.name for column in table.__table__.columns)


@cache
def _insert(table: type[Any], names: tuple[str, ...], kind: str) -> Compiled:
    return Compiled(insert(table.__table__).inline(), kind, column_keys=names)


@cache
def _count(table: type[Any], name: str) -> Update:
    rows = table.__table__
    return update(rows).where(rows.c.id == bindparam("row")).values({name: bindparam("value")})


@cache
def _counting(table: type[Any], name: str, kind: str) -> Compiled:
    return Compiled(_count(table, name), kind)
