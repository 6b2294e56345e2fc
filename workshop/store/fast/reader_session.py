"""The reader's connection: what was read for one screen is there for the next, as long as nothing has been written.

When a line comes back to a hall, ninety devices ask the same question within a second.  As the pen
(store/fast/writer_session.py) does, the
reader keeps one SQLite connection and asks it in every transaction whether somebody has written since; PostgreSQL gets a
fresh session each time.
"""
import threading
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy.orm import Session

from workshop.pauses import pause
from workshop.store.fast.memo import kept_of
from workshop.store.fast.snapshots import Unready
from workshop.store.fast.sqlite_raw import RawConnection
from workshop.store.retry import patience

if TYPE_CHECKING:
    from workshop.store.session import Store

T = TypeVar("T")


class ReaderSession:
    """`with reader.hold() as session`: one moment of the store.  `recall` (store/fast/memo.py) makes each answer once."""

    def __init__(self, store: "Store") -> None:
        self.store = store
        self._lock = threading.RLock()
        self._hand: RawConnection | None = None
        self._version: int | None = None
        self._recalled: dict[Hashable, Any] = {}
        self._snapshots: dict[Hashable, Any] = {}  # they know by themselves how far they are (store/fast/snapshots.py)

    @contextmanager
    def hold(self) -> Iterator[Session]:
        """A session to look.  Raises Later."""
        if not self.store.remembers:
            with self.store.read() as session:
                yield session
            return
        with self._lock, patience:
            hand = self._hand = self._hand or RawConnection(self.store.engine)
            try:
                hand.driver.execute("BEGIN")
                # The first question fixes the moment; asked before it, the version could belong to an earlier one.
                hand.driver.execute("SELECT 1 FROM workshop LIMIT 1").fetchall()
                if (version := hand.version()) != self._version:
                    hand.session.expunge_all()
                    self._version, self._recalled = version, {}
                kept = kept_of(hand.session)
                kept.recalled, kept.snapshots = self._recalled, self._snapshots
                yield hand.session
                hand.driver.execute("COMMIT")
            except BaseException:
                hand.take_back()
                self.lay_down()
                raise

    def ask(self, run: Callable[[Session], T]) -> T:
        """What `run(session)` returns in `hold`.  A large board that is not kept yet is read in steps, between which others
        get their turn and the reader; `run` then begins anew.  Raises Later."""
        while True:
            with self.hold() as session:
                kept_of(session).in_steps = self.store.remembers  # of other stores nothing is kept
                try:
                    return run(session)
                except Unready:
                    pass
                finally:
                    kept_of(session).in_steps = False
            pause()

    def lay_down(self) -> None:
        """Forget everything and give the connection back."""
        with self._lock:
            hand, self._hand, self._version = self._hand, None, None
            self._recalled, self._snapshots = {}, {}
            if hand is not None:
                hand.close()
