"""The one door for commands: perform(envelope) -> answer, always one, never silence."""
import logging
from typing import Any

from pydantic import ValidationError
from sqlalchemy import func, select

from workshop.actions.cards.contributions import notes_on
from workshop.actions.core import context as works
from workshop.actions.core import envelope
from workshop.actions.core.changes import News
from workshop.actions.core.envelope import Command
from workshop.actions.core.registry import VERBS, check_table
from workshop.actions.core.writer import Writer
from workshop.actions.people import sessions
from workshop.actions.people.join_queue import Arrivals
from workshop.actions.votes import tally
from workshop.actions.votes.tally import Counting
from workshop.domain.errors import Later, Refusal
from workshop.domain.limits import is_plain
from workshop.domain.visibility import Viewer
from workshop.store.fast import fast_insert
from workshop.store.models import Activity, Answer, Ballot, Contribution, History, Room, RoomSeat
from workshop.store.streams import late_tray, numbering
from workshop.store.visibility import card_views

log = logging.getLogger(__name__)


class Untidy(Exception):
    """A command was refused after it had written something: the transaction begins anew, with a savepoint for each."""


class Performer:
    """Carries commands out on one store.  `announce(news)` is called after each commit."""

    def __init__(self, store, clock, announce=lambda news: None, count_every: float = 1.0):
        check_table()
        self.counting = Counting(count_every)
        self.store, self.clock, self.announce = store, clock, announce
        self.writer = Writer(self._commit)
        self.arrivals = Arrivals(store, lambda: self.clock(), self._announce)

    def perform(self, secret: str | None, message: Any, origin: str | None = None) -> dict:
        """The answer to an envelope: {n, ok: true, seq, stream?, card?, met?} | {n, ok: false, code, values, tray?} |
        {n, retry_after} | {n, want}.  `origin` names the line that gets the answer."""
        try:
            command = envelope.read(secret, message if is_plain(message) else None, origin)
        except ValidationError:
            n = message.get("n") if isinstance(message, dict) else None
            return {"n": n if isinstance(n, int) and not isinstance(n, bool) else None} | Refusal("bad_envelope").answer()
        return {"n": command.envelope.n} | self.writer.submit(command)

    def _commit(self, commands: list[Command]) -> list[dict]:
        """One transaction for all; where one command breaks it, each gets its own and only that one fails."""
        try:
            answers, news = self._transaction(commands)
        except Later as later:
            return [{"retry_after": later.seconds}] * len(commands)
        except Exception:
            return [self._alone(command) for command in commands]
        self._announce(news)
        return answers

    def _alone(self, command: Command) -> dict:
        try:
            answers, news = self._transaction([command], careful=True)
        except Later as later:
            return {"retry_after": later.seconds}
        except Exception:
            log.exception("the verb %s failed", command.envelope.verb)
            return Refusal("our_fault").answer()
        self._announce(news)
        return answers[0]

    def _transaction(self, commands: list[Command], careful: bool = False) -> tuple[list[dict], News]:
        with self.store.pen.hold() as session:
            session.info["careful"] = careful
            numbering.lock(session, self._workshops(session, commands))
            at = self.clock()
            answers = [self._answer(session, command, at) for command in commands]
            self.counting.settle(session, session.info.pop("uncounted", ()))
            _write_down(session)
            return answers, News.of(session)

    def _workshops(self, session, commands: list[Command]) -> set[str]:
        if self.store.is_sqlite:
            return set()
        found = {works.workshop_of(session, c.envelope.verb, c.payload) for c in commands if c.payload}
        return found - {None}

    def _announce(self, news: News) -> None:
        try:
            self.announce(news)
        except Exception:
            log.exception("the news of a commit could not be told; the tailer will")

    def count(self) -> None:
        """Count the votes whose ballots wait, as far as it is their turn.  Raises Later."""
        with self.store.read() as session:
            if not tally.waiting(session):
                return
        with self.store.pen.hold() as session:
            found = tally.waiting(session)
            numbering.lock(session, set(found.values()))
            self.counting.settle(session, found)
            session.flush()
            news = News.of(session)
        self._announce(news)

    def by_itself(self, run):
        """What `run(session, now)` returns, after it has changed the store without being asked by anybody; it is told as
        commands are.  Raises Later."""
        with self.store.pen.hold() as session:
            done = run(session, self.clock())
            session.flush()
            news = News.of(session)
        self._announce(news)
        return done

    def _answer(self, session, command: Command, at) -> dict:
        said, memory = command.envelope, session.info["memory"]
        who = memory.who(session, command.secret)
        if who is None:
            return Refusal("who_are_you").answer()  # not remembered: joining again may cure it
        if who.settles:
            sessions.settle(session, who.device.id)
        last, owner = memory.outboxes.get(said.client) or _last(session, said.client)
        if said.n <= last:
            return _remembered(session, command, who)
        if owner is not None and owner != who.device.id:
            return Refusal("id_reused").answer()
        if said.n != last + 1:
            return {"want": last + 1}
        answer = self._try(session, who, command, at)
        if "retry_after" not in answer:
            session.info.setdefault("answers", []).append({
                "client": said.client, "n": said.n, "device_id": who.device.id, "digest": command.digest, "answer": answer,
                "at": at})
            memory.heard(said.client, said.n, who.device.id)
        return answer

    def _try(self, session, who, command: Command, at) -> dict:
        if command.refusal:
            return command.refusal.answer()
        work = works.Work(session, at, who, command.envelope.verb, age_ms=command.age_ms, origin=command.origin)
        session.info.setdefault("works", []).append(work)  # held, or the session forgets the rows
        try:
            if session.info["careful"]:
                with session.begin_nested():
                    return _run(work, command)
            return _run(work, command)
        except Later as later:
            return {"retry_after": later.seconds}
        except Refusal as refusal:
            if VERBS[work.verb].late and refusal.code in late_tray.LATE:
                refusal.tray = late_tray.keep(work, command.payload.model_dump() | _noted(work), refusal.code)
                work.room.used(at)
            return refusal.answer()


def _run(work, command: Command) -> dict:
    """Carry the command out.  Without a savepoint under it, a refusal must have left no trace: else Untidy."""
    session, verb = work.session, VERBS[work.verb]
    session.flush()  # what the command before wrote is not this one's trace
    before = _traces(session)
    try:
        works.place(work, command.payload)
        numbering.lock(session, {work.workshop.id, *({work.room.stream_id} if work.room else ())})
        works.allow(work, command.envelope.seat)
        if verb.held:
            works.hold(work)
        row = verb.run(work, command.payload)
        if work.room and verb.puts_in:
            work.room.used(work.now)
        if session.info["careful"]:
            session.flush()
        return {"ok": True, "seq": getattr(row, "seq", 0), **_shown(work, row), **work.beside}
    except (Refusal, Later):
        if session.info["careful"]:
            _erase(session)
        elif session.new or session.dirty or session.deleted or _traces(session) != before:
            raise Untidy from None
        raise


def _noted(work) -> dict:
    """What the tray keeps beside a text."""
    return {"notes": notes} if work.verb != "contribution.edit" and (notes := notes_on(work)) else {}


def _traces(session) -> tuple:
    """How much was written until now."""
    info = session.info
    numbers = sum(change.now for change in info.get("touched", {}).values())
    return info["memory"].flushes, len(info.get("history", ())), numbers


def _erase(session) -> None:
    """The savepoint is rolled back; forget what was noted beside the tables since."""
    session.expire_all()
    for name in ("counted", "touched", "ballots", "cards", "seats_out", "authors", "uncounted", "history", "circles",
                 "company", "waiting"):
        session.info.pop(name, None)
    session.info["memory"].forget()


def _last(session, client: str) -> tuple[int, str | None]:
    """(the last number heard from the outbox, the device whose it is)."""
    found = session.execute(select(func.max(Answer.n), func.max(Answer.device_id)).where(Answer.client == client)).one()
    return found[0] or 0, found[1]


def _remembered(session, command: Command, who) -> dict:
    """The answer that this command has already had."""
    _write_down(session)
    known = session.get(Answer, (command.envelope.client, command.envelope.n))
    same = known.device_id == who.device.id and known.digest == command.digest
    return known.answer if same else Refusal("id_reused").answer()


def _write_down(session) -> None:
    """Everything that waits: changed rows, the history, the answers."""
    session.flush()
    for table, name in ((History, "history"), (Answer, "answers")):
        if rows := session.info.pop(name, None):
            fast_insert.write(session, table, rows)


def _shown(work, row) -> dict:
    if isinstance(row, Ballot):
        ballot = {"activity": row.activity_id, "seat": row.seat_id, "choices": row.choices, "rev": row.rev}
        work.session.info.setdefault("ballots", []).append((row.seat_id, ballot))
        return {"rev": row.rev}
    if not isinstance(row, (Activity, Contribution, Room, RoomSeat)):
        return {}
    if isinstance(row, Contribution) and row.seat_id and row.rev == 1:
        work.session.info.setdefault("cards", []).append((row.seat_id, row.id, work.origin))
    viewer = Viewer(workshop=work.workshop.id, privacy=work.workshop.privacy, role=work.role,
                    seats=frozenset({work.seat.id}) if work.seat else frozenset())
    stream = row.workshop_id if isinstance(row, Room) else row.stream_id
    look = card_views.Look(work.session, viewer)
    look.know(work.seat)
    card = look.card(row)
    if work.room and isinstance(row, Contribution) and row.stream_id == work.room.inbox and work.seat:
        # Its writer follows the room's line, not the inbox: there it stands and says that it waits.
        return {"stream": work.room.stream_id, "card": card | {"waits": True}}
    work.session.info.setdefault("authors", {}).update(look.seats)
    return {"stream": stream, "card": card}
