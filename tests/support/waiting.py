"""How long tests wait for something: until it is there.  The cap is not a bar; it only ends a run that would hang."""
import time
from collections.abc import Callable

PATIENCE = 120.0  # seconds; what takes a tenth of one alone takes many beside other work


def wait_for(condition: Callable, what: str, every: float = 0.02):
    """What `condition()` returns once it is true; it is asked each `every` seconds.  AssertionError: `what` never came."""
    until = time.monotonic() + PATIENCE
    while not (found := condition()):
        if time.monotonic() > until:
            raise AssertionError(f"{what}: not within {PATIENCE:.0f} s")
        time.sleep(every)
    return found
