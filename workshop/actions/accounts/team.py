"""Manages the team of a workshop: who facilitates, who writes the summaries, who only observes."""
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Row, func, select, update

from workshop.actions.accounts import tokens
from workshop.actions.accounts.role_names import ROLES
from workshop.actions.core import record
from workshop.actions.core.telling import Act, Sentence, tells
from workshop.domain.errors import Refusal
from workshop.domain.roles import FACILITATOR, OBSERVER, OWNER, RAPPORTEUR
from workshop.domain.shapes import Json
from workshop.store.models import Account, Activity, Contribution, Invitation, Membership, Room, Workshop
from workshop.store.transaction import Session
from workshop.words import _

GRANTED = (FACILITATOR, RAPPORTEUR, OBSERVER)  # an owner is made with the workshop


def check_role(session: Session, workshop: Workshop, role: str, room_id: str | None) -> None:
    """Checks a role. Refusal `bad_role`, `not_here` (a foreign room, or one for somebody who is no rapporteur)."""
    if role not in GRANTED:
        raise Refusal("bad_role")
    room = session.get(Room, room_id) if room_id else None
    if room_id and (room is None or room.workshop_id != workshop.id or role != RAPPORTEUR):
        raise Refusal("not_here")


def grant(session: Session, now: datetime, workshop: Workshop, account: Account, role: str, room_id: str | None = None,
          by: str | None = None) -> None:
    """Gives an account a role, for a rapporteur in one room (None: in all); `by`: the account that does so.

    On pages a role waits until the person accepts it (actions/accounts/invitations.py). Refusals: those of check_role.
    """
    check_role(session, workshop, role, room_id)
    held = session.scalars(select(Membership).where(Membership.workshop_id == workshop.id,
                                                    Membership.account_id == account.id))
    if not any((m.role, m.room_id) == (role, room_id or None) for m in held):
        session.add(Membership(workshop_id=workshop.id, account_id=account.id, role=role, room_id=room_id or None))
        record.keep(session, now, workshop.id, by, "role.give", account.id, name=account.name, role=role)
    session.flush()


@tells("role.give", team="role")
def _given(act: Act) -> Sentence:
    return Sentence(team=_("gave {name} a role: {role}.", **with_role(act)))


def with_role(act: Act) -> dict[str, str]:
    """Returns the values that sentences about roles need."""
    return act.names | {"role": _(ROLES.get(act.after.get("role", ""), "…"))}


def withdraw(session: Session, now: datetime, workshop: Workshop, membership_id: str, by: str | None = None) -> None:
    """Takes a role back (`by`: the account that does so); the owner's stays.

    Its open pages are cut off within a second, and the invitations that it made end; with the account's last role here its
    tokens for programs do. Refusal `not_here`.
    """
    row = session.get(Membership, membership_id)
    if row is None or row.workshop_id != workshop.id or row.role == OWNER:
        raise Refusal("not_here")
    account = session.get_one(Account, row.account_id)
    record.keep(session, now, workshop.id, by, "role.take", account.id, name=account.name, role=row.role,
                room=row.room_id)
    session.execute(update(Invitation).where(
        Invitation.workshop_id == workshop.id, Invitation.made_by == account.id, Invitation.used_at.is_(None),
        Invitation.revoked_at.is_(None)).values(revoked_at=now))
    session.delete(row)
    session.flush()
    if not session.scalar(select(Membership.id).where(Membership.workshop_id == workshop.id,
                                                      Membership.account_id == account.id).limit(1)):
        tokens.end_all(session, now, account.id, workshop.id, by)


@tells("role.take", team="role")
def _taken(act: Act) -> Sentence:
    return Sentence(team=_("took a role back from {name}: {role}.", **with_role(act)))


def standing(session: Session, workshop_id: str, membership_id: str) -> Json:
    """Describes {name, role, sentences, invitations}: what a member has, before the role is taken back. Refusal `not_here`.
    """
    row = session.get(Membership, membership_id)
    if row is None or row.workshop_id != workshop_id or row.role == OWNER:
        raise Refusal("not_here")
    written = select(func.count()).select_from(Contribution).join(Activity, Activity.id == Contribution.activity_id).join(
        Room, Room.id == Activity.room_id).where(
        Room.workshop_id == workshop_id, Contribution.account_id == row.account_id, Contribution.kind == "item",
        Contribution.withdrawn_at.is_(None))
    waiting = select(func.count()).select_from(Invitation).where(
        Invitation.workshop_id == workshop_id, Invitation.made_by == row.account_id, Invitation.used_at.is_(None),
        Invitation.revoked_at.is_(None))
    return {"name": session.get_one(Account, row.account_id).name, "role": row.role, "sentences": session.scalar(written),
            "invitations": session.scalar(waiting)}


def members(session: Session, workshop_id: str) -> Sequence[Row[Membership, Account, Room]]:
    """Lists everybody with a role, by name; the room is None where the role is not of one."""
    return session.execute(select(Membership, Account, Room).join(Account, Account.id == Membership.account_id)
                           .outerjoin(Room, Room.id == Membership.room_id)
                           .where(Membership.workshop_id == workshop_id).order_by(Account.name, Membership.id)).all()
