"""Computes the programme: when each block begins, what a late one costs the others, how the clocks of all places say it."""
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol, TypeVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from workshop.domain.errors import Refusal

BLOCKS = ("plenary", "groups", "gallery", "video", "dialogue", "break", "free")
MINUTES = 24 * 60  # of a block, the most
BLOCKS_PER_WORKSHOP = 600
OWN_UID = "@tinkuy"  # what follows a block's id in the files that we write for calendars
MORNING = time(9)  # when a day begins for which nobody has said otherwise
CALL = 400  # characters of the address of a call outside
CALLS = {"https": True, "http": True, "tel": False}  # schemes of a call outside, and whether they name a host


class Planned(Protocol):
    """Is a block as far as its time goes."""

    day: str
    position: int
    pinned: bool
    starts_at: datetime
    minutes: int
    started_at: datetime | None
    ended_at: datetime | None


P = TypeVar("P", bound=Planned)


@dataclass
class Forecast:
    """Says how a block will be: `begins`, `ends`, and `late`: minutes after its plan, below 0 where it is early. `squeezed`:
    minutes by which the block before takes from its pinned time."""

    begins: datetime
    ends: datetime
    late: int
    squeezed: int


def at_clock(day: str, hour: str | time, zone: str) -> datetime:
    """Returns the instant (UTC) at which the clocks of the zone show the hour, 'HH:MM', on the ISO day. An hour that a
    change of clocks leaves out is taken as if they had not been changed; of one that comes twice it is the first. Raises
    ValueError."""
    said = hour if isinstance(hour, time) else time.fromisoformat(hour)
    return datetime.combine(date.fromisoformat(day), said.replace(tzinfo=None), ZoneInfo(zone)).astimezone(UTC)


def in_order(blocks: Iterable[P]) -> list[P]:
    """Returns the blocks by day, in their order."""
    return sorted(blocks, key=lambda block: (block.day, block.position, block.starts_at))


def plan(blocks: Iterable[P], zone: str) -> list[tuple[P, datetime]]:
    """Returns each block with its planned start: a pinned one its own, the others the end of the one before them on their
    day. The first of a day that is not pinned begins in the MORNING of the zone."""
    found: list[tuple[P, datetime]] = []
    day, follows = "", datetime.min.replace(tzinfo=UTC)
    for block in in_order(blocks):
        if block.day != day:
            day, follows = block.day, at_clock(block.day, MORNING, zone)
        starts = block.starts_at if block.pinned else follows
        found.append((block, starts))
        follows = starts + timedelta(minutes=block.minutes)
    return found


def forecast(blocks: Sequence[Planned], now: datetime) -> dict[int, Forecast]:
    """Returns {index: how it will be} of the blocks of a day, given in their order, which have their planned starts.

    What has begun began when it did, and lasts its minutes or, where it has passed them, until now; what has not begun
    follows it, a pinned one not before its time. Blocks that were left out (a later one has begun) stand as planned.
    """
    said: dict[int, Forecast] = {}
    last = max((i for i, block in enumerate(blocks) if block.started_at), default=-1)
    follows: datetime | None = None
    for i, block in enumerate(blocks):
        length = timedelta(minutes=block.minutes)
        squeezed = 0
        if block.started_at:
            begins = block.started_at
            ends = block.ended_at or max(begins + length, now)
            follows = ends if i == last else None
        elif i < last:
            begins, ends = block.starts_at, block.starts_at + length
        else:
            earliest = max(follows, now) if follows else max(block.starts_at, now)
            begins = max(earliest, block.starts_at) if block.pinned else earliest
            if block.pinned and follows and follows > block.starts_at:
                squeezed = _minutes(follows - block.starts_at)
            ends = begins + length
            follows = ends
        said[i] = Forecast(begins, ends, _minutes(begins - block.starts_at), squeezed)
    return said


def clocks(at: datetime, zones: Iterable[str]) -> list[tuple[str, str]]:
    """Returns [(place, 'HH:MM')] of an instant, zone by zone; places whose clocks show the same stand apart."""
    return [(zone.rsplit("/", 1)[-1].replace("_", " "), f"{at.astimezone(ZoneInfo(zone)):%H:%M}") for zone in zones]


def is_call(address: str) -> bool:
    """Tells whether an address leads to a call outside: a web page or a telephone number."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    if parts.scheme not in CALLS or any(sign.isspace() or not sign.isprintable() for sign in address):
        return False
    return bool(parts.hostname) if CALLS[parts.scheme] else bool(parts.path.strip("+0123456789-.()") == "" and parts.path)


def checked_call(typed: str) -> str:
    """Returns the address of a call as it is stored, "" for none. Refusal `bad_call`."""
    address = typed.strip()
    if address and (len(address) > CALL or not is_call(address)):
        raise Refusal("bad_call")
    return address


def _minutes(span: timedelta) -> int:
    return int(span.total_seconds() // 60)
