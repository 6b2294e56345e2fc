"""Every bound on work counts by whom the store knows, or by the address: a new cookie each time is worth nothing."""
import re
import secrets
import threading
from html import unescape
from itertools import chain

import pytest

from tests.pages.facilitator.people import joined
from tests.support import cast
from tests.support.waiting import PATIENCE
from workshop.domain.limits import Buckets
from workshop.live import door
from workshop.pages.input import code_limiter
from workshop.pages.shell.request_gate import BEHIND_ADDRESS, asker
from workshop.work_queue import WorkQueue

FEW, NEVER = 2, 1e-9  # requests at once, and then each second, of a device
HALL = 90
JSON = {"X-Workshop": "1"}
LATER = "no puede guardar ni mostrar nada en este momento"


def made_up() -> dict:
    """The cookie of nobody."""
    return {"Cookie": f"tinkuy={secrets.token_urlsafe(32)}"}


def bounded(app) -> None:
    """Few at once of everything that is counted in requests."""
    house = app.extensions["house"]
    house.commands, house.questions, house.uploads, house.entries = (Buckets(NEVER, FEW) for _ in range(4))


def _do(http, _meeting, heads) -> bool:
    return "retry_after" in http.post("/api/do", json={}, headers=JSON | heads).get_json()


def _changes(http, meeting, heads) -> bool:
    with http.get(f"/api/changes?stream={meeting['workshop']}&screen={secrets.token_urlsafe(9)}", headers=heads) as answer:
        return answer.status_code == 503


def _say(http, meeting, heads) -> bool:
    heads = heads | {"Accept-Language": "es"}
    with http.post(f"/w/{meeting['workshop']}/r/1/say", data={"add": "x"}, headers=heads) as answer:
        return LATER in unescape(answer.get_data(as_text=True))


def _attach(http, _meeting, heads) -> bool:
    said = {"X-Attachment": "a" * 16, "X-Card": "b" * 16, "X-Kind": "photo"}
    return http.post("/api/attach", data=b"x", headers=JSON | said | heads).status_code == 503


def _join(http, meeting, heads) -> bool:
    asked = {"code": meeting["code"], "seats": [{"name": ""}]}  # refused, after a turn of the disk
    return http.post("/api/join", json=asked, headers=JSON | heads).get_json()["code"] == "too_many_at_once"


DOORS = {"do": _do, "changes": _changes, "say": _say, "attach": _attach, "join": _join}


@pytest.mark.parametrize("door", DOORS)
def test_a_new_cookie_each_time_has_the_bound_of_the_address(app, meeting, monkeypatch, door):
    monkeypatch.setattr(code_limiter, "ENTRIES_BEHIND", BEHIND_ADDRESS)
    bounded(app)
    http = app.test_client(use_cookies=False)
    held_up = [DOORS[door](http, meeting, made_up()) for _ in range(FEW + BEHIND_ADDRESS + 5)]
    assert held_up == [False] * (FEW + BEHIND_ADDRESS) + [True] * 5


def test_ninety_known_devices_behind_that_address_are_not_held_up_by_it(app, meeting):
    hall = [cast.Phone(app.test_client()) for _ in range(HALL)]
    for n, phone in enumerate(hall):
        phone.join(meeting["code"], f"Persona {n}")
    bounded(app)
    ideas, thief = cast.activities(app, meeting["rooms"][0])["ideas"], app.test_client(use_cookies=False)
    while not _do(thief, meeting, made_up()):
        pass
    while not _changes(thief, meeting, made_up()):
        pass
    for phone in hall:
        for _ in range(FEW):
            cast.ok(phone.post(ideas, "Idea"))
        assert phone.catch_up(meeting["rooms"][0])
    assert "retry_after" in hall[0].post(ideas, "una más"), "each has a bound of its own"


def test_a_device_has_one_bound_whichever_of_its_cookies_it_comes_with(app, meeting):
    rosa = cast.Phone(app.test_client())
    code = rosa.join(meeting["code"], "Rosa")["seats"][0]["code"]
    former = {"Cookie": f"tinkuy={rosa.http.get_cookie('tinkuy').value}"}
    bounded(app)
    page = rosa.http.get("/").get_data(as_text=True)
    rosa.http.post("/", data={"code": code, "token": re.search(r'name="token" value="([^"]+)"', page)[1]})
    assert rosa.http.get_cookie("tinkuy").value not in former["Cookie"]
    said = ["retry_after" in rosa.http.post("/api/do", json={}, headers=JSON).get_json() for _ in range(FEW + 1)]
    assert said == [False] * FEW + [True]


def test_who_comes_back_again_and_again_makes_no_devices_without_end(app, meeting, monkeypatch):
    monkeypatch.setattr(code_limiter, "ENTRIES_BEHIND", 3)
    code = cast.Phone(app.test_client()).join(meeting["code"], "Rosa")["seats"][0]["code"]
    bounded(app)
    said = []
    for _ in range(FEW + 3 + 2):
        stranger = app.test_client()
        token = re.search(r'name="token" value="([^"]+)"', stranger.get("/").get_data(as_text=True))[1]
        said.append(stranger.post("/", data={"code": code, "token": token}).status_code)
    assert said == [303] * (FEW + 3) + [200] * 2


def test_a_wall_is_counted_for_itself_at_each_address_and_a_made_up_key_is_not(app, meeting):
    rosa, keys = joined(app, meeting, "Rosa Mamani"), []
    house, cookie = app.extensions["house"], rosa.http.get_cookie("tinkuy").value
    for at, cookie_, wall in (("10.0.0.7", cookie, None), ("10.0.0.7", "made up", "no key"), ("10.0.0.7", None, None),
                              ("10.0.0.7", "made up", meeting["screen"]), ("10.0.0.8", None, meeting["screen"])):
        heads = {"Cookie": f"tinkuy={cookie_}"} if cookie_ else {}
        with app.test_request_context("/" + (f"?screen={wall}" if wall else ""), headers=heads,
                                      environ_base={"REMOTE_ADDR": at}):
            keys.append((asker().key, asker().group))
    here, wall = "address 10.0.0.7", f"wall {meeting['workshop']} at address 10.0.0."
    assert keys == [(house.rate_limit_keys.device(cookie), here), (here, here), (here, here), (f"{wall}7", here),
                    (f"{wall}8", "address 10.0.0.8")]


def test_the_lines_of_a_wall_are_bounded_and_those_that_show_it_stay(app, meeting, monkeypatch):
    monkeypatch.setattr(door, "WALLS_PER_ADDRESS", 2)
    live, rosa = app.extensions["house"].live, cast.Phone(app.test_client())
    rosa.join(meeting["code"], "Rosa")

    def line(http, **auth):
        return live.socketio.test_client(app, auth={"watch": {meeting["workshop"]: None}} | auth, flask_test_client=http)
    strangers = [app.test_client() for _ in range(3)]
    for n, stranger in enumerate(strangers):
        stranger.set_cookie("tinkuy", f"made up {n}")
    walls = [line(stranger, screen=meeting["screen"]) for stranger in strangers]
    assert [wall.is_connected() for wall in walls] == [True, True, False]
    assert line(rosa.http).is_connected(), "a device has lines of its own"
    walls[0].disconnect()
    assert line(strangers[2], screen=meeting["screen"]).is_connected()


def test_what_was_made_up_pushes_nobody_out_of_what_is_remembered(app, meeting, monkeypatch):
    from workshop.live import http_presence
    from workshop.store import rate_limit_keys
    monkeypatch.setattr(rate_limit_keys, "MOST", 3)
    monkeypatch.setattr(http_presence, "MOST", 3)
    rosa, house = cast.Phone(app.test_client()), app.extensions["house"]
    rosa.join(meeting["code"], "Rosa")
    rosa.catch_up(meeting["rooms"][0])
    cookie, http = rosa.http.get_cookie("tinkuy").value, app.test_client(use_cookies=False)
    for _ in range(9):
        _do(http, meeting, made_up())
    assert house.rate_limit_keys.remembered(cookie) and cookie in house.live.door.health.visits.heard


def test_of_requests_that_came_at_once_few_of_a_device_and_of_strangers_begin_in_a_round(app, meeting):
    begun, later = [], []
    app.before_request(lambda: begun.append(asker().key))
    rosa, julio, house = joined(app, meeting, "Rosa"), joined(app, meeting, "Julio"), app.extensions["house"]
    begun.clear()
    house.live.soon = later.append  # the round of the loop ends when this test says so
    house.strangers, house.beginning = WorkQueue(at_once=3, each=2, waiting=99), WorkQueue(at_once=99, each=1, waiting=99)
    asked = [(app.test_client(), "/login", at) for at in ("10.0.0.1",) * 4 + ("10.0.0.2",) * 2]
    asked += [(one.http, "/api/me", "10.0.0.1") for one in (rosa, rosa, julio)]
    people = [threading.Thread(target=http.get, args=(path,), kwargs={"environ_base": {"REMOTE_ADDR": at}})
              for http, path, at in asked]
    for n, one in enumerate(people, 1):
        one.start()
        _until(lambda n=n: len(begun) + _waits(house) == n)
    here, there = "address 10.0.0.1", "address 10.0.0.2"
    mine, his = (house.rate_limit_keys.device(one.http.get_cookie("tinkuy").value) for one in (rosa, julio))
    rounds = [[here, here, there, mine, his], [here, there, here, mine]]
    for n in range(len(rounds)):
        wanted = sorted(chain(*rounds[:n + 1]))
        _until(lambda wanted=wanted: len(begun) >= len(wanted))
        assert sorted(begun) == wanted
        ends, later[:] = list(later), []
        for end in ends:
            end()
    for one in people:
        one.join(PATIENCE)
        assert not one.is_alive()


def _waits(house) -> int:
    return house.strangers.wait_in_all() + house.beginning.wait_in_all()


def _until(condition) -> None:
    at = threading.Event()
    for _ in range(3000):
        if condition():
            return
        at.wait(0.01)
    raise AssertionError("it did not come about")
