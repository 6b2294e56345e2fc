"""What a test needs from the machine."""
import os
import shutil
from pathlib import Path

import pytest

# Of what is tried in many pairings (page by state, role, size) a run takes some of each; WORKSHOP_TEST_WHOLE=1: all.
WHOLE = os.environ.get("WORKSHOP_TEST_WHOLE") == "1"


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
