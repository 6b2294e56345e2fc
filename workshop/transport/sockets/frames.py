"""Reads websocket messages: one is kept up to a size, read past beyond it, and recognised at once when it is small and
whole."""
import zlib

from eventlet.websocket import FailedConnectionError, RFC6455WebSocket

from workshop.domain.limits import FRAME

DRAINED = 8 * FRAME  # of a message that is too large: read and thrown away, and its sender told; beyond, the connection ends


class TooBig(str):
    """Holds how a message began that was too large to keep. `size`: bytes of the whole."""

    size = 0


class Message(RFC6455WebSocket.Message):
    """Collects a message: all its parts together, inflated, are kept up to FRAME bytes and counted up to DRAINED."""

    size = 0

    def push(self, data: bytes, final: bool = False) -> None:
        """Takes a part, or ends the connection with 1009 (too much) or 1007 (cannot be inflated)."""
        self.finished = final
        self._take(data)

    def _take(self, data: bytes) -> None:
        if not self.decompressor:
            return self._keep(data)
        while True:  # what is thrown away is inflated all the same: it is counted and paid for
            try:
                self._keep(self.decompressor.decompress(data, FRAME))
            except zlib.error:  # nonsense, or it refers to messages before, which was agreed not to be done
                raise FailedConnectionError(1007, "bad_compression") from None
            data = self.decompressor.unconsumed_tail
            if not data:
                return None

    def _keep(self, data: bytes) -> None:
        room = FRAME - self.size
        self.size += len(data)
        if self.size > DRAINED:
            raise FailedConnectionError(1009, "too_big")
        if room > 0:
            self.data.append(data[:room])

    def getvalue(self) -> str | bytes:
        """Returns the text or the bytes; TooBig for what was too large."""
        if self.decompressor:
            self._take(b"\x00\x00\xff\xff")
        data = b"".join(self.data)
        if self.size > FRAME:
            start = TooBig(data[:64].decode("utf-8", "replace"))
            start.size = self.size
            return start
        return self.decoder.decode(data, self.finished) if self.decoder else data


def unmasked(data: bytes, mask: bytes) -> bytes:
    """Unmasks the payload of a frame (RFC 6455 5.3), or masks one.

    Eventlet goes byte by byte, and 64 KB stop every room for 15 ms; one XOR of two large integers does not.
    """
    size = len(data)
    key = (mask * (size // 4 + 1))[:size]
    return (int.from_bytes(data, "big") ^ int.from_bytes(key, "big")).to_bytes(size, "big")


def small_frame(data: bytes) -> tuple[bool, int, bytes] | None:
    """Reads (compressed, length on the wire, payload) of the final text frame with which `data` begins; None where it begins
    with anything else: a part of a message, a control frame, a frame that has not come whole. Those are left to eventlet."""
    if len(data) < 6 or data[0] not in (0x81, 0xC1) or not data[1] & 0x80:
        return None
    size, at = data[1] & 0x7F, 2
    if size == 126:
        size, at = int.from_bytes(data[2:4], "big"), 4
    end = at + 4 + size
    if size == 127 or len(data) < end:
        return None
    return data[0] == 0xC1, end, unmasked(data[at + 4:end], data[at:at + 4])
