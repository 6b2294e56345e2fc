"""Writes down what a vote decided: one sentence, by a person."""
from pydantic import Field

from workshop.actions.core.context import OnBoard
from workshop.actions.core.registry import Shape, verb
from workshop.actions.core.telling import Act, Sentence, tells
from workshop.actions.desk.saying import actor_name
from workshop.actions.votes import results
from workshop.domain.errors import Refusal
from workshop.domain.kinds import kinds
from workshop.domain.limits import OUTCOME, ROUGH
from workshop.domain.people.names import typed_name
from workshop.store.models import Activity
from workshop.store.visibility.results import is_over
from workshop.words import _


class Decide(Shape):
    """Holds what a vote decided, in a sentence; empty: nothing any more. `base`: the sentence that the sender has seen."""

    activity: str = Field(max_length=40)
    text: str = Field(max_length=ROUGH * OUTCOME)
    base: str | None = Field(default=None, max_length=ROUGH * OUTCOME)


@verb("vote.decide", Decide)
def decide(work: OnBoard, payload: Decide) -> Activity:
    """Writes the sentence, in place of the one before. Refusals: `not_for_this`, `vote_runs`, `too_long`,
    `stale_outcome` where somebody has written another one meanwhile."""
    vote = work.activity
    if not kinds()[vote.kind].decides:
        raise Refusal("not_for_this")
    if not is_over(work.room, vote):
        raise Refusal("vote_runs")
    before, text = vote.outcome or {}, typed_name(payload.text, OUTCOME)
    if text == before.get("text", ""):
        return vote
    if payload.base is not None and typed_name(payload.base, OUTCOME) != before.get("text", ""):
        raise Refusal("stale_outcome", name=before.get("name", ""), text=before.get("text", ""))
    vote.outcome = {"text": text, "by": work.actor(), "name": actor_name(work), "at": work.now.isoformat()} if text else {}
    work.touch(vote)
    results.tell(work.session, vote.room_id)
    work.remember(vote.id, {"text": before.get("text", "")}, {"text": text}, work.workshop.id)
    return vote


@tells("vote.decide", team="room")
def _decided(act: Act) -> Sentence:
    before, text = act.before.get("text", ""), act.after.get("text", "")
    if before:
        return Sentence(_("{who} changed what a vote decided. Before:", **act.names),
                        _("changed what a vote decided: “{text}”. Before: “{before}”.", text=text, before=before),
                        said=before)
    return Sentence(_("{who} wrote what a vote decided:", **act.names), _("wrote what a vote decided: “{text}”.", text=text),
                    said=text)
