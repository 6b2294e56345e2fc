"""Counts a budget that is written down as a case: projects, ballots, a seed."""
from fractions import Fraction
from typing import Any

from workshop.domain.budgets.equal_shares import ALIKE, COST, completed, hangs_on_lot, shares
from workshop.domain.budgets.votes import Budget, greedy, greedy_hangs_on_lot
from workshop.domain.shapes import Json


def expected(case: Json) -> Json:
    """Returns {voters, empty, votes, left_out, greedy, equal_shares: {cost, cardinality: {plain, add_one,
    add_one_then_votes}}} of {budget, projects: [{id, cost}], ballots: [{count, approve}], rules: {seed}}; fractions as
    text. Where nobody approves anything there are no shares."""
    costs = {one["id"]: one["cost"] for one in case["projects"]}
    rows = [(frozenset(one["approve"]), one["count"]) for one in case["ballots"]]
    budget = Budget(case["budget"], costs, rows, case["rules"]["seed"])
    chosen = greedy(budget)
    found: Json = {
        "voters": budget.voters, "empty": sum(n for approved, n in rows if not approved), "votes": budget.votes,
        "left_out": {},
        "greedy": {"chosen": chosen, **_money(budget, chosen), "tie_changes_result": greedy_hangs_on_lot(budget)}}
    if not budget.voters:
        return found | {"left_out": {"equal_shares": "no ballot names a project"}}
    return found | {"equal_shares": {worth: _shares(budget, worth) for worth in (COST, ALIKE)}}


def _shares(budget: Budget, worth: str) -> Json:
    plain, more = shares(budget, worth), completed(budget, worth)
    chosen = [*more.shares.chosen, *more.added]

    def told(of: Any) -> Json:
        return {"share_each": _text(of.share), "chosen": list(of.chosen), "rho": [_text(n) for n in of.rho],
                "ties": [list(tied) for tied in of.ties], **_money(budget, list(of.chosen))}
    return {
        "plain": told(plain) | {"left_per_row": [_text(n) for n in plain.left],
                                "tie_changes_result": hangs_on_lot(budget, worth)},
        "add_one": told(more.shares) | {"units_added_each": more.units,
                                        "same_if_stopped_when_nothing_more_fits": more.same_if_full},
        "add_one_then_votes": {"chosen": chosen, "added": list(more.added), **_money(budget, chosen)}}


def _money(budget: Budget, chosen: list[str]) -> Json:
    cost = budget.cost(chosen)
    return {"cost": cost, "left": budget.total - cost}


def _text(n: Fraction) -> str:
    return str(n)
