"""Signing in: bounded work, tries that nobody can use up for the owner, and a new secret each time."""
import re
import threading
import time

import pytest
from argon2 import PasswordHasher

from tests.pages.facilitator.people import Browser
from tests.support import cast
from workshop import hashing
from workshop.actions.accounts import accounts
from workshop.pages.accounts import sign_in as pages
from workshop.store.models import Account

HALL = "203.0.113.7"  # everybody's address


class Counting:
    """A hasher that counts what is asked of it, and how much of it at once."""

    def __init__(self):
        self.verified, self.now, self.most, self.hold = [], 0, 0, lambda: None
        self._quick, self._lock = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1), threading.Lock()

    def hash(self, password: str) -> str:
        return self._quick.hash(password)

    def check_needs_rehash(self, kept: str) -> bool:
        return False

    def verify(self, kept: str, password: str) -> bool:
        with self._lock:
            self.verified.append(kept)
            self.now += 1
            self.most = max(self.most, self.now)
        self.hold()
        try:
            return self._quick.verify(kept, password)
        finally:
            with self._lock:
                self.now -= 1


@pytest.fixture
def counting(monkeypatch):
    hasher = Counting()
    monkeypatch.setattr(hashing, "HASHER", hasher)
    return hasher


class Clock:
    """The seconds that the sign-in page counts with."""

    def __init__(self):
        self.now = 1000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch):
    clock = Clock()
    monkeypatch.setattr(pages, "time", clock)
    return clock


def at(app, address: str = HALL) -> Browser:
    """A browser at an address, before the sign-in page."""
    browser = Browser(app)
    browser.http.environ_base["REMOTE_ADDR"] = address
    browser.open("/login")
    return browser


def try_(browser: Browser, password: str, email: str = "elena@example.org") -> str:
    """Try to sign in; what the page says, or an empty text when one is in."""
    browser.send("/login", email=email, password=password)
    return browser.said if browser.path == "/login" else ""


def pranked(app, times: int = 500) -> Browser:
    """Somebody in the hall knows the facilitator's e-mail and tries so often."""
    prankster = at(app)
    token = re.search(r'name="token" value="([^"]+)"', prankster.page)[1]
    for n in range(times):
        prankster.http.post("/login", data={"token": token, "email": "elena@example.org", "password": f"guess number {n}"})
    return prankster


def test_tries_that_have_to_wait_cost_no_hash(app, meeting, clock, counting):
    pranked(app)
    assert len(counting.verified) == 5


def test_an_owner_with_a_known_device_comes_in_at_once_from_the_same_hall(app, meeting, clock):
    elena = at(app)
    assert try_(elena, cast.PASSWORD) == ""
    elena.send("/logout", "/logout")
    prankster = pranked(app)
    assert try_(prankster, "no es esta").startswith("Demasiados intentos")
    elena.open("/login")
    assert try_(elena, "se equivoca una vez").startswith("El correo o la contraseña")
    assert try_(elena, cast.PASSWORD) == ""
    assert elena.path == "/workshops"


def test_an_owner_with_a_new_device_comes_in_four_minutes_after_the_last_try_that_counted(app, meeting, clock):
    for _quarter in range(40):  # the prankster keeps at it for ten minutes, until the wait is as long as it gets
        pranked(app, 3)
        clock.now += 15
    elena = at(app)
    assert try_(elena, cast.PASSWORD).startswith("Demasiados intentos")
    clock.now += 240
    assert try_(elena, cast.PASSWORD) == ""


def test_an_owner_with_a_new_device_comes_in_at_once_over_another_network_or_with_a_link(app, meeting, clock):
    pranked(app, 30)
    assert try_(at(app), cast.PASSWORD).startswith("Demasiados intentos")
    assert try_(at(app, "198.51.100.9"), cast.PASSWORD) == ""
    house = app.extensions["house"]
    with house.store.write() as session:
        token = accounts.password_link(session, house.clock(), session.get(Account, meeting["owner"]))
    elena = at(app)
    elena.open(f"/password/{token}")
    elena.send(f"/password/{token}", "sheet", password="otra clave bien larga")
    assert elena.path == "/workshops"


def test_a_mark_has_a_bound_too_and_a_foreign_one_is_none(app, meeting, clock, counting):
    mallory = at(app)
    try_(mallory, cast.PASSWORD)  # somebody who once knew the password
    mallory.send("/logout", "/logout")
    mallory.open("/login")
    before = len(counting.verified)
    for n in range(50):
        try_(mallory, f"guess number {n}")
    assert len(counting.verified) == before + 5
    forged = at(app)
    name = next(cookie.key for cookie in mallory.http._cookies.values() if cookie.key.startswith("tinkuy_known"))
    forged.http.set_cookie(name, "WyJ4IiwieSIsInoiXQ.aaaa.bbbb", path="/login")
    pranked(app, 30)
    before = len(counting.verified)
    assert try_(forged, "guess").startswith("Demasiados intentos") and len(counting.verified) == before


def test_a_new_password_makes_the_marks_void(app, meeting, clock, counting):
    mallory = at(app)
    try_(mallory, cast.PASSWORD)
    mallory.send("/logout", "/logout")
    house = app.extensions["house"]
    with house.store.write() as session:
        session.get(Account, meeting["owner"]).password_hash = hashing.make("otra clave bien larga")
    pranked(app, 30)
    before = len(counting.verified)
    mallory.open("/login")
    assert try_(mallory, "guess").startswith("Demasiados intentos") and len(counting.verified) == before


def test_the_mark_goes_to_the_sign_in_page_only_and_opens_nothing(app, meeting):
    elena = at(app)
    token = re.search(r'name="token" value="([^"]+)"', elena.page)[1]
    answer = elena.http.post("/login", data={"token": token, "email": "elena@example.org", "password": cast.PASSWORD})
    [mark] = [cookie for cookie in answer.headers.getlist("Set-Cookie") if cookie.startswith("tinkuy_known")]
    assert "Path=/login" in mark and "HttpOnly" in mark and "SameSite=Lax" in mark
    elena.http.delete_cookie("tinkuy")
    elena.open("/workshops")
    assert elena.path == "/login"


def test_whether_an_account_exists_is_told_by_nothing(app, meeting, clock, counting):
    """The same sentences after the same tries, and the same work for each."""
    heard = {}
    with app.extensions["house"].store.write() as session:
        session.add(Account(email="off@example.org", name="Off", password_hash=hashing.make("una clave bien larga"),
                            created_at=app.extensions["house"].clock(), disabled_at=app.extensions["house"].clock()))
        session.add(Account(email="new@example.org", name="New", password_hash="",
                            created_at=app.extensions["house"].clock()))
    for i, email in enumerate(("elena@example.org", "nobody@example.org", "off@example.org", "new@example.org")):
        before, browser = len(counting.verified), at(app, f"198.51.100.{i}")
        said = [try_(browser, "una clave bien larga", email) for _ in range(8)]
        heard[email] = said, len(counting.verified) - before
    assert len({(tuple(said), hashes) for said, hashes in heard.values()}) == 1, heard
    [(said, hashes)] = {(tuple(said), hashes) for said, hashes in heard.values()}
    assert hashes == 5 and said[4].startswith("El correo") and said[5].startswith("Demasiados")


def test_a_hash_of_another_kind_is_made_anew_when_its_password_comes(app, meeting):
    """Else the time that it takes would tell that there is such an account."""
    def kept() -> str:
        with app.extensions["house"].store.read() as session:
            return session.get(Account, meeting["owner"]).password_hash
    with app.extensions["house"].store.write() as session:
        session.get(Account, meeting["owner"]).password_hash = PasswordHasher(2, 16, 1).hash(cast.PASSWORD)
    assert "t=2" in kept()
    elena = at(app)
    assert try_(elena, "no es esta") and "t=2" in kept()
    assert try_(elena, cast.PASSWORD) == "" and "t=1" in kept()
    assert try_(at(app), cast.PASSWORD) == ""


def test_forty_wrong_tries_at_once_are_few_hashes_one_at_a_time(app, meeting, counting):
    """From forty addresses, so that only the line bounds them; the first hash lasts until all have come."""
    browsers, answered, line = [at(app, f"198.51.100.{n}") for n in range(40)], [], hashing.QUEUE

    def come(n: int) -> None:
        try:
            try_(browsers[n], "no es esta", f"person{n}@example.org")
        finally:
            answered.append(n)

    def all_are_here() -> None:
        while len(answered) + line.under_way.total() + line.wait_in_all() < 40:
            time.sleep(0.001)
    counting.hold = all_are_here
    people = [threading.Thread(target=come, args=(n,)) for n in range(40)]
    for one in people:
        one.start()
    for one in people:
        one.join(60)
        assert not one.is_alive()
    assert counting.most == 1
    said = [browser.said[:12] for browser in browsers]
    assert sorted(said) == ["El correo o "] * (1 + hashing.OF_ALL) + ["Muchas perso"] * (39 - hashing.OF_ALL)
    assert len(counting.verified) == 1 + hashing.OF_ALL


def test_a_try_that_finds_the_line_full_counts_for_nothing(app, meeting, clock, monkeypatch):
    monkeypatch.setattr(hashing, "QUEUE", hashing.queue(at_once=0, of_all=0))
    elena = at(app)
    for _ in range(20):
        assert try_(elena, cast.PASSWORD).startswith("Muchas personas")
    monkeypatch.undo()
    monkeypatch.setattr(pages, "time", clock)
    assert try_(elena, cast.PASSWORD) == ""


def test_no_hash_is_made_inside_a_transaction(app, meeting, monkeypatch):
    """Nobody else could write meanwhile: whoever verifies looks whether the store can be written."""
    store, looked = app.extensions["house"].store, []
    quick = hashing.HASHER

    def look():
        done = threading.Event()

        def write():
            with store.write() as session:
                session.get(Account, meeting["owner"]).name = "Elena Quispe"
            done.set()
        threading.Thread(target=write).start()
        looked.append(done.wait(60))

    class Looking:
        def hash(self, password):
            look()
            return quick.hash(password)

        def check_needs_rehash(self, kept):
            return False

        def verify(self, kept, password):
            look()
            return quick.verify(kept, password)
    monkeypatch.setattr(hashing, "HASHER", Looking())
    elena = at(app)
    assert try_(elena, cast.PASSWORD) == ""
    elena.open("/account")
    elena.send("/account/password", "/account/password", old=cast.PASSWORD, password="otra clave bien larga", others="1")
    assert "Se cambió la contraseña" in elena.page
    where = f"/w/{meeting['workshop']}/team"
    elena.open(where)
    elena.send(where, "sheet", name="Rita", role="observer")
    rita = at(app)
    link = elena.link()
    rita.open(link)
    rita.send(link, "sheet", name="Rita", email="rita@example.org", password="balanza propia de Taraco")
    assert rita.status == 200 and rita.path == f"/w/{meeting['workshop']}"
    assert looked == [True] * 4
