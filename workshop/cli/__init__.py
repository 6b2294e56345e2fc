"""The command `workshop`; each file of this folder brings some of its commands."""
from contextlib import contextmanager

import click

from workshop.config import from_environment
from workshop.domain.errors import Refusal
from workshop.store.session import Store
from workshop.trouble import told
from workshop.words.refusals import sentence


@click.group()
def main():
    """Tinkuy: rooms, boards, votes and the written report of a workshop."""


@contextmanager
def opened():
    """The store of the settings, up to date."""
    store = Store(from_environment().database_url)
    store.migrate()
    try:
        yield store
    finally:
        store.close()


@contextmanager
def sentences():
    """Refusals and what the operator can do something about end the command with one line, not with a traceback."""
    try:
        yield
    except Refusal as refusal:
        raise click.ClickException(sentence(refusal)) from None
    except click.exceptions.ClickException:
        raise
    except Exception as error:
        if (said := told(error)) is None:
            raise
        raise click.ClickException(said) from None


from workshop.cli import backing_up, hub, papers, replaying, serving, setting_up  # noqa: E402, F401  (they add their commands to `main`)
