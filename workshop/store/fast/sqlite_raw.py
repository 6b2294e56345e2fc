"""SQLite without the layers between, where a command or a returning screen would pay more for them than for SQLite itself.

SQLAlchemy's own transaction is open as long as such a session is; the database's are begun and ended in the driver's words.
"""
import sqlite3
from contextlib import suppress
from typing import Any

from sqlalchemy import Engine

from workshop.store.fast.statement import SqliteDriver
from workshop.store.transaction import Memory, Session


class SqliteConnection:
    """A session of its own on a connection of its own.  `driver`: sqlite3's connection, on which transactions are said."""

    def __init__(self, engine: Engine) -> None:
        connection = self._connection = engine.execution_options(by_hand=True).connect()
        self.driver: Any = connection.connection.driver_connection
        self.session = Session(connection, SqliteDriver(self.driver))
        self.session.connection()

    def memory(self) -> Memory:
        """What is known of nothing; it holds until another connection writes."""
        return Memory()

    def alive(self) -> bool:
        """A file does not go away."""
        return True

    def begin_writing(self) -> int:
        """From here on nobody else writes.  Another number than before, when another connection has written since."""
        self.driver.execute("BEGIN IMMEDIATE")
        return self.version()

    def begin_reading(self) -> int:
        """From here on everything is of one moment; the number as above."""
        self.driver.execute("BEGIN")
        # The first question fixes the moment; asked before it, the version could belong to an earlier one.
        self.driver.execute("SELECT 1 FROM workshop LIMIT 1").fetchall()
        return self.version()

    def commit(self) -> None:
        """End the transaction."""
        self.driver.execute("COMMIT")

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
