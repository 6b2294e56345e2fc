"""The bad line (workshop/replay/relay.py) for trials, and in a thread of its own for browser tests."""
import asyncio
import threading

from workshop.replay.relay import DOWN, UP, Proxy

__all__ = ["DOWN", "UP", "Apart", "Proxy"]


class Apart:
    """A proxy in a thread with an event loop of its own."""

    def __init__(self, target: int, **options):
        self.proxy, self._loop = Proxy(target, **options), asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def __enter__(self) -> Proxy:
        self._thread.start()
        return asyncio.run_coroutine_threadsafe(self.proxy.open(), self._loop).result(60)

    def __exit__(self, *_):
        asyncio.run_coroutine_threadsafe(self.proxy.close(), self._loop).result(60)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(60)
        self._loop.close()
