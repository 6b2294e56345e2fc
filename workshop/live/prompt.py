"""The eventlet server's connections without Nagle's delay."""
import socket
from contextlib import suppress

from eventlet.wsgi import HttpProtocol


class PromptProtocol(HttpProtocol):
    """Small messages leave at once.

    A command makes the server write twice, the frame for the room and the answer; with Nagle's algorithm the answer would
    wait until the device's system has confirmed the frame, which most delay by 40 ms.
    """

    def setup(self):
        with suppress(OSError):  # the visitor has already gone
            self.request.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, True)
        super().setup()
