"""What store/fast speaks to in a session's transaction, instead of the layers between."""
from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from workshop.store.fast.memo import kept_of
from workshop.store.fast.statement import Statement


class SqliteDriver:
    """sqlite3's connection as store/fast speaks to it."""

    kind = "sqlite"

    def __init__(self, connection: Any) -> None:
        self.connection = connection

    def ask(self, statement: Statement, values: Sequence[Any]) -> list[Any]:
        """The rows that answer."""
        return list(self.connection.execute(statement.text, values).fetchall())

    def put(self, statement: Statement, rows: Sequence[Sequence[Any]]) -> None:
        """Write these rows."""
        self.connection.executemany(statement.text, rows)


def driver_of(session: Session) -> Any:
    """What store/fast speaks to in the session's transaction: the session's own, or sqlite3's; None where the store is
    another, or plain."""
    driver = kept_of(session).driver
    if driver is None:
        bind = session.get_bind()
        if bind.dialect.name == "sqlite" and not bind.get_execution_options().get("plain"):
            driver = SqliteDriver(session.connection().connection.driver_connection)
    return driver
