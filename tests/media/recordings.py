"""Recordings as phones and browsers make them, with the place, the date and the device in them, and how they sound.

They are made with PyAV (the extra `phones`), so that what reads them is not tried on what it wrote itself.
"""
import array
import functools
import math
import re
from io import BytesIO

from tests.support.needs import without

PLACE, HOUSE, MAKER, DAY = "-15.8402-070.0219/", "Casa de Rosa", "AndeanPhone-7", "2026-02-03"
TELLS = re.compile(rb"15\.84|Casa de Rosa|AndeanPhone|2026-02", re.I)
# name: (container, codec, samples a second, options of the container)
KINDS = {
    "wav": ("wav", "pcm_s16le", 16_000, {"write_bext": "1"}),
    "opus in ogg": ("ogg", "libopus", 48_000, {}),
    "opus in webm": ("webm", "libopus", 48_000, {}),
    "webm while recording": ("webm", "libopus", 48_000, {"live": "1"}),
    "m4a": ("mp4", "aac", 44_100, {}),
    "m4a in pieces": ("mp4", "aac", 44_100, {"movflags": "frag_keyframe+empty_moov+default_base_moof"}),
    "mp3": ("mp3", "libmp3lame", 44_100, {"write_id3v1": "1"}),
    "amr": ("amr", "libopencore_amrnb", 8_000, {}),
    "3gp with amr": ("3gp", "libopencore_amrnb", 8_000, {}),
    "3gp with aac": ("3gp", "aac", 44_100, {}),
    "caf": ("caf", "alac", 44_100, {}),
    "aac": ("adts", "aac", 44_100, {}),
}
FOREIGN = ("amr", "3gp with amr", "caf", "aac")  # no browser plays them


def library():
    """PyAV, or the test is skipped."""
    try:
        import av
    except ImportError:
        return without("PyAV is not installed (the extra `phones`)")
    av.logging.set_level(None)
    return av


@functools.cache
def recorded(name: str, seconds: float = 2) -> bytes:
    """A tone of so many seconds, with everything that tells where, when and with what."""
    av, (form, codec, rate, options), out = library(), KINDS[name], BytesIO()
    with av.open(out, "w", format=form, options=options) as file:
        file.metadata.update({
            "title": HOUSE, "location": PLACE, "location-eng": PLACE, "comment": HOUSE, "artist": MAKER, "make": MAKER,
            "model": MAKER, "description": HOUSE, "originator": MAKER, "origination_date": DAY, "date": DAY,
            "creation_time": f"{DAY}T10:00:00Z"})
        voice = file.add_stream(codec, rate=rate, layout="mono")
        voice.metadata.update({"title": HOUSE, "handler_name": MAKER})
        if codec.startswith("libopencore"):
            voice.bit_rate = 12_200
        inside = voice.codec_context
        ready = av.AudioResampler(inside.format.name, "mono", rate, frame_size=inside.frame_size or 1024)
        total = round(rate * seconds)
        for start in range(0, total, 4096):
            count = min(4096, total - start)
            frame = av.AudioFrame(format="s16", layout="mono", samples=count)
            frame.sample_rate, frame.pts = rate, start
            tone = array.array("h", (round(9000 * math.sin(440 * 2 * math.pi * (start + i) / rate)) for i in range(count)))
            frame.planes[0].update(tone.tobytes().ljust(frame.planes[0].buffer_size, b"\0"))
            for one in ready.resample(frame):
                file.mux(voice.encode(one))
        for one in ready.resample(None):
            file.mux(voice.encode(one))
        file.mux(voice.encode(None))
    return out.getvalue()


def heard(content: bytes) -> tuple[float, bytes]:
    """(seconds, all samples) of a recording as a player finds them."""
    av, found, rate = library(), bytearray(), 1
    with av.open(BytesIO(content)) as file:
        ready = av.AudioResampler("s16", "mono")
        for frame in file.decode(audio=0):
            rate = frame.sample_rate
            for one in ready.resample(frame):
                found += bytes(one.planes[0])[:2 * one.samples]
    return len(found) / 2 / rate, bytes(found)
