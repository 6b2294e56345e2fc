"""The pool: two children, and a queue for each device that waits for one.

There is no thread of its own: whoever asks takes a child when it is their turn, talks to it and gives it back.
"""
import atexit
import logging
import threading
from collections import OrderedDict, deque
from collections.abc import Callable, Collection

from workshop.domain.errors import Later, Refusal
from workshop.sandbox.process import Broken, Child, NotStarted

log = logging.getLogger(__name__)
CHILDREN = 2
JOBS = 100  # requests that a child answers before a fresh one takes its place
SECONDS = 30.0  # that a request may last; of the processor's time it gets less (child.PROCESSOR)
EACH, ALL = 6, 120  # requests that wait: of a device, in all
PATIENCE = 40.0  # seconds to wait for one's turn
AGAIN = 5.0  # seconds after which one may try again


class Failed(Exception):
    """The child did not come to an end with it: too long, too much memory, or it broke.  The bytes are to blame, mostly."""


class Turn:
    """Somebody who waits."""

    def __init__(self):
        self.child: Child | None = None
        self.come = threading.Event()


class Pool:
    """Children that do the `tasks` ({name: 'module:function'}); they start when they are first needed.

    A device has at most one request at work and EACH waiting; devices take turns.  So who sends twenty files holds nobody
    else up.
    """

    def __init__(self, tasks: dict[str, str], children: int = CHILDREN, jobs: int = JOBS, seconds: float = SECONDS,
                 patience: float = PATIENCE):
        self.tasks, self.jobs, self.seconds, self.patience = tasks, jobs, seconds, patience
        self._lock = threading.Lock()
        self._places = children  # that are free
        self._idle: list[Child] = []
        self._waiting: OrderedDict[str, deque[Turn]] = OrderedDict()
        self._served: set[str] = set()
        self._closed = False
        atexit.register(self.close)

    def ask(self, task: str, values: dict | None = None, content: bytes = b"", device: str = "",
            refuses: Collection[str] | None = (), check: Callable = lambda said, parts: (said, parts)):
        """What `check(said, parts)` makes of the answer: what the task says (a value that JSON has) and its bytes.

        `device`: who asks; devices take turns.  `check` raises ValueError, TypeError or KeyError for what no answer can be:
        the child has read what somebody else made, and may be theirs.  Raises Failed; Later where too much waits; the
        task's Refusal, whose code must be one of `refuses` (None: any).
        """
        child = self._enter(device)
        try:
            return self._asked(child, (task, values or {}, content), refuses, check)
        except NotStarted as broken:
            log.error("a child that reads foreign bytes does not start: %s", broken)
            raise Later(AGAIN) from None
        except Broken as broken:
            log.warning("foreign bytes could not be read (%s), the child was ended: %s", task, broken)
            raise Failed(str(broken)) from None
        finally:
            self._leave(device)

    def _asked(self, child: Child | None, asked: tuple, refuses: Collection[str] | None, check: Callable):
        """Ask this child, or a new one; it is kept for the next request unless it broke."""
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
            child = self._fresh()
        with self._lock:
            if child and not self._closed:
                self._idle.append(child)
                return
        if child:
            child.end()

    def _fresh(self) -> Child | None:
        """A new child, which loads what it needs while nobody waits for it; None where there can be none now."""
        try:
            return None if self._closed else Child(self.tasks)
        except NotStarted:
            return None

    def _enter(self, device: str) -> Child | None:
        """Wait for one's turn; the child to ask, None for a new one."""
        turn = Turn()
        with self._lock:
            queue = self._waiting.setdefault(device, deque())
            if len(queue) >= EACH or sum(map(len, self._waiting.values())) >= ALL:
                if not queue:
                    del self._waiting[device]
                raise Later(AGAIN)
            queue.append(turn)
            self._hand_out()
        try:
            if turn.come.wait(self.patience):
                return turn.child
        except BaseException:
            self._give_up(device, turn)
            raise
        self._give_up(device, turn)
        raise Later(AGAIN)

    def _give_up(self, device: str, turn: Turn) -> None:
        """Wait no longer; what came in this very moment goes to the next one."""
        with self._lock:
            queue = self._waiting.get(device, ())
            if turn in queue:
                queue.remove(turn)
                if not queue:
                    del self._waiting[device]
                return
            if turn.child:
                self._idle.append(turn.child)
        self._leave(device)

    def _leave(self, device: str) -> None:
        with self._lock:
            self._places += 1
            self._served.discard(device)
            if device in self._waiting:
                self._waiting.move_to_end(device)  # the others first
            self._hand_out()

    def _hand_out(self) -> None:
        """Give what is free to those who wait, a device after the other."""
        for device in list(self._waiting):
            if not self._places:
                return
            if device in self._served:
                continue
            queue = self._waiting.pop(device)
            turn = queue.popleft()
            if queue:
                self._waiting[device] = queue
            self._places -= 1
            self._served.add(device)
            turn.child = self._idle.pop() if self._idle else None
            turn.come.set()

    def close(self) -> None:
        """End the children; one that is at work when it is done."""
        with self._lock:
            self._closed, idle, self._idle = True, self._idle, []
        for child in idle:
            child.end()
        atexit.unregister(self.close)


def _answer(head: dict, parts: list[bytes], refuses: Collection[str] | None, check: Callable):
    """What `check` makes of an answer, or the Refusal that it is.  Raises Broken."""
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
