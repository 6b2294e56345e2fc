"""Running something in a thread of its own."""
from concurrent.futures import ThreadPoolExecutor


def apart(run, *args):
    """What `run(*args)` returns, or raises.  The browser tests leave an event loop in the main thread, where asyncio would
    refuse to start a second one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(run, *args).result()
