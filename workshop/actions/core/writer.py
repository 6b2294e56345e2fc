"""Batches a process's writes: whoever finds the writer free takes what waits into one transaction, for a bounded time."""
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import Any, Generic, TypeVar

BATCH = 64
SOON = 0.01  # seconds; a job that comes sooner than that after another may not be the last
HOLD = 0.01  # seconds after which a batch begins no more jobs; its commit comes on top. inf: it takes all that waits

Job = TypeVar("Job")
Said = TypeVar("Said")


def in_time(jobs: Iterable[Job]) -> Iterator[Job]:
    """Iterates over the jobs of a batch until its time is spent, over one in any case."""
    until = time.monotonic() + HOLD  # not the processor's: asking for that costs as much as a ballot
    for job in jobs:
        yield job
        if time.monotonic() >= until:
            return


class Writer(Generic[Job, Said]):
    """Runs jobs in batches: `submit(job)` returns what `run(jobs)` made of it; jobs that arrive meanwhile share one
    transaction. Those at the end for which there was no time (`in_time`) get no answer yet: they are the next batch, before
    which others have their turn.

    There is no thread of its own: the first to come writes for everybody who waits, then hands over. That gives the same
    code one commit per command when it is quiet and one per batch in a storm, in every async mode. Where threads only change
    hands when they wait, `breathe` lets the others bring what has already arrived; the first after a pause does not wait for
    anybody. Those of each `party` that wait come by turns, in their order: somebody alone does not wait for a hall.
    """

    def __init__(self, run: Callable[[list[Job]], list[Said]], party: Callable[[Job], Hashable] = lambda job: None) -> None:
        self._run, self._party = run, party
        self.breathe: Callable[[], None] = lambda: None
        self._waiting: deque[list[Any]] = deque()
        self._came = 0.0  # when the last job did, monotonic
        self._pen = threading.Lock()
        self._cut = 0  # batches that have left something

    def submit(self, job: Job) -> Said:
        """Blocks until the job is committed (or refused); raises what `run` raised."""
        entry: list[Any] = [job, None, None, False]  # job, answer, error, done
        self._waiting.append(entry)
        came, self._came = self._came, time.monotonic()
        if self._came - came < SOON:
            self.breathe()
        cut = self._cut
        while not entry[3]:
            if cut != self._cut:  # everybody who waits yields, or the next of them would go on at once
                cut = self._cut
                self.breathe()
                continue
            with self._pen:
                if not entry[3] and cut == self._cut:
                    self._write()
        if entry[2] is not None:
            raise entry[2]
        said: Said = entry[1]
        return said

    def _write(self) -> None:
        batch = self._take()
        try:
            answers = self._run([entry[0] for entry in batch])
            for entry, answer in zip(batch, answers, strict=False):
                entry[1], entry[3] = answer, True
            left = batch[len(answers):]
            self._waiting.extendleft(reversed(left))
            self._cut += bool(left)
        except BaseException as error:
            for entry in batch:
                entry[2], entry[3] = error, True

    def _take(self) -> list[list[Any]]:
        """Takes the next batch out of what waits."""
        waiting = [self._waiting.popleft() for _ in range(len(self._waiting))]
        before: Counter[Hashable] = Counter()
        turns = []
        for entry in waiting if len(waiting) > 1 else ():
            party = self._party(entry[0])
            turns.append((before[party], entry))
            before[party] += 1
        if len(before) > 1:
            turns.sort(key=lambda turn: turn[0])  # who came first is first of each turn
            waiting = [entry for _turn, entry in turns]
        self._waiting.extendleft(reversed(waiting[BATCH:]))
        return waiting[:BATCH]
