"""Makes a vote of a .pb file: of what kind it is, its settings, and the ballots as that kind takes them."""
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from workshop.domain.errors import Refusal
from workshop.domain.kinds import kinds
from workshop.domain.shapes import Choices, Settings
from workshop.intake.pabulib import APPROVAL, KNAPSACK, ONE, POINTS, RANKED, Election

BUDGET, SHARED, RANK = "budget", "points", "rank"  # the kinds
MOST_POINTS = 1000
Ballot = tuple[str, list[str], list[int]]


@dataclass(frozen=True)
class Asked:
    """Holds a vote: its kind and settings, and {voter: what they choose}."""

    kind: str
    settings: Settings
    ballots: dict[str, Choices]


def vote_of(election: Election) -> Asked:
    """Returns the vote of the file's type. Refusals: `not_for_this` where there is no such kind here, `few_options`,
    `bad_settings` where it has more things or points than the kind takes."""
    kind = {POINTS: SHARED, RANKED: RANK}.get(election.type, BUDGET)
    if kind not in kinds() or not election.type:
        raise Refusal("not_for_this")
    options = [{"key": item.key, "title": item.title} for item in election.items]
    if len(options) < 2:
        raise Refusal("few_options")
    known = kinds()[kind].options
    if known and len(options) > known.most:
        raise Refusal("bad_settings")
    settings: dict[str, Any] = {"options": options}
    longest = max((len(ids) for _voter, ids, _points in election.ballots), default=0)
    if kind == BUDGET:
        settings = {"options": [{**option, "cost": item.cost} for option, item in zip(options, election.items, strict=True)],
                    "total": election.total, "currency": election.currency}
        most = 1 if election.type == ONE else election.limits.get("max_length", 0)
        if longest <= most <= len(options) and most:
            settings["most"] = most
        if election.type == KNAPSACK:
            settings["within"] = True
    if kind == SHARED:
        given = max((sum(points) for _voter, _ids, points in election.ballots), default=0)
        settings["budget"] = max(2, given, election.limits.get("max_sum_points", 0))
        if settings["budget"] > MOST_POINTS:
            raise Refusal("bad_settings")
    choose = CHOICES[election.type]
    return Asked(kind, settings, {one[0]: choose(one) for one in election.ballots})


def _approved(ballot: Ballot) -> Choices:
    return dict.fromkeys(ballot[1], 1)


def _shared(ballot: Ballot) -> Choices:
    return {key: n for key, n in zip(ballot[1], ballot[2], strict=True) if n}


def _ranked(ballot: Ballot) -> Choices:
    return {key: place for place, key in enumerate(ballot[1], 1)}


CHOICES: dict[str, Callable[[Ballot], Choices]] = {
    APPROVAL: _approved, ONE: _approved, KNAPSACK: _approved, POINTS: _shared, RANKED: _ranked}
