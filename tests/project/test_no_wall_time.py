"""No test is red because the machine was busy: the time on the wall is told, never judged.

What is judged instead are counts, bytes, the processor's time and what came before what.  How long something took is a bar
in `python -m tests.faults --long` and in the benches, which are run when nothing else is.
"""
import ast
import re
from pathlib import Path

import pytest

from tests.faults.__main__ import trials
from tests.support.waiting import PATIENCE

TESTS = Path(__file__).parents[1]
CLOCKS = {"monotonic", "perf_counter", "time"}
TAKEN = re.compile(r"(?!.*cpu)(.*seconds.*|.*_ms|p\d\d|max|elapsed)")  # keys of figures that are times
LEAST = 60  # seconds that a test waits for something, at least
CAPS = {"wait": 1, "join": 1, "result": 1, "pump": 2, "is_cut": 1}  # with how many arguments the last one is the cap
WANTED = "# the end of the time is what is asked for"


def found(source: str) -> list[str]:
    """What judges by the wall's time in a file of tests."""
    tree, lines = ast.parse(source), source.splitlines()
    faults = [judged(node) or cap(node) for node in ast.walk(tree)]
    faults += [clocked(node) for function in ast.walk(tree) if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
               for node in ast.walk(function) if isinstance(node, ast.Assert) for clocked in [taint(function)]]
    return [f"line {line}: {what}" for line, what in sorted({fault for fault in faults if fault})
            if WANTED not in lines[line - 1]]


def taint(function):
    """A function that says whether an assertion in `function` compares what a clock there has said."""
    names: set[str] = set()

    def timed(node) -> bool:
        return any((isinstance(one, ast.Name) and one.id in names) or (
            isinstance(one, ast.Call) and isinstance(one.func, ast.Attribute) and one.func.attr in CLOCKS and not one.args)
            for one in ast.walk(node))
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and timed(node.value):
            names |= {one.id for target in node.targets for one in ast.walk(target) if isinstance(one, ast.Name)}
    return lambda check: (check.lineno, "a clock is judged") if any(
        isinstance(one, ast.Compare) and timed(one) for one in ast.walk(check.test)) else None


def judged(node):
    """An assertion that a figure which is a time is at most so much."""
    if isinstance(node, ast.Assert):
        for one in ast.walk(node.test):
            if isinstance(one, ast.Compare) and isinstance(one.ops[0], ast.Lt | ast.LtE) and isinstance(
                    one.left, ast.Subscript) and TAKEN.fullmatch(str(getattr(one.left.slice, "value", ""))):
                return node.lineno, "how long it took is judged"
    return None


def cap(node):
    """A wait that gives up before a busy machine would be there, or a deadline for drawn cases."""
    if not isinstance(node, ast.Call):
        return None
    named = {one.arg: one.value for one in node.keywords}
    if "max_examples" in named and getattr(named.get("deadline"), "value", None) is not None:
        return node.lineno, "drawn cases have a deadline"
    name = getattr(node.func, "attr", "")
    given = [named["timeout"]] if "timeout" in named else []
    given += node.args[-1:] if CAPS.get(name) == len(node.args) else []
    for value in (getattr(one, "value", None) for one in given):
        if isinstance(value, int | float) and 1 <= value < (LEAST if value < 1000 else 1000 * LEAST):
            return node.lineno, f"it gives up after {value}"
    return None


@pytest.mark.parametrize("path", sorted(TESTS.rglob("*.py")), ids=lambda path: str(path.relative_to(TESTS)))
def test_no_test_judges_by_the_time_on_the_wall(path):
    if path.name.startswith("test_") or "bench" not in path.parts:
        assert found(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("said", [
    "def test():\n    since = time.monotonic()\n    took = time.monotonic() - since\n    assert took < 3",
    "def test():\n    until = time.time() + 5\n    assert time.time() < until", "assert found['after']['max'] <= 12_000",
    "assert report['seconds'] < 4", "assert report['quiet_ms'] < 4", "process.wait(20)", "urlopen(x, timeout=30)",
    "expect(x).to_be_visible(timeout=20_000)", "settings(max_examples=3, deadline=200)"])
def test_what_judges_by_it_is_found(said):
    assert len(found(said)) == 1


@pytest.mark.parametrize("said", [
    "assert found['server_cpu_seconds'] < 1", "assert report['seconds'] >= 2", "process.wait(60)", "x.wait(0.01)",
    "expect(x).to_be_visible(timeout=60_000)", "settings(max_examples=3, deadline=None)",
    f"page.reload(timeout=1000)  {WANTED}"])
def test_what_does_not_is_let_pass(said):
    assert found(said) == []


def test_the_small_form_of_every_trial_tells_what_takes_time_and_the_long_one_judges_it():
    with_bars = {name: trial for name, trial in trials().items() if "pace" in trial.LONG}
    assert len(with_bars) >= 8
    assert {name: (trial.SMALL["pace"], trial.LONG["pace"]) for name, trial in with_bars.items()} == dict.fromkeys(
        with_bars, (None, 1.0))
    assert PATIENCE >= LEAST
