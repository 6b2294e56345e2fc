"""Inserts rows without the unit of work: what every idea writes, in few statements.

A flush of five small rows costs more than everything else a command does. Here an insert is one statement that is put
together once per table. Elsewhere SQLAlchemy writes as always.
"""
from typing import Any, TypeVar

from sqlalchemy import Update, bindparam, insert, update
from sqlalchemy.orm import ClassManager, Mapper, class_mapper
from sqlalchemy.orm.attributes import set_committed_value

from workshop.domain.shapes import Json
from workshop.store.fast.statement import Compiled, cache
from workshop.store.transaction import Session

T = TypeVar("T")


def born(table: type[T], **values: Any) -> T:
    """Makes a row that no session knows, as if it had been read: every column that is not named is empty, defaults are not
    asked. Making one in the usual way costs as much as writing it."""
    row: T = _manager(table).new_instance()
    row.__dict__.update(_nothing(table) | values)
    return row


def add(session: Session, row: Any) -> None:
    """Inserts a row that was born here. It stays outside the session: whoever wants it there asks for it. Raises the
    database's errors (STORE_ERRORS in store/transaction.py)."""
    held = row.__dict__
    write(session, type(row), [{name: held[name] for name in _nothing(type(row))}])


def write(session: Session, table: type[Any], rows: list[Json]) -> None:
    """Inserts rows {column: value}, all with the same columns."""
    driver = session.driver
    if driver is None:
        session.connection().execute(insert(table.__table__), rows)
        return
    compiled = _insert(table, tuple(rows[0]), driver.kind)
    driver.put(compiled.statement, [compiled.row(row) for row in rows])


def change(session: Session, row: Any, *names: str) -> None:
    """Writes these columns of a row that stands in the table already, and was born here: after what was read of it. Where
    the session has read it too, its row says the same from here on."""
    held, driver = row.__dict__, session.driver
    mapper, said = _mapper(type(row)), {f"to_{name}": held[name] for name in names}
    key = tuple(held[column.name] for column in mapper.primary_key)
    said |= {f"at_{column.name}": value for column, value in zip(mapper.primary_key, key, strict=True)}
    if driver is None:
        session.connection().execute(_changing(type(row), names), said)
    else:
        compiled = _change(type(row), names, driver.kind)
        driver.put(compiled.statement, [compiled.row(said)])
    other = session.identity_map.get(mapper.identity_key_from_primary_key(key))
    if other is not None:
        for name in names:
            set_committed_value(other, name, held[name])


@cache
def _mapper(table: type[Any]) -> Mapper[Any]:
    return class_mapper(table)


@cache
def _changing(table: type[Any], names: tuple[str, ...]) -> Update:
    rows = table.__table__
    return update(rows).where(*(column == bindparam(f"at_{column.name}") for column in rows.primary_key)).values(
        {name: bindparam(f"to_{name}") for name in names})


@cache
def _change(table: type[Any], names: tuple[str, ...], kind: str) -> Compiled:
    return Compiled(_changing(table, names), kind)


@cache
def _manager(table: type[Any]) -> ClassManager[Any]:
    return class_mapper(table).class_manager


@cache
def _nothing(table: type[Any]) -> dict[str, None]:
    """Returns the columns, empty."""
    return dict.fromkeys(column.name for column in table.__table__.columns)


@cache
def _insert(table: type[Any], names: tuple[str, ...], kind: str) -> Compiled:
    return Compiled(insert(table.__table__).inline(), kind, column_keys=names)
