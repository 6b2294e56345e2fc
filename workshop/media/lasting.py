"""How long a recording lasts, by its own bytes: WAV, Ogg, WebM, MP4 and MP3 as browsers and telephones write them.

What cannot be read lasts None: then only the size of the file bounds it.  Nothing is decoded.
"""
import struct

PARTS = 60_000  # a recording of a minute has fewer; a file that is made of more is not one


class Endless(Exception):
    """More parts than a recording has."""


def seconds(content: bytes, kind: str) -> float | None:
    """The length of a recording of the type `kind` (see taking.sound)."""
    try:
        return WAYS[kind](content)
    except Endless:
        return float("inf")
    except (struct.error, IndexError, ZeroDivisionError, KeyError):  # torn or odd
        return None


def _wav(content: bytes) -> float | None:
    at, rate = 12, 0
    while at + 8 <= len(content):
        name, size = content[at:at + 4], int.from_bytes(content[at + 4:at + 8], "little")
        if name == b"fmt ":
            per_second, _bytes, block = struct.unpack_from("<IIH", content, at + 12)
            rate = per_second * block
        elif name == b"data":  # who writes while recording does not know the size yet
            return min(size, len(content) - at - 8) / rate
        at += 8 + size + size % 2
    return None


def _ogg(content: bytes) -> float | None:
    at, last, rates = 0, {}, {}
    while content[at:at + 4] == b"OggS":
        position, serial = struct.unpack_from("<qI", content, at + 6)
        sizes = content[at + 27:at + 27 + content[at + 26]]
        data = at + 27 + len(sizes)
        if content[data:data + 8] == b"OpusHead":
            rates[serial] = 48_000
        elif content[data:data + 7] == b"\x01vorbis":
            rates[serial] = int.from_bytes(content[data + 12:data + 16], "little")
        last[serial] = max(last.get(serial, 0), position)
        at = data + sum(sizes)
    return sum(last[serial] / rate for serial, rate in rates.items()) if rates else None


INSIDE = {0x18538067, 0x1549A966, 0x1F43B675, 0xA0}  # of WebM: segment, info, cluster, block group
SCALE, DURATION, CLUSTER, BLOCKS = 0x2AD7B1, 0x4489, 0xE7, (0xA3, 0xA1)


def _webm(content: bytes) -> float | None:
    at, scale, told, start, end = 0, 1_000_000, 0.0, 0, None
    for _ in range(PARTS):
        if at >= len(content) - 1:
            return max(told, end or 0) * scale / 1e9 if told or end is not None else None
        key, at = _number(content, at, whole=True)
        size, after = _number(content, at)
        if key == SCALE:
            scale = int.from_bytes(content[after:after + size], "big")
        elif key == DURATION:
            told = struct.unpack_from(">f" if size == 4 else ">d", content, after)[0]
        elif key == CLUSTER:
            start = int.from_bytes(content[after:after + size], "big")
        elif key in BLOCKS:
            _track, moment = _number(content, after)
            end = max(end or 0, start + struct.unpack_from(">h", content, moment)[0])
        at = after if key in INSIDE else after + size
    raise Endless


def _number(content: bytes, at: int, whole: bool = False) -> tuple[int, int]:
    """(a number of variable length, where it ends); `whole`: with the bit that tells its length, as names have it."""
    length = 9 - content[at].bit_length()
    value = int.from_bytes(content[at:at + length], "big")
    return value if whole else value & ~(1 << 7 * length), at + length


HOLDING = (b"moov", b"trak", b"mdia", b"mvex", b"moof", b"traf")


def _mp4(content: bytes) -> float | None:
    found, rates, usual, pieces, track = [], {}, {}, {}, 0
    for name, at, end in _boxes(content):
        wide = content[at] == 1
        if name == b"mvhd":
            rate, length = struct.unpack_from(">IQ" if wide else ">II", content, at + (20 if wide else 12))
            found.append(length / rate)
        elif name == b"tkhd":
            track = int.from_bytes(content[at + (20 if wide else 12):][:4], "big")
        elif name == b"mdhd":
            rates[track] = int.from_bytes(content[at + (20 if wide else 12):][:4], "big")
        elif name == b"trex":
            usual[int.from_bytes(content[at + 4:at + 8], "big")] = int.from_bytes(content[at + 12:at + 16], "big")
        elif name == b"tfhd":
            flags, track = struct.unpack_from(">II", content, at)
            if flags & 0x8:
                skip = at + 8 + 8 * bool(flags & 0x1) + 4 * bool(flags & 0x2)
                usual[track] = int.from_bytes(content[skip:skip + 4], "big")
        elif name == b"trun":
            pieces[track] = pieces.get(track, 0) + _run(content, at, end, usual.get(track, 0))
    found += [length / rates[track] for track, length in pieces.items()]
    return max(found) if found else None


def _boxes(content: bytes):
    """(name, start, end) of the boxes that say something, also of those within others."""
    at, parts = 0, 0
    while at + 8 <= len(content):
        size, name = struct.unpack_from(">I4s", content, at)
        head = 16 if size == 1 else 8
        size = struct.unpack_from(">Q", content, at + 8)[0] if size == 1 else size or len(content) - at
        if name not in HOLDING:
            yield name, at + head, at + size
        at += head if name in HOLDING else max(size, 8)
        parts += 1
        if parts > PARTS:
            raise Endless


def _run(content: bytes, at: int, end: int, usual: int) -> int:
    """How long the samples of a fragment last together, in the time of their track."""
    flags, samples = struct.unpack_from(">II", content, at)
    if not flags & 0x100:
        return samples * usual
    first = at + 8 + 4 * bool(flags & 0x1) + 4 * bool(flags & 0x4)
    each = 4 * bin(flags & 0xF00).count("1")
    return sum(int.from_bytes(content[one:one + 4], "big") for one in range(first, min(first + samples * each, end), each))


RATES = (44_100, 48_000, 32_000)
SPEEDS = {True: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
          False: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)}  # kilobits of layer III


def _mp3(content: bytes) -> float | None:
    at, length = 0, 0.0
    if content[:3] == b"ID3":
        at = 10 + sum(byte << 7 * (3 - i) for i, byte in enumerate(content[6:10]))
    for _ in range(PARTS):
        at = content.find(b"\xff", at)
        if at < 0 or at + 4 > len(content):
            return length or None
        second, third = content[at + 1], content[at + 2]
        version, speed, rate = second >> 3 & 3, third >> 4, third >> 2 & 3
        if second & 0xE6 != 0xE2 or version == 1 or speed in (0, 15) or rate == 3:
            at += 1
            continue
        rate, samples = RATES[rate] >> (0, 1, 2)[(3, 2, 0).index(version)], 1152 if version == 3 else 576
        at += samples // 8 * SPEEDS[version == 3][speed] * 1000 // rate + (third >> 1 & 1)
        length += samples / rate
    raise Endless


WAYS = {"audio/wav": _wav, "audio/ogg": _ogg, "audio/webm": _webm, "audio/mp4": _mp4, "audio/mpeg": _mp3}
