"""The connections of the eventlet server: how many there may be, how long one may take, who has to go when all are taken.

A connection needs a file descriptor, of which a process has few.  Whoever opens hundreds and never says a whole request
would have them all; so there is a bound for all and one for each address.  When it is reached, the one that has asked for
nothing for longest makes room, of the address that has most of them: honest people say what they want within seconds.
Lines of those who are in, and requests that are worked on, are never ended for a newcomer.
"""
import errno
import logging
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from socket import SHUT_RDWR

import eventlet
from eventlet import patcher, wsgi
from eventlet.greenio import GreenSocket
from eventlet.hubs import notify_opened
from markupsafe import escape

from workshop.live import descriptors
from workshop.words import LANGUAGES, N_, _, speaking

log = logging.getLogger(__name__)

HEAD_WITHIN = 30.0  # seconds for the head of a request as a whole, from its first byte
PATIENCE = 60.0  # seconds of waiting for a peer within a request before its pace is looked at
PACE = 200  # bytes a second that a body comes or an answer is read with, at least, seen over the whole request
WHEN_FULL = 3.0  # instead of PATIENCE, when somebody else needs the place
SHARE = 2  # one address may have one connection in so many that only ask, or rest
LINES = 0.85  # of all places that websockets may have; without one the pages go on over plain requests
TURN = 16  # connections taken in before the others have a turn
PAUSE = 0.1  # seconds before the next attempt when the system gives no descriptor
FULL = {errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM}
# Of one connection that was already broken, or of its network (accept(2): to be treated like EAGAIN).
BROKEN = {errno.ECONNABORTED, errno.ECONNRESET, errno.EPROTO, errno.EPERM, errno.ENETDOWN, errno.ENETUNREACH,
          errno.EHOSTDOWN, errno.EHOSTUNREACH, errno.ENOPROTOOPT, errno.EOPNOTSUPP, errno.EINTR, errno.ETIMEDOUT}
RESTING, HEAD, REQUEST, LINE = "resting", "head", "request", "line"
BUSY_WORDS = N_("Too many devices at once. This page tries again by itself in a few seconds.")
LATE = b"HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"


class Connection(GreenSocket):
    """A visitor's connection; knows what it is doing, since when, and how fast."""

    def __init__(self, socket, address: str, connections: "Connections"):
        super().__init__(socket)
        self.address, self.connections, self.ended = address, connections, False
        self.state, self.since = RESTING, time.monotonic()
        self.moved, self.waited, self.blocked = 0, 0.0, 0.0  # bytes; seconds; since when it waits for its peer, or 0

    @property
    def close(self) -> Callable[[], None]:
        """What closes it, and tells so."""
        return self._close

    @close.setter
    def close(self, _plain) -> None:
        """GreenSocket would put there what closes without telling."""

    def rest(self) -> None:
        """The last request is answered; the next may come or not."""
        self.state, self.since = RESTING, time.monotonic()
        self.waited = 0.0
        self.connections.rested(self)

    def ask(self) -> None:
        """The head of a request has come whole."""
        self.state, self.since = REQUEST, time.monotonic()
        self.moved, self.waited = 0, 0.0

    def become_line(self) -> None:
        """It is a websocket now, which others watch (live/guard.py)."""
        self.state = LINE
        self.connections.became_line(self)

    def end(self, word: bytes = b"") -> None:
        """Hang up; who waits for it finds that it has ended, and cleans up."""
        self.ended = True
        self.connections.forget(self)
        with suppress(OSError):  # it has gone by itself
            if word:
                self.fd.send(word)
            self.fd.shutdown(SHUT_RDWR)

    def is_slow(self, patience: float) -> bool:
        """Whether it has been waited for during a request for longer than `patience`, and moves too little."""
        waited = self.waited + (time.monotonic() - self.blocked if self.blocked else 0.0)
        return self.state == REQUEST and waited > patience and self.moved < PACE * waited

    def is_late(self) -> bool:
        """Whether its time is over."""
        return self.is_slow(PATIENCE) or (self.state == HEAD and time.monotonic() - self.since > HEAD_WITHIN)

    def recv_into(self, buffer, nbytes=0, flags=0):
        size = super().recv_into(buffer, nbytes, flags)
        if size and self.state == RESTING:
            self.state, self.since = HEAD, time.monotonic()
        self.moved += size
        return size

    def send(self, data, flags=0):
        size = super().send(data, flags)
        self.moved += size
        return size

    def _trampoline(self, *args, **options):
        began = self.blocked = time.monotonic()
        try:
            return super()._trampoline(*args, **options)
        finally:
            self.blocked = 0.0
            self.waited += time.monotonic() - began

    def _close(self) -> None:
        self.connections.forget(self)
        self.fd.close()


class Connections:
    """All connections of this process.  `shared`: addresses are those of proxies, so none has a bound of its own; `spare`:
    ends a websocket that has not said who it is, and says whether there was one."""

    def __init__(self, shared: bool = False, spare: Callable[[], bool] = lambda: False,
                 places: Callable[[], int] = descriptors.places):
        self.shared, self.spare, self.places = shared, spare, places
        self.asking: dict[str, dict[Connection, None]] = {}  # those that are no line, by address; longest at rest first
        self.lines: set[Connection] = set()
        self.count = 0  # of those that ask
        self._told = -60.0
        busy()  # made now: when it is needed there may be no descriptor to read the words

    def admit(self, address: str) -> bool:
        """Whether there is a place for one more from this address; somebody else's is taken for it if need be."""
        places, own = self.places(), self.asking.get(address, {})
        if not self.shared and len(own) >= max(1, places // SHARE) and (self._end_first(own) or self._end_slow(own)):
            self._tell()
            return True
        return self.count + len(self.lines) < places or self.make_room()

    def make_room(self) -> bool:
        """End what is needed least; False when all are needed."""
        self._tell()
        crowds = sorted(self.asking.values(), key=len, reverse=True)
        return any(self._end_first(crowd) for crowd in crowds) or any(
            self._end_slow(crowd) for crowd in crowds) or self.spare()

    def has_line(self) -> bool:
        """Whether there is a place for one more websocket that leaves some for requests."""
        return len(self.lines) < max(1, int(LINES * self.places())) or self.spare()

    def enter(self, connection: Connection) -> None:
        """One more, who asks."""
        self.asking.setdefault(connection.address, {})[connection] = None
        self.count += 1

    def rested(self, connection: Connection) -> None:
        """It has been answered: all others of its address have rested longer."""
        crowd = self.asking.get(connection.address, {})
        if connection in crowd:
            del crowd[connection]
            crowd[connection] = None

    def became_line(self, connection: Connection) -> None:
        """It asks no more."""
        if not connection.ended:
            self.forget(connection)
            self.lines.add(connection)

    def forget(self, connection: Connection) -> None:
        """It is gone, or as good as gone."""
        self.lines.discard(connection)
        crowd = self.asking.get(connection.address, {})
        if connection in crowd:
            del crowd[connection]
            self.count -= 1
            if not crowd:
                del self.asking[connection.address]

    def sweep(self) -> None:
        """End those whose time is over."""
        for connection in [one for crowd in self.asking.values() for one in crowd if one.is_late()]:
            connection.end(LATE if connection.state == HEAD else b"")

    def watch(self) -> None:
        """Sweep each second, for ever."""
        while True:
            eventlet.sleep(1)
            self.sweep()

    def _end_first(self, crowd: dict[Connection, None]) -> bool:
        return self._end(one for one in crowd if one.state in (RESTING, HEAD))

    def _end_slow(self, crowd: dict[Connection, None]) -> bool:
        return self._end(one for one in crowd if one.is_slow(WHEN_FULL))

    @staticmethod
    def _end(found: Iterator[Connection]) -> bool:
        one = next(found, None)
        if one is not None:
            one.end(busy() if one.state == HEAD else b"")
        return one is not None

    def _tell(self) -> None:
        """The operator hears of it once a minute."""
        if time.monotonic() - self._told >= 60:
            self._told = time.monotonic()
            log.warning("all %d places for connections are taken (%d of them by websockets); those that ask for nothing are "
                        "ended for newcomers", self.places(), len(self.lines))


class Listener(GreenSocket):
    """The socket at which newcomers knock.  `accept` goes on whatever happens to one of them, and when the system has no
    descriptor left."""

    def __init__(self, socket, connections: Connections):
        super().__init__(socket)
        self.connections, self._taken = connections, 0

    def accept(self):
        """(connection, address) of the next one for whom there is a place."""
        while True:
            try:
                socket, address = self.fd.accept()
            except BlockingIOError:
                self._trampoline(self.fd, read=True)
                continue
            except OSError as error:
                if error.errno in FULL:
                    self.connections.make_room()
                    eventlet.sleep(PAUSE)
                elif error.errno not in BROKEN:
                    raise
                continue
            notify_opened(socket.fileno())
            self._taken += 1
            if self._taken % TURN == 0:
                eventlet.sleep(0)
            if self.connections.admit(address[0]):
                connection = Connection(socket, address[0], self.connections)
                self.connections.enter(connection)
                return connection, address
            _refuse(socket)


def serve(app, listener, connections: Connections) -> None:
    """Serve the application at a socket that listens, with eventlet, within the places of `connections`."""
    from workshop.live.prompt import PromptProtocol
    eventlet.spawn(connections.watch)
    plain = patcher.original("socket").socket(fileno=listener.detach())
    # The server counts every websocket as a request; its default of 1024 would lock the hall out.
    wsgi.server(Listener(plain, connections), app, max_size=20_000, log_output=False, debug=False, socket_timeout=60,
                capitalize_response_headers=False, protocol=PromptProtocol)


def _refuse(socket) -> None:
    with suppress(OSError), socket:
        socket.setblocking(False)
        socket.send(busy())


@cache
def busy() -> bytes:
    """The answer to somebody for whom there is no place now, in all languages: which one they read is not known yet."""
    said = []
    for language in LANGUAGES:
        with speaking(language):
            said.append(f'<p lang="{language}">{escape(_(BUSY_WORDS))}</p>')
    page = ('<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
            f'<meta http-equiv="refresh" content="5"><title>Tinkuy</title>{"".join(said)}').encode()
    head = ("HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\nContent-Type: text/html\r\nCache-Control: no-store\r\n"
            f"Content-Security-Policy: default-src 'none'\r\nContent-Length: {len(page)}\r\nConnection: close\r\n\r\n")
    return head.encode() + page
