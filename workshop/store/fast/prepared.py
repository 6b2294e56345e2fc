"""Questions that are asked for every line that comes: put together once, and asked of SQLite without the layers between."""
from collections import namedtuple
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any

from sqlalchemy import CompoundSelect, Select
from sqlalchemy.orm import Session

from workshop.store.fast.sqlite_raw import DIALECT, driver_of

# (text, names of what is asked in their order, what is always asked, the row, readers of columns by position)
Prepared = tuple[str, Sequence[str], dict[str, Any], Any, list[tuple[int, Callable[[Any], Any]]]]


class Question:
    """A SELECT of named columns; what it asks with are texts and whole numbers, no lists."""

    def __init__(self, select: Select[*tuple[Any, ...]] | CompoundSelect[*tuple[Any, ...]]) -> None:
        self.select = select

    @cached_property
    def _prepared(self) -> Prepared:
        compiled = self.select.compile(dialect=DIALECT)
        said = {name: bind.type.dialect_impl(DIALECT).bind_processor(DIALECT) for name, bind in compiled.binds.items()}
        fixed = {name: process(value) if (process := said[name]) and value is not None else value
                 for name, value in compiled.params.items()}
        columns = list(self.select.selected_columns)
        readers = [column.type.dialect_impl(DIALECT).result_processor(DIALECT, None) for column in columns]
        names = [column.key or "" for column in columns]
        row: Any = namedtuple("Row", names)  # type: ignore[misc]  # its names are known when it runs
        return str(compiled), compiled.positiontup or (), fixed, row, [
            (i, reader) for i, reader in enumerate(readers) if reader]

    def rows(self, session: Session, **asked: Any) -> Sequence[Any]:
        """The rows, with the columns as attributes; what the session has not flushed yet is not among them.

        Raises the database's errors (STORE_ERRORS in store/retry.py).
        """
        driver = driver_of(session)
        if driver is None:
            return session.connection().execute(self.select, asked).all()
        text, names, fixed, row, readers = self._prepared
        found = driver.execute(text, [asked.get(name, fixed[name]) for name in names]).fetchall()
        if readers:
            found = [list(values) for values in found]
            for values in found:
                for i, reader in readers:
                    values[i] = reader(values[i])
        return [row._make(values) for values in found]
