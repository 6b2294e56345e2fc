"""Reads a websocket's connection with one persistent listener at the hub, for as long as it lives.

Eventlet's own `recv` has the system watch the socket, sets a timer, and takes both back again, for each piece that comes.
With a thousand connections that answer a ping every five seconds this costs more than what they have to say. Those that have
been silent for too long are found by `Gateway.ping`, which looks at all of them each second anyway.
"""
from collections.abc import Callable
from typing import Any

from eventlet.greenio import GreenSocket
from eventlet.hubs import get_hub
from greenlet import getcurrent

AHEAD = 4096  # bytes asked of the system at once
HELD = 64 * 1024  # bytes that nobody has taken yet; at so many the sender has to wait


class SocketReader:
    """Listens to a socket all the time. `heard()` is called whenever something comes.

    What it does not have is the socket's own. It is read by one greenlet, which alone may call `peek`, `recv` and `take`.
    """

    def __init__(self, socket: GreenSocket, heard: Callable[[], None]) -> None:
        self._socket, self._heard = socket, heard
        self._held = b""
        self._is_over = False
        self._listener = self._reader = None

    def peek(self) -> bytes:
        """Returns what has come and was not taken, some bytes at least; waits for them. Empty when the peer has closed."""
        while not self._held and not self._is_over:
            self._listen()
            self._reader = getcurrent()
            try:
                get_hub().switch()
            finally:
                self._reader = None
        return self._held

    def recv(self, most: int) -> bytes:
        """Returns up to `most` bytes; empty when the peer has closed."""
        data = self.peek()[:most]
        self.take(len(data))
        return data

    def take(self, size: int) -> None:
        """Discards so many bytes that are dealt with."""
        self._held = self._held[size:]

    def stop(self) -> None:
        """Stops listening; what has come can still be read. Has to be called before the socket is closed: its number will
        soon be another's."""
        self._is_over = True
        self._let_go()
        self._wake()

    def close(self) -> None:
        """Closes the socket."""
        self.stop()
        self._socket.close()

    def _listen(self) -> None:
        if self._listener is None:
            hub = get_hub()
            self._listener = hub.add(hub.READ, self._socket.fileno(), self._come, self._lost, None)

    def _let_go(self) -> None:
        if self._listener is not None:
            get_hub().remove(self._listener)
            self._listener = None

    def _come(self, _fileno: int) -> None:
        """Takes what has come, called by the hub; nothing may wait here."""
        try:
            data = self._socket.fd.recv(AHEAD)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if data:
            self._heard()
            self._held += data
            if len(self._held) >= HELD:
                self._let_go()
            self._wake()
        else:
            self.stop()

    def _lost(self, *_error: object) -> None:
        """Notes that the hub has given the socket's number to another connection: somebody closed it under us."""
        self._listener = None
        self.stop()

    def _wake(self) -> None:
        """Wakes the reader: at once where the hub itself has called, else at its next turn."""
        hub = get_hub()
        if getcurrent() is hub.greenlet:
            self._go_on()
        elif self._reader is not None:
            hub.schedule_call_global(0, self._go_on)

    def _go_on(self) -> None:
        reader, self._reader = self._reader, None
        if reader is not None:
            reader.switch()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._socket, name)
