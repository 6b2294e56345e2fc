"""Stands before the line: what a socket may send, checked before the protocol's own code decodes it.

It takes the websocket's place in Engine.IO's table for eventlet.  What it touches of their internals is listed, and held to
the originals, in tests/live/test_guard.py.  The other async modes read sockets with other code; they serve tests.
"""
import json
import re
import time
import zlib
from contextlib import suppress

from engineio import packet
from engineio.async_drivers.eventlet import WebSocketWSGI
from engineio.exceptions import SocketIsClosedError
from eventlet.green.socket import SHUT_RDWR
from eventlet.websocket import FailedConnectionError, RFC6455WebSocket

from workshop.domain.errors import Refusal
from workshop.domain.limits import Buckets
from workshop.live.fanout import Framed
from workshop.live.wire import Wire

LONG = 1000  # bytes; a shorter personal message is not worth compressing by itself
TOKEN_BYTES = 4096  # a large message takes a token more for each
EVENT = re.compile(r"42(?P<id>\d{0,9})(?=\[)", re.ASCII)
OTHER_ROOM = re.compile(r"4\d(/[\w/-]{0,40})(?:,|$)", re.ASCII)
PLAIN = frozenset({"1", "3", "41"})  # close, pong, leave


class Message(RFC6455WebSocket.Message):
    """A message under way: all its parts together may be as large as one frame."""

    size = 0

    def push(self, data, final=False):
        """Take a part, or end the line with 1009."""
        self.size += len(data)
        if self.size > self.max_frame_length:
            raise FailedConnectionError(1009, "too_large")
        super().push(data, final)


class GuardedSocket(RFC6455WebSocket):
    """A websocket that counts frames, unmasks them fast and hands on only what the application understands."""

    Message = Message

    def __init__(self, guard, transport, *args, **options):
        super().__init__(*args, **options)
        self.guard, self.transport, self.since = guard, transport, time.monotonic()
        self._over = False
        self.shares = False  # reads a deflate stream that others read too (fanout)
        self._compress = False
        asked = self.extensions.get("permessage-deflate")
        self.reads_history = asked is not None and not asked.get("server_no_context_takeover") and asked.get(
            "server_max_window_bits", zlib.MAX_WBITS) == zlib.MAX_WBITS

    @staticmethod
    def _apply_mask(data, mask, length=None, offset=0):
        """The original goes byte by byte, and 64 KB stop every room for 15 ms; one XOR of two large integers does not."""
        length = len(data) if length is None else length
        turned = bytes(mask[(offset + i) % 4] for i in range(4))
        key = (turned * (length // 4 + 1))[:length]
        return (int.from_bytes(data[:length], "big") ^ int.from_bytes(key, "big")).to_bytes(length, "big")

    def _recv_frame(self, message=None):
        self.pay(1)
        return super()._recv_frame(message)

    def pay(self, tokens: float) -> None:
        """Take tokens from the line's bucket, or end the line with 1008."""
        if self.guard.frames.take(self.transport.sid, time.monotonic(), tokens):
            raise FailedConnectionError(1008, "slow_down")

    def wait(self):
        """The next packet worth decoding; None when the line is over.  What is refused is answered here."""
        while (text := super().wait()) is not None:
            try:
                self.pay(len(text) / TOKEN_BYTES)
                answer = self.guard.objection(self.transport.sid, text)
                if answer is None:
                    return text
                self.transport.send(packet.Packet(packet.MESSAGE, data=answer))
            except FailedConnectionError as failure:
                self.close(close_data=(failure.status, failure.message))
                return None
            except SocketIsClosedError:
                return None
        return None

    def send(self, message, **kw):
        """A frame as it is, or a text for this socket alone: compressed by itself if it is long, but never between the
        messages of a shared stream, whose window it would spoil."""
        if isinstance(message, Framed):
            self._send(message)
        else:
            self._compress = not self.shares and len(message) > LONG
            super().send(message, **kw)

    def _get_permessage_deflate_enc(self):
        if not self._compress or "permessage-deflate" not in self.extensions:
            return None
        return zlib.compressobj(6, zlib.DEFLATED, -self.extensions["permessage-deflate"].get(
            "server_max_window_bits", zlib.MAX_WBITS))

    def close(self, close_data=None):
        """End the line once; the reader and the writer both try."""
        if not self._over:
            self._over = True
            super().close(close_data)


class Gate(WebSocketWSGI):
    """Opens guarded sockets; knows no protocol older than RFC 6455."""

    def __init__(self, guard, handler, server):
        super().__init__(handler, server)
        self.guard, self.transport, self.support_legacy_versions = guard, handler.__self__, False

    def _handle_hybi_request(self, environ):
        opened = super()._handle_hybi_request(environ)
        return self.guard.register(GuardedSocket(
            self.guard, self.transport, opened.socket, environ, opened.version, protocol=opened.protocol,
            extensions=opened.extensions, max_frame_length=self.max_frame_length))


class Guard:
    """The guarded sockets of this process by Engine.IO id."""

    def __init__(self, house, server):
        self.house, self.server = house, server
        self.lines: dict[str, GuardedSocket] = {}
        # Commands are answered `retry_after` beyond the burst; who goes on all the same is cut off at three times as much.
        self.frames = Buckets(house.config.rate, 3 * house.config.burst, 20_000)

    def stand(self) -> None:
        """Take the websocket's place."""
        self.server.eio._async = self.server.eio._async | {"websocket": lambda *args: Gate(self, *args)}

    def register(self, line: GuardedSocket) -> GuardedSocket:
        """Keep a new line."""
        self.lines[line.transport.sid] = line
        return line

    def is_in(self, eio_sid: str) -> bool:
        """Whether the line has said CONNECT and was let in."""
        return self.server.manager.sid_from_eio_sid(eio_sid, "/") is not None

    def objection(self, eio_sid: str, text) -> str | None:
        """None for a packet that may go on, else the packet to answer with."""
        if isinstance(text, bytes):
            return refused(Refusal("binary_refused"))
        if text in PLAIN:
            return None
        if text.startswith("40") and not text.startswith("40/"):
            if self.is_in(eio_sid):
                return refused(Refusal("already_connected"))
            return None if len(text) == 2 or isinstance(_read(text[2:]), dict) else refused(Refusal("bad_message"))
        event = EVENT.match(text)
        if event:
            said = _read(text[event.end():])
            if not isinstance(said, list) or not said or not isinstance(said[0], str):
                return refused(Refusal("bad_message"), event["id"])
            return None if said[0] in self._events() else refused(Refusal("unknown_event"), event["id"])
        if other := OTHER_ROOM.match(text):
            return f'4{other[1]},{{"message":"unknown_namespace"}}'
        return refused(Refusal("binary_refused" if text.startswith(("45", "46", "b")) else "bad_message"))

    def _events(self) -> set:
        return {name for name in self.server.handlers["/"] if name not in ("connect", "disconnect")}

    def sweep(self) -> None:
        """End the lines that were opened and never said who they are; forget those that are gone."""
        now, patience = time.monotonic(), self.house.config.connect_within
        for eio_sid, line in list(self.lines.items()):
            if eio_sid not in self.server.eio.sockets:
                del self.lines[eio_sid]
            elif now - line.since > patience and not self.is_in(eio_sid):
                line.close(close_data=(1008, "no_connect"))
                line.transport.close(wait=False, abort=True)

    def hang_up(self, eio_sid: str) -> None:
        """Pull the plug of a line that was asked to end; a peer that does not read could hold it open."""
        line = self.lines.pop(eio_sid, None)
        if line is not None:
            with suppress(OSError):  # it has gone by itself
                line.socket.shutdown(SHUT_RDWR)


def refused(refusal: Refusal, ack: str = "") -> str:
    """The Socket.IO packet that tells the sender why: the acknowledgement it waits for, else the event `refused`."""
    answer = refusal.answer()
    return f"3{ack}{Wire.dumps([answer])}" if ack else f"2{Wire.dumps(['refused', answer])}"


def _read(text: str):
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None
