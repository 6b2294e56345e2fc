"""Prepares what the account's page shows of programs."""

from workshop.actions.accounts import tokens
from workshop.actions.accounts.role_names import ROLES
from workshop.domain.people.tokens import DAYS
from workshop.domain.roles import FROM_BELOW, lower
from workshop.domain.shapes import Json
from workshop.house import house
from workshop.pages.accounts.ages import ago
from workshop.store.transaction import Session
from workshop.words import _, count


def shown(session: Session, account_id: str) -> Json:
    """Lists what the account's page shows of programs: existing tokens, and what a new one may be."""
    now, places = house().clock(), tokens.places(session, account_id)
    own = {workshop.id: role for workshop, role in places}
    found = tokens.of_account(session, now, account_id)
    most = max(own.values(), key=FROM_BELOW.index, default=None)
    return {
        "all": [{"id": one.it.id, "name": one.it.name, "workshop": one.workshop.title, "over": one.over,
                 "role": _(ROLES[lower(one.it.role, own.get(one.workshop.id, one.it.role))]),
                 "made": ago(one.it.created_at), "used": ago(one.it.used_at),
                 "left": _left((one.it.expires_at - now).days) if one.it.expires_at else ""} for one in found],
        "places": [{"id": workshop.id, "title": workshop.title, "role": _(ROLES[role])} for workshop, role in places],
        "roles": [(role, _(ROLES[role])) for role in FROM_BELOW if most and lower(role, most) == role],
        "days": [(n, count("after {n} day", "after {n} days", n)) for n in DAYS]}


def _left(days: int) -> str:
    return count("for {n} day more", "for {n} days more", days) if days > 0 else _("for less than a day more")
