"""Sets the rules of a vote before its first ballot; afterwards only with a new round, and the one that was stays."""
from typing import Any

from pydantic import Field
from sqlalchemy import String, cast, func, select

from workshop.actions.core.context import OnBoard
from workshop.actions.core.registry import Shape, verb
from workshop.actions.core.telling import Act, Sentence, tells
from workshop.actions.votes import rounds, rule_words
from workshop.actions.votes.ballots import wait
from workshop.actions.votes.rule_words import settled
from workshop.domain import voting
from workshop.domain.errors import Refusal
from workshop.domain.kinds import kinds
from workshop.domain.shapes import Settings
from workshop.store.models import Activity, Ballot
from workshop.store.transaction import Session
from workshop.words import _


class Rule(Shape):
    """Describes the rules of a vote (domain/voting.py), and when its result is seen. `set`: settings of its kind that are
    otherwise (`Kind.settable`), None for none. `again`: begin a new round with them,
    where somebody has voted already; `base`: the state of the rules that the sender has seen."""

    activity: str = Field(max_length=40)
    rules: dict[str, Any] = Field(max_length=20)
    set: dict[str, Any] = Field(default={}, max_length=20)
    reveal: str | None = Field(default=None, max_length=10)
    again: bool = False
    base: str | None = Field(default=None, max_length=40)


@verb("vote.rule", Rule)
def rule(work: OnBoard, payload: Rule) -> Activity:
    """Sets the rules. Refusals: `bad_rules`, `bad_settings`, `weights_for_nothing`, `stale_rules`, `votes_cast` where
    somebody has voted, `vote_closed`."""
    vote = work.activity
    if not kinds()[vote.kind].decides:
        raise Refusal("not_for_this")
    if payload.base not in (None, voting.edition(vote.settings)):
        raise Refusal("stale_rules")
    given = {"rules": payload.rules} | ({"reveal": payload.reveal} if payload.reveal is not None else {})
    settings = settled(work.session, work.room, _set(vote, payload.set) | given)
    was, now = (rule_words.spoken_all(one) for one in (vote.settings, settings))
    if (voted := ballots(work.session, vote)) and not _closing_only(vote, settings):
        if not payload.again:
            raise Refusal("votes_cast", n=voted)
        vote = rounds.begin_again(work, vote, settings)
    elif vote.closed_at is not None:
        raise Refusal("vote_closed")
    else:
        vote.settings = settings
        work.touch(vote)
        if settings.get("reveal") == voting.LIVE and vote.tally is not None:
            wait(work.session, vote, work.now)
    work.remember(vote.id, {"text": was}, {"text": now}, work.workshop.id)
    return vote


@tells("vote.rule", team="room")
def _ruled(act: Act) -> Sentence:
    return Sentence(_("{who} set the rules of a vote.", **act.names),
                    _("set the rules of a vote in room {room}.", **act.names), said=act.after.get("text", ""))


def _set(vote: Activity, given: Settings) -> Settings:
    """Returns the settings of the vote with those of its kind that are given. Refusal `bad_settings`."""
    kind = kinds()[vote.kind]
    if given.keys() - kind.settable():
        raise Refusal("bad_settings")
    made = {name: value for name, value in (vote.settings | given).items() if name not in given or value is not None}
    for number in kind.numbers if given else ():
        value = made.get(number.stored or number.name, number.least)
        if type(value) is not int or not number.least <= value <= number.most:
            raise Refusal("bad_settings")
    if given and (kind.consistent(kind.given(made)) or any(pick.of(made) not in pick.options for pick in kind.picks)
                  or any(not isinstance(made.get(one.name, False), bool) for one in kind.switches)):
        raise Refusal("bad_settings")
    return made


def _closing_only(vote: Activity, other: Settings) -> bool:
    """Tells whether the rules differ in nothing but who closes the vote and when, or in numbers that may come late: that
    changes no ballot."""
    one, free = vote.settings, {"closer", "all_sites"}
    late = {number.stored or number.name for number in kinds()[vote.kind].numbers if number.late}
    own = kinds()[vote.kind].settable() - late
    if any(one.get(name) != other.get(name) for name in own):
        return False
    held, now = ({name: value for name, value in voting.rules(of).items() if name not in free} for of in (one, other))
    return held == now and one.get("reveal") == other.get("reveal")


def ballots(session: Session, vote: Activity) -> int:
    """Counts the ballots in which something is chosen."""
    return session.scalar(select(func.count()).select_from(Ballot).where(
        Ballot.activity_id == vote.id, func.length(cast(Ballot.choices, String)) > len("{}"))) or 0
