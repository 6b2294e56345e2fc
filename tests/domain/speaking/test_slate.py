"""No large group goes without a question of theirs, and each choice says why."""
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from workshop.domain.speaking.slate import Chosen, slate, unserved

SUPPORTS = st.lists(st.frozensets(st.sampled_from("ABCDEFG")), max_size=6).map(
    lambda said: {f"q{n}": who for n, who in enumerate(said)})


def wronged(supports: dict, chosen: set, places: int) -> bool:
    """Every group of n/k people who agree on a question and have none: looked for among all groups there are."""
    everybody = sorted(set().union(*supports.values()))
    for size in range(1, len(everybody) + 1):
        if size * places < len(everybody):
            continue
        for group in combinations(everybody, size):
            agree = any(set(group) <= who for who in supports.values())
            if agree and not any(supports[one] & set(group) for one in chosen):
                return True
    return False


@settings(max_examples=120, deadline=None)
@given(SUPPORTS, st.integers(1, 4))
def test_no_group_that_is_large_enough_goes_without(supports, places):
    chosen = {one.question for one in slate(supports, places)}
    assert len(chosen) == min(places, len(supports))
    assert not wronged(supports, chosen, places) and not unserved(supports, chosen, places)


@settings(max_examples=120, deadline=None)
@given(SUPPORTS, st.integers(1, 3), st.randoms(use_true_random=False))
def test_of_any_other_slate_it_is_found_out(supports, places, dice):
    chosen = set(dice.sample(sorted(supports), min(places, len(supports))))
    assert bool(unserved(supports, chosen, places)) == wronged(supports, chosen, places)


def test_what_many_support_does_not_take_every_place():
    many, few = frozenset("ABCDEF"), frozenset("XYZ")
    supports = {"q1": many, "q2": many - {"A"}, "q3": many - {"B"}, "q4": few}
    assert slate(supports, 2) == [Chosen("q1", 6, 6), Chosen("q4", 3, 3)]
    assert unserved(supports, ["q1", "q2"], 3) == ["q4"]
    assert slate(supports, 3)[2] == Chosen("q2", 0, 5), "who has one already fills what is left"
    assert slate({}, 3) == []
