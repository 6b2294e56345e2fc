"""A whole is told apart by group only so that nobody's own part can be read off it: against brute force."""
import random
from collections import Counter
from itertools import combinations

import pytest

from workshop.actions.votes.counted import Counted
from workshop.domain.kinds import kinds
from workshop.store.counts import breakdown

KEYS = "abcdefg"
SETTINGS = kinds()["choice"].settings | {"options": [{"key": key, "title": key} for key in "xyz"]}


def crowd(seed: int) -> list[Counted]:
    chance = random.Random(seed)
    return [Counted({chance.choice("xyz"[:1 + seed % 3]): 1}, str(n), chance.choice(KEYS[:1 + seed % 7]),
                    chance.choice(("hall", "remote")), people=chance.choice((1, 1, 1, 3)) if seed % 4 == 0 else 1)
            for n in range(chance.randrange(0, 60))]


@pytest.mark.parametrize("mind", [True, False])
@pytest.mark.parametrize("seed", range(60))
def test_no_lot_and_no_rest_is_of_few(seed, mind):
    voices = crowd(seed)
    lots = breakdown.lots_of(voices, lambda one: one.delegation, {}, breakdown.FEW, mind)
    assert len(lots) != 1
    assert not lots or sorted(n for _keys, places in lots for n in places) == list(range(len(voices)))
    # Whatever of the lots somebody takes from the whole, or together, it is never of few.
    for many in range(1, len(lots) + 1):
        for some in combinations(lots, many):
            inside = [voices[n] for _keys, places in some for n in places]
            assert breakdown.people(inside) >= breakdown.FEW
            assert mind or many > 1 or len({str(one.choices) for one in inside}) > 1


@pytest.mark.parametrize("seed", range(60))
def test_each_lot_is_counted_as_one_counts_by_hand(seed):
    voices = crowd(seed)
    for keys, places in breakdown.lots_of(voices, lambda one: one.delegation, {}, breakdown.FEW, True):
        tally = breakdown.tally_of(kinds()["choice"], [voices[n] for n in places])
        by_hand = Counter(key for one in voices if one.delegation in keys for key in one.choices)
        assert {key: item["seats"] for key, item in tally["items"].items()} == by_hand
        assert tally["ballots"] == sum(one.people for one in voices if one.delegation in keys)


@pytest.mark.parametrize("seed", range(60))
def test_a_delegation_is_for_what_most_of_those_of_it_who_voted_chose(seed):
    voices = [one for one in crowd(seed * 4 + 1) if one.delegation]
    tallies = {key: breakdown.tally_of(kinds()["choice"], [one for one in voices if one.delegation == key])
               for key in {one.delegation for one in voices}}
    told = breakdown.of_delegations("choice", SETTINGS, tallies)
    by_hand = Counter()
    for key in tallies:
        chosen = Counter(choice for one in voices if one.delegation == key for choice in one.choices)
        [(choice, n)] = chosen.most_common(1)
        by_hand[choice] += 2 * n > chosen.total()
    assert told["first"] == {key: n for key, n in by_hand.items() if n} and told["of"] == len(tallies)


def test_one_supporter_does_not_make_a_delegation():
    dots = kinds()["dots"]
    one_of_five = [Counted({"a": 3}, "1", "sur", "hall"), *(Counted({key: 1}, key, "sur", "hall") for key in "bcde")]
    assert breakdown.leader(dots, dots.settings, breakdown.tally_of(dots, one_of_five), 5) is None
    three_of_five = [Counted({"a": 3}, str(n), "sur", "hall") for n in range(3)] + one_of_five[1:3]
    assert breakdown.leader(dots, dots.settings, breakdown.tally_of(dots, three_of_five), 5) == "a"


@pytest.mark.parametrize("seed", range(60))
def test_two_ways_of_telling_apart_leave_no_difference_of_few(seed):
    chance = random.Random(seed)
    everybody = frozenset(range(chance.randrange(10, 40)))

    def split() -> list[frozenset[int]]:
        cut = chance.randrange(5, len(everybody) - 4)
        order = chance.sample(sorted(everybody), len(everybody)) if seed % 2 else sorted(everybody)
        return [frozenset(order[:cut]), frozenset(order[cut:])]
    first, second = split(), split()
    by_hand = any(0 < len(one ^ other) < 5 and (one < other or other < one) for one in first for other in second)
    found = breakdown.narrow(first, second, everybody, len, 5)
    assert found == by_hand


def test_where_everybody_reads_who_chose_what_no_group_is_too_small():
    named = {"rules": {"named": "all"}}
    assert breakdown.least(named, "named") == 1
    assert breakdown.least(named, "anonymous") == breakdown.least({"rules": {"named": "secret"}}, "named") == breakdown.FEW
    assert breakdown.least({}, "named") == breakdown.FEW
