"""Compiles a statement once for each kind of database: its text, what its values become for the driver; and SQLite's driver.
"""
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from sqlalchemy import JSON
from sqlalchemy.dialects import sqlite
from sqlalchemy.dialects.postgresql import psycopg2

from workshop.domain import json_codec

F = TypeVar("F", bound=Callable[..., Any])
if TYPE_CHECKING:
    def cache(made: F) -> F:
        """Caches as functools.cache, of which mypy thinks that classes are no keys."""
        return made
else:
    from functools import cache

PSYCOPG2: Any = psycopg2.dialect
CODEC: Any = {"json_serializer": json_codec.utf8, "json_deserializer": json_codec.loads}
DIALECTS = {"sqlite": sqlite.dialect(**CODEC), "postgresql": PSYCOPG2(paramstyle="numeric_dollar", **CODEC)}


@dataclass(frozen=True)
class Statement:
    """Holds the `text` with a sign for each value, and the values' `types` as PREPARE names them. It is known by what it
    says."""

    text: str
    types: tuple[str, ...] = ()


class Driver(Protocol):
    """Describes what store/fast speaks to in a transaction, instead of SQLAlchemy."""

    @property
    def kind(self) -> str: ...

    def ask(self, statement: Statement, values: Sequence[Any] = ()) -> list[Any]: ...

    def put(self, statement: Statement, rows: Sequence[Sequence[Any]]) -> None: ...


class SqliteDriver:
    """Wraps sqlite3's connection as store/fast speaks to it."""

    kind = "sqlite"

    def __init__(self, connection: Any) -> None:
        self.connection = connection

    def ask(self, statement: Statement, values: Sequence[Any] = ()) -> list[Any]:
        """Returns the rows that answer."""
        return list(self.connection.execute(statement.text, values).fetchall())

    def put(self, statement: Statement, rows: Sequence[Sequence[Any]]) -> None:
        """Writes these rows."""
        self.connection.executemany(statement.text, rows)


class Compiled:
    """Holds a statement of SQLAlchemy's for one kind of database: `values(asked)` gives what the driver takes, in its order.
    """

    def __init__(self, element: Any, kind: str, **options: Any) -> None:
        dialect = DIALECTS[kind]
        compiled = element.compile(dialect=dialect, **options)
        types = {name: bind.type.dialect_impl(dialect) for name, bind in compiled.binds.items()}
        said = {name: type.bind_processor(dialect) for name, type in types.items()}
        self.names = tuple(compiled.positiontup)
        self._params, self._said = compiled.params, said
        # Of a type that takes none (JSON) what stands for it.
        self.processors = [(name, said[name], said[name] and said[name](None)) for name in self.names]
        self.statement = Statement(str(compiled), tuple(_named(types[name], dialect) for name in self.names))

    @cached_property
    def _fixed(self) -> dict[str, Any]:
        """Finds the constants that stand in a question."""
        return {name: self._said[name](value) if self._said[name] and value is not None else value
                for name, value in self._params.items()}

    def values(self, asked: dict[str, Any]) -> list[Any]:
        """Returns the values of a question: as they are asked, or the constants."""
        return [asked.get(name, self._fixed[name]) for name in self.names]

    def row(self, row: dict[str, Any]) -> list[Any]:
        """Returns the values of a row that is written: each as its column takes it."""
        return [value if process is None else empty if value is None else process(value)
                for name, process, empty in self.processors for value in (row[name],)]


@cache
def _named(type: Any, dialect: Any) -> str:
    """Names the type without its length; what has none (a key of JSON) the database finds out."""
    if type._isnull or isinstance(type, JSON.JSONElementType):
        return "unknown"
    return str(type.compile(dialect=dialect)).partition("(")[0]
