"""serve, check."""
import os
import shutil
import subprocess
import sys
from pathlib import Path

import click

from workshop.cli import main


@main.command()
def serve():
    """Serve (settings: WORKSHOP_* environment)."""
    # A process of its own, so that the async mode is settled before anything else is imported.
    os.execv(sys.executable, [sys.executable, "-m", "workshop.server"])


@main.command()
def check():
    """Run what the gate runs: lint, the order of imports, the scripts' types, then the tests."""
    lint_imports = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    npm, scripts = shutil.which("npm"), Path(__file__).parents[1] / "static"
    types = [([npm, "ci", "--ignore-scripts"], scripts), ([npm, "run", "types"], scripts)] if npm else []
    python = [[sys.executable, *args] for args in (["-m", "ruff", "check", "."], ["-c", lint_imports], ["-m", "pytest"])]
    if not npm:
        click.echo("no npm here: the types of the scripts are not checked")
    for command, folder in (*((one, None) for one in python[:2]), *types, (python[2], None)):
        code = subprocess.call(command, cwd=folder)
        if code:
            raise SystemExit(code)
