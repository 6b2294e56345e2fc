"""Counts what is counted of a vote only when it is over: at once where that is little, else in a child process, so that no
room waits for it."""
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select

from workshop import sandbox
from workshop.actions.votes import counted, results
from workshop.activities.completed import COUNTING
from workshop.domain import voting
from workshop.domain.json_codec import dumps
from workshop.domain.kinds import kinds
from workshop.domain.shapes import Choices, Json, Tally
from workshop.store.models import Activity, Room
from workshop.store.streams import numbering
from workshop.store.transaction import Session
from workshop.store.visibility import vote_targets
from workshop.store.visibility.results import is_over

LITTLE = 20_000  # choices in all ballots together that are counted at once: some 50 ms
MANY = 40  # options of which that is so; of twice as many half


def is_due(session: Session, vote: Activity) -> bool:
    """Tells whether the vote is over and there is more to be counted."""
    return kinds()[vote.kind].complete is not None and is_over(session.get_one(Room, vote.room_id), vote)


def done(session: Session, vote: Activity, tally: Tally, ballots: list[counted.Counted]) -> Tally:
    """Returns the whole tally; of many ballots what there is, marked COUNTING. Secret ones are counted now, however many:
    they will be gone."""
    complete = kinds()[vote.kind].complete
    assert complete  # is_due has asked
    given = _given(session, vote, ballots)
    options = _options(session, vote)
    little = LITTLE // max(1, len(options) // MANY)
    if sum(len(choices) for choices, _times in given) > little and not voting.is_secret(vote.settings):
        return tally | {COUNTING: True}
    return complete(vote.settings, tally, given, options)


def waits_since(tally: Tally) -> datetime | None:
    """Returns since when a tally waits for the rest; None where it has all."""
    return datetime.now(UTC) if tally.get(COUNTING) else None


def _given(session: Session, vote: Activity, ballots: list[counted.Counted]) -> list[tuple[Choices, int]]:
    return [(one.choices, one.times) for one in ballots]


def _options(session: Session, vote: Activity) -> list[str]:
    """Lists what could be chosen when the vote ended: named things in their order, else the cards that stand on the board.
    """
    if kinds()[vote.kind].on_things(vote.settings):
        return [option["key"] for option in vote.settings["options"]]
    return sorted(vote_targets.candidates(session, vote, {vote.stream_id}))


def asked(session: Session, votes: list[str]) -> dict[str, tuple[Json, bytes]]:
    """Reads of each vote that waits for the rest of its tally what a child needs for it: {vote: (values, ballots)}."""
    found = {}
    for vote in session.scalars(select(Activity).where(Activity.id.in_(votes))):
        if (vote.tally or {}).get(COUNTING):
            given = _given(session, vote, counted.ballots(session, vote))
            found[vote.id] = ({"kind": vote.kind, "settings": vote.settings, "tally": vote.tally,
                               "options": _options(session, vote)}, dumps(given).encode())
    return found


def count(values: Json, content: bytes) -> Tally | None:
    """Asks a child for the rest of a tally; None where it fails: the next round of counting tries again."""
    with suppress(sandbox.Failed):
        made: Tally = sandbox.shared().ask("count", values, content, check=lambda said, _parts: dict(said))
        return made
    return None


def settle(session: Session, vote_id: str, of: Tally, made: Tally) -> None:
    """Writes the whole tally down, unless the vote has got another one meanwhile."""
    vote: Any = session.get(Activity, vote_id, populate_existing=True)
    if vote is None or vote.tally != of:
        return
    vote.tally, vote.uncounted_since = made, None
    numbering.touch(session, vote)
    results.tell(session, vote.room_id)
