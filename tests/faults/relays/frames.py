"""The frames of a server, doubled, reordered, lost or cut short on their way to the device."""
from collections import Counter
from random import Random

TEXT = 1
FATES = ("double", "late", "lost", "short")


class Twist:
    """Understands what a server says on one WebSocket and twists a part of its events and answers.

    `share`: how many of a hundred frames are twisted.  Pings and the opening are let through: without them there is no line.
    `counts` adds up over connections: frames, and how many were doubled, late, lost and short.
    """

    def __init__(self, random: Random, share: float, counts: Counter, fates=FATES):
        self.random, self.share, self.counts, self.fates = random, share, counts, fates
        self._rest, self._opened, self._late = b"", False, []

    def feed(self, data: bytes) -> bytes:
        """What the device gets of it."""
        self._rest += data
        if not self._opened:
            end = self._rest.find(b"\r\n\r\n")
            if end < 0 or b" 101 " not in self._rest[:20]:
                data, self._rest = (self._rest, b"") if end >= 0 else (b"", self._rest)
                return data
            self._opened = True
            head, self._rest = self._rest[:end + 4], self._rest[end + 4:]
            return head + self.feed(b"")
        out = []
        while (cut := whole(self._rest)) is not None:
            frame, self._rest = self._rest[:cut], self._rest[cut:]
            out += self._fate(frame)
        return b"".join(out)

    def _fate(self, frame: bytes) -> list[bytes]:
        payload = frame[head_size(frame):]
        if frame[0] & 15 != TEXT or payload[:2] not in (b"42", b"43"):
            return [frame]
        self.counts["frames"] += 1
        late, self._late = self._late, []
        if self.random.random() * 100 >= self.share:
            return [frame, *late]
        fate = self.random.choice(self.fates)
        self.counts[fate] += 1
        if fate == "late":  # it comes after the next one
            self._late = [frame]
            return late
        cut = payload[:self.random.randrange(2, len(payload))]
        return {"double": [frame, frame], "lost": [], "short": [framed(cut)]}[fate] + late


def head_size(data: bytes) -> int:
    """Bytes before the payload of an unmasked frame."""
    return {126: 4, 127: 10}.get(data[1] & 127, 2)


def whole(data: bytes) -> int | None:
    """The size of the first frame in `data`; None while it is not all there."""
    if len(data) < 2 or len(data) < head_size(data):
        return None
    size = data[1] & 127
    if size > 125:
        size = int.from_bytes(data[2:head_size(data)], "big")
    end = head_size(data) + size
    return end if len(data) >= end else None


def framed(payload: bytes) -> bytes:
    """A text frame as servers send it."""
    size = len(payload)
    if size < 126:
        return bytes([0x81, size]) + payload
    return (b"\x81\x7e" + size.to_bytes(2, "big") if size < 65536 else b"\x81\x7f" + size.to_bytes(8, "big")) + payload
