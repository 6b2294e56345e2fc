"""Runs work beside the event loop that would hold every room up."""
import sys
from collections.abc import Callable
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


def offload(function: Callable[P, T], *args: P.args, **named: P.kwargs) -> T:
    """Returns what `function(*args)` returns, run in a thread of the operating system where green threads share one
    (eventlet).

    For calls that release the interpreter while they work (argon2); anything longer in Python is for a process.
    """
    patcher = sys.modules.get("eventlet.patcher")
    if patcher is None or not patcher.is_monkey_patched("thread"):
        return function(*args, **named)
    from eventlet import tpool
    done: T = tpool.execute(function, *args, **named)
    return done
