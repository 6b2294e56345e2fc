"""What others download of a recording does not say where, when or with what it was made; and it sounds as before."""
import struct

import pytest

from tests.media.pictures import wav
from tests.media.recordings import FOREIGN, KINDS, TELLS, heard, recorded
from tests.support.cast import ok
from workshop.media import recording
from workshop.media.recording import convert, mpeg, ogg


@pytest.mark.parametrize("name", [name for name in KINDS if name not in FOREIGN])
def test_the_place_the_day_and_the_device_are_gone_and_it_sounds_the_same(name):
    content = recorded(name)
    kept = recording.read(content)
    assert TELLS.search(content) and not TELLS.search(kept.content)
    assert heard(kept.content) == heard(content) and kept.seconds == pytest.approx(2, abs=.15)
    assert recording.read(kept.content).content == kept.content, "what is clean stays as it is"


def test_the_place_that_a_phone_writes_into_an_m4a_is_gone():
    content = recorded("m4a")
    at = content.index(b"moov") - 4
    size, = struct.unpack_from(">I", content, at)
    place = b"\xa9xyz" + struct.pack(">HH", 18, 0x15C7) + b"-15.8402-070.0219/"
    loci = b"loci" + bytes(6) + b"Casa de Rosa\0" + bytes(13)
    udta = b"udta" + b"".join(struct.pack(">I", len(one) + 4) + one for one in (place, loci))
    udta = struct.pack(">I", len(udta) + 4) + udta
    phone = content[:at] + struct.pack(">I", size + len(udta)) + content[at + 4:at + size] + udta + content[at + size:]
    xmp = struct.pack(">I", 60) + b"uuid" + b"\xbe\x7a\xcf\xcb" + b"exif:GPSLatitude 15.84 2026-02-03".ljust(48)
    kept = recording.read(phone + xmp).content
    assert not TELLS.search(kept) and b"GPS" not in kept and b"loci" not in kept and heard(kept) == heard(content)


def test_the_dates_of_an_mp4_are_gone():
    content = bytearray(recorded("m4a"))
    at = content.index(b"mvhd")
    content[at + 8:at + 16] = b"\xe1\x02\x03\x04\xe1\x02\x03\x05"
    kept = recording.read(bytes(content)).content
    assert b"\xe1\x02\x03" in content and b"\xe1\x02\x03" not in kept


def test_a_tag_behind_an_mp3_and_a_chunk_of_a_broadcaster_are_gone():
    song = recorded("mp3")
    kept = recording.read(song + b"APETAGEX" + b"place=15.84" + b"TAG" + b"Casa de Rosa".ljust(125)).content
    assert not TELLS.search(kept) and kept == mpeg.read(song)[1]
    bext = b"bext" + struct.pack("<I", 24) + b"AndeanPhone 2026-02-03  "
    assert not TELLS.search(recording.read(wav() + bext).content)
    head = wav()[:12] + bext + wav()[12:]
    assert recording.read(head).content == recording.read(wav()).content


def test_the_pages_of_an_ogg_have_the_right_sums():
    kept, at, seen = recording.read(recorded("opus in ogg")).content, 0, 0
    while at < len(kept):
        end = at + 27 + kept[at + 26] + sum(kept[at + 27:at + 27 + kept[at + 26]])
        page = bytearray(kept[at:end])
        page[22:26] = bytes(4)
        assert struct.unpack_from("<I", kept, at + 22)[0] == ogg.checksum(page)
        at, seen = end, seen + 1
    assert seen > 2


def test_a_recording_whose_comments_are_longer_than_a_page_is_clean():
    import av

    from tests.media import recordings
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(recordings, "HOUSE", "Casa de Rosa " * 8000)
        long = recordings.recorded.__wrapped__("opus in ogg")
    assert av and long.count(b"Casa de Rosa") > 10_000
    assert not TELLS.search(recording.read(long).content) and heard(recording.read(long).content) == heard(long)


@pytest.mark.parametrize("name", FOREIGN)
def test_what_phones_record_and_browsers_do_not_play_is_made_into_what_they_play(bench, name):
    said = ok(bench.attach(recorded(name), kind="voice").get_json())
    file = bench.luis.http.get(f"/media/{said['id']}")
    assert file.mimetype == "audio/mp4" and not TELLS.search(file.data)
    assert heard(file.data)[0] == pytest.approx(2, abs=.2) and bench.files()[0]["seconds"] == 2


@pytest.mark.parametrize("name", FOREIGN)
def test_without_the_extra_it_is_said_what_to_do(name, monkeypatch):
    monkeypatch.setattr(convert, "THERE", False)
    with pytest.raises(recording.Refusal, match="voice_not_playable"):
        recording.read(recorded(name))


def test_three_minutes_of_a_phone_are_too_long():
    with pytest.raises(recording.Refusal, match="voice_too_long"):
        recording.read(recorded("amr", 180))


def test_a_film_is_no_voice_note():
    film = recorded("m4a").replace(b"soun", b"vide")
    with pytest.raises(recording.Refusal, match="bad_voice"):
        recording.read(film)


def test_what_is_kept_of_a_voice_note_is_clean_for_whoever_downloads_it(bench):
    said = ok(bench.attach(recorded("opus in webm"), kind="voice").get_json())
    file = bench.luis.http.get(f"/media/{said['id']}")
    assert file.mimetype == "audio/webm" and not TELLS.search(file.data) and heard(file.data)[0] == pytest.approx(2, abs=.1)
