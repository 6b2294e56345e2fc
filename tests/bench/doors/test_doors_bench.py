"""The bench of costly requests asks for every case, and its judge says what is not as it must be."""
from pathlib import Path

import pytest

from tests.bench.doors.__main__ import run
from tests.bench.doors.bars import judge, table
from tests.bench.doors.cases import CASES
from tests.support.needs import without

GOOD = {"case": "report", "reloads": False, "alive": True, "worst": 40.0, "p99": 20.0, "work": 30.0, "work99": 12.0,
        "cpu": 0.4, "peak": 120.0, "said": {200: 3}}


@pytest.mark.parametrize(("values", "fault"), [
    ({"worst": 140.0}, "the slowest answer took 140.0 ms"),
    ({"alive": False}, "did not answer any more"),
    ({"said": {}}, "nothing was asked for"),
    ({"reloads": True, "p99": 240.0}, "99 of 100 answers took 240.0 ms")])
def test_what_is_not_as_it_must_be_is_said(values, fault):
    assert judge([GOOD]) == [] == judge([GOOD | {"reloads": True, "worst": 140.0}])
    assert fault in judge([GOOD | values])[0]


def test_the_table_has_both_sides_of_each_case():
    lines = table([GOOD | {"worst": 358.0}], [GOOD])
    assert lines[2].startswith("| report | 358.0 |") and "| 40.0 |" in lines[2] and lines[2].count("200 x 3") == 2
    assert "more than 20000.0" in table(None, [GOOD | {"alive": False, "worst": 20000.0}])[2]


def test_the_bench_asks_and_the_others_are_answered():
    if not Path("/proc/self/schedstat").exists():
        without("the kernel tells nothing of processes")
    names = ["nobody", "report", "six rooms of which five are left", "changes from anywhere", "new account"]
    before, after = run(8, names, None)
    assert before is None and [one["case"] for one in after] == names and all(one["alive"] for one in after)
    assert all(set(one["said"]) <= {200, 303} for one in after) and after[1]["said"] == {200: CASES["report"].times}
    assert all(one["cpu"] > 0 and one["peak"] > 10 and 0 < one["work99"] <= one["work"] for one in after)
