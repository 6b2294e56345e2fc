"""The writer's session: what it has read it still knows at the next command, as long as nobody else has written it.

Asking the database again for the device, its seats, the room and the workshop is nine tenths of the work of a command.  So
the writer keeps one connection and one session, and finds out inside each transaction whether what it knows still holds.
SQLite tells a connection whether another one has written (`PRAGMA data_version`): then all is forgotten.  PostgreSQL tells
of each row which transaction wrote it: there each row is proven before it is used (store/fast/proven.py).  What the writer
writes itself passes through the same rows.
"""
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sqlalchemy import event
from sqlalchemy.orm import Session

from workshop import failpoint
from workshop.domain.errors import Later
from workshop.store.changes import Changes
from workshop.store.fast import fast_insert
from workshop.store.fast.memo import kept_of
from workshop.store.fast.memory import Memory
from workshop.store.models import Account, Device, DeviceSeat, Membership, ProgramToken, RoomSeat, Seat, Workshop
from workshop.store.retry import STORE_ERRORS, patience

if TYPE_CHECKING:
    from workshop.store.session import Store

PEOPLE = (Account, Device, DeviceSeat, Membership, ProgramToken, RoomSeat, Seat, Workshop)


class WriterSession:
    """`with pen.hold() as session`: one transaction of the writer; `kept_of(session).memory` is what it knows.

    Nothing may yield inside (it would freeze every room).  Raises what the store raises; then everything is forgotten.
    """

    def __init__(self, store: "Store") -> None:
        self.store = store
        self.turns = 0  # how often somebody's seat, device or room may have changed here
        self._lock = threading.RLock()
        self._hand: Any = None  # a SqliteConnection or a PostgresConnection
        self._version = None

    @contextmanager
    def hold(self) -> Iterator[Session]:
        """A transaction, committed at the end."""
        failpoint.reach("begin.before")
        if not self.store.remembers:
            with self.store.write() as session:
                self._begin_to_know(session)
                failpoint.reach("begin.after")
                yield session
                failpoint.reach("commit.before")
            failpoint.reach("commit.after")
            return
        with self._lock:
            with patience:  # on a full disk not even a connection can be opened
                if self._hand and not self._hand.alive():
                    self.lay_down()
                hand = self._hand or self._take_up()
            session = hand.session
            changes = session.info["changes"] = Changes()
            try:
                with patience:
                    if (version := hand.begin_writing()) != self._version:
                        session.expunge_all()
                        self._know_nothing(session)
                        self._version = version
                    self._memory(session).begin()
                    failpoint.reach("begin.after")
                    yield session
                    failpoint.reach("commit.before")
                    session.flush()
                    fast_insert.settle(session)
                    hand.commit()
                    self._memory(session).end(session)
                    self.turns += changes.arrived  # people who came in without a flush
            except BaseException as error:
                hand.take_back()
                self._know_nothing(session)
                self._version = None
                if isinstance(error, (Later, *STORE_ERRORS)) or not isinstance(error, Exception):
                    self.lay_down()  # also where a turn of the loop was ended in the middle of a question
                raise
        failpoint.reach("commit.after")

    def others(self) -> int | None:
        """Differs from an earlier answer when somebody else than this pen has written since; None: unknown."""
        with self._lock:
            try:
                with patience:
                    return self._hand.version() if self._hand else None
            except BaseException:
                self.lay_down()
                raise

    def people(self) -> tuple[int, int] | None:
        """Differs from an earlier answer when a seat, a device or who is where may have changed since; None: unknown."""
        others = self.others()
        return None if others is None else (self.turns, others)

    def lay_down(self) -> None:
        """Forget everything and give the connection back."""
        with self._lock:
            hand, self._hand = self._hand, None
            if hand is not None:
                hand.close(broken=True)

    def _take_up(self) -> Any:
        hand = self._hand = self.store.connection()
        self._version = None
        self._begin_to_know(hand.session)
        return hand

    @staticmethod
    def _memory(session: Session) -> Memory:
        memory = kept_of(session).memory
        assert memory  # whoever began to know gave it one
        return memory

    def _begin_to_know(self, session: Session) -> None:
        self._know_nothing(session)
        event.listen(session, "after_flush", self._flushed)

    def _know_nothing(self, session: Session) -> None:
        kept = kept_of(session)
        kept.memory = memory = self._hand.memory() if self._hand and session is self._hand.session else Memory()
        kept.recalled = memory.recalled

    def _flushed(self, session: Session, _context: object) -> None:
        memory = kept_of(session).memory
        assert memory  # _begin_to_know gave it one
        memory.flushes += 1
        memory.recalled.clear()
        written = [row for rows in (session.new, session.dirty, session.deleted) for row in rows]
        for row in written:
            memory.wrote(row)
        if any(isinstance(row, PEOPLE) for row in written):
            memory.forget_people()
            self.turns += 1
