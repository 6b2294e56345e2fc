"""The bars themselves: what is over one is a fault, and a server that grows does not pass a soak."""
from random import Random

from tests.faults import __main__ as program
from tests.faults.bars import held
from tests.faults.soak import judge


def test_a_figure_over_its_bar_is_a_fault_and_one_that_was_not_measured_too():
    found = held({"faults": ["law 1: …"]}, 2.0, ("late, ms", 21, 10), ("early, ms", 19, 10), ("never, ms", None, 10))
    assert [row["held"] for row in found["bars"]] == [False, True, False]
    assert [fault.split(":")[1].strip() for fault in found["faults"]] == ["…", "late, ms", "never, ms"]
    assert found["bars"][0] == {"what": "late, ms", "figure": 21, "bar": 10, "allowed": 20.0, "held": False}


def test_what_takes_time_is_told_and_no_fault_where_other_programs_run_but_has_to_be_measured():
    found = held({"faults": []}, None, ("late, ms", 9000, 10), ("never, ms", None, 10))
    assert [(row["figure"], row["allowed"], row["held"]) for row in found["bars"]] == [
        (9000, None, True), (None, None, False)]
    assert len(found["faults"]) == 1 and "never" in found["faults"][0]
    assert len(held(found, 1.0, ("bytes", 3, 4))["bars"]) == 3, "each call adds its own"


def test_the_report_of_a_trial_says_its_verdict_and_its_bars():
    class Trial:
        """T99: a trial that is over its bar."""

        @staticmethod
        def report(slack: float) -> dict:
            """Its report."""
            return held({"faults": []}, slack, ("late, ms", 15, 10))
    assert program.one(Trial, {"slack": 1.0})["verdict"] == "broken"
    found = program.one(Trial, {"slack": 2.0})
    assert found["verdict"] == "held" and found["bars"][0]["figure"] == 15


def hour(rss: float = 0.0, descriptors: float = 0.0) -> list:
    """Samples of an hour that begins with warming up, scatters, and in which so much is added."""
    chance = Random(3)
    return [(15.0 * i, 90 + min(i, 60) / 6 + rss * i / 240 + chance.uniform(-1, 1),
             round(75 + descriptors * i / 240 + chance.choice((-2, 0, 2)))) for i in range(241)]


def test_a_server_that_grows_does_not_pass_a_soak_and_one_that_is_level_does():
    assert judge({"faults": []}, hour())["faults"] == []
    assert "MiB" in judge({"faults": []}, hour(rss=12.0))["faults"][0]
    assert "descriptors" in judge({"faults": []}, hour(descriptors=40.0))["faults"][0]
    assert len(judge({"faults": []}, hour()[:2])["faults"]) == 2, "what was not looked at is not level"
