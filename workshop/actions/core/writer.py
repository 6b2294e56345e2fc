"""Batches a process's writes: whoever finds the writer free takes all that waits into one transaction."""
import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Any, Generic, TypeVar

BATCH = 64
SOON = 0.01  # seconds; a job that comes sooner than that after another may not be the last

Job = TypeVar("Job")
Said = TypeVar("Said")


class Writer(Generic[Job, Said]):
    """Runs jobs in batches: `submit(job)` returns what `run(jobs)` made of it; jobs that arrive meanwhile share one
    transaction.

    There is no thread of its own: the first to come writes for everybody who waits, then hands over. That gives the same
    code one commit per command when it is quiet and one per batch in a storm, in every async mode. Where threads only change
    hands when they wait, `breathe` lets the others bring what has already arrived; the first after a pause does not wait for
    anybody.
    """

    def __init__(self, run: Callable[[list[Job]], list[Said]]) -> None:
        self._run = run
        self.breathe: Callable[[], None] = lambda: None
        self._waiting: deque[list[Any]] = deque()
        self._came = 0.0  # when the last job did, monotonic
        self._pen = threading.Lock()

    def submit(self, job: Job) -> Said:
        """Blocks until the job is committed (or refused); raises what `run` raised."""
        entry: list[Any] = [job, None, None, False]  # job, answer, error, done
        self._waiting.append(entry)
        came, self._came = self._came, time.monotonic()
        if self._came - came < SOON:
            self.breathe()
        while not entry[3]:
            with self._pen:
                if not entry[3]:
                    self._write()
        if entry[2] is not None:
            raise entry[2]
        said: Said = entry[1]
        return said

    def _write(self) -> None:
        batch = [self._waiting.popleft() for _ in range(min(len(self._waiting), BATCH))]
        try:
            answers = self._run([entry[0] for entry in batch])
            for entry, answer in zip(batch, answers, strict=True):
                entry[1], entry[3] = answer, True
        except BaseException as error:
            for entry in batch:
                entry[2], entry[3] = error, True
