"""Looks at a video in a child process (workshop/sandbox): whether browsers play it, how long it lasts, what it shows, and
where it says more than that.

A video is too large to be handed over: the child gets its beginning and its end (`WINDOW`), in which files keep what tells
of the rest. With PyAV (the extra `phones`) it is opened and a still picture is made; without, its first bytes have to do.
"""
import io
import math
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from workshop.domain.errors import Refusal
from workshop.domain.shapes import Json

THERE = find_spec("av") is not None
WINDOW = 8 * 1024 * 1024  # bytes of the beginning, and of the end
PICTURES = ("h264", "vp8", "vp9", "av1")  # of which all browsers play at least most
SOUNDS = ("aac", "mp3", "opus", "vorbis", "flac")
TRACKS = (b"vide", b"soun", b"text", b"sbtl", b"subt", b"clcp")  # others tell of places and devices
STILL_SIDE = 960  # points of the longer side
SKIPPED, SKIPS = 64 * 1024, 16  # bytes, times
LOOKED_AT = 8  # key frames, for one that is not dark
DARK = 24  # of 255, the mean of a frame that shows nothing
BOXES = 4000  # of a file that is gone through
EDITS = 64


class Parts(io.RawIOBase):
    """Reads the two ends of a file as if it were whole; `gap`: how often something between them was asked for."""

    def __init__(self, size: int, head: bytes, tail: bytes):
        self.size, self.head, self.tail, self.at, self.gap = size, head, tail, 0, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self.at

    def seek(self, offset: int, whence: int = 0) -> int:
        self.at = max(0, offset + (0, self.at, self.size)[whence])
        return self.at

    def read(self, most: int = -1) -> bytes:
        """Reads as far as the piece goes in which it stands; zeros in the gap, over which readers skip a little, and
        soon nothing."""
        behind = self.size - len(self.tail)
        if self.at < len(self.head):
            found = self.head[self.at:]
        elif self.at >= behind:
            found = self.tail[self.at - behind:]
        else:
            self.gap += 1
            found = bytes(min(most, SKIPPED, behind - self.at)) if most > 0 and self.gap < SKIPS else b""
        found = found if most < 0 else found[:most]
        self.at += len(found)
        return found


def task(values: Json, content: bytes) -> tuple[Json, list[bytes]]:
    """Looks, in the child: ({type, width, height, seconds, edits}, [the still picture (JPEG)] or []). `values`: the size
    of the file and how much of `content` is its beginning. Refusals `bad_video`, `video_not_playable`."""
    film = Parts(values["size"], content[:values["head"]], content[values["head"]:])
    kind = kind_of(content[:64])
    if kind is None:
        raise Refusal("bad_video")
    said: Json = {"type": kind, "width": None, "height": None, "seconds": None, "edits": []}
    if kind == "video/mp4":
        said["edits"] = list(_telling(film))
        if len(said["edits"]) > EDITS:
            raise Refusal("bad_video")
    if not THERE:
        return said, []
    found, still = _opened(film)
    return said | found, [still] if still else []


def kind_of(head: bytes) -> str | None:
    """Finds the type of a video by its first bytes."""
    if head[4:8] == b"ftyp":
        return "video/mp4"
    return "video/webm" if head[:4] == b"\x1aE\xdf\xa3" and b"webm" in head else None


def prepare() -> None:
    """Loads what a child could not load later, by looking at a video of its own."""
    if not THERE:
        return
    av = import_module("av")
    av.logging.set_level(None)
    made = io.BytesIO()
    with av.open(made, "w", format="webm") as film:
        track = film.add_stream("libvpx", rate=5)
        track.width = track.height = 16
        frame = av.VideoFrame(16, 16, "yuv420p")
        for packet in (*track.encode(frame), *track.encode(None)):
            film.mux(packet)
    _opened(Parts(len(made.getvalue()), made.getvalue(), b""))


def _opened(film: Parts) -> tuple[Json, bytes]:
    av = import_module("av")
    film.seek(0)
    try:
        with av.open(film, metadata_errors="ignore", options={"probesize": str(WINDOW // 2)}) as opened:
            if not {*opened.format.name.split(",")} & {"mp4", "matroska", "webm"} or not opened.streams.video:
                raise Refusal("bad_video")
            shown = opened.streams.video[0]
            names = [shown.codec_context.name, *(one.codec_context.name for one in opened.streams.audio)]
            if not all(any(name.startswith(known) or known in name for known in of)
                       for name, of in zip(names, (PICTURES, *(SOUNDS for _ in names[1:])), strict=True)):
                raise Refusal("video_not_playable")
            lasts = opened.duration / av.time_base if opened.duration else None
            found = {"width": shown.codec_context.width, "height": shown.codec_context.height,
                     "seconds": max(1, round(lasts)) if lasts and math.isfinite(lasts) else None}
            return found, _still(opened, shown, film)
    except (av.FFmpegError, AttributeError, ArithmeticError, LookupError, TypeError, ValueError):
        raise Refusal("bad_video") from None


def _still(opened: Any, shown: Any, film: Parts) -> bytes:
    """Makes a JPEG of the first key frame that is not dark; of the first one where all are."""
    shown.codec_context.thread_count = 1
    shown.codec_context.skip_frame = "NONKEY"
    first = None
    try:
        for seen, frame in enumerate(opened.decode(shown)):
            picture = frame.to_image()
            first = first or picture
            little = picture.convert("L").resize((16, 16))
            if sum(little.tobytes()) / 256 > DARK:
                first = picture
                break
            if seen >= LOOKED_AT or film.gap:
                break
    except import_module("av").FFmpegError:  # what follows stands in the gap
        pass
    if first is None:
        return b""
    first.thumbnail((STILL_SIDE, STILL_SIDE))
    out = io.BytesIO()
    first.convert("RGB").save(out, "JPEG", quality=70, optimize=True, progressive=True)
    return out.getvalue()


def _telling(film: Parts) -> Iterator[tuple[int, int, int]]:
    """Iterates over (from, to, where its box has its name, or 0) of what says where, when and with what an MP4 was made."""
    inside = [(0, film.size)]
    steps = 0
    while inside:
        at, end = inside.pop()
        while at + 8 <= end:
            steps += 1
            if steps > BOXES:
                raise Refusal("bad_video")
            size, name, head = _box(film, at, end)
            if size < head or at + size > end:
                break  # torn, or in the gap: nothing more is known of it
            if name in (b"udta", b"meta", b"uuid") or (name == b"trak" and not _shown(film, at + head, at + size)):
                yield at + head, at + size, at + 4
            elif name in (b"mvhd", b"tkhd", b"mdhd"):
                film.seek(at + head)
                wide = film.read(1) == b"\x01"
                yield at + head + 4, at + head + (20 if wide else 12), 0
            elif name in (b"moov", b"trak", b"mdia"):
                inside.append((at + head, at + size))
            at += size


def _box(film: Parts, at: int, end: int) -> tuple[int, bytes, int]:
    """Returns (size, name, bytes of the head) of the box that stands there; a size of 0 where none is."""
    film.seek(at)
    told = film.read(16)
    if len(told) < 8:
        return 0, b"", 8
    size = int.from_bytes(told[:4], "big")
    if size == 1:
        return int.from_bytes(told[8:16], "big"), told[4:8], 16
    return size or end - at, told[4:8], 8


def _shown(film: Parts, at: int, end: int) -> bool:
    """Tells whether a track is picture, sound or text."""
    for holder in (b"mdia", b"hdlr"):
        while at + 8 <= end:
            size, name, head = _box(film, at, end)
            if size < head or at + size > end:
                return True
            if name == holder:
                end, at = at + size, at + head
                break
            at += size
        else:
            return True
    film.seek(at + 8)
    return film.read(4) in TRACKS
