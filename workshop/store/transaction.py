"""Carries a transaction: its session, the memory from before it, the changes it makes, and the database's "not now"."""
import logging
import sqlite3
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, Self, TypeVar

from sqlalchemy import Connection, Engine, event, orm
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolIsEmpty

from workshop.domain.errors import RetryLater
from workshop.domain.shapes import Json
from workshop.store.fast.statement import Driver, SqliteDriver
from workshop.store.models import Account, Device, DeviceSeat, Membership, ProgramToken, RoomSeat, Seat, Wall, Workshop

if TYPE_CHECKING:
    from workshop.store.identity import Who

log = logging.getLogger(__name__)
T = TypeVar("T")
MOST = 20_000  # entries that a memory keeps of each sort
MOST_ANSWERS = 2000
PEOPLE = (Account, Device, DeviceSeat, Membership, ProgramToken, RoomSeat, Seat, Wall, Workshop)
STORE_ERRORS = (DBAPIError, sqlite3.Error)  # the writer speaks to SQLite's driver itself (store/fast/fast_insert.py)
SQLITE_NOT_NOW = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_READONLY,
                  sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PROTOCOL}
# SQLSTATE classes: connection, rollback (deadlock), resources (disk), locks, operator (restart), system error.
POSTGRES_NOT_NOW = {"08", "40", "53", "55", "57", "58"}
READ_ONLY = "25006"  # a standby, while another server takes over


@dataclass
class StreamChange:
    """Holds what one transaction did to a stream: the rows that it numbered from `was` to `now`."""

    epoch: str
    was: int
    now: int
    rows: dict[str, Any] = field(default_factory=dict)  # id -> row


@dataclass
class Changes:
    """Collects the changes of a transaction: to be sent after the commit (first half), and still to be written before it."""

    streams: dict[str, StreamChange] = field(default_factory=dict)
    ballots: list[tuple[str, Json]] = field(default_factory=list)  # (seat id, their own ballot)
    seats_out: set[str] = field(default_factory=set)  # seats that have left their room or workshop
    cards: list[tuple[str, str, str | None]] = field(default_factory=list)  # (seat id, new card id, socket that knows it)
    authors: dict[str, Json] = field(default_factory=dict)  # seat id -> what a card may say of it, as far as known
    circles: set[str] = field(default_factory=set)  # rooms where it has changed who shares a circle with whom
    company: set[str] = field(default_factory=set)  # rooms where somebody has joined or left a circle
    waiting: list[tuple[str, str, Json]] = field(default_factory=list)  # (seat id, room's stream, card in its inbox)
    secret_over: set[str] = field(default_factory=set)  # secret votes that it has ended (store/secrecy/ballots.py)
    alike: set[str] = field(default_factory=set)  # votes in which people may answer alike who did not before
    count_in: float | None = None  # seconds until ballots that wait are to be counted

    history: list[Json] = field(default_factory=list)  # rows of History
    answers: list[Json] = field(default_factory=list)  # rows of Answer
    uncounted: set[str] = field(default_factory=set)  # votes (activity ids) that have new ballots
    numbers: dict[tuple[Any, str], int] = field(default_factory=dict)  # (row, column) -> the number that it has gone up to
    locked: set[str] = field(default_factory=set)  # workshops that this transaction has for itself
    rooms: dict[str, str] = field(default_factory=dict)  # rooms that it has locked, of workshops that it shares -> those
    arrived: bool = False  # whether people came in, or a device changed its secret
    careful: bool = False  # whether each command has a savepoint, because something went wrong in the first try
    contexts: list[object] = field(default_factory=list)  # commands under way: held, or the session forgets their rows

    def forget(self) -> None:
        """Drops what was noted beside the tables since a savepoint that was rolled back."""
        fresh = Changes()
        for name in ("streams", "ballots", "seats_out", "cards", "authors", "circles", "company", "waiting", "history",
                     "uncounted", "numbers", "secret_over", "alike"):
            setattr(self, name, getattr(fresh, name))


@dataclass
class Memory:
    """Remembers what earlier transactions read: people by cookie, rows by (class, id), the last number of each outbox.

    The writer's outlives its transactions. It holds as long as nobody else has written, which its keeper finds out in each
    transaction; where the store does not say so, each row is proven (store/fast/proven.py).
    """

    people: dict[str | None, "Who | None"] = field(default_factory=dict)
    rows: dict[tuple[type, str], Any] = field(default_factory=dict)
    outboxes: dict[str, tuple[int, str | None]] = field(default_factory=dict)  # client -> (n, device id)
    recalled: dict[Hashable, Any] = field(default_factory=dict)  # other answers (`recall`), until a flush
    places: dict[tuple[type, str], tuple[str, str]] = field(default_factory=dict)  # (class, id) -> (workshop, room)
    flushes: int = 0  # how often something was written

    def begin(self) -> None:
        """Begins a transaction."""

    def prove(self, session: "Session", rows: Iterable[tuple[type, str]], secrets: Iterable[str | None],
              clients: Iterable[str]) -> None:
        """Announces the rows [(class, id)], cookies and outboxes that a transaction, which holds its locks, is about to ask
        for."""

    def end(self, session: "Session") -> None:
        """Ends a transaction that is on disk."""

    def who(self, session: "Session", secret: str | None, identify: "Identify") -> "Who | None":
        """Returns the holder of the cookie; `identify` asks the store."""
        if secret not in self.people:
            self._keep(self.people, secret, identify(session, secret))
        return self.people[secret]

    def row(self, session: "Session", table: type[Any], key: str) -> Any:
        """Returns the row of this id, or None."""
        row = self.rows.get((table, key))
        if row is None and (row := session.get(table, key)) is not None:
            self._keep(self.rows, (table, key), row)
        return row

    def heard(self, client: str, n: int, device: str) -> None:
        """Notes that the outbox has come as far as `n`."""
        self._keep(self.outboxes, client, (n, device))

    def hold(self, table: type, keys: Iterable[str]) -> None:
        """Notes that the transaction has locked these rows: nobody else changes them until its end."""

    def wrote(self, row: Any) -> None:
        """Notes that the transaction has changed the row."""

    def forget(self) -> None:
        """Forgets what was read in a part of the transaction that was rolled back."""
        self.people.clear()
        self.rows.clear()
        self.recalled.clear()

    def forget_people(self, device: str | None = None) -> None:
        """Forgets who holds which cookie: of this device, or of any."""
        for secret in [key for key, who in self.people.items() if device is None or not who or who.device.id == device]:
            del self.people[secret]

    def forget_rooms(self, seats: set[str]) -> None:
        """Forgets where these seats are; who holds them is as before."""
        for who in self.people.values():
            if who and not seats.isdisjoint(who.seats):
                who.rooms = None

    @staticmethod
    def _keep(where: dict[Any, Any], key: object, value: object) -> None:
        if len(where) >= MOST:
            where.clear()
        where[key] = value


class Session(orm.Session):
    """SQLAlchemy's session, with all that a transaction needs beside the rows.

    changes     what it has changed so far
    memory      what is known from earlier
    snapshots   boards that are kept (store/fast/snapshots.py); `in_steps`: a large one is read in steps
    driver      what store/fast speaks to instead of the layers between; None where the store is plain, or has none
    """

    def __init__(self, bind: Engine | Connection, driver: Driver | None = None) -> None:
        super().__init__(bind, expire_on_commit=False)
        self.is_sqlite = bind.dialect.name == "sqlite"
        self.changes = Changes()
        self.memory = Memory()
        self.snapshots: dict[Hashable, Any] = {}
        self.in_steps = False
        if driver is not None:
            self.driver = driver

    @cached_property
    def driver(self) -> Driver | None:
        """Returns the driver: of a session that was not given one, sqlite3's connection."""
        if not self.is_sqlite or self.get_bind().get_execution_options().get("plain"):
            return None
        return SqliteDriver(self.connection().connection.driver_connection)


Identify = Callable[[Session, str | None], "Who | None"]


@event.listens_for(Session, "after_flush")
def _flushed(session: Session, _context: object) -> None:
    memory = session.memory
    memory.flushes += 1
    memory.recalled.clear()
    written = [row for rows in (session.new, session.dirty, session.deleted) for row in rows]
    for row in written:
        memory.wrote(row)
    if people := [row for row in written if isinstance(row, PEOPLE)]:
        moved = {row.seat_id for row in people if isinstance(row, RoomSeat)}
        if all(isinstance(row, RoomSeat) for row in people):  # a hall changes its room at once
            memory.forget_rooms(moved)
        else:
            memory.forget_people()
        session.changes.arrived = True


def recall(session: Session, key: Hashable, make: Callable[[], T]) -> T:
    """Returns what `make()` answered last under this key, or answers now."""
    known = session.memory.recalled
    if key not in known:
        if len(known) >= MOST_ANSWERS:
            known.clear()
        known[key] = make()
    found: T = known[key]
    return found


class _Patience:
    """Turns the database's "not now" into RetryLater. It has no state: every command enters it twice, and one instance does
    for all."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> Literal[False]:
        if isinstance(error, PoolIsEmpty):
            raise RetryLater(2.0) from None
        if isinstance(error, STORE_ERRORS) and (first := next((one for one in _chain(error) if _not_now(one)), None)):
            log.warning("the store cannot answer now: %s", type(_cause(first)).__name__)
            raise RetryLater(_pause(first)) from error
        return False


# `with patience`: the database's "not now" (full disk, lock, deadlock, connection gone) becomes RetryLater; our own faults
# pass.
patience = _Patience()


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """Iterates over the error and its causes: when the disk is full SQLite ends the transaction by itself, and the last
    error seen is that the savepoint is gone."""
    while error is not None:
        if isinstance(error, STORE_ERRORS):
            yield error
        error = error.__context__


def _cause(error: BaseException) -> BaseException:
    """Returns the driver's own error."""
    return getattr(error, "orig", error)


def _not_now(error: BaseException) -> bool:
    if (code := getattr(_cause(error), "sqlite_errorcode", None)) is not None:
        return code & 0xFF in SQLITE_NOT_NOW
    state = getattr(_cause(error), "pgcode", None)
    if state is None:  # the server was not reached, or is gone
        return isinstance(error, OperationalError | InterfaceError)
    return state[:2] in POSTGRES_NOT_NOW or state == READ_ONLY


def _pause(error: BaseException) -> float:
    """Returns the seconds to wait: a lock or a deadlock is over soon, a disk or a server takes longer."""
    return 0.3 if getattr(_cause(error), "pgcode", None) in ("40P01", "40001", "55P03") else 2.0
