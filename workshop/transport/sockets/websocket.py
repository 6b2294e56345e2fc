"""Serves one websocket: what comes in is counted before it is understood, what goes out leaves at once if nothing waits.

It works beneath Engine.IO: it reads commands and answers them without the layers above, and hands on only what opens and
closes the connection. What it touches of other people's internals is held to the originals, in
tests/live/transport/sockets/test_guard.py.
"""
import math
import struct
import time
import zlib
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from engineio.exceptions import SocketIsClosedError
from engineio.socket import Socket
from eventlet.websocket import FailedConnectionError, RFC6455WebSocket

from workshop.transport.sockets.frames import Message, TooBig, small_frame, unmasked
from workshop.transport.sockets.heartbeat import PING_EVERY, SLOW
from workshop.transport.sockets.socket_reader import SocketReader

if TYPE_CHECKING:
    from workshop.transport.sockets.gateway import Gateway

# What sends bytes and says how many, the queue, the lock of the senders, the connection.
Way = tuple[Callable[[bytes], int], deque[Any], Any, "WebSocketConnection"]
BACKLOG = 256  # frames
BACKLOG_BYTES = 256 * 1024
LONG = 1000  # bytes; a shorter personal message is not worth compressing by itself
TOKEN_BYTES = 4096  # a large message takes a token more for each
PONG = "3"
TEXT, PACKED = 0x81, 0xC1  # final text frame; the same, compressed


class Framed(bytes):
    """Holds bytes that are a frame, or the rest of one, already."""


class Owed:
    """Stands for a packet in a connection's queue: bytes that could not be sent at once."""

    def __init__(self, connection: "WebSocketConnection", data: bytes, counted: int):
        self.connection, self.data, self.counted = connection, Framed(data), counted
        connection.owed += counted
        connection.unsent += len(data)

    def encode(self) -> Framed:
        """Returns what the writer asks a packet for when it is about to send it."""
        self.connection.owed -= self.counted
        self.connection.unsent -= len(self.data)
        return self.data


class WebSocketConnection(RFC6455WebSocket):
    """Counts frames, unmasks them fast, answers events itself and writes to the system directly."""

    Message = Message

    socket: Any  # a SocketReader around the library's
    owed: int  # bytes of ours in the queue
    unsent: int  # the same, with what it has asked for itself

    def __init__(self, guard: "Gateway", transport: Socket, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.guard, self.transport = guard, transport
        self.since = time.monotonic()  # until it is known who it is (Gateway.sweep)
        self.socket = SocketReader(self.socket, self._hear)
        self.owed = self.unsent = 0
        self.heard, self.delay = self.since, 0.0  # monotonic; seconds that the last ping took there and back
        # When the last ping left that is not answered; when the next is due.
        self.pinged, self.due = 0.0, self.since + PING_EVERY
        self.shares = False  # reads a deflate stream that others read too (fanout)
        self.step_out: Callable[[], object] | None = None  # what takes it out of that stream
        asked = self.extensions.get("permessage-deflate")
        self.reads_history = asked is not None and not asked.get("server_no_context_takeover") and asked.get(
            "server_max_window_bits", zlib.MAX_WBITS) == zlib.MAX_WBITS
        self._over = False
        self._compress = False
        self._queue = transport.queue.queue
        self.way_out: Way = (self.socket.fd.send, self._queue, self._sendlock, self)  # what write_to_all asks each time
        transport.poll = self.queued

    @staticmethod
    def _apply_mask(data: bytes, mask: Sequence[int], length: int | None = None, offset: int = 0) -> bytes:
        turned = bytes(mask[(offset + i) % 4] for i in range(4))
        return unmasked(data if length is None else data[:length], turned)

    def _recv_frame(self, message: Any = None) -> Any:
        self.pay(1)
        return super()._recv_frame(message)

    def pay(self, tokens: float) -> None:
        """Takes tokens from the connection's bucket, or ends the connection with 1008."""
        if self.guard.frames.take(self.transport.sid, time.monotonic(), tokens):
            raise FailedConnectionError(1008, "slow_down")

    def wait(self) -> str | bytes | None:
        """Returns the next packet that is Engine.IO's business; None when the connection is over. Events, and what is
        refused, are answered here."""
        while True:
            try:
                text, price = self._next()
                if text is None:
                    return None
                self.pay(price + (text.size if isinstance(text, TooBig) else len(text)) / TOKEN_BYTES)
                if text == PONG:
                    self.answered()
                    continue
                answer = self.guard.take(self.transport.sid, text)
                if answer is self.guard.ON:
                    return text
                if isinstance(answer, str):
                    self.say(answer)
            except FailedConnectionError as failure:
                self.close(close_data=(failure.status, failure.message))
                return None
            except SocketIsClosedError:
                return None

    def _next(self) -> tuple[str | bytes | None, int]:
        """Returns (the next message or None, what its frames cost and is not paid yet). Nearly always it is a small frame
        that has come whole; eventlet reads the others."""
        found = small_frame(self.socket.peek())
        if found is None or (found[0] and "permessage-deflate" not in self.extensions):
            return super().wait(), 0
        packed, size, payload = found
        self.socket.take(size)
        try:
            if not packed:
                return payload.decode(), 1
            message = self.Message(1, self.max_frame_length, self.UTF8Decoder(), self._get_permessage_deflate_dec(True))
            message.push(payload, final=True)
            return message.getvalue(), 1
        except UnicodeDecodeError:
            raise FailedConnectionError(1007, "Text data must be valid utf-8") from None

    def _hear(self) -> None:
        self.heard = time.monotonic()

    @property
    def is_behind(self) -> bool:
        """Tells whether so much is on its way that nothing more should be asked for: one answer can be a whole board."""
        return self.unsent >= BACKLOG_BYTES

    def ping(self, now: float) -> None:
        """Pings the connection; Engine.IO would start a greenlet for it."""
        if not self.transport.closed:
            self.pinged, self.due = now, math.inf
            self.write(PING, owed=0)

    def queued(self) -> list[Any]:
        """Returns the packets that wait for their writer; none when the connection is over.

        Engine.IO's own gives up when it has had nothing to write for as long as a ping may take. Here most is written past
        the queue, and the reader is the one who notices that a connection is dead.
        """
        queue = self.transport.queue
        packets: list[Any] = []
        while not packets or not queue.empty():
            packet = queue.get()
            queue.task_done()
            if packet is None:
                if packets:
                    queue.put(None)  # for the next time
                break
            packets.append(packet)
        return packets

    def answered(self) -> None:
        """Notes a pong."""
        if self.pinged:
            self.delay = max(0.0, self.heard - self.pinged)
            self.pinged, self.due = 0.0, self.heard + PING_EVERY
            if self.delay >= SLOW:
                self.say(f'2["delay",{self.delay:.1f}]')

    def say(self, text: str) -> None:
        """Sends a Socket.IO packet to this socket alone.

        A long one is compressed by itself. That spoils the window of a shared stream, so the connection leaves it first and
        reads plain frames until the next join point; a phone that asks for 900 cards saves 190 KB so.
        """
        if self.transport.closed:
            raise SocketIsClosedError
        if len(self._queue) >= BACKLOG:  # it asks and asks, and reads none of the answers
            raise FailedConnectionError(1008, "slow_down")
        data = b"4" + text.encode("utf-8", "replace")
        if len(data) <= LONG or "permessage-deflate" not in self.extensions:
            self.write(framed(data, TEXT))
            return
        if self.shares and self.step_out:
            self.step_out()
        self.write(packed(data, self._window), owed=0)

    def tell(self, text: str) -> bool:
        """Sends a Socket.IO packet to this socket alone, from outside of its reader; False when it cannot keep up."""
        try:
            self.say(text)
        except SocketIsClosedError:
            pass  # its reader knows
        except FailedConnectionError:
            return False
        return True

    def write(self, data: bytes, owed: int | None = None) -> bool:
        """Sends a frame, at once if nothing waits; False when the backlog is too large. `owed`: how much of it counts for
        that; what a device asked for itself does not."""
        return not write_to_all([self.way_out], data, owed)

    def keep_back(self, rest: bytes, owed: int | None) -> bool:
        """Queues what could not be sent at once; False when that has become too much."""
        self.transport.queue.put(Owed(self, rest, len(rest) if owed is None else owed))
        return len(self._queue) < BACKLOG and self.owed < BACKLOG_BYTES

    def send(self, message: str | bytes, **kw: Any) -> None:
        """Sends a frame as it is, or a text for this socket alone: compressed by itself if it is long, but never between the
        messages of a shared stream, whose window it would spoil."""
        if isinstance(message, Framed):
            self._send(message)
        else:
            self._compress = not self.shares and len(message) > LONG
            super().send(message, **kw)

    def _get_permessage_deflate_enc(self) -> Any:
        if not self._compress or "permessage-deflate" not in self.extensions:
            return None
        return zlib.compressobj(6, zlib.DEFLATED, -self._window)

    @property
    def _window(self) -> int:
        """Returns how far back the device can look in what it reads; as an exponent of two."""
        bits: int = self.extensions["permessage-deflate"].get("server_max_window_bits", zlib.MAX_WBITS)
        return bits

    def close(self, close_data: tuple[int, str] | None = None) -> None:
        """Ends the connection once; the reader and the writer both try."""
        if not self._over:
            self._over = True
            self.socket.stop()
            if self.socket.fileno() >= 0:  # else it has been closed under our feet, and there is nothing to say
                super().close(close_data)


def write_to_all(ways_out: Iterable[Way], data: bytes, owed: int | None = None) -> list[WebSocketConnection]:
    """Sends a frame to connections by their `way_out`: at once to each for which nothing waits.

    Returns those whose backlog has become too large. A thousand connections are gone through eight times a second, and each
    attribute that is read of one comes from far away in memory; so few are.
    """
    size, slow = len(data), []
    for send, queue, lock, connection in ways_out:
        sent = 0
        if not queue and lock.counter > 0:
            try:
                sent = send(data)
            except BlockingIOError:
                pass
            except OSError:
                continue  # the reader notices by itself that the connection is gone
            if sent == size:
                continue
        if not connection.keep_back(data[sent:], owed):
            slow.append(connection)
    return slow


@lru_cache(maxsize=32)
def packed(data: bytes, window: int) -> bytes:
    """Compresses a frame by itself. A hall that comes in at once is sent the same ninety times."""
    deflate = zlib.compressobj(6, zlib.DEFLATED, -window)
    return framed((deflate.compress(data) + deflate.flush(zlib.Z_SYNC_FLUSH))[:-4], PACKED)


def framed(payload: bytes, first: int) -> bytes:
    """Builds an unmasked final frame (RFC 6455 5.2) with `first` as its first byte."""
    size = len(payload)
    if size < 126:
        return struct.pack("!BB", first, size) + payload
    if size < 65536:
        return struct.pack("!BBH", first, 126, size) + payload
    return struct.pack("!BBQ", first, 127, size) + payload


PING = framed(b"2", TEXT)
