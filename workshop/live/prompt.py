"""The eventlet server's connections: without Nagle's delay, quick with a plain head, and without patience for what nobody
wants to read."""
import io
import socket
from contextlib import suppress

import eventlet
from eventlet.wsgi import HttpProtocol

from workshop.domain.limits import FRAME
from workshop.live.head import plain_head

UNREAD, LINGER = 1 << 20, 2.0  # bytes and seconds of a refused body that are still taken
LET_GO = "tinkuy.let_go"


class CutOff(Exception):
    """The sender has hung up in the middle of a request."""


class PromptProtocol(HttpProtocol):
    """Small messages leave at once.

    A command makes the server write twice, the frame for the room and the answer; with Nagle's algorithm the answer would
    wait until the device's system has confirmed the frame, which most delay by 40 ms.
    """

    _last_line = None  # of a head that the standard library reads

    def setup(self):
        with suppress(OSError):  # the visitor has already gone
            self.request.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, True)
        super().setup()

    def handle_one_request(self):
        """Read a request and answer it."""
        try:
            super().handle_one_request()
        except CutOff:
            self.close_connection = True

    def _read_request_line(self):
        self.request.rest()
        line = super()._read_request_line()
        return "" if self.request.ended else line

    def parse_request(self):
        """Read the head; whether there is somebody to answer."""
        if not self._parse_request() or self.request.ended or self._is_cut_off():
            self.close_connection = True
            return False
        self.request.ask()
        return True

    def _is_cut_off(self) -> bool:
        """Whether the line ended in the middle of the head, which the standard library takes for its end: a page would be
        made for somebody who has gone, or a command carried out without the rest of what was said."""
        last, self._last_line = self._last_line, None
        return last is not None and last not in (b"\r\n", b"\n")

    def _parse_request(self) -> bool:
        ahead = self.rfile.fp.peek()  # eventlet counts what is read past it; this is all it has
        found = plain_head(self.raw_requestline, ahead) if self.protocol_version == "HTTP/1.1" else None
        if found is None:
            self._remember_lines()
            return super().parse_request()
        self.command, self.path, self.headers, size = found
        self.rfile.fp.read(size)
        self.requestline = self.raw_requestline.decode("ascii").rstrip()
        self.request_version = self.protocol_version
        self.close_connection = self.headers.get("Connection", "").lower() == "close"
        return True

    def _remember_lines(self) -> None:
        """Let it be known how the head has ended."""
        read = self.rfile.readline

        def readline(size: int = -1) -> bytes:
            self._last_line = read(size)
            return self._last_line
        self.rfile.readline = readline

    def get_environ(self):
        environ = super().get_environ()
        if self.request_version == "HTTP/1.1" and self.headers.get("Connection", "").lower() == "keep-alive":
            del self.headers["Connection"]  # it is kept alive anyway; the answer need not say so each time
        body = environ["eventlet.input"]
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

    def _let_go(self) -> None:
        """The connection has become a line, which reads and writes its socket itself: 24 KB of buffers are free."""
        self.wfile.close()
        self.rfile.close()
        self.request.become_line()

    def _discard(self, body) -> None:
        """The answer is given and the body was not read to its end (a file that is too big): take a little of the rest,
        so that a sender who only listens afterwards finds the answer, then hang up instead of reading it all."""
        with eventlet.Timeout(LINGER, False):
            left = UNREAD
            while left > 0:
                piece = body.read(min(left, 16 << 10))
                if not piece:
                    return
                left -= len(piece)
        self.close_connection = 1
