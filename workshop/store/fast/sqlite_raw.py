"""Drives SQLite's transactions through the bare driver, where SQLAlchemy would cost a command or a returning screen more
than SQLite itself.

SQLAlchemy's own transaction is open as long as such a session is; the database's are begun and ended in the driver's words.
"""
import sqlite3
from contextlib import suppress
from typing import Any

from sqlalchemy import Engine

from workshop.store.fast.statement import SqliteDriver
from workshop.store.transaction import Memory, Session


class SqliteConnection:
    """Holds a session of its own on a connection of its own. `driver`: sqlite3's connection, on which transactions are
    driven."""

    def __init__(self, engine: Engine) -> None:
        connection = self._connection = engine.execution_options(by_hand=True).connect()
        self.driver: Any = connection.connection.driver_connection
        self.session = Session(connection, SqliteDriver(self.driver))
        self.session.connection()

    def memory(self) -> Memory:
        """Makes an empty memory; it holds until another connection writes."""
        return Memory()

    def alive(self) -> bool:
        """Tells that it is alive: a file does not go away."""
        return True

    def begin_writing(self) -> int:
        """Begins a writing transaction: from here on nobody else writes. Returns another number than before, when another
        connection has written since."""
        self.driver.execute("BEGIN IMMEDIATE")
        return self.version()

    def begin_reading(self) -> int:
        """Begins a reading transaction: from here on everything is of one moment; the number as above."""
        self.driver.execute("BEGIN")
        # The first question fixes the moment; asked before it, the version could belong to an earlier one.
        self.driver.execute("SELECT 1 FROM workshop LIMIT 1").fetchall()
        return self.version()

    def commit(self) -> None:
        """Ends the transaction."""
        self.driver.execute("COMMIT")

    def take_back(self) -> None:
        """Rolls the running transaction back; the session forgets all rows."""
        with suppress(sqlite3.Error):  # on a full disk SQLite has ended it by itself
            self.driver.execute("ROLLBACK")
        self.session.expunge_all()
        self.session.rollback()
        self.session.connection()

    def version(self) -> int:
        """Returns another number than before, when another connection has written since."""
        version: int = self.driver.execute("PRAGMA data_version").fetchone()[0]
        return version

    def close(self, broken: bool = False) -> None:
        """Gives the connection back; a broken one is not used again."""
        connection = self._connection
        self.session.close()
        if broken:
            connection.invalidate()
        connection.close()
