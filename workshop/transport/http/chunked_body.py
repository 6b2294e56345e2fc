"""Reads a chunked body, each length in the one way that all proxies read it."""
import re
from collections.abc import Callable
from typing import Protocol

from eventlet.wsgi import ChunkReadError, Input
from werkzeug.exceptions import BadRequest

SIZE = re.compile(rb"(?P<size>[0-9A-Fa-f]{1,8})(?:[ \t]*;[\t -~]*)?\r\n")
LONGEST, TRAILERS = 1024, 32  # bytes of a line between chunks; fields after the last


class Lines(Protocol):
    """Describes what lines are read from."""

    def readline(self, most: int, /) -> bytes: ...


class BadChunk(ChunkReadError, BadRequest):
    """Reports that what stands between chunks is no length, or no end."""


class ChunkedInput(Input):
    """Replaces eventlet's body, which would take `0x2`, `-2` and `1_0` for lengths and any line for the end of a chunk.
    Raises BadChunk, and then at each further reading; `spoiled` is called with the first."""

    in_chunk, trailers, is_bad = False, 0, False
    spoiled: Callable[[], None] = staticmethod(lambda: None)

    def begin(self) -> None:
        """Reads the first length, so that a request of which the body is unclear from the start is none."""
        self.chunk_length, self.position = int(self.line_between(self.rfile).partition(b";")[0], 16), 0
        if self.chunk_length == 0:
            self._discard_trailers(_Between(self, self.rfile))

    def _chunked_read(self, rfile: Lines, length: int | None = None, use_readline: bool = False) -> bytes:
        if self.is_bad:
            raise BadChunk
        found: bytes = super()._chunked_read(_Between(self, rfile), length, use_readline)
        return found

    def line_between(self, rfile: Lines) -> bytes:
        """Reads the next line that is not of a chunk, when it is as it should be."""
        line = rfile.readline(LONGEST)
        if self.in_chunk:
            self.in_chunk, is_good = False, line == b"\r\n"
        elif self.chunk_length == 0:
            self.trailers += 1
            is_good = self.trailers <= TRAILERS and line.endswith(b"\n")
        else:
            found = SIZE.fullmatch(line)
            is_good, self.in_chunk = found is not None, found is not None and int(found["size"], 16) > 0
        if not is_good:
            self.is_bad = True
            self.spoiled()
            raise BadChunk
        return line


class _Between:
    """Gives eventlet the lines between chunks where it asks for them."""

    def __init__(self, body: ChunkedInput, rfile: Lines) -> None:
        self.body, self.rfile = body, rfile

    def readline(self) -> bytes:
        return self.body.line_between(self.rfile)
