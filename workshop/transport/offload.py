"""Work that would hold every room up, done beside the event loop."""
import sys


def offload(function, *args):
    """What `function(*args)` returns, run in a thread of the operating system where green threads share one (eventlet).

    For calls that let go of the interpreter while they work (argon2); anything longer in Python is for a process.
    """
    patcher = sys.modules.get("eventlet.patcher")
    if patcher is None or not patcher.is_monkey_patched("thread"):
        return function(*args)
    from eventlet import tpool
    return tpool.execute(function, *args)
