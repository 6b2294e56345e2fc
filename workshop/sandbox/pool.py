"""Shares two child processes among all devices, with a queue for each device that waits for one.

There is no thread of its own: the caller takes a child when its turn comes, talks to it and gives it back.
"""
import atexit
import logging
import threading
from collections.abc import Callable, Collection
from typing import Any

from workshop.domain.errors import Refusal, RetryLater
from workshop.domain.shapes import Json
from workshop.sandbox.process import Broken, Child, NotStarted
from workshop.work_queue import Asker, TooMany, WorkQueue

log = logging.getLogger(__name__)
CHILDREN = 2
JOBS = 100  # requests that a child answers before a fresh one takes its place
SECONDS = 30.0  # that a request may last; of the processor's time it gets less (tasks.TASKS, child.PROCESSOR)
EACH, ALL = 6, 120  # requests that wait: of a device, in all
PATIENCE = 40.0  # seconds to wait for one's turn
AGAIN = 5.0  # seconds after which one may try again


class Failed(Exception):
    """Reports that the child did not finish: too long, too much memory, or it broke. Mostly the bytes are to blame."""

Check = Callable[[Any, list[bytes]], Any]  # (the task's value, its bytes) -> the checked result


class Pool:
    """Runs the `tasks` (as tasks.TASKS) in children; they start when they are first needed.

    A device has at most one request at work and EACH waiting; devices take turns. So sending twenty files holds nobody else
    up.
    """

    def __init__(self, tasks: dict[str, str], children: int = CHILDREN, jobs: int = JOBS, seconds: float = SECONDS,
                 patience: float = PATIENCE):
        self.tasks, self.jobs, self.seconds, self.patience = tasks, jobs, seconds, patience
        self._lock = threading.Lock()
        self._idle: list[Child] = []
        self.queue = WorkQueue(children, 1, EACH, ALL)
        self._closed = False
        atexit.register(self.close)

    def ask(self, task: str, values: Json | None = None, content: bytes = b"", device: Asker | str = "",
            refuses: Collection[str] | None = (), check: Check = lambda said, parts: (said, parts)) -> Any:
        """Asks a child and returns what `check(said, parts)` makes of its answer: the task's value (as JSON has) and its
        bytes.

        `device`: who asks, or the key alone; addresses and the devices behind them take turns. `check` raises ValueError,
        TypeError or KeyError for what no answer can be: the child has read what somebody else made, and may be theirs.
        Raises Failed; RetryLater where too much waits; Gone where the asker has hung up before the turn came; the task's
        Refusal, whose code must be one of `refuses` (None: any).
        """
        asker = Asker(device) if isinstance(device, str) else device
        try:
            with self.queue.take(asker.key, asker.gone, patience=self.patience, group=asker.group):
                return self._asked((task, values or {}, content), refuses, check)
        except TooMany:
            raise RetryLater(AGAIN) from None
        except NotStarted as broken:
            log.error("a child that reads foreign bytes does not start: %s", broken)
            raise RetryLater(AGAIN) from None
        except Broken as broken:
            log.warning("foreign bytes could not be read (%s), the child was ended: %s", task, broken)
            raise Failed(str(broken)) from None

    def _asked(self, asked: tuple[str, Json, bytes], refuses: Collection[str] | None,
               check: Check) -> Any:
        """Asks an idle child, or a new one; it is kept for the next request unless it broke."""
        with self._lock:
            child = self._idle.pop() if self._idle else None
        if child and not child.idle:
            child.end()
            child = None
        child = child or Child(self.tasks)
        whole = False
        try:
            child.wait_ready()
            found = _answer(*child.ask(*asked, self.seconds), refuses, check)
            whole = True
        finally:
            self._put_back(child, whole)
        if isinstance(found, Refusal):
            raise found
        return found

    def _put_back(self, child: Child, whole: bool) -> None:
        if not whole or child.jobs >= self.jobs or self._closed:
            child.end()
            kept = self._fresh()
        else:
            kept = child
        with self._lock:
            if kept and not self._closed:
                self._idle.append(kept)
                return
        if child:
            child.end()

    def _fresh(self) -> Child | None:
        """Starts a new child, which loads what it needs while nobody waits for it; None where there can be none now."""
        try:
            return None if self._closed else Child(self.tasks)
        except NotStarted:
            return None

    def close(self) -> None:
        """Ends the children; one that is at work when it is done."""
        with self._lock:
            self._closed, idle, self._idle = True, self._idle, []
        for child in idle:
            child.end()
        atexit.unregister(self.close)


def _answer(head: Json, parts: list[bytes], refuses: Collection[str] | None, check: Check) -> Any:
    """Returns what `check` makes of an answer, or raises the Refusal that it is. Raises Broken."""
    if "failed" in head:
        raise Broken(f"{head['failed']!s:.300}")
    try:
        if "code" not in head:
            return check(head["said"], parts)
        code, values = head["code"], head["values"]
        if type(code) is str and (refuses is None or code in refuses) and not {"code", "tray", "self"} & values.keys():
            return Refusal(code, **values)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise Broken(f"nonsense: {type(error).__name__}") from None
    raise Broken("nonsense: a refusal that is none")
