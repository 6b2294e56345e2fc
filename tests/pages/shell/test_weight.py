"""What a newcomer's phone has to fetch, to the byte: whoever makes a room heavier does it knowingly."""
import random
import re

import brotli
import pytest

from tests.bench.newcomer import text
from tests.support import cast, needs
from workshop.actions.rooms.building import build_room
from workshop.pages.participant.room import FIRST
from workshop.pages.shell import assets
from workshop.store.models import Block, BlockRoom, Workshop
from workshop.store.streams import numbering

# Bytes; with the socket's greeting 640 more (tests/bench/newcomer.py).  The ids on the page are drawn, and how well
# they compress differs by some 20 bytes from run to run: the bound stands well above that.
# What draws the cards comes after that (part-ideas.js): until it is there the first view of the server stands.
MOST = {"br": 24_560, "gzip": 26_470}
DESK = 60_000
LOBBY, WALL = 25_000, 40_000  # first views with their scripts, of a programme of three days
AGENT = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Mobile Safari/537.36"
WAY_IN = 4_450  # bytes of the page that asks for a name, its style in it, by brotli; the room's script comes beside it
ALWAYS = "HTTP/1.1 200 OK\r\nDate: Wed, 25 Nov 2026 02:04:37 GMT\r\n\r\n"  # by eventlet


@pytest.fixture
def full(app, meeting):
    """A board of ideas of the usual length."""
    if not assets.versions():
        needs.without("the scripts are not built")
    board, draw = cast.activities(app, meeting["rooms"][0])["ideas"], random.Random(1)
    people = [cast.Phone(app.test_client()) for _ in range(3)]
    for phone, name in zip(people, ("Rosa Mamani", "Don Julio", "Elvira Condori"), strict=True):
        phone.join(meeting["code"], name)
    for n in range(24):
        people[n % 3].post(board, text(draw))
    return meeting


def bill(app, meeting, coding: str) -> dict[str, int]:
    """{what: bytes} of all answers from the form that is sent until the service worker is there."""
    http, headers = app.test_client(), {"Accept-Language": "es", "Accept-Encoding": coding, "User-Agent": AGENT}
    token = re.search(r'name="token" value="([^"]+)"', http.get(f"/j/{meeting['code']}?r=1").get_data(as_text=True))[1]
    form = {"token": token, "name": "Newcomer", "channel": "hall"}
    answers = {"the room": http.post(f"/j/{meeting['code']}?r=1", headers=headers, data=form),
               "its script": http.get(assets.url("room.js"), headers=headers),
               "the worker": http.get("/worker.js?l=es", headers=headers)}
    assert all(answer.status_code == 200 for answer in answers.values())
    room = http.get(f"/w/{meeting['workshop']}/r/1").get_data(as_text=True)
    assert room.count("li class=\"card") == FIRST
    return {name: len(ALWAYS) + sum(len(f"{key}: {value}\r\n") for key, value in answer.headers) + len(answer.data)
            for name, answer in answers.items()}


@pytest.mark.parametrize("coding", MOST)
def test_a_newcomer_to_a_full_board_fetches_little(app, full, coding):
    found = bill(app, full, coding)
    assert found["the room"] > 5000 and found["its script"] > 10_000, "this is the bill of something else"
    assert sum(found.values()) <= MOST[coding], found


def test_the_first_visit_of_the_desk_is_small(app, full):
    desk, headers = cast.facilitator(app, full).http, {"Accept-Language": "es", "Accept-Encoding": "br"}
    answers = [desk.get(path, headers=headers) for path in (f"/w/{full['workshop']}/desk", assets.url("desk.js"))]
    assert [answer.status_code for answer in answers] == [200, 200]
    found = [len(answer.data) for answer in answers]
    assert found[0] > 5000 and found[1] > 10_000 and sum(found) <= DESK, found


def test_forty_blocks_and_thirty_rooms_are_light_on_desk_lobby_and_wall(app, full):
    house, headers = app.extensions["house"], {"Accept-Language": "es", "Accept-Encoding": "br"}
    desk, rosa = cast.facilitator(app, full).http, cast.Phone(app.test_client())
    rosa.join(full["code"], "Rosa Quispe", room=1)
    with house.store.write() as session:
        workshop, at = session.get(Workshop, full["workshop"]), house.clock()
        numbering.lock(session, {workshop.id})
        made = [build_room(session, workshop, f"Mesa {n}: agua, semilla y feria en la comunidad") for n in range(27)]
        for n in range(40):
            block = Block(workshop_id=workshop.id, day=f"2026-12-0{1 + n // 14}", position=n, kind="groups", minutes=30,
                          title=f"Bloque {n}: lo que ayudó, lo que costó y lo que proponemos", starts_at=at, pinned=False)
            session.add(block)
            session.flush()
            session.add_all(BlockRoom(block_id=block.id, room_id=room.id) for room in made[n % 27:n % 27 + 2])
    found = {}
    for name, http, path, script in (("desk", desk, f"/w/{full['workshop']}/desk", "desk.js"),
                                     ("lobby", rosa.http, f"/w/{full['workshop']}", "lobby.js"),
                                     ("wall", app.test_client(), f"/s/{full['screen']}", "wall.js")):
        answers = [http.get(one, headers=headers) for one in (path, assets.url(script))]
        assert [answer.status_code for answer in answers] == [200, 200], name
        found[name] = sum(len(answer.data) for answer in answers)
    assert found["desk"] <= DESK and found["lobby"] <= LOBBY and found["wall"] <= WALL, found


@pytest.mark.parametrize("language", ["es", "fr", "en"])
def test_the_way_in_is_light(app, full, language):
    answer = app.test_client().get(f"/j/{full['code']}?r=1", headers={"Accept-Language": language, "Accept-Encoding": "br"})
    page = brotli.decompress(answer.data).decode()
    assert f'<html lang="{language}"' in page and 'name="delegation"' in page and "<style" in page
    assert 3000 < len(answer.data) <= WAY_IN, len(answer.data)


def test_only_pages_carry_the_rules_for_pages(app, full):
    http = app.test_client()
    script = http.get(assets.url("room.js"))
    for name in ("Content-Security-Policy", "Referrer-Policy", "Content-Disposition", "Last-Modified"):
        assert name not in script.headers
    assert script.headers["Vary"] == "Accept-Encoding", "one answer for all people"
    assert script.headers["X-Content-Type-Options"] == "nosniff"
    assert http.get("/api/me").headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"


def test_the_page_for_no_line_comes_with_the_worker_and_needs_no_inline_style_to_be_allowed(app, full):
    http = app.test_client()
    first = http.get("/worker.js?l=fr")
    assert "Hors connexion" in first.text and "unsafe" not in first.text and "sha256-" in first.text
    assert first.headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'; connect-src 'self'"
    again = http.get("/worker.js?l=fr", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize(("asked", "sent"), [
    ("br, gzip", "br"), ("br;q=0, gzip", "gzip"), ("br;q=0, gzip;q=0", None), ("*", "br"), ("*;q=0", None),
    ("*;q=0, gzip", "gzip"), ("identity", None)])
def test_a_coding_that_a_browser_refuses_is_not_sent(app, full, asked, sent):
    http = app.test_client()
    for path in (f"/j/{full['code']}", assets.url("room.js"), "/worker.js?l=es"):
        answer = http.get(path, headers={"Accept-Encoding": asked})
        assert answer.status_code == 200 and answer.headers.get("Content-Encoding") == sent, path
