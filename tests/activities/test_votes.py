"""The arithmetic of the votes: what a ballot may hold, and what comes of many."""
import json
import math
from statistics import fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.domain.errors import Refusal
from workshop.domain.kinds import kinds

CARDS = frozenset({"semilla", "riego", "feria"})
VOTES = sorted(name for name, kind in kinds().items() if kind.votes)
HOSTILE = [True, False, None, "", "2", "nadie", -1, 0.5, 1.0, math.nan, math.inf, 10**400, -(10**400), [], {}, [1],
           [1, 2, 3], [True, 1], [0.5, 1], [-1, 5], [5, 101], [math.nan, 5], ["1", "2"], {"x": 1, "y": 2}]
FAIR = {"es": "En la feria", "fr": "À la foire", "en": "At the fair"}
PLACES = {"options": [{"key": "feria", "title": FAIR}, {"key": "escuela", "title": "En la escuela"}]}


def settings(kind: str, **more) -> dict:
    return kinds()[kind].settings | more


def check(kind: str, choices: dict, **more) -> dict:
    return kinds()[kind].rules.check(settings(kind, **more), choices, CARDS)


def refusal(kind: str, choices: dict, **more) -> str:
    with pytest.raises(Refusal) as refused:
        check(kind, choices, **more)
    return refused.value.code


def tally(kind: str, *ballots: tuple[dict, str | None]) -> dict:
    """What comes of ballots that were checked, as it stands in the store."""
    return json.loads(json.dumps(kinds()[kind].rules.summarise([(check(kind, choices), of) for choices, of in ballots])))


@pytest.mark.parametrize("kind", VOTES)
@pytest.mark.parametrize("value", HOSTILE, ids=lambda value: repr(value)[:12])
def test_a_hostile_value_is_refused_where_it_is_no_choice_of_the_kind(kind, value):
    [key] = kinds()[kind].sample["ballot.cast"]["choices"]
    key = "semilla" if key == "*" else key
    good = [(type(choice), choice) for choices, _of in kinds()[kind].example.ballots for choice in choices.values()]
    try:
        kept = check(kind, {key: value})
    except Refusal as refused:
        assert refused.code == "bad_choice" or refused.code.startswith("over_")
    else:
        assert kept == {} or (kept == {key: value} and (type(value), value) in good), "neither refused nor a choice"


@pytest.mark.parametrize("kind", sorted(name for name in VOTES if kinds()[name].stands))
def test_a_card_of_another_board_is_refused(kind):
    sample = next(iter(kinds()[kind].sample["ballot.cast"]["choices"].values()))
    assert check(kind, {"riego": sample}) == {"riego": sample}
    assert refusal(kind, {"ajena": sample}) == "no_such_card"


@pytest.mark.parametrize("kind", VOTES)
def test_a_ballot_that_holds_nothing_is_taken_and_counts_for_nothing(kind):
    assert check(kind, {}) == {}
    empty = tally(kind, ({}, "taraco"))
    assert not empty.get("items") and not empty.get("n")


@pytest.mark.parametrize("kind", VOTES)
def test_in_a_room_made_by_hand_every_vote_has_what_it_needs_in_each_language(kind):
    def words(value):
        if isinstance(value, dict):
            if "es" in value:
                yield value
            for inner in value.values():
                yield from words(inner)
        elif isinstance(value, list):
            for inner in value:
                yield from words(inner)
    assert all(text.keys() == {"es", "fr", "en"} and all(text.values()) for text in words(settings(kind)))
    assert settings(kind)["reveal"] == "live"


def test_a_mark_is_a_whole_number_between_the_ends_of_the_scale():
    assert [check("scale", {"room": mark}) for mark in (1, 5)] == [{"room": 1}, {"room": 5}]
    assert refusal("scale", {"room": 0}) == refusal("scale", {"room": 6}) == refusal("scale", {"semilla": 3}) == "bad_choice"
    assert check("scale", {"room": 0}, **{"from": 0, "to": 10}) == {"room": 0}


def test_marks_become_mean_median_spread_and_a_histogram():
    marks = [(2, "taraco"), (4, "taraco"), (5, "salinas"), (5, None)]
    assert tally("scale", *(({"room": mark}, of) for mark, of in marks), ({}, "lima")) == {
        "n": 4, "mean": 4, "median": 4.5, "spread": 1, "histogram": {"2": 1, "4": 1, "5": 2}, "delegations": 2}
    assert tally("scale")["mean"] is None


@given(st.lists(st.integers(1, 5), min_size=1, max_size=90))
def test_whatever_the_marks_the_figures_of_a_scale_lie_between_its_ends(marks):
    found = kinds()["scale"].rules.summarise([({"room": mark}, None) for mark in marks])
    assert min(marks) <= found["median"] <= max(marks) and abs(found["mean"] - fmean(marks)) < 0.006
    assert 0 <= found["spread"] <= 2 and sum(found["histogram"].values()) == found["n"] == len(marks)


def test_only_one_card_or_option_can_be_chosen():
    assert refusal("choice", {"semilla": 1, "riego": 1}) == "bad_choice"
    assert check("choice", {"escuela": 1}, **PLACES) == {"escuela": 1}
    assert refusal("choice", {"semilla": 1}, **PLACES) == "bad_choice", "where there are options no card is chosen"
    assert tally("choice", ({"riego": 1}, "taraco"), ({"riego": 1}, "taraco"), ({"feria": 1}, None)) == {
        "items": {"riego": {"seats": 2, "delegations": 1}, "feria": {"seats": 1, "delegations": 0}}}


@pytest.mark.parametrize(("kind", "first", "last"), [("light", "seguir", "dejar"), ("consent", "si", "no")])
def test_options_are_counted_for_each_card_and_nothing_is_decided(kind, first, last):
    assert refusal(kind, {"semilla": "tal vez"}) == "bad_choice"
    ballots = ({"riego": first, "feria": last}, "taraco"), ({"riego": first}, "salinas"), ({"riego": last}, None)
    assert tally(kind, *ballots) == {
        "items": {"riego": {"counts": {first: 2, last: 1}, "seats": 3, "delegations": 2},
                  "feria": {"counts": {last: 1}, "seats": 1, "delegations": 1}}}


def test_hearts_are_as_many_as_there_are_and_one_for_a_card():
    assert check("likes", {"semilla": 1, "riego": 0}) == {"semilla": 1}
    assert refusal("likes", {"semilla": 2}) == "over_hearts_card"
    assert refusal("likes", dict.fromkeys(CARDS, 1), budget=2) == "over_hearts"
    assert tally("likes", ({"semilla": 1, "riego": 1}, "taraco"), ({"riego": 1}, "taraco"))["items"]["riego"] == {
        "hearts": 2, "seats": 2, "delegations": 1}


def test_a_card_stands_where_people_put_it_on_average():
    places = [({"riego": [0, 100]}, "taraco"), ({"riego": [100, 100], "feria": [7, 9]}, "salinas")]
    assert tally("positions", *places)["items"] == {
        "riego": {"x": 50, "y": 100, "spread": 50, "n": 2, "delegations": 2},
        "feria": {"x": 7, "y": 9, "spread": 0, "n": 1, "delegations": 1}}


@given(st.permutations([[1, 2], [33, 47], [99, 3], [50, 50], [18, 71], [64, 20]]))
def test_the_order_in_which_ballots_are_read_moves_no_card(places):
    found = kinds()["positions"].rules.summarise([({"riego": place}, None) for place in places])
    assert found["items"]["riego"] == {"x": 44.2, "y": 32.2, "spread": 37, "n": 6, "delegations": 0}


def test_the_ballots_of_a_delegation_that_shares_its_dots_count_together():
    shared = settings("dots", budget=4, per_item=2, budget_of="delegation")
    rules, others = kinds()["dots"].rules, [{"riego": 1}, {"feria": 1}]
    assert rules.shared(shared) and not rules.shared(settings("dots"))
    assert rules.check_shared(shared, {"riego": 1, "semilla": 1}, {}, others, per_item=True) == 4
    assert rules.check_shared(shared, {"riego": 2}, {}, others, per_item=False) == 4
    for before, left in (({}, 2), ({"semilla": 2}, 0)):
        with pytest.raises(Refusal) as refused:
            rules.check_shared(shared, {"semilla": 3}, before, others, per_item=True)
        assert (refused.value.code, refused.value.values) == ("over_shared", {"limit": 4, "left": left})
    report = kinds()["dots"].report
    nothing = {"items": {}}
    assert report.result(shared, nothing).said and not report.result(settings("dots"), nothing).said
