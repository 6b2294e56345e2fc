"""Tracks one connection of the eventlet server: what it is doing, since when, and how fast."""
import math
import time
from collections.abc import Callable
from contextlib import suppress
from socket import SHUT_RDWR, socket
from typing import TYPE_CHECKING, Any

from eventlet.greenio import GreenSocket

from workshop.domain.limits import FRAME

if TYPE_CHECKING:
    from workshop.transport.http.connections import Connections

HEAD_WITHIN = 30.0  # seconds for the head of a request as a whole, from its first byte
BODY_WITHIN, BODY_PACE = 20.0, 2000  # seconds for a body as a whole, and one more for so many bytes of it: 2G has that
PATIENCE = 60.0  # seconds of waiting for a peer within a request before its pace is looked at
PACE = 200  # bytes a second that a body comes or an answer is read with, at least, seen over the whole request
WHEN_FULL, PACE_WHEN_FULL = 3.0, 1000  # instead of PATIENCE and PACE, when somebody else needs the place
CREDIT = 10.0  # seconds of that pace that bytes which came at once are worth
QUIET = 1.0  # seconds in which somebody who opens a connection says what they want
RESTING, HEAD, REQUEST, WEBSOCKET = "resting", "head", "request", "websocket"


class Connection(GreenSocket):
    """Tracks a visitor's connection: what it is doing, since when, and how fast."""

    def __init__(self, socket: socket, network: str, connections: "Connections") -> None:
        super().__init__(socket)
        self.network, self.connections, self.ended = network, connections, False
        self.state, self.since = RESTING, time.monotonic()
        self.moved, self.waited, self.blocked = 0, 0.0, 0.0  # bytes; seconds; since when it waits for its peer, or 0
        self.listened, self.within = 0.0, math.inf  # seconds of waiting for a body; how many there may be
        self.listens = self.answering = False  # whether it waits for bytes now; whether some of the answer has gone out

    @property
    def close(self) -> Callable[[], None]:
        """Returns what closes it, and reports so."""
        return self._close

    @close.setter
    def close(self, _plain: object) -> None:
        """Ignores the plain close that GreenSocket would put there, which reports nothing."""

    def rest(self) -> None:
        """Notes that the last request is answered; the next may come or not."""
        self.state, self.since = RESTING, time.monotonic()
        self.waited = 0.0
        self.connections.rested(self)

    def ask(self, length: int = 0) -> bool:
        """Notes that the head of a request has come whole, and a body of so many bytes follows; tells whether there is room
        for that."""
        self.state, self.since = REQUEST, time.monotonic()
        self.moved, self.waited, self.listened, self.answering = 0, 0.0, 0.0, False
        self.within = BODY_WITHIN + length / BODY_PACE
        return length <= FRAME or self.connections.receive(self)

    def become_websocket(self) -> None:
        """Notes that it is a websocket now, which others watch (transport/sockets/gateway.py)."""
        self.state = WEBSOCKET
        self.connections.became_websocket(self)

    def end(self, word: bytes = b"") -> None:
        """Hangs up; whoever waits for it finds that it has ended, and cleans up."""
        self.ended = True
        self.connections.forget(self)
        with suppress(OSError):  # it has gone by itself
            if word:
                self.fd.send(word)
            self.fd.shutdown(SHUT_RDWR)

    def is_slow(self, patience: float, pace: int) -> bool:
        """Tells whether it has been waited for during a request for longer than `patience` seconds, and moves less than
        `pace` bytes a second."""
        waited = self.waited + (time.monotonic() - self.blocked if self.blocked else 0.0)
        return self.state == REQUEST and waited > patience and self.moved < pace * waited

    def is_idle(self) -> bool:
        """Tells whether it has had the time to say what it wants, and has not."""
        return self.state in (RESTING, HEAD) and time.monotonic() - self.since > QUIET

    def is_awaited(self) -> bool:
        """Tells whether it has said nothing yet, or not all of it, and may be about to."""
        return self.state in (RESTING, HEAD) or (self.listens and bool(self.blocked) and self.is_slow(0.0, PACE_WHEN_FULL))

    def is_late(self) -> bool:
        """Tells whether its time is over."""
        if self.state == HEAD:
            return time.monotonic() - self.since > HEAD_WITHIN
        listened = self.listened + (time.monotonic() - self.blocked if self.blocked and self.listens else 0.0)
        return self.state == REQUEST and (listened > self.within or self.is_slow(PATIENCE, PACE))

    def recv_into(self, buffer: bytearray | memoryview, nbytes: int = 0, flags: int = 0) -> int:
        size: int = super().recv_into(buffer, nbytes, flags)
        if size and self.state == RESTING:
            self.state, self.since = HEAD, time.monotonic()
        # A burst is not credited for long: what counts is how it goes on.
        self.moved = min(self.moved + size, int(PACE_WHEN_FULL * (self.waited + CREDIT)))
        return size

    def send(self, data: bytes, flags: int = 0) -> int:
        size: int = super().send(data, flags)
        self.moved += size
        self.answering = True
        return size

    def _trampoline(self, fd: socket, read: bool = False, **options: Any) -> Any:
        began = self.blocked = time.monotonic()
        self.listens = read
        try:
            return super()._trampoline(fd, read=read, **options)
        finally:
            self.blocked, waited = 0.0, time.monotonic() - began
            self.waited += waited
            if read:
                self.listened += waited

    def _close(self) -> None:
        self.connections.forget(self)
        self.fd.close()
