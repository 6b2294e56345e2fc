"""Reads MP3: only the frames of sound are kept; tags before, between and behind them are left out."""
from workshop.media.recording.parts import Steps, Unreadable

RATES = (44_100, 48_000, 32_000)
SPEEDS = {True: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
          False: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)}  # kilobits of layer III


def read(content: bytes, steps: Steps | None = None) -> tuple[float | None, bytes]:
    """Reads (seconds, the frames). Raises Unreadable, TooMany."""
    steps, at, length = steps or Steps(), _behind_tag(content), 0.0
    frames: list[bytes] = []
    while 0 <= (at := content.find(b"\xff", at)) <= len(content) - 4:
        steps.take()
        frame = _frame(content, at)
        if frame is None:
            at += 1
            continue
        size, lasts = frame
        if at + size <= len(content) or not frames:
            frames.append(content[at:at + size])
            length += lasts
        at += size
    if not frames:
        raise Unreadable
    return length, b"".join(frames)


def _behind_tag(content: bytes) -> int:
    if content[:3] != b"ID3" or len(content) < 10:
        return 0
    return 10 + sum((byte & 0x7F) << 7 * (3 - i) for i, byte in enumerate(content[6:10]))


def _frame(content: bytes, at: int) -> tuple[int, float] | None:
    """Reads (bytes, seconds) of the frame that begins here; None where none does."""
    second, third = content[at + 1], content[at + 2]
    version, speed, rate = second >> 3 & 3, third >> 4, third >> 2 & 3
    if second & 0xE6 != 0xE2 or version == 1 or speed in (0, 15) or rate == 3:
        return None
    rate, samples = RATES[rate] >> (0, 1, 2)[(3, 2, 0).index(version)], 1152 if version == 3 else 576
    return samples // 8 * SPEEDS[version == 3][speed] * 1000 // rate + (third >> 1 & 1), samples / rate
