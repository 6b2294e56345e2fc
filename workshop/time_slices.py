"""Cuts long work into slices: between two of them everybody else whom the process serves gets a turn.

Where green threads share one thread of the operating system (eventlet, gevent), work that does not yield stops every room.
Loops over many cards go through `paced`; where nothing shares the thread, it costs next to nothing. Nothing may yield inside
a transaction that others wait for: read first, then draw.
"""
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

T = TypeVar("T")
SLICE = 0.008  # seconds of processor time between two pauses; 0: pause at every chance; inf: never (docs/decisions.md)
_while: ContextVar[Callable[[], object] | None] = ContextVar("what to ask after each pause", default=None)
_since = (0.0, 0.0)  # wall time and the thread's processor time when the last pause ended


def pause() -> None:
    """Yields to other green threads if a slice has been spent. Raises what the work's own `watched` raises."""
    global _since
    at, worked = _since
    # On a busy machine a slice of wall time may pass without any work done, so processor time decides; wall time is asked
    # first, because asking for processor time costs fifteen times as much.
    if time.perf_counter() - at < SLICE or 0 <= time.thread_time() - worked < SLICE:
        return
    time.sleep(0)  # in every mode: eventlet's, or the operating system's
    _since = time.perf_counter(), time.thread_time()
    if (still := _while.get()) is not None:
        still()


def paced(things: Iterable[T]) -> Iterator[T]:
    """Iterates over the things, with a chance for a pause before each."""
    for thing in things:
        pause()
        yield thing


@contextmanager
def watched(still: Callable[[], object]) -> Iterator[None]:
    """Calls `still()` after each pause inside the block; it raises when the work is not wanted any more."""
    token = _while.set(still)
    try:
        yield
    finally:
        _while.reset(token)
