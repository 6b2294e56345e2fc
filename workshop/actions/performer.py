"""Performs this product's commands: the door for commands with the queues for joining and counting, and what answers show.
"""
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import Any

from workshop.actions import completing
from workshop.actions.accounts import tokens
from workshop.actions.core import perform
from workshop.actions.core.context import CommandContext, InWorkshop
from workshop.actions.core.registry import shows
from workshop.actions.people import sessions
from workshop.actions.people.day_presence import DayPresence
from workshop.actions.people.join_queue import JoinQueue
from workshop.actions.votes import opening, results, tally_queue, voters
from workshop.domain.errors import RetryLater
from workshop.domain.shapes import Json
from workshop.domain.visibility import Viewer
from workshop.store.identity import Who
from workshop.store.models import Activity, Ballot, Contribution, Floor, Question, Room, RoomSeat, Speech
from workshop.store.secrecy import ballots as secret_ballots
from workshop.store.secrecy import scrubbing
from workshop.store.session import Store
from workshop.store.streams import numbering
from workshop.store.transaction import Changes, Session
from workshop.store.visibility import agreements, card_views
from workshop.words.bidi import isolate


class Performer(perform.Performer):
    """Carries out commands on one store, seats people and counts live votes at most once in `count_every` seconds."""

    def __init__(self, store: Store, clock: Callable[[], datetime],
                 announce: Callable[[Changes], object] = lambda changes: None, count_every: float = 1.0) -> None:
        super().__init__(store, clock, announce)
        self.counting = tally_queue.TallyQueue(count_every)
        self.at_work: set[str] = set()  # votes that a child counts
        self.closes: datetime | None = None  # when the next vote closes by itself, as far as is known
        self.days = DayPresence(store, lambda: self.clock())
        self.arrivals = JoinQueue(store, lambda: self.clock(), self.tell, self.days.heard)

    def known(self, session: Session, who: Who, at: datetime) -> None:
        """Notes that the device of a command has its new secret; that the token of one is in use."""
        if who.settles:
            sessions.settle(session, who.device.id)
        if who.program and tokens.is_unnoted(who.as_token, at):
            tokens.note_used(session, at, who.device.id)

    def finish(self, session: Session) -> None:
        """Counts the votes that have new ballots, as far as their next count is due; tells results whose cards changed."""
        if uncounted := session.changes.uncounted:
            self.counting.settle(session, uncounted)
        if not results.ACTS.isdisjoint(one.verb for one in session.changes.contexts if isinstance(one, CommandContext)):
            results.cards_changed(session)
        for room in {one.room for one in session.changes.contexts if isinstance(one, CommandContext) and one.room}:
            if room.method and agreements.agrees(room) and agreements.changed(session, room):
                results.tell(session, room.id)

    def tell(self, changes: Changes) -> None:
        """Announces what a commit changed, and finishes the secret votes that it has ended."""
        super().tell(changes)
        if changes.secret_over:
            self.scrub()

    def scrub(self) -> None:
        """Finishes the secret votes that are over; what cannot be done now is done with the next round of upkeep."""
        with suppress(RetryLater):
            scrubbing.finish(self.store)

    @property
    def is_due(self) -> bool:
        """Tells whether the time of a vote is over."""
        return self.closes is not None and self.closes <= self.clock()

    def count(self) -> None:
        """Counts the votes whose ballots wait, as far as their next count is due, and closes those whose time is over.
        Raises RetryLater."""
        with self.store.reader.glance() as session:
            timed = tally_queue.timed(session)
            self.closes = min((at for _workshop, at in timed.values()), default=None)
            found = tally_queue.waiting(session)
            if not (self.is_due or found):
                return
            large = completing.asked(session, [key for key in found if key not in self.at_work])

        def settle(session: Session, now: datetime) -> None:
            found = tally_queue.waiting(session)
            over = {key: workshop for key, (workshop, at) in tally_queue.timed(session).items() if at <= now}
            numbering.lock(session, {*found.values(), *over.values()})
            self.counting.settle(session, found, alone=True)
            opening.close_due(session, list(over), now)
        self.by_itself(settle)
        for vote, (values, content) in large.items():
            self._complete(vote, found[vote], values, content)

    def _complete(self, vote: str, workshop: str, values: Json, content: bytes) -> None:
        """Has a child count the rest of a vote that is over, and writes it down. Raises RetryLater."""
        self.at_work.add(vote)
        try:
            made = completing.count(values, content)
        finally:
            self.at_work.discard(vote)

        def settle(session: Session, now: datetime) -> None:
            numbering.lock(session, {workshop})
            completing.settle(session, vote, values["tally"], made or {})
        if made:
            self.by_itself(settle)


@shows(Ballot)
def ballot(work: CommandContext, row: Ballot) -> Json:
    """Shows {rev}; the whole ballot goes to every device of its seat, that of a delegation or working group to those of all
    of its people."""
    choices = secret_ballots.opened(work.session, row.activity_id, row.choices)
    told = {"activity": row.activity_id, "choices": choices, "rev": row.rev}
    if (row.delegation_id or row.room_id) and work.seat and work.workshop and work.workshop.privacy != "anonymous":
        told["by"] = isolate(work.seat.name)
    work.session.changes.ballots += [(seat, told | {"seat": seat}) for seat in voters.sharers(work.session, row)]
    return {"rev": row.rev}


@shows(Activity, Contribution, Floor, Question, Room, RoomSeat, Speech)
def card(work: InWorkshop, row: Any) -> Json:
    """Shows {stream, card}, as the sender of the command may see it."""
    changes = work.session.changes
    if isinstance(row, Contribution) and row.seat_id and row.rev == 1:
        changes.cards.append((row.seat_id, row.id, work.origin))
    viewer = Viewer(workshop=work.workshop.id, privacy=work.workshop.privacy, role=work.role,
                    seats=frozenset({work.seat.id}) if work.seat else frozenset())
    stream = row.workshop_id if isinstance(row, Room) else row.stream_id
    look = card_views.Look(work.session, viewer)
    look.know(work.seat)
    shown = look.card(row)
    if work.room and isinstance(row, Contribution) and row.stream_id == work.room.inbox and work.seat:
        # Its writer follows the room's stream, not the inbox: there it stands as waiting.
        return {"stream": work.room.stream_id, "card": shown | {"waits": True}}
    changes.authors.update(look.seats)
    return {"stream": stream, "card": shown}
