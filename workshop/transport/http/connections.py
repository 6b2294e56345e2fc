"""Limits the connections of the eventlet server: how many there may be, how long one may take, which one is closed when all
are taken.

A connection needs a file descriptor, of which a process has few. Somebody who opens hundreds and never sends a whole request
would have them all; so there is a bound for all and one for each address. When it is reached, the connection that has asked
for nothing for longest makes room, of the address that has most of them: honest people say what they want within seconds.
Websockets of those who are in, and requests that are worked on, are never ended for a newcomer.
"""
import errno
import logging
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from socket import socket as Socket
from typing import Any

import eventlet
from eventlet import patcher, wsgi
from eventlet.greenio import GreenSocket
from eventlet.hubs import notify_opened
from flask import Flask
from markupsafe import escape

from workshop.domain.people.addresses import network_of
from workshop.transport.http import descriptors
from workshop.transport.http.connection import HEAD, PACE_WHEN_FULL, WHEN_FULL, Connection
from workshop.words import LANGUAGES, N_, _, speaking

log = logging.getLogger(__name__)

SHARE = 2  # one address may have one connection in so many that only ask, or rest
WEBSOCKETS = 0.85  # of all places that websockets may have; without one the pages go on over plain requests
SPOOLED = 2  # more descriptors that a large body takes: the file in which it waits, and that of a form which holds it
UPLOADS = 4  # one in so many places may be such a descriptor
ROW = 8  # connections that are awaited at once: too many for people, who are so for milliseconds
VAIN = 0.1  # seconds without another search after one that found nobody who could go
TURN = 16  # connections taken in before the others have a turn
PAUSE = 0.1  # seconds before the next attempt when the system gives no descriptor
FULL = {errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM}
# Of one connection that was already broken, or of its network (accept(2): to be treated like EAGAIN).
BROKEN = {errno.ECONNABORTED, errno.ECONNRESET, errno.EPROTO, errno.EPERM, errno.ENETDOWN, errno.ENETUNREACH,
          errno.EHOSTDOWN, errno.EHOSTUNREACH, errno.ENOPROTOOPT, errno.EOPNOTSUPP, errno.EINTR, errno.ETIMEDOUT}
BUSY_WORDS = N_("Too many devices at once. This page tries again by itself in a few seconds.")
LATE = b"HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"


class Connections:
    """Counts all connections of this process. `shared`: addresses are those of proxies, so none has a bound of its own;
    `spare`: ends a websocket that has not said who it is, and tells whether there was one."""

    def __init__(self, shared: bool = False, spare: Callable[[], bool] = lambda: False,
                 places: Callable[[], int] = descriptors.places):
        self.shared, self.spare, self.places = shared, spare, places
        self.asking: dict[str, dict[Connection, None]] = {}  # those that are no websocket, by network; longest at rest first
        self.websockets: set[Connection] = set()
        self.uploads: dict[Connection, None] = {}  # those of `asking` whose body waits in a file
        self.count = 0  # of those that ask
        self._told, self._vain = -60.0, (-VAIN, 0)  # when a search found nobody who could go, and for a network of how many
        busy()  # made now: when it is needed there may be no descriptor to read the words

    def taken(self) -> int:
        """Counts the places taken; an upload takes some for its files."""
        return self.count + len(self.websockets) + SPOOLED * len(self.uploads)

    def admit(self, network: str) -> bool:
        """Admits one more from this network if there is a place; somebody else's is taken for it if need be."""
        places, own = self.places(), self.asking.get(network, {})
        if not self.shared and len(own) >= max(1, places // SHARE) and self._end_needless([own]):
            self._tell()
            return True
        return self.taken() < places or self.make_room(len(own))

    def make_room(self, own: int = 0) -> bool:
        """Ends what is needed least, for one more of a network that has so many; False when all are needed."""
        self._tell()
        now, (vain, many) = time.monotonic(), self._vain
        if now - vain < VAIN and own >= many:
            return False
        crowds = sorted(self.asking.values(), key=len, reverse=True)
        found = self._end_needless(crowds) or self.spare() or self._end(self._awaited(own))
        if not found:
            self._vain = now, own
        return found

    def receive(self, connection: Connection) -> bool:
        """Admits the files of an upload that begins; a slow one is ended for it if need be."""
        places = self.places()
        if SPOOLED * (len(self.uploads) + 1) > max(SPOOLED, places // UPLOADS) and not self._end_slow(self.uploads):
            return False
        while self.taken() + SPOOLED > places:
            if not (self._end_needless(sorted(self.asking.values(), key=len, reverse=True)) or self.spare()):
                return False
        self.uploads[connection] = None
        return True

    def has_websocket_place(self) -> bool:
        """Tells whether there is a place for one more websocket that leaves some for requests."""
        return len(self.websockets) < max(1, int(WEBSOCKETS * self.places())) or self.spare()

    def enter(self, connection: Connection) -> None:
        """Notes one more connection, which asks."""
        self.asking.setdefault(connection.network, {})[connection] = None
        self.count += 1

    def rested(self, connection: Connection) -> None:
        """Notes that it has been answered: all others of its network have rested longer."""
        self.uploads.pop(connection, None)
        crowd = self.asking.get(connection.network, {})
        if connection in crowd:
            del crowd[connection]
            crowd[connection] = None

    def became_websocket(self, connection: Connection) -> None:
        """Notes that it has become a websocket and asks no more."""
        if not connection.ended:
            self.forget(connection)
            self.websockets.add(connection)

    def forget(self, connection: Connection) -> None:
        """Forgets one that is gone, or as good as gone."""
        self.websockets.discard(connection)
        self.uploads.pop(connection, None)
        crowd = self.asking.get(connection.network, {})
        if connection in crowd:
            del crowd[connection]
            self.count -= 1
            if not crowd:
                del self.asking[connection.network]

    def sweep(self) -> None:
        """Ends those whose time is over."""
        for connection in [one for crowd in self.asking.values() for one in crowd if one.is_late()]:
            connection.end(LATE if connection.state == HEAD else b"")

    def watch(self) -> None:
        """Sweeps each second, for ever."""
        while True:
            eventlet.sleep(1)
            self.sweep()

    def _end_needless(self, crowds: list[dict[Connection, None]]) -> bool:
        """Ends one that had the time to ask and has not, or else one whose body trickles; the first of the largest crowd."""
        return self._end(one for crowd in crowds for one in crowd if one.is_idle()) or any(map(self._end_slow, crowds))

    def _awaited(self, own: int) -> Iterator[Connection]:
        """Finds who may go for one more of a network that has `own`, among those who could still say what they want, longest
        awaited first. The only one among many that are worked for is somebody honest, who asks within milliseconds; the
        first of a whole row is not."""
        found = [one for crowd in self.asking.values() for one in crowd if one.is_awaited()]
        found.sort(key=lambda one: one.since)
        return (one for one in found if len(found) >= ROW or len(self.asking[one.network]) > own)

    def _end_slow(self, crowd: dict[Connection, None]) -> bool:
        return self._end(one for one in crowd if one.is_slow(WHEN_FULL, PACE_WHEN_FULL))

    @staticmethod
    def _end(found: Iterator[Connection]) -> bool:
        one = next(found, None)
        if one is not None:
            one.end(b"" if one.answering and one.state != HEAD else busy())
        return one is not None

    def _tell(self) -> None:
        """Tells the operator, once a minute."""
        if time.monotonic() - self._told >= 60:
            self._told = time.monotonic()
            log.warning("all %d places for connections are taken (%d of them by websockets); those that ask for nothing are "
                        "ended for newcomers", self.places(), len(self.websockets))


class Listener(GreenSocket):
    """Listens for newcomers. `accept` goes on whatever happens to one of them, and when the system has no descriptor left.
    """

    def __init__(self, socket: Socket, connections: Connections) -> None:
        super().__init__(socket)
        self.connections, self._taken = connections, 0

    def accept(self) -> tuple[Connection, tuple[Any, ...]]:
        """Returns (connection, address) of the next one for whom there is a place."""
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
            network = network_of(address[0])  # one laptop has any number of addresses in its own
            if self.connections.admit(network):
                connection = Connection(socket, network, self.connections)
                self.connections.enter(connection)
                return connection, address
            _refuse(socket)


def serve(app: Flask, listener: Socket, connections: Connections) -> None:
    """Serves the application on a listening socket, with eventlet, within the places of `connections`."""
    from workshop.transport.http.http_protocol import GuardedHttpProtocol
    eventlet.spawn(connections.watch)
    plain = patcher.original("socket").socket(fileno=listener.detach())
    # The server counts every websocket as a request; its default of 1024 would lock the hall out.
    wsgi.server(Listener(plain, connections), app, max_size=20_000, log_output=False, debug=False, socket_timeout=60,
                capitalize_response_headers=False, protocol=GuardedHttpProtocol)


def _refuse(socket: Socket) -> None:
    with suppress(OSError), socket:
        socket.setblocking(False)
        socket.send(busy())


@cache
def busy() -> bytes:
    """Answers somebody for whom there is no place now, in all languages: which one they read is not known yet."""
    said = []
    for language in LANGUAGES:
        with speaking(language):
            said.append(f'<p lang="{language}">{escape(_(BUSY_WORDS))}</p>')
    page = ('<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
            f'<meta http-equiv="refresh" content="5"><title>Tinkuy</title>{"".join(said)}').encode()
    head = ("HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\nContent-Type: text/html\r\nCache-Control: no-store\r\n"
            f"Content-Security-Policy: default-src 'none'\r\nContent-Length: {len(page)}\r\nConnection: close\r\n\r\n")
    return head.encode() + page
