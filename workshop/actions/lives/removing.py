"""Removes workshops that were deleted a week ago: every row of every table that leads to them, and every file."""
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Column, Table, delete, func, select, update

from workshop.actions.lives.belonging import SHARED, Ids, chunks, count_on, leading, lines_in, owned_by, target_of
from workshop.actions.programme import videos
from workshop.domain.errors import Refusal
from workshop.domain.shapes import Json
from workshop.media.folder import Folder
from workshop.store.models import Account, Answer, Attachment, Base, Cleared, Device, DeviceSeat, Membership, Workshop
from workshop.store.session import Store
from workshop.store.streams import numbering
from workshop.store.transaction import Session

KEPT = timedelta(days=7)


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
        owned = owned_by(session, workshop_id)
        cleared = session.get(Cleared, workshop_id)
        kept = cleared.rows if cleared else {}
        owned["stream"] |= lines_in(kept)
        _forget_answers(session, workshop, owned, kept)
        imported = _imported(session, owned)
        count_on(session, owned["stream"])
        session.expunge_all()
        for table in reversed(Base.metadata.sorted_tables):
            for column in (*leading(table, owned), *((table.c.id,) if table.name in ("workshop", "stream") else ())):
                target = table.name if column.name == "id" else target_of(column)
                for some in chunks(owned[target or ""]):
                    session.execute(delete(table).where(column.in_(some)))
        _drop_accounts(session, imported)
        session.memory.forget()


def _files(session: Session, workshop_id: str) -> list[tuple[str, str]]:
    """Lists (id, digest) of its photos, voice notes and videos, those of a trial run that was cleared too."""
    kept = session.get(Cleared, workshop_id)
    return [*videos.files_of(session, workshop_id),
            *((key, digest) for key, digest in session.execute(select(Attachment.id, Attachment.digest).where(
        Attachment.workshop_id == workshop_id))), *files_of(kept.rows if kept else {})]


def files_of(rows: Json) -> list[tuple[str, str]]:
    """Lists (id, digest) of the files in kept rows ({table: [row]})."""
    return [(row["id"], row["digest"]) for row in rows.get("attachment", ())]


def _forget_answers(session: Session, workshop: Workshop, owned: Ids, kept: Json) -> None:
    """Empties what the devices of the workshop were answered about what is in it, and in `kept` rows."""
    team = list(session.scalars(select(Membership.account_id).where(Membership.workshop_id == workshop.id)))
    devices = set(team) | set(session.scalars(select(Device.id).where(Device.account_id.in_(team))))
    for some in chunks(owned["seat"]):
        devices |= set(session.scalars(select(DeviceSeat.device_id).where(DeviceSeat.seat_id.in_(some))))
    forget_answers(session, workshop.created_at, set().union(*owned.values()) | ids_in(kept), devices | devices_in(kept))


def forget_answers(session: Session, since: datetime, ids: set[str], devices: set[str]) -> None:
    """Empties the answers that these devices were given since then, where they name one of the ids."""
    over = Refusal("workshop_deleted").answer()
    for some in chunks(devices):
        for client, n, answer in session.execute(select(Answer.client, Answer.n, Answer.answer).where(
                Answer.device_id.in_(some), Answer.at >= since)).all():
            if not ids.isdisjoint(_strings(answer)):
                session.execute(update(Answer).where(Answer.client == client, Answer.n == n).values(answer=over))


def ids_in(kept: Json) -> set[str]:
    """Lists the ids of kept rows ({table: [row]})."""
    return {row["id"] for name, rows in kept.items() if name != "history" for row in rows if "id" in row}


def devices_in(kept: Json) -> set[str]:
    """Lists the devices whose seats are among kept rows."""
    return {row["device_id"] for row in kept.get("device_seat", ())}


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
            for lead in (one for one in column.table.columns if target_of(one) == name):
                for some in chunks(owned[name]):
                    found |= set(session.scalars(select(column).where(lead.in_(some), column.is_not(None))))
    return {key for some in chunks(found) for key in session.scalars(select(Account.id).where(
        Account.id.in_(some), Account.email.like("%@imported.invalid"), Account.password_hash == ""))}


def _targets(table: Table) -> set[str]:
    return {target for column in table.columns if (target := target_of(column)) and target not in SHARED}


def _to_accounts() -> Iterable[Column[Any]]:
    return [column for table in Base.metadata.sorted_tables for column in table.columns
            if target_of(column) == "account" or (table.name, column.name) == ("history", "account_id")]


def _drop_accounts(session: Session, accounts: set[str]) -> None:
    """Removes those of the accounts to which nothing leads any more."""
    for key in accounts:
        if not any(session.scalar(select(func.count()).select_from(column.table).where(column == key))
                   for column in _to_accounts()):
            session.execute(delete(Account).where(Account.id == key))
