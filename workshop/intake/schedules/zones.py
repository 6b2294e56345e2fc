"""Finds the time zone that a file means by its name: IANA's, with something before it, or Windows'."""
from datetime import UTC, datetime, tzinfo
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from babel.core import get_global


@cache
def known() -> dict[str, ZoneInfo]:
    """Returns every zone by its name in small letters; all are read at once, since a child opens no file any more."""
    return {name.lower(): ZoneInfo(name) for name in available_timezones()}


@cache
def windows() -> dict[str, str]:
    """Returns {the name that Windows gives a zone, in small letters: IANA's}."""
    return {name.lower(): zone for name, zone in get_global("windows_zone_mapping").items()}


def find(name: str) -> tzinfo | None:
    """Returns the zone; None where nothing is known by that name."""
    said = name.strip().strip('"').lower()
    if said in ("utc", "z", "gmt", "etc/utc"):
        return UTC
    if said in windows():
        said = windows()[said].lower()
    parts = said.split("/")
    for first in range(min(len(parts), 6)):
        if found := known().get("/".join(parts[first:])):
            return found
    return None


def instant(said: datetime, zone: tzinfo) -> datetime:
    """Returns the instant at which the clocks of the zone show this. Raises ValueError where the calendar ends."""
    try:
        return said.replace(tzinfo=zone).astimezone(UTC)
    except OverflowError as error:
        raise ValueError(str(error)) from error
