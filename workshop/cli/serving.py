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
    """Run what the gate runs: lint, the order of imports, then the tests."""
    lint_imports = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    for command in (["-m", "ruff", "check", "."], ["-c", lint_imports], ["-m", "pytest"]):
        code = subprocess.call([sys.executable, *command])
        if code:
            raise SystemExit(code)
