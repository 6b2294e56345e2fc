"""Opens votes by themselves, whatever the step of their room, and closes votes for good."""
from typing import Any

from pydantic import Field
from sqlalchemy import func, select

from workshop.actions import imported_json
from workshop.actions.core.context import InRoom, OnBoard
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
from workshop.domain.kinds import kinds
from workshop.domain.limits import ROUGH, TITLE
from workshop.domain.people.names import typed_name
from workshop.store.models import Activity, Room
from workshop.store.transaction import Session
from workshop.words import _


class Open(Shape):
    """Describes a vote of a room or of the plenary: what is asked, its kind, the settings that are not the usual ones."""

    room: str = Field(max_length=40)
    kind: str = Field(max_length=20)
    title: str = Field(max_length=ROUGH * TITLE)
    settings: dict[str, Any] = Field(default={}, max_length=20)


class Close(Shape):
    """Names a vote."""

    activity: str = Field(max_length=40)


@verb("vote.open", Open)
def open_vote(work: InRoom, payload: Open) -> Activity:
    """Opens a vote in a room at once, whatever its step. Refusals: `no_such_kind`, `bad_settings`, those of its rules, and
    what a secret vote cannot have (`voting.check`)."""
    return begin(work, work.room, payload.kind, typed_name(payload.title, TITLE), payload.settings)


def begin(work: InRoom, room: Room, kind: str, title: str, settings: dict[str, Any]) -> Activity:
    """Opens a vote in the room, the last of its activities."""
    if kind not in kinds() or not kinds()[kind].decides:
        raise Refusal("no_such_kind")
    last = work.session.scalar(select(func.max(Activity.position)).where(Activity.room_id == room.id)) or 0
    board = work.session.scalar(select(Activity.id).where(Activity.room_id == room.id, Activity.kind == "ideas"))
    if voting.is_secret(settings):
        settings = {"reveal": voting.CLOSE} | settings
        voting.check(settings)
    try:
        checked = imported_json.settings(kind, kinds()[kind].settings | settings | {"source": board})
    except FAULTS:
        voting.checked(settings.get("rules") or {})  # which of them cannot be
        raise Refusal("bad_settings") from None
    checked = settled(work.session, room.workshop_id, checked)
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
    """Closes a vote for good; of two who do, the first does. Its result is counted a last time and shown. Refusal
    `not_for_this`."""
    vote = work.activity
    if not kinds()[vote.kind].decides:
        raise Refusal("not_for_this")
    if vote.closed_at is None:
        voters.may_close(work, vote)
        shut(work.session, work, vote)
        work.remember(vote.id, {"open": True}, {"open": False}, work.workshop.id)
    return vote


def shut(session: Session, work: OnBoard, vote: Activity) -> None:
    """Closes a vote that is open."""
    vote.closed_at, vote.closed_by = work.now, work.actor()
    recount(session, vote, True, work.now)
    parts.keep(session, vote)
    work.touch(vote)
    attendance.follow(session, work.room, work.now)
    results.tell(session, vote.room_id)


@tells("vote.close", team="room")
def _closed(act: Act) -> Sentence:
    return Sentence(_("{who} closed a vote.", **act.names), _("closed a vote in room {room}.", **act.names))
