"""Makes forms idempotent: one that is sent twice is done once, after going back in the browser or when its answer was lost.

Its answer is remembered for a while as a command's is (store/models/streams.py), under what was said by whom. Where saying
the same twice may be meant, the form carries an id of its own (`form`), and only the same one is a repetition.
"""
from collections.abc import Callable
from datetime import datetime, timedelta

from workshop.actions.core.registry import fingerprint
from workshop.domain.shapes import Json
from workshop.store.models import Answer
from workshop.store.transaction import Session

WITHIN = timedelta(minutes=10)
N = 1  # the only command of such an outbox


def once(session: Session, now: datetime, account: str, what: str, said: object, make: Callable[[], Json], form: str = ""
         ) -> tuple[Json, bool]:
    """Returns (what `make()` answered the first time that this account said it, whether that was before)."""
    digest = fingerprint([account, what, said, form])
    known = session.get(Answer, (f"form-{digest}", N))
    if known and known.device_id == account and now - known.at <= WITHIN:
        return known.answer, True
    answer = make()
    if known:
        known.answer, known.at = answer, now
    else:
        session.add(Answer(client=f"form-{digest}", n=N, device_id=account, digest=digest, answer=answer, at=now))
    session.flush()
    return answer, False
