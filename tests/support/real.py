"""Where the real data is: beside the checkout, or nowhere."""
from pathlib import Path

from tests.support.needs import without

SHARED = Path(__file__).parents[3] / "shared" / "data"


def real(*parts: str) -> Path:
    """A folder or file of the real data; the test is skipped where it is absent (WORKSHOP_TEST_ALL=1: it fails)."""
    path = SHARED.joinpath(*parts)
    return path if path.exists() else without(f"the real data {'/'.join(parts)} is not in ../shared/data")
