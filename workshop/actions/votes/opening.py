"""Opens votes by themselves, whatever the step of their room, and closes votes for good."""
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from pydantic import Field
from sqlalchemy import func, select

from workshop.actions import imported_json
from workshop.actions.core.context import CommandContext, InRoom, OnBoard
from workshop.actions.core.registry import Shape, verb
from workshop.actions.core.telling import Act, Sentence, tells
from workshop.actions.imported_checks import FAULTS
from workshop.actions.rooms import attendance
from workshop.actions.rooms.building import add_activity
from workshop.actions.votes import parts, results, voters
from workshop.actions.votes.counting import recount
from workshop.actions.votes.rule_words import settled
from workshop.domain import voting
from workshop.domain.errors import Refusal
from workshop.domain.kinds import Kind, kinds
from workshop.domain.limits import MONEY, NAME, ROUGH, TITLE
from workshop.domain.people.names import typed_name
from workshop.domain.roles import RAPPORTEUR
from workshop.domain.shapes import Settings
from workshop.store.models import Activity, Room
from workshop.store.streams import numbering
from workshop.store.transaction import Session
from workshop.words import _, spoken

LONGEST = 24 * 60  # minutes that a vote may be given
HEAVIEST = 8000  # bytes of the settings, which go to every phone, for each USUAL options
USUAL = 20


class Open(Shape):
    """Describes a vote of a room or of the plenary: what is asked, its kind, the settings that are not the usual ones."""

    room: str = Field(max_length=40)
    kind: str = Field(max_length=20)
    title: str = Field(max_length=ROUGH * TITLE)
    settings: dict[str, Any] = Field(default={}, max_length=20)
    minutes: int | None = Field(default=None, ge=1, le=LONGEST)  # until it closes by itself


class Close(Shape):
    """Names a vote."""

    activity: str = Field(max_length=40)


@verb("vote.open", Open)
def open_vote(work: InRoom, payload: Open) -> Activity:
    """Opens a vote in a room or in the plenary at once, whatever the step. Refusals: `no_such_kind`, `bad_settings`,
    `options_alike`, `few_options`, `sum_missing`, `cost_wrong`, `not_let` (a rapporteur, where the facilitators have not
    allowed it), those of its rules,
    and what a secret vote cannot have (`voting.check`)."""
    check_lead(work)
    title = typed_name(payload.title, TITLE)
    vote = begin(work, work.room, payload.kind, title, payload.settings)
    if payload.minutes:
        vote.closes_at = work.now + timedelta(minutes=payload.minutes)
    return vote


def check_open(room: Room) -> None:
    """Passes where the room has not closed: what it closed with stands. Raises Refusal `room_closed`."""
    if room.kind == "group" and room.closed_at is not None:
        raise Refusal("room_closed")


def check_lead(work: CommandContext) -> None:
    """Passes where whoever gives the command may open and close votes in the room: facilitators, and its rapporteurs if the
    facilitators let them. Raises Refusal `not_let`."""
    if work.role == RAPPORTEUR and not (work.room and work.room.kind == "group" and work.room.lets_vote):
        raise Refusal("not_let")


def _check(kind: Kind, settings: dict[str, Any], board: str | None) -> None:
    """Checks what a vote by itself must have beside what its settings must: options that differ, something to choose."""
    options = settings.get("options") or ()
    if options and kind.options is None:
        raise Refusal("bad_settings")
    try:
        keys = [one["key"] for one in options]
        words = ["|".join(title.values()) if isinstance(title := one["title"], dict) else title for one in options]
        told = {" ".join(one.split()).casefold() for one in words}
        heaviest = HEAVIEST * max(1, len(options) // USUAL)
        if len(json.dumps(settings, ensure_ascii=False).encode()) > heaviest or (
                options and kind.options and len(options) > kind.options.most):
            raise Refusal("bad_settings")
    except (KeyError, TypeError, AttributeError, ValueError):
        raise Refusal("bad_settings") from None
    if kind.consistent(kind.given(settings)):
        raise Refusal("bad_settings")
    if len(set(keys)) < len(keys) or len(told) < len(keys) or "" in told:
        raise Refusal("options_alike")
    if kind.options and kind.options.costs:
        _check_costs(settings)
    if kind.is_alone(settings):
        if kind.options and (options or kind.options.least) and len(options) < max(kind.options.least, 2):
            raise Refusal("few_options")
    elif board is None:
        raise Refusal("bad_settings")  # there are no cards


def _check_follows(session: Session, room: Room, follows: Any) -> None:
    """Refuses with `bad_settings` a vote to follow that is none of the workshop."""
    vote = session.get(Activity, follows) if isinstance(follows, str) else None
    of = session.get(Room, vote.room_id) if vote and kinds()[vote.kind].decides else None
    if of is None or of.workshop_id != room.workshop_id:
        raise Refusal("bad_settings")


def _check_costs(settings: Settings) -> None:
    """Passes where there is a sum and each thing has a cost. Refusals `sum_missing`, `cost_wrong` with the thing's name."""
    if not imported_json.is_cost(settings["total"]):
        raise Refusal("sum_missing", limit=MONEY)
    for one in settings["options"]:
        if not imported_json.is_cost(one.get("cost")):
            raise Refusal("cost_wrong", item=spoken(one["title"])[:NAME], limit=MONEY)


def begin(work: InRoom, room: Room, kind: str, title: str, settings: dict[str, Any]) -> Activity:
    """Opens a vote in the room, the last of its activities."""
    check_open(room)
    if kind not in kinds() or not kinds()[kind].decides:
        raise Refusal("no_such_kind")
    if (follows := settings.get("follows")) is not None:
        _check_follows(work.session, room, follows)
    last = work.session.scalar(select(func.max(Activity.position)).where(Activity.room_id == room.id)) or 0
    board = work.session.scalar(select(Activity.id).where(Activity.room_id == room.id, Activity.kind == "ideas"))
    if voting.is_secret(settings):
        settings = {"reveal": voting.CLOSE} | settings
        voting.check(settings)
    given = kinds()[kind].settings | ({"title": title} if kinds()[kind].settings.get("title") else {}) | settings
    _check(kinds()[kind], given, board)
    try:
        checked = imported_json.settings(kind, given | {"source": None if kinds()[kind].is_alone(given) else board})
    except FAULTS:
        voting.checked(settings.get("rules") or {})  # which of them cannot be
        raise Refusal("bad_settings") from None
    checked = settled(work.session, room, checked)
    vote = add_activity(work.session, room, kind, last + 1, checked, title)
    vote.opened_at, vote.opened_by = work.now, work.actor()
    work.touch(vote)
    attendance.follow(work.session, room, work.now)
    work.remember(vote.id, None, {"title": title}, work.workshop.id)
    return vote


@tells("vote.open", team="room")
def _opened(act: Act) -> Sentence:
    return Sentence(_("{who} opened a vote.", **act.names), _("opened a vote in room {room}.", **act.names),
                    said=act.after.get("title", ""))


@verb("vote.close", Close)
def close_vote(work: OnBoard, payload: Close) -> Activity:
    """Closes a vote for good; of two who do, the first does. Its result is counted a last time and shown. Refusals:
    `not_for_this`, those of `voters.may_close`."""
    vote = work.activity
    if not kinds()[vote.kind].decides:
        raise Refusal("not_for_this")
    if vote.closed_at is None:
        voters.may_close(work, vote)
        shut(work.session, work, vote)
        work.remember(vote.id, {"open": True}, {"open": False, "title": vote.title}, work.workshop.id)
    return vote


class Closing(Protocol):
    """Describes who closes a vote, and when: a command, or its deadline."""

    now: datetime
    room: Room

    def actor(self) -> str | None: ...
    def touch(self, row: Any, stream_id: str | None = None) -> object: ...


@dataclass
class Closer:
    """Closes a vote without a command of its own: its time is over, or its room closes."""

    session: Session
    now: datetime
    room: Room
    by: str | None = None

    def actor(self) -> str | None:
        """Returns who closed its room."""
        return self.by

    def touch(self, row: Any, stream_id: str | None = None) -> object:
        """Numbers the row that changed."""
        return numbering.touch(self.session, row, stream_id)


def close_due(session: Session, votes: list[str], now: datetime) -> None:
    """Closes those of the votes whose time is over; the caller has locked their workshops."""
    for vote, room in session.execute(select(Activity, Room).join(Room, Room.id == Activity.room_id).where(
            Activity.id.in_(votes), Activity.closed_at.is_(None), Activity.closes_at <= now)
            .execution_options(populate_existing=True)).all():
        shut(session, Closer(session, now, room), vote)
        session.changes.history.append({
            "stream_id": room.workshop_id, "verb": "vote.close", "seat_id": None, "account_id": None, "program": None,
            "target_id": vote.id, "before": {"open": True}, "at": now,
            "after": {"open": False, "time": True, "title": vote.title}})


def close_all(session: Session, room: Room, now: datetime, by: str | None) -> None:
    """Closes the votes that are open by themselves in a room that closes, or in the plenary of a workshop that ends."""
    for vote in session.scalars(select(Activity).where(
            Activity.room_id == room.id, Activity.opened_at.is_not(None), Activity.closed_at.is_(None))).all():
        shut(session, Closer(session, now, room, by), vote)


def shut(session: Session, work: Closing, vote: Activity) -> None:
    """Closes a vote that is open."""
    vote.closed_at, vote.closed_by = work.now, work.actor()
    session.flush()
    attendance.follow(session, work.room, work.now)  # before it is told how many could have voted
    recount(session, vote, True, work.now)
    parts.keep(session, vote)
    work.touch(vote)
    results.tell(session, vote.room_id)


@tells("vote.close", team="room")
def _closed(act: Act) -> Sentence:
    if act.after.get("time"):
        return Sentence(_("A vote closed: its time was over."), said=act.after.get("title", ""))
    return Sentence(_("{who} closed a vote.", **act.names), _("closed a vote in room {room}.", **act.names),
                    said=act.after.get("title", ""))
