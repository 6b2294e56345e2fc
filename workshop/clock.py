"""Tells the time: the machine's, except that nobody sets it back or forward by minutes while a workshop runs.

A small machine in a hall often learns the right time only when a network comes. Running deadlines would then all be over at
once, or an hour late. So a step of more than a minute is ignored until the program is restarted.
"""
import time
from collections.abc import Callable
from datetime import UTC, datetime

STEP = 60.0  # seconds; a smaller step is the clock being put right


def steady() -> float:
    """Returns seconds of a clock that nobody can set, and that goes on while the machine sleeps where the system has one."""
    return time.clock_gettime(time.CLOCK_BOOTTIME) if hasattr(time, "CLOCK_BOOTTIME") else time.monotonic()


class Clock:
    """Tells the time in UTC when called."""

    def __init__(self, wall: Callable[[], float] = time.time, steady: Callable[[], float] = steady) -> None:
        self._wall, self._steady = wall, steady
        self._offset = wall() - steady()

    def __call__(self) -> datetime:
        wall, steady = self._wall(), self._steady()
        if abs(wall - steady - self._offset) < STEP:
            self._offset = wall - steady
        return datetime.fromtimestamp(steady + self._offset, UTC)
