"""Reads WebM: what is not needed to play it (tags, attachments, chapters, dates, names of programs) is emptied where it
stands.

All elements are gone through in one row, those that hold others too: names tell which is which wherever it stands, and what
an element says of its size decides only how far the next one is.
"""
import struct

from workshop.media.recording.parts import Steps, Unreadable, empty, number

HEADER, SEGMENT, INFO, TRACKS, TRACK, CLUSTER, GROUP = 0x1A45DFA3, 0x18538067, 0x1549A966, 0x1654AE6B, 0xAE, 0x1F43B675, 0xA0
INSIDE = {SEGMENT, INFO, TRACKS, TRACK, CLUSTER, GROUP}
SCALE, DURATION, MOMENT, BLOCKS, KIND, AUDIO = 0x2AD7B1, 0x4489, 0xE7, (0xA3, 0xA1), 0x83, 2
PROGRAMS = (0x4D80, 0x5741)  # they must be there, but may say nothing
KEPT = {
    HEADER, SCALE, DURATION, MOMENT, *BLOCKS, KIND, 0x114D9B74, 0x1C53BB6B,  # where things stand
    0xD7, 0x73C5, 0x9C, 0xB9, 0x88, 0x55AA, 0x86, 0x63A2, 0x56AA, 0x56BB, 0x23E383, 0xE1, 0x6D80, 0xAA,  # of a track
    0xA7, 0xAB, 0x9B, 0xFB, 0x75A1, 0x75A2, 0xA4}  # of a cluster and a group
VOID = 0xEC


def read(content: bytes, steps: Steps | None = None) -> tuple[float | None, bytes]:
    """Reads (seconds, the recording without what is not needed). Raises Unreadable, TooMany."""
    steps, clean = steps or Steps(), bytearray(content)
    at, scale, told, start, end = 0, 1_000_000, 0.0, 0, None
    while at < len(content) - 1:
        steps.take()
        begin = at
        try:
            key, at = _number(content, at, whole=True)
            size, data = _number(content, at)
        except Unreadable:  # torn at its end
            empty(clean, begin, len(content))
            break
        after = min(data + size, len(content))
        if key == SCALE:
            scale = number(content, data, min(size, 8))
        elif key == DURATION and size in (4, 8) and data + size <= len(content):
            told = struct.unpack_from(">f" if size == 4 else ">d", content, data)[0]
        elif key == MOMENT:
            start = number(content, data, min(size, 8))
        elif key in BLOCKS:
            end = max(end or 0, start + _moment(content, data))
        elif key == KIND and number(content, data, min(size, 8)) != AUDIO:
            raise Unreadable  # a film
        elif key in PROGRAMS:
            empty(clean, data, after)
        elif key not in INSIDE and key not in KEPT:
            _blank(clean, begin, after)
        at = data if key in INSIDE else after
    if not told > 0 and end is None:
        return None, bytes(clean)
    return max(told if told > 0 else 0.0, end or 0) * scale / 1e9, bytes(clean)


def _moment(content: bytes, data: int) -> int:
    try:
        _track, at = _number(content, data)
        said: int = struct.unpack(">h", content[at:at + 2])[0]
        return max(0, said)
    except (Unreadable, struct.error):
        return 0


def _blank(clean: bytearray, begin: int, after: int) -> None:
    """Replaces this element by one of the same length without content."""
    whole = after - begin
    empty(clean, begin, after)
    if whole >= 9:
        clean[begin:begin + 9] = bytes((VOID, 1)) + (whole - 9).to_bytes(7, "big")
    elif whole >= 2:
        clean[begin:begin + 2] = bytes((VOID, 0x80 | (whole - 2)))


def _number(content: bytes, at: int, whole: bool = False) -> tuple[int, int]:
    """Reads (a number of variable length, where it ends); `whole`: with the bit that tells its length, as names have it."""
    if at >= len(content) or not content[at]:
        raise Unreadable
    length = 9 - content[at].bit_length()
    value = number(content, at, length)
    return value if whole else value & ~(1 << 7 * length), at + length
