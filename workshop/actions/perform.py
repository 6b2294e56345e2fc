"""The one door for commands: perform(envelope) -> answer, always one, never silence."""
import hashlib
import json
import logging
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from sqlalchemy import func, select

from workshop.actions import counting
from workshop.actions import work as works
from workshop.actions.counting import Counting
from workshop.actions.registry import VERBS, check_table
from workshop.actions.writer import Writer
from workshop.domain.errors import Later, Refusal
from workshop.domain.limits import AGE_MS, is_plain
from workshop.domain.sight import Viewer
from workshop.store import sight, sync, tray
from workshop.store.identity import identify
from workshop.store.models import Activity, Answer, Ballot, Contribution, Room, RoomSeat, Stream

log = logging.getLogger(__name__)


class Envelope(BaseModel):
    """What travels: {client, n, verb, seat, payload, age_ms}."""

    model_config = ConfigDict(extra="forbid", strict=True)
    client: str = Field(pattern=r"^[A-Za-z0-9_-]{16,40}$")
    n: int = Field(ge=1, lt=2**31)
    verb: str = Field(max_length=40)
    seat: str | None = Field(default=None, max_length=40)
    payload: dict[str, Any]
    age_ms: int | float = Field(default=0)


@dataclass
class Command:
    """An envelope whose shape is right, with the secret of the cookie that came with it."""

    secret: str | None
    envelope: Envelope
    payload: Any = None
    refusal: Refusal | None = None
    digest: str = ""


@dataclass
class News:
    """What a commit changed: streams, own ballots [(seat id, ballot)], new cards [(seat id, card id)], seats that are
    no longer where they were."""

    streams: set[str]
    ballots: list[tuple[str, dict]]
    seats_out: set[str]
    cards: list[tuple[str, str]] = field(default_factory=list)
    count_in: float | None = None  # seconds until ballots that wait are to be counted

    @classmethod
    def of(cls, session) -> "News":
        """The news that the verbs left in the session."""
        info = session.info
        return cls(info.pop("touched", set()), info.pop("ballots", []), info.pop("seats_out", set()),
                   info.pop("cards", []), info.pop("count_in", None))


class Performer:
    """Carries commands out on one store.  `announce(news)` is called after each commit."""

    def __init__(self, store, clock, announce=lambda news: None, count_every: float = 1.0):
        check_table()
        self.counting = Counting(count_every)
        self.store, self.clock, self.announce = store, clock, announce
        self.writer = Writer(self._commit)

    def perform(self, secret: str | None, message: Any) -> dict:
        """The answer to an envelope: {n, ok: true, seq, stream?, card?} | {n, ok: false, code, values, tray?} |
        {n, retry_after} | {n, want}."""
        try:
            command = _read(secret, message if is_plain(message) else None)
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
            answers, news = self._transaction([command])
        except Later as later:
            return {"retry_after": later.seconds}
        except Exception:
            log.exception("the verb %s failed", command.envelope.verb)
            return Refusal("our_fault").answer()
        self._announce(news)
        return answers[0]

    def _transaction(self, commands: list[Command]) -> tuple[list[dict], News]:
        with self.store.write() as session:
            sync.lock(session, self._workshops(session, commands))
            answers = [self._answer(session, command) for command in commands]
            self.counting.settle(session, session.info.pop("uncounted", ()))
            session.flush()
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
            if not counting.waiting(session):
                return
        with self.store.write() as session:
            found = counting.waiting(session)
            sync.lock(session, set(found.values()))
            self.counting.settle(session, found)
            session.flush()
            news = News.of(session)
        self._announce(news)

    def _answer(self, session, command: Command) -> dict:
        envelope = command.envelope
        who = identify(session, command.secret)
        if who is None:
            return Refusal("who_are_you").answer()  # not remembered: joining again may cure it
        known = session.get(Answer, (envelope.client, envelope.n))
        if known is not None:
            same = known.device_id == who.device.id and known.digest == command.digest
            return known.answer if same else Refusal("id_reused").answer()
        last, owner = session.execute(select(func.max(Answer.n), func.max(Answer.device_id))
                                      .where(Answer.client == envelope.client)).one()
        if owner is not None and owner != who.device.id:
            return Refusal("id_reused").answer()
        if envelope.n != (last or 0) + 1:
            return {"want": (last or 0) + 1}
        answer = self._try(session, who, command)
        if "retry_after" in answer:
            return answer
        session.add(Answer(client=envelope.client, n=envelope.n, device_id=who.device.id, digest=command.digest,
                           answer=answer, at=self.clock()))
        session.flush()
        return answer

    def _try(self, session, who, command: Command) -> dict:
        if command.refusal:
            return command.refusal.answer()
        work = works.Work(session, self.clock(), who, command.envelope.verb,
                          age_ms=int(min(max(command.envelope.age_ms, 0), AGE_MS)))
        session.info.setdefault("works", []).append(work)  # held, or the session forgets the rows
        verb = VERBS[work.verb]
        try:
            with session.begin_nested():
                works.place(work, command.payload)
                sync.lock(session, {work.workshop.id, *({work.room.stream_id} if work.room else ())})
                works.allow(work, command.envelope.seat)
                row = verb.run(work, command.payload)
                session.flush()
                return {"ok": True, "seq": getattr(row, "seq", 0), **_shown(work, row)}
        except Later as later:
            return {"retry_after": later.seconds}
        except Refusal as refusal:
            if verb.late and refusal.code in tray.LATE:
                refusal.tray = tray.keep(work, command.payload.model_dump(), refusal.code)
            return refusal.answer()


def _read(secret: str | None, message: Any) -> Command:
    envelope = Envelope.model_validate(message)
    command = Command(secret, envelope)
    said = json.dumps([envelope.verb, envelope.seat, envelope.payload], sort_keys=True)
    command.digest = hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:32]
    if envelope.verb not in VERBS:
        command.refusal = Refusal("unknown_verb")
    else:
        try:
            command.payload = VERBS[envelope.verb].shape.model_validate(envelope.payload)
        except ValidationError as error:
            where = ".".join(str(part) for part in error.errors()[0]["loc"])[:60]
            command.refusal = Refusal("bad_payload", field=where)
    return command


def _shown(work, row) -> dict:
    if isinstance(row, Ballot):
        ballot = {"activity": row.activity_id, "seat": row.seat_id, "choices": row.choices, "rev": row.rev}
        work.session.info.setdefault("ballots", []).append((row.seat_id, ballot))
        return {"rev": row.rev}
    if not isinstance(row, (Activity, Contribution, Room, RoomSeat)):
        return {}
    if isinstance(row, Contribution) and row.seat_id and row.rev == 1:
        work.session.info.setdefault("cards", []).append((row.seat_id, row.id))
    viewer = Viewer(workshop=work.workshop.id, privacy=work.workshop.privacy, role=work.role,
                    seats=frozenset({work.seat.id}) if work.seat else frozenset())
    stream = row.workshop_id if isinstance(row, Room) else row.stream_id
    return {"stream": stream, "card": sight.Look(work.session, viewer).card(row)}


def heads(session, ids) -> dict:
    """{stream id: [epoch, seq]} of the streams `ids`."""
    return {s.id: [s.epoch, s.seq] for s in session.scalars(select(Stream).where(Stream.id.in_(ids)))}
