"""Whatever the bytes are, a reader comes to an end within so many steps and says what they are, or that they are nothing."""
import random
import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.media import test_recording as made
from tests.media.pictures import jpeg, png, wav
from tests.media.recordings import KINDS, recorded
from workshop.domain.errors import Refusal
from workshop.domain.limits import PICTURE_SIDE, SMALL_PICTURE, VOICE_SECONDS
from workshop.media import recording, redraw
from workshop.media.recording import mp4, mpeg, ogg, parts, webm
from workshop.media.recording import wav as wave

EVERY = settings(deadline=None, max_examples=150)
SIZES = (0, 1, 7, 8, 0x7F, 0xFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF)
LARGE = st.sampled_from([size.to_bytes(4, order) for size in SIZES for order in ("big", "little")]
                        + [b"\xff" * 8, b"\x01" + b"\xff" * 7, b"\x00" * 8])
NAMES = st.sampled_from([*(name for name in mp4.KEPT | mp4.INSIDE), b"udta", b"meta", b"OggS", b"fmt ", b"data", b"LIST",
                         b"\x1aE\xdf\xa3", b"\x1fC\xb6u", b"\xa3\x81", b"\xec\x80", b"\xff\xfb\x10\xc0", b"ID3\x04"])
HEADS = (b"\0\0\0\x1cftypM4A \0\0\0\0M4A mp42isom\0\0\0\0", b"OggS\0\x02", b"\x1aE\xdf\xa3\x87B\x82\x84webm", wav()[:44],
         b"ID3\x04\0\0\0\0\0\0", b"\xff\xfb\x10\xc0", b"\0\0\0\x14ftyp3gp4\0\0\0\0isom", b"#!AMR\n", b"caff\0\1\0\0")
READERS = {"mp4": mp4.read, "mpeg": mpeg.read, "ogg": ogg.read, "webm": webm.read, "wav": wave.read}


@st.composite
def damaged(draw, whole) -> bytes:
    """One of these files with bytes changed, left out, doubled, or with numbers that are too large in it."""
    content = bytearray(draw(whole))
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, max(0, len(content) - 1)))
        act = draw(st.sampled_from(("set", "size", "name", "cut", "drop", "double")))
        if act == "set":
            content[at:at + 1] = draw(st.binary(min_size=1, max_size=1))
        elif act in ("size", "name"):
            said = draw(LARGE if act == "size" else NAMES)
            content[at:at + len(said)] = said
        elif act == "cut":
            del content[at:]
        elif act == "drop":
            del content[at:at + draw(st.integers(1, 64))]
        else:
            content[at:at] = content[at:at + draw(st.integers(1, 200))] * draw(st.integers(1, 40))
    return bytes(content[:300_000])


GARBAGE = st.builds(lambda head, pieces: head + b"".join(pieces), st.sampled_from(HEADS),
                    st.lists(st.one_of(NAMES, LARGE, st.binary(max_size=40)), max_size=60))
SMALL = {"ogg": made.ogg(2), "webm": made.webm(2), "mp4": made.mp4(2), "pieces": made.mp4(2, True), "mp3": made.mp3(1),
         "wav": wav()[:2000]}


def holds(content: bytes) -> None:
    """A recording that is none longer than it may, no larger than it was, or a refusal."""
    try:
        found = recording.read(content)
    except Refusal as refusal:
        assert refusal.code in ("bad_voice", "voice_too_long", "voice_not_playable")
        return
    assert recording.sound(found.content[:64]) == found.type
    assert found.seconds is None or 0 <= found.seconds <= VOICE_SECONDS + recording.SLACK


@EVERY
@given(damaged(st.sampled_from(list(SMALL.values()))))
def test_a_damaged_recording_is_one_or_is_refused(content):
    holds(content)


@EVERY
@given(GARBAGE)
def test_garbage_that_begins_as_a_recording_is_one_or_is_refused(content):
    holds(content)


@pytest.mark.parametrize("name", KINDS)
def test_a_real_recording_that_was_damaged_is_one_or_is_refused(name):
    content, draw = recorded(name), random.Random(7)
    for _ in range(25):
        torn = bytearray(content)
        for _ in range(draw.randint(1, 8)):
            at = draw.randrange(min(len(torn), draw.choice((200, 2000, len(torn)))))
            torn[at:at + 4] = draw.choice(SIZES).to_bytes(4, "big") if draw.random() < .5 else draw.randbytes(4)
        holds(bytes(torn[:draw.randint(1, len(torn))] if draw.random() < .3 else torn))


@EVERY
@given(st.sampled_from(list(READERS)), st.one_of(damaged(st.sampled_from(list(SMALL.values()))), GARBAGE))
def test_a_reader_takes_no_more_steps_than_there_are_bytes(name, content):
    steps = parts.Steps()
    try:
        _seconds, kept = READERS[name](content, steps)
        assert len(kept) <= len(content) + 64
    except (parts.Unreadable, parts.Unplayable, parts.TooMany, ValueError, OverflowError, IndexError):
        pass
    assert steps.taken <= len(content) // 2 + 1


def test_sixty_bytes_that_speak_of_four_thousand_million_samples_are_read_at_once():
    """Each number that is read costs bytes which are there: the reader of numbers counts."""
    trun = made.box(b"trun", struct.pack(">II", 0x100, 0xFFFFFFFF))
    lying = made.box(b"ftyp", b"M4A ") + made.box(b"moof", made.box(b"traf", trun[:4].replace(trun[:4], b"\xff\xff\xff\xf0")
                                                                   + trun[4:]))
    read, taken = parts.number, []

    def counted(content, start, *more):
        taken.append(start)
        assert len(taken) < 200, "a size was believed"
        return read(content, start, *more)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(mp4, "number", counted)
        holds(lying)
        holds(lying + made.box(b"stts", struct.pack(">II", 0, 0xFFFFFFFF)))
    assert len(lying) <= 60 and taken


@pytest.mark.parametrize("content", [
    b"\x1aE\xdf\xa3\x87B\x82\x84webm" + tail for tail in (
        b"", b"\0" * 50, b"\x2a\xd7\xb1\x88" + b"\xff" * 8, b"\x44\x89\x88\x7f\xf0" + bytes(6), b"\x44\x89\x84\x7f\xc0\0\0",
        b"\xa3\x80", b"\xa3\x81", b"\xa3", b"\xe7\x88" + b"\xff" * 8 + b"\xa3\x84\x81\x7f\xff\x80")])
def test_odd_webm_is_read_or_refused(bench, content):
    answer = bench.attach(content, kind="voice")
    assert answer.status_code < 500 and answer.get_json().get("code", "bad_voice") in ("bad_voice", "voice_too_long")


@settings(deadline=None, max_examples=60)
@given(damaged(st.sampled_from([jpeg(64, 48), png(200, 100)])))
def test_a_damaged_picture_is_one_or_is_refused(content):
    try:
        said, (picture, small) = redraw.task({}, content)
    except Refusal as refusal:
        assert refusal.code in ("bad_photo", "photo_too_large", "photo_not_shown")
        return
    assert max(said["width"], said["height"]) <= PICTURE_SIDE and picture and len(small) <= SMALL_PICTURE
