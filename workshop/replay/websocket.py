"""The client's side of RFC 6455 on asyncio streams: text messages, ping, close; no extensions."""
import asyncio
import base64
import hashlib
import secrets
import ssl
from urllib.parse import urlsplit

MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
TEXT, CLOSE, PING, PONG = 0x1, 0x8, 0x9, 0xA
MOST = 16 * 1024 * 1024  # bytes of one message; more is a fault of the other side


class Closed(Exception):
    """The line is gone, or was refused; the message says how."""


class WebSocket:
    """An open line: `send(text)`, `await receive()` -> text, `close()`."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter):
        self.reader, self.writer = reader, writer

    @classmethod
    async def open(cls, url: str, cookie: str = "", seconds: float = 12.0) -> "WebSocket":
        """Connect to an http(s) URL.  Raises Closed when it is refused or takes longer than `seconds`."""
        try:
            async with asyncio.timeout(seconds):
                return await cls._shake(url, cookie)
        except (OSError, EOFError, TimeoutError, asyncio.LimitOverrunError) as error:
            raise Closed(f"no connection: {error!r}") from None

    @classmethod
    async def _shake(cls, url: str, cookie: str) -> "WebSocket":
        parts = urlsplit(url)
        secure = parts.scheme == "https"
        reader, writer = await asyncio.open_connection(
            parts.hostname, parts.port or (443 if secure else 80), ssl=ssl.create_default_context() if secure else None)
        key = base64.b64encode(secrets.token_bytes(16)).decode()
        lines = [f"GET {parts.path}?{parts.query} HTTP/1.1", f"Host: {parts.netloc}", "Upgrade: websocket",
                 "Connection: Upgrade", f"Sec-WebSocket-Key: {key}", "Sec-WebSocket-Version: 13"]
        if cookie:
            lines.append(f"Cookie: {cookie}")
        writer.write(("\r\n".join(lines) + "\r\n\r\n").encode())
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
            said = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:])}
            right = base64.b64encode(hashlib.sha1((key + MAGIC).encode(), usedforsecurity=False).digest()).decode()
            if head[0].split()[1:2] != ["101"] or said.get("sec-websocket-accept") != right:
                raise Closed(f"refused: {head[0]}")
        except BaseException:
            writer.close()
            raise
        return cls(reader, writer)

    def send(self, text: str) -> None:
        """Send one text message; it is on its way, not yet there."""
        self._frame(TEXT, text.encode())

    async def receive(self) -> str:
        """The next text message.  Raises Closed."""
        parts = []
        while True:
            try:
                final, code, data = await self._read()
            except (OSError, EOFError) as error:
                raise Closed(f"cut: {error!r}") from None
            if code == PING:
                self._frame(PONG, data)
            elif code == CLOSE:
                raise Closed(f"closed by the server: {int.from_bytes(data[:2], 'big') if data else 'no code'}")
            elif code != PONG:
                parts.append(data)
                if final:
                    return self._text(b"".join(parts))

    @staticmethod
    def _text(data: bytes) -> str:
        try:
            return data.decode()
        except UnicodeDecodeError:  # as browsers do (RFC 6455 8.1)
            raise Closed("the server's text is broken") from None

    async def _read(self) -> tuple[bool, int, bytes]:
        first, second = await self.reader.readexactly(2)
        size = second & 0x7F
        if size > 125:
            size = int.from_bytes(await self.reader.readexactly(2 if size == 126 else 8), "big")
        if second & 0x80 or size > MOST:
            raise Closed("the server broke the protocol")
        return bool(first & 0x80), first & 0x0F, await self.reader.readexactly(size)

    def _frame(self, code: int, data: bytes) -> None:
        if self.writer.is_closing():
            raise Closed("the line is closed")
        size = len(data)
        head = bytes([0x80 | code]) + (
            bytes([0x80 | size]) if size < 126 else b"\xfe" + size.to_bytes(2, "big") if size < 65536
            else b"\xff" + size.to_bytes(8, "big"))
        mask = secrets.token_bytes(4)
        pad = int.from_bytes((mask * (size // 4 + 1))[:size], "big")
        self.writer.write(head + mask + (int.from_bytes(data, "big") ^ pad).to_bytes(size, "big"))

    def close(self) -> None:
        """Hang up, without waiting for the other side."""
        if not self.writer.is_closing():
            self._frame(CLOSE, (1000).to_bytes(2, "big"))
            self.writer.close()
