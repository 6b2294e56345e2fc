"""Several people on one device, without script: all go in, whoever is outside can be brought in, nobody is asked alone."""
import re

import pytest

from tests.pages.facilitator.people import Browser, joined
from tests.pages.shell.attacks.test_guard import signed_in
from tests.support import cast
from workshop.store.models import Contribution, Device, DeviceSeat, RoomSeat, Seat


def family(app, meeting, *names: str, room: str = "") -> Browser:
    """People who come in on one phone, by the workshop's code or a room's."""
    phone = Browser(app)
    phone.open(f"/j/{meeting['code']}{room}")
    phone.send(f"/j/{meeting['code']}", name=[*names], channel="hall",
               delegation=re.search(r'name="delegation" value="([^"]+)"', phone.page)[1])
    return phone


def where(app) -> dict[str, int | None]:
    """{name: number of the room}."""
    with app.extensions["house"].store.read() as session:
        rooms = dict(session.query(RoomSeat.seat_id, RoomSeat.room_id).filter(RoomSeat.left_at.is_(None)).all())
        numbers = {room.id: room.number for room in session.query(cast.Room)}
        return {seat.name: numbers.get(rooms.get(seat.id)) for seat in session.query(Seat)}


def seat(app, name: str) -> str:
    with app.extensions["house"].store.read() as session:
        return session.query(Seat).filter_by(name=name).one().id


def outside(page: str) -> str:
    """What the room's page says of those of the device who are not in it."""
    found = re.search(r'<div id="beside">(.*?)</div>\s*<noscript>', page, re.S)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", found[1])).strip()


def test_all_of_a_device_go_in_together_with_one_tap_in_the_lobby(app, meeting):
    phone, lobby = family(app, meeting, "Madre", "Hija"), f"/w/{meeting['workshop']}"
    assert phone.path == lobby and where(app) == {"Madre": None, "Hija": None}
    phone.send(f"{lobby}/r/2/say", "/r/2/say")
    assert phone.path == f"{lobby}/r/2" and where(app) == {"Madre": 2, "Hija": 2}
    assert "Madre</bdi></a>" in phone.page and "Hija</bdi></a>" in phone.page and outside(phone.page) == ""


def test_with_one_seat_nothing_is_asked(app, meeting):
    phone, lobby = family(app, meeting, "Sola"), f"/w/{meeting['workshop']}"
    assert "en ninguna sala" not in phone.page
    phone.send(f"{lobby}/r/2/say", "/r/2/say")
    assert phone.path == f"{lobby}/r/2" and where(app) == {"Sola": 2} and outside(phone.page) == ""
    phone.open(f"{lobby}/r/3")
    assert "¿Quién entra" not in phone.page and "Usted está ahora en la sala 2." in phone.page
    phone.send(f"{lobby}/r/3/say", "/r/3/say")
    assert where(app) == {"Sola": 3}


def test_who_was_left_outside_is_in_sight_in_the_room_and_is_brought_in(app, meeting):
    phone, lobby = family(app, meeting, "Madre", "Hija", "Abuela"), f"/w/{meeting['workshop']}"
    phone.open(f"{lobby}/r/1")
    assert phone.page.count('type="checkbox" name="seat"') == phone.page.count(" checked>") == 3
    phone.send(f"{lobby}/r/1/say", "/r/1/say", seat=seat(app, "Madre"))
    assert where(app) == {"Madre": 1, "Hija": None, "Abuela": None}
    assert outside(phone.page) == "Hija en ninguna sala Traer aquí Hija Abuela en ninguna sala Traer aquí Abuela"
    phone.send(f"{lobby}/r/1/say", f'value="{seat(app, "Hija")}"')
    assert where(app) == {"Madre": 1, "Hija": 1, "Abuela": None} and phone.path == f"{lobby}/r/1"
    assert outside(phone.page) == "Abuela en ninguna sala Traer aquí Abuela"


def test_the_lobby_says_who_is_where_and_brings_in_who_is_outside(app, meeting):
    phone, lobby = family(app, meeting, "Madre", "Hija", "Abuela"), f"/w/{meeting['workshop']}"
    for name, number in (("Madre", 1), ("Hija", 2)):
        phone.open(f"{lobby}/r/{number}")
        phone.send(f"{lobby}/r/{number}/say", "/say", seat=seat(app, name))
    page = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", phone.open(lobby)))
    assert "Madre Sala 1 · Covid-19 y el programa" in page and "Hija: Sala 2 · Desafíos de la cooperación" in page
    assert "Todavía en ninguna sala: Abuela" in page
    phone.send(f"{lobby}/r/2/say", "/r/2/say")
    assert where(app) == {"Madre": 1, "Hija": 2, "Abuela": 2}
    assert outside(phone.page) == "Madre en la sala 1 Traer aquí Madre"
    phone.open(re.search(r'href="([^"]+/r/1\?seat=[^"]+)"', phone.page)[1])
    assert phone.path == f"{lobby}/r/1" and "Todavía en ninguna sala" not in phone.open(lobby)


def test_a_room_where_nobody_of_the_device_is_asks_who_goes_when_they_are_elsewhere(app, meeting):
    phone, lobby = family(app, meeting, "Madre", "Hija", room="?r=1"), f"/w/{meeting['workshop']}"
    assert where(app) == {"Madre": 1, "Hija": 1}
    phone.open(lobby)
    assert "/r/2/say" not in phone.page
    phone.open(f"{lobby}/r/2")
    assert phone.page.count("en la sala 1") == 2
    phone.send(f"{lobby}/r/2/say", "/say", seat=seat(app, "Hija"))
    assert where(app) == {"Madre": 1, "Hija": 2}


def test_a_form_that_names_nobody_or_somebody_of_another_device_lets_nobody_in(app, meeting):
    phone, lobby = family(app, meeting, "Madre", "Hija"), f"/w/{meeting['workshop']}"
    family(app, meeting, "Ajena")
    form = phone.open(f"{lobby}/r/1")
    phone.page = form.replace('name="seat"', 'name="nobody"')
    phone.send(f"{lobby}/r/1/say", "/say")
    assert phone.said == "Elija al menos una persona."
    phone.page = form
    phone.send(f"{lobby}/r/1/say", "/say", seat=[seat(app, "Madre"), seat(app, "Ajena")])
    assert phone.said and where(app) == {"Madre": None, "Hija": None, "Ajena": None}


def test_who_comes_later_on_the_phone_or_back_with_a_code_is_not_left_outside(app, meeting):
    phone, lobby = family(app, meeting, "Madre", room="?r=1"), f"/w/{meeting['workshop']}"
    other = family(app, meeting, "Vecina")
    code = re.search(r'class="mono">([\w-]+)<', other.page)[1]
    phone.open("/")
    phone.send("/", code=code)
    assert phone.path == lobby and "Todavía en ninguna sala:" in phone.page
    phone.open(f"{lobby}/r/1")
    assert outside(phone.page) == "Vecina en ninguna sala Traer aquí Vecina"
    phone.send(f"{lobby}/r/1/say", 'name="enter"')
    assert where(app) == {"Madre": 1, "Vecina": 1}


def test_who_is_removed_is_outside_no_more(app, meeting):
    phone, lobby = family(app, meeting, "Madre", "Hija"), f"/w/{meeting['workshop']}"
    phone.open(f"{lobby}/r/1")
    phone.send(f"{lobby}/r/1/say", "/say", seat=seat(app, "Madre"))
    assert "Hija" in outside(phone.page)
    elena = cast.facilitator(app, meeting)
    cast.ok(elena.do("seat.remove", {"workshop": meeting["workshop"], "seats": [seat(app, "Hija")]}, None))
    phone.open(f"{lobby}/r/1")
    assert outside(phone.page) == "" and "Hija" not in phone.page


def test_a_helper_s_device_folds_away_a_village_and_a_facilitator_s_own_people_are_seen_too(app, meeting):
    phone, lobby = family(app, meeting, "Madre", "Uno", "Dos", "Tres", "Cuatro"), f"/w/{meeting['workshop']}"
    phone.open(f"{lobby}/r/1")
    phone.send(f"{lobby}/r/1/say", "/say", seat=seat(app, "Madre"))
    assert '<details class="away"><summary>En este aparato, fuera de esta sala: 4</summary>' in phone.page
    elena = signed_in(app)
    elena.open(f"/j/{meeting['code']}?for=1")
    elena.send(f"/j/{meeting['code']}", name="Doña Justa", channel="phone", delegation="")
    elena.open(f"{lobby}/r/3")
    assert outside(elena.page) == "Doña Justa en ninguna sala Traer aquí Doña Justa"


def test_the_hand_and_the_card_are_those_of_whoever_speaks_or_wrote(app, meeting):
    phone, room = family(app, meeting, "Madre", "Hija", room="?r=1"), f"/w/{meeting['workshop']}/r/1"
    hija = seat(app, "Hija")
    phone.send(f"{room}/say", 'id="quick"', hand="raise", room=meeting["rooms"][0])
    assert 'name="hand" value="lower"' in phone.page and 'name="hand" value="raise"' in phone.open(f"{room}?seat={hija}")
    phone.send(f"{room}/say", 'id="composer"', text="De la hija")
    phone.open(room)
    [taken] = re.findall(r'name="withdraw" value="([^"]+)" formaction="([^"]+)"', phone.page)
    phone.send(taken[1], 'id="quick"', withdraw=taken[0])
    assert phone.said == ""
    with app.extensions["house"].store.read() as session:
        assert session.query(Contribution).one().withdrawn_at is not None


@pytest.mark.parametrize(("language", "words"), [
    ("es", "Este navegador no guarda cookies"), ("fr", "Ce navigateur ne garde pas les cookies"),
    ("en", "This browser keeps no cookies")])
@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_join_whose_cookie_does_not_come_back_makes_no_seat(app, meeting, language, words, script):
    def send(browser: Browser) -> None:
        page = browser.open(f"/j/{meeting['code']}?r=1")
        browser.page = re.sub("<noscript>.*?</noscript>", "", page) if script else page
        browser.send(f"/j/{meeting['code']}?r=1", name="Rosa", channel="hall")
    deaf = Browser(app, language)
    deaf.http = app.test_client(use_cookies=False)
    send(deaf)
    assert deaf.said.startswith(words) and 'value="Rosa"' in deaf.page
    with app.extensions["house"].store.read() as session:
        assert session.query(Seat).count() == session.query(DeviceSeat).count() == 0
    hears = Browser(app, language)  # the same form is good once cookies are allowed
    send(hears)
    assert hears.path.endswith(meeting["code"] if script else "/r/1") and where(app) == {"Rosa": 1}


def test_without_cookies_no_code_no_password_and_no_link_makes_a_device_that_nobody_holds(app, meeting):
    rosa = joined(app, meeting)
    code = re.search(r'class="mono">([\w-]+)<', rosa.open(f"/w/{meeting['workshop']}"))[1]
    elena = signed_in(app)
    elena.open(f"/w/{meeting['workshop']}/team")
    elena.send(f"/w/{meeting['workshop']}/team", "/team", email="", name="Nina", role="observer")
    link = elena.link()
    deaf = Browser(app)
    deaf.http = app.test_client(use_cookies=False)
    for path, fields in (("/", {"code": code}), ("/login", {"email": "elena@example.org", "password": cast.PASSWORD}),
                         (link, {"name": "Nina", "email": "nina@example.org", "password": "quinua y papa nativa"})):
        with app.extensions["house"].store.read() as session:
            before = session.query(Device).count()
        deaf.open(path)
        deaf.send(path, **fields)
        assert deaf.said.startswith("Este navegador no guarda cookies"), path
        with app.extensions["house"].store.read() as session:
            assert session.query(Device).count() == before, path
