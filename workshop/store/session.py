"""Opens sessions of one database: for reading, for writing, and the writer's, which remembers.

SQLite is configured for durability, PostgreSQL for patience with locks.
"""
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config as AlembicConfig
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, event
from sqlalchemy.exc import SQLAlchemyError

from workshop.domain import json_codec
from workshop.domain.errors import RetryLater
from workshop.store.fast.postgres_raw import PostgresConnection
from workshop.store.fast.reader_session import ReaderSession
from workshop.store.fast.sqlite_raw import SqliteConnection
from workshop.store.secrecy import ballots as secret_ballots
from workshop.store.secrecy.keys import FOLDER, Keys
from workshop.store.streams import numbering
from workshop.store.transaction import STORE_ERRORS, Changes, Session, patience

MIGRATIONS = Path(__file__).parent / "migrations"


class Store:
    """Opens the database of one process: `read()` and `write()` give sessions, `migrate()` upgrades the schema.

    `plain`: the readable path, without store/fast: the reference that tests hold the fast one to. `data`: the folder in
    which the keys of secret votes are kept; SQLite's are beside its file.
    """

    def __init__(self, url: str, plain: bool = False, data: Path | None = None):
        self.url = url
        self.is_sqlite = url.startswith("sqlite")
        self.remembers = not plain  # whether store/fast keeps what was read
        if data is None and self.is_sqlite:
            data = Path(url.removeprefix("sqlite:///")).parent
        self.keys = Keys(data and data / FOLDER)
        options = {"execution_options": {"plain": plain, "keys": self.keys},
                   "json_serializer": json_codec.utf8} | ({} if self.is_sqlite else {
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
        # A reading session asks several questions; PostgreSQL would otherwise answer each as of another moment.
        self.reading = self.engine if self.is_sqlite else self.engine.execution_options(isolation_level="REPEATABLE READ")

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Opens a session for reading; what it sees is one moment, and nothing is saved. Raises RetryLater."""
        with patience, Session(self.reading) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """Opens a session that is committed at the end.  Nothing may yield inside: it would freeze every room.

        Raises RetryLater.
        """
        with patience, Session(self.writing) as session, session.begin():
            yield session
            session.flush()
            secret_ballots.settle(session)
            numbering.settle(session)

    def connection(self) -> SqliteConnection | PostgresConnection:
        """Opens a connection on which store/fast drives transactions itself. Raises the database's errors."""
        return (SqliteConnection if self.is_sqlite else PostgresConnection)(self.engine)

    def migrate(self, revision: str = "head") -> None:
        """Upgrades the schema to `revision`."""
        if revision != "head" or not self._is_current():
            command.upgrade(self.alembic(), revision)

    def _is_current(self) -> bool:
        """Tells whether the schema is the newest; then nobody's turn need be waited for, and no migration be read."""
        try:
            with self.engine.connect() as connection:
                stands = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalars().all()
        except SQLAlchemyError:  # nothing is there yet; whatever else is wrong, the upgrade says
            return False
        return list(stands) == [_newest()]

    def alembic(self) -> AlembicConfig:
        """Points Alembic at this database."""
        config = AlembicConfig()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.attributes["engine"] = self.engine
        return config

    def close(self) -> None:
        """Closes the connections."""
        self.pen.lay_down()
        self.reader.lay_down()
        self.engine.dispose()


@cache
def _newest() -> str | None:
    """Returns the last migration of this program."""
    return ScriptDirectory(str(MIGRATIONS)).get_current_head()


class WriterSession:
    """Keeps the writer's session: what it has read it still knows at the next command, as long as nobody else has written
    it.

    Asking the database again for the device, its seats, the room and the workshop is nine tenths of the work of a command.
    So the writer keeps one connection and one session, and finds out inside each transaction whether what it knows still
    holds. SQLite tells a connection whether another one has written (`PRAGMA data_version`): then all is forgotten.
    PostgreSQL tells of each row which transaction wrote it: there each row is proven before it is used
    (store/fast/proven.py). What the writer writes itself passes through the same rows. The plain path starts without
    knowledge in each transaction.
    """

    def __init__(self, store: Store) -> None:
        self.store = store
        self.turns = 0  # how often somebody's seat, device or room may have changed here
        self._lock = threading.RLock()
        self._hand: Any = None  # a SqliteConnection or a PostgresConnection
        self._version = None

    @contextmanager
    def hold(self) -> Iterator[Session]:
        """Opens a transaction of the writer, committed at the end; `session.memory` is what it knows.

        Nothing may yield inside (it would freeze every room). Raises what the store raises; then everything is forgotten.
        """
        if not self.store.remembers:
            with self.store.write() as session:
                yield session
            return
        with self._lock:
            with patience:  # on a full disk not even a connection can be opened
                if self._hand and not self._hand.alive():
                    self.lay_down()
                hand = self._hand or self._take_up()
            session = hand.session
            changes = session.changes = Changes()
            try:
                with patience:
                    if (version := hand.begin_writing()) != self._version:
                        session.expunge_all()
                        session.memory = hand.memory()
                        self._version = version
                    session.memory.begin()
                    yield session
                    session.flush()
                    secret_ballots.settle(session)
                    numbering.settle(session)
                    hand.commit()
                    session.memory.end(session)
                    self.turns += changes.arrived
            except BaseException as error:
                hand.take_back()
                session.memory = hand.memory()
                self._version = None
                if isinstance(error, (RetryLater, *STORE_ERRORS)) or not isinstance(error, Exception):
                    self.lay_down()  # also where a green thread was ended in the middle of a question
                raise

    def others(self) -> int | None:
        """Returns a value that changes when somebody else than this writer has written since; None: unknown."""
        with self._lock:
            try:
                with patience:
                    return self._hand.version() if self._hand else None
            except BaseException:
                self.lay_down()
                raise

    def people(self) -> tuple[int, int] | None:
        """Returns a value that changes when a seat, a device or who is where may have changed since; None: unknown."""
        others = self.others()
        return None if others is None else (self.turns, others)

    def lay_down(self) -> None:
        """Forgets everything and gives the connection back."""
        with self._lock:
            hand, self._hand = self._hand, None
            if hand is not None:
                hand.close(broken=True)

    def _take_up(self) -> Any:
        hand = self._hand = self.store.connection()
        self._version = None
        hand.session.memory = hand.memory()
        return hand


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves, see _begin_sqlite
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=2000", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    # IMMEDIATE takes the write lock before reading, so what is validated is what is written.
    options = connection.get_execution_options()
    if "by_hand" not in options:  # the writer's
        connection.exec_driver_sql("BEGIN IMMEDIATE" if "writing" in options else "BEGIN")
