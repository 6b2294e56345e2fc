"""Speaks HTTP on the eventlet server's connections: without Nagle's delay, and refusing ambiguous requests."""
import io
import socket
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import eventlet
from eventlet.wsgi import HttpProtocol, Input

from workshop.domain.limits import FRAME, PHOTO
from workshop.transport.http.chunked_body import BadChunk, ChunkedInput
from workshop.transport.http.connections import busy
from workshop.transport.http.head_check import are_plain_lines, is_clear

UNREAD, LINGER = 1 << 20, 2.0  # bytes and seconds of a refused body that are still taken
LET_GO = "tinkuy.let_go"
UNCLEAR = b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"


class CutOff(Exception):
    """Ends a request whose sender has hung up in the middle of it, or which is none."""


class GuardedHttpProtocol(HttpProtocol):
    """Sends small messages at once.

    A command makes the server write twice, the frame for the room and the answer; with Nagle's algorithm the answer would
    wait until the device's system has confirmed the frame, which most delay by 40 ms.
    """

    _lines: tuple[bytes, ...] | list[bytes] = ()  # of the head
    _is_first = True  # request of the connection

    def setup(self) -> None:
        with suppress(OSError):  # the visitor has already gone
            self.request.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, True)
        super().setup()

    def handle_one_request(self) -> None:
        """Reads a request and answers it."""
        try:
            super().handle_one_request()
        except CutOff:
            self.close_connection = True

    def _read_request_line(self) -> str | bytes:
        self.request.rest()
        line: str | bytes = super()._read_request_line()
        if not self._is_first and not self.request.waited:
            eventlet.sleep(0)  # it was there already, as perhaps five hundred more are: the others get a turn in between
        self._is_first = False
        return "" if self.request.ended else line

    def parse_request(self) -> bool:
        """Reads the head; tells whether there is somebody to answer."""
        self._remember_lines()
        if not super().parse_request() or self.request.ended or self._is_cut_off():
            self.close_connection = True
            return False
        if not (is_clear(self.headers._headers, self.request_version) and are_plain_lines(self._lines)):
            self.wfile.write(UNCLEAR)
            self.close_connection = True
            return False
        if not self.request.ask(self._length()):
            self._have_no_room()
            return False
        return True

    def _length(self) -> int:
        """Returns how many bytes of a body follow; the most that there may be when nobody says."""
        return PHOTO if self.headers.get("Transfer-Encoding") else int(self.headers.get("Content-Length") or 0)

    def _have_no_room(self) -> None:
        """Answers that there is no room for the body now, so that the sender finds it."""
        self.close_connection = True
        self.wfile.write(busy())
        self.wfile.flush()
        self.request.rest()  # nobody works for it
        with eventlet.Timeout(LINGER, False):
            left = UNREAD
            while left > 0 and (piece := self.rfile.fp.read1(16 << 10)):
                left -= len(piece)

    def _is_cut_off(self) -> bool:
        """Tells whether the connection ended in the middle of the head, which the standard library takes for its end: a page
        would be made for somebody who has gone, or a command carried out without the rest of what was said."""
        return bool(self._lines) and self._lines[-1] not in (b"\r\n", b"\n")

    def _remember_lines(self) -> None:
        """Keeps the raw lines of the head, and how it ended."""
        read: Callable[[int], bytes] = self.rfile.readline
        lines: list[bytes] = []

        def readline(size: int = -1) -> bytes:
            lines.append(read(size))
            return lines[-1]
        self.rfile.readline, self._lines = readline, lines

    def get_environ(self) -> dict[str, Any]:
        environ: dict[str, Any] = super().get_environ()
        if self.request_version == "HTTP/1.1" and self.headers.get("Connection", "").lower() == "keep-alive":
            del self.headers["Connection"]  # it is kept alive anyway; the answer need not say so each time
        body = environ["eventlet.input"]
        if body.chunked_input:
            body = environ["eventlet.input"] = environ["wsgi.input"] = ChunkedInput(
                self.rfile, None, self.connection, body.wfile, body.wfile_line, chunked_input=True)
            body.spoiled = self._spoil
            if body.wfile is None:  # else the sender waits for permission to go on
                self._begin(body)
        body.discard = lambda: self._discard(body)
        if 0 < (body.content_length or 0) <= FRAME and body.wfile is None and not body.chunked_input:
            # Whoever sends a small body byte by byte is waited for here, where it costs nothing; the application begins when
            # the request is whole, and not at all when the sender hangs up before.
            whole = self.rfile.read(body.content_length)
            if len(whole) < body.content_length:
                raise CutOff
            body.rfile = io.BytesIO(whole)
        environ[LET_GO] = self._let_go
        return environ

    def _begin(self, body: ChunkedInput) -> None:
        try:
            body.begin()
        except BadChunk:
            self.wfile.write(UNCLEAR)
            raise CutOff from None

    def _spoil(self) -> None:
        """Marks the connection as spoiled: where the next request begins is not known."""
        self.close_connection = True

    def _let_go(self) -> None:
        """Frees 24 KB of buffers: the connection has become a websocket, which reads and writes its socket itself."""
        self.wfile.close()
        self.rfile.close()
        self.request.become_websocket()

    def _discard(self, body: Input) -> None:
        """Discards the rest of a body that was not read to its end (a file that is too big) after the answer: takes a
        little, so that a sender who only listens afterwards finds the answer, then hangs up instead of reading it all."""
        with eventlet.Timeout(LINGER, False):
            left = UNREAD
            while left > 0:
                piece = body.read(min(left, 16 << 10))
                if not piece:
                    return
                left -= len(piece)
        self.close_connection = True
