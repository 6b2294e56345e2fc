"""Pages of large boards pause while they are drawn, and a device gets one at a time."""
import re
import socket
import threading

import pytest

from tests.media.pictures import jpeg
from tests.pages.facilitator.people import joined
from tests.pages.shell.attacks.test_guard import signed_in
from tests.support import cast
from tests.support.waiting import PATIENCE
from workshop import time_slices
from workshop.work_queue import WorkQueue

CARDS = 12


@pytest.fixture
def board(app, meeting):
    """A room with cards, comments and an open vote; the address of its workshop."""
    rosa = cast.Phone(app.test_client())
    rosa.join(meeting["code"], "Rosa")
    ideas = cast.activities(app, meeting["rooms"][0])["ideas"]
    for n in range(CARDS):
        card = cast.ok(rosa.post(ideas, f"Idea {n}"))["card"]["id"]
        cast.ok(rosa.post(ideas, f"Comentario {n}", parent=card))
    cast.to_step(app, meeting["rooms"][0], 1)
    return f"/w/{meeting['workshop']}"


@pytest.fixture
def pauses_seen(monkeypatch):
    """How many pauses there were, when there is one at every chance."""
    seen = []
    monkeypatch.setattr(time_slices, "SLICE", 0.0)
    monkeypatch.setattr(time_slices.time, "sleep", lambda seconds: seen.append(seconds))
    return seen


def plain(page: str) -> str:
    """A page without what is another one each time."""
    page = re.sub(r'nonce="[^"]*"|name="(token|client)" value="[^"]*"', "", page)
    return re.sub(r'"now":[0-9.]+', "", page)


LARGE = ("/r/1?all=1", "/r/1/scribe", "/report", "/r/1/process/1", "/r/1?all=1&arrange=1")


@pytest.mark.parametrize("path", LARGE)
def test_between_two_pauses_there_is_one_card_at_most(board, app, pauses_seen, path):
    elena = signed_in(app)
    pauses_seen.clear()
    elena.open(board + path)
    assert elena.status == 200 and len(pauses_seen) >= CARDS


@pytest.mark.parametrize("path", [*LARGE, "/desk", "/people", "/find?text=idea", "/plenary", ""])
def test_a_page_with_pauses_is_the_page_without(board, app, monkeypatch, path):
    elena = signed_in(app)
    monkeypatch.setattr(time_slices, "SLICE", float("inf"))
    whole = plain(elena.open(board + path))
    monkeypatch.setattr(time_slices, "SLICE", 0.0)
    assert plain(elena.open(board + path)) == whole and elena.status == 200


def test_no_session_is_open_while_a_page_is_drawn(board, app, monkeypatch):
    elena, pool = signed_in(app), app.extensions["house"].store.engine.pool
    held = []
    from workshop.pages.shell import render
    draw = render.render_template
    monkeypatch.setattr(render, "render_template", lambda *a, **k: (held.append(pool.checkedout()), draw(*a, **k))[1])
    elena.open(board + "/r/1/scribe")
    assert held == [pool.checkedout()]  # what stays is the reader's own


def test_of_a_device_one_page_is_drawn_at_a_time_and_of_another_the_next(board, app, monkeypatch):
    elena = signed_in(app)
    rosa, inside = joined(app, {"code": _code(elena, board)}, "Rosa Mamani"), []
    house, goes_on = app.extensions["house"], threading.Event()
    device = house.rate_limit_keys.device(elena.http.get_cookie("tinkuy").value)
    from workshop.pages.shell import render
    draw = render.render_template

    def slowly(name, **values):
        inside.append(name)
        goes_on.wait(PATIENCE)
        return draw(name, **values)
    monkeypatch.setattr(render, "render_template", slowly)
    cookie = elena.http.get_cookie("tinkuy").value
    tabs = [threading.Thread(target=tab.open, args=(board + "/desk",)) for tab in (_tab(app, cookie) for _ in range(3))]
    for tab in tabs:
        tab.start()
    until(lambda: inside and house.drawing.waits(device) == 2)
    other = threading.Thread(target=rosa.open, args=(board + "/r/1",))
    other.start()
    until(lambda: len(inside) == 2)
    assert inside == ["facilitator/desk.html", "participant/room.html"]
    goes_on.set()
    for one in (*tabs, other):
        one.join(PATIENCE)
    assert inside.count("facilitator/desk.html") == 3 and rosa.status == 200 and not house.drawing.under_way


def test_who_waits_for_too_many_gets_a_page_that_comes_again_by_itself(board, app):
    elena = signed_in(app)
    house = app.extensions["house"]
    house.drawing = WorkQueue(waiting=0)
    with house.drawing.take(house.rate_limit_keys.device(elena.http.get_cookie("tinkuy").value)):
        answer = elena.http.get(board + "/report", headers=elena.headers)
        assert answer.status_code == 429 and "varias páginas" in answer.get_data(as_text=True)
        assert int(answer.headers["Refresh"]) == int(answer.headers["Retry-After"]) > 0
        assert elena.http.get(board + "/qr.svg").status_code == 200  # of which a sheet has a dozen
        assert elena.http.get("/", headers=elena.headers).status_code == 200
    assert elena.http.get(board + "/report").status_code == 200


def test_a_page_that_nobody_waits_for_any_more_is_not_drawn(board, app, monkeypatch):
    elena, drawn = signed_in(app), []
    house, cookie = app.extensions["house"], elena.http.get_cookie("tinkuy").value
    from workshop.pages.shell import render
    draw = render.render_template
    monkeypatch.setattr(render, "render_template", lambda *a, **k: (drawn.append(a), draw(*a, **k))[1])
    ours, theirs = socket.socketpair()
    reload, device = _tab(app, cookie), house.rate_limit_keys.device(cookie)
    with ours, house.drawing.take(device):
        thread = threading.Thread(target=reload.http.get, args=(board + "/report",),
                                  kwargs={"environ_overrides": {"werkzeug.socket": ours}})
        thread.start()
        until(lambda: house.drawing.waits(device) == 1)
        theirs.close()
    thread.join(PATIENCE)
    assert not drawn and not house.drawing.under_way


def test_a_page_that_is_left_half_drawn_is_not_drawn_to_its_end(board, app, monkeypatch):
    elena, looks = signed_in(app), []
    ours, theirs = socket.socketpair()
    monkeypatch.setattr(time_slices, "SLICE", 0.0)

    def leave(_seconds):
        looks.append(1)
        theirs.close()
    monkeypatch.setattr(time_slices.time, "sleep", leave)
    with ours:
        answer = elena.http.get(board + "/report", environ_overrides={"werkzeug.socket": ours})
    assert answer.status_code == 503 and not answer.data and len(looks) == 1
    assert not app.extensions["house"].drawing.under_way


def test_what_is_sent_meanwhile_on_an_open_connection_is_not_taken_for_hanging_up(board, app, pauses_seen):
    ours, theirs = socket.socketpair()
    theirs.send(b"GET / HTTP/1.1")
    with ours, theirs:
        answer = signed_in(app).http.get(board + "/report", environ_overrides={"werkzeug.socket": ours})
        assert answer.status_code == 200 and ours.recv(14) == b"GET / HTTP/1.1"


def test_an_error_in_the_middle_of_a_page_is_a_page_that_says_so_and_the_turn_is_free(board, app, monkeypatch):
    elena, counted = signed_in(app), []

    def fails(*_):
        counted.append(1)
        if len(counted) == 5:
            raise ZeroDivisionError
        return "R1-000"
    monkeypatch.setitem(app.jinja_env.globals, "number", fails)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    answer = elena.http.get(board + "/r/1/scribe", headers=elena.headers)
    text = answer.get_data(as_text=True)
    assert answer.status_code == 500 and text.count("<!doctype html>") == 1 and "</html>" in text and len(counted) == 5
    assert not app.extensions["house"].drawing.under_way


def test_heads_lengths_and_nonces_are_those_of_the_page(board, app, pauses_seen):
    elena = signed_in(app)
    whole, head = elena.http.get(board + "/r/1?all=1"), elena.http.head(board + "/r/1?all=1")
    assert int(whole.headers["Content-Length"]) == len(whole.data) and not head.data
    assert abs(int(head.headers["Content-Length"]) - len(whole.data)) < 20  # of the hour
    nonce = re.search(r'<style nonce="([^"]+)"', whole.get_data(as_text=True))[1]
    assert f"'nonce-{nonce}'" in whole.headers["Content-Security-Policy"]


def _code(elena, board: str) -> str:
    elena.open(board + "/desk")
    return re.search(r"/j/([A-Z0-9]+)", elena.page)[1]


def _tab(app, cookie: str):
    """Another tab of the browser with this cookie."""
    from tests.pages.facilitator.people import Browser
    tab = Browser(app)
    tab.http.set_cookie("tinkuy", cookie)
    return tab


def until(condition) -> None:
    """Wait for something that other threads bring about."""
    at = threading.Event()
    for _ in range(3000):
        if condition():
            return
        at.wait(0.01)
    raise AssertionError("it did not come about")


def test_a_photo_whose_sender_has_hung_up_is_not_read(app, meeting):
    """Who waits for a child and is gone when the turn comes costs nothing."""
    rosa, pool = cast.Phone(app.test_client()), app.extensions["house"].sandbox
    rosa.join(meeting["code"], "Rosa")
    ideas = cast.activities(app, meeting["rooms"][0])["ideas"]
    card = cast.ok(rosa.post(ideas, "Idea"))["card"]["id"]
    asked, answers = [], []
    device = app.extensions["house"].rate_limit_keys.device(rosa.http.get_cookie("tinkuy").value)
    headers = {"X-Workshop": "1", "X-Attachment": "a" * 16, "X-Card": card, "X-Kind": "photo",
               "X-Seat": rosa.place["seats"][0]["id"]}
    ours, theirs = socket.socketpair()
    with pytest.MonkeyPatch.context() as patch, ours, pool.queue.take(device):
        patch.setattr(pool, "_asked", lambda *given: asked.append(given))
        thread = threading.Thread(target=lambda: answers.append(rosa.http.post(
            "/api/attach", data=jpeg(80, 60), headers=headers, environ_overrides={"werkzeug.socket": ours}).status_code))
        thread.start()
        until(lambda: pool.queue.waits(device) == 1)
        theirs.close()
    thread.join(PATIENCE)
    assert answers == [503] and not asked and not pool.queue.under_way
