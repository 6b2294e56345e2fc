"""Recognises a recording by its bytes, reads its length, and strips where, when and with what it was made.

Read in a child process (workshop/sandbox). What a file says of its own sizes and counts is only ever a bound: each part
costs bytes that are really there.
"""
import math
from dataclasses import dataclass

from workshop.domain.errors import Refusal
from workshop.domain.limits import VOICE_SECONDS
from workshop.domain.shapes import Json
from workshop.media.recording import convert, mp4, mpeg, ogg, wav, webm
from workshop.media.recording.parts import TooMany, Unplayable, Unreadable

SLACK = 5  # seconds that a recording may last longer: devices stop late
READERS = {"audio/wav": wav.read, "audio/ogg": ogg.read, "audio/webm": webm.read, "audio/mp4": mp4.read,
           "audio/mpeg": mpeg.read}
# What phones and recorders write and browsers do not play: AMR, CAF, AIFF, bare AAC, FLAC.
FOREIGN = (b"#!AMR", b"caff", b"FORM", b"\xff\xf1", b"\xff\xf9", b"fLaC")


@dataclass(frozen=True)
class Recording:
    """Holds a recording: its type, how many seconds it lasts (None: it does not say), its bytes as they are stored."""

    type: str
    seconds: float | None
    content: bytes


def task(_values: Json, content: bytes) -> tuple[Json, list[bytes]]:
    """Reads, in the child: ({type, seconds}, [the recording]). Refusals `bad_voice`, `voice_too_long`, `voice_not_playable`.
    """
    found = read(content)
    return {"type": found.type, "seconds": found.seconds}, [found.content]


def prepare() -> None:
    """Loads what a child could not load later."""
    convert.prepare()


def read(content: bytes) -> Recording:
    """Reads the recording in these bytes. Refusals as `task`."""
    kind = sound(content[:64])
    try:
        if kind is None:
            if not content.startswith(FOREIGN):
                raise Unreadable
            raise Unplayable
        seconds, kept = READERS[kind](content)
    except Unplayable:
        kind = "audio/mp4"
        seconds, kept = _converted(content)
    except TooMany:
        raise _too_long() from None
    except (Unreadable, ValueError, OverflowError, IndexError):
        raise Refusal("bad_voice") from None
    if seconds is not None and not 0 <= seconds <= VOICE_SECONDS + SLACK:
        raise _too_long()
    return Recording(kind, seconds, bytes(kept))


def _converted(content: bytes) -> tuple[float | None, bytes]:
    try:
        return mp4.read(convert.to_mp4(content, VOICE_SECONDS + SLACK))
    except TooMany:
        raise _too_long() from None
    except Unplayable:
        raise Refusal("voice_not_playable") from None
    except (Unreadable, ValueError, OverflowError, IndexError):
        raise Refusal("bad_voice") from None


def _too_long() -> Refusal:
    return Refusal("voice_too_long", limit=VOICE_SECONDS)


def sound(head: bytes) -> str | None:
    """Finds the type of a recording by its first bytes; None for anything that browsers do not play."""
    if head[:4] == b"\x1aE\xdf\xa3" and b"webm" in head:
        return "audio/webm"
    if head[:4] == b"OggS":
        return "audio/ogg"
    if head[4:8] == b"ftyp":
        return "audio/mp4"
    if head[:4] == b"RIFF" and head[8:12] == b"WAVE":
        return "audio/wav"
    if head[:3] == b"ID3" or (len(head) > 2 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2):  # MPEG audio, layer III
        return "audio/mpeg"
    return None


def rounded(seconds: float | None) -> int | None:
    """Rounds to whole seconds, one at least."""
    return None if seconds is None or not math.isfinite(seconds) else max(1, round(seconds))
