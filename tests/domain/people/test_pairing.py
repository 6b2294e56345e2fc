"""Pairs are of two, and of three once where the number is odd, whoever is where and whatever they share."""
from collections import Counter

from hypothesis import example, given
from hypothesis import strategies as st

from workshop.domain.people import pairing
from workshop.domain.people.channels import CHANNELS
from workshop.domain.people.pairing import Person

someone = st.tuples(st.sampled_from([None, "a", "b", "c"]), st.sampled_from(CHANNELS), st.sampled_from([None, "A", "B"]),
                    st.sampled_from([None, "one", "two"]))
rooms = st.lists(someone, max_size=40).map(lambda said: [Person(f"s{i}", *one) for i, one in enumerate(said)])
MADRE_AND_HIJA = [Person("ana", "a", "hall", "A"), Person("bea", "a", "remote"),
                  Person("madre", "b", "hall", "B", "one"), Person("hija", "b", "hall", "B", "one")]


@given(rooms)
@example(MADRE_AND_HIJA)
@example([Person("a", None, "hall"), Person("b", None, "hall"), Person("c", None, "hall"), Person("d", None, "remote")])
def test_a_pair_is_two_and_one_is_three_where_the_number_is_odd(people):
    made = pairing.pairs(people)
    assert sorted(seat for pair in made for seat in pair) == sorted(one.seat for one in people), "everybody, and once"
    if len(people) == 1:
        assert made == [[people[0].seat]]
    else:
        sizes = Counter(map(len, made))
        assert set(sizes) <= {2, 3} and sizes[3] == len(people) % 2


@given(rooms)
def test_fours_keep_their_pairs_and_are_of_four_and_of_three_to_six_once(people):
    two = pairing.pairs(people)
    made = pairing.fours(two)
    assert sorted(seat for four in made for seat in four) == sorted(one.seat for one in people)
    assert all(any(set(pair) <= set(four) for four in made) for pair in two), "who has talked together stays together"
    if len(people) > 2:
        odd = [len(four) for four in made if len(four) != 4]
        assert len(odd) <= 1 and set(odd) <= {3, 5, 6}
        assert odd == ([] if len(people) % 4 == 0 else [3] if len(people) % 4 == 3 else odd)
    else:
        assert made == two


@given(st.lists(st.integers(1, 3), max_size=12))
def test_fours_are_never_more_than_six_whoever_went_meanwhile(sizes):
    seats = iter(range(100))
    pairs = [[str(next(seats)) for _ in range(size)] for size in sizes]
    made = pairing.fours(pairs)
    assert sorted(seat for four in made for seat in four) == sorted(seat for pair in pairs for seat in pair)
    assert all(3 <= len(four) <= 6 for four in made) or sum(sizes) < 3


def test_who_shares_a_phone_is_a_pair_and_who_is_left_in_the_hall_goes_with_who_is_left_far_away():
    assert {frozenset(pair) for pair in pairing.pairs(MADRE_AND_HIJA)} == {
        frozenset({"madre", "hija"}), frozenset({"ana", "bea"})}


def test_people_go_with_those_whom_they_can_talk_to_and_then_with_other_delegations():
    people = [Person(f"{site}{i}", "ab"[i % 2], "hall", site) for site in "AB" for i in range(4)]
    people += [Person(f"far{i}", "ab"[i % 2], "remote", "A") for i in range(4)]
    by = {one.seat: one for one in people}
    for pair in pairing.pairs(people):
        one, other = (by[seat] for seat in pair)
        assert one.near == other.near and (one.site == other.site) and one.delegation != other.delegation


@given(st.integers(1, 8), st.integers(1, 8))
def test_two_delegations_are_mixed_as_far_as_they_go(a, b):
    people = [Person(f"a{i}", "a", "hall") for i in range(a)] + [Person(f"b{i}", "b", "hall") for i in range(b)]
    mixed = sum({"a", "b"} <= {seat[0] for seat in pair} for pair in pairing.pairs(people))
    assert mixed >= min(a, b) - 1


def test_a_third_on_the_phone_makes_the_three():
    people = [Person(name, None, "hall", None, "one") for name in ("x", "y", "z")] + [
        Person(name, None, "hall") for name in ("p", "q")]
    assert sorted(map(len, pairing.pairs(people))) == [2, 3]
    many = [*people, Person("r", None, "hall")]
    assert sorted(map(len, pairing.pairs(many))) == [2, 2, 2]
