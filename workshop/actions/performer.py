"""The performer of this product: the door for commands with the queues for joining and counting."""
from collections.abc import Callable
from datetime import datetime

from sqlalchemy.orm import Session

from workshop.actions.accounts import tokens
from workshop.actions.core import perform
from workshop.actions.people import sessions
from workshop.actions.people.join_queue import JoinQueue
from workshop.actions.votes import tally_queue
from workshop.store.changes import Changes, changes_of
from workshop.store.identity import Who
from workshop.store.session import Store
from workshop.store.streams import numbering


class Performer(perform.Performer):
    """Carries commands out on one store, seats people and counts live votes at most once in `count_every` seconds."""

    def __init__(self, store: Store, clock: Callable[[], datetime],
                 announce: Callable[[Changes], object] = lambda changes: None, count_every: float = 1.0) -> None:
        super().__init__(store, clock, announce)
        self.counting = tally_queue.TallyQueue(count_every)
        self.arrivals = JoinQueue(store, lambda: self.clock(), self.tell)

    def known(self, session: Session, who: Who, at: datetime) -> None:
        """A device that gives a command has its new secret; a token that gives one is in use."""
        if who.settles:
            sessions.settle(session, who.device.id)
        if who.program and tokens.is_unnoted(who.as_token, at):
            tokens.note_used(session, at, who.device.id)

    def finish(self, session: Session) -> None:
        """Count the votes that have new ballots, as far as it is their turn."""
        self.counting.settle(session, changes_of(session).uncounted)

    def count(self) -> None:
        """Count the votes whose ballots wait, as far as it is their turn.  Raises Later."""
        with self.store.reader.glance() as session:
            if not tally_queue.waiting(session):
                return

        def settle(session: Session, _now: datetime) -> None:
            found = tally_queue.waiting(session)
            numbering.lock(session, set(found.values()))
            self.counting.settle(session, found)
        self.by_itself(settle)
