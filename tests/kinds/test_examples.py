"""Every kind of vote does what its example says: what it takes and refuses, how it counts, what the report makes of it."""
from copy import deepcopy
from itertools import permutations

import pytest

from workshop.domain.errors import Refusal
from workshop.domain.kinds import kinds
from workshop.words import speaking

CARDS = ("a", "b", "c", "d")
WHERE = {"options": [{"key": key, "title": key} for key in CARDS]}  # of a vote on named things that has none of its own


@pytest.fixture(params=sorted(name for name, kind in kinds().items() if kind.votes))
def kind(request):
    return kinds()[request.param]


def fields(part) -> set[str]:
    """The names of what a tally tells, without the keys of cards, options and marks."""
    found = set()
    for name, value in part.items():
        if name in ("items", "counts", "histogram"):
            found |= {name} | set().union(*(fields(one) for one in value.values() if isinstance(one, dict)))
        else:
            found.add(name)
    return found


def test_it_takes_the_ballots_of_its_example_as_they_are_and_refuses_the_others(kind):
    assert len({str(choices) for choices, _by in kind.example.ballots}) > 1
    for choices, _by in kind.example.ballots:
        assert kind.rules.check(kind.settings, deepcopy(choices), CARDS) == choices
    assert len(kind.example.refused) > 1
    for choices in kind.example.refused:
        with pytest.raises(Refusal):
            kind.rules.check(kind.settings, choices, CARDS)


def test_it_counts_them_in_whatever_order_they_come(kind):
    for ballots in permutations(kind.example.ballots):
        assert kind.rules.summarise(deepcopy(list(ballots))) == kind.example.tally


def test_its_tally_has_the_fields_that_the_protocol_tells(kind):
    assert {name for name in fields(kind.example.tally) if name not in kind.tally} == set()


def test_the_report_has_its_rows_with_a_heading_for_each_figure(kind):
    with speaking("en"):
        result = kind.report.result(kind.settings | (WHERE if kind.name == "choice" else {}), kind.example.tally)
    rows = tuple((row.key, row.figures) for row in result.rows if row.key not in CARDS[2:])
    assert rows == kind.example.rows
    assert {len(result.headings)} == {len(figures) for _key, figures in rows} and result.bars <= len(result.headings)


def test_a_method_s_picture_tells_it_from_every_other_kind(kind):
    marks = {name: one.mark for name, one in kinds().items() if one.votes}
    assert [name for name, mark in marks.items() if mark and (mark.signs, mark.all, mark.cards) == (
        kind.mark.signs, kind.mark.all, kind.mark.cards)] == [kind.name]
    assert all(kind.mark.signs) and {one for given in kind.mark.cards for one in given} <= set(range(len(kind.mark.signs)))
    others = [set(mark.signs) for name, mark in marks.items() if mark and name != kind.name]
    assert set(kind.mark.signs) not in others, "it is told by its signs, not by their number alone"
    assert any(kind.mark.cards), "something is given"


def test_different_choices_are_told_in_different_words(kind):
    if not hasattr(kind.report, "of_choice"):
        return
    chosen = [choice for choices, _by in kind.example.ballots for choice in choices.values()]
    with speaking("en"):
        told = {str(choice): kind.report.of_choice(kind.settings, choice) for choice in chosen}
    assert all(told.values()) and len(set(told.values())) == len(told)


def test_its_numbers_begin_within_their_bounds_and_are_its_settings(kind):
    for number in kind.numbers:
        assert number.least < number.most
        if number.usual is not None:
            assert number.least <= number.usual <= number.most
            assert kind.settings[number.stored or number.name] == number.usual
