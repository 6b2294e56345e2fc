"""Processes an upload: a photo is re-encoded, a recording recognised by its bytes.

The bytes are read in a child process; what it says is checked here, because it has read what somebody else made.
"""
from dataclasses import dataclass
from importlib.util import find_spec
from typing import IO

from workshop.domain.errors import Refusal
from workshop.domain.limits import PICTURE_SIDE, SMALL_PICTURE, VOICE_SECONDS
from workshop.domain.shapes import Json
from workshop.media import film, recording
from workshop.sandbox import Failed, Pool
from workshop.work_queue import Asker

REFUSES = {"photo": frozenset(("bad_photo", "photo_too_large", "photo_not_shown")),
           "voice": frozenset(("bad_voice", "voice_too_long", "voice_not_playable"))}
# The kinds of which that is taken, too, which phones write and browsers do not know (the extra `phones`).
FOREIGN = tuple(kind for kind, module in (("photo", "pillow_heif"), ("voice", "av")) if find_spec(module))
PLAYED = frozenset(recording.READERS)
LARGEST = 4 * 1024 * 1024  # bytes of a re-encoded photo


@dataclass(frozen=True)
class Taken:
    """Holds the bytes to store, under the endings of their files, with what the row says of them."""

    type: str  # of the main file
    files: dict[str, bytes]  # "" the photo or recording, ".small" the small picture
    width: int | None = None
    height: int | None = None
    seconds: int | None = None


def take(pool: Pool, kind: str, content: bytes, device: Asker | str) -> Taken:
    """Processes the photo or voice note in these bytes. Refusals REFUSES[kind]; RetryLater where too much waits."""
    try:
        taken: Taken = pool.ask(kind, {}, content, device, REFUSES[kind],
                                lambda said, parts: CHECKS[kind](said, parts, len(content)))
    except Failed:  # it went beyond its bounds, or the answer is none
        raise Refusal(f"bad_{kind}") from None
    return taken


def _photo(said: Json, parts: list[bytes], _size: int) -> Taken:
    picture, small = parts
    right = (picture[:3] == b"\xff\xd8\xff" and small[:4] == b"RIFF" and small[8:12] == b"WEBP" and len(picture) <= LARGEST
             and len(small) <= 2 * SMALL_PICTURE)
    points = said["width"], said["height"]
    if not right or any(type(side) is not int or not 0 < side <= PICTURE_SIDE for side in points):
        raise ValueError
    return Taken("image/jpeg", {"": picture, ".small": small}, *points)


def _voice(said: Json, parts: list[bytes], size: int) -> Taken:
    content, = parts
    seconds = said["seconds"]
    if said["type"] not in PLAYED or recording.sound(content[:64]) != said["type"] or len(content) > 4 * size + 4096:
        raise ValueError
    if seconds is not None and not 0 <= seconds <= VOICE_SECONDS + recording.SLACK:
        raise ValueError
    return Taken(said["type"], {"": content}, seconds=recording.rounded(seconds))


@dataclass(frozen=True)
class Looked:
    """Says what a child has seen of a video; `edits`: the ranges (from, to, where the name of a box stands that goes whole,
    or 0) that tell of more than the video."""

    type: str
    width: int | None
    height: int | None
    seconds: int | None
    edits: list[tuple[int, int, int]]
    still: bytes


def watch(pool: Pool, file: IO[bytes], size: int, device: Asker | str) -> Looked:
    """Has a video looked at, of which the child gets the two ends. Refusals `bad_video`, `video_not_playable`; RetryLater
    where too much waits."""
    file.seek(0)
    head = file.read(film.WINDOW)
    file.seek(max(len(head), size - film.WINDOW))
    try:
        looked: Looked = pool.ask("video", {"size": size, "head": len(head)}, head + file.read(film.WINDOW), device,
                                  ("bad_video", "video_not_playable"), lambda said, parts: _video(said, parts, head, size))
    except Failed:
        raise Refusal("bad_video") from None
    return looked


def _video(said: Json, parts: list[bytes], head: bytes, size: int) -> Looked:
    still = parts[0] if parts else b""
    if said["type"] != film.kind_of(head[:64]) or len(still) > LARGEST or (still and still[:3] != b"\xff\xd8\xff"):
        raise ValueError
    numbers = [said[name] for name in ("width", "height", "seconds")]
    if any(one is not None and (type(one) is not int or not 0 <= one < 1 << 20) for one in numbers):
        raise ValueError
    edits = [tuple(edit) for edit in said["edits"]]
    if len(edits) > film.EDITS or sum(end - begin for begin, end, _name in edits) > 2 * film.WINDOW:
        raise ValueError
    for edit in edits:
        begin, end, name = edit
        if any(type(one) is not int for one in edit) or not 0 <= name <= begin <= end <= size:
            raise ValueError
    return Looked(said["type"], numbers[0], numbers[1], numbers[2], edits, still)


CHECKS = {"photo": _photo, "voice": _voice}
