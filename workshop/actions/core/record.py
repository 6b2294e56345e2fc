"""Records acts of staff that are no commands, in the same history, which nothing of the program changes or shortens."""
from datetime import datetime
from typing import Any

from workshop.store.models import History
from workshop.store.transaction import Session


def keep(session: Session, now: datetime, workshop_id: str, account_id: str | None, verb: str, target: str | None,
         program: str = "", **after: Any) -> None:
    """Writes that an account, or a `program` for it, did `verb` in the workshop; `after`: what the record tells of it."""
    session.add(History(stream_id=workshop_id, verb=verb, account_id=account_id, program=program or None, target_id=target,
                        after=after, at=now))
