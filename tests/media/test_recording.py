"""How long a recording lasts is read from its bytes, whatever the device says or does not say; and where it was made is not
kept."""
import struct

import pytest

from tests.media.pictures import wav
from workshop.domain.errors import Refusal
from workshop.media import recording
from workshop.media.recording import mp4 as mp4_reader
from workshop.media.recording import webm as webm_reader
from workshop.media.recording.parts import TooMany


def ogg(seconds: int, rate: int = 48_000) -> bytes:
    """Pages of Opus as Firefox writes them: a head, then a page for each second."""
    def page(position: int, data: bytes) -> bytes:
        sizes = bytes([255] * (len(data) // 255) + [len(data) % 255])
        return b"OggS\0\0" + struct.pack("<qIII", position, 7, 0, 0) + bytes([len(sizes)]) + sizes + data
    return page(0, b"OpusHead" + bytes(11)) + b"".join(page((i + 1) * rate, b"x" * 300) for i in range(seconds))


def webm(seconds: int, duration: bool = False) -> bytes:
    """Clusters without a size, as Chromium writes them while it records; with `duration`, as who knows the end does."""
    def element(key: str, data: bytes, size: bytes = b"") -> bytes:
        return bytes.fromhex(key) + (size or (len(data) | 1 << 28).to_bytes(4, "big")) + data
    open_end = b"\x01" + b"\xff" * 7
    info = element("2AD7B1", (1_000_000).to_bytes(3, "big"))
    if duration:
        info += element("4489", struct.pack(">d", seconds * 1000))
    clusters = b"" if duration else b"".join(
        element("1F43B675", b"", open_end) + element("E7", (start * 1000).to_bytes(3, "big")) + b"".join(
            element("A3", b"\x81" + struct.pack(">h", i * 20) + b"\x80" + b"x" * 9) for i in range(51))
        for start in range(seconds))
    head = element("1A45DFA3", element("4282", b"webm")) + element("18538067", b"", open_end)
    return head + element("1549A966", info) + clusters


def box(name: bytes, *inside: bytes) -> bytes:
    data = b"".join(inside)
    return struct.pack(">I", len(data) + 8) + name + data


def mp4(seconds: int, pieces: bool = False) -> bytes:
    """An M4A; with `pieces` in fragments, as Safari writes it while it records: then its head says 0."""
    told = 0 if pieces else seconds * 1000
    sound = box(b"minf", box(b"stbl", box(b"stsd", bytes(8) + box(b"mp4a", bytes(28)))))
    media = box(b"mdia", box(b"mdhd", bytes(12), struct.pack(">II", 44_100, 0)),
                box(b"hdlr", bytes(8) + b"soun" + bytes(13)), sound)
    track = box(b"trak", box(b"tkhd", bytes(12), struct.pack(">I", 1)), media)
    head = box(b"moov", box(b"mvhd", bytes(12), struct.pack(">II", 1000, told)), track,
               box(b"mvex", box(b"trex", struct.pack(">IIII", 0, 1, 1, 1024))))
    one = box(b"moof", box(b"traf", box(b"tfhd", struct.pack(">II", 0, 1)),
                           box(b"trun", struct.pack(">IIII", 0x301, 2, 99, 22_050), bytes(4), struct.pack(">I", 22_050),
                               bytes(4)))) + box(b"mdat", bytes(50))
    return box(b"ftyp", b"M4A ") + head + one * (seconds if pieces else 0)


def mp3(seconds: int) -> bytes:
    """Frames of 32 kbit/s after a tag."""
    frame = b"\xff\xfb\x10\xc0" + bytes(104 - 4)
    return b"ID3\x03\0\0\0\0\0\x0a" + bytes(10) + frame * round(seconds * 44_100 / 1152)


RECORDINGS = {"wav": wav, "ogg": ogg, "webm": webm, "webm with its length": lambda n: webm(n, True), "mp4": mp4,
              "mp4 in pieces": lambda n: mp4(n, True), "mp3": mp3}


@pytest.mark.parametrize("name", RECORDINGS)
def test_the_length_is_read_from_the_bytes(name):
    for seconds in (2, 61, 64):
        found = recording.read(RECORDINGS[name](seconds))
        assert found.type == f"audio/{'mpeg' if name == 'mp3' else name.split()[0]}"
        assert found.seconds == pytest.approx(seconds, abs=.2)


@pytest.mark.parametrize("name", RECORDINGS)
def test_three_minutes_are_refused_although_the_device_says_nothing_or_less(bench, name):
    for said in ({}, {"seconds": 30}):
        answer = bench.attach(RECORDINGS[name](180), kind="voice", **said)
        assert answer.status_code >= 400 and answer.get_json()["code"] == "voice_too_long"
        assert answer.get_json()["values"] == {"limit": 60}
    assert bench.files() == [] and bench.kept() == []
    assert bench.attach(RECORDINGS[name](61), kind="voice").get_json()["card"]["files"][0]["seconds"] == 61


@pytest.mark.parametrize("name", RECORDINGS)
def test_a_torn_one_stops_nothing(name):
    content = RECORDINGS[name](3)
    for end in range(0, len(content), max(1, len(content) // 80)):
        try:
            lasts = recording.read(content[:end]).seconds
        except Refusal as refusal:
            assert refusal.code == "bad_voice"
        else:
            assert lasts is None or 0 <= lasts < 4


def test_what_is_made_of_endless_parts_is_too_long():
    with pytest.raises(TooMany):
        webm_reader.read(webm(1, True) + b"\xec\x80" * 70_000)
    with pytest.raises(TooMany):
        mp4_reader.read(box(b"ftyp", b"M4A ") + box(b"free") * 70_000)
    with pytest.raises(Refusal, match="voice_too_long"):
        recording.read(webm(1, True) + b"\xec\x80" * 70_000)
