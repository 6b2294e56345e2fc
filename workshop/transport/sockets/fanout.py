"""Telling an audience: encoded once, framed once, compressed once, and written straight to every socket that is idle.

The stock path puts the text into each socket's queue and wakes its writer, which frames and compresses it again for each.
Here only a socket with a backlog goes through its queue.

Compression keeps its history.  Sockets that hear the same audiences are a *cohort* with one deflate stream, and every
member gets the same bytes.  Who comes later gets plain frames until the next *join point*, a message that ends with a full
flush: what follows refers to nothing before it.  What is personal (acknowledgements, own ballots) travels plain on the same
socket and leaves the shared window alone; what is personal and long is compressed, and its reader counted as new again.  For
the receiver it is ordinary permessage-deflate (RFC 7692).

Order is everything: a member that missed or reordered one frame could read none after it.  So a cohort's frames are written
without yielding, a socket with anything in its queue gets them through the queue, and one that cannot keep up is cut off (it
comes back and asks what changed).  What is touched of other people's internals is held to them in
tests/live/transport/sockets/test_fanout.py.
"""
import zlib
from collections.abc import Callable
from typing import Any

from socketio import Server

from workshop.transport.sockets.gateway import Gateway
from workshop.transport.sockets.socketio_json import Wire
from workshop.transport.sockets.websocket import PACKED, TEXT, Way, WebSocketConnection, framed, write_to_all

Key = tuple[frozenset[str], bool]  # what a cohort hears, and whether it reads the history of a stream
SMALL = 48  # bytes; a shorter text is not worth compressing
EVERY = 16  # messages between two join points while somebody waits for one
SHORT = 5  # memory level: what is kept of a message that is being packed; they are short
MANY = 4  # at once when a quarter as many wait as read: a message without history costs less than their plain frames


class Listener:
    """Tracks a socket as the fan-out sees it: the guarded websocket and the audiences it belongs to."""

    def __init__(self, websocket: WebSocketConnection) -> None:
        self.websocket, self.way_out = websocket, websocket.way_out
        self.audiences: set[str] = set()
        self.cohort: Cohort | None = None
        # called before it reads something long of its own
        websocket.step_out = lambda: self.cohort and self.cohort.wait(self)


class Cohort:
    """Shares a deflate stream among sockets that receive the same audiences."""

    def __init__(self, key: Key) -> None:
        self.key = key
        self.readers: dict[Listener, Way] = {}  # they read the stream, by their way out
        self.waiting: dict[Listener, Way] = {}  # they read plain frames until the next join point
        self._deflate: Any = None  # a zlib.compressobj while somebody reads
        self._since = 0

    def tell(self, text: bytes, plain: bytes) -> list[WebSocketConnection]:
        """Sends to all; returns the sockets that cannot keep up."""
        if not self.key[1] or len(text) < SMALL:
            return write_to_all(self.readers.values(), plain) + write_to_all(self.waiting.values(), plain)
        if not self.readers:  # nobody has a history yet: it begins now
            self._deflate, self._since = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS, SHORT), 0
            self._let_in()
        self._since += 1
        join_point = bool(self.waiting) and (self._since >= EVERY or len(self.waiting) * MANY >= len(self.readers))
        flush = zlib.Z_FULL_FLUSH if join_point else zlib.Z_SYNC_FLUSH
        packed = framed((self._deflate.compress(text) + self._deflate.flush(flush))[:-4], PACKED)
        slow = write_to_all(self.readers.values(), packed) + write_to_all(self.waiting.values(), plain)
        if join_point:
            self._let_in()
            self._since = 0
        return slow

    def wait(self, listener: Listener) -> None:
        """Sends the listener plain frames until the next join point."""
        self.readers.pop(listener, None)
        self.waiting[listener] = listener.way_out
        listener.websocket.shares = False

    def _let_in(self) -> None:
        for listener in self.waiting:
            listener.websocket.shares = True
        self.readers |= self.waiting
        self.waiting = {}

    def drop(self, listener: Listener) -> None:
        """Removes a listener, which receives something else from now on, or nothing."""
        self.readers.pop(listener, None)
        self.waiting.pop(listener, None)
        listener.websocket.shares = False


class Fanout:
    """Keeps the audiences of this process and the listeners in them."""

    def __init__(self, server: Server, guard: Gateway, cut: Callable[[str], None]) -> None:
        self.server, self.guard, self.cut = server, guard, cut  # cut(sid): ends a connection
        self._listeners: dict[str, Listener] = {}
        self._cohorts: dict[Key, Cohort] = {}
        self._of: dict[str, set[Cohort]] = {}  # audience -> its cohorts
        self._few: dict[str, set[Listener]] = {}  # audience of one to four people -> its listeners, outside of every cohort

    def enter(self, sid: str, audience: str, few: bool = False) -> None:
        """Adds the socket to the audience. `few`: hardly anybody else is in it, so that frames are sent plainly."""
        listener = self._listeners.get(sid)
        if listener is None:
            eio_sid = self.server.manager.eio_sid_from_sid(sid, "/")
            websocket = self.guard.connections.get(eio_sid)
            if websocket is None:
                return  # it has gone in the meantime
            listener = self._listeners[sid] = Listener(websocket)
        if few:
            self._few.setdefault(audience, set()).add(listener)
            return
        listener.audiences.add(audience)
        self._place(listener)

    def part(self, sid: str, audience: str) -> None:
        """Removes the socket from a small audience."""
        listeners = self._few.get(audience, set())
        listeners.discard(self._listeners.get(sid))
        if not listeners:
            self._few.pop(audience, None)

    def leave(self, sid: str) -> None:
        """Forgets a disconnected socket."""
        listener = self._listeners.pop(sid, None)
        if listener:
            listener.audiences = set()
            self._place(listener)
            for audience in [name for name, listeners in self._few.items() if listener in listeners]:
                self._few[audience].discard(listener)
                if not self._few[audience]:
                    del self._few[audience]

    def tell(self, audience: str, event: str, data: object) -> None:
        """Sends the event to everybody in the audience."""
        text = f"42{Wire.dumps([event, data])}".encode("utf-8", "replace")
        plain = framed(text, TEXT)
        slow = [socket for cohort in self._of.get(audience, ()) for socket in cohort.tell(text, plain)]
        slow += write_to_all([listener.way_out for listener in self._few.get(audience, ())], plain)
        for sid in [sid for sid, listener in self._listeners.items() if listener.websocket in slow] if slow else ():
            self.cut(sid)

    def _place(self, listener: Listener) -> None:
        """Puts the listener into the cohort of its audiences."""
        if listener.cohort:
            listener.cohort.drop(listener)
            if not listener.cohort.readers and not listener.cohort.waiting:
                del self._cohorts[listener.cohort.key]
                for name in listener.cohort.key[0]:
                    self._of[name].discard(listener.cohort)
                    if not self._of[name]:
                        del self._of[name]
        listener.cohort = None
        if listener.audiences:
            key = (frozenset(listener.audiences), listener.websocket.reads_history)
            listener.cohort = self._cohorts.setdefault(key, Cohort(key))
            listener.cohort.wait(listener)
            for name in listener.audiences:
                self._of.setdefault(name, set()).add(listener.cohort)
