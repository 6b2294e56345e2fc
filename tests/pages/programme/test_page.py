"""The team writes and runs the programme on its page, without script."""
import re
from datetime import timedelta
from html import unescape
from zoneinfo import ZoneInfo

import pytest

from tests.support import cast
from workshop.store.models import Block, Room

DAY = "2026-12-01"


@pytest.fixture
def page(app, meeting):
    """Elena's browser: `page.see(day)`, `page.send(**fields)` gives the page that follows."""
    class Page:
        http = cast.facilitator(app, meeting).http
        path = f"/w/{meeting['workshop']}/programme"

        def see(self, **asked):
            answer = self.http.get(self.path, query_string=asked, headers={"Accept-Language": "es"})
            assert answer.status_code == 200
            return unescape(re.sub(r"\s+", " ", answer.get_data(as_text=True)))

        def send(self, **fields):
            token = re.search(r'name="token" value="([^"]+)"', self.see())[1]
            client = re.search(r'name="client" value="([^"]+)"', self.see())[1]
            answer = self.http.post(self.path, data={"token": token, "client": client, "day": DAY} | fields,
                                    headers={"Accept-Language": "es"})
            return answer if answer.status_code == 303 else unescape(answer.get_data(as_text=True))
    return Page()


def blocks(app) -> dict[str, Block]:
    with app.extensions["house"].store.read() as session:
        return {row.title: row for row in session.query(Block).order_by(Block.day, Block.position)}


def test_a_day_is_written_line_by_line_and_minutes_are_changed_with_a_tap(app, meeting, page):
    page.send(do="add", title="Presencia", kind="plenary", minutes="30", at="08:30")
    page.send(do="add", title="Grupos", kind="groups", minutes="80", at="", with_rooms="1", rooms=meeting["rooms"][:2])
    page.send(do="add", title="Almuerzo", kind="break", minutes="60", at="12:00")
    text = page.see(day=DAY)
    assert re.search(r"08:30.*Presencia.*09:00.*Grupos.*12:00.*Almuerzo", text)
    assert "2 salas" in text and "hora fija" in text
    page.send(do="more", block=blocks(app)["Presencia"].id, minutes="30")
    assert blocks(app)["Presencia"].minutes == 35
    page.send(do="less", block=blocks(app)["Presencia"].id, minutes="3")
    assert blocks(app)["Presencia"].minutes == 1, "a block of no minutes is none"


def test_what_is_refused_is_said_and_what_was_typed_stays(app, page):
    said = page.send(do="add", title="Grupos", minutes="muchos", at="")
    assert "minutos como número entero" in said and 'value="Grupos"' in said
    page.send(do="add", title="Grupos", minutes="30", at="")
    said = page.send(do="edit", block=blocks(app)["Grupos"].id, title="Otros grupos", call="mi sala")
    assert "dirección de la llamada" in said and 'value="Otros grupos"' in said
    assert page.send(do="vuela", block="x").find("no entiende") > 0


def test_two_who_correct_different_things_do_not_write_over_each_other(app, page):
    page.send(do="add", title="Grupos", minutes="30", at="", kind="groups")
    block = blocks(app)["Grupos"].id
    was = re.search(r'name="was" value="([^"]*)"', page.http.get(page.path, query_string={"day": DAY, "block": block})
                    .get_data(as_text=True))[1]
    fields = {"block": block, "title": "Grupos", "kind": "groups", "minutes": "30", "at": "", "aim": "", "leader": "",
              "materials": "", "notes": "", "call": "", "method": "", "with_rooms": "1", "was": unescape(was)}
    page.send(do="edit", **fields | {"leader": "Rosa"})
    page.send(do="edit", **fields | {"aim": "Escuchar"})
    row = blocks(app)["Grupos"]
    assert (row.leader, row.aim) == ("Rosa", "Escuchar")


def test_a_late_block_says_what_it_costs_and_each_offer_mends_it(app, meeting, page, monkeypatch):
    house = app.extensions["house"]
    now = house.clock().astimezone(ZoneInfo("America/Lima")).replace(hour=9, minute=0, second=0, microsecond=0)
    day = now.date().isoformat()
    monkeypatch.setattr(house, "clock", lambda: now)
    for title, minutes, at in (("Grupos", "60", "09:00"), ("Pausa", "20", ""), ("Plenaria", "40", ""),
                               ("Almuerzo", "60", "11:00")):
        page.send(do="add", title=title, minutes=minutes, at=at, day=day)
    page.send(do="start", block=blocks(app)["Grupos"].id, saw="")
    with house.store.write() as session:
        session.get_one(Block, blocks(app)["Grupos"].id).started_at = now
    assert "Termina 1" not in page.see()
    later = now + timedelta(minutes=71)
    monkeypatch.setattr(house, "clock", lambda: later)
    text = page.see()
    assert "Termina 11 minutos tarde." in text and "«Almuerzo» tiene su hora: faltan 11 minutos antes." in text
    assert "empezaría a las 10:11" in text
    assert "Mover «Almuerzo» a las 11:11" in text and "Quitar «Pausa»" in text
    page.send(do="minutes", block=blocks(app)["Pausa"].id, minutes="9")
    assert "tiene su hora" not in page.see()
    page.send(do="start", block=blocks(app)["Pausa"].id, saw=blocks(app)["Grupos"].id)
    assert "terminó a las" in page.see()
    assert page.http.get(f"/w/{meeting['workshop']}/desk").status_code == 200


def test_a_block_that_was_started_meanwhile_is_told(app, page):
    page.send(do="add", title="Grupos", minutes="30", at="")
    block = blocks(app)["Grupos"].id
    assert page.send(do="start", block=block, saw="").status_code == 303
    assert "ya empezó" in page.send(do="start", block=block, saw="")


def test_the_lobby_says_what_is_on_and_leads_to_the_call(app, meeting, page, phone):
    rosa = phone()
    rosa.join(meeting["code"], "Rosa")
    today = app.extensions["house"].clock().astimezone(ZoneInfo("America/Lima")).date().isoformat()
    page.send(do="add", title="Mesa de enlace", minutes="30", at="00:00", day=today)
    block = blocks(app)["Mesa de enlace"].id
    page.send(do="edit", block=block, call="https://meet.example.org/enlace", notes="Solo para el equipo", day=today)
    page.send(do="start", block=block)
    text = rosa.http.get(f"/w/{meeting['workshop']}", headers={"Accept-Language": "es"}).get_data(as_text=True)
    assert "Mesa de enlace" in text and 'href="https://meet.example.org/enlace"' in text
    assert "Solo para el equipo" not in text


def test_people_who_only_take_part_have_no_such_page(meeting, phone):
    rosa = phone()
    rosa.join(meeting["code"], "Rosa")
    assert rosa.http.get(f"/w/{meeting['workshop']}/programme").status_code == 403


def test_forty_blocks_with_long_titles_and_thirty_rooms_are_shown(app, meeting, page, phone):
    house = app.extensions["house"]
    with house.store.write() as session:
        at = house.clock()
        session.add_all(Block(workshop_id=meeting["workshop"], day=DAY, position=n, kind="free", title=f"{n} " + "w" * 80,
                              minutes=10, starts_at=at + timedelta(minutes=10 * n), pinned=False) for n in range(40))
    text = page.see(day=DAY)
    assert text.count('data-block="') == 40
    rosa = phone()
    rosa.join(meeting["code"], "Rosa")
    assert rosa.http.get(f"/w/{meeting['workshop']}").status_code == 200
    with house.store.read() as session:
        assert session.query(Room).count() >= 3
