"""Finds the groups of people who answer alike while they vote: beside the event loop, at most once a second and vote."""
import logging
import time
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING, Any

from workshop.actions.opinions import groups
from workshop.domain.errors import Refusal, RetryLater
from workshop.domain.shapes import Json
from workshop.sandbox import Failed, Pool
from workshop.store.models import Activity, Room
from workshop.store.streams import numbering
from workshop.store.transaction import Session
from workshop.store.votes.opinion_groups import applies

if TYPE_CHECKING:
    from workshop.live import LiveHouse

log = logging.getLogger(__name__)
EVERY = 1.0  # seconds
# Of its own, so that what foreign bytes have got hold of (workshop/sandbox) never sees what people answered.
TASKS = {"groups": "workshop.domain.opinions.finding:task:20"}
_shared: list[Pool] = []


class GroupFinder:
    """Finds groups in the background: `soon(vote)` after its ballots have changed, `find(vote)` at once."""

    def __init__(self, house: "LiveHouse", socketio: Any) -> None:
        self.house, self.socketio = house, socketio
        self._wanted: set[str] = set()
        self._busy: set[str] = set()
        self._last: dict[str, float] = {}

    def soon(self, vote: str) -> None:
        """Has the groups of a vote found, unless that is already under way; then once more after it."""
        if not groups.possible():
            return
        self._wanted.add(vote)
        if vote not in self._busy:
            self._busy.add(vote)
            self.socketio.start_background_task(self._follow, vote)

    def _follow(self, vote: str) -> None:
        try:
            while vote in self._wanted:
                self._wanted.discard(vote)
                self.socketio.sleep(max(0.0, self._last.get(vote, float("-inf")) + EVERY - time.monotonic()))
                self._last[vote] = time.monotonic()
                with suppress(RetryLater):
                    self.find(vote)
        finally:
            self._busy.discard(vote)

    def find(self, key: str) -> bool:
        """Finds the groups of a vote and keeps them; tells whether they may be others. Raises RetryLater."""
        with self.house.store.read() as session:
            vote = session.get(Activity, key)
            of = groups.asked(session, vote) if vote and applies(vote) else None
        if of is None:
            return False
        try:
            came = _ask(of)
        except (Failed, Refusal):
            log.warning("the groups of a vote could not be found")
            return False

        def write(session: Session, _now: datetime) -> None:
            row = session.get(Activity, key)
            room = session.get(Room, row.room_id) if row else None
            if row and room:
                numbering.lock(session, {room.workshop_id})
                groups.keep(session, row, of, came)
        self.house.performer.by_itself(write)
        return True

def _ask(of: groups.Asked) -> Json | None:
    """Asks the one process that finds groups; it holds nothing of any application and starts when it is first needed."""
    if not _shared:
        _shared.append(Pool(TASKS, children=1))
    found: Json | None = _shared[0].ask("groups", {"cards": of.cards, "before": of.before}, of.content,
                                        check=lambda said, _parts: said)
    return found
