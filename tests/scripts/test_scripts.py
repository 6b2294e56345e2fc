"""The scripts that need no browser are tried under node."""
import subprocess
from pathlib import Path

from tests.support import needs


def test_the_scripts_own_tests():
    files = sorted(map(str, Path(__file__).parent.glob("*.test.mjs")))
    assert files
    done = subprocess.run([needs.program("node"), "--test", *files], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
