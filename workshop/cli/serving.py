"""serve, check."""
import os
import subprocess
import sys

from workshop.cli import main


@main.command()
def serve():
    """Serve (settings: WORKSHOP_* environment)."""
    # A process of its own, so that the async mode is settled before anything else is imported.
    os.execv(sys.executable, [sys.executable, "-m", "workshop.server"])


@main.command()
def check():
    """Run what the gate runs: lint, then the tests."""
    for command in (["ruff", "check", "."], ["pytest"]):
        code = subprocess.call([sys.executable, "-m", *command])
        if code:
            raise SystemExit(code)
