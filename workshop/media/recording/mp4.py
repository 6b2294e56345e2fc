"""Reads MP4 and M4A: boxes that are not needed to play it (udta, meta, uuid: place, device, title, picture) are emptied
where they stand, and the dates of the others; so nothing moves, and what points into the file still does."""
from collections.abc import Iterator

from workshop.media.recording.parts import Steps, Unplayable, Unreadable, empty, number

INSIDE = frozenset((b"moov", b"trak", b"mdia", b"minf", b"stbl", b"dinf", b"edts", b"mvex", b"moof", b"traf", b"mfra"))
KEPT = frozenset((
    b"ftyp", b"styp", b"mdat", b"mvhd", b"tkhd", b"mdhd", b"hdlr", b"smhd", b"stsd", b"stts", b"stsc", b"stsz", b"stz2",
    b"stco", b"co64", b"stss", b"ctts", b"sgpd", b"sbgp", b"elst", b"dref", b"mehd", b"trex", b"trep", b"mfhd", b"tfhd",
    b"tfdt", b"trun", b"sidx", b"saio", b"saiz", b"tfra", b"mfro", b"wide"))
PLAYED = (b"mp4a", b"Opus", b"alac", b"fLaC", b".mp3")  # the others (AMR of telephones) no browser plays
NAME = 24  # where in `hdlr` its name begins
UNKNOWN = (0xFFFFFFFF, 0xFFFFFFFFFFFFFFFF)


def read(content: bytes, steps: Steps | None = None) -> tuple[float | None, bytes]:
    """Reads (seconds, the recording with what is not needed emptied). Raises Unreadable (a film, too), Unplayable, TooMany.
    """
    film = _Film(content)
    for name, begin, at, end in _boxes(content, steps or Steps()):
        if name not in KEPT:
            film.clean[begin + 4:begin + 8] = b"free"
            empty(film.clean, at, end)
        elif act := getattr(film, f"_{name.decode()}", None):
            act(at, end)
    if film.played is False:
        raise Unplayable
    if film.played is None:
        raise Unreadable
    return film.seconds(), bytes(film.clean)


def _boxes(content: bytes, steps: Steps) -> Iterator[tuple[bytes, int, int, int]]:
    """Iterates over (name, where it begins, where its content does, where it ends) of the boxes that hold no others."""
    at = 0
    while at + 8 <= len(content):
        steps.take()
        size, name = number(content, at, 4), content[at + 4:at + 8]
        head = 16 if size == 1 else 8
        if size == 1:
            size = number(content, at + 8, 8)
        end = len(content) if size == 0 else min(at + max(size, head), len(content))
        if name not in INSIDE:
            yield name, at, at + head, end
        at = at + head if name in INSIDE else end


class _Film:
    """Collects what the boxes say, and the bytes as they will be stored."""

    def __init__(self, content: bytes):
        self.content, self.clean = content, bytearray(content)
        self.found: list[float] = []  # lengths in seconds
        self.rates: dict[int, int] = {}  # of the tracks: units of time a second
        self.usual: dict[int, int] = {}  # how long a sample lasts where it is not said
        self.pieces: dict[int, int] = {}  # how long all fragments of a track last
        self.track = 0
        self.played: bool | None = None

    def seconds(self) -> float | None:
        """Returns the longest of what is said."""
        found = self.found + [length / self.rates[track] for track, length in self.pieces.items() if self.rates.get(track)]
        return max(found) if found else None

    def _times(self, at: int) -> tuple[bool, int]:
        """Empties both dates; returns (whether numbers are wide, where they end)."""
        wide = number(self.content, at, 1) == 1
        end = at + (20 if wide else 12)
        empty(self.clean, at + 4, end)
        return wide, end

    def _length(self, at: int, wide: bool) -> tuple[int, int]:
        return number(self.content, at, 4), number(self.content, at + 4, 8 if wide else 4)

    def _lasts(self, rate: int, length: int) -> None:
        if rate and length not in UNKNOWN:
            self.found.append(length / rate)

    def _mvhd(self, at: int, _end: int) -> None:
        wide, at = self._times(at)
        self._lasts(*self._length(at, wide))

    def _tkhd(self, at: int, _end: int) -> None:
        _wide, at = self._times(at)
        self.track = number(self.content, at, 4)

    def _mdhd(self, at: int, _end: int) -> None:
        wide, at = self._times(at)
        rate, length = self._length(at, wide)
        self.rates[self.track] = rate
        self._lasts(rate, length)

    def _hdlr(self, at: int, end: int) -> None:
        if self.content[at + 4:at + 8] != b"dhlr" and self.content[at + 8:at + 12] != b"soun":
            raise Unreadable  # a picture that moves, or a track of places: more than a voice
        empty(self.clean, at + NAME, end)

    def _stsd(self, at: int, _end: int) -> None:
        known = self.content[at + 12:at + 16] in PLAYED
        self.played = known if self.played is None else self.played and known

    def _stts(self, at: int, end: int) -> None:
        count = min(number(self.content, at + 4, 4), (end - at - 8) // 8)
        lasts = sum(number(self.content, one, 4) * number(self.content, one + 4, 4)
                    for one in range(at + 8, at + 8 + 8 * count, 8))
        self._lasts(self.rates.get(self.track, 0), lasts)

    def _trex(self, at: int, _end: int) -> None:
        self.usual[number(self.content, at + 4, 4)] = number(self.content, at + 12, 4)

    def _tfhd(self, at: int, _end: int) -> None:
        flags, self.track = number(self.content, at, 4), number(self.content, at + 4, 4)
        if flags & 0x8:
            self.usual[self.track] = number(self.content, at + 8 + 8 * bool(flags & 0x1) + 4 * bool(flags & 0x2), 4)

    def _trun(self, at: int, end: int) -> None:
        """Adds up how long the samples of a fragment last together, in the time of their track."""
        flags, samples = number(self.content, at, 4), number(self.content, at + 4, 4)
        lasts = samples * self.usual.get(self.track, 0)
        if flags & 0x100:
            first = at + 8 + 4 * bool(flags & 0x1) + 4 * bool(flags & 0x4)
            each = 4 * (flags & 0xF00).bit_count()
            lasts = sum(number(self.content, one, 4) for one in range(first, min(first + samples * each, end - 3), each))
        self.pieces[self.track] = self.pieces.get(self.track, 0) + lasts
