"""Limits wrong tries: how often somebody may be wrong before the next try has to wait."""
import math
from collections import OrderedDict
from dataclasses import dataclass

from workshop.domain.errors import Refusal

REST = 900.0  # seconds without a try after which all is forgotten


@dataclass
class _Tries:
    """Counts the tries of a key. `wrong`: tries that were not taken back; `free_at`, `last`: seconds."""

    wrong: int = 0
    free_at: float = 0.0
    last: float = 0.0


class Tries:
    """Counts tries by key.  `free` of them may come at once; each further one waits twice as long as the one before, from
    `first` to `longest` seconds.  A try that has to wait counts for nothing, so nobody prolongs another's wait by trying.

    A try is counted when it begins and taken back when it was right: many that begin together count together.
    """

    def __init__(self, free: int, first: float, longest: float, most: int = 10_000) -> None:
        self.free, self.first, self.longest, self.most = free, first, longest, most
        self._of: OrderedDict[str, _Tries] = OrderedDict()

    def wait(self, key: str, now: float) -> float:
        """Returns the seconds until `key` may try again; 0.0 if at once."""
        tries = self._of.get(key)
        return max(0.0, tries.free_at - now) if tries and now - tries.last < REST else 0.0

    def begin(self, key: str, now: float) -> None:
        """Begins a try. The keys that were quiet for longest are forgotten."""
        tries = self._of.get(key)
        if tries is None or now - tries.last >= REST:
            tries = self._of[key] = _Tries()
        self._of.move_to_end(key)
        tries.wrong, tries.last = tries.wrong + 1, now
        if tries.wrong >= self.free:
            tries.free_at = now + min(self.longest, self.first * 2 ** min(tries.wrong - self.free, 30))
        while len(self._of) > self.most:
            self._of.popitem(last=False)

    def take_back(self, key: str) -> None:
        """Takes back a try that was right, or never took place; no other one of this key can have begun since it made the
        others wait."""
        if tries := self._of.get(key):
            tries.wrong, tries.free_at = max(0, tries.wrong - 1), 0.0


class SignInTries:
    """Limits who may try a password now. Behind one address a whole hall may sit, and a prankster in it knows the
    facilitator's e-mail. So a device on which the account was signed in before (`mark`) has tries of its own, which nobody
    else can use up; the others share those of the account at their address, those of the address, and those of the account
    in all."""

    def __init__(self) -> None:
        self.marks, self.pairs = Tries(5, 30, 240), Tries(5, 30, 240)  # ten in a quarter of an hour
        self.addresses, self.accounts = Tries(60, 2, 30), Tries(30, 5, 60)

    def begin(self, email: str, address: str, mark: str | None, now: float) -> list[tuple[Tries, str]]:
        """Begins a try; returns what `take_back` wants. Refusal `sign_in_later` (seconds, minutes) while it has to wait."""
        email = email[:254]
        counted = [(self.marks, mark)] if mark else [
            (self.pairs, f"{address} {email}"), (self.addresses, address), (self.accounts, email)]
        wait = max(tries.wait(key, now) for tries, key in counted)
        if wait:
            raise Refusal("sign_in_later", seconds=math.ceil(wait), minutes=math.ceil(wait / 60))
        for tries, key in counted:
            tries.begin(key, now)
        return counted

    @staticmethod
    def take_back(counted: list[tuple[Tries, str]]) -> None:
        """Takes a try back: the password was right, or nobody looked at it."""
        for tries, key in counted:
            tries.take_back(key)
