"""Defines the commands export, import."""
import json
from datetime import UTC, datetime
from pathlib import Path

import click
from sqlalchemy import select

from workshop.cli import Ended, main, opened, sentences
from workshop.cli.accounts import account_of, owned_by
from workshop.cli.settings import language_option
from workshop.config import from_environment
from workshop.domain.ids import clean_code, spell
from workshop.domain.roles import OWNER
from workshop.domain.visibility import Viewer
from workshop.exports import FORMATS, everything, read_back, worker
from workshop.store.models import Workshop
from workshop.words import _


@main.command()
@click.argument("code")
@click.option("--format", "form", type=click.Choice(sorted(FORMATS)), default="docx", show_default=True)
@click.option("--output", type=click.Path(dir_okay=False), help="Default: CODE.FORMAT in the current folder.")
@language_option()
def export(code: str, form: str, output: str | None, language: str) -> None:
    """Write the memoria of the workshop with this join CODE."""
    with sentences(), opened(new=False) as store:
        with store.read() as session:
            workshop = session.scalar(select(Workshop).where(Workshop.code == clean_code(code)))
        if workshop is None:
            raise Ended(_("{code}: no such workshop", code=code))
        viewer = Viewer(workshop.id, workshop.privacy, OWNER)
        path = Path(output or f"{workshop.code}.{form}")
        if form == "json":  # whoever administers the server: all of it, to be imported elsewhere
            with store.read() as session:
                file = everything.write(session, workshop.id)
        else:
            file = worker.memoria(store, workshop.id, viewer, form, language, datetime.now(UTC), from_environment().data)
        path.write_bytes(file)
    click.echo(path)


@main.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False))
@click.option("--owner", help="E-mail of the account that owns the copy.")
def import_(file: str, owner: str | None) -> None:
    """Read a JSON memoria back into an equal workshop; all of it or nothing."""
    try:
        content = json.loads(Path(file).read_bytes())
    except (ValueError, RecursionError):
        raise Ended(_("{file}: this is no JSON", file=file)) from None
    with sentences(), opened() as store, store.write() as session:
        account = account_of(session, owner) if owner else None
        workshop = read_back.bring_in(session, datetime.now(UTC), content, account)
        click.echo(f"{spell(workshop.code)}  {workshop.title}" + ("\n" + owned_by(account) if account else ""))
