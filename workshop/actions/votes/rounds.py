"""Repeats a vote, before and after a discussion: each round is an activity of its own, and the earlier ones stay as they
were."""
from pydantic import Field
from sqlalchemy import func, select

from workshop.actions.core.context import OnBoard
from workshop.actions.core.registry import Shape, verb
from workshop.actions.core.telling import Act, Sentence, tells
from workshop.actions.rooms import attendance
from workshop.actions.rooms.building import add_activity
from workshop.actions.votes import opening, voters
from workshop.domain.errors import Refusal
from workshop.domain.kinds import kinds
from workshop.domain.shapes import Settings
from workshop.store.models import Activity
from workshop.words import _


class Again(Shape):
    """Names a vote."""

    activity: str = Field(max_length=40)


@verb("vote.again", Again)
def vote_again(work: OnBoard, payload: Again) -> Activity:
    """Opens the next round of a vote, with the same settings; what still runs is closed. Refusals: `not_for_this`,
    `round_follows` where there is a later one already."""
    if not kinds()[work.activity.kind].decides:
        raise Refusal("not_for_this")
    made = begin_again(work, work.activity, work.activity.settings)
    work.remember(made.id, None, {"round": made.round, "title": made.title}, work.workshop.id)
    return made


@tells("vote.again", team="room")
def _again(act: Act) -> Sentence:
    n = act.after.get("round", 2)
    return Sentence(_("{who} opened round {n} of a vote.", n=n, **act.names),
                    _("opened round {n} of a vote in room {room}.", n=n, **act.names), said=act.after.get("title", ""))


def begin_again(work: OnBoard, vote: Activity, settings: Settings) -> Activity:
    """Closes the vote, if that has not been done, and opens the round after it by itself."""
    opening.check_open(work.room)
    first = vote.round_of or vote.id
    if vote.round < (work.session.scalar(select(func.max(Activity.round)).where(Activity.round_of == first)) or 1):
        raise Refusal("round_follows", n=vote.round + 1)
    if vote.closed_at is None:
        voters.may_close(work, vote)
        opening.shut(work.session, work, vote)
    last = work.session.scalar(select(func.max(Activity.position)).where(Activity.room_id == work.room.id)) or 0
    # A step that opens the first round by its key or its kind has no say in this one.
    kept = {name: value for name, value in settings.items() if name != "key"}
    made = add_activity(work.session, work.room, vote.kind, last + 1, kept, vote.title)
    made.round, made.round_of = vote.round + 1, first
    made.opened_at, made.opened_by = work.now, work.actor()
    work.touch(made)
    attendance.follow(work.session, work.room, work.now)
    return made
