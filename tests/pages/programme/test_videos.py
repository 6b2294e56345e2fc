"""A video is put on a block by the team, and seen by the people of the workshop alone."""
import io
import random
import re
from datetime import timedelta
from html import unescape

import pytest

from tests.support import cast
from tests.support.needs import without
from workshop.actions.lives.removing import remove as remove_workshop
from workshop.actions.programme import videos
from workshop.media import film
from workshop.media.folder import Folder
from workshop.store.models import Block, History, Video, Workshop

PLACE = b"Casa de Rosa"


def made(form: str = "mp4", codec: str = "libx264", seconds: int = 2, noise: bool = False) -> bytes:
    """A short film of a bright field, with the place where it was made."""
    try:
        import av
    except ImportError:
        return without("PyAV is not installed (the extra `phones`)")
    out = io.BytesIO()
    with av.open(out, "w", format=form) as written:
        written.metadata["comment"] = PLACE.decode()
        track = written.add_stream(codec, rate=10)
        track.width, track.height, track.pix_fmt = 64, 48, "yuv420p"
        for _ in range(10 * seconds):
            frame = av.VideoFrame(64, 48, "rgb24")
            field = frame.planes[0].buffer_size
            frame.planes[0].update(random.Random(1).randbytes(field) if noise else bytes([200]) * field)
            for packet in track.encode(frame):
                written.mux(packet)
        for packet in track.encode(None):
            written.mux(packet)
    return out.getvalue()


@pytest.fixture
def here(app, meeting, phone):
    """Elena's block with room for a video, and Rosa in the workshop."""
    class Here:
        elena, rosa, house = cast.facilitator(app, meeting), phone(), app.extensions["house"]
        path = f"/w/{meeting['workshop']}"
        folder = Folder(app.extensions["house"].config.data)

        def block(self, **said):
            said = {"workshop": meeting["workshop"], "day": "2026-12-01", "title": "La cosecha", "kind": "video"} | said
            return cast.ok(self.elena.do("block.add", said, None))["block"]

        def put(self, block, content: bytes, who=None, **more):
            who = who or self.elena
            page = who.http.get(f"{self.path}/programme?block={block}").get_data(as_text=True)
            token = re.search(r'name="token" value="([^"]+)"', page)[1]
            fields = {"token": token, "client": "c" * 22, "block": block, "day": "2026-12-01"} | more
            if content:
                fields["video"] = (io.BytesIO(content), "cosecha.mp4")
            answer = who.http.post(f"{self.path}/programme/{block}/video", data=fields, headers={"Accept-Language": "es"})
            return answer if answer.status_code == 303 else unescape(answer.get_data(as_text=True))

        def rows(self):
            with self.house.store.read() as session:
                return session.query(Video).all()

        def kept(self):
            return sorted(one.name for one in self.folder.top.rglob("*") if one.is_file())

        def address(self, block):
            page = self.rosa.http.get(f"{self.path}/video/{block}").get_data(as_text=True)
            return re.search(r'src="(/video/[^"]+)" type', page)[1]
    here = Here()
    here.rosa.join(meeting["code"], "Rosa Quispe")
    return here


def test_people_see_how_large_it_is_and_what_it_says_before_anything_of_it_is_loaded(here):
    block = here.block()
    assert here.put(block, made()).status_code == 303
    cast.ok(here.elena.do("block.edit", {"workshop": here.path[3:], "block": block,
                                         "transcript": "Llegó\nla cosecha"}, None))
    text = unescape(here.rosa.http.get(f"{here.path}/video/{block}").get_data(as_text=True))
    assert 'preload="none"' in text and "1 MB" in text and "Llegó\nla cosecha" in text and "poster=" in text
    assert f"/video/{block}" in here.rosa.http.get(here.path).get_data(as_text=True)  # the programme leads there
    saving = here.rosa.http.get(f"{here.path}/video/{block}", headers={"Save-Data": "on"}).get_data(as_text=True)
    assert "<video" not in saving and "play=1" in saving
    row, = here.rows()
    assert (row.type, row.width, row.height, row.seconds) == ("video/mp4", 64, 48, 2)
    still = here.rosa.http.get(f"/video/{row.id}/still")
    assert still.mimetype == "image/jpeg" and still.data[:3] == b"\xff\xd8\xff"


def test_it_comes_in_the_ranges_that_are_asked_for(here):
    block = here.block()
    here.put(block, made())
    at = here.address(block)
    whole = here.rosa.http.get(at)
    assert whole.status_code == 200 and whole.headers["Accept-Ranges"] == "bytes"
    some = here.rosa.http.get(at, headers={"Range": "bytes=10-19"})
    assert some.status_code == 206 and some.data == whole.data[10:20]
    assert some.headers["Content-Range"] == f"bytes 10-19/{len(whole.data)}"
    last = here.rosa.http.get(at, headers={"Range": "bytes=-5", "If-Range": whole.headers["ETag"]})
    assert last.status_code == 206 and last.data == whole.data[-5:]
    assert here.rosa.http.get(at, headers={"Range": "bytes=0-4", "If-Range": '"another"'}).status_code == 200
    beyond = here.rosa.http.get(at, headers={"Range": f"bytes={len(whole.data)}-"})
    assert beyond.status_code == 416
    head = here.rosa.http.head(at)
    assert head.status_code == 200 and not head.data and int(head.headers["Content-Length"]) == len(whole.data)
    assert "private" in whole.headers["Cache-Control"]


def test_strangers_do_not_get_it_and_the_wall_does(app, here, meeting):
    block = here.block()
    here.put(block, made())
    at, stranger = here.address(block), app.test_client()
    assert stranger.get(at).status_code == 404 and stranger.get(f"{at}/still").status_code == 404
    assert stranger.get(f"{at}?screen={meeting['screen']}").status_code == 200
    assert stranger.get(f"{at}?screen=not-the-key").status_code == 404
    cast.ok(here.elena.do("block.drop", {"workshop": meeting["workshop"], "block": block, "on": True}, None))
    assert here.rosa.http.get(at).status_code == 404 and here.elena.http.get(at).status_code == 200


def test_where_it_was_made_is_not_in_what_others_get(here):
    content = made()
    assert PLACE in content
    block = here.block()
    here.put(block, content)
    served = here.rosa.http.get(here.address(block)).data
    assert PLACE not in served and len(served) == len(content)
    assert film._opened(film.Parts(len(served), served, b""))[0]["seconds"] == 2  # and it plays as before


def test_what_is_no_video_or_plays_nowhere_or_is_too_large_is_refused_and_leaves_nothing(here, monkeypatch):
    block = here.block()
    assert "MP4" in here.put(block, b"no es un video" * 99)
    assert "MP4" in here.put(block, b"\x00\x00\x00\x18ftypisom" + b"\0" * 500)
    assert "H.264" in here.put(block, made(codec="mpeg4"))
    assert "archivo" in here.put(block, b"")
    object.__setattr__(here.house.config, "video_mb", 0)
    assert "0 MB" in here.put(block, made())
    assert here.kept() == [] and here.rows() == []


def test_a_webm_is_taken_too(here):
    block = here.block()
    assert here.put(block, made("webm", "libvpx")).status_code == 303
    assert here.rosa.http.get(here.address(block)).mimetype == "video/webm"


def test_a_large_one_whose_index_stands_at_its_end_is_opened_by_its_two_ends():
    content = made(seconds=40, noise=True)
    at = len(content) - content.rindex(b"moov") + 4
    assert len(content) > 3 * at
    said, _still = film.task({"size": len(content), "head": at}, content[:at] + content[-at:])
    assert said["seconds"] == 40


def test_another_one_takes_its_place_and_what_was_taken_away_comes_back_or_goes_for_good(here, meeting):
    block = here.block()
    here.put(block, made())
    here.put(block, made(seconds=3))
    first, second = sorted(here.rows(), key=lambda row: row.created_at)
    assert first.removed_at and not second.removed_at
    here.put(block, b"", do="remove")
    assert here.rosa.http.get(f"/video/{second.id}").status_code == 404
    with here.house.store.read() as session:
        act = session.query(History).filter_by(verb="video.remove").one().id
    cast.ok(here.elena.do("act.undo", {"workshop": meeting["workshop"], "act": act}, None))
    assert here.rosa.http.get(f"/video/{second.id}").status_code == 200
    assert videos.sweep(here.house.store, here.house.clock(), here.folder) == 0
    assert videos.sweep(here.house.store, here.house.clock() + timedelta(days=2), here.folder) == 1
    assert len(here.kept()) == 2 and len(here.rows()) == 1


def test_a_copy_of_the_workshop_shows_it_and_the_file_stays_as_long_as_one_of_them_does(here, meeting):
    block = here.block()
    here.put(block, made())
    copy = cast.ok(here.elena.do("workshop.duplicate", {"workshop": meeting["workshop"], "title": "Otra vez",
                                                        "first_day": ""}, None))["workshop"]
    assert [row.workshop_id for row in here.rows() if row.workshop_id == copy] == [copy]
    with here.house.store.write() as session:
        session.get(Workshop, meeting["workshop"]).deleted_at = here.house.clock()
    remove_workshop(here.house.store, here.folder, meeting["workshop"])
    assert len(here.rows()) == 1 and len(here.kept()) == 2
    with here.house.store.write() as session:
        session.get(Workshop, copy).deleted_at = here.house.clock()
    remove_workshop(here.house.store, here.folder, copy)
    assert here.rows() == [] and here.kept() == []


def test_a_block_that_is_deleted_leaves_its_video_to_be_cleaned_away(here, meeting):
    block = here.block()
    here.put(block, made())
    for verb in ("block.drop", "block.delete"):
        cast.ok(here.elena.do(verb, {"workshop": meeting["workshop"], "block": block}, None))
    with here.house.store.read() as session:
        assert session.get(Block, block) is None
    videos.sweep(here.house.store, here.house.clock() + timedelta(days=2), here.folder)
    assert here.kept() == [] and here.rows() == []


def test_only_who_leads_puts_one_there(here, phone, meeting):
    block = here.block()
    answer = here.rosa.http.post(f"{here.path}/programme/{block}/video", headers={"X-Workshop": "1"},
                                 data={"video": (io.BytesIO(b"x" * 300_000), "x.mp4")})
    assert answer.status_code in (403, 413) and here.rows() == []
