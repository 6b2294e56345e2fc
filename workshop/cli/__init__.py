"""Defines the command `workshop`; each file of this folder brings some of its commands."""
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import click

from workshop import private
from workshop.config import ENV, SQLITE, Config, from_environment
from workshop.domain.errors import Refusal
from workshop.operator_errors import told
from workshop.store.session import Store
from workshop.words import _, speak
from workshop.words.refusals import sentence


class Ended(click.ClickException):
    """Ends a command with a reason, in the language of the settings: without the word that click puts before it in its own.
    """

    def show(self, file: IO[str] | None = None) -> None:
        """Says it on standard error."""
        click.echo(f"tinkuy: {self.format_message()}", err=True, file=file)


@click.group()
def main() -> None:
    """Tinkuy: rooms, boards, votes and the written report of a workshop."""
    speak(os.environ.get(ENV["language"]) or Config.language)  # a command with `--language` may say another one
    with sentences():
        private.begin(from_environment().shared)


@contextmanager
def opened(new: bool = True) -> Iterator[Store]:
    """Opens the store of the settings, up to date; `new`: made where there is none yet, else the command ends with one line.
    """
    config = from_environment()
    if not new and not config.database and not (Path(config.data) / SQLITE).exists():
        raise Ended(_("there is no meeting in {folder}: say where it is with WORKSHOP_DATA", folder=config.data))
    private.tighten(config.data, config.shared)
    store = Store(config.database_url, data=Path(config.data))
    store.migrate()
    try:
        yield store
    finally:
        store.close()


@contextmanager
def sentences() -> Iterator[None]:
    """Ends the command with one line, not with a traceback, for refusals and what the operator can do something about."""
    try:
        yield
    except Refusal as refusal:
        raise Ended(sentence(refusal)) from None
    except click.exceptions.ClickException:
        raise
    except Exception as error:
        if (said := told(error)) is None:
            raise
        raise Ended(said) from None


# They add their commands to `main`.
from workshop.cli import accounts, backup, count, demo, export, hub, purge, rehearse, replay, serve, workshops  # noqa: E402, F401
