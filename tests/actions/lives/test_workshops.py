"""Workshops are put aside, copied, deleted, brought back, and at last nothing of them is left."""
import json
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.actions.core.test_walk import PAYLOADS, begun, filled, known
from tests.actions.lives.test_rooms import browser_of
from tests.pages.facilitator.people import Browser
from tests.support import cast
from tests.support.cast import ok
from tests.support.everybody import SECRETS, hall
from workshop.actions.core import registry
from workshop.actions.lives import removing
from workshop.actions.people import purging
from workshop.domain.roles import WHEN_OVER
from workshop.media.folder import Folder
from workshop.store.models import (
    Account,
    Activity,
    Base,
    Block,
    Delegation,
    Membership,
    Presence,
    Proxy,
    Room,
    Seat,
    Stream,
    Workshop,
)

TITLE = "Segundo encuentro andino Perú-Bolivia"
WEEK = timedelta(days=7)
# Rows of these belong to an account or a device, or are the program's own; what leads to a workshop is asserted of them too.
STAYS = {"account", "device", "method", "answer", "password_link"}


@pytest.fixture
def here():
    one = hall()
    yield one
    one.close()


def house_of(here):
    return here.app.extensions["house"]


def strings(value) -> set[str]:
    return set(removing._strings(value))


def stored(here) -> dict[str, list[dict]]:
    """{table: [row]} of everything in the database."""
    with house_of(here).store.read() as session:
        return {table.name: [dict(row._mapping) for row in session.execute(select(table))]
                for table in Base.metadata.sorted_tables}


def media(here) -> list[Path]:
    return [path for path in (Path(house_of(here).config.data) / "media").rglob("*") if path.is_file()]


def test_of_a_deleted_workshop_nothing_is_left_after_a_week(here):
    house, workshop = house_of(here), here.at["workshop_id"]
    _fill(here)
    before = stored(here)
    assert media(here) and {name for name, rows in before.items() if not rows} <= {"cleared", "barred_device"}, (
        "a table without rows proves nothing: give it one here")
    ok(here.phone("E").do("workshop.delete", {"workshop": workshop, "title": f" {TITLE.upper()} "}, None))
    assert removing.sweep(house.store, house.clock() + WEEK - timedelta(hours=1), Folder(house.config.data)) == 0
    assert removing.sweep(house.store, house.clock() + WEEK, Folder(house.config.data)) == 1
    after = stored(here)
    gone = {row["id"] for rows in before.values() for row in rows if isinstance(row.get("id"), str)} - {
        row["id"] for rows in after.values() for row in rows if isinstance(row.get("id"), str)}
    assert workshop in gone and len(gone) > 50 and not gone & {row["id"] for row in before["account"]}
    for name, rows in after.items():
        for row in rows:
            assert not strings(json.loads(json.dumps(row, default=str))) & gone, f"{name} leads to what was removed"
    said = json.dumps(after, default=str, ensure_ascii=False)
    assert not [text for text in (*SECRETS, "Rosa Mamani", TITLE, "Pedro Removido") if text in said]
    assert media(here) == []
    foreign = here.at["foreign"]
    assert [row["id"] for row in after["workshop"]] == [foreign]
    assert [row["workshop_id"] for row in after["room"]] == [foreign]
    assert {name for name, rows in after.items() if rows} - STAYS == {"workshop", "stream", "room", "membership"}
    total = [sum(row["seq"] for row in rows["stream"]) for rows in (before, after)]
    assert total[1] >= total[0], "the store looks as if it had been put back from a copy"
    assert here.browser("A").get(f"/w/{foreign}/desk").status_code == 200
    purging.purge(house.store, house.clock() + timedelta(days=100))
    assert {row["account_id"] for row in stored(here)["device"]} <= {row["id"] for row in before["account"]}


def _fill(here) -> None:
    """Gives the tables rows that the hall has none of."""
    elena, workshop = here.phone("E"), here.at["workshop_id"]
    ok(elena.do("workshop.edit", {"workshop": workshop, "sites": [{"name": "Pomata"}]}, None))
    ok(elena.do("contribution.carry", {"activity": cast.activities(here.app, here.at["rooms"][1])["ideas"],
                                       "rooms": [here.at["rooms"][0]]}, None))
    ok(elena.do("contribution.send", {"id": here.at["other card"], "to": here.at["rooms"][2]}, None))
    ok(elena.do("roster.add", {"workshop": workshop, "people": [{"name": "Esperada"}]}, None))
    ok(elena.do("rooms.draw", {"workshop": workshop, "rooms": here.at["rooms"][:2]}, None))
    ok(elena.do("wall.show", {"workshop": workshop, "blocks": [{"kind": "board", "room": here.at["rooms"][0]}]}, None))
    rosa = here.phone("H")
    ok(rosa.do("speaker.raise", {"workshop": workshop}))
    asked = ok(rosa.do("question.ask", {"workshop": workshop, "text": "¿Quién?"}))["card"]["id"]
    ok(rosa.do("question.support", {"workshop": workshop, "question": asked}))
    said = ok(elena.do("message.send", {"workshop": workshop, "text": "Faltan diez minutos"}, None))["card"]["id"]
    ok(here.phone("H").do("message.read", {"workshop": workshop, "message": said}))
    counted = {"activity": here.at["vote"], "count": "counted", "how": "hands", "base_rev": 0}
    ok(elena.do("vote.count", counted | {"lines": [{"choices": {"room": 73510}, "n": 1}]}, None))
    ok(elena.do("opinions.bring", {"activity": here.at["board"], "title": "De otra parte", "cards": [here.at["card"]],
                                   "rows": ["2"]}, None))
    house = house_of(here)
    with house.store.write() as session:
        session.add(Proxy(id="voice", room_id=here.at["rooms"][0], giver_id=here.at["seats"]["H"][0],
                          holder_id=here.at["seats"]["T"][0], at=house.clock()))
        session.add(Presence(seat_id=here.at["seats"]["H"][0], day="2026-12-01", arrived_at=house.clock(),
                             last_at=house.clock(), channel="hall"))
        block = Block(workshop_id=workshop, day="2026-12-01", kind="groups", title="Grupos", starts_at=house.clock(),
                      minutes=60)
        session.add(block)
        session.flush()
        session.execute(Base.metadata.tables["block_room"].insert().values(block_id=block.id, room_id=here.at["rooms"][0]))


def test_a_deleted_workshop_is_seen_by_nobody_and_its_owner_brings_it_back(here):
    workshop, house = here.at["workshop_id"], house_of(here)
    elena, luis, rosa = here.phone("E"), here.phone("F"), here.phone("H")
    assert luis.do("workshop.delete", {"workshop": workshop, "title": TITLE}, None)["code"] == "forbidden"
    refused = elena.do("workshop.delete", {"workshop": workshop, "title": "Otro"}, None)
    assert refused["code"] == "title_differs" and refused["values"] == {"title": TITLE}
    ok(elena.do("workshop.delete", {"workshop": workshop, "title": TITLE}, None))
    for role in "HTRQOFE":
        for path in ("", "/desk", "/r/1", "/plenary", "/r/1/scribe", "/report.json", "/edit", "/life"):
            answer = here.browser(role).get(f"/w/{workshop}{path}")
            assert answer.status_code == 410 and "texto de la sala uno" not in answer.get_data(as_text=True), (role, path)
        assert here.browser(role).get("/api/changes", query_string={"stream": workshop}).status_code == 404
    for role in "NSA":
        assert here.browser(role).get(f"/w/{workshop}").status_code == 404, "strangers learn nothing"
    assert here.browser("N").get(f"/s/{here.at['screen']}").status_code == 410
    assert here.browser("H").get(f"/media/{here.at['photo']}").status_code in (404, 410)
    text = here.browser("N").get(f"/j/{here.at['code']}", headers={"Accept-Language": "es"}).get_data(as_text=True)
    assert "Este taller fue eliminado" in text
    back = here.browser("N").post("/", data={"code": here.at["code of H"], "token": here.token("N")})
    assert "Rosa" not in back.get_data(as_text=True)
    assert rosa.post(here.at["board"], "algo")["code"] == "workshop_deleted"
    assert elena.do("workshop.edit", {"workshop": workshop, "title": "X"}, None)["code"] == "workshop_deleted"
    assert luis.do("workshop.restore", {"workshop": workshop}, None)["code"] == "forbidden"
    for role, sees in (("E", True), ("F", False), ("O", False)):
        page = here.browser(role).get("/workshops").get_data(as_text=True)
        assert (TITLE in page) == sees, role
        assert (f"/w/{workshop}/restore" in page) == sees
    owner = Browser(here.app)
    owner.http.set_cookie("tinkuy", here.cookies["E"])
    owner.open("/workshops")
    assert "7 días" in owner.page
    owner.send(f"/w/{workshop}/restore", "/restore")
    assert here.browser("H").get(f"/w/{workshop}").status_code == 200
    ok(elena.do("workshop.close", {"workshop": workshop, "on": False}, None))
    assert removing.sweep(house.store, house.clock() + 9 * WEEK, Folder(house.config.data)) == 0 and media(here)
    said = owner.open(f"/w/{workshop}/history")
    assert "eliminó el taller" in said and "recuperó el taller eliminado" in said


def test_the_page_says_what_goes_before_it_goes(here):
    owner, workshop = Browser(here.app), here.at["workshop_id"]
    owner.http.set_cookie("tinkuy", here.cookies["E"])
    page = owner.open(f"/w/{workshop}/life")
    with house_of(here).store.read() as session:
        people = session.query(Seat).count()
    for words in (f"{people} personas", "1 foto", "1 nota de voz", "3 salas", "report.json", "report.docx"):
        assert words in page, words
    owner.send(f"/w/{workshop}/delete", 'id="delete"', title="no es este")
    assert "no es el título" in owner.said
    owner.open(f"/w/{workshop}/life")
    owner.send(f"/w/{workshop}/delete", 'id="delete"', title=TITLE)
    assert owner.path == "/workshops" and "Recuperar" in owner.page
    luis = Browser(here.app)
    luis.http.set_cookie("tinkuy", here.cookies["F"])
    assert luis.open(f"/w/{workshop}/life") and luis.status == 410


def test_a_workshop_that_is_put_aside_is_off_the_list_and_over_and_comes_back(app, meeting, elena):
    browser, at = browser_of(app, elena), f"/w/{meeting['workshop']}"
    browser.open(f"{at}/life")
    browser.send(f"{at}/aside", 'id="aside"', on="1")
    page = browser.open("/workshops")
    assert "Talleres apartados" in page.split(TITLE)[0]
    assert elena.do("room.open", {"room": meeting["rooms"][0]}, None)["code"] == "workshop_closed"
    assert browser.open(f"{at}/desk") and browser.status == 200
    browser.open(f"{at}/life")
    browser.send(f"{at}/aside", 'id="aside"', on="0")
    with app.extensions["house"].store.read() as session:
        assert session.get(Workshop, meeting["workshop"]).closed_at is None, "it was going on, and goes on"
    ok(elena.do("workshop.archive", {"workshop": meeting["workshop"]}, None))
    ok(elena.do("workshop.close", {"workshop": meeting["workshop"], "on": False}, None))
    with app.extensions["house"].store.read() as session:
        it = session.get(Workshop, meeting["workshop"])
        assert it.archived_at is None and it.closed_at is None, "what goes on is on the list"


def test_a_copy_has_programme_rooms_and_boards_and_nobody_and_nothing_that_was_written(here):
    house, workshop = house_of(here), here.at["workshop_id"]
    _fill(here)
    elena = here.phone("E")
    ok(elena.do("workshop.edit", {"workshop": workshop, "days": ["2026-12-01", "2026-12-03"]}, None))
    ok(elena.do("room.archive", {"room": here.at["rooms"][2]}, None))
    assert elena.do("workshop.duplicate", {"workshop": workshop, "title": "\u200b"}, None)["code"] == "name_missing"
    bad = elena.do("workshop.duplicate", {"workshop": workshop, "title": "X", "first_day": "mañana"}, None)
    assert bad["code"] == "bad_day"
    made = ok(here.phone("F").do("workshop.duplicate", {"workshop": workshop, "title": "Tercer encuentro",
                                                        "first_day": "2027-03-08"}, None))["workshop"]
    with house.store.read() as session:
        old, new = session.get(Workshop, workshop), session.get(Workshop, made)
        assert (new.title, new.days) == ("Tercer encuentro", ["2027-03-08", "2027-03-10"])
        assert new.code != old.code and new.screen_key != old.screen_key and new.closed_at is None
        assert session.scalars(select(Membership.role).where(Membership.workshop_id == made)).all() == ["owner"]
        assert session.scalar(select(Account.name).join(Membership).where(Membership.workshop_id == made)) == "Luis"
        rooms = session.query(Room).filter_by(workshop_id=made).order_by(Room.number).all()
        assert [(room.number, room.step, room.opened_at is None) for room in rooms] == [
            (0, 0, False), (1, 0, True), (2, 0, True)]
        assert rooms[1].steps == session.get(Room, here.at["rooms"][0]).steps
        board = session.query(Activity).filter_by(room_id=rooms[1].id, kind="ideas").one()
        assert board.settings["layout"] == "matrix"
        votes = session.query(Activity).filter_by(room_id=rooms[1].id, kind="scale").one()
        assert votes.settings["source"] == board.id and votes.tally is None
        block = session.query(Block).filter_by(workshop_id=made, title="Grupos").one()
        was = session.query(Block).filter_by(workshop_id=workshop, title="Grupos").one()
        assert block.day == "2027-03-08" and block.starts_at - was.starts_at == timedelta(days=97)
        assert session.query(Seat).filter_by(workshop_id=made).count() == 0
    tables = stored(here)
    lines = {room.id for room in rooms} | {made}
    assert not [row for name in ("contribution", "late_tray", "departure") for row in tables[name]
                if row["stream_id"] in lines]
    assert "texto de la sala uno" not in here.browser("F").get(f"/w/{made}/desk").get_data(as_text=True)
    assert here.browser("E").get(f"/w/{made}/desk").status_code == 404, "only who copied it has it"
    said = here.browser("F").get(f"/w/{made}/history", headers={"Accept-Language": "es"}).get_data(as_text=True)
    assert "copia" in said and "Luis" in said


def test_the_columns_that_boards_have_for_delegations_are_those_of_the_copy(app, meeting, elena):
    ok(elena.do("room.create", {"workshop": meeting["workshop"], "title": "Mesa", "method": "comparativa"}, None))
    made = ok(elena.do("workshop.duplicate", {"workshop": meeting["workshop"], "title": "Copia"}, None))["workshop"]
    with app.extensions["house"].store.read() as session:
        own = set(session.scalars(select(Delegation.id).where(Delegation.workshop_id == made)))
        room = session.query(Room).filter_by(workshop_id=made, title="Mesa").one()
        board = session.query(Activity).filter_by(room_id=room.id, kind="ideas").one()
        assert own <= {column["key"] for column in board.settings["columns"]}
        assert not {key for step in room.steps for key in step.get("columns", ())} - {
            column["key"] for column in board.settings["columns"]}
    wanted = [{"id": key, "name": f"D {n}"} for n, key in enumerate(sorted(own))]
    ok(elena.do("workshop.edit", {"workshop": made, "delegations": wanted}, None))


def test_who_may_not_make_workshops_makes_no_copy_either(tmp_path):
    app = cast.app(tmp_path, may_create="administrators")
    meeting = cast.found(app)
    refused = cast.facilitator(app, meeting).do("workshop.duplicate", {"workshop": meeting["workshop"], "title": "X"}, None)
    assert refused["code"] == "may_not_create"
    app.extensions["house"].store.close()


def test_a_copy_is_made_on_the_page(app, meeting, elena):
    browser = browser_of(app, elena)
    browser.open(f"/w/{meeting['workshop']}/life")
    browser.send(f"/w/{meeting['workshop']}/copy", 'id="copy"', title="Tercer encuentro", day="2027-03-08")
    assert browser.path.endswith("/desk") and "Tercer encuentro" in browser.page and "Covid-19 y el programa" in browser.page


@pytest.mark.parametrize("aside", [False, True])
def test_in_a_workshop_that_is_over_every_verb_is_refused_but_those_that_correct_the_record(aside):
    here = hall()
    process = ok(here.phone("E").do("process.begin", filled(PAYLOADS["process.begin"], known(here)), None))["card"]["id"]
    begun(here, "act.undo")
    here.at = here.at | {"part": process}
    ok(here.phone("E").do("workshop.archive" if aside else "workshop.close", {"workshop": here.at["workshop_id"]}, None))
    codes = {verb: here.phone("E").do(verb, filled(PAYLOADS[verb], known(here)), None).get("code")
             for verb in registry.VERBS if "owner" in registry.MAY[verb] and verb not in WHEN_OVER}
    assert len(codes) > 40 and set(codes.values()) == {"workshop_closed"}, codes
    here.close()


def test_streams_that_are_removed_leave_their_count_to_another(app, meeting, elena):
    house = app.extensions["house"]
    for _again in range(2):
        made = ok(elena.do("workshop.duplicate", {"workshop": meeting["workshop"], "title": "Copia"}, None))["workshop"]
        ok(elena.do("workshop.delete", {"workshop": made, "title": "Copia"}, None))
        with house.store.read() as session:
            before = sum(session.scalars(select(Stream.seq)))
        removing.remove(house.store, Folder(house.config.data), made)
        with house.store.read() as session:
            assert sum(session.scalars(select(Stream.seq))) == before and session.get(Workshop, made) is None
