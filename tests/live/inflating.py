"""A websocket that speaks permessage-deflate as a browser does: one window for all that it reads, and each message that it
sends compressed by itself, as the server asks for (RFC 7692)."""
import base64
import os
import socket
import struct
import time
import zlib
from urllib.parse import urlsplit

import websocket

from tests.live.device import Device
from tests.support.waiting import PATIENCE


class Inflating:
    """As much of websocket-client's interface as Device uses."""

    closing: tuple[int, str] | None = None  # the code and the reason with which the server has ended it

    def __init__(self, url: str, cookie: str, receive_buffer: int | None = None):
        where = urlsplit(url)
        self.sock = socket.socket()  # closed by `close`, whatever happens
        if receive_buffer:
            self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        self.sock.connect((where.hostname, where.port))
        self.window = zlib.decompressobj(-zlib.MAX_WBITS)
        self.buffer, self.packed, self.plain, self.bytes, self.saved = b"", 0, 0, 0, 0
        key = base64.b64encode(os.urandom(16)).decode()
        headers = ("GET /socket.io/?EIO=4&transport=websocket HTTP/1.1", f"Host: {where.netloc}", "Upgrade: websocket",
                   "Connection: Upgrade", f"Sec-WebSocket-Key: {key}", "Sec-WebSocket-Version: 13", f"Cookie: {cookie}",
                   "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits")
        self.sock.sendall(("\r\n".join(headers) + "\r\n\r\n").encode())
        self.settimeout(PATIENCE)
        while b"\r\n\r\n" not in self.buffer:
            self.buffer += self.sock.recv(4096)
        head, self.buffer = self.buffer.split(b"\r\n\r\n", 1)
        assert b" 101 " in head and b"permessage-deflate" in head, head
        assert b"client_no_context_takeover" in head, head

    def settimeout(self, seconds: float) -> None:
        """Seconds until `recv` gives up."""
        self.until = time.monotonic() + seconds

    def _need(self, size: int) -> bytes:
        while len(self.buffer) < size:
            self.sock.settimeout(max(0.001, self.until - time.monotonic()))
            try:
                more = self.sock.recv(65536)
            except TimeoutError:
                raise websocket.WebSocketTimeoutException from None
            if not more:
                raise websocket.WebSocketConnectionClosedException
            self.buffer += more
        return self.buffer[:size]

    def recv(self) -> str:
        """The next text."""
        head = self._need(2)
        size, start = head[1] & 127, 2
        if size > 125:
            start = 4 if size == 126 else 10
            size = int.from_bytes(self._need(start)[2:], "big")
        payload = self._need(start + size)[start:]
        self.buffer = self.buffer[start + size:]
        self.bytes += start + size
        if head[0] & 15 == 8:
            self.closing = int.from_bytes(payload[:2], "big"), payload[2:].decode()
            raise websocket.WebSocketConnectionClosedException
        if head[0] & 0x40:
            self.packed += 1
            small = len(payload)
            payload = self.window.decompress(payload + b"\x00\x00\xff\xff")
            self.saved += len(payload) - small
        else:
            self.plain += 1
        return payload.decode()

    def send(self, text: str) -> None:
        """A masked text frame."""
        self._frame(0x81, text.encode())

    def send_packed(self, text: str) -> None:
        """The same, compressed by itself."""
        self._frame(0xC1, packed(zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS), text))

    def _frame(self, first: int, data: bytes) -> None:
        mask = os.urandom(4)
        size = len(data)
        head = struct.pack("!BB", first, 0x80 | size) if size < 126 else struct.pack("!BBH", first, 0xFE, size)
        self.sock.sendall(head + mask + bytes(b ^ mask[i % 4] for i, b in enumerate(data)))

    def close(self) -> None:
        """Drop the connection."""
        self.sock.close()

    shutdown = close


def packed(deflate, text: str) -> bytes:
    """The text as the next message of a compressor."""
    return (deflate.compress(text.encode()) + deflate.flush(zlib.Z_SYNC_FLUSH))[:-4]


class InflatingDevice(Device):
    """A device whose socket reads compressed frames."""

    receive_buffer = None

    def open_socket(self):
        """The websocket."""
        return Inflating(self.url, self.cookie, self.receive_buffer)
