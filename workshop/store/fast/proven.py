"""Remembers rows where others write too: on PostgreSQL nothing that was read before is used until it is proven unchanged.

PostgreSQL says of each row which transaction wrote it (`xmin`): a row that anybody has changed since, from wherever, has
another one. What is remembered carries the versions at which it was read. A command asks for the versions of all that it
depends on in one question, after it has taken its locks, and what has another version by then is read again. What has not
been proven in this transaction the session does not know at all: a query cannot bring it back.

A version is always asked before the row is read, so at worst something newer is kept under an older version, and read again.
"""
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm.attributes import instance_state

from workshop.store.fast import fast_insert
from workshop.store.fast.statement import Driver, Statement
from workshop.store.identity import Who, hashed, identify
from workshop.store.models import Activity, Room, Stream, Workshop
from workshop.store.transaction import Identify, Memory, Session

# Of a device: its own version and those of its seats with the rooms they have been in, of its account with the roles.
PERSON = """
SELECT concat_ws('|', d.xmin,
  (SELECT string_agg(concat_ws(' ', s.id, ds.xmin, s.xmin,
     (SELECT string_agg(r.id || r.xmin::text, ' ' ORDER BY r.id) FROM room_seat r WHERE r.seat_id = s.id)),
     ',' ORDER BY s.id)
   FROM device_seat ds JOIN seat s ON s.id = ds.seat_id WHERE ds.device_id = d.id),
  (SELECT string_agg(concat_ws(' ', a.xmin, m.id, m.xmin), ',' ORDER BY m.id)
   FROM account a LEFT JOIN membership m ON m.account_id = a.id WHERE a.id = d.account_id))"""
PERSONS = f"{PERSON}, d.secret_hash, NULL, 'person' FROM device d WHERE d.secret_hash = ANY"
VERSIONS = "SELECT xmin::text, id, NULL, '{table}' FROM {table} WHERE id = ANY"
STREAMS = "SELECT epoch, id, seq::text, 'stream' FROM stream WHERE id = ANY"
OUTBOXES = """
SELECT a.device_id, c.client, a.n::text, 'outbox' FROM unnest($6) AS c (client) CROSS JOIN LATERAL
  (SELECT n, device_id FROM answer WHERE answer.client = c.client ORDER BY n DESC LIMIT 1) AS a"""
MINE = "SELECT pg_current_xact_id()::xid::text, NULL, NULL, 'mine'"
TABLES = {table.__tablename__: table for table in (Workshop, Room, Activity)}
ALL = Statement(" UNION ALL ".join((
    f"{STREAMS} ($1)", *(f"{VERSIONS.format(table=name)} (${i})" for i, name in enumerate(TABLES, 2)), f"{PERSONS} ($5)",
    OUTBOXES, MINE)), ("text[]",) * 6)
ONE_STREAM = Statement("SELECT epoch, seq FROM stream WHERE id = $1", ("text",))
ONE_PERSON = Statement(f"{PERSON} FROM device d WHERE d.secret_hash = $1", ("text",))


@dataclass
class ProvenMemory(Memory):
    """Remembers rows with their versions; `people`, `rows` and `outboxes` are what this transaction has proven."""

    driver: Driver = field(kw_only=True)
    kept_people: dict[str, tuple[Who, str]] = field(default_factory=dict)
    kept_rows: dict[tuple[type, str], tuple[Any, str]] = field(default_factory=dict)
    versions: dict[tuple[type, str], str] = field(default_factory=dict)  # of rows and cookies, as asked in this transaction
    held: set[tuple[type, str]] = field(default_factory=set)  # rows that this transaction has locked
    written: set[tuple[type, str]] = field(default_factory=set)
    mine: str | None = None  # the version of what this transaction writes

    def begin(self) -> None:
        known: tuple[Any, ...] = (
            self.people, self.rows, self.outboxes, self.recalled, self.versions, self.held, self.written)
        for one in known:
            one.clear()
        self.mine = None

    def prove(self, session: Session, rows: Iterable[tuple[type, str]], secrets: Iterable[str | None],
              clients: Iterable[str]) -> None:
        of: dict[type, list[str]] = {}
        for table, key in rows:
            of.setdefault(table, []).append(key)
        streams = of.get(Workshop, []) + of.get(Room, [])
        by_hash = {hashed(secret): secret for secret in secrets if secret}
        for client in clients:
            self.outboxes[client] = (0, None)
        for one, key, other, what in self.driver.ask(ALL, (
                streams, *(of.get(table, []) for table in TABLES.values()), list(by_hash), list(clients))):
            if what == "stream":
                self.rows[Stream, key] = fast_insert.born(Stream, id=key, epoch=one, seq=int(other))
            elif what == "outbox":
                self.outboxes[key] = (int(other), one)
            elif what == "person":
                self.versions[Who, by_hash[key]] = one
            elif what == "mine":
                self.mine = one
            else:
                self.versions[TABLES[what], key] = one

    def end(self, session: Session) -> None:
        for key, row in self.rows.items():
            version = self.versions.get(key)
            if key in self.written:  # the transaction that held it all the time knows what is in it now
                version = self.mine if key in self.held else None
            if version is None:
                self.kept_rows.pop(key, None)
            else:
                self._keep(self.kept_rows, key, (row, version))
        for key in self.written - self.rows.keys():
            self.kept_rows.pop(key, None)
        session.expunge_all()

    def who(self, session: Session, secret: str | None, _identify: Identify) -> Who | None:
        if secret not in self.people:
            self._keep(self.people, secret, self._who(session, secret))
        return self.people[secret]

    def _who(self, session: Session, secret: str | None) -> Who | None:
        if secret and (version := self._version(session, (Who, secret), ONE_PERSON, hashed(secret))):
            kept, known = self.kept_people.get(secret, (None, None))
            if kept and known == version and all(
                    _join(session, row) for row in (kept.device, *kept.seats.values(), *kept.memberships)):
                return kept
            if (who := identify(session, secret)) and not who.former:
                self._keep(self.kept_people, secret, (who, version))
            return who
        return identify(session, secret)

    def row(self, session: Session, table: type[Any], key: str) -> Any:
        known = (table, key)
        if (row := self.rows.get(known)) is not None:
            return row
        if table is Stream:
            row = next((fast_insert.born(Stream, id=key, epoch=epoch, seq=seq)
                        for epoch, seq in self.driver.ask(ONE_STREAM, (key,))), None)
        else:
            version = self._version(session, known, _one(table.__tablename__), key)
            row, at = self.kept_rows.get(known, (None, None))
            if version is None or at != version or not _join(session, row):
                row = session.get(table, key)
        if row is not None:
            self._keep(self.rows, known, row)
        return row

    def _version(self, session: Session, known: tuple[type, str], question: Statement, key: str) -> str | None:
        if known not in self.versions and (found := self.driver.ask(question, (key,))):
            self.versions[known] = found[0][0]
        return self.versions.get(known)

    def hold(self, table: type, keys: Iterable[str]) -> None:
        self.held.update((table, key) for key in keys)

    def wrote(self, row: Any) -> None:
        self.written.add((type(row), row.__dict__.get("id", "")))

    def forget(self) -> None:
        super().forget()
        known: tuple[Any, ...] = (self.kept_people, self.kept_rows, self.versions, self.held)
        for one in known:
            one.clear()

    def forget_rooms(self, seats: set[str]) -> None:
        self.forget_people()

    def forget_people(self, device: str | None = None) -> None:
        super().forget_people(device)
        for known in [key for key in self.versions if key[0] is Who]:  # they are to be asked for again
            del self.versions[known]


def _one(table: str) -> Statement:
    return Statement(f"SELECT xmin::text FROM {table} WHERE id = $1", ("text",))  # noqa: S608  (a table of ours)


def _join(session: Session, row: Any) -> bool:
    """Attaches a proven row to the session; False where it has read it already."""
    key: Any = instance_state(row).key
    there: object = session.identity_map.get(key)
    if there is None:
        session.add(row)
    return there is None or there is row
