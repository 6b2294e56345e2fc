"""WebSocket frames by hand (RFC 6455), and permessage-deflate as a browser reads it (RFC 7692)."""
import os
import struct
import zlib

OFFER = "permessage-deflate; client_max_window_bits"  # what browsers say
TAIL = b"\x00\x00\xff\xff"
TEXT, CLOSE = 1, 8


class NotUnderstood(Exception):
    """Bytes that no server of ours should send."""


def masked(data: bytes, first: int = 0x81) -> bytes:
    """A frame from a client: final, with `first` as its first byte."""
    size, mask = len(data), os.urandom(4)
    head = struct.pack("!BB", first, 0x80 | size) if size < 126 else struct.pack("!BBH", first, 0xFE, size)
    key = (mask * (size // 4 + 1))[:size]
    return head + mask + (int.from_bytes(data, "big") ^ int.from_bytes(key, "big")).to_bytes(size, "big")


class Writer:
    """Turns texts into frames as a browser does: where compression is agreed all of them are compressed, by the history of
    the connection or, if the server asks for it, each by itself.  `extension`: the server's answer to our offer, if any."""

    def __init__(self, extension: str):
        self.is_agreed, self.fresh = bool(extension), "client_no_context_takeover" in extension
        self.deflate = None

    def frame(self, text: str) -> bytes:
        """The frame of a text."""
        data = text.encode()
        if not self.is_agreed:
            return masked(data)
        if self.deflate is None or self.fresh:
            # A thousand of these are in one process: a window of 4 KB in place of 32, which the server cannot tell.
            self.deflate = zlib.compressobj(6, zlib.DEFLATED, -12, 5)
        return masked((self.deflate.compress(data) + self.deflate.flush(zlib.Z_SYNC_FLUSH))[:-4], 0xC1)


class Reader:
    """Turns the bytes of one connection into texts.  `extension`: the server's answer to our offer, if any."""

    def __init__(self, extension: str):
        self.fresh = "server_no_context_takeover" in extension  # each message is compressed by itself
        self.window = zlib.decompressobj(-zlib.MAX_WBITS) if extension else None
        self.rest = b""
        self.packed = 0  # compressed messages so far

    def read(self, data: bytes) -> list[str]:
        """The texts that these bytes complete.  Raises NotUnderstood, zlib.error."""
        data, at, texts = self.rest + data, 0, []
        while (end := _end(data, at)) is not None:
            start, end = end
            first = data[at]
            if not first & 0x80 or first & 0x30 or first & 15 not in (TEXT, CLOSE):
                raise NotUnderstood(f"a frame that begins with {first:#x}")
            if first & 15 == TEXT:
                texts.append(self._inflated(data[start:end]) if first & 0x40 else data[start:end].decode())
            at = end
        self.rest = data[at:]
        return texts

    def _inflated(self, payload: bytes) -> str:
        if self.window is None:
            raise NotUnderstood("a compressed frame where compression was not agreed")
        self.packed += 1
        text = self.window.decompress(payload + TAIL).decode()
        if self.fresh:
            self.window = zlib.decompressobj(-zlib.MAX_WBITS)
        return text


def _end(data: bytes, at: int) -> tuple[int, int] | None:
    """Where the payload of the frame at `at` begins and ends; None while it is not all there."""
    if len(data) < at + 2:
        return None
    size, start = data[at + 1], at + 2
    if size & 0x80:
        raise NotUnderstood("a masked frame from a server")
    if size > 125:
        start += 2 if size == 126 else 8
        if len(data) < start:
            return None
        size = int.from_bytes(data[at + 2:start], "big")
    return (start, start + size) if len(data) >= start + size else None
