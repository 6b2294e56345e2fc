"""Questions that are asked for every line that comes: put together once, and asked of SQLite without the layers between."""
from collections import namedtuple
from functools import cached_property

from workshop.store.fast.sqlite_raw import DIALECT, driver_of


class Question:
    """A SELECT of named columns; what it asks with are texts and whole numbers, no lists."""

    def __init__(self, select):
        self.select = select

    @cached_property
    def _prepared(self):
        compiled = self.select.compile(dialect=DIALECT)
        said = {name: bind.type.dialect_impl(DIALECT).bind_processor(DIALECT) for name, bind in compiled.binds.items()}
        fixed = {name: said[name](value) if said[name] and value is not None else value
                 for name, value in compiled.params.items()}
        columns = list(self.select.selected_columns)
        readers = [column.type.dialect_impl(DIALECT).result_processor(DIALECT, None) for column in columns]
        row = namedtuple("Row", [column.key for column in columns])
        return str(compiled), compiled.positiontup, fixed, row, [
            (i, reader) for i, reader in enumerate(readers) if reader]

    def rows(self, session, **asked) -> list:
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
