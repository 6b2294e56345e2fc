"""What the machine lacks is said in one place, so that the gate can make a failure of it."""
import re
from pathlib import Path

HERE = Path(__file__).parent
SKIPS = re.compile(r"pytest\.(?:skip|importorskip|mark\.skip|mark\.skipif)\b|\bunittest\.skip")


def test_every_skip_goes_through_needs():
    found = [str(file.relative_to(HERE)) for file in HERE.rglob("*.py")
             if file not in (HERE / "needs.py", HERE / "test_needs.py") and SKIPS.search(file.read_text())]
    assert found == [] and SKIPS.search((HERE / "needs.py").read_text())
