"""A programme is brought in on its page, without script: file or text, a look at every event, then the blocks."""
import io
import json
import re
from html import unescape

import pytest

from tests.pages.facilitator.people import Browser, joined
from tests.support.cast import facilitator
from tests.support.real import real
from workshop.store.models import Block, Workshop

FILE = """BEGIN:VCALENDAR
X-WR-CALNAME:Encuentro
BEGIN:VEVENT
UID:a
DTSTART:20261005T140000Z
DTEND:20261005T150000Z
SUMMARY:Feria <b>
DESCRIPTION:Mirar y escuchar
LOCATION:Sala 1
END:VEVENT
BEGIN:VEVENT
UID:b
DTSTART:20261006T140000Z
SUMMARY:Grupos
END:VEVENT
BEGIN:VEVENT
UID:c
STATUS:CANCELLED
DTSTART:20261006T160000Z
DTEND:20261006T170000Z
SUMMARY:No va
END:VEVENT
BEGIN:VEVENT
UID:d
SUMMARY:Nunca
END:VEVENT
END:VCALENDAR
"""


class Desk(Browser):
    """Elena before the page."""

    def __init__(self, app, meeting):
        super().__init__(app)
        self.http, self.path_ = facilitator(app, meeting).http, f"/w/{meeting['workshop']}/programme/bring"
        self.open(self.path_)

    def show(self, text: str = "", file: bytes | None = None):
        more = {"file": (io.BytesIO(file), "programa.ics")} if file is not None else {}
        return self.send(self.path_, 'id="bring"', do="show", text=text, **more)

    def bring(self, **fields):
        """Press the button; the ticks are as the page has them, or as `fields` say."""
        ticks = {name: re.findall(rf'name="{name}" value="([^"]*)" checked', self.page)
                 for name in ("day", "event", "rooms")}
        return self.send(self.path_, 'id="bring"', **{"do": "bring"} | ticks | fields)

    @property
    def text(self) -> str:
        """What the page says."""
        return unescape(re.sub(r"\s+", " ", re.sub("<[^>]+>", "", self.page)))


@pytest.fixture
def desk(app, meeting):
    return Desk(app, meeting)


def blocks(app) -> list[Block]:
    with app.extensions["house"].store.read() as session:
        return session.query(Block).order_by(Block.day, Block.position).all()


def test_every_event_is_shown_with_what_is_wrong_with_it_and_then_brought_in(app, desk):
    desk.show(FILE)
    assert "Encuentro" in desk.text and "3 eventos, 2 días" in desk.text
    assert "Nunca: El archivo no dice cuándo empieza" in desk.text, "what cannot be placed is told"
    assert "09:00 Lima · 10:00 La Paz" in desk.text and "Feria <b>" in desk.text and "Sala 1" in desk.text
    assert "no dice cuándo termina" in desk.text and "Cancelado en el archivo" in desk.text
    assert blocks(app) == [], "nothing is written before"
    desk.bring()
    assert "2 bloques son nuevos" in desk.text
    assert [(row.title, row.day, row.minutes, row.uid) for row in blocks(app)] == [
        ("Feria <b>", "2026-10-05", 60, "a"), ("Grupos", "2026-10-06", 30, "b")]
    assert blocks(app)[0].aim == "Lugar: Sala 1\n\nMirar y escuchar"
    with app.extensions["house"].store.read() as session:
        assert {"2026-10-05", "2026-10-06"} <= {*session.query(Workshop).one().days}


def test_days_and_events_that_are_not_ticked_stay_out_and_the_place_if_it_is_not_wanted(app, desk):
    desk.show(FILE)
    desk.bring(day=["2026-10-05"], event=["0", "1"], rooms=[])
    assert [(row.title, row.aim) for row in blocks(app)] == [("Feria <b>", "Mirar y escuchar")]
    desk.open(desk.path_)
    desk.show(FILE)
    desk.bring(event=[])
    assert "Marque al menos un evento" in desk.said and len(blocks(app)) == 1
    assert desk.page.count('name="event"') == 3, "the file is still there"
    desk.bring(event=["2"])
    assert [row.title for row in blocks(app)] == ["Feria <b>", "No va"]


def test_the_same_file_again_corrects_and_doubles_nothing(app, desk):
    desk.show(file=FILE.encode())
    desk.bring()
    desk.open(desk.path_)
    desk.show(file=FILE.replace("T140000Z\nSUMMARY:Grupos", "T150000Z\nSUMMARY:Grupos").encode())
    assert desk.text.count("Está así en el programa") == 1 and desk.text.count("se corregirá") == 1
    desk.bring()
    assert "1 bloque cambió" in desk.text and len(blocks(app)) == 2
    with app.extensions["house"].store.write() as session:
        session.query(Block).filter_by(uid="a").one().dropped_at = app.extensions["house"].clock()
    desk.open(desk.path_)
    desk.show(file=FILE.encode())
    assert "Se apartó aquí" in desk.text and 'name="event" value="0" checked' not in desk.page


@pytest.mark.parametrize(("text", "said"), [
    ("", 'role="alert"'), ("hola", "no es un programa que se pueda leer"),
    ("<?xml version='1.0'?><!DOCTYPE a><schedule/>", "tipo de documento")])
def test_what_is_no_programme_is_told(desk, text, said):
    assert said in unescape(desk.show(text))


def test_a_file_and_a_text_are_one_too_many(desk):
    desk.show(FILE, FILE.encode())
    assert desk.said and 'name="event"' not in desk.page


def test_what_the_page_carries_is_only_believed_if_it_is_ours(app, desk):
    desk.show(FILE)
    desk.page = re.sub(r'name="held" value="[^"]{30}', 'name="held" value="' + "x" * 30, desk.page)
    desk.bring()
    assert desk.said and blocks(app) == []


def test_after_a_day_the_page_is_shown_again_and_nothing_is_written(app, desk):
    desk.show(FILE)
    desk.page = re.sub(r'name="token" value="[^"]*"', 'name="token" value="old"', desk.page)
    desk.bring()
    assert "demasiado tiempo" in desk.said and blocks(app) == [] and 'name="event" value="0" checked' in desk.page


def test_only_who_leads_comes_here(app, meeting):
    rosa = joined(app, meeting)
    rosa.open(f"/w/{meeting['workshop']}/programme/bring")
    assert rosa.status == 403


def test_the_real_files_come_in_whole(app, desk):
    expected = json.loads(real("schedules", "expected.json").read_text())
    total = 0
    for name in ("moca2024-repeated-uids.ics", "camp2019.schedule.json", "31c3.schedule.xml"):
        desk.open(desk.path_)
        desk.show(file=real("schedules", name).read_bytes())
        desk.bring()
        total += expected[name]["events"]
        assert len(blocks(app)) == total, name


def test_last_year_s_file_is_offered_for_the_days_of_the_workshop_and_all_of_it_can_be_taken_back(app, desk):
    with app.extensions["house"].store.write() as session:
        session.query(Workshop).one().days = ["2027-03-01", "2027-03-02"]
    desk.show(FILE)
    assert "Pasarlo a los días del taller" in desk.text
    desk.send(desk.path_, 'id="bring"', do="show", shift="1", day=re.findall(r'name="day" value="([^"]*)"', desk.page))
    assert "1 de marzo de 2027" in desk.text
    desk.bring(shift="1", event=["0", "1"], day=["2026-10-05", "2026-10-06", "2027-03-01", "2027-03-02"])
    with app.extensions["house"].store.read() as session:
        found = session.query(Block).order_by(Block.starts_at).all()
        assert [(one.day, one.title, one.starts_at.hour) for one in found] == [
            ("2027-03-01", "Feria <b>", 14), ("2027-03-02", "Grupos", 14)]
        assert session.query(Workshop).one().days == ["2027-03-01", "2027-03-02"]
    desk.send(desk.path_, "", do="back")
    assert "está retirado" in desk.text
    with app.extensions["house"].store.read() as session:
        assert session.query(Block).count() == 0
