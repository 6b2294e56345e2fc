"""Opens a websocket for a simulated device: wsproto on asyncio streams, text messages, no extensions."""
import asyncio
import ssl
from collections import deque
from contextlib import suppress
from urllib.parse import urlsplit

from wsproto import ConnectionType, WSConnection
from wsproto.events import (
    AcceptConnection,
    CloseConnection,
    Event,
    Message,
    Ping,
    Pong,
    RejectConnection,
    Request,
    TextMessage,
)
from wsproto.utilities import ProtocolError

PIECE = 64 * 1024
MOST = 16 * 1024 * 1024  # characters of one message; more is a fault of the other side


class Closed(Exception):
    """Holds the line is gone, or was refused; the message says how."""


class WebSocket:
    """Holds an open line: `send(text)`, `await receive()` -> text, `close()`."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter):
        self.reader, self.writer = reader, writer
        self.protocol = WSConnection(ConnectionType.CLIENT)
        self._events: deque[Event] = deque()  # that have come and are not dealt with
        self._parts: list[str] = []  # of the message that is coming

    @classmethod
    async def open(cls, url: str, cookie: str = "", seconds: float = 12.0) -> "WebSocket":
        """Connects to an http(s) URL. Raises Closed when it is refused or takes longer than `seconds`."""
        parts = urlsplit(url)
        secure = parts.scheme == "https"
        try:
            async with asyncio.timeout(seconds):
                line = cls(*await asyncio.open_connection(
                    parts.hostname, parts.port or (443 if secure else 80),
                    ssl=ssl.create_default_context() if secure else None))
                try:
                    return await line._shake(Request(host=parts.netloc, target=f"{parts.path}?{parts.query}", extra_headers=[
                        (b"Cookie", cookie.encode())] if cookie else []))
                except BaseException:
                    line.writer.close()
                    raise
        except (OSError, TimeoutError) as error:
            raise Closed(f"no connection: {error!r}") from None

    async def _shake(self, asked: Request) -> "WebSocket":
        self._send(asked)
        event = await self._event()
        if not isinstance(event, AcceptConnection):
            raise Closed(f"refused: {event.status_code if isinstance(event, RejectConnection) else event!r}")
        return self

    def send(self, text: str) -> None:
        """Sends one text message; it is on its way, not yet there."""
        self._send(TextMessage(text))

    async def receive(self) -> str:
        """Returns the next text message. Raises Closed."""
        while True:
            event = await self._event()
            if isinstance(event, Ping):
                self._send(event.response())
            elif isinstance(event, CloseConnection):
                raise Closed(f"closed: {event.code}")
            elif isinstance(event, Message):
                self._parts.append(event.data if isinstance(event, TextMessage) else "")
                if sum(map(len, self._parts)) > MOST:
                    raise Closed("the server broke the protocol: a message without end")
                if event.message_finished:
                    text, self._parts = "".join(self._parts), []
                    return text
            elif not isinstance(event, Pong):
                raise Closed(f"the server broke the protocol: {event!r}")

    async def _event(self) -> Event:
        """Returns what comes next. Raises Closed."""
        try:
            while not self._events:
                data = await self.reader.read(PIECE)
                self.protocol.receive_data(data or None)
                self._events.extend(self.protocol.events())
                if not data and not self._events:
                    raise Closed("cut")
            return self._events.popleft()
        except OSError as error:
            raise Closed(f"cut: {error!r}") from None
        except ProtocolError as error:  # also text that is none (RFC 6455 8.1)
            raise Closed(f"the server broke the protocol: {error}") from None

    def _send(self, event: Event) -> None:
        try:
            data = self.protocol.send(event)
        except ProtocolError:
            raise Closed("the line is closed") from None
        if self.writer.is_closing():
            raise Closed("the line is closed")
        self.writer.write(data)

    def close(self) -> None:
        """Hangs up, without waiting for the other side."""
        if not self.writer.is_closing():
            with suppress(Closed):  # the other side was first
                self._send(CloseConnection(1000))
            self.writer.close()
