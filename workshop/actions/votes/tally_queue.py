"""Schedules the counting of live votes: while ballots come in at most once per vote and `every` seconds, and never later
than that after one.

A tally of hundreds of ideas goes to every screen of its room, so it cannot go out with each ballot. That ballots wait is
written in their own transaction (`Activity.uncounted_since`): a process that dies leaves nothing uncounted.
"""
import time
from collections.abc import Callable, Collection
from datetime import datetime

from sqlalchemy import select

from workshop.actions import completing
from workshop.actions.votes.counting import recount
from workshop.activities.completed import COUNTING
from workshop.store.fast.prepared import Question
from workshop.store.models import Activity, Room
from workshop.store.streams import numbering
from workshop.store.transaction import Session

WAITING = Question(select(Activity.id, Room.workshop_id).join(Room, Room.id == Activity.room_id)
                   .where(Activity.uncounted_since.is_not(None)))
# Votes that close by themselves.
TIMED = Question(select(Activity.id, Room.workshop_id, Activity.closes_at).join(Room, Room.id == Activity.room_id)
                 .where(Activity.closes_at.is_not(None), Activity.closed_at.is_(None)))
LONG_AGO = float("-inf")
LONG = 0.005  # seconds of a count; inf: ballots wait for each
SOON = 0.001


def waiting(session: Session) -> dict[str, str]:
    """Lists {activity id: workshop id} of all votes whose ballots wait."""
    session.flush()
    return dict(WAITING.rows(session))


def timed(session: Session) -> dict[str, tuple[str, datetime]]:
    """Lists {activity id: (workshop id, when it closes)} of all votes that are to close by themselves."""
    session.flush()
    return {row.id: (row.workshop_id, row.closes_at) for row in TIMED.rows(session)}


class TallyQueue:
    """Remembers when this process last counted each vote, and how long it took."""

    def __init__(self, every: float, clock: Callable[[], float] = time.monotonic) -> None:
        self.every, self.clock = every, clock
        self._last: dict[str, float] = {}
        self._long: set[str] = set()  # votes whose count takes so long that no ballot waits for it

    def settle(self, session: Session, activities: Collection[str], alone: bool = False) -> None:
        """Counts those of the activities (ids) that are due, inside the transaction that the caller has locked. `alone`:
        nobody's ballot is in it.

        Leaves `count_in` in the changes: the seconds until the next one is due, when something still waits.
        """
        if not activities:
            return
        now = self.clock()
        pauses = {key: self._last.get(key, LONG_AGO) + self.every - now for key in activities}
        if self.every and not alone:
            pauses |= {key: SOON for key, pause in pauses.items() if pause <= 0 and key in self._long}
        due = [key for key, pause in pauses.items() if pause <= 0]
        for activity in session.scalars(
                select(Activity).where(Activity.id.in_(due), Activity.uncounted_since.is_not(None))
                .execution_options(populate_existing=True)) if due else ():
            if COUNTING in (activity.tally or {}) and completing.is_due(session, activity):
                continue  # a child counts it
            began = time.monotonic()
            if recount(session, activity):
                numbering.touch(session, activity)
            self._last[activity.id] = now
            (self._long.add if time.monotonic() - began > LONG else self._long.discard)(activity.id)
        if later := [pause for pause in pauses.values() if pause > 0]:
            session.changes.count_in = min(later)
