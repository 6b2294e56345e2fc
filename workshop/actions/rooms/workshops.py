"""Creates accounts and workshops."""
from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select

from workshop.actions.rooms.building import build_room
from workshop.domain.errors import Refusal
from workshop.domain.ids import new_code, new_id, new_token
from workshop.domain.limits import TITLE
from workshop.domain.people.declared import asked
from workshop.domain.people.names import clean_name, typed_name
from workshop.domain.roles import OWNER
from workshop.domain.weave import short_label
from workshop.store.models import Account, Axis, Delegation, Membership, Site, Stream, Workshop
from workshop.store.transaction import Session

PRIVACY = ("named", "alias", "anonymous")
ADMINISTRATORS = "administrators"


def create_account(session: Session, now: datetime, email: str, name: str, password_hash: str, language: str = "es",
                   administrator: bool = False) -> Account:
    """Creates an account, or Refusal `bad_email`, `email_taken`. The hash is made before (workshop/hashing.py); empty:
    nobody can sign in until the owner has set a password."""
    email = new_email(session, email)
    account = Account(email=email, name=clean_name(name) or email, password_hash=password_hash, language=language,
                      administrator=administrator, created_at=now)
    session.add(account)
    session.flush()
    return account


def new_email(session: Session, email: str) -> str:
    """Returns the address as it is stored, if no account has it. Refusal `bad_email`, `email_taken`."""
    email = email.strip().lower()
    if "@" not in email[1:-1] or len(email) > 254 or not email.isprintable() or any(c.isspace() for c in email):
        raise Refusal("bad_email")
    if session.scalar(select(Account.id).where(Account.email == email)):
        raise Refusal("email_taken")
    return email


def check_may_create(account: Account, who: str) -> None:
    """Refuses with `may_not_create` where the setting WORKSHOP_MAY_CREATE is `who` and the account is none of these."""
    if who == ADMINISTRATORS and not account.administrator:
        raise Refusal("may_not_create")


def create_workshop(session: Session, now: datetime, owner: Account | None, title: str, *,
                    days: Sequence[str] = (), zones: Sequence[str] = ("America/Lima",), languages: Sequence[str] = ("es",),
                    delegations: Sequence[str] = (), sites: Sequence[str] = (), axes: Sequence[str] = (),
                    privacy: str = "named", asks: Sequence[str] = (), retention_until: date | None = None,
                    code: str | None = None) -> Workshop:
    """Creates a workshop with its stream, delegations, sites, axes and plenary."""
    if privacy not in PRIVACY:
        raise Refusal("bad_privacy")
    workshop = Workshop(id=new_id(), code=code or new_code(), screen_key=new_token(), title=typed_name(title, TITLE) or "?",
                        days=list(days), zones=list(zones), languages=list(languages), privacy=privacy, asks=asked(asks),
                        created_at=now, retention_until=retention_until, next_room=1)
    session.add_all([workshop, Stream(id=workshop.id)])
    session.flush()
    taken: set[str] = set()
    for i, name in enumerate(typed_name(d) for d in delegations):
        taken.add(label := short_label(name, taken))
        session.add(Delegation(workshop_id=workshop.id, name=name, label=label, weave=i, position=i))
    session.add_all(Site(workshop_id=workshop.id, name=typed_name(s), position=i) for i, s in enumerate(sites))
    session.add_all(Axis(workshop_id=workshop.id, number=i, title=typed_name(a, TITLE)) for i, a in enumerate(axes, 1))
    if owner:
        session.add(Membership(workshop_id=workshop.id, account_id=owner.id, role=OWNER))
    plenary = build_room(session, workshop, "Plenaria", kind="plenary")
    plenary.opened_at = now
    session.flush()
    return workshop
