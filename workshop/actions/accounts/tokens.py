"""Makes and ends tokens of programs, for the account for which the program acts, and notes when they are used.

What a token may do is read again with each command (store/identity.py), from its own role and from what the account is then.
A token is ended here when its account leaves the workshop's team, is disabled or sets its password by a link, so that it
does not come to life again with a role or an account that comes back.
"""
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import or_, select, update

from workshop.actions.accounts.role_names import ROLES as NAMES
from workshop.actions.core import record
from workshop.actions.core.telling import Act, Sentence, tells
from workshop.domain.errors import Refusal
from workshop.domain.people.names import typed_name
from workshop.domain.people.tokens import DAYS, MOST, new_program_token
from workshop.domain.roles import FROM_BELOW, STAFF
from workshop.store.identity import hashed
from workshop.store.models import Account, Membership, ProgramToken, Workshop
from workshop.store.transaction import Session
from workshop.words import _

NOTED_EVERY = timedelta(minutes=5)  # nobody needs the time of the last use more exactly
ROLES = tuple(reversed(FROM_BELOW))


@dataclass
class Made:
    """Describes a token for its account's page: never the secret itself. `over`: its time has passed; `role`: the most it
    may be."""

    it: ProgramToken
    workshop: Workshop
    over: bool


def make(session: Session, now: datetime, account: Account, name: str, workshop_id: str, role: str,
         days: int | None = None) -> str:
    """Makes a token and returns its secret, which nobody will see again; `days`: after which it is over, None: never.

    Refusals: `name_missing`, `bad_role` (no role, or one above the account's own), `not_on_team`, `bad_days`,
    `too_many_tokens`.
    """
    workshop = session.get(Workshop, workshop_id)
    own = dict(places(session, account.id)).get(workshop) if workshop else None
    if not (name := typed_name(name)):
        raise Refusal("name_missing")
    if own is None:
        raise Refusal("not_on_team")
    if role not in ROLES or FROM_BELOW.index(role) > FROM_BELOW.index(own):
        raise Refusal("bad_role")
    if days is not None and days not in DAYS:
        raise Refusal("bad_days")
    if sum(not one.over for one in of_account(session, now, account.id)) >= MOST:
        raise Refusal("too_many_tokens", limit=MOST)
    secret = new_program_token()
    session.add(ProgramToken(token_hash=hashed(secret), account_id=account.id, workshop_id=workshop_id, role=role, name=name,
                             created_at=now, expires_at=None if days is None else now + timedelta(days=days)))
    record.keep(session, now, workshop_id, account.id, "token.make", None, name=name, role=role)
    session.flush()
    return secret


def places(session: Session, account_id: str) -> list[tuple[Workshop, str]]:
    """Lists [(workshop, the account's strongest role there)] where the account is on the team, the newest first."""
    found: dict[Workshop, str] = {}
    for workshop, role in session.execute(
            select(Workshop, Membership.role).join(Membership, Membership.workshop_id == Workshop.id)
            .where(Membership.account_id == account_id, Membership.role.in_(STAFF), Workshop.deleted_at.is_(None))
            .order_by(Workshop.created_at.desc(), Workshop.id)):
        found[workshop] = max(found.get(workshop, role), role, key=FROM_BELOW.index)
    return list(found.items())


def of_account(session: Session, now: datetime, account_id: str) -> list[Made]:
    """Lists the account's tokens that were not ended, the newest first."""
    return [Made(it, workshop, it.expires_at is not None and it.expires_at <= now) for it, workshop in session.execute(
        select(ProgramToken, Workshop).join(Workshop, Workshop.id == ProgramToken.workshop_id)
        .where(ProgramToken.account_id == account_id, ProgramToken.revoked_at.is_(None))
        .order_by(ProgramToken.created_at.desc(), ProgramToken.id))]


def end(session: Session, now: datetime, account_id: str, token_id: str) -> None:
    """Ends one of the account's tokens. Refusal `not_here`: it has none of this id, or has ended it already."""
    row = session.get(ProgramToken, token_id)
    if row is None or row.account_id != account_id or row.revoked_at is not None:
        raise Refusal("not_here")
    row.revoked_at = now
    record.keep(session, now, row.workshop_id, account_id, "token.end", None, name=row.name, role=row.role)


def end_all(session: Session, now: datetime, account_id: str, workshop_id: str | None = None, by: str | None = None) -> None:
    """Ends all the account's tokens, or those of one workshop; `by`: the account that does so, if it is another."""
    wanted = [ProgramToken.account_id == account_id, ProgramToken.revoked_at.is_(None)]
    if workshop_id is not None:
        wanted.append(ProgramToken.workshop_id == workshop_id)
    for row in session.scalars(select(ProgramToken).where(*wanted)).all():
        row.revoked_at = now
        record.keep(session, now, row.workshop_id, by or account_id, "token.end", None, name=row.name, role=row.role)


@tells("token.make", team="role")
def _made(act: Act) -> Sentence:
    return Sentence(team=_("made a token for the program {name}: {role}.", **_with_role(act)))


@tells("token.end", team="role")
def _ended(act: Act) -> Sentence:
    return Sentence(team=_("ended the token of the program {name}: {role}.", **_with_role(act)))


def _with_role(act: Act) -> dict[str, str]:
    return act.names | {"role": _(NAMES.get(act.after.get("role", ""), "…"))}


def is_unnoted(token: ProgramToken, now: datetime) -> bool:
    """Tells whether it is time to note that the token is in use."""
    return token.used_at is None or now - token.used_at > NOTED_EVERY


def note_used(session: Session, now: datetime, token_id: str) -> None:
    """Notes that the token is in use."""
    session.execute(update(ProgramToken).where(
        ProgramToken.id == token_id, or_(ProgramToken.used_at.is_(None), ProgramToken.used_at < now - NOTED_EVERY))
        .values(used_at=now))
