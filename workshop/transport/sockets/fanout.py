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


class Line:
    """A socket as the fan-out sees it: the guarded websocket and what it hears."""

    def __init__(self, websocket: WebSocketConnection) -> None:
        self.websocket, self.way_out = websocket, websocket.way_out
        self.audiences: set[str] = set()
        self.cohort: Cohort | None = None
        websocket.step_out = lambda: self.cohort and self.cohort.wait(self)  # about to read something long of its own


class Cohort:
    """Sockets that hear the same audiences, and the deflate stream that they share."""

    def __init__(self, key: Key) -> None:
        self.key = key
        self.lines: dict[Line, Way] = {}  # they read the stream, by their way out
        self.waiting: dict[Line, Way] = {}  # they read plain frames until the next join point
        self._deflate: Any = None  # a zlib.compressobj while somebody reads
        self._since = 0

    def tell(self, text: bytes, plain: bytes) -> list[WebSocketConnection]:
        """Send to all; returns the sockets that cannot keep up."""
        if not self.key[1] or len(text) < SMALL:
            return write_to_all(self.lines.values(), plain) + write_to_all(self.waiting.values(), plain)
        if not self.lines:  # nobody has a history yet: it begins now
            self._deflate, self._since = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS, SHORT), 0
            self._let_in()
        self._since += 1
        join_point = bool(self.waiting) and (self._since >= EVERY or len(self.waiting) * MANY >= len(self.lines))
        flush = zlib.Z_FULL_FLUSH if join_point else zlib.Z_SYNC_FLUSH
        packed = framed((self._deflate.compress(text) + self._deflate.flush(flush))[:-4], PACKED)
        slow = write_to_all(self.lines.values(), packed) + write_to_all(self.waiting.values(), plain)
        if join_point:
            self._let_in()
            self._since = 0
        return slow

    def wait(self, line: Line) -> None:
        """The line reads plain frames until the next join point."""
        self.lines.pop(line, None)
        self.waiting[line] = line.way_out
        line.websocket.shares = False

    def _let_in(self) -> None:
        for line in self.waiting:
            line.websocket.shares = True
        self.lines |= self.waiting
        self.waiting = {}

    def drop(self, line: Line) -> None:
        """The line hears something else from now on, or nothing."""
        self.lines.pop(line, None)
        self.waiting.pop(line, None)
        line.websocket.shares = False


class Fanout:
    """The audiences of this process and the lines in them."""

    def __init__(self, server: Server, guard: Gateway, cut: Callable[[str], None]) -> None:
        self.server, self.guard, self.cut = server, guard, cut  # cut(sid): end a line
        self._lines: dict[str, Line] = {}
        self._cohorts: dict[Key, Cohort] = {}
        self._of: dict[str, set[Cohort]] = {}  # audience -> its cohorts
        self._few: dict[str, set[Line]] = {}  # audience of one to four people -> its lines, outside of every cohort

    def enter(self, sid: str, audience: str, few: bool = False) -> None:
        """The socket hears the audience from now on.  `few`: hardly anybody else does, so that it is told plainly."""
        line = self._lines.get(sid)
        if line is None:
            eio_sid = self.server.manager.eio_sid_from_sid(sid, "/")
            websocket = self.guard.lines.get(eio_sid)
            if websocket is None:
                return  # it has gone in the meantime
            line = self._lines[sid] = Line(websocket)
        if few:
            self._few.setdefault(audience, set()).add(line)
            return
        line.audiences.add(audience)
        self._place(line)

    def part(self, sid: str, audience: str) -> None:
        """The socket hears the audience of few no more."""
        lines = self._few.get(audience, set())
        lines.discard(self._lines.get(sid))
        if not lines:
            self._few.pop(audience, None)

    def leave(self, sid: str) -> None:
        """The socket is gone."""
        line = self._lines.pop(sid, None)
        if line:
            line.audiences = set()
            self._place(line)
            for audience in [name for name, lines in self._few.items() if line in lines]:
                self._few[audience].discard(line)
                if not self._few[audience]:
                    del self._few[audience]

    def tell(self, audience: str, event: str, data: object) -> None:
        """Send the event to everybody in the audience."""
        text = f"42{Wire.dumps([event, data])}".encode("utf-8", "replace")
        plain = framed(text, TEXT)
        slow = [socket for cohort in self._of.get(audience, ()) for socket in cohort.tell(text, plain)]
        slow += write_to_all([line.way_out for line in self._few.get(audience, ())], plain)
        for sid in [sid for sid, line in self._lines.items() if line.websocket in slow] if slow else ():
            self.cut(sid)

    def _place(self, line: Line) -> None:
        """Put the line into the cohort of its audiences."""
        if line.cohort:
            line.cohort.drop(line)
            if not line.cohort.lines and not line.cohort.waiting:
                del self._cohorts[line.cohort.key]
                for name in line.cohort.key[0]:
                    self._of[name].discard(line.cohort)
                    if not self._of[name]:
                        del self._of[name]
        line.cohort = None
        if line.audiences:
            key = (frozenset(line.audiences), line.websocket.reads_history)
            line.cohort = self._cohorts.setdefault(key, Cohort(key))
            line.cohort.wait(line)
            for name in line.audiences:
                self._of.setdefault(name, set()).add(line.cohort)
