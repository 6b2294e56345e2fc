"""How many rows a statement has changed."""
from typing import Any, cast

from sqlalchemy import CursorResult, UpdateBase

from workshop.store.transaction import Session


def rows_changed(session: Session, statement: UpdateBase) -> int:
    """Carry out an update or a delete; returns the number of rows that it met."""
    return cast(CursorResult[*tuple[Any, ...]], session.execute(statement)).rowcount
