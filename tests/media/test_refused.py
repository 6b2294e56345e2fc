"""What is no photo and no recording, what is too much, and what is not one's own."""
import pytest

from tests.media.pictures import SVG, jpeg, png, profiles, scans, wav
from tests.support.cast import facilitator
from workshop.domain import limits
from workshop.media.recording import sound
from workshop.store.models import Workshop


def refused(bench, content, **said) -> str:
    """The code; nothing is kept and nobody is told."""
    before, seq = bench.kept(), bench.luis.catch_up(bench.meeting["rooms"][0])[bench.card]["seq"]
    answer = bench.attach(content, **said)
    assert answer.status_code >= 400 and answer.get_json()["ok"] is False
    assert bench.kept() == before and bench.luis.catch_up(bench.meeting["rooms"][0])[bench.card]["seq"] == seq
    return answer.get_json()["code"]


@pytest.mark.parametrize("content", [
    b"", b"no picture", SVG, b"\xff\xd8\xff\xe0" + b"x" * 500, jpeg(80, 60)[:700], b"GIF89a" + b"\0" * 60, wav()],
    ids=["empty", "text", "svg", "torn head", "torn", "gif", "sound"])
def test_what_is_not_a_photo_is_refused(bench, content):
    assert refused(bench, content) == "bad_photo"


def test_a_small_file_that_unpacks_to_hundreds_of_megabytes_is_refused_by_its_header(bench):
    bomb = png(13_000, 13_000)
    assert len(bomb) < 30_000
    assert refused(bench, bomb) == "photo_too_large"
    assert bench.attach(png(6_000, 6_000)).get_json()["ok"]  # 36 million points are a photo


REMARKS = b"\xff\xfe\0\2"


@pytest.mark.parametrize("content", [
    scans(300), scans(300).replace(b"\xff\xda", b"\xff\xff\xda"), profiles(100),
    jpeg(80, 60)[:2] + REMARKS * 5000 + jpeg(80, 60)[2:]], ids=["scans", "filled scans", "profiles", "remarks"])
def test_a_few_bytes_that_a_picture_repeats_and_that_each_cost_as_much_as_a_picture_are_refused(bench, content):
    assert refused(bench, content) == "bad_photo"


def test_what_cameras_and_programs_repeat_is_taken(bench):
    preview = b"\xff\xe2\xff\xf0" + scans(100, 80).ljust(0xFFEE, b"\0")[:0xFFEE]  # in a segment: nobody decodes it
    for content in (scans(8), profiles(1), jpeg(80, 60)[:2] + preview + jpeg(80, 60)[2:],
                    jpeg(80, 60) + scans(100)):  # a film behind the end
        assert bench.attach(content).get_json()["ok"]


@pytest.mark.parametrize("content", [b"", b"ID", SVG, jpeg(80, 60), b"#!AMR\n", b"<html><audio>",
                                     b"\0\0\0\x18ftyp3gp4" + b"\0" * 50], ids=[
                                         "empty", "short", "svg", "photo", "amr without sound", "html", "3gp without sound"])
def test_what_is_not_a_recording_is_refused(bench, content):
    assert refused(bench, content, kind="voice") == "bad_voice"


def test_the_kinds_of_recordings_are_known_by_their_first_bytes():
    assert {sound(head + b"\0" * 40) for head in (b"\x1aE\xdf\xa3\x01\0\0\0B\x82\x84webm",)} == {"audio/webm"}
    assert sound(b"OggS\0\2") == "audio/ogg" and sound(b"\0\0\0\x1cftypM4A \0\0") == "audio/mp4"
    assert sound(b"ID3\4\0") == sound(b"\xff\xfb\x90\x64") == "audio/mpeg" and sound(wav()) == "audio/wav"
    assert sound(b"\x1aE\xdf\xa3\x01matroska") is None and sound(b"RIFF\0\0\0\0AVI ") is None


@pytest.mark.parametrize(("kind", "most"), [("photo", limits.PHOTO), ("voice", limits.VOICE)])
def test_more_than_a_file_may_have_is_refused(bench, kind, most):
    answer = bench.attach(b"x" * (most + 1), kind=kind)
    assert (answer.status_code, answer.get_json()["code"]) == (413, "file_too_big")
    assert answer.get_json()["values"] == {"limit": f"{most / 2**20:g}"}
    assert bench.kept() == []


def test_a_card_takes_no_photo_of_somebody_else(bench, phone):
    luis = bench.luis.place["seats"][0]["id"]
    assert refused(bench, jpeg(80, 60), who=bench.luis) == "not_yours"
    assert refused(bench, jpeg(80, 60), who=bench.rosa, seat=luis) == "not_your_seat"
    mallory, stranger = phone(), phone()
    mallory.join(bench.meeting["code"], "Mallory", room=2)
    assert refused(bench, jpeg(80, 60), who=mallory) == "no_such_card"
    assert refused(bench, jpeg(80, 60), card="no-such-card") == "no_such_card"
    assert refused(bench, jpeg(80, 60), who=stranger) == "who_are_you"


def test_another_workshop_cannot_attach_nor_look(bench, app, phone):
    from workshop.actions.people import sessions
    from workshop.actions.rooms import workshops
    from workshop.store.models import Account
    house = app.extensions["house"]
    with house.store.write() as session:
        other = workshops.create_account(session, house.clock(), "otra@example.org", "Otra", "")
        workshops.create_workshop(session, house.clock(), other, "Otro encuentro", zones=("America/Lima",), delegations=(),
                                axes=())
        cookie = sessions.sign_in(session, house.clock(), None, session.get(Account, other.id))
    key = bench.attach(jpeg(80, 60)).get_json()["id"]
    foreign = phone()
    foreign.http.set_cookie("tinkuy", cookie)
    assert refused(bench, jpeg(80, 60), who=foreign) == "no_such_card"
    assert foreign.http.get(f"/media/{key}").status_code == foreign.http.get(f"/media/{key}/small").status_code == 404
    seat = bench.rosa.place["seats"][0]["id"]
    assert refused(bench, jpeg(80, 60), who=foreign, seat=seat, id=key) == "no_such_card"


def test_a_facilitator_may_attach_to_any_card_and_take_any_photo_off(bench):
    elena = facilitator(bench.app, bench.meeting)
    key = bench.attach(jpeg(80, 60), who=elena).get_json()["id"]
    assert [file["id"] for file in bench.files()] == [key]
    assert bench.luis.do("attachment.remove", {"id": bench.card, "file": key})["code"] == "not_yours"
    assert elena.do("attachment.remove", {"id": bench.card, "file": key}, None)["ok"]
    assert bench.files() == [] and bench.rosa.http.get(f"/media/{key}").status_code == 404
    assert elena.do("attachment.remove", {"id": bench.card, "file": key}, None)["code"] == "no_such_file"


def test_the_photo_of_a_card_that_was_taken_back_is_gone(bench):
    key = bench.attach(jpeg(80, 60)).get_json()["id"]
    assert bench.luis.http.get(f"/media/{key}").status_code == 200
    assert bench.rosa.do("contribution.withdraw", {"id": bench.card})["ok"]
    elena = facilitator(bench.app, bench.meeting)
    for who in (bench.rosa, bench.luis, elena):
        assert [who.http.get(f"/media/{key}{end}").status_code for end in ("", "/small")] == [404, 404]
    assert bench.attach(jpeg(80, 60)).get_json()["code"] == "withdrawn"


def test_who_is_not_in_the_room_sees_no_photo(bench, phone):
    key = bench.attach(jpeg(80, 60)).get_json()["id"]
    mallory, stranger = phone(), phone()
    mallory.join(bench.meeting["code"], "Mallory", room=2)
    assert [who.http.get(f"/media/{key}").status_code for who in (mallory, stranger, bench.rosa)] == [404, 404, 200]
    assert stranger.http.get(f"/media/{key}?screen={bench.meeting['screen']}").status_code == 404


@pytest.mark.parametrize("wrong", [
    {"id": "../../secret"}, {"id": "..%2f..%2fsecret"}, {"id": "short"}, {"id": "x" * 41}, {"id": "á" * 12}, {"id": None},
    {"card": "../../../x"}, {"card": None}, {"kind": "movie"}, {"kind": None}, {"seat": "*' OR 1=1"}, {"seconds": "-1"},
    {"seconds": "1e9"}])
def test_ids_that_are_paths_or_worse_are_refused(bench, wrong):
    assert refused(bench, jpeg(80, 60), **wrong) == "bad_payload"


@pytest.mark.parametrize("path", ["../secret", "..%2fsecret", "%2e%2e/%2e%2e/secret", "....//secret", "secret",
                                  "tinkuy.sqlite", "%00aaaaaaaaa", "aaaaaaaa/../../secret"])
def test_no_path_leads_out_of_the_folder(bench, path):
    bench.attach(jpeg(80, 60))
    (bench.data / "secret").write_text("not for anybody")
    answer = bench.rosa.http.get(f"/media/{path}")
    assert answer.status_code == 404 and b"not for anybody" not in answer.data


def test_files_are_given_with_headers_that_let_them_do_nothing(bench):
    for content, kind in ((jpeg(80, 60), "photo"), (wav(), "voice")):
        key = bench.attach(content, kind=kind).get_json()["id"]
        headers = bench.luis.http.get(f"/media/{key}").headers
        assert headers["X-Content-Type-Options"] == "nosniff" and "sandbox" in headers["Content-Security-Policy"]
        assert headers["Content-Disposition"] == f'inline; filename="{key}"'
        assert "private" in headers["Cache-Control"] and "public" not in headers["Cache-Control"]


def test_a_card_and_a_foreign_page_have_their_bounds(bench):
    for _ in range(limits.FILES_PER_CARD):
        assert bench.attach(wav(), kind="voice").get_json()["ok"]
    assert refused(bench, wav(), kind="voice") == "too_many_files"
    foreign = bench.rosa.http.post("/api/attach", data=wav(), headers={"X-Card": bench.card})
    assert foreign.status_code == 403


def test_where_nobody_is_to_see_who_wrote_a_voice_does_not_tell(bench):
    with bench.app.extensions["house"].store.write() as session:
        session.get(Workshop, bench.meeting["workshop"]).privacy = "anonymous"
    assert refused(bench, wav(), kind="voice") == "voice_tells_who"
    assert bench.attach(jpeg(80, 60)).get_json()["ok"]
    seen = str(bench.luis.catch_up(bench.meeting["rooms"][0])[bench.card])
    assert "files" in seen and "Rosa" not in seen and bench.rosa.place["seats"][0]["id"] not in seen


def test_when_the_disk_is_full_the_device_is_asked_to_come_again(bench, monkeypatch):
    from workshop.media.folder import Folder

    def full(*_):
        raise OSError(28, "No space left on device")
    monkeypatch.setattr(Folder, "keep", full)
    answer = bench.attach(wav(), kind="voice", id="rosas-voice-1")
    assert answer.status_code == 503 and answer.get_json()["retry_after"] > 0 and bench.files() == []
    monkeypatch.undo()
    assert bench.attach(wav(), kind="voice", id="rosas-voice-1").get_json()["ok"] and len(bench.files()) == 1
