"""Reads Ogg with Opus or Vorbis: the comments (title, place, device, pictures) are emptied where they stand."""
import struct

from workshop.media.recording.parts import Steps, Unreadable, number

OPUS, VORBIS = b"OpusHead", b"\x01vorbis"
HEADS = {OPUS: b"OpusTags", VORBIS: b"\x03vorbis"}
NOTHING = struct.pack("<II", 0, 0)  # no vendor, no comment
FRAMED = b"\x01"  # behind the comments of Vorbis


class _Stream:
    """Tracks one of the streams: what it is, how far it goes, where the packet of its comments stands."""

    def __init__(self, content: bytes, start: int):
        kind = next((kind for kind in HEADS if content.startswith(kind, start)), None)
        if kind is None:
            raise Unreadable  # a film, or what no browser plays
        self.kind = kind
        self.rate = 48_000 if self.kind == OPUS else number(content, start + 12, 4, "little")
        self.last, self.packets = 0, 0
        self.comments: list[tuple[int, int]] = []


def read(content: bytes, steps: Steps | None = None) -> tuple[float | None, bytes]:
    """Reads (seconds, the recording with its comments emptied). Raises Unreadable, TooMany."""
    steps, at = steps or Steps(), 0
    streams: dict[int, _Stream] = {}
    pages: list[tuple[int, int, int]] = []
    clean = bytearray(content)
    while content.startswith(b"OggS", at) and at + 27 <= len(content):
        steps.take()
        serial, sizes = number(content, at + 14, 4, "little"), content[at + 27:at + 27 + content[at + 26]]
        data = at + 27 + len(sizes)
        stream = streams.get(serial) or streams.setdefault(serial, _Stream(content, data))
        stream.last = max(stream.last, number(content, at + 6, 8, "little") if content[at + 6:at + 14] != b"\xff" * 8 else 0)
        end = min(data + sum(sizes), len(content))
        if stream.packets < 2:
            _collect(stream, sizes, data, end)
            pages.append((at, end, serial))
        at = data + sum(sizes)
    if not streams:
        raise Unreadable
    for stream in streams.values():
        _empty(clean, stream)
    for start, end, _serial in pages:
        clean[start + 22:start + 26] = bytes(4)
        clean[start + 22:start + 26] = struct.pack("<I", checksum(clean[start:end]))
    return sum(one.last / one.rate for one in streams.values() if one.rate), bytes(clean[:at])


def _collect(stream: _Stream, sizes: bytes, at: int, end: int) -> None:
    """Remembers where the second packet stands; it may go over several pages."""
    for size in sizes:
        if stream.packets == 1 and at < end:
            stream.comments.append((at, min(at + size, end)))
        at += size
        stream.packets += size < 255
        if stream.packets > 1:
            return


def _empty(clean: bytearray, stream: _Stream) -> None:
    room = sum(end - start for start, end in stream.comments)
    said = (HEADS[stream.kind] + NOTHING + (FRAMED if stream.kind == VORBIS else b""))[:room]
    said += bytes(room - len(said))
    for start, end in stream.comments:
        clean[start:end], said = said[:end - start], said[end - start:]


def _table() -> list[int]:
    found = []
    for value in range(256):
        value <<= 24
        for _ in range(8):
            value = (value << 1 ^ (0x04C11DB7 if value & 0x80000000 else 0)) & 0xFFFFFFFF
        found.append(value)
    return found


TABLE = _table()


def checksum(page: bytes | bytearray) -> int:
    """Computes the checksum of a page whose own field is empty."""
    value = 0
    for byte in page:
        value = (value << 8 & 0xFFFFFFFF) ^ TABLE[value >> 24 ^ byte]
    return value
