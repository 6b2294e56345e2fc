"""Counts the rows that a statement has changed."""
from typing import Any, cast

from sqlalchemy import CursorResult, UpdateBase

from workshop.store.transaction import Session


def rows_changed(session: Session, statement: UpdateBase) -> int:
    """Carries out an update or a delete; returns the number of rows that it matched."""
    return cast(CursorResult[*tuple[Any, ...]], session.execute(statement)).rowcount
