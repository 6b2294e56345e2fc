"""Defines the commands backup, restore."""
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from workshop.cli import Ended, main, opened, sentences
from workshop.cli.settings import data_option
from workshop.config import from_environment
from workshop.store.files import backup as copies
from workshop.store.files import data_lock
from workshop.store.streams.epochs import begin_anew
from workshop.words import N_, _

POSTGRES_OUT = N_("""the database is PostgreSQL, which has its own tools:
  {command}
and copy the folder {media} too""")
POSTGRES_IN = N_("""the database is PostgreSQL, which has its own tools. Stop the servers, then:
  {command}""")
DUMP = 'pg_dump --format=custom --file=tinkuy.dump "$WORKSHOP_DATABASE"'
FETCH = 'pg_restore --clean --if-exists --dbname="$WORKSHOP_DATABASE" tinkuy.dump\n  workshop restore --by-hand'


@main.command()
@click.argument("where", type=click.Path(path_type=Path), default=".")
@data_option()
def backup(where: Path, data: str) -> None:
    """Copy everything into one file: WHERE, or in the folder WHERE under a name with the time.  Servers may go on."""
    with faults():
        folder = Path(data)
        if from_environment().database:
            raise Ended(_(POSTGRES_OUT, command=DUMP, media=str(folder / copies.MEDIA)))
        click.echo(copies.pack(folder, where))


@main.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=False)
@click.option("--by-hand", is_flag=True, help="The data were put back by other means; only let the devices know.")
@data_option()
def restore(file: Path | None, by_hand: bool, data: str) -> None:
    """Go back to the copy FILE (of `workshop backup`, or a bare SQLite file); no server may be running.

    Devices that were there offer again what they were told is saved since.
    """
    if bool(file) == by_hand:
        raise Ended(_("say which FILE, or --by-hand"))
    with faults():
        folder = Path(data)
        if file and from_environment().database:
            raise Ended(_(POSTGRES_IN, command=FETCH))
        with data_lock.alone(data):
            before = copies.unpack(file, folder) if file else None
            if by_hand:
                with opened() as store:
                    begin_anew(store)
    click.echo(_("restored; devices offer again what they were told is saved"))
    if before:
        click.echo(_("what was there before: {place}", place=str(before)))


@contextmanager
def faults() -> Iterator[None]:
    """Ends the command with one line for what can go wrong."""
    with sentences():
        try:
            yield
        except data_lock.Occupied as error:
            raise Ended(_("a server is running on {folder}: stop it first", folder=str(error))) from None
        except copies.Damaged as error:
            raise Ended(_("the copy cannot be used: {reason}", reason=str(error))) from None
