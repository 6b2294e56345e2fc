"""Speaks to PostgreSQL through the bare driver: begin, first questions, writes and commit travel in few messages, and what
is asked for every command is planned once for each connection.

What is only written waits (`put`) until something is asked; whatever SQLAlchemy says on the connection is sent after it.
"""
import time
from collections.abc import Sequence
from contextlib import suppress
from itertools import count
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.exc import DBAPIError

from workshop.store.fast.proven import ProvenMemory
from workshop.store.fast.statement import Statement
from workshop.store.transaction import Session

MOMENT = Statement("SELECT pg_current_snapshot()::text")
# Prepared statements are planned once, not for each command, which took three times as long as carrying it out; and with the
# indexes, because a plan made in the first minute, when the tables are small, is kept.
PLANS = "SET plan_cache_mode = force_generic_plan; SET enable_seqscan = off; SET jit = off"
IDLE = 1.0  # seconds after which a connection may have been lost without anybody having noticed


class PostgresDriver:
    """Wraps psycopg2's connection as store/fast speaks to it. Raises SQLAlchemy's DBAPIError."""

    kind = "postgresql"

    def __init__(self, connection: Any, dbapi: Any) -> None:
        self.connection, self.dbapi = connection, dbapi
        self.cursor = connection.cursor()
        self._waiting: list[bytes] = []
        self._prepared: dict[Statement, str] = {}  # -> how it is executed
        self._unsaid: list[Statement] = []  # those of them that are not prepared until what waits is said
        self._names = count()

    def say(self, text: str) -> None:
        """Queues a statement without an answer."""
        self._waiting.append(text.encode())

    def put(self, statement: Statement, rows: Sequence[Sequence[Any]]) -> None:
        """Queues a statement with the values of each row."""
        said = self._prepared.get(statement) or self._prepare(statement)
        self._waiting += [self.cursor.mogrify(said, row) for row in rows]

    def ask(self, statement: Statement, values: Sequence[Any] = ()) -> list[Any]:
        """Returns the rows that answer, after everything that waited."""
        self.put(statement, (values,))
        self.send()
        return list(self.cursor.fetchall())

    def send(self) -> None:
        """Sends what waits, in one message."""
        if self._waiting:
            said, self._waiting, self._unsaid = b";".join(self._waiting), [], []
            try:
                self.cursor.execute(said)
            except self.dbapi.Error as error:
                raise DBAPIError.instance(None, None, error, self.dbapi.Error, hide_parameters=True) from error

    def forget(self) -> None:
        """Drops what waits."""
        for statement in self._unsaid:
            del self._prepared[statement]
        self._waiting, self._unsaid = [], []

    def _prepare(self, statement: Statement) -> str:
        name = f"w{next(self._names)}"
        self._unsaid.append(statement)
        types = f"({', '.join(statement.types)})" if statement.types else ""
        self._waiting.append(f"PREPARE {name} {types} AS {statement.text}".encode())
        signs = f"({', '.join(['%s'] * len(statement.types))})" if statement.types else ""
        said = self._prepared[statement] = f"EXECUTE {name} {signs}"
        return said


class PostgresConnection:
    """Holds a session of its own on a connection of its own, on which transactions are driven by hand."""

    def __init__(self, engine: Engine) -> None:
        connection = self._connection = engine.execution_options(isolation_level="AUTOCOMMIT").connect()
        self.driver = PostgresDriver(connection.connection.driver_connection, engine.dialect.dbapi)
        self.session = Session(connection, self.driver)
        self.session.connection()
        self.driver.say(PLANS)
        event.listen(connection, "before_cursor_execute", lambda *_said: self.driver.send())
        self._used = time.monotonic()

    def memory(self) -> ProvenMemory:
        """Makes an empty memory; each row is proven when it is used."""
        return ProvenMemory(driver=self.driver)

    def alive(self) -> bool:
        """Tells whether the connection still answers; one that has just been used is not asked."""
        if time.monotonic() - self._used > IDLE:
            with suppress(DBAPIError):
                self.version()
                self._used = time.monotonic()
                return True
            return False
        return True

    def begin_writing(self) -> int:
        """Begins a transaction; what is remembered must be proven in it (store/fast/proven.py)."""
        self.driver.say("BEGIN")
        return 0

    def begin_reading(self) -> str:
        """Begins a snapshot: from here on everything is of one moment; what is returned names it: while nobody has written
        it is the same."""
        self.driver.say("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        return self.version()

    def commit(self) -> None:
        """Ends the transaction."""
        self.driver.say("COMMIT")
        self.driver.send()
        self._used = time.monotonic()

    def take_back(self) -> None:
        """Rolls the running transaction back; the session forgets all rows."""
        self.driver.forget()
        with suppress(self.driver.dbapi.Error):
            self.driver.cursor.execute("ROLLBACK")
        self.session.expunge_all()
        with suppress(DBAPIError):
            self.session.rollback()
            self.session.connection()

    def version(self) -> str:
        """Returns another text than before, when anybody has written since."""
        return str(self.driver.ask(MOMENT)[0][0])

    def close(self, broken: bool = False) -> None:
        """Gives the connection back; a broken one is not used again, nor one on which statements are prepared."""
        with suppress(DBAPIError):
            self.session.close()
        self._connection.invalidate()
        self._connection.close()
