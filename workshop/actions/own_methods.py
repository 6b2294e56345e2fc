"""Stores the private methods of an account.

These are no verbs of the registry: those are permitted by a role in a workshop and go into a workshop's streams and history,
and a private method belongs to no workshop. Pages call them inside one store.write().
"""
import re
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from types import MappingProxyType

from sqlalchemy import func, select

from workshop.domain.errors import Refusal
from workshop.domain.methods.checking import BadMethod, Method, check, follow
from workshop.domain.methods.library import library, to_yaml
from workshop.domain.methods.shape import Words
from workshop.domain.methods.yaml_text import refused
from workshop.store import models
from workshop.store.transaction import Session

MOST = 100  # methods of an account
BEFORE = re.compile(r" \(\d+\)$")  # the number that a copy's name carries


def rows(session: Session, account_id: str) -> list[models.Method]:
    """Lists what the account keeps, the latest change first."""
    own = models.Method
    return list(session.scalars(select(own).where(own.account_id == account_id).order_by(own.updated_at.desc(), own.key)))


def row_of(session: Session, account_id: str, key: str) -> models.Method:
    """Finds the account's own method of this key, or Refusal `not_here`: a foreign one and a missing one look alike."""
    row = session.scalar(select(models.Method).where(models.Method.account_id == account_id, models.Method.key == key))
    if row is None:
        raise Refusal("not_here")
    return row


@lru_cache(maxsize=500)
def read(text: str) -> Method | None:
    """Reads the method of a stored text; None where this version of the program takes it no more."""
    try:
        return check(text)
    except BadMethod:
        return None


def known(session: Session, account_id: str) -> Mapping[str, Method]:
    """Lists the methods that the account may use, by key: the library and its own."""
    own = {row.key: method for row in rows(session, account_id) if (method := read(row.text))}
    return MappingProxyType({**own, **library()})


def method_of(session: Session, account_id: str | None, key: str) -> Method:
    """Finds the method of this key, of the library or the account's own, or Refusal `not_here`."""
    if key in library():
        return library()[key]
    method = read(row_of(session, account_id, key).text) if account_id else None
    if method is None:
        raise Refusal("not_here")
    return method


def save(session: Session, now: datetime, account_id: str, method: Method, row: models.Method | None = None,
         revision: int | None = None) -> models.Method:
    """Stores a new method, or replaces the one of `row`.

    `revision`: the one that was edited. BadMethod `method_key_taken` and as domain/methods/checking.follow says; Refusals
    `method_too_many`, `method_changed` (the row has moved on since), `method_used` (a process of the account knows it by the
    key that it had).
    """
    if row and revision is not None and revision != row.revision:
        raise Refusal("method_changed")
    if row and row.key != method.key:
        _unused(session, account_id, row.key)
    if method.process:
        follow(method, {key: one for key, one in known(session, account_id).items() if row is None or key != row.key})
    others = select(models.Method.id).where(models.Method.account_id == account_id, models.Method.key == method.key,
                                            models.Method.id != (row.id if row else ""))
    if method.key in library() or session.scalar(others):
        raise refused("method_key_taken", "key", key=method.key)
    if row is None:
        if (session.scalar(select(func.count()).where(models.Method.account_id == account_id)) or 0) >= MOST:
            raise Refusal("method_too_many", limit=MOST)
        row = models.Method(account_id=account_id, created_at=now, revision=0)
        session.add(row)
    row.key, row.text, row.updated_at, row.revision = method.key, to_yaml(method), now, row.revision + 1
    session.flush()
    return row


def bring(session: Session, now: datetime, account_id: str, method: Method) -> models.Method:
    """Stores a method that comes from a file; where its key is taken it gets a free one. Refusals as `save`."""
    if method.key in known(session, account_id):
        method = method.model_copy(update={"key": free(session, account_id, method.key)})
    return save(session, now, account_id, method)


def copy(session: Session, now: datetime, account_id: str, key: str) -> models.Method:
    """Makes a private copy of a method, under a key of its own. Refusals `not_here`, `method_too_many`."""
    method, key = method_of(session, account_id, key), free(session, account_id, key)
    name = {language: f"{BEFORE.sub('', words)[:590]} ({key.rpartition('_')[2]})" for language, words in method.name}
    return save(session, now, account_id, method.model_copy(update={"key": key, "name": Words(**name)}))


def free(session: Session, account_id: str, key: str) -> str:
    """Finds a key that is not taken: foda_2 beside foda, foda_3 beside foda_2."""
    taken = {row.key for row in rows(session, account_id)} | set(library())
    stem, _, number = key.rpartition("_")
    stem = stem if stem and number.isdecimal() else key
    return next(found for n in range(2, MOST + 3) if (found := f"{stem[:36]}_{n}") not in taken)


def drop(session: Session, account_id: str, key: str) -> None:
    """Removes an own method. Refusals `not_here`, `method_used`. Rooms that work by it keep what they took over."""
    row = row_of(session, account_id, key)
    _unused(session, account_id, key)
    session.delete(row)


def _unused(session: Session, account_id: str, key: str) -> None:
    for row in rows(session, account_id):
        method = read(row.text)
        if method and row.key != key and any(part.method == key for part in method.process):
            raise Refusal("method_used", method=row.key)
