"""Connections: SQLite as it must be set for durability, PostgreSQL as it must be set for patience."""
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config as AlembicConfig
from sqlalchemy import Connection, create_engine, event
from sqlalchemy.orm import Session

from workshop.domain import json_codec
from workshop.store.fast import fast_insert
from workshop.store.fast.postgres_raw import PostgresConnection
from workshop.store.fast.reader_session import ReaderSession
from workshop.store.fast.sqlite_raw import SqliteConnection
from workshop.store.fast.writer_session import WriterSession
from workshop.store.retry import patience


class Store:
    """The database of one process: `read()` and `write()` give sessions, `migrate()` brings the schema up to date.

    `plain`: the path that can be read, without store/fast: the reference that tests hold the fast one to.
    """

    def __init__(self, url: str, plain: bool = False):
        self.url = url
        self.is_sqlite = url.startswith("sqlite")
        self.remembers = not plain  # whether store/fast keeps what was read
        options = {"execution_options": {"plain": plain}, "json_serializer": json_codec.utf8} | ({} if self.is_sqlite else {
            "pool_size": 10, "pool_pre_ping": True, "pool_timeout": 5,
            "connect_args": {"options": "-c lock_timeout=2000 -c idle_in_transaction_session_timeout=10000",
                             "connect_timeout": 5}})
        if self.is_sqlite:
            Path(url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
        self.engine = create_engine(url, hide_parameters=True, **options)  # what people write stays out of logs
        if self.is_sqlite:
            event.listen(self.engine, "connect", _prepare_sqlite)
            event.listen(self.engine, "begin", _begin_sqlite)
        self.writing = self.engine.execution_options(writing=True)
        self.pen, self.reader = WriterSession(self), ReaderSession(self)
        # A reading session asks several questions; PostgreSQL would else answer each from another moment.
        self.reading = self.engine if self.is_sqlite else self.engine.execution_options(isolation_level="REPEATABLE READ")

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session to look; what it sees is one moment, and nothing is kept.  Raises Later."""
        with patience, Session(self.reading, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A session that is committed at the end.  Nothing may yield inside (it would freeze every room).  Raises Later."""
        with patience, Session(self.writing, expire_on_commit=False, autoflush=True) as session, session.begin():
            yield session
            session.flush()
            fast_insert.settle(session)

    def connection(self) -> SqliteConnection | PostgresConnection:
        """A connection on which store/fast says transactions by hand.  Raises the database's errors."""
        return (SqliteConnection if self.is_sqlite else PostgresConnection)(self.engine)

    def migrate(self, revision: str = "head") -> None:
        """Bring the schema to `revision`."""
        command.upgrade(self.alembic(), revision)

    def alembic(self) -> AlembicConfig:
        """Alembic pointed at this database."""
        config = AlembicConfig()
        config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
        config.attributes["engine"] = self.engine
        return config

    def close(self) -> None:
        """Give the connections back."""
        self.pen.lay_down()
        self.reader.lay_down()
        self.engine.dispose()


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves, see _begin_sqlite
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=2000", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    # IMMEDIATE takes the write lock before reading, so what is validated is what is written.
    options = connection.get_execution_options()
    if "by_hand" not in options:  # the pen's
        connection.exec_driver_sql("BEGIN IMMEDIATE" if "writing" in options else "BEGIN")
