"""Identifies who sends a request: the key under which rate limits count. What only the browser claims is worth no key.

A device is one that the store knows by its cookie, whichever of its cookies that was; a wall is one whose workshop has its
key, at one address; everybody else is their address. Devices and walls that came lately are remembered, so that the store is
asked once for each: what is remembered decides who takes turns with whom, and grants nothing.
"""
from collections import OrderedDict
from collections.abc import Callable

from workshop.domain.people.addresses import network_of
from workshop.store.identity import look_up
from workshop.store.session import Store
from workshop.store.transaction import Session
from workshop.store.walls.sight import wall_of

MOST = 10_000  # cookies, and keys of walls, remembered
LONGEST = 100  # characters of what can be one


class RateLimitKeys:
    """Remembers the devices and walls that this process has seen."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._devices: OrderedDict[str, str] = OrderedDict()  # cookie -> device
        self._walls: OrderedDict[str, str] = OrderedDict()  # key -> workshop

    def remembered(self, secret: str | None) -> str | None:
        """Returns the device, if its cookie was seen lately; nothing is asked of the store."""
        return self._devices.get(secret) if secret else None

    def device(self, secret: str | None) -> str | None:
        """Returns the id of the device that has this cookie. Raises RetryLater."""
        return self._known(self._devices, secret, _device)

    def learn(self, secret: str, device: str) -> None:
        """Remembers that the device has just come with this cookie."""
        _keep(self._devices, secret, device)

    def forget(self, secret: str) -> None:
        """Forgets a secret that is no longer valid."""
        self._devices.pop(secret, None)

    def key(self, secret: str | None, address: str | None, wall: object = None) -> str:
        """Returns the rate limit key of a request; `address_key` for strangers. Raises RetryLater."""
        if device := self.device(secret):
            return device
        here = address_key(address)
        workshop = self._known(self._walls, wall, _workshop)
        return f"wall {workshop} at {here}" if workshop else here

    def _known(self, kept: OrderedDict[str, str], said: object, ask: Callable[[Session, str], str | None]) -> str | None:
        if not isinstance(said, str) or not 0 < len(said) <= LONGEST:
            return None
        if said in kept:
            kept.move_to_end(said)
            return kept[said]
        with self.store.read() as session:
            found = ask(session, said)
        if found:
            _keep(kept, said, found)
        return found


def address_key(address: str | None) -> str:
    """Returns the key of strangers at an address."""
    return f"address {network_of(address)}"


def _keep(kept: OrderedDict[str, str], said: str, found: str) -> None:
    kept[said] = found
    kept.move_to_end(said)
    while len(kept) > MOST:
        kept.popitem(last=False)


def _device(session: Session, secret: str) -> str | None:
    who = look_up(session, secret)
    return who.device.id if who else None


def _workshop(session: Session, key: str) -> str | None:
    found = wall_of(session, key)
    return found[1] if found else None
