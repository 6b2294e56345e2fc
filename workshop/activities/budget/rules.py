"""Checks and counts the ballots of a budget."""
from collections import Counter
from collections.abc import Collection

from workshop.domain.budgets.equal_shares import ALIKE, COST, bounded
from workshop.domain.budgets.votes import Budget, greedy, greedy_ties
from workshop.domain.errors import Refusal
from workshop.domain.shapes import Ballots, Choices, Json, Settings, Tally

FEW = 5  # of fewer people it is not told that nothing of what they chose is in
NAMED = 3  # things that those chose most of whom nothing is in


def check(settings: Settings, choices: Choices, cards: Collection[str]) -> Json:
    """Returns the ballot {key: 1}, {} for none, or Refusal `bad_choice`, `over_choices`, `over_sum`."""
    if any(type(one) is not int or one != 1 for one in choices.values()) or not choices.keys() <= set(cards):
        raise Refusal("bad_choice")
    most = settings.get("most") or len(choices)
    if len(choices) > most:
        raise Refusal("over_choices", limit=most, asked=len(choices))
    if settings.get("within"):
        asked, limit = sum(costs(settings)[key] for key in choices), settings["total"]
        if asked > limit:
            raise Refusal("over_sum", over=asked - limit, asked=asked, limit=limit)
    return dict(choices)


def costs(settings: Settings) -> dict[str, int]:
    """Returns {key: what it costs}."""
    return {option["key"]: option["cost"] for option in settings["options"]}


def summarise(ballots: Ballots[int]) -> Json:
    """Returns {items: {key: {seats, delegations}}} of (choices, delegation id) pairs."""
    chosen: dict[str, list[str | None]] = {}
    for choices, delegation in ballots:
        for key in choices:
            chosen.setdefault(key, []).append(delegation)
    return {"items": {key: {"seats": len(of), "delegations": len(set(of) - {None})} for key, of in chosen.items()}}


def complete(settings: Settings, tally: Tally, ballots: list[tuple[Choices, int]], options: list[str]) -> Tally:
    """Returns the tally with {sides: {votes, shares}}, each {chosen: {key: its turn}, left, nothing?: of how many people
    nothing is in, lots?: {key: 1} of those between which a lot chose}. Of `shares` also `units`: how many more each voter
    was given, `step`: how many at a time, 0 where they would be too many to count, and `added`: {key: 1} of what votes added
    in the end; of `votes` also `short`: {key: how many of those of whom nothing is in chose it}."""
    known = {key: cost for key, cost in costs(settings).items() if key in options}
    rows: Counter[frozenset[str]] = Counter()
    for choices, times in ballots:
        rows[frozenset(known).intersection(choices)] += times
    budget = Budget(settings["total"], known, sorted(rows.items(), key=lambda row: sorted(row[0])), settings.get("seed", ""))
    if not budget.voters:
        return tally
    by_votes, by_shares = greedy(budget), bounded(budget, ALIKE if settings.get("alike") else COST)
    votes = _side(budget, by_votes, {key for tied in greedy_ties(budget) for key in tied})
    if votes.get("nothing"):
        short: Counter[str] = Counter()
        for approved, n in budget.rows:
            short.update(dict.fromkeys(approved if approved.isdisjoint(by_votes) else (), n))
        votes["short"] = dict(sorted(short.items(), key=lambda one: (-one[1], one[0]))[:NAMED])
    chosen = [*by_shares.shares.chosen, *by_shares.added]
    lots = {key for tied in by_shares.shares.ties for key in tied if not {*tied} <= {*chosen}}
    shares = _side(budget, chosen, lots) | {"units": by_shares.units, "step": by_shares.step}
    if by_shares.added:
        shares["added"] = dict.fromkeys(by_shares.added, 1)
    return tally | {"sides": {"votes": votes, "shares": shares}}


def _side(budget: Budget, chosen: list[str], lots: Collection[str]) -> Json:
    nothing = budget.left_out(chosen)
    side: Json = {"chosen": {key: turn for turn, key in enumerate(chosen, 1)}, "left": budget.total - budget.cost(chosen)}
    if nothing == 0 or nothing >= FEW:
        side["nothing"] = nothing
    return side | ({"lots": dict.fromkeys(sorted(lots), 1)} if lots else {})
