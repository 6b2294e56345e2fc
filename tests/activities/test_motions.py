"""A motion held against what its rules say, counted slowly.

`python -m tests.activities.test_motions 10000` tries so many motions.
"""
import json
import random
import sys
from fractions import Fraction

import pytest

from workshop.activities.motion import law
from workshop.domain.kinds import kinds
from workshop.words import speaking

MOTION = kinds()["motion"]
CASES = 300
BASES = {"cast": lambda yes, no, neither, there, all_: yes + no, "voted": lambda yes, no, neither, there, all_:
         yes + no + neither, "present": lambda yes, no, neither, there, all_: there,
         "all": lambda yes, no, neither, there, all_: all_}


def slow(case):
    """What the rules say, by counting one vote after the other and comparing fractions."""
    yes = no = neither = 0
    for way in case["ballots"]:
        yes, no, neither = yes + (way == "for"), no + (way == "against"), neither + (way == "abstain")
    there = case["present"] + case["represented"]
    part, _sep, base = case["majority"].partition("_")
    if part == "more":
        passes = yes > no
    else:
        whole = BASES[base](yes, no, neither, there, case["could"])
        passes = yes > 0 and (Fraction(yes) > Fraction(whole, 2) if part == "half" else yes >= Fraction(2 * whole, 3))
    asked = case["settings"]
    second = "_second" if case["call"] > 1 else ""
    met = True
    if f"quorum{second}" in asked:
        met = there >= asked[f"quorum{second}"]
    elif f"quorum_share{second}" in asked:
        met = Fraction(there, 1) >= Fraction(asked[f"quorum_share{second}"] * case["could"], 100)
    return {"counts": (yes, no, neither), "met": met, "carried": passes and met}


def fast(case):
    pairs = [({"motion": way}, None) for way in case["ballots"]]
    random.Random(1).shuffle(pairs)
    settings = MOTION.settings | case["settings"] | {"majority": case["majority"]}
    tally = MOTION.settle(settings, MOTION.vote_rules.summarise(pairs) | {
        name: case[name] for name in ("present", "represented", "could", "call")})
    of = law.counts(tally)
    return {"counts": (of.yes, of.no, of.neither), "met": bool(tally.get("met", 1)), "carried": bool(tally["carried"])}


def drawn(seed):
    dice = random.Random(seed)
    could = dice.randint(1, 40)
    there = dice.randint(0, could)
    represented = dice.randint(0, min(3, could - there))
    settings = {}
    for call in ("", "_second"):
        if (way := dice.randrange(3)) < 2:
            settings[f"{('quorum', 'quorum_share')[way]}{call}"] = dice.randint(1, could if way == 0 else 100)
    ways = dice.choices(("for", "against", "abstain"), weights=(dice.randint(1, 5), dice.randint(0, 5), dice.randint(0, 3)),
                        k=dice.randint(0, there + represented))
    return {"ballots": ways, "present": there, "represented": represented, "could": could, "call": dice.randint(1, 2),
            "majority": dice.choice(list(law.RULES)), "settings": settings}


def differences(n, first=0):
    return [seed for seed in range(first, first + n) if fast(drawn(seed)) != slow(drawn(seed))]


def test_motions_come_out_as_a_slow_count_says():
    assert differences(CASES) == []


@pytest.mark.parametrize("language", ["es", "fr", "en"])
def test_its_result_is_told_in_numbers_and_never_in_adjectives(language):
    for seed in range(60):
        case = drawn(seed)
        pairs = [({"motion": way}, None) for way in case["ballots"]]
        settings = MOTION.settings | case["settings"] | {"majority": case["majority"]}
        tally = MOTION.settle(settings, MOTION.vote_rules.summarise(pairs) | {
            name: case[name] for name in ("present", "represented", "could", "call")} | {"ballots": len(pairs)})
        with speaking(language):
            said = MOTION.report.result(settings, tally).said
        assert ("{" not in said and str(tally["needed"]) in said) or not tally.get("met", 1)
        assert not any(word in said.lower() for word in ("unanim", "unánim", "large majority", "amplia", "écrasante"))


def test_a_part_of_the_whole_has_no_quorum_of_its_own():
    tally = MOTION.vote_rules.summarise([({"motion": "for"}, "sur")])
    with speaking("en"):
        said = MOTION.report.result(MOTION.settings, tally).said
    assert said == "For 1, against 0, abstentions 0."


def test_every_rule_asks_for_the_number_that_it_says():
    of = law.Counts(7, 6, 2, 18, 30)
    assert {rule: law.needed(rule, of) for rule in law.RULES} == {
        "more": 7, "half_voted": 8, "half_present": 10, "half_all": 16, "thirds_cast": 9, "thirds_voted": 10,
        "thirds_present": 12, "thirds_all": 20}
    assert law.quorum({"quorum_share": 50}, 1, 25) == 13 and law.quorum({"quorum": 5}, 2, 25) is None


if __name__ == "__main__":
    print(json.dumps({"motions": int(sys.argv[1]), "different": differences(int(sys.argv[1]))}))
