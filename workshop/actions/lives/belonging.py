"""Finds what belongs to a workshop, as the tables themselves say it, so that one that comes later is not forgotten.

A column that refers to a row of the workshop's makes its row the workshop's too. Where a reference is not declared, LEADS
says it.
"""
from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import Column, Table, func, select, update

from workshop.domain.ids import new_id
from workshop.domain.shapes import Json
from workshop.store.models import Base, Stream
from workshop.store.streams.epochs import REMOVED
from workshop.store.transaction import Session

AT_ONCE = 500  # ids of a question
# Columns that lead to a row without being declared to: {(table, column): table}.
LEADS = {("device_seat", "seat_id"): "seat", ("seat", "joined_id"): "seat", ("draw", "block_id"): "block",
         ("barred_device", "workshop_id"): "workshop",
         ("history", "stream_id"): "stream", ("history", "seat_id"): "seat", ("history", "target_id"): "contribution",
         ("link", "source_id"): "contribution", ("link", "target_id"): "contribution",
         ("room", "inbox"): "stream",
         ("room_seat", "alone"): "stream", ("room_seat", "pair"): "stream", ("room_seat", "four"): "stream"}
SHARED = {"account"}  # what these rows belong to is nobody's workshop
Ids = dict[str, set[str]]


def target_of(column: Column[Any]) -> str | None:
    """Returns the table to whose rows the column leads."""
    declared = next((key.column.table.name for key in column.foreign_keys), None)
    return declared or LEADS.get((column.table.name, column.name))


def leading(table: Table, owned: Ids) -> list[Column[Any]]:
    """Lists the columns of a table that lead to rows of the workshop's."""
    return [column for column in table.columns if (target := target_of(column)) and target not in SHARED and target in owned]


def owned_by(session: Session, workshop_id: str) -> Ids:
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
                    if target_of(column) == "stream" or (column.name == "id" and table.name != "history")}
            for column in leading(table, fresh) if told else ():
                for some in chunks(fresh[target_of(column) or ""]):
                    for row in session.execute(select(*(table.c[name] for name in told)).where(column.in_(some))):
                        for key, of in zip(row, told.values(), strict=True):
                            found[of] |= {key} - {None}
        fresh = {name: ids - owned[name] for name, ids in found.items() if ids - owned[name]}
    return owned


def lines_in(rows: Json) -> set[str]:
    """Lists the streams that kept rows ({table: [row]}) name."""
    return {row[column.name] for name, held in rows.items() for column in Base.metadata.tables[name].columns
            if target_of(column) == "stream" for row in held if row[column.name]}


def chunks(ids: Collection[str]) -> Iterator[list[str]]:
    """Iterates over the ids in pieces that a question can hold."""
    every = sorted(ids)
    return (every[i:i + AT_ONCE] for i in range(0, len(every), AT_ONCE))


def count_on(session: Session, streams: set[str]) -> None:
    """Keeps the sum of all numbers, by which a restored store is known (store/streams/epochs.py)."""
    total = sum(session.scalar(select(func.coalesce(func.sum(Stream.seq), 0)).where(Stream.id.in_(some))) or 0
                for some in chunks(streams))
    if session.get(Stream, REMOVED) is None:
        session.add(Stream(id=REMOVED, epoch=new_id(), seq=0))
        session.flush()
    session.execute(update(Stream).where(Stream.id == REMOVED).values(seq=Stream.seq + total))
