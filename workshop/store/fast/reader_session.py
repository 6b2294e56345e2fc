"""Keeps the reader's connection: what was read for one screen is there for the next, as long as nothing has been written.

When the network comes back to a hall, ninety devices ask the same question within a second. As the writer (store/session.py)
does, the reader keeps one connection and asks it in every transaction whether somebody has written since; PostgreSQL names
the moment at which it looks (`pg_current_snapshot`), SQLite counts.
"""
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, TypeVar

from workshop.store.fast.snapshots import Unready
from workshop.store.transaction import STORE_ERRORS, Session, patience
from workshop.time_slices import pause

if TYPE_CHECKING:
    from workshop.store.session import Store

T = TypeVar("T")


class ReaderSession:
    """Keeps one reading session: `with reader.hold() as session` is one moment of the store. `recall` (store/transaction.py)
    makes each answer once."""

    def __init__(self, store: "Store") -> None:
        self.store = store
        self._lock = threading.RLock()
        self._hand: Any = None  # a SqliteConnection or a PostgresConnection
        self._version: int | str | None = None
        self._recalled: dict[Any, Any] = {}
        self._snapshots: dict[Any, Any] = {}  # they know themselves how far they are (store/fast/snapshots.py)

    @contextmanager
    def hold(self) -> Iterator[Session]:
        """Opens a session for reading. Raises RetryLater."""
        if not self.store.remembers:
            with self.store.read() as session:
                yield session
            return
        with self._lock, patience:
            hand, version = self._begin()
            try:
                if version != self._version:
                    hand.session.expunge_all()
                    self._version, self._recalled = version, {}
                hand.session.memory.recalled, hand.session.snapshots = self._recalled, self._snapshots
                yield hand.session
                hand.commit()
            except BaseException:
                hand.take_back()
                self.lay_down()
                raise

    @contextmanager
    def glance(self) -> Iterator[Session]:
        """Opens a session for questions of columns, each of one moment by itself and independent of the others: no
        transaction is begun or ended for them. Raises RetryLater."""
        if not self.store.remembers:
            with self.store.read() as session:
                yield session
            return
        with self._lock, patience:
            try:
                if self._hand and not self._hand.alive():
                    self.lay_down()
                self._hand = self._hand or self.store.connection()
                yield self._hand.session
            except BaseException:
                self.lay_down()
                raise

    def _begin(self) -> tuple[Any, int | str]:
        """Begins (the connection, the version that it sees); a kept one that has been lost meanwhile is replaced once."""
        if self._hand:
            with suppress(*STORE_ERRORS):
                return self._hand, self._hand.begin_reading()
            self.lay_down()
        self._hand = self.store.connection()
        return self._hand, self._hand.begin_reading()

    def ask(self, run: Callable[[Session], T]) -> T:
        """Returns what `run(session)` returns in `hold`. A large board that is not kept yet is read in steps, between which
        others get their turn and the reader; `run` then begins again. Raises RetryLater."""
        while True:
            with self.hold() as session:
                session.in_steps = self.store.remembers  # of other stores nothing is kept
                try:
                    return run(session)
                except Unready:
                    pass
                finally:
                    session.in_steps = False
            pause()

    def lay_down(self) -> None:
        """Forgets everything and gives the connection back."""
        with self._lock:
            hand, self._hand, self._version = self._hand, None, None
            self._recalled, self._snapshots = {}, {}
            if hand is not None:
                hand.close()
