"""Finishes secret votes that are over: destroys their keys and empties the log of the database.

It runs after the commit that ended them; where the process dies before, the next start does it: the state is in the store.
"""
import logging
import sqlite3
from contextlib import closing, suppress
from typing import TYPE_CHECKING

from sqlalchemy import select, update

from workshop.store.models import Activity, Cleared
from workshop.store.secrecy.ballots import GONE, OVER

if TYPE_CHECKING:
    from workshop.store.session import Store

log = logging.getLogger(__name__)
PATIENCE = 0.05  # seconds for others who read; nothing goes on meanwhile


def finish(store: "Store") -> bool:
    """Finishes the secret votes that are over; False where something is left for the next time. Raises RetryLater."""
    with store.read() as session:
        votes = list(session.scalars(select(Activity.id).where(Activity.seal == OVER)))
    if not votes:
        return True
    try:
        for vote in votes:
            store.keys.destroy(vote)
    except OSError as error:
        log.error("the key of a secret vote could not be destroyed, it is tried again: %s", error.strerror)
        return False
    if store.is_sqlite and not _emptied(store):
        log.warning("somebody reads: the log of a secret vote could not be emptied, it is tried again")
        return False
    with store.write() as session:
        session.execute(update(Activity).where(Activity.id.in_(votes), Activity.seal == OVER).values(seal=GONE)
                        .execution_options(synchronize_session=False))
    return True


def sweep(store: "Store") -> int:
    """Destroys the keys of votes that are no more; returns how many. Raises RetryLater."""
    with store.read() as session:
        votes = set(session.scalars(select(Activity.id).where(Activity.seal.is_not(None))))
        for states in session.scalars(select(Cleared.states)):  # these can be brought back
            votes |= states.get("activity", {}).keys()
    with suppress(OSError):  # the next time
        return store.keys.sweep(votes)
    return 0


def _emptied(store: "Store") -> bool:
    """Empties SQLite's write-ahead log; what was deleted is overwritten in the file (`secure_delete`, store/session.py)."""
    try:
        with closing(sqlite3.connect(store.url.removeprefix("sqlite:///"), timeout=PATIENCE)) as connection:
            connection.execute("PRAGMA secure_delete=ON")
            busy: int = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    except sqlite3.OperationalError:
        return False
    return not busy
