"""Elections are counted as the rules are stated: the files with what each rule must give, and elections drawn by lot."""
import json
from collections import Counter
from fractions import Fraction

import pytest

from tests.domain.elections import slow
from tests.domain.elections.drawn import differences, drawn
from tests.support.needs import times
from tests.support.real import real
from workshop.domain.elections import expected
from workshop.domain.elections.decided import decide
from workshop.domain.elections.papers import gathered, of_ranks
from workshop.domain.errors import Refusal

PLAIN = {"seats": 1, "options": ["005", "5", "05"], "withdrawn": [], "rules": {"seed": "s"},
         "ballots": [{"count": 2, "weight": "1", "ranking": [["5"], ["005"]]}]}


def test_every_field_of_the_files_is_as_expected():
    found = 0
    for path in sorted(real("elections").glob("e*.json")):
        case = json.loads(path.read_text(encoding="utf-8"))
        if "options" in case:
            found += 1
            assert expected(case) == {name: one for name, one in case["expected"].items() if name != "agreed"}, path.name
    assert found > 20


def test_elections_drawn_by_lot_are_counted_by_the_definitions():
    assert differences(range(times(300, 3000))) == []


def test_what_is_drawn_has_what_is_difficult():
    of = Counter()
    for seed in range(300):
        told = slow.expected(drawn(seed))
        ties = [one["tie"] for one in told.get("instant_runoff", {"rounds": []})["rounds"] if one["tie"]]
        of.update(tie["decided_by"] for tie in ties)
        of.update(one["what"] for one in told.get("stv", {"stages": []})["stages"])
        of.update(list(told["left_out"]))
        of["cycle"] += told["condorcet"]["cycle"]
        of["without"] += bool(told.get("stv", {}).get("without_quota"))
        of["latest"] += not told.get("instant_runoff", {}).get("same_with_latest_stage", True)
    assert all(of[name] for name in (
        "earlier stage", "lot", "surplus", "exclusion", "instant_runoff", "cycle", "without", "latest")), of


def test_ids_that_look_alike_are_options_of_their_own():
    told = expected(PLAIN)
    assert told["first_choices"]["scores"] == {"005": "0", "5": "2", "05": "0"}
    assert told["borda"]["order"] == [["5"], ["005"], ["05"]]


@pytest.mark.parametrize(("changed", "where"), [
    ({"ballots": [{"ranking": [["5"], ["5"]]}]}, "ballots.0.ranking"),
    ({"ballots": [{"ranking": [["z"]]}]}, "ballots.0.ranking"),
    ({"options": []}, "options"), ({"options": ["5", "5"]}, "options"), ({"withdrawn": ["z"]}, "withdrawn"),
    ({"seats": 0}, "seats"), ({"seats": True}, "seats"),
    ({"ballots": [{"ranking": [["5"]], "weight": "-1"}]}, "ballots.0.weight"),
    ({"ballots": [{"ranking": [["5"]], "weight": "1/0"}]}, "ballots.0.weight"),
    ({"ballots": [{"ranking": [["5"]], "weight": 1.5}]}, "ballots.0.weight"), ({"ballots": 7}, "ballots"),
    ({"point_ballots": [{"points": {"5": -1}}]}, "point_ballots.0.points.5"),
    ({"approval_ballots": [{"approve": ["5", "5"]}]}, "approval_ballots.0.approve")])
def test_what_is_no_election_is_refused_with_its_place(changed, where):
    with pytest.raises(Refusal) as refused:
        expected(PLAIN | changed)
    assert (refused.value.code, refused.value.values["where"]) == ("bad_election", where)


def papers(*ballots: tuple[int, str], options: str = "abcd"):
    return gathered(options, ((Fraction(n), of_ranks({one: i for i, one in enumerate(order, 1)})) for n, order in ballots))


def decided(rule: str, tie: str, *ballots: tuple[int, str], seats: int = 1):
    return decide(papers(*ballots), rule, seats, tie, "s")[0]


@pytest.mark.parametrize("rule", ["borda", "first"])
def test_who_is_level_by_scores_is_drawn_or_voted_on_again(rule):
    ballots = ((2, "abc"), (2, "bac"), (1, "c"))
    by_lot, again = decided(rule, "lot", *ballots), decided(rule, "again", *ballots)
    first = max("ab", key=lambda one: slow.lot("s", one))
    assert (by_lot.won, by_lot.tied, by_lot.drawn, by_lot.groups[0]) == ([first], ["a", "b"], [first], [first])
    assert (again.won, again.tied, again.left, again.drawn, again.groups[0]) == ([], ["a", "b"], 1, [], ["a", "b"])


def test_a_lot_of_the_run_off_that_changes_who_wins_is_left_to_another_vote():
    last = decided("runoff", "again", (2, "a"), (2, "b"))
    assert (last.won, last.tied, last.left) == ([], ["a", "b"], 1)
    early = decided("runoff", "again", (3, "a"), (2, "bc"), (2, "cb"))  # whoever of b and c stays wins
    assert (early.won, early.tied) == ([], ["b", "c"])


def test_a_lot_that_changes_nothing_is_drawn():
    made = decided("runoff", "again", (5, "a"), (3, "b"), (1, "c"), (1, "d"))
    assert (made.won, made.tied) == (["a"], [])


def test_places_that_a_lot_leaves_open_are_those_of_the_tied_alone():
    made = decided("stv", "again", (6, "a"), (2, "b"), (2, "c"), seats=2)
    assert (made.won, made.tied, made.left) == (["a"], ["b", "c"], 1)
    assert decided("stv", "lot", (6, "a"), (2, "b"), (2, "c"), seats=2).won[0] == "a"


def test_in_a_circle_nobody_wins_by_pairs():
    made = decided("condorcet", "lot", (2, "abcd"), (2, "bcad"), (2, "cabd"))
    assert (made.won, made.tied, made.left, made.groups) == ([], ["a", "b", "c"], 1, [["a", "b", "c"], ["d"]])
    assert decided("condorcet", "lot", (2, "abc"), (1, "bac")).won == ["a"]


@pytest.mark.parametrize("rule", ["borda", "first", "runoff", "condorcet", "stv"])
def test_every_option_stands_in_one_place_and_the_winners_first(rule):
    for seed in range(60):
        case = drawn(seed)
        of = gathered(case["options"], ((Fraction(one["weight"]), [rank[:1] for rank in one["ranking"]])
                                        for one in case["ballots"]), case["withdrawn"])
        seats = case["seats"] if rule in ("borda", "first", "stv") else 1
        for tie in ("lot", "again"):
            made, _counts = decide(of, rule, seats, tie, "s")
            flat = [one for group in made.groups for one in group]
            assert sorted(flat) == sorted(of.options) == sorted(made.scores)
            assert sorted(flat[:len(made.won)]) == sorted(made.won) and len(made.won) <= seats
            assert not (made.tied and not made.drawn) or len(made.tied) > made.left == seats - len(made.won) > 0
