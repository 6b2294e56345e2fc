"""Reads WAV: of the chunks only those are kept that say how it sounds; bext, LIST, id3, iXML say where, when and with what.
"""
import struct

from workshop.media.recording.parts import Steps, Unreadable, number

KEPT = (b"fmt ", b"fact", b"data")
MOST = 0xFFFFFFFF


def read(content: bytes, steps: Steps | None = None) -> tuple[float | None, bytes]:
    """Reads (seconds, the recording without the other chunks). Raises Unreadable, TooMany."""
    steps, at = steps or Steps(), 12
    found: dict[bytes, bytes] = {}
    while at + 8 <= len(content) and b"data" not in found:
        steps.take()
        name, size = content[at:at + 4], number(content, at + 4, 4, "little")
        # a recorder that writes while recording does not know the size yet
        found.setdefault(name, content[at + 8:at + 8 + size])
        at += 8 + size + size % 2
    sound = found.get(b"fmt ")
    if sound is None or len(sound) < 16 or b"data" not in found:
        raise Unreadable
    per_second, block = number(sound, 4, 4, "little"), number(sound, 12, 2, "little")
    inside = b"".join(name + struct.pack("<I", len(found[name])) + found[name] + b"\0" * (len(found[name]) % 2)
                      for name in KEPT if name in found)
    seconds = len(found[b"data"]) / (per_second * block) if per_second * block else None
    return seconds, b"RIFF" + struct.pack("<I", min(MOST, 4 + len(inside))) + b"WAVE" + inside
