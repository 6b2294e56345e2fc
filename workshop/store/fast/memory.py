"""What the writer knows from one command to the next."""
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from workshop.store.identity import Who, identify

MOST = 20_000  # entries kept of each sort


@dataclass
class Memory:
    """What the writer knows from earlier commands: people by cookie, rows by (class, id), the last number of each outbox.

    It holds as long as nobody else has written, which whoever keeps it finds out in each transaction; where the store does
    not say so, each row is proven (store/fast/proven.py).
    """

    people: dict[str | None, Who | None] = field(default_factory=dict)
    rows: dict[tuple[type, str], Any] = field(default_factory=dict)
    outboxes: dict[str, tuple[int, str | None]] = field(default_factory=dict)  # client -> (n, device id)
    recalled: dict[Hashable, Any] = field(default_factory=dict)  # other answers (`recall`), until a flush
    places: dict[tuple[type, str], tuple[str, str]] = field(default_factory=dict)  # (class, id) -> (workshop, room)
    flushes: int = 0  # how often something was written

    def begin(self) -> None:
        """A transaction begins."""

    def prove(self, session: Session, rows: Iterable[tuple[type, str]], secrets: Iterable[str | None],
              clients: Iterable[str]) -> None:
        """A transaction, which holds its locks, is about to ask for these rows [(class, id)], cookies and outboxes."""

    def end(self, session: Session) -> None:
        """The transaction is on disk."""

    def who(self, session: Session, secret: str | None) -> Who | None:
        """Who holds the cookie."""
        if secret not in self.people:
            self._keep(self.people, secret, identify(session, secret))
        return self.people[secret]

    def row(self, session: Session, table: type[Any], key: str) -> Any:
        """The row of this id, or None."""
        row = self.rows.get((table, key))
        if row is None and (row := session.get(table, key)) is not None:
            self._keep(self.rows, (table, key), row)
        return row

    def heard(self, client: str, n: int, device: str) -> None:
        """The outbox has come as far as `n`."""
        self._keep(self.outboxes, client, (n, device))

    def hold(self, table: type, keys: Iterable[str]) -> None:
        """The transaction has locked these rows: nobody else changes them until its end."""

    def wrote(self, row: Any) -> None:
        """The transaction has changed the row."""

    def forget(self) -> None:
        """What was read in a part of the transaction that was taken back."""
        self.people.clear()
        self.rows.clear()
        self.recalled.clear()

    def forget_people(self, device: str | None = None) -> None:
        """Who holds which cookie has changed: of this device, or of any."""
        for secret in [key for key, who in self.people.items() if device is None or not who or who.device.id == device]:
            del self.people[secret]

    @staticmethod
    def _keep(where: dict[Any, Any], key: object, value: object) -> None:
        if len(where) >= MOST:
            where.clear()
        where[key] = value
