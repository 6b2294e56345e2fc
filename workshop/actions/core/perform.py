"""Performs commands, the one door for them: perform(envelope) -> answer, always one, never silence."""
import logging
import operator
from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar, cast

from pydantic import ValidationError
from sqlalchemy import func, select

from workshop.actions.core import context as works
from workshop.actions.core.registry import SHOWN, VERBS, Command, check_table, read
from workshop.actions.core.writer import Writer, in_time
from workshop.domain.errors import Refusal, RetryLater
from workshop.domain.limits import is_plain
from workshop.domain.shapes import Json
from workshop.store.fast import fast_insert
from workshop.store.identity import Who, identify
from workshop.store.models import Answer, History, Room, Workshop
from workshop.store.session import Store
from workshop.store.streams import late_tray, numbering
from workshop.store.transaction import MOST, Changes, Session

log = logging.getLogger(__name__)

LAST = operator.attrgetter("now")  # the last number of a stream that has changed
R = TypeVar("R")
Answered = Json  # {ok, seq, …}, {ok: false, code, values}, {retry_after} or {want}; `perform` adds `n`


class Untidy(Exception):
    """Reports a command that was refused after it had written something: the transaction begins again, with a savepoint for
    each."""


class Performer:
    """Carries out commands on one store. `announce(changes)` is called after each commit."""

    def __init__(self, store: Store, clock: Callable[[], datetime],
                 announce: Callable[[Changes], object] = lambda changes: None) -> None:
        check_table()
        self.store, self.clock, self.announce = store, clock, announce
        self.writer = Writer(self._commit, lambda command: self._where.get(command.secret, command.secret))
        self._where: dict[str | None, str] = {}  # cookie -> the workshop of its last command
        self.may_create = ""

    def known(self, session: Session, who: Who, at: datetime) -> None:
        """Notes who gives a command, at `at`; called before the command is looked at."""

    def finish(self, session: Session) -> None:
        """Finishes a transaction whose commands are all carried out; called before the commit."""

    def perform(self, secret: str | None, message: Any, origin: str | None = None) -> Answered:
        """Answers an envelope: {n, ok: true, seq, stream?, card?, met?} | {n, ok: false, code, values, tray?} | {n,
        retry_after} | {n, want}. `origin` names the socket that gets the answer."""
        try:
            command = read(secret, message if is_plain(message) else None, origin)
        except ValidationError:
            n = message.get("n") if isinstance(message, dict) else None
            return {"n": n if isinstance(n, int) and not isinstance(n, bool) else None} | Refusal("bad_envelope").answer()
        return {"n": command.envelope.n} | self.writer.submit(command)

    def _commit(self, commands: list[Command]) -> list[Answered]:
        """Commits those for which there is time in one transaction; where one command breaks it, each gets its own and only
        that one fails."""
        try:
            try:
                answers, changes = self._transaction(commands)
            except numbering.TooNarrow:
                answers, changes = self._transaction(commands, wide=True)
        except RetryLater as later:
            return [{"retry_after": later.seconds}] * len(commands)
        except Exception:
            return [self._alone(command) for command in in_time(commands)]
        self.tell(changes)
        return answers

    def _alone(self, command: Command) -> Answered:
        try:
            answers, changes = self._transaction([command], careful=True)
        except RetryLater as later:
            return {"retry_after": later.seconds}
        except Exception:
            log.exception("the verb %s failed", command.envelope.verb)
            return Refusal("our_fault").answer()
        self.tell(changes)
        return answers[0]

    def _transaction(self, commands: list[Command], careful: bool = False, wide: bool = False
                     ) -> tuple[list[Answered], Changes]:
        """Runs the transaction. `wide`: each command has the whole workshop for itself, also where its verb stays in its
        room."""
        with self.store.pen.hold() as session:
            changes = session.changes
            changes.careful = careful
            if not session.is_sqlite:  # which has one lock, and tells whether anything has changed
                self._lock(session, commands, wide or careful)
            at = self.clock()
            answers = [self._answer(session, command, at) for command in in_time(commands)]
            self.finish(session)
            write_down(session)
            return answers, changes

    def _lock(self, session: Session, commands: list[Command], wide: bool) -> None:
        """Locks what the commands are about, and proves what is remembered of it."""
        workshops: set[str] = set()
        rooms: dict[str, str] = {}
        rows: dict[tuple[type[Any], str], None] = {}
        for command in commands:
            verb = command.envelope.verb
            workshop, room = works.place_of(session, verb, command.payload) if command.payload else (None, None)
            if workshop is None:
                continue
            if room and VERBS[verb].in_room and not wide:
                rooms[room] = workshop
            else:
                workshops.add(workshop)
            rows |= dict.fromkeys([*works.names(verb, command.payload), (Workshop, workshop)])
            if room:
                rows[Room, room] = None
        numbering.lock(session, workshops, rooms)
        session.memory.prove(session, rows, {command.secret for command in commands},
                             {command.envelope.client for command in commands})

    def tell(self, changes: Changes) -> None:
        """Announces what a commit changed; what goes wrong with it is no fault of the command."""
        try:
            self.announce(changes)
        except Exception:
            log.exception("the changes of a commit could not be told; the tailer will")

    def by_itself(self, run: Callable[[Session, datetime], R]) -> R:
        """Returns what `run(session, now)` returns, which changes the store without a command; its changes are announced as
        those of commands are. Raises RetryLater."""
        with self.store.pen.hold() as session:
            done = run(session, self.clock())
            session.flush()
            changes = session.changes
        self.tell(changes)
        return done

    def _answer(self, session: Session, command: Command, at: datetime) -> Answered:
        said, memory = command.envelope, session.memory
        who = memory.who(session, command.secret, identify)
        if who is None or (who.program and who.is_over(at)):
            return Refusal("who_are_you").answer()  # not remembered: joining again may cure it
        self.known(session, who, at)
        last, owner = memory.outboxes.get(said.client) or _last(session, said.client)
        if said.n <= last:
            return _remembered(session, command, who)
        if owner is not None and owner != who.device.id:
            return Refusal("id_reused").answer()
        if said.n != last + 1:
            return {"want": last + 1}
        answer = self._try(session, who, command, at)
        if "retry_after" not in answer:
            digest, kept = (command.unsaid, _unsaid(answer)) if _says_nothing(session, command) else (command.digest, answer)
            session.changes.answers.append({
                "client": said.client, "n": said.n, "device_id": who.device.id, "digest": digest, "answer": kept, "at": at})
            memory.heard(said.client, said.n, who.device.id)
        return answer

    def _try(self, session: Session, who: Who, command: Command, at: datetime) -> Answered:
        if command.refusal:
            return command.refusal.answer()
        changes = session.changes
        work = works.CommandContext(session, at, who, command.envelope.verb, age_ms=command.age_ms, origin=command.origin,
                                    careful=changes.careful, may_create=self.may_create)
        changes.contexts.append(work)
        try:
            if changes.careful:
                with session.begin_nested():
                    return _run(work, command)
            return _run(work, command)
        except RetryLater as later:
            return {"retry_after": later.seconds}
        except Refusal as refusal:
            if VERBS[work.verb].late_ok and refusal.code in late_tray.LATE and work.room:
                text = command.payload.model_dump() | _noted(work)
                refusal.tray = late_tray.keep(cast(works.OnCard, work), text, refusal.code)
                work.room.used(at)
            return refusal.answer()
        finally:
            if work.workshop:
                self._note_place(command.secret, work.workshop.id)

    def _note_place(self, secret: str | None, workshop: str) -> None:
        """Notes among whom the next commands of this device wait, where a hall does (actions/core/writer.py)."""
        if len(self._where) >= MOST:
            self._where.clear()
        self._where[secret] = workshop


def _run(work: works.CommandContext, command: Command) -> Answered:
    """Carries the command out. Without a savepoint under it, a refusal must have left no trace: else Untidy."""
    session, verb, changes = work.session, VERBS[work.verb], work.session.changes
    session.flush()  # what the former command wrote is not this one's trace
    before = _traces(session)
    try:
        works.place(work, command.payload)
        assert work.workshop  # it was found, or refused
        works.allow(work, command.envelope.seat)
        if verb.blocked_when_paused:
            works.hold(work)
        row = verb.run(work, command.payload)
        if work.room and verb.puts_in:
            work.room.used(work.now)
        if changes.careful:
            session.flush()
        return {"ok": True, "seq": getattr(row, "seq", 0), **_shown(work, row), **work.beside}
    except (Refusal, RetryLater):
        if changes.careful:
            _erase(session)
        elif session.new or session.dirty or session.deleted or _traces(session) != before:
            raise Untidy from None
        raise


def _says_nothing(session: Session, command: Command) -> bool:
    """Tells whether nothing of what the command says may be kept; where its payload is wrong nobody knows what it is
    about."""
    found = VERBS.get(command.envelope.verb)
    if found is None or found.unsaid is None:
        return False
    return command.payload is None or found.unsaid(session, command.payload)


def _unsaid(answer: Answered) -> Answered:
    """Returns the answer as it may be kept: of its values only numbers, and that something was chosen, not what."""
    if "values" not in answer:
        return answer
    values = {name: {} if name == "choices" else value for name, value in answer["values"].items()
              if name == "choices" or type(value) is int}
    return answer | {"values": values}


def _noted(work: works.CommandContext) -> Json:
    """Collects the notes that the tray stores with a text."""
    note = VERBS[work.verb].note
    return {"notes": notes} if note and (notes := note(work)) else {}


def _traces(session: Session) -> tuple[int, ...]:
    """Measures how much was written until now."""
    changes = session.changes
    return session.memory.flushes, len(changes.history), sum(map(LAST, changes.streams.values()))


def _erase(session: Session) -> None:
    """Forgets what was noted beside the tables since a savepoint that was rolled back."""
    session.expire_all()
    session.changes.forget()
    session.memory.forget()


def _last(session: Session, client: str) -> tuple[int, str | None]:
    """Returns (the last number heard from the outbox, the device whose it is)."""
    found = session.execute(select(func.max(Answer.n), func.max(Answer.device_id)).where(Answer.client == client)).one()
    return found[0] or 0, found[1]


def _remembered(session: Session, command: Command, who: Who) -> Answered:
    """Returns the answer that this command has already had."""
    write_down(session)
    known = session.get(Answer, (command.envelope.client, command.envelope.n))
    same = known is not None and known.device_id == who.device.id and known.digest in (command.digest, command.unsaid)
    return known.answer if known and same else Refusal("id_reused").answer()


def write_down(session: Session) -> None:
    """Writes everything that waits: changed rows, the history, the answers."""
    session.flush()
    changes = session.changes
    for table, rows in ((History, changes.history), (Answer, changes.answers)):
        if rows:
            fast_insert.write(session, table, rows)
    changes.history, changes.answers = [], []


def _shown(work: works.CommandContext, row: object) -> Json:
    show = SHOWN.get(type(row))
    return show(work, row) if show else {}
