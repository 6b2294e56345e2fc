"""Prepares questions that are asked for every connection or command that comes, and what changes a table for many of them:
compiled once, and said to the bare driver."""
from collections import namedtuple
from collections.abc import Sequence
from functools import cache, cached_property
from typing import Any

from sqlalchemy import CompoundSelect, Select, Update

from workshop.store.fast.statement import DIALECTS, Compiled
from workshop.store.transaction import Session


class Question:
    """Holds a SELECT of named columns; what it asks with are texts and whole numbers, no lists."""

    def __init__(self, select: Select[*tuple[Any, ...]] | CompoundSelect[*tuple[Any, ...]]) -> None:
        self.select = select
        self._of = cache(self._prepare)

    @cached_property
    def _row(self) -> Any:
        return namedtuple("Row", [column.key or "" for column in self.select.selected_columns])

    def _prepare(self, kind: str) -> tuple[Compiled, list[tuple[int, Any]]]:
        readers = [column.type.dialect_impl(DIALECTS[kind]).result_processor(DIALECTS[kind], None)
                   for column in self.select.selected_columns]
        return Compiled(self.select, kind), [(i, reader) for i, reader in enumerate(readers) if reader]

    def rows(self, session: Session, **asked: Any) -> Sequence[Any]:
        """Returns the rows, with the columns as attributes; what the session has not flushed yet is not among them.

        Raises the database's errors (STORE_ERRORS in store/transaction.py).
        """
        driver = session.driver
        if driver is None:
            return session.connection().execute(self.select, asked).all()
        compiled, readers = self._of(driver.kind)
        found = driver.ask(compiled.statement, compiled.values(asked))
        if readers:
            found = [list(values) for values in found]
            for values in found:
                for i, reader in readers:
                    values[i] = reader(values[i])
        return [self._row._make(values) for values in found]


class Order:
    """Holds an UPDATE of a table by values; rows that the session has read do not follow it by themselves."""

    def __init__(self, update: Update) -> None:
        self.update = update
        self._of = cache(lambda kind: Compiled(update, kind))

    def run(self, session: Session, **said: Any) -> None:
        """Says it with these values. Raises the database's errors (STORE_ERRORS in store/transaction.py)."""
        driver = session.driver
        if driver is None:
            session.connection().execute(self.update, said)
        else:
            compiled = self._of(driver.kind)
            driver.put(compiled.statement, [compiled.row(said)])
