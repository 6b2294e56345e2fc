"""Defines the commands serve, check."""
import shutil
import subprocess
import sys

import click

from workshop.cli import main, sentences
from workshop.cli.settings import become_server, data_option, free_port, port_option, use
from workshop.config import ENV, Config
from workshop.folders import STATIC


@main.command()
@data_option()
@port_option()
@click.option("--host", envvar=ENV["host"], default=Config.host, show_default=True, show_envvar=True,
              help="The address to listen at; 0.0.0.0: all of this machine.")
def serve(data: str, port: int, host: str) -> None:
    """Serve (settings: WORKSHOP_* environment)."""
    with sentences():
        use(host=host, port=free_port(host, port))
    become_server()


@main.command()
def check() -> None:
    """Run what the gate runs: lint, the order of imports, types, then the tests."""
    lint_imports = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    npm, scripts = shutil.which("npm"), STATIC
    types = [([npm, *args], scripts) for args in (
        ["ci", "--ignore-scripts"], ["run", "types"], ["run", "lint"])] if npm else []
    python = [[sys.executable, *args] for args in (
        ["-m", "ruff", "check", "."], ["-c", lint_imports], ["-m", "mypy"], ["-m", "pytest"])]
    if not npm:
        click.echo("no npm here: types and style of the scripts are not checked")
    for command, folder in (*((one, None) for one in python[:-1]), *types, (python[-1], None)):
        code = subprocess.call(command, cwd=folder)
        if code:
            raise SystemExit(code)
