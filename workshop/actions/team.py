"""The team of a workshop: who facilitates, who writes the summaries, who only looks."""
import secrets

from sqlalchemy import select

from workshop.actions import record
from workshop.actions.opening import create_account
from workshop.domain.errors import Refusal
from workshop.domain.roles import FACILITATOR, OBSERVER, OWNER, RAPPORTEUR
from workshop.store.models import Account, Membership, Room, Workshop

GRANTED = (FACILITATOR, RAPPORTEUR, OBSERVER)  # an owner is made with the workshop


def grant(session, now, workshop: Workshop, email: str, name: str, role: str, room_id: str | None,
          by: str | None = None) -> str | None:
    """Give the account with this e-mail a role, for a rapporteur in one room (None: in all); `by`: the account that does so.

    Returns the password of an account that was made for it, to be handed over once; None where there was one already.
    Refusals: `bad_role`, `not_here` (a foreign room), those of create_account.
    """
    if role not in GRANTED:
        raise Refusal("bad_role")
    room = room_id and session.get(Room, room_id)
    if room_id and (room is None or room.workshop_id != workshop.id or role != RAPPORTEUR):
        raise Refusal("not_here")
    account = session.scalar(select(Account).where(Account.email == email.strip().lower()))
    password = None
    if account is None:
        password = secrets.token_urlsafe(12)
        account = create_account(session, now, email, name, password)
    held = session.scalars(select(Membership).where(Membership.workshop_id == workshop.id,
                                                    Membership.account_id == account.id))
    if not any((m.role, m.room_id) == (role, room_id or None) for m in held):
        session.add(Membership(workshop_id=workshop.id, account_id=account.id, role=role, room_id=room_id or None))
        record.keep(session, now, workshop.id, by, "role.give", account.id, name=account.name, role=role)
    session.flush()
    return password


def withdraw(session, now, workshop: Workshop, membership_id: str, by: str | None = None) -> None:
    """Take a role back (`by`: the account that does so); the owner's stays.  Its open pages are cut off within a second.
    Refusal `not_here`."""
    row = session.get(Membership, membership_id)
    if row is None or row.workshop_id != workshop.id or row.role == OWNER:
        raise Refusal("not_here")
    account = session.get(Account, row.account_id)
    record.keep(session, now, workshop.id, by, "role.take", account.id, name=account.name, role=row.role)
    session.delete(row)


def members(session, workshop_id: str) -> list[tuple[Membership, Account, Room | None]]:
    """Everybody with a role, by name."""
    return session.execute(select(Membership, Account, Room).join(Account, Account.id == Membership.account_id)
                           .outerjoin(Room, Room.id == Membership.room_id)
                           .where(Membership.workshop_id == workshop_id).order_by(Account.name, Membership.id)).all()
