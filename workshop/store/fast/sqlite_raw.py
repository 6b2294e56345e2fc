"""SQLite without the layers between, where a command or a returning screen would pay more for them than for SQLite itself.

SQLAlchemy's own transaction is open as long as such a session is; the database's are begun and ended in the driver's words.
"""
import sqlite3
from contextlib import suppress
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import Session

from workshop.domain import json_codec
from workshop.store.fast.memo import kept_of

DIALECT = sqlite.dialect(json_serializer=json_codec.utf8)


class RawConnection:
    """A session of its own on a connection of its own.  `driver`: sqlite3's connection, on which transactions are said."""

    def __init__(self, engine: Engine) -> None:
        connection = self._connection = engine.execution_options(by_hand=True).connect()
        self.session = Session(connection, expire_on_commit=False)
        self.session.connection()
        self.driver: Any = connection.connection.driver_connection  # sqlite3's
        kept_of(self.session).driver = self.driver

    def take_back(self) -> None:
        """Undo the transaction that runs; the session forgets all rows."""
        with suppress(sqlite3.Error):  # on a full disk SQLite has ended it by itself
            self.driver.execute("ROLLBACK")
        self.session.expunge_all()
        self.session.rollback()
        self.session.connection()

    def version(self) -> int:
        """Another number than before, when another connection has written since."""
        version: int = self.driver.execute("PRAGMA data_version").fetchone()[0]
        return version

    def close(self, broken: bool = False) -> None:
        """Give the connection back; a broken one is not used again."""
        connection = self._connection
        self.session.close()
        if broken:
            connection.invalidate()
        connection.close()


def driver_of(session: Session) -> Any:
    """sqlite3's connection in the session's transaction; None where the store is another, or plain."""
    driver = kept_of(session).driver
    bind = session.get_bind()
    if driver is None and bind.dialect.name == "sqlite" and not bind.get_execution_options().get("plain"):
        driver = session.connection().connection.driver_connection
    return driver
