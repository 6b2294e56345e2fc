"""The tests of store, commands and sockets on every pairing of database, path of the store and fan-out, one after the other.

    python -m tests.matrix [--only postgres-fast] [tests/live tests/store …]

The gate runs one of them (SQLite, fast, direct) and a walk on each of the others (tests/live/servers/test_pairings.py).
Prints a line for each pairing; ends with 1 when a test failed in one.
"""
import argparse
import os
import subprocess
import sys

PAIRINGS = [("sqlite", "fast", "direct"), ("sqlite", "plain", "direct"), ("postgres", "fast", "direct"),
            ("postgres", "plain", "direct"), ("sqlite", "fast", "stock"), ("postgres", "fast", "stock")]
FOLDERS = ["tests/live", "tests/store", "tests/actions"]


def main() -> int:
    """Run, print, judge."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--only", default="", help="pairings with this in their name, as postgres-plain-direct")
    ask.add_argument("tests", nargs="*", default=FOLDERS)
    asked = ask.parse_args()
    failed = 0
    for database, store, fanout in PAIRINGS:
        name = f"{database}-{store}-{fanout}"
        if asked.only not in name:
            continue
        env = os.environ | {"WORKSHOP_TEST_DATABASE": database, "WORKSHOP_TEST_STORE": store, "WORKSHOP_TEST_FANOUT": fanout}
        code = subprocess.run([sys.executable, "-m", "pytest", "-q", *asked.tests], env=env, check=False).returncode
        print(f"{name}: {'passed' if code == 0 else f'failed ({code})'}", flush=True)
        failed += code != 0
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
