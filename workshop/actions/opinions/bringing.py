"""Brings in what people answered somewhere else: a vote that is over, about cards of a board, without a seat's ballot."""
from typing import Annotated

from pydantic import Field
from sqlalchemy import func, select

from workshop.actions.core.context import OnBoard
from workshop.actions.core.registry import Shape, verb
from workshop.actions.core.telling import Act, Sentence, tells
from workshop.actions.opinions.groups import BROUGHT
from workshop.actions.rooms.building import add_activity
from workshop.actions.votes import opening, results
from workshop.domain.errors import Refusal
from workshop.domain.kinds import kinds
from workshop.domain.limits import ROUGH, TITLE
from workshop.domain.opinions.packing import NONE
from workshop.domain.people.names import typed_name
from workshop.store.models import Activity, Contribution, OpinionGroups
from workshop.words import _, count

KIND, PEOPLE, CARDS = "opinions", 5000, 500


class Bring(Shape):
    """Describes a vote on `cards` of a board (`activity`) that was held elsewhere. `rows`: of each person a text with a sign
    for each card: 2 agree, 1 pass, 0 disagree, 3 none."""

    activity: str = Field(max_length=40)
    title: str = Field(max_length=ROUGH * TITLE)
    cards: list[Annotated[str, Field(max_length=40)]] = Field(min_length=1, max_length=CARDS)
    rows: list[Annotated[str, Field(pattern="^[0-3]*$", max_length=CARDS)]] = Field(min_length=1, max_length=PEOPLE)


@verb("opinions.bring", Bring)
def bring(work: OnBoard, payload: Bring) -> Activity:
    """Makes the vote, over and counted; nobody's seat is in it. Refusals: `not_for_this`, `room_closed`, `no_such_card`,
    `bad_choice`."""
    board, cards = work.activity, payload.cards
    if board.kind != "ideas":
        raise Refusal("not_for_this")
    opening.check_open(work.room)
    there = set(work.session.scalars(select(Contribution.id).where(
        Contribution.activity_id == board.id, Contribution.stream_id == board.stream_id, Contribution.kind == "idea",
        Contribution.withdrawn_at.is_(None))))
    if not there.issuperset(cards):
        raise Refusal("no_such_card")
    if len(set(cards)) < len(cards) or any(len(row) != len(cards) for row in payload.rows):
        raise Refusal("bad_choice")
    last = work.session.scalar(select(func.max(Activity.position)).where(Activity.room_id == work.room.id)) or 0
    vote = add_activity(work.session, work.room, KIND, last + 1, {"source": board.id, "reveal": "close"},
                        typed_name(payload.title, TITLE))
    rows = [{card: int(sign) - 1 for card, sign in zip(cards, row, strict=True) if int(sign) != NONE}
            for row in payload.rows]
    rows = [row for row in rows if row]
    vote.opened_at = vote.closed_at = work.now
    vote.opened_by = vote.closed_by = work.actor()
    vote.tally = kinds()[KIND].vote_rules.summarise([(row, None) for row in rows]) | {"ballots": len(rows)}
    vote.parts = {"turnout": {"voted": len(rows), "could": len(rows)}, "by": {}, "names": {}, "axes": {},
                  "delegations": {"of": 0, "small": 0, "first": {}, "lean": {}}}
    work.session.add(OpinionGroups(activity_id=vote.id, mark="", told=None, found={
        "cards": cards, BROUGHT: "".join(payload.rows)}))
    work.session.changes.alike.add(vote.id)
    work.touch(vote)
    results.tell(work.session, vote.room_id)
    work.remember(vote.id, None, {"title": vote.title, "people": len(rows)}, work.workshop.id)
    return vote


@tells("opinions.bring", team="room")
def _brought(act: Act) -> Sentence:
    people = count("{n} person", "{n} people", int(act.after.get("people", 0)))
    return Sentence(_("{who} brought in a vote.", **act.names),
                    _("brought in what {people} answered elsewhere.", people=people), said=act.after.get("title", ""))
