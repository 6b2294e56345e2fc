"""What the machine lacks is said in one place, so that the gate can make a failure of it."""
import re
from pathlib import Path

TESTS = Path(__file__).parents[1]
SKIPS = re.compile(r"pytest\.(?:skip|importorskip|mark\.skip|mark\.skipif)\b|\bunittest\.skip")


def test_every_skip_goes_through_needs():
    found = [str(file.relative_to(TESTS)) for file in TESTS.rglob("*.py")
             if file not in (TESTS / "support" / "needs.py", Path(__file__)) and SKIPS.search(file.read_text())]
    assert found == [] and SKIPS.search((TESTS / "support" / "needs.py").read_text())
