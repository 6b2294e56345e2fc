"""Defines the declarative base and the columns that many tables share."""
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, DateTime, Dialect, ForeignKey, Index, MetaData, String, TypeDecorator, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.orm.attributes import instance_state

from workshop.domain.ids import new_id
from workshop.domain.shapes import Json


class Moment(TypeDecorator[datetime]):
    """Stores a UTC instant; SQLite forgets the zone, so it is put back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value if value is None or value.tzinfo else value.replace(tzinfo=UTC)


class Base(DeclarativeBase):
    """Is the base of all tables; names of constraints are fixed so that migrations can name them."""

    metadata = MetaData(naming_convention={
        "ix": "ix_%(column_0_N_label)s", "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s", "pk": "pk_%(table_name)s"})
    type_annotation_map = {dict: JSON, list: JSON, Json: JSON, list[str]: JSON, list[Json]: JSON, datetime: Moment}


def key() -> Mapped[str]:
    """Makes a primary key of 16 random characters (up to 40 where a device made it)."""
    return mapped_column(String(40), primary_key=True, default=new_id)


def to(table: str, **options: Any) -> Mapped[Any]:
    """Makes a reference to `table.id`."""
    return mapped_column(String(40), ForeignKey(f"{table}.id"), **options)


def where_said(table: str, *columns: str) -> tuple[Index, ...]:
    """Makes a partial index of each of these columns, over the rows where it is not null. Most cards stand alone; each index
    that has to be updated is a page more that every idea writes."""
    return tuple(Index(f"ix_{table}_{name}", name, sqlite_where=said, postgresql_where=said)
                 for name in columns for said in (text(f"{name} IS NOT NULL"),))


def columns(row: Any) -> Json:
    """Returns the row's columns by name, as it holds them; what was never set is missing. Reading twenty one by one is
    twenty calls of SQLAlchemy's."""
    if instance_state(row).expired_attributes:
        _ = row.id  # one brings them all
    held: Json = row.__dict__
    return held


# For tables that are nothing but their key: the row is kept in the index of its key, instead of beside it.
ONE_TREE = {"sqlite_with_rowid": False}


class Numbered:
    """Marks a row that screens keep: it belongs to a stream and carries the number of its last change there."""

    seq: Mapped[int] = mapped_column(default=0)
