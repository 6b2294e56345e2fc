"""Hashes passwords, with a queue in front of work that takes 64 MiB of memory each time.

At most one hash is made at a time in this process, in a thread beside the event loop and outside of any transaction. Others
wait in a short queue that is fair to keys; what does not fit in it is refused before anything is spent.
"""
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from workshop.domain.errors import Refusal
from workshop.transport.offload import offload
from workshop.work_queue import TooMany, WorkQueue

# Argon2id with 64 MiB in three rounds, on one core: the other one is for people who write meanwhile. Written out, because
# the time that a hash takes must not tell whether an account exists: all are made in the same way, older ones again when
# they are used.
HASHER = PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=1)
AT_ONCE = 1
OF_ONE_KEY, OF_ALL = 4, 24  # that wait; a hash takes a tenth of a second, so the last one waits for some three


def queue(at_once: int = AT_ONCE, of_one_key: int = OF_ONE_KEY, of_all: int = OF_ALL) -> WorkQueue:
    """Makes the queue in front of the hasher; a known device goes `first`."""
    return WorkQueue(at_once, at_once, of_one_key, of_all)


QUEUE = queue()
_nobody: dict[PasswordHasher, str] = {}


def make(password: str, key: str = "", first: bool = False) -> str:
    """Makes the hash of a password, to be stored. Never inside a transaction. Refusal `busy`."""
    with _turn(key, first):
        return offload(HASHER.hash, password)


def fits(kept: str | None, password: str, key: str = "", first: bool = False) -> bool:
    """Checks a password against the stored hash; takes as long where there is none (None or empty). Never inside a
    transaction. Refusal `busy`."""
    with _turn(key, first):
        return offload(_fits, kept, password)


def is_old(kept: str) -> bool:
    """Tells whether a hash was made with other parameters than hashes are made with now."""
    return HASHER.check_needs_rehash(kept)


@contextmanager
def _turn(key: str, first: bool = False) -> Iterator[None]:
    with ExitStack() as stack:
        try:
            stack.enter_context(QUEUE.take(key, first=first))
        except TooMany:
            raise Refusal("busy") from None
        yield


def _fits(kept: str | None, password: str) -> bool:
    try:
        return HASHER.verify(kept or _of_nobody(), password) and bool(kept)
    except (Argon2Error, InvalidHashError):
        return False


def _of_nobody() -> str:
    """Returns a hash that no password fits, made with the current parameters."""
    if HASHER not in _nobody:
        _nobody[HASHER] = HASHER.hash("nobody has this password")
    return _nobody[HASHER]
