"""The writer's session: what it has read it still knows at the next command, as long as nobody else has written.

Asking SQLite again for the device, its seats, the room and the workshop is nine tenths of the work of a command.  SQLite
tells a connection whether another one has written (`PRAGMA data_version`), so the writer keeps one connection and one
session, asks that question inside each transaction, and forgets everything as soon as the answer is new.  What it writes
itself passes through the same rows.  PostgreSQL has no such question: there every transaction begins with nothing known.
"""
import threading
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import event
from sqlalchemy.orm import Session

from workshop import failpoint
from workshop.domain.errors import Later
from workshop.store.changes import Changes
from workshop.store.fast import fast_insert
from workshop.store.fast.memo import kept_of
from workshop.store.fast.sqlite_raw import RawConnection
from workshop.store.identity import Who, identify
from workshop.store.models import Account, Device, DeviceSeat, Membership, ProgramToken, RoomSeat, Seat, Workshop
from workshop.store.retry import STORE_ERRORS, patience

if TYPE_CHECKING:
    from workshop.store.session import Store

T = TypeVar("T")
K = TypeVar("K")
V = TypeVar("V")

PEOPLE = (Account, Device, DeviceSeat, Membership, ProgramToken, RoomSeat, Seat, Workshop)
MOST = 20_000  # entries kept of each sort


@dataclass
class Memory:
    """What is known from earlier commands: people by cookie, rows by (class, id), the last number of each outbox."""

    people: dict[str | None, Who | None] = field(default_factory=dict)
    rows: dict[tuple[type[Any], str], Any] = field(default_factory=dict)
    outboxes: dict[str, tuple[int, str]] = field(default_factory=dict)  # client -> (n, device id)
    recalled: dict[Hashable, Any] = field(default_factory=dict)  # other answers (store/fast/memo.py), until a flush
    flushes: int = 0  # how often something was written

    def who(self, session: Session, secret: str | None) -> Who | None:
        """Who holds the cookie."""
        if secret not in self.people:
            self._keep(self.people, secret, identify(session, secret))
        return self.people[secret]

    def row(self, session: Session, table: type[T], key: str) -> T | None:
        """The row of this id, or None."""
        row: T | None = self.rows.get((table, key))
        if row is None and (row := session.get(table, key)) is not None:
            self._keep(self.rows, (table, key), row)
        return row

    def heard(self, client: str, n: int, device: str) -> None:
        """The outbox has come as far as `n`."""
        self._keep(self.outboxes, client, (n, device))

    def forget(self) -> None:
        """What was read in a part of the transaction that was taken back."""
        self.people.clear()
        self.rows.clear()
        self.recalled.clear()

    @staticmethod
    def _keep(where: dict[K, V], key: K, value: V) -> None:
        if len(where) >= MOST:
            where.clear()
        where[key] = value


class WriterSession:
    """`with pen.hold() as session`: one transaction of the writer; `kept_of(session).memory` is what it knows.

    Nothing may yield inside (it would freeze every room).  Raises what the store raises; then everything is forgotten.
    """

    def __init__(self, store: "Store") -> None:
        self.store = store
        self.turns = 0  # how often somebody's seat, device or room may have changed here
        self._lock = threading.RLock()
        self._hand: RawConnection | None = None
        self._version: int | None = None

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
                hand = self._hand or self._take_up()
            session = hand.session
            changes = session.info["changes"] = Changes()
            try:
                with patience:
                    hand.driver.execute("BEGIN IMMEDIATE")  # from here on nobody else writes
                    if (version := hand.version()) != self._version:
                        session.expunge_all()
                        self._know_nothing(session)
                        self._version = version
                    failpoint.reach("begin.after")
                    yield session
                    failpoint.reach("commit.before")
                    session.flush()
                    fast_insert.settle(session)
                    hand.driver.execute("COMMIT")
                    self.turns += changes.arrived  # people who came in without a flush
            except BaseException as error:
                hand.take_back()
                self._know_nothing(session)
                self._version = None
                if isinstance(error, (Later, *STORE_ERRORS)):
                    self.lay_down()
                raise
        failpoint.reach("commit.after")

    def others(self) -> int | None:
        """Differs from an earlier answer when somebody else than this pen has written since; None: unknown."""
        with self._lock:
            return self._hand.version() if self._hand else None

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

    def _take_up(self) -> RawConnection:
        hand = self._hand = RawConnection(self.store.engine)
        self._version = None
        self._begin_to_know(hand.session)
        return hand

    def _begin_to_know(self, session: Session) -> None:
        self._know_nothing(session)
        event.listen(session, "after_flush", self._flushed)

    @staticmethod
    def _know_nothing(session: Session) -> None:
        kept = kept_of(session)
        kept.memory = memory = Memory()
        kept.recalled = memory.recalled

    def _flushed(self, session: Session, _context: object) -> None:
        memory = kept_of(session).memory
        assert memory  # _begin_to_know gave it one
        memory.flushes += 1
        memory.recalled.clear()
        if any(isinstance(row, PEOPLE) for rows in (session.new, session.dirty, session.deleted) for row in rows):
            memory.people.clear()
            self.turns += 1
