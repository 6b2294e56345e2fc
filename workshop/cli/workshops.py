"""Defines the commands list, close, delete, undelete: of workshops."""
from datetime import UTC, datetime

import click
from sqlalchemy import func, or_, select

from workshop.actions.core.perform import write_down
from workshop.actions.lives import removing
from workshop.actions.lives.workshops import by_operator, put_away
from workshop.actions.rooms.edits import end
from workshop.cli import Ended, main, opened, sentences
from workshop.config import from_environment
from workshop.domain.ids import clean_code, spell
from workshop.media.folder import Folder
from workshop.store.counts import holdings
from workshop.store.models import Seat, Workshop
from workshop.store.streams import numbering
from workshop.store.transaction import Session
from workshop.words import _, count


def now() -> datetime:
    """Returns the time of the commands' clock."""
    return datetime.now(UTC)


@main.command("list")
def list_() -> None:
    """Every workshop: its code, id, days, people, state and title."""
    with sentences(), opened(new=False) as store, store.read() as session:
        people = select(func.count()).where(Seat.workshop_id == Workshop.id).scalar_subquery()
        for row, n in session.execute(select(Workshop, people).order_by(Workshop.created_at, Workshop.id)):
            click.echo("  ".join(filter(None, (
                spell(row.code), row.id, " ".join(row.days), count("{n} person", "{n} people", n), _state(row), row.title))))


@main.command()
@click.argument("which")
def close(which: str) -> None:
    """End the workshop with this id or join code: its rooms are closed, everything stays to be read."""
    with sentences(), opened(new=False) as store, store.write() as session:
        row = _found(session, which)
        if row.closed_at is None:
            end(work := by_operator(session, now(), row, "workshop.close"))
            work.remember(row.id, {"over": False}, {"over": True}, row.id)
            write_down(session)
        click.echo(_("{title}: over", title=row.title))


@main.command()
@click.argument("which")
@click.option("--now", "at_once", is_flag=True, help="Remove it at once; it cannot be brought back.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def delete(which: str, at_once: bool, yes: bool) -> None:
    """Delete the workshop with this id or join code; for seven days `workshop undelete` brings it back."""
    with sentences(), opened(new=False) as store:
        with store.read() as session:
            row = _found(session, which)
            click.echo(f"{spell(row.code)}  {row.title}\n{_what_goes(session, row.id)}")
        if not yes:
            click.confirm(_("Delete it?"), abort=True)
        with store.write() as session:
            row = _found(session, row.id)
            if row.deleted_at is None:
                put_away(by_operator(session, now(), row, "workshop.delete"))
                write_down(session)
        if at_once:
            removing.remove(store, Folder(from_environment().data), row.id)
            click.echo(_("Nothing of it is left here. Backups still hold it."))
        else:
            click.echo(count("Deleted. For {n} day it can be brought back: workshop undelete {code}",
                             "Deleted. For {n} days it can be brought back: workshop undelete {code}",
                             removing.KEPT.days, code=row.code))


@main.command()
@click.argument("which")
def undelete(which: str) -> None:
    """Bring back a deleted workshop; it is over, and can be opened again."""
    with sentences(), opened(new=False) as store, store.write() as session:
        row = _found(session, which)
        if row.deleted_at is not None:
            row.deleted_at = None
            work = by_operator(session, now(), row, "workshop.restore")
            work.remember(row.id, {"deleted": True}, {"deleted": False}, row.id)
            write_down(session)
        click.echo(_("{title}: brought back", title=row.title))


def _found(session: Session, which: str) -> Workshop:
    """Finds the workshop by its id or code; without one the command ends."""
    row = session.scalar(select(Workshop).where(or_(Workshop.id == which, Workshop.code == clean_code(which))))
    if row is None:
        raise Ended(_("{code}: no such workshop", code=which))
    numbering.lock(session, {row.id})
    return row


def _state(row: Workshop) -> str:
    if row.deleted_at:
        return _("deleted on {day}", day=f"{row.deleted_at:%Y-%m-%d}")
    return _("put aside") if row.archived_at else _("over") if row.closed_at else ""


def _what_goes(session: Session, workshop_id: str) -> str:
    held = holdings.of_workshop(session, workshop_id)
    return " · ".join((
        count("{n} person", "{n} people", held.people), count("{n} idea", "{n} ideas", held.ideas),
        count("{n} comment", "{n} comments", held.comments), count("{n} photo", "{n} photos", held.photos),
        count("{n} voice note", "{n} voice notes", held.voices), count("{n} ballot", "{n} ballots", held.ballots),
        count("{n} room", "{n} rooms", held.rooms)))
