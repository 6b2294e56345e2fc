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
from workshop.domain.shapes import Option, Settings
from workshop.store.models import Activity, Room
from workshop.store.transaction import Session
from workshop.store.visibility.results import called, is_over
from workshop.words import _, spoken


class Again(Shape):
    """Names a vote. `tied`: between those alone whom its result does not tell apart."""

    activity: str = Field(max_length=40)
    tied: bool = False


@verb("vote.again", Again)
def vote_again(work: OnBoard, payload: Again) -> Activity:
    """Opens the next round of a vote, with the same settings; what still runs is closed. Refusals: `not_for_this`,
    `round_follows` where there is a later one already, `vote_runs` and `none_tied` for one between the tied."""
    if not kinds()[work.activity.kind].decides:
        raise Refusal("not_for_this")
    settings = among_tied(work.session, work.room, work.activity) if payload.tied else work.activity.settings
    made = begin_again(work, work.activity, settings)
    work.remember(made.id, None, {"round": made.round, "title": made.title}, work.workshop.id)
    return made


@tells("vote.again", team="room")
def _again(act: Act) -> Sentence:
    n = act.after.get("round", 2)
    return Sentence(_("{who} opened round {n} of a vote.", n=n, **act.names),
                    _("opened round {n} of a vote in room {room}.", n=n, **act.names), said=act.after.get("title", ""))


def tied(vote: Activity) -> list[str]:
    """Lists those whom the result of a vote does not tell apart, so that they can be voted on again."""
    won = (vote.tally or {}).get("won") or {}
    found: list[str] = [] if won.get("drawn") else won.get("tied") or []
    return found


def among_tied(session: Session, room: Room, vote: Activity) -> Settings:
    """Returns settings of the next round, between named things: the tied, for the places that are left. Refusals:
    `vote_runs`, `none_tied`."""
    if not is_over(room, vote):
        raise Refusal("vote_runs")
    if not (keys := tied(vote)):
        raise Refusal("none_tied")
    options = _named(session, vote, keys)
    kept = {name: value for name, value in vote.settings.items() if name != "per"}
    return kept | {"options": options, "places": (vote.tally or {})["won"]["left"]}


def _named(session: Session, vote: Activity, keys: list[str]) -> list[Option]:
    """Lists them as options; of cards those that everybody may read."""
    titles = {option["key"]: option["title"] for option in vote.settings.get("options") or ()}
    cards = called(session, vote)
    return [{"key": key, "title": titles[key] if key in titles else " ".join(filter(None, (
        cards[key].get("number"), cards[key]["text"])))} for key in keys if key in titles or key in cards]


def names_of_tied(session: Session, vote: Activity) -> list[str]:
    """Lists what those are called who can be voted on again; none once they are."""
    first = vote.round_of or vote.id
    later = session.scalar(select(Activity.id).where(Activity.round_of == first, Activity.round > vote.round).limit(1))
    return [] if later or not tied(vote) else [spoken(one["title"]) for one in _named(session, vote, tied(vote))]


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
