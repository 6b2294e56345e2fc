"""The judge of the bench against bad input: what is not as it must be is said."""
from copy import deepcopy

from tests.bench.hostile.__main__ import judge, table
from tests.bench.hostile.cases import CASES

GOOD = {"quiet_ms": {"p50": 4.0, "p99": 9.0}, "ideas": 40, "faults": [], "cases": [
    {"case": name, "answers_ms": {"p50": 5.0, "p99": 30.0}, "alive": True, "sent": 20, "told": {"bad_message": 20},
     "closed": {} if case.keeps else {"1002": 20}} for name, case in CASES.items()]}


def changed(**values) -> list[str]:
    """What the judge says when the first case that keeps its line was otherwise."""
    report = deepcopy(GOOD)
    next(one for one in report["cases"] if CASES[one["case"]].keeps).update(values)
    return judge(report)


def test_all_is_well_and_each_thing_that_is_not_is_said():
    assert judge(GOOD) == []
    assert len(table(GOOD)) == len(CASES) + 2
    assert "took 400.0 ms" in changed(answers_ms={"p50": 5.0, "p99": 400.0})[0]
    assert "took None ms" in changed(answers_ms={})[0], "nobody was answered"
    assert "has died" in changed(alive=False)[0]
    assert "nothing was sent" in changed(sent=0)[0]
    assert "not kept" in changed(closed={"1006": 1})[0]
    assert "not ended" in judge(GOOD | {"cases": [one | {"closed": {}} for one in GOOD["cases"]]})[0]
    assert judge(GOOD | {"faults": ["room 0 screen 1: 3 acknowledged ideas are missing"]})
