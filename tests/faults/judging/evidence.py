"""What a trial leaves behind, as plain data: what was typed, told, stored and exported, on screens and overheard."""
import asyncio
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sqlalchemy import select

from tests.faults.judging.history import History, Witness
from workshop.domain.kinds import kinds
from workshop.domain.visibility import Viewer
from workshop.exports import worker
from workshop.store.models import Activity, Ballot, Contribution, LateTray, Room, RoomSeat, Seat, Stream
from workshop.store.models import History as Journal
from workshop.store.session import Store


@dataclass(frozen=True)
class Secret:
    """Words that only some may hear.  `known_to`: the names of devices that may."""

    what: str
    words: tuple[str, ...]
    known_to: frozenset[str] = frozenset()


@dataclass
class Evidence:
    """`cards`: every numbered row {id, stream, seq}; `journal`: {verb, target, new text, gone}; `views`: name -> (what the
    screen shows, what a screen that opens now is given); `waiting`: ops in outboxes; `overheard`: (who, text) in pieces;
    `memoria`: the one in Markdown; `file`: card id -> text in the file of everything."""

    history: History
    contributions: list[dict] = field(default_factory=list)
    tray: list[dict] = field(default_factory=list)
    ballots: list[dict] = field(default_factory=list)
    activities: list[dict] = field(default_factory=list)
    journal: list[dict] = field(default_factory=list)
    cards: list[dict] = field(default_factory=list)
    streams: dict[str, int] = field(default_factory=dict)
    seen: dict[str, set[int]] = field(default_factory=dict)  # stream -> numbers that somebody saw
    views: dict[str, tuple[dict, dict]] = field(default_factory=dict)
    waiting: set[str] = field(default_factory=set)
    overheard: list[tuple[str, str]] = field(default_factory=list)
    secrets: list[Secret] = field(default_factory=list)
    memoria: str = ""
    file: dict[str, str] = field(default_factory=dict)


def heads(place) -> dict[str, list] | None:
    """{stream: [epoch, seq]} as stored; None while ballots wait to be counted."""
    store = Store(place.url)
    try:
        with store.read() as session:
            if session.scalar(select(Activity.id).where(Activity.uncounted_since.is_not(None))):
                return None
            return {stream.id: [stream.epoch, stream.seq] for stream in session.scalars(select(Stream))}
    finally:
        store.close()


async def gather(crowd, texts=(), secrets=()) -> Evidence:
    """The evidence of a crowd that is connected to a server which answers."""
    found = Evidence(crowd.history, secrets=list(secrets), overheard=list(texts))
    await asyncio.to_thread(stored, found, crowd.place)
    for device in crowd.everybody:
        fresh = Witness(crowd.lead.url, device.name, History())
        fresh.cookie = device.cookie
        for stream in device.place["streams"]:
            fresh.copy.keep(await fresh.http("/api/changes", stream=stream))
        found.views[device.name] = device.copy.common(), fresh.copy.common()
        found.waiting.update(device.waiting())
        found.overheard += [(device.name, text) for text in device.captured]
        for stream, numbers in device.numbers.items():
            found.seen.setdefault(stream, set()).update(numbers)
    return found


def stored(found: Evidence, place) -> None:
    """Read the database into the evidence."""
    store = Store(place.url)
    try:
        with store.read() as session:
            _read(found, session)
        _export(found, store, place.workshop)
    finally:
        store.close()


def _read(found: Evidence, session) -> None:
    delegations = dict(session.execute(select(Seat.id, Seat.delegation_id)).all())
    found.streams = dict(session.execute(select(Stream.id, Stream.seq)).all())
    for row in session.scalars(select(Contribution)):
        found.contributions.append({
            "id": row.id, "stream": row.stream_id, "activity": row.activity_id, "kind": row.kind, "number": row.number,
            "text": row.body["text"], "rev": row.rev, "seq": row.seq, "parent": row.parent_id,
            "withdrawn": row.withdrawn_at is not None})
    for row in session.scalars(select(LateTray)):
        found.tray.append({"id": row.id, "op": row.payload["id"], "text": row.payload["body"]["text"],
                           "admitted": row.admitted_at is not None})
    for row in session.scalars(select(Ballot)):
        found.ballots.append({"activity": row.activity_id, "seat": row.seat_id, "choices": row.choices, "rev": row.rev,
                              "delegation": delegations[row.seat_id]})
    for row in session.scalars(select(Activity)):
        found.activities.append({"id": row.id, "kind": row.kind, "settings": row.settings, "tally": row.tally,
                                 "votes": kinds()[row.kind].votes, "stream": row.stream_id})
    for row in session.scalars(select(Journal)):
        before, after = (((one or {}).get("body") or {}).get("text") for one in (row.before, row.after))
        found.journal.append({"verb": row.verb, "target": row.target_id, "gone": row.after is None,
                              "text": after if after != before else None})
    for table in (Activity, RoomSeat, Contribution, LateTray, Room):
        for row in session.scalars(select(table)):
            stream = row.workshop_id if table is Room else row.stream_id
            found.cards.append({"id": row.id, "stream": stream, "seq": row.seq})


def _export(found: Evidence, store: Store, workshop: str) -> None:
    owner, now = Viewer(workshop, "named", "owner"), datetime.now(UTC)
    found.memoria, everything = (worker.memoria(store, workshop, owner, form, "es", now).decode() for form in ("md", "json"))
    found.file = {row["id"]: row["body"]["text"] for row in json.loads(everything)["tables"]["contribution"]}
