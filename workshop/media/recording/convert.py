"""Converts what phones record and browsers do not play (AMR, 3GPP, CAF) to MP4, where the extra `phones` is installed.

FFmpeg does it, through PyAV; without it such recordings are refused with what to do.
"""
import wave
from importlib import import_module
from importlib.util import find_spec
from io import BytesIO
from typing import Any

from workshop.media.recording.parts import Steps, TooMany, Unplayable, Unreadable

THERE = find_spec("av") is not None
FORMATS = ("amr", "amrnb", "amrwb", "caf", "mov,mp4,m4a,3gp,3g2,mj2", "aiff", "aac", "flac", "wav")
RATE, BITS = 24_000, 32_000  # of speech


def prepare() -> None:
    """Loads it, all of it: a child opens no file later on."""
    if THERE:
        import_module("av").logging.set_level(None)
        silence = BytesIO()
        with wave.open(silence, "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(8000)
            file.writeframes(bytes(3200))
        to_mp4(silence.getvalue(), 1)


def to_mp4(content: bytes, most: float) -> bytes:
    """Converts the recording to an MP4 with AAC, of one channel. Raises Unplayable without PyAV, Unreadable for what it
    cannot read, TooMany where it lasts more than `most` seconds."""
    if not THERE:
        raise Unplayable
    av, out = import_module("av"), BytesIO()
    try:
        with av.open(BytesIO(content), metadata_errors="ignore") as source, av.open(out, "w", format="mp4") as made:
            if not set(source.format.name.split(",")) & {name for one in FORMATS for name in one.split(",")}:
                raise Unreadable
            if not source.streams.audio or source.streams.video:
                raise Unreadable
            _speak(av, source, made, most)
    except (av.FFmpegError, AttributeError, ArithmeticError, LookupError, TypeError, ValueError):  # what is odd has no codec
        raise Unreadable from None
    return out.getvalue()


def _speak(av: Any, source: Any, made: Any, most: float) -> None:
    voice = source.streams.audio[0]
    voice.codec_context.thread_count = 1
    written = made.add_stream("aac", rate=RATE, layout="mono")
    written.bit_rate = BITS
    change, samples, steps = av.AudioResampler("fltp", "mono", RATE), 0, Steps()
    for frame in source.decode(voice):
        steps.take()
        for one in change.resample(frame):
            samples += one.samples
            if samples > most * RATE:
                raise TooMany
            made.mux(written.encode(one))
    for one in change.resample(None):
        made.mux(written.encode(one))
    if not samples:
        raise Unreadable
    made.mux(written.encode(None))
