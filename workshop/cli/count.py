"""Defines the command count."""
import importlib
import json
from importlib.util import find_spec
from pathlib import Path

import click

from workshop.cli import Ended, main, sentences
from workshop.domain.json_codec import loads
from workshop.words import _

LARGEST = 64 * 1024 * 1024  # bytes of a file
COUNTS = {"options": "workshop.domain.elections", "projects": "workshop.domain.budgets"}  # by what a file holds


@main.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--report", type=click.Path(dir_okay=False, path_type=Path), help="Where to write it; default: shown here.")
def count(file: Path, report: Path | None) -> None:
    """Count the election or the budget of a JSON FILE by every rule, in exact fractions."""
    if file.stat().st_size > LARGEST:
        raise Ended(_("{file}: larger than {n} MB", file=file, n=LARGEST >> 20))
    try:
        case = loads(file.read_bytes())
    except (ValueError, RecursionError):
        raise Ended(_("{file}: this is no JSON", file=file)) from None
    held = case if isinstance(case, dict) else {}
    counts = next((name for field, name in COUNTS.items() if field in held and find_spec(name)), "")
    if not counts:
        raise Ended(_("{file}: neither an election with options nor a budget with projects", file=file))
    with sentences():
        made = json.dumps(importlib.import_module(counts).expected(case), ensure_ascii=False, indent=1)
    if report:
        report.write_text(f"{made}\n", encoding="utf-8")
    else:
        click.echo(made)
