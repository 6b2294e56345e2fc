"""Invites people to a role, which waits until the person for whom it is meant accepts it.

Nobody checks e-mail addresses here, so an address proves nothing: an invitation is for whoever holds its link, which the
facilitator hands over herself, or for one account that she knows from another workshop (docs/decisions.md).
"""
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.orm import aliased

from workshop.actions.accounts import team
from workshop.actions.core import record
from workshop.actions.core.telling import Act, Sentence, tells
from workshop.domain.errors import Refusal
from workshop.domain.ids import new_token
from workshop.domain.limits import clean_text
from workshop.domain.people.names import typed_name
from workshop.domain.roles import LEADS
from workshop.store.identity import hashed
from workshop.store.models import Account, Invitation, Membership, Room, Workshop
from workshop.store.rows_changed import rows_changed
from workshop.store.transaction import Session
from workshop.words import _

LASTS = timedelta(days=7)
PENDING = 100  # of a workshop
Inviter = aliased(Account)


@dataclass
class Found:
    """Holds an invitation with its workshop, its room (or None), its maker and the account it is for (None: for whoever has
    the link). `over`: nobody can accept it any more, but a new link can be made. `days`: how long the link works, begun ones
    too."""

    it: Invitation
    workshop: Workshop
    room: Room | None
    inviter: Account
    account: Account | None
    over: bool
    days: int


def invite(session: Session, now: datetime, workshop: Workshop, by: str, role: str, room_id: str | None = None,
           name: str = "", email: str = "",
           account_id: str | None = None) -> str:
    """Makes an invitation and returns the secret of its link. Refusals: `bad_role`, `not_here` (room or account),
    `too_many_invitations`."""
    team.check_role(session, workshop, role, room_id)
    account = None
    if account_id:
        account = next((known for known in colleagues(session, workshop.id, by) if known.id == account_id), None)
        if account is None:
            raise Refusal("not_here")
    if (session.scalar(select(func.count()).where(Invitation.workshop_id == workshop.id, *_waits())) or 0) >= PENDING:
        raise Refusal("too_many_invitations", limit=PENDING)
    token = new_token()
    name, email = (account.name, account.email) if account else (typed_name(name), _address(email))
    session.add(Invitation(
        token_hash=hashed(token), workshop_id=workshop.id, role=role, room_id=room_id or None, account_id=account_id or None,
        name=name, email=email, made_by=by, created_at=now, expires_at=now + LASTS))
    record.keep(session, now, workshop.id, by, "role.invite", account_id or None, name=name, role=role)
    session.flush()
    return token


@tells("role.invite", team="role")
def _invited(act: Act) -> Sentence:
    return Sentence(team=_("invited {name}: {role}.", **team.with_role(act)))


def _address(email: str) -> str:
    """Returns the address as it is stored, or Refusal `bad_email`."""
    if len(email := clean_text(email)) > 254:
        raise Refusal("bad_email")
    return email


def renew(session: Session, now: datetime, workshop_id: str, invitation_id: str, by: str) -> str:
    """Replaces the link of an invitation, whose maker is now whoever does so. Refusal `not_here`."""
    token = new_token()
    _change(session, workshop_id, invitation_id, token_hash=hashed(token), expires_at=now + LASTS, made_by=by)
    row = session.get_one(Invitation, invitation_id)
    record.keep(session, now, workshop_id, by, "role.invite", row.account_id, name=row.name, role=row.role)
    return token


def revoke(session: Session, now: datetime, workshop_id: str, invitation_id: str, by: str) -> None:
    """Takes an invitation back; `by`: the account that does so. Refusal `not_here`."""
    _change(session, workshop_id, invitation_id, revoked_at=now)
    row = session.get_one(Invitation, invitation_id)
    record.keep(session, now, workshop_id, by, "role.revoke", row.account_id, name=row.name, role=row.role,
                invitation=row.id)


@tells("role.revoke", team="role")
def _revoked(act: Act) -> Sentence:
    return Sentence(team=_("took the invitation of {name} back: {role}.", **team.with_role(act)))


def find(session: Session, now: datetime, token: str) -> Found:
    """Finds the invitation of a link. Refusal `link_over`: unknown, used, taken back, too old, or its maker no longer
    facilitates."""
    return _only(session, now, Invitation.token_hash == hashed(token))


def for_account(session: Session, now: datetime, account_id: str) -> list[Found]:
    """Lists what the account is invited to, without needing a link."""
    rows = _found(session, now, Invitation.account_id == account_id)
    return [found for found in rows if not found.over]


def by_id(session: Session, now: datetime, invitation_id: str, account_id: str) -> Found:
    """Finds one of the invitations for the account. Refusal `link_over`."""
    return _only(session, now, Invitation.id == invitation_id, Invitation.account_id == account_id)


def pending(session: Session, now: datetime, workshop_id: str) -> list[Found]:
    """Lists the invitations of a workshop that nobody has accepted, the newest first."""
    return _found(session, now, Invitation.workshop_id == workshop_id)


def accept(session: Session, now: datetime, found: Found, account: Account) -> None:
    """Gives the account the role. Refusals: `not_for_you`, `link_over` (somebody else was quicker)."""
    if found.it.account_id not in (None, account.id):
        raise Refusal("not_for_you")
    taken = rows_changed(session, update(Invitation)
                         .where(Invitation.id == found.it.id, *_waits(), Invitation.expires_at > now)
                         .values(used_at=now, used_by=account.id))
    if not taken:
        raise Refusal("link_over")
    team.grant(session, now, found.workshop, account, found.it.role, found.it.room_id, found.it.made_by)


def decline(session: Session, now: datetime, found: Found) -> None:
    """Declines the role for the account."""
    _change(session, found.workshop.id, found.it.id, revoked_at=now)
    record.keep(session, now, found.workshop.id, found.it.account_id, "role.decline", None, role=found.it.role)


@tells("role.decline", team="role")
def _declined(act: Act) -> Sentence:
    return Sentence(team=_("did not take the role: {role}.", **team.with_role(act)))


def colleagues(session: Session, workshop_id: str, account_id: str) -> list[Account]:
    """Lists the accounts with a role in another workshop that the account leads: it knows whose they are. By name."""
    led = select(Membership.workshop_id).where(Membership.account_id == account_id, Membership.role.in_(LEADS),
                                               Membership.workshop_id != workshop_id)
    there = select(Membership.account_id).where(Membership.workshop_id.in_(led))
    return list(session.scalars(select(Account).where(
        Account.id.in_(there), Account.id != account_id, Account.disabled_at.is_(None)).order_by(Account.name, Account.id)))


def waiting(session: Session, now: datetime, workshop_id: str) -> set[str]:
    """Lists the accounts that are invited and have not answered yet."""
    return set(session.scalars(select(Invitation.account_id).where(
        Invitation.workshop_id == workshop_id, Invitation.account_id.is_not(None), Invitation.expires_at > now, *_waits())))


def _waits() -> tuple[ColumnElement[bool], ...]:
    return Invitation.used_at.is_(None), Invitation.revoked_at.is_(None)


def _only(session: Session, now: datetime, *conditions: ColumnElement[bool]) -> Found:
    found = next((one for one in _found(session, now, *conditions) if not one.over), None)
    if found is None:
        raise Refusal("link_over")
    return found


def _found(session: Session, now: datetime, *conditions: ColumnElement[bool]) -> list[Found]:
    leads = select(Membership.id).where(Membership.workshop_id == Invitation.workshop_id, Membership.role.in_(LEADS),
                                        Membership.account_id == Invitation.made_by).exists()
    rows = session.execute(
        select(Invitation, Workshop, Room, Inviter, Account, leads).join(Workshop, Workshop.id == Invitation.workshop_id)
        .join(Inviter, Inviter.id == Invitation.made_by).outerjoin(Room, Room.id == Invitation.room_id)
        .outerjoin(Account, Account.id == Invitation.account_id)
        .where(*conditions, *_waits(), Workshop.deleted_at.is_(None)).order_by(Invitation.created_at.desc(), Invitation.id))
    return [Found(it, workshop, room, inviter, account, it.expires_at <= now or not leads or inviter.disabled_at is not None,
                  -((now - it.expires_at) // timedelta(days=1)))
            for it, workshop, room, inviter, account, leads in rows]


def _change(session: Session, workshop_id: str, invitation_id: str, **values: Any) -> None:
    changed = rows_changed(session, update(Invitation).where(
        Invitation.id == invitation_id, Invitation.workshop_id == workshop_id, *_waits()).values(**values))
    if not changed:
        raise Refusal("not_here")
