"""The event loop of eventlet, as far as others need it."""
from collections.abc import Callable

from eventlet import hubs


def soon(run: Callable[[], object]) -> None:
    """Have `run()` done in the next round of the loop, after all that is ready now."""
    hubs.get_hub().schedule_call_global(0, run)
