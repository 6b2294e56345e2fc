"""Imports a JSON memoria, and checks that its report can be told: a file that passes every shape and leads to no report is
refused whole too."""
from datetime import datetime

from workshop.actions import imported_checks
from workshop.actions.importing import import_workshop
from workshop.domain.errors import Refusal
from workshop.domain.roles import OWNER
from workshop.domain.shapes import Json
from workshop.domain.visibility import Viewer
from workshop.exports import reader
from workshop.store.models import Account, Workshop
from workshop.store.transaction import Session


def bring_in(session: Session, now: datetime, content: Json, owner: Account | None = None) -> Workshop:
    """Imports the workshop of `content`, as import_workshop makes it. Refusal `bad_file` names the place that is wrong."""
    workshop = import_workshop(session, now, content, owner)
    try:
        reader.read(session, workshop, Viewer(workshop.id, workshop.privacy, OWNER), now)
    except imported_checks.FAULTS:
        raise Refusal("bad_file", where="tables") from None
    return workshop
