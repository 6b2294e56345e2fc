"""Defines the commands account: add, list, reset, disable, enable, admin."""
import sys
from datetime import UTC, datetime

import click
from sqlalchemy import func, select

from workshop import hashing
from workshop.actions.accounts import accounts
from workshop.actions.rooms import workshops
from workshop.cli import Ended, main, opened, sentences
from workshop.cli.settings import language_option
from workshop.config import from_environment
from workshop.domain.people import passwords
from workshop.ports import url
from workshop.store.files.data_lock import served_at
from workshop.store.models import Account, Device, Membership
from workshop.store.transaction import Session
from workshop.words import _, count


def now() -> datetime:
    """Returns the time of the commands' clock."""
    return datetime.now(UTC)


@main.group()
def account() -> None:
    """Accounts of facilitators and rapporteurs."""


@account.command()
@click.argument("email")
@click.argument("name")
@click.option("--admin", is_flag=True, help="May make workshops where not all may (WORKSHOP_MAY_CREATE).")
@click.option("--password-stdin", is_flag=True, help="Read the password from the standard input instead of making a link.")
@language_option()
def add(email: str, name: str, admin: bool, password_stdin: bool, language: str) -> None:
    """Make an account for EMAIL, whose person is called NAME, and print a link with which she sets her password."""
    with sentences(), opened() as store:
        made = ""
        if password_stdin:
            password = sys.stdin.readline().rstrip("\r\n")
            passwords.check(password, email, name)
            made = hashing.make(password)
        with store.write() as session:
            row = workshops.create_account(session, now(), email, name, made, language, admin)
            token = None if made else accounts.password_link(session, now(), row, accounts.FIRST)
        click.echo(row.email if token is None else _link(token, count("{n} day", "{n} days", accounts.FIRST.days)))


@account.command("list")
def list_() -> None:
    """Every account: e-mail, name, state, roles in workshops, when it was last seen."""
    with sentences(), opened(new=False) as store, store.read() as session:
        roles = select(func.count()).where(Membership.account_id == Account.id).scalar_subquery()
        seen = select(func.max(Device.seen_at)).where(Device.account_id == Account.id).scalar_subquery()
        for row, held, last in session.execute(select(Account, roles, seen).order_by(Account.email)):
            state = [_("administrator")] * row.administrator + [_("disabled")] * (row.disabled_at is not None)
            state += [_("no password yet")] * (not row.password_hash)
            seen_on = f"{last:%Y-%m-%d}" if last else _("never seen")
            click.echo("  ".join((row.email, row.name, count("{n} role", "{n} roles", held), seen_on, *state)))


@account.command()
@click.argument("email")
def reset(email: str) -> None:
    """Print a link with which the owner of EMAIL sets a new password; it signs the account out everywhere."""
    with sentences(), opened(new=False) as store:
        with store.write() as session:
            row = account_of(session, email)
            if row.disabled_at is not None:
                raise Ended(_("{email} is disabled: workshop account enable {email}", email=row.email))
            token = accounts.password_link(session, now(), row)
        click.echo(called(row))
        click.echo(_link(token, count("{n} minute", "{n} minutes", int(accounts.RESET.total_seconds() // 60))))


@account.command()
@click.argument("email")
def disable(email: str) -> None:
    """Take the account of EMAIL out of use: it is signed out everywhere."""
    with sentences(), opened(new=False) as store, store.write() as session:
        row = account_of(session, email)
        accounts.disable(session, now(), row)
        click.echo(_("{email} is disabled", email=row.email))


@account.command()
@click.argument("email")
def enable(email: str) -> None:
    """Take a disabled account into use again."""
    with sentences(), opened(new=False) as store, store.write() as session:
        row = account_of(session, email)
        accounts.enable(row)
        click.echo(_("{email} is enabled", email=row.email))


@account.command()
@click.argument("email")
@click.option("--off", is_flag=True, help="An administrator no more.")
def admin(email: str, off: bool) -> None:
    """Make the account of EMAIL an administrator."""
    with sentences(), opened(new=False) as store, store.write() as session:
        row = account_of(session, email)
        row.administrator = not off
        said = _("{account}: no administrator") if off else _("{account}: an administrator")
        click.echo(said.format(account=called(row)))


def account_of(session: Session, email: str) -> Account:
    """Finds the account with this e-mail; without one the command ends."""
    row = session.scalar(select(Account).where(Account.email == email.strip().lower()))
    if row is None:
        raise Ended(_("{email}: no such account", email=email))
    return row


def called(row: Account) -> str:
    """Names whose account it is, to be looked at: nobody has checked that the address is its owner's (docs/decisions.md)."""
    return _("{name} <{email}>, account since {day}", name=row.name, email=row.email, day=f"{row.created_at:%Y-%m-%d}")


def owned_by(row: Account) -> str:
    """Words whose a workshop is."""
    return _("owner: {account}", account=called(row))


def _link(token: str, lasts: str) -> str:
    """Prints the link, and how to hand it over. Its address is that of the settings, else of the server that runs on the
    data folder."""
    config = from_environment()
    base = config.base_url.rstrip("/") or served_at(config.data) or url(config.host, config.port)
    lines = [f"{base}/password/{token}", _("Hand this link to its owner only. It works once, within {time}.", time=lasts)]
    if not config.base_url:
        lines.append(
            _("WORKSHOP_BASE_URL is not set: put the address that people type in the place of {address}", address=base))
    return "\n".join(lines)
