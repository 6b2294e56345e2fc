"""Who may do something costly next: a few at once in all, few at a time of each key (a device, an address), in fair order.

Whose key has as many under way as may waits; where several keys wait, each gets a turn before any of them gets another.
Somebody who has hung up meanwhile (a page that was loaded anew) is passed over.  Pages, hashes of passwords and the children
that read foreign bytes all go by it.
"""
import threading
from collections import Counter, OrderedDict, deque
from collections.abc import Callable
from contextlib import contextmanager


class TooMany(Exception):
    """As many wait as may, or one's turn did not come in time."""


class Gone(Exception):
    """Who asked has hung up."""


class Turns:
    """`with turns.take(key)` waits for a turn of the key: at most `at_once` blocks are entered at the same time, `each` of
    one key, while `waiting` more of it wait and `in_all` of all keys (None: without a bound).  Raises TooMany, Gone."""

    def __init__(self, at_once: int = 2, each: int = 1, waiting: int = 5, in_all: int | None = None):
        self.at_once, self.each, self.waiting, self.in_all = at_once, each, waiting, in_all
        self.under_way: Counter = Counter()  # by key
        # By `first`; then by key, who is next stands first.
        self._queues: dict[bool, OrderedDict[str, deque[_Waiting]]] = {True: OrderedDict(), False: OrderedDict()}
        self._lock = threading.Lock()

    @contextmanager
    def take(self, key: str, gone: Callable[[], bool] = lambda: False, more: int = 0, first: bool = False,
             patience: float | None = None):
        """Wait for a turn of `key`, at most `patience` seconds; `gone()` says whether nobody waits for the answer any more;
        `more` may wait than of others (an address behind which there are many).  Those that are `first` go before all others
        and have places of their own to wait in."""
        mine = _Waiting(gone)
        self._enter(key, mine, more, first)
        try:
            came = mine.turn.wait(patience)
        except BaseException:  # whoever waited was ended: a turn that is lost would be lost for ever
            if not self._withdraw(key, mine, first) and not mine.passed_over:
                self._leave(key)
            raise
        if not came and self._withdraw(key, mine, first):
            raise TooMany
        if mine.passed_over:
            raise Gone
        try:
            yield
        finally:
            self._leave(key)

    def waits(self, key: str) -> int:
        """How many of the key wait."""
        return sum(len(queue.get(key, ())) for queue in self._queues.values())

    def wait_in_all(self) -> int:
        """How many wait."""
        return sum(map(self._length, self._queues.values()))

    def _enter(self, key: str, mine: "_Waiting", more: int, first: bool) -> None:
        """Stand in the queue, or have one's turn at once.  Raises TooMany."""
        with self._lock:
            queue = self._queues[first].setdefault(key, deque())
            queue.append(mine)
            self._let_in()
            if not mine.turn.is_set() and self._full(queue, more, first):
                _leave_out(queue)
            if not mine.turn.is_set() and self._full(queue, more, first):
                self._remove(key, mine, first)
                raise TooMany

    def _full(self, queue: "deque[_Waiting]", more: int, first: bool) -> bool:
        """Whether more stand in the queue than may."""
        in_all = self.in_all is not None and self._length(self._queues[first]) > self.in_all
        return in_all or len(queue) > self.waiting + more

    @staticmethod
    def _length(queues: "OrderedDict[str, deque[_Waiting]]") -> int:
        return sum(map(len, queues.values()))

    def _withdraw(self, key: str, mine: "_Waiting", first: bool) -> bool:
        """Wait no longer; False where one's turn has come in this very moment."""
        with self._lock:
            if mine.turn.is_set():
                return False
            self._remove(key, mine, first)
            return True

    def _remove(self, key: str, mine: "_Waiting", first: bool) -> None:
        queue = self._queues[first][key]
        queue.remove(mine)
        if not queue:
            del self._queues[first][key]

    def _leave(self, key: str) -> None:
        """Give the turn to who is next: the other keys first."""
        with self._lock:
            self.under_way[key] -= 1
            if not self.under_way[key]:
                del self.under_way[key]
            for queues in self._queues.values():
                if key in queues:
                    queues.move_to_end(key)
            self._let_in()

    def _let_in(self) -> None:
        """Give the turns that are free to those who wait, one key after the other."""
        for queues in self._queues.values():
            while any(self._let_one_in(queues, key) for key in list(queues)):
                pass
            for queue in queues.values():
                for mine in queue:
                    mine.waited = True

    def _let_one_in(self, queues: "OrderedDict[str, deque[_Waiting]]", key: str) -> bool:
        """Whether one more of the key was let in."""
        queue, let_in = queues[key], False
        while not let_in and queue and self.under_way.total() < self.at_once and self.under_way[key] < self.each:
            mine = queue.popleft()
            mine.passed_over = mine.waited and mine.gone()
            let_in = not mine.passed_over
            self.under_way[key] += let_in
            mine.turn.set()
        if not self.under_way[key]:
            del self.under_way[key]
        if not queue:
            del queues[key]
        elif let_in:
            queues.move_to_end(key)
        return let_in


class _Waiting:
    """Somebody who waits."""

    def __init__(self, gone: Callable[[], bool]):
        self.gone, self.turn, self.waited, self.passed_over = gone, threading.Event(), False, False


def _leave_out(queue: deque[_Waiting]) -> None:
    """Pass over who has hung up while waiting."""
    for one in [one for one in queue if one.waited and one.gone()]:
        queue.remove(one)
        one.passed_over = True
        one.turn.set()
