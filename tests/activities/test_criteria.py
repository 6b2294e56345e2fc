"""Marks by criteria held against a slow count in fractions.

`python -m tests.activities.test_criteria 10000` tries so many votes.
"""
import json
import random
import sys
from fractions import Fraction

import pytest

from workshop.domain.errors import Refusal
from workshop.domain.kinds import kinds
from workshop.domain.ranking import standings
from workshop.words import speaking

KIND = kinds()["criteria"]
CASES = 300


def drawn(seed):
    """Settings and ballots; some marks and some things are left out, and equal means come often."""
    dice = random.Random(seed)
    criteria = [{"key": f"c{n}", "title": f"C{n}", "weight": dice.choice((1, 1, 2, 3, 7))}
                for n in range(dice.randint(1, 4))]
    things = [{"key": f"t{n}", "title": f"T{n}"} for n in range(dice.randint(2, 5))]
    low, high = dice.choice(((1, 5), (0, 10), (1, 3)))
    settings = KIND.settings | {"criteria": criteria, "options": things, "from": low, "to": high}
    ballots = []
    for _person in range(dice.randint(0, 9)):
        marks = {one["key"]: {of["key"]: dice.randint(low, high) for of in criteria if dice.random() < .85}
                 for one in things if dice.random() < .85}
        ballots.append(({key: of for key, of in marks.items() if of}, dice.choice((None, "sur", "norte"))))
    return settings, ballots


def slow(settings, ballots):
    """{thing: (its place from 1, or None; its weighted mean)}, by listing every mark and comparing all pairs."""
    scores = {}
    for thing in settings["options"]:
        total, weights, known = Fraction(0), 0, True
        for criterion in settings["criteria"]:
            marks = [choices[thing["key"]][criterion["key"]] for choices, _of in ballots
                     if criterion["key"] in choices.get(thing["key"], {})]
            if not marks:
                known = False
                continue
            for _time in range(criterion["weight"]):
                total += sum(map(Fraction, marks)) / len(marks)
                weights += 1
        scores[thing["key"]] = total / weights if known else None
    known_scores = [score for score in scores.values() if score is not None]
    return {key: (None if score is None else 1 + sum(other > score for other in known_scores), score)
            for key, score in scores.items()}


def fast(settings, ballots):
    tally = KIND.settle(settings, KIND.vote_rules.summarise(ballots)) | {"ballots": len(ballots)}
    result = KIND.report.result(settings, tally)
    order = {key: item.get("order") for key, item in tally["items"].items()}
    found = {one.row.key: (one.place, one.row.rank) for one in standings(result)}
    for key, (_place, score) in found.items():  # screens go by the order that travels
        for other, (_other, theirs) in found.items():
            if score is not None and theirs is not None:
                assert (order[key] > order[other]) == (score > theirs) and (order[key] == order[other]) == (score == theirs)
        item = tally["items"].get(key, {})
        assert "num" not in item or Fraction(item["num"], item["den"]) == score
    return found


def differences(n, first=0):
    return [seed for seed in range(first, first + n) if fast(*drawn(seed)) != slow(*drawn(seed))]


def test_things_stand_in_the_order_of_a_slow_count():
    with speaking("en"):
        assert differences(CASES) == []


def test_ties_are_named_and_what_lacks_a_mark_is_said():
    settings = KIND.settings | {"options": [{"key": key, "title": key.upper()} for key in "abc"], "criteria": [
        {"key": "x", "title": "Use", "weight": 3}, {"key": "y", "title": "Cost", "weight": 1}]}
    ballots = [({"a": {"x": 4, "y": 1}, "b": {"x": 3, "y": 4}, "c": {"x": 5}}, None)]
    tally = KIND.settle(settings, KIND.vote_rules.summarise(ballots)) | {"ballots": 1}
    with speaking("en"):
        result = KIND.report.result(settings, tally)
        said = result.names({"a": "A", "b": "B", "c": "C"}.get)
    assert result.headings == ("Weighted mean", "Use ×3", "Cost", "People", "Delegations")
    assert [(row.key, row.figures[0]) for row in result.rows] == [("a", 3.25), ("b", 3.25), ("c", None)]
    assert result.rows[0].about == "exactly 13/4"
    assert said == "Tied with 3.2: “A”, “B”. Without a weighted mean, since a criterion has no mark: “C”."


def test_typed_marks_say_of_which_criterion_they_are():
    assert KIND.typed("y=3", ["x=4", "", "y=10"]) == {"x": 4, "y": 3}
    for odd in ("x=x", "x=-1", "x=99999", "=4", "x=²"):
        with pytest.raises(Refusal) as refused:
            KIND.vote_rules.check(KIND.settings, {"a": KIND.typed(odd, [])}, {"a"})
        assert refused.value.code == "bad_choice"


if __name__ == "__main__":
    with speaking("en"):
        print(json.dumps({"votes": int(sys.argv[1]), "different": differences(int(sys.argv[1]))}))
