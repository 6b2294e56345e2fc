"""Hashes of passwords: a waiting line in front of work that takes 64 MiB of memory each time.

At most one is made at a time in this process, in a thread beside the event loop and outside of any transaction.  Others wait
in a short line, in turn by their key; what does not fit in it is refused before anything is spent.
"""
import threading
from collections import OrderedDict, deque
from contextlib import contextmanager

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from workshop.domain.errors import Refusal
from workshop.offload import offload

# Argon2id with 64 MiB in three rounds, on one core: the other one is for those who write meanwhile.  Written out, because
# the time that a hash takes must not tell whether an account exists: all are made in the same way, older ones anew when they
# are used.
HASHER = PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=1)
AT_ONCE = 1
OF_ONE_KEY, OF_ALL = 4, 24  # that wait; a hash takes a tenth of a second, so the last one waits for some three


class Line:
    """`with line.turn(key, first)`: one's turn, when it has come.  Keys take turns; those that are `first` go before all
    others and have places of their own in the line."""

    def __init__(self, at_once: int = AT_ONCE, of_one_key: int = OF_ONE_KEY, of_all: int = OF_ALL):
        self.at_once, self.of_one_key, self.of_all = at_once, of_one_key, of_all
        self._lock = threading.Lock()
        self._running = 0
        self._waiting: dict[bool, OrderedDict[str, deque]] = {True: OrderedDict(), False: OrderedDict()}  # by `first`

    @contextmanager
    def turn(self, key: str, first: bool = False):
        """Blocks until it is one's turn.  Refusal `busy`: the line is full."""
        turn = self._enter(key, first)
        try:
            if turn:
                turn.wait()
        except BaseException:  # whoever waited was ended: a turn that is lost would be the last one
            self._give_up(key, first, turn)
            raise
        try:
            yield
        finally:
            self._leave()

    def _enter(self, key: str, first: bool) -> threading.Event | None:
        with self._lock:
            if self._running < self.at_once:
                self._running += 1
                return None
            line = self._waiting[first]
            if len(line.get(key, ())) >= self.of_one_key or sum(map(len, line.values())) >= self.of_all:
                raise Refusal("busy")
            turn = threading.Event()
            line.setdefault(key, deque()).append(turn)
            return turn

    def _give_up(self, key: str, first: bool, turn: threading.Event) -> None:
        """Out of the line again; who has been called already hands the turn on."""
        with self._lock:
            turns = self._waiting[first].get(key, ())
            if turn in turns:
                turns.remove(turn)
                if not turns:
                    del self._waiting[first][key]
                return
        self._leave()

    def _leave(self) -> None:
        """Give the turn to who is next, or back."""
        with self._lock:
            line = self._waiting[True] or self._waiting[False]
            if not line:
                self._running -= 1
                return
            key, turns = line.popitem(last=False)
            turns.popleft().set()
            if turns:
                line[key] = turns  # behind the other keys


LINE = Line()
_nobody: dict[PasswordHasher, str] = {}


def make(password: str, key: str = "", line: Line | None = None) -> str:
    """The hash of a password, to be kept.  Never inside a transaction.  Refusal `busy`."""
    with (line or LINE).turn(key):
        return offload(HASHER.hash, password)


def fits(kept: str | None, password: str, key: str = "", first: bool = False, line: Line | None = None) -> bool:
    """Whether the password is the one of which the hash is kept; takes as long where none is (None or empty).  Never inside
    a transaction.  Refusal `busy`."""
    with (line or LINE).turn(key, first):
        return offload(_fits, kept, password)


def is_old(kept: str) -> bool:
    """Whether a hash was made in another way than hashes are made now."""
    return HASHER.check_needs_rehash(kept)


def _fits(kept: str | None, password: str) -> bool:
    try:
        return HASHER.verify(kept or _of_nobody(), password) and bool(kept)
    except (Argon2Error, InvalidHashError):
        return False


def _of_nobody() -> str:
    """A hash that no password fits, of the kind that is made now."""
    if HASHER not in _nobody:
        _nobody[HASHER] = HASHER.hash("nobody has this password")
    return _nobody[HASHER]
