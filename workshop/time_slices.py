"""Long work in slices: between two of them everybody else whom the process serves gets a turn.

Where green threads share one thread of the operating system (eventlet, gevent), work that does not pause holds up every
room.  Whoever goes through many cards goes through them with `paced`; where nothing shares the thread, it costs nothing to
speak of.  No pause may fall into a transaction that others wait for: read first, then draw.
"""
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

T = TypeVar("T")
SLICE = 0.008  # seconds of the processor between two pauses; 0: a pause at every chance; inf: none (docs/decisions.md)
_while: ContextVar[Callable[[], object] | None] = ContextVar("what to ask after each pause", default=None)
_since = (0.0, 0.0)  # the time, and the thread's of the processor, when somebody last came back from a pause


def pause() -> None:
    """Let the others go first, if a slice has been spent.  Raises what the work's own `watched` raises."""
    global _since
    at, worked = _since
    # On a machine that does other things too, a slice by the clock would be gone without any work done; but the clock is
    # asked first, because the other question costs fifteen times as much.
    if time.perf_counter() - at < SLICE or 0 <= time.thread_time() - worked < SLICE:
        return
    time.sleep(0)  # in every mode: the green one, or that of the system's threads
    _since = time.perf_counter(), time.thread_time()
    if (still := _while.get()) is not None:
        still()


def paced(things: Iterable[T]) -> Iterator[T]:
    """The things one after the other, with a chance for a pause before each."""
    for thing in things:
        pause()
        yield thing


@contextmanager
def watched(still: Callable[[], object]) -> Iterator[None]:
    """After each pause inside the block `still()` is asked; it raises when the work is not wanted any more."""
    token = _while.set(still)
    try:
        yield
    finally:
        _while.reset(token)
