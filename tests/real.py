"""Where the real data is: beside the checkout, or nowhere."""
import os
from pathlib import Path

import pytest

SHARED = Path(__file__).parents[2] / "shared" / "data"


def real(*parts: str) -> Path:
    """A folder or file of the real data; the test is skipped where it is absent (WORKSHOP_TEST_ALL=1: it fails)."""
    path = SHARED.joinpath(*parts)
    if not path.exists():
        if os.environ.get("WORKSHOP_TEST_ALL") == "1":
            pytest.fail(f"the real data is not there: {'/'.join(parts)}")
        pytest.skip(f"needs the real data {'/'.join(parts)} in ../shared/data")
    return path
