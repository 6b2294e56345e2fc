"""Says by which votes people may be put into groups: with those who answer alike, or with others."""
from collections import Counter
from collections.abc import Collection

from sqlalchemy import select

from workshop.actions.opinions import groups
from workshop.domain import voting
from workshop.domain.errors import Refusal
from workshop.domain.opinions.standing import LEAST
from workshop.store.counts.breakdown import strict
from workshop.store.models import Activity, OpinionGroups, Room, Workshop
from workshop.store.transaction import Session
from workshop.store.visibility import results
from workshop.store.votes.opinion_groups import told


def votes(session: Session, workshop: Workshop) -> list[Activity]:
    """Lists the votes of a workshop whose groups are told of now."""
    found = session.scalars(select(Activity).join(OpinionGroups, OpinionGroups.activity_id == Activity.id).join(
        Room, Room.id == Activity.room_id).where(Room.workshop_id == workshop.id).order_by(Room.number, Activity.position))
    return [vote for vote in found if _is_told(session, workshop, vote)]


def _is_told(session: Session, workshop: Workshop, vote: Activity) -> bool:
    over = results.is_over(session.get_one(Room, vote.room_id), vote)
    return bool(told(session, vote)) and (over or (
        voting.shows_while_open(vote.settings, False) and not strict(vote.settings, workshop.privacy)))


def may_form(session: Session, workshop: Workshop, vote_id: str, way: str, seats: Collection[str]) -> None:
    """Refuses with `no_opinion_groups` to draw these seats by the groups of a vote: where they are not told of; where too
    few of a group are among them, so that a draw would tell of single people; and, in an anonymous workshop, to put those
    together who answer alike, which shows everybody who they are."""
    vote = next((one for one in votes(session, workshop) if one.id == vote_id), None)
    if vote is None or (way == "alike" and strict(vote.settings, workshop.privacy)):
        raise Refusal("no_opinion_groups")
    sizes = Counter(letter for seat, letter in groups.members(session, vote).items() if seat in seats)
    if len(sizes) < 2 or min(sizes.values()) < LEAST:
        raise Refusal("no_opinion_groups")
