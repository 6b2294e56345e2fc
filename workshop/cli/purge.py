"""Defines the command purge."""
from datetime import UTC, datetime

import click

from workshop.actions.people.purging import purge as remove
from workshop.cli import main, opened, sentences
from workshop.words import _


@main.command()
def purge() -> None:
    """Remove what nobody can use any more: devices that ended, and links that are over.  Servers do so by themselves."""
    with sentences(), opened(new=False) as store:
        removed = remove(store, datetime.now(UTC))
    click.echo(_("Devices removed: {devices}; links: {links}", **removed))
