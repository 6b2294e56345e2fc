"""Schedules work on the event loop of eventlet."""
from collections.abc import Callable

from eventlet import hubs


def soon(run: Callable[[], object]) -> None:
    """Runs `run()` in the next round of the loop, after all that is ready now."""
    hubs.get_hub().schedule_call_global(0, run)
