"""One client: a raw socket that is read while the clock runs and understood when it has stopped."""
import base64
import os
import socket
import time

from tests.bench.fanout.load.framing import OFFER, Reader, Writer

PING = b"\x81\x01" + b"2"  # Engine.IO's, as every server here sends it unless it compresses even that
MOST = 65_536


class Line:
    """A connection to a server on this machine.  `kept`: (seconds, bytes) of everything that came since `keep`."""

    def __init__(self, port: int, dialect, deflate: bool, cookie: str = ""):
        self.dialect, self.seated, self.over = dialect, False, False
        self.reader, self.writer = None, Writer("")
        self.heard: list[str] = []
        self.kept: list[tuple[float, bytes]] | None = None
        self.head = b""
        self.bytes = 0
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        ask = ["GET /socket.io/?EIO=4&transport=websocket HTTP/1.1", f"Host: 127.0.0.1:{port}", "Upgrade: websocket",
               "Connection: Upgrade", f"Sec-WebSocket-Key: {base64.b64encode(os.urandom(16)).decode()}",
               "Sec-WebSocket-Version: 13"]
        ask += [f"Cookie: {cookie}"] * bool(cookie) + [f"Sec-WebSocket-Extensions: {OFFER}"] * deflate
        self.socket.sendall(("\r\n".join(ask) + "\r\n\r\n").encode())
        self.socket.setblocking(False)

    def receive(self) -> bool:
        """Take what has come; whether it was more than the transport's heartbeat."""
        try:
            data = self.socket.recv(MOST)
        except BlockingIOError:
            return False
        except OSError:
            data = b""
        if not data:
            self.over = True
        elif self.kept is not None:
            self.kept.append((time.monotonic(), data))
            if PING in data:
                self.say("3")
        else:
            self.bytes += len(data)
            self._understand(data)
        return data != PING

    def _understand(self, data: bytes) -> None:
        if self.reader is None:
            self.head += data
            head, end, data = self.head.partition(b"\r\n\r\n")
            if not end:
                return
            if b" 101 " not in head.split(b"\r\n", 1)[0]:
                raise ConnectionError(head.decode(errors="replace"))
            agreed = [row for row in head.decode().split("\r\n") if row.lower().startswith("sec-websocket-extensions:")]
            extension = agreed[0] if agreed else ""
            self.reader, self.writer = Reader(extension), Writer(extension)
        for text in self.reader.read(data):
            self.heard.append(text)
            if text.startswith("0{"):
                self.say(self.dialect.greeting())
            elif text == "2":
                self.say("3")
            elif text.startswith("44"):
                raise ConnectionError(text)
        self.seated = self.seated or self.dialect.is_seated(self.heard)

    def say(self, text: str) -> None:
        """Send a packet; the system's buffer is larger than anything said here, unless the server reads no more."""
        try:
            if self.socket.send(frame := self.writer.frame(text)) < len(frame):
                self.over = True
        except OSError:
            self.over = True

    def keep(self) -> None:
        """From now on only keep what comes."""
        self.kept = []

    def close(self) -> None:
        """Drop the connection."""
        self.socket.close()
