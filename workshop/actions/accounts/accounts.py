"""Changes accounts: sets passwords, signs devices out, disables accounts.

These are no verbs of the registry: an account belongs to no workshop. Pages and commands call them inside one store.write(),
with hashes that were made before it (workshop/hashing.py).
"""
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, select, update

from workshop.actions.accounts import tokens
from workshop.actions.people.sessions import renewed
from workshop.domain.errors import Refusal
from workshop.domain.ids import new_token
from workshop.store.identity import hashed
from workshop.store.models import Account, Device, PasswordLink
from workshop.store.rows_changed import rows_changed
from workshop.store.transaction import Session

FIRST, RESET = timedelta(days=7), timedelta(minutes=30)  # how long a link for a password lasts


def password_link(session: Session, now: datetime, account: Account, lasts: timedelta = RESET) -> str:
    """Makes a link with which the account's owner sets a password, and returns its secret; earlier links end."""
    session.execute(update(PasswordLink).where(PasswordLink.account_id == account.id, PasswordLink.expires_at > now)
                    .values(expires_at=now))
    token = new_token()
    session.add(PasswordLink(token_hash=hashed(token), account_id=account.id, created_at=now, expires_at=now + lasts))
    session.flush()
    return token


def owner_of_link(session: Session, now: datetime, token: str) -> Account:
    """Finds the account whose password the link sets. Refusal `link_over`: unknown, used, too old, or the account is
    disabled."""
    account = session.scalar(select(Account).join(PasswordLink, PasswordLink.account_id == Account.id).where(
        *_open(now, token), Account.disabled_at.is_(None)))
    if account is None:
        raise Refusal("link_over")
    return account


def use_link(session: Session, now: datetime, token: str, password_hash: str) -> Account:
    """Sets the password by a link, which ends with it, as all signed-in devices and tokens of programs do: those who have
    lost a password cannot know who else has it. Refusal `link_over`."""
    account = owner_of_link(session, now, token)
    if not rows_changed(session, update(PasswordLink).where(*_open(now, token)).values(used_at=now)):
        raise Refusal("link_over")  # somebody else was quicker
    account.password_hash = password_hash
    end_devices(session, now, account.id)
    tokens.end_all(session, now, account.id)
    return account


def change_password(session: Session, now: datetime, account_id: str, former_hash: str, password_hash: str, device_id: str,
                    others: bool, programs: bool = False) -> str:
    """Sets a new password where `former_hash` is still the old one's; returns the device's new secret.

    `others`: the other devices are signed out; `programs`: the tokens of programs end. Refusal `wrong_password`: it was
    changed in the meantime.
    """
    if not rows_changed(session, update(Account).where(Account.id == account_id, Account.password_hash == former_hash)
                    .values(password_hash=password_hash)):
        raise Refusal("wrong_password")
    session.execute(update(PasswordLink).where(PasswordLink.account_id == account_id, PasswordLink.expires_at > now)
                    .values(expires_at=now))
    if others:
        end_devices(session, now, account_id, but=device_id)
    if programs:
        tokens.end_all(session, now, account_id)
    return renewed(session, device_id)


def devices(session: Session, account_id: str) -> list[Device]:
    """Lists the devices on which the account is signed in, the last one seen first."""
    return list(session.scalars(select(Device).where(Device.account_id == account_id, Device.revoked_at.is_(None))
                                .order_by(Device.seen_at.desc(), Device.signed_in_at.desc())))


def end_devices(session: Session, now: datetime, account_id: str, only: str | None = None, but: str | None = None) -> int:
    """Signs the account's devices out; returns how many. Their pages end at once, their sockets within a second."""
    wanted = [Device.account_id == account_id, Device.revoked_at.is_(None)]
    if only is not None:
        wanted.append(Device.id == only)
    if but is not None:
        wanted.append(Device.id != but)
    return rows_changed(session, update(Device).where(*wanted).values(revoked_at=now))


def disable(session: Session, now: datetime, account: Account) -> None:
    """Disables an account: it is signed out everywhere, its links and its tokens of programs end; what it wrote and its
    roles stay."""
    account.disabled_at = account.disabled_at or now
    end_devices(session, now, account.id)
    tokens.end_all(session, now, account.id)
    session.execute(update(PasswordLink).where(PasswordLink.account_id == account.id, PasswordLink.expires_at > now)
                    .values(expires_at=now))


def enable(account: Account) -> None:
    """Enables a disabled account; it has to sign in again."""
    account.disabled_at = None


def seen(session: Session, now: datetime, device_id: str) -> None:
    """Notes that a page of this signed-in device was opened."""
    session.execute(update(Device).where(Device.id == device_id).values(seen_at=now))


def _open(now: datetime, token: str) -> tuple[ColumnElement[bool], ...]:
    return PasswordLink.token_hash == hashed(token), PasswordLink.used_at.is_(None), PasswordLink.expires_at > now
