"""What is made of an upload: a photo drawn anew, or a recording whose bytes say what it is."""
import json
import subprocess
import sys
import threading
from dataclasses import dataclass

from workshop.domain.errors import Refusal
from workshop.domain.limits import VOICE_SECONDS
from workshop.media import lasting

SECONDS = 30
SLACK = 5  # seconds that a recording may last longer: devices stop late
AT_ONCE = threading.Semaphore(2)  # pictures drawn at a time; the others wait
# Of an ISO base media file (mp4, m4a) the brands that browsers record and play; a telephone's 3gp is not among them.
BRANDS = (b"M4A", b"M4B", b"mp4", b"iso", b"dash")


@dataclass(frozen=True)
class Taken:
    """The bytes to keep, under the endings of their files, with what the row says of them."""

    type: str  # of the main file
    files: dict[str, bytes]  # "" the photo or recording, ".small" the small picture
    width: int | None = None
    height: int | None = None
    seconds: int | None = None


def photo(file) -> Taken:
    """The photo in `file` (with a file descriptor) drawn anew.  Refusal `bad_photo`, `photo_too_large`."""
    file.flush()
    file.seek(0)
    with AT_ONCE:
        try:
            done = subprocess.run([sys.executable, "-m", "workshop.media.redraw"], stdin=file, capture_output=True,
                                  timeout=SECONDS, check=False)
        except subprocess.TimeoutExpired:
            raise Refusal("bad_photo") from None
    head, _, rest = done.stdout.partition(b"\n")
    if done.returncode or not head:
        raise Refusal("bad_photo")  # it went beyond the memory or the time that one picture gets
    said = json.loads(head)
    if "code" in said:
        raise Refusal(said["code"], **said["values"])
    picture, small = rest[:said["picture"]], rest[said["picture"]:]
    return Taken("image/jpeg", {"": picture, ".small": small}, said["width"], said["height"])


def voice(file) -> Taken:
    """The recording in `file` as it is, if it is one and not too long.  Refusal `bad_voice`, `voice_too_long`."""
    file.seek(0)
    content = file.read()
    kind = sound(content[:64])
    if kind is None:
        raise Refusal("bad_voice")
    lasts = lasting.seconds(content, kind)
    if lasts is not None and lasts > VOICE_SECONDS + SLACK:
        raise Refusal("voice_too_long", limit=VOICE_SECONDS)
    return Taken(kind, {"": content}, seconds=None if lasts is None else max(1, round(lasts)))


def sound(head: bytes) -> str | None:
    """The type of a recording by its first bytes; None for anything that is none of ours."""
    if head[:4] == b"\x1aE\xdf\xa3" and b"webm" in head:
        return "audio/webm"
    if head[:4] == b"OggS":
        return "audio/ogg"
    if head[4:8] == b"ftyp" and head[8:].startswith(BRANDS):
        return "audio/mp4"
    if head[:4] == b"RIFF" and head[8:12] == b"WAVE":
        return "audio/wav"
    if head[:3] == b"ID3" or (len(head) > 2 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2):  # MPEG audio, layer III
        return "audio/mpeg"
    return None


KINDS = {"photo": photo, "voice": voice}
