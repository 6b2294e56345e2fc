"""What a test needs from the machine."""
import os
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

import pytest

# Of what is tried in many pairings (page by state, role, size) a run takes some of each; WORKSHOP_TEST_WHOLE=1: all.
WHOLE = os.environ.get("WORKSHOP_TEST_WHOLE") == "1"
One = TypeVar("One")


def some(every: Iterable[One], n: int = 2) -> list[One]:
    """Every n-th of these; with WORKSHOP_TEST_WHOLE=1 all."""
    found = list(every)
    return found if WHOLE else found[::n]


def times(n: int, whole: int = 0) -> int:
    """How often something drawn by lot is tried; with WORKSHOP_TEST_WHOLE=1 `whole` times, or twice as often."""
    return (whole or 2 * n) if WHOLE else n


def program(*names: str) -> str:
    """The path of the first of these programs that is installed; without any the test is skipped, saying so.

    The gate sets WORKSHOP_TEST_ALL=1: there, what is missing is a failure.
    """
    found = next((path for path in map(shutil.which, names) if path and Path(path).exists()), None)
    return found or without(f"{names[0]} is not installed")


def without(reason: str):
    """Skip the test for `reason`, or fail it in the gate."""
    if os.environ.get("WORKSHOP_TEST_ALL") == "1":
        pytest.fail(reason)
    pytest.skip(reason)
