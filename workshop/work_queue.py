"""Queues costly work: a few at once in all, few at a time of each key (a device, an address), in fair order.

A key that has as many under way as it may waits; where several keys wait, each gets a turn before any of them gets another.
Keys may belong to groups (the devices of an address): then each group gets a turn before any other gets another, and within
it each key. Whoever has hung up meanwhile (a page that was reloaded) is passed over. Pages, password hashes and the child
processes that read foreign bytes all go through such a queue.
"""
import threading
from collections import Counter, OrderedDict, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass


class TooMany(Exception):
    """Refuses work: the queue is full, or its turn did not come in time."""


class Gone(Exception):
    """Ends a wait: whoever asked has hung up."""


@dataclass(frozen=True)
class Asker:
    """Identifies who asks for a turn: a key and its group; `gone()` tells whether nobody waits for the answer any more."""

    key: str = ""
    group: str = ""
    gone: Callable[[], bool] = lambda: False


class WorkQueue:
    """Admits work in fair order: `with queue.take(key)` waits for a turn of the key.

    At most `at_once` blocks are entered at the same time, `each` of one key, while `waiting` more of it wait and `in_all` of
    all keys (None: without a bound). When the queue is full, the latest of those that have most waiting gives way. Raises
    TooMany, Gone.
    """

    def __init__(self, at_once: int = 2, each: int = 1, waiting: int = 5, in_all: int | None = None):
        self.at_once, self.each, self.waiting, self.in_all = at_once, each, waiting, in_all
        self.under_way: Counter[str] = Counter()  # by key
        # By `first`, by group, by key; in each of them the next one stands first.
        self._groups: dict[bool, Groups] = {True: OrderedDict(), False: OrderedDict()}
        self._lock = threading.Lock()

    @contextmanager
    def take(self, key: str, gone: Callable[[], bool] = lambda: False, more: int = 0, first: bool = False,
             patience: float | None = None, group: str = "") -> Iterator[None]:
        """Waits for a turn of `key`, at most `patience` seconds; `gone()` tells whether nobody waits for the answer any
        more; `more` may wait than of others (an address behind which there are many). Those that are `first` go before all
        others and have places of their own to wait in."""
        mine, groups = _Waiting(gone), self._groups[first]
        self._enter(groups, group, key, mine, more)
        try:
            came = mine.turn.wait(patience)
        except BaseException:  # whoever waited was killed: a turn that is lost would be lost for ever
            if not self._withdraw(groups, group, key, mine) and not mine.refused:
                self._leave(group, key)
            raise
        if not came and self._withdraw(groups, group, key, mine):
            raise TooMany
        if mine.refused:
            raise mine.refused
        try:
            yield
        finally:
            self._leave(group, key)

    def waits(self, key: str) -> int:
        """Counts the waiting of a key."""
        return sum(len(keys.get(key, ())) for groups in self._groups.values() for keys in groups.values())

    def wait_in_all(self) -> int:
        """Counts all that wait."""
        return sum(map(_length, self._groups.values()))

    def _enter(self, groups: "Groups", group: str, key: str, mine: "_Waiting", more: int) -> None:
        """Joins the queue, or takes a turn at once. Raises TooMany."""
        with self._lock:
            queue = groups.setdefault(group, OrderedDict()).setdefault(key, deque())
            queue.append(mine)
            self._let_in()
            if not mine.turn.is_set() and len(queue) > self.waiting + more:
                _leave_out(groups, group, key)
                if len(queue) > self.waiting + more:
                    _refuse(groups, group, key, mine, TooMany)
            if not mine.turn.is_set() and self._full(groups):
                for there, keys in list(groups.items()):
                    for one in list(keys):
                        _leave_out(groups, there, one)
                if self._full(groups):
                    there, one = _most(groups, group, key)
                    _refuse(groups, there, one, groups[there][one][-1], TooMany)
        if mine.refused:
            raise mine.refused

    def _full(self, groups: "Groups") -> bool:
        """Tells whether the queue is full."""
        return self.in_all is not None and _length(groups) > self.in_all

    def _withdraw(self, groups: "Groups", group: str, key: str, mine: "_Waiting") -> bool:
        """Stops waiting; False where the turn has come at this very moment."""
        with self._lock:
            if mine.turn.is_set():
                return False
            _remove(groups, group, key, mine)
            return True

    def _leave(self, group: str, key: str) -> None:
        """Gives the turn to the next: other groups and keys first."""
        with self._lock:
            self.under_way[key] -= 1
            if not self.under_way[key]:
                del self.under_way[key]
            for groups in self._groups.values():
                _move_back(groups, group, key)
            self._let_in()

    def _let_in(self) -> None:
        """Gives free turns to those who wait, one group and one key after the other."""
        for groups in self._groups.values():
            while any(self._let_one_in(groups, group, key) for group, keys in list(groups.items()) for key in list(keys)):
                pass
            for keys in groups.values():
                for queue in keys.values():
                    for mine in queue:
                        mine.waited = True

    def _let_one_in(self, groups: "Groups", group: str, key: str) -> bool:
        """Lets one more of the key in, if it may; tells whether it did."""
        queue, let_in = groups[group][key], False
        while not let_in and queue and self.under_way.total() < self.at_once and self.under_way[key] < self.each:
            mine = queue[0]
            let_in = not (mine.waited and mine.gone())
            self.under_way[key] += let_in
            if let_in:
                _move_back(groups, group, key)
                _remove(groups, group, key, mine)
                mine.turn.set()
            else:
                _refuse(groups, group, key, mine, Gone)
        if not self.under_way[key]:
            del self.under_way[key]
        return let_in


class _Waiting:
    """Waits for a turn."""

    def __init__(self, gone: Callable[[], bool]):
        self.gone, self.turn, self.waited = gone, threading.Event(), False
        self.refused: type[Exception] | None = None  # why there will be no turn


Groups = OrderedDict[str, OrderedDict[str, deque[_Waiting]]]


def _length(groups: Groups) -> int:
    return sum(len(queue) for keys in groups.values() for queue in keys.values())


def _most(groups: Groups, group: str, key: str) -> tuple[str, str]:
    """Finds the group of which most wait, and the key of which most wait in it; among equals that of the newcomer, or the
    one whose turn is last."""
    there = max(reversed(groups), key=lambda one: (sum(map(len, groups[one].values())), one == group))
    return there, max(reversed(groups[there]), key=lambda one: (len(groups[there][one]), (there, one) == (group, key)))


def _leave_out(groups: Groups, group: str, key: str) -> None:
    """Removes those who have hung up while waiting."""
    for one in [one for one in groups[group][key] if one.waited and one.gone()]:
        _refuse(groups, group, key, one, Gone)


def _refuse(groups: Groups, group: str, key: str, mine: _Waiting, why: type[Exception]) -> None:
    _remove(groups, group, key, mine)
    mine.refused = why
    mine.turn.set()


def _remove(groups: Groups, group: str, key: str, mine: _Waiting) -> None:
    keys = groups[group]
    keys[key].remove(mine)
    if not keys[key]:
        del keys[key]
    if not keys:
        del groups[group]


def _move_back(groups: Groups, group: str, key: str) -> None:
    """Moves the group and key behind the others."""
    if group in groups:
        groups.move_to_end(group)
        if key in groups[group]:
            groups[group].move_to_end(key)
