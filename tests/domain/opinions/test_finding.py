"""Groups of people who answer alike, from their answers alone."""
import json
import random
from pathlib import Path

import pytest

from tests.bench.opinions.agreement import adjusted_rand, agreement
from tests.bench.opinions.big import answers
from tests.support import needs
from workshop.domain.opinions import finding, packing, standing, telling

POLIS = Path(__file__).parents[4] / "shared/data/polis"
# A little below what was measured (docs/benchmarks.md).
FLOORS = {"15-per-hour-seattle": .54, "canadian-electoral-reform": .8, "london.youth.policing": .15,
          "scoop-hivemind.freshwater": .1}


def found(rows, cards, before=None, **how):
    return finding.find(packing.packed(rows, cards), cards, before, **how)


def labels(told, rows):
    return [told["letters"][standing.group_of(standing.Found(told), row)] for row in rows]


def test_a_hundred_restarts_give_the_same_groups():
    rows, cards = answers(90, 30)
    first = found(rows, cards)
    told, lot = first, random.Random(1)
    for n in range(100):
        shuffled = lot.sample(rows, len(rows))
        told = found(shuffled, cards, json.loads(json.dumps(told)) if n % 2 else None)
        assert labels(told, rows) == labels(first, rows)
    assert len(first["letters"]) == 3


def test_the_camps_that_were_made_are_found():
    rows, cards = answers(120, 24)
    told = found(rows, cards)
    assert adjusted_rand(labels(told, rows), [n % 3 for n in range(120)]) > .85  # a fifth of the answers are lots


@pytest.mark.parametrize("name", FLOORS)
def test_published_groups_are_met_as_far_as_they_were(name):
    if not (POLIS / name).exists():
        needs.without("the recorded conversations are not here")
    assert agreement(POLIS / name)["index"] >= FLOORS[name]


def test_the_index_is_the_published_one():
    assert adjusted_rand([0, 0, 1, 1], [1, 1, 0, 0]) == 1
    assert adjusted_rand([0, 0, 1, 2], [0, 0, 1, 1]) == pytest.approx(0.5714, abs=1e-4)
    assert adjusted_rand([0, 0, 0, 0], [0, 1, 2, 3]) == 0


def test_no_group_is_of_fewer_than_five_and_of_nine_people_there_is_none():
    rows, cards = answers(40, 12)
    odd = [{card: -said for card, said in row.items()} for row in rows[:3]]  # three who stand apart
    told = found(rows[3:] + odd, cards)
    assert told and min(labels(told, rows[3:] + odd).count(letter) for letter in told["letters"]) >= 5
    assert found(rows[:9], cards) is None and found([], cards) is None and found(rows, []) is None


def test_all_of_one_mind_are_no_groups():
    cards = [f"c{n}" for n in range(9)]
    assert found([dict.fromkeys(cards, 1)] * 30, cards) is None


def test_whoever_has_answered_little_is_placed_and_does_not_move_the_groups():
    rows, cards = answers(60, 30)
    few = [dict.fromkeys(cards[:3], -1)] * 4
    told, alone = found(rows + few, cards), found(rows, cards)
    assert labels(told, rows) == labels(alone, rows)
    of = standing.Found(told)
    assert not standing.counts(of, few[0]) and standing.point(of, few[0]) and standing.counts(of, rows[0])
    assert telling.told(of, rows + few)["few"] == 4 and standing.point(of, {}) is None


def test_with_fewer_than_seven_statements_all_of_them_are_enough():
    cards = ["a", "b", "c", "d"]
    rows = [{"a": 1, "b": 1, "c": -1, "d": s} for s in (1, 1, 1, -1, 1, 1)] + [
        {"a": -1, "b": -1, "c": 1, "d": s} for s in (1, -1, -1, -1, -1, 1)]
    told = found(rows, cards)
    assert adjusted_rand(labels(told, rows), [0] * 6 + [1] * 6) == 1
    assert not standing.counts(standing.Found(told), {"a": 1, "b": 1, "c": 1})


def test_letters_stay_with_those_who_answer_so_and_another_number_comes_after_three_results():
    rows, cards = answers(90, 30)
    two = [row for n, row in enumerate(rows) if n % 3 < 2]
    told = found(two, cards)
    assert len(told["letters"]) == 2
    before = dict(zip(range(60), labels(told, two), strict=True))
    seen = []
    for _ in range(3):
        told = found(two + [row for n, row in enumerate(rows) if n % 3 == 2], cards, told)
        seen.append(len(told["letters"]))
    assert seen == [2, 2, 3], "a map does not jump at the first result"
    after = labels(told, two)
    assert sum(after[n] == before[n] for n in before) >= 58 and "C" in told["letters"]
    assert sorted(told["letters"]) == told["letters"]


def test_a_statement_that_is_taken_back_leaves_and_the_groups_keep_their_letters():
    rows, cards = answers(60, 20)
    told = found(rows, cards)
    left = [{card: said for card, said in row.items() if card != cards[4]} for row in rows]
    after = found(left, [card for card in cards if card != cards[4]], told)
    assert cards[4] not in after["cards"]
    same = sum(a == b for a, b in zip(labels(told, rows), labels(after, left), strict=True))
    assert same >= 57


def test_packed_answers_come_back():
    rows, cards = answers(5, 12)
    assert packing.unpacked(packing.packed(rows, cards), cards) == rows


def test_what_would_be_told_of_fewer_than_five_is_not_told(monkeypatch):
    rows, cards = answers(60, 12)
    content = packing.packed(rows, cards)
    found = finding.find(content, cards)
    assert finding.task({"cards": cards, "before": None}, content)[0]["found"] == found
    lonely = found | {"letters": [*found["letters"], "Z"], "centres": [*found["centres"], [1e5, 1e5]]}
    monkeypatch.setattr(finding, "find", lambda *_asked: lonely)
    assert finding.task({"cards": cards, "before": None}, content) == (None, [])
