"""Removes workshops that were deleted a week ago: every row of every table that leads to them, and every file.

What leads to what is read from the tables themselves, so that one that comes later is not forgotten: a column that refers to
a row of the workshop's makes its row the workshop's too. Where a reference is not declared, LEADS says it.
"""
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Column, Table, delete, func, select, update

from workshop.domain.errors import Refusal
from workshop.domain.ids import new_id
from workshop.domain.shapes import Json
from workshop.media.folder import Folder
from workshop.store.models import (
    Account,
    Answer,
    Attachment,
    Base,
    Cleared,
    Device,
    DeviceSeat,
    Membership,
    Stream,
    Workshop,
)
from workshop.store.session import Store
from workshop.store.streams import numbering
from workshop.store.streams.epochs import REMOVED
from workshop.store.transaction import Session

KEPT = timedelta(days=7)
AT_ONCE = 500  # ids of a question
# Columns that lead to a row without being declared to: {(table, column): table}.
LEADS = {("device_seat", "seat_id"): "seat", ("barred_device", "workshop_id"): "workshop",
         ("history", "stream_id"): "stream", ("history", "seat_id"): "seat", ("history", "target_id"): "contribution",
         ("link", "source_id"): "contribution", ("link", "target_id"): "contribution",
         ("room", "inbox"): "stream",
         ("room_seat", "alone"): "stream", ("room_seat", "pair"): "stream", ("room_seat", "four"): "stream"}
SHARED = {"account"}  # what these rows belong to is nobody's workshop
Ids = dict[str, set[str]]


def sweep(store: Store, now: datetime, media: Folder, breathe: Callable[[], object] = lambda: None) -> int:
    """Removes the workshops whose week is over; returns how many. `breathe` is called between two. Raises RetryLater."""
    with store.read() as session:
        due = list(session.scalars(select(Workshop.id).where(Workshop.deleted_at <= now - KEPT)))
    for key in due:
        remove(store, media, key)
        breathe()
    return len(due)


def remove(store: Store, media: Folder, workshop_id: str) -> None:
    """Removes a workshop that was deleted, whole: its files first, so that none is left that no row names."""
    with store.write() as session:
        numbering.lock(session, {workshop_id})
        workshop = session.get(Workshop, workshop_id)
        if workshop is None or workshop.deleted_at is None:
            return  # another process was faster; or it was brought back
        for key, digest in _files(session, workshop_id):
            media.drop(key, digest)
        owned = _owned(session, workshop_id)
        _forget_answers(session, workshop, owned)
        imported = _imported(session, owned)
        _count_on(session, owned["stream"])
        session.expunge_all()
        for table in reversed(Base.metadata.sorted_tables):
            for column in (*_leading(table, owned), *((table.c.id,) if table.name in ("workshop", "stream") else ())):
                target = table.name if column.name == "id" else _target(column)
                for some in _chunks(owned[target or ""]):
                    session.execute(delete(table).where(column.in_(some)))
        _drop_accounts(session, imported)
        session.memory.forget()


def _target(column: Column[Any]) -> str | None:
    """Returns the table to whose rows the column leads."""
    declared = next((key.column.table.name for key in column.foreign_keys), None)
    return declared or LEADS.get((column.table.name, column.name))


def _leading(table: Table, owned: Ids) -> list[Column[Any]]:
    """Lists the columns of a table that lead to rows of the workshop's."""
    return [column for column in table.columns if (target := _target(column)) and target not in SHARED and target in owned]


def _owned(session: Session, workshop_id: str) -> Ids:
    """Finds {table: ids} of all that leads to the workshop, and of the streams that its rows name."""
    owned: Ids = defaultdict(set)
    fresh: Ids = {"workshop": {workshop_id}, "stream": {workshop_id}}
    while fresh:
        for name, ids in fresh.items():
            owned[name] |= ids
        found: Ids = defaultdict(set)
        for table in Base.metadata.sorted_tables:
            # The streams that its rows name are the workshop's, former circles too, of which only the history still knows.
            told = {column.name: table.name if column.name == "id" else "stream" for column in table.columns
                    if _target(column) == "stream" or (column.name == "id" and table.name != "history")}
            for column in _leading(table, fresh) if told else ():
                for some in _chunks(fresh[_target(column) or ""]):
                    for row in session.execute(select(*(table.c[name] for name in told)).where(column.in_(some))):
                        for key, of in zip(row, told.values(), strict=True):
                            found[of] |= {key} - {None}
        fresh = {name: ids - owned[name] for name, ids in found.items() if ids - owned[name]}
    return owned


def _chunks(ids: Collection[str]) -> Iterator[list[str]]:
    every = sorted(ids)
    return (every[i:i + AT_ONCE] for i in range(0, len(every), AT_ONCE))


def _files(session: Session, workshop_id: str) -> list[tuple[str, str]]:
    """Lists (id, digest) of its photos and voice notes, those of a trial run that was cleared too."""
    kept = session.get(Cleared, workshop_id)
    return [*((key, digest) for key, digest in session.execute(select(Attachment.id, Attachment.digest).where(
        Attachment.workshop_id == workshop_id))), *files_of(kept.rows if kept else {})]


def files_of(rows: Json) -> list[tuple[str, str]]:
    """Lists (id, digest) of the files in kept rows ({table: [row]})."""
    return [(row["id"], row["digest"]) for row in rows.get("attachment", ())]


def _forget_answers(session: Session, workshop: Workshop, owned: Ids) -> None:
    """Empties the answers that were remembered for the devices of the workshop and tell of what is in it."""
    every = set().union(*owned.values())
    team = list(session.scalars(select(Membership.account_id).where(Membership.workshop_id == workshop.id)))
    devices = set(team) | set(session.scalars(select(Device.id).where(Device.account_id.in_(team))))
    for some in _chunks(owned["seat"]):
        devices |= set(session.scalars(select(DeviceSeat.device_id).where(DeviceSeat.seat_id.in_(some))))
    over = Refusal("workshop_deleted").answer()
    for some in _chunks(devices):
        for client, n, answer in session.execute(select(Answer.client, Answer.n, Answer.answer).where(
                Answer.device_id.in_(some), Answer.at >= workshop.created_at)).all():
            if not every.isdisjoint(_strings(answer)):
                session.execute(update(Answer).where(Answer.client == client, Answer.n == n).values(answer=over))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, one in value.items():
            yield key
            yield from _strings(one)
    elif isinstance(value, list):
        for one in value:
            yield from _strings(one)


def _imported(session: Session, owned: Ids) -> set[str]:
    """Finds the accounts that only a file has brought here, of people who wrote in the workshop."""
    found: set[str] = set()
    for column in _to_accounts():
        for name in _targets(column.table):
            for lead in (one for one in column.table.columns if _target(one) == name):
                for some in _chunks(owned[name]):
                    found |= set(session.scalars(select(column).where(lead.in_(some), column.is_not(None))))
    return {key for some in _chunks(found) for key in session.scalars(select(Account.id).where(
        Account.id.in_(some), Account.email.like("%@imported.invalid"), Account.password_hash == ""))}


def _targets(table: Table) -> set[str]:
    return {target for column in table.columns if (target := _target(column)) and target not in SHARED}


def _to_accounts() -> Iterable[Column[Any]]:
    return [column for table in Base.metadata.sorted_tables for column in table.columns
            if _target(column) == "account" or (table.name, column.name) == ("history", "account_id")]


def _drop_accounts(session: Session, accounts: set[str]) -> None:
    """Removes those of the accounts to which nothing leads any more."""
    for key in accounts:
        if not any(session.scalar(select(func.count()).select_from(column.table).where(column == key))
                   for column in _to_accounts()):
            session.execute(delete(Account).where(Account.id == key))


def _count_on(session: Session, streams: set[str]) -> None:
    """Keeps the sum of all numbers, by which a restored store is known (store/streams/epochs.py)."""
    total = sum(session.scalar(select(func.coalesce(func.sum(Stream.seq), 0)).where(Stream.id.in_(some))) or 0
                for some in _chunks(streams))
    if session.get(Stream, REMOVED) is None:
        session.add(Stream(id=REMOVED, epoch=new_id(), seq=0))
        session.flush()
    session.execute(update(Stream).where(Stream.id == REMOVED).values(seq=Stream.seq + total))
