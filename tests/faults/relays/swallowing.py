"""A proxy through which plain requests pass and websockets do not, as some firms and providers have them."""
import base64
import hashlib
import re
import socket
import threading
from contextlib import suppress

MUTE, DEAF = "the upgrade is never answered", "it is answered with 101, and then every frame is swallowed"
GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"  # RFC 6455


class Swallowing:
    """A relay on this machine to `target`; `how`: MUTE, DEAF, or "" while everything passes.  `upgrades` counts the sockets
    that were tried since the last change of `how`.  With `turn`, sockets that are open swallow from then on."""

    def __init__(self, target: int, how: str):
        self.target, self.how, self.upgrades = target, how, 0
        self._swallows = False
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._open: list[socket.socket] = []
        self._ended, self._changing = False, threading.Lock()

    def turn(self, how: str) -> None:
        """Sockets that are open say nothing more to either side, and new ones are treated as `how` says."""
        self.how, self.upgrades, self._swallows = how, 0, True

    def __enter__(self) -> "Swallowing":
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_):
        with self._changing:
            self._ended = True
        for one in [self._listener, *self._open]:
            _close(one)

    def _keep(self, one: socket.socket) -> socket.socket:
        """The socket, to be closed at the end; at once where that has come already."""
        with self._changing:
            self._open.append(one)
            if self._ended:
                _close(one)
        return one

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                device, _address = self._listener.accept()
                self._keep(device)
                threading.Thread(target=self._serve, args=(device,), daemon=True).start()

    def _serve(self, device: socket.socket) -> None:
        with suppress(OSError):
            head = device.recv(65536)
            line = b"upgrade: websocket" in head.lower()
            self.upgrades += line
            if line and self.how:
                if self.how == DEAF:
                    device.sendall(_accepted(head))
                while device.recv(65536):
                    pass
                return
            server = self._keep(socket.create_connection(("127.0.0.1", self.target)))
            server.sendall(head)
            threading.Thread(target=self._pass, args=(server, device, line), daemon=True).start()
            self._pass(device, server, line)

    def _pass(self, one: socket.socket, other: socket.socket, line: bool) -> None:
        with suppress(OSError):
            while piece := one.recv(65536):
                if not (line and self._swallows):
                    other.sendall(piece)
        with suppress(OSError):
            other.shutdown(socket.SHUT_WR)


def _close(one: socket.socket) -> None:
    with suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)
    one.close()


def _accepted(head: bytes) -> bytes:
    [key] = re.findall(rb"(?i)sec-websocket-key:\s*(\S+)", head)
    proof = base64.b64encode(hashlib.sha1(key + GUID).digest())
    return (b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            b"Sec-WebSocket-Accept: " + proof + b"\r\n\r\n")
