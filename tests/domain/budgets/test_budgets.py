"""Budgets give what their written cases say, and what their definition gives."""
import json
from itertools import permutations

import pytest

from tests.domain.budgets.check_budgets import differences
from tests.support.needs import times
from tests.support.real import SHARED, real
from workshop.domain.budgets import expected
from workshop.domain.budgets.equal_shares import ALIKE, COST, hangs_on_lot, shares
from workshop.domain.budgets.votes import Budget, greedy, greedy_hangs_on_lot, greedy_ties

CASES = sorted(path.stem for path in SHARED.joinpath("elections").glob("e*.json")
               if json.loads(path.read_text(encoding="utf-8"))["kind"] == "budget") or ["e50"]


@pytest.mark.parametrize("name", CASES)
def test_every_field_is_as_the_case_says(name):
    case = json.loads(real("elections", f"{name}.json").read_text(encoding="utf-8"))
    found, wanted = expected(case), case["expected"]
    for field in wanted.keys() - {"agreed"}:
        assert found[field] == wanted[field], field
    assert found.keys() <= wanted.keys()


def test_it_is_what_the_definition_gives():
    assert differences(times(300, 1000), "gate") == []


def budget(total, costs, rows, seed="s"):
    return Budget(total, costs, [(frozenset(row), n) for row, n in rows], seed)


def test_two_equal_ones_of_which_one_fits_are_a_tie_that_is_named():
    one = budget(100, {"a": 60, "b": 60, "c": 40}, [("ab", 3), ("c", 1)])
    assert greedy_ties(one) == [["a", "b"]] and greedy_hangs_on_lot(one)
    assert greedy(one)[1:] == ["c"] and greedy(one)[0] == max("ab", key=one.height)
    other = budget(200, {"a": 60, "b": 60, "c": 40}, [("ab", 3), ("c", 1)])
    assert greedy_ties(other) == [] and greedy_hangs_on_lot(other) is False


def test_the_order_of_ballots_and_projects_changes_nothing():
    rows = [("ab", 2), ("bc", 1), ("c", 3), ("", 1)]
    said = set()
    for order in permutations(rows):
        for names in permutations("abc"):
            one = budget(90, {name: {"a": 30, "b": 45, "c": 60}[name] for name in names}, order)
            found = shares(one, COST)
            said.add((tuple(greedy(one)), found.chosen, found.rho))
    assert len(said) == 1


def test_a_share_that_stays_the_same_does_so_as_far_as_it_says():
    one = budget(777, {"005": 240, "5": 390, "x": 90, "y": 110, "z": 70},
                 [(("5", "x"), 2), (("005", "y"), 3), (("z", "5"), 1), (("y",), 2)])
    at = 0
    while at < 500:
        found = shares(one, ALIKE, at)
        if found.same_to is None:
            break
        end = at + max(1, -(-found.same_to.numerator // found.same_to.denominator))
        assert all(shares(one, ALIKE, k).chosen == found.chosen for k in range(at, end))
        at = end
    assert at > 0


def test_nobody_who_approves_means_no_shares():
    found = expected({"budget": 10, "projects": [{"id": "a", "cost": 3}], "ballots": [{"count": 4, "approve": []}],
                      "rules": {"seed": "s"}})
    assert (found["voters"], found["empty"], found["greedy"]["chosen"]) == (0, 4, [])
    assert "equal_shares" not in found and found["left_out"]


def test_where_there_are_too_many_ways_to_look_at_it_says_that_it_has_not_worked_it_out(monkeypatch):
    names = [f"p{n}" for n in range(9)]
    many = Budget(45, dict.fromkeys(names, 10), [(frozenset(names), 5)], "s")
    assert (greedy_hangs_on_lot(many), hangs_on_lot(many, ALIKE)) == (True, True)
    monkeypatch.setattr("workshop.domain.budgets.votes.MOST_STATES", 5)
    monkeypatch.setattr("workshop.domain.budgets.equal_shares.MOST_STATES", 10)
    assert (greedy_hangs_on_lot(many), hangs_on_lot(many, ALIKE)) == (None, None)
