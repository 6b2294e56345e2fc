"""A trial run is cleared in one act, and brought back for a day."""
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.actions.lives.test_workshops import house_of, media, stored
from tests.pages.facilitator.people import Browser
from tests.support import cast
from tests.support.cast import ok, shown
from tests.support.everybody import SECRETS, hall
from workshop.actions.lives import clearing, removing
from workshop.media.folder import Folder
from workshop.store.models import Activity, Base, Block, Room, Stream
from workshop.store.streams.epochs import REMOVED

# What is set up, who the team is, and what is of no workshop: a new table has to be named here or in clearing.EMPTIED.
STAYS = {"account", "answer", "axis", "activity", "block", "block_room", "cleared", "delegation", "device",
         "expected_person", "floor", "invitation", "membership", "method", "password_link", "program_token", "room", "site",
         "stream", "video", "wall", "workshop"}
EXPECTED = "Wilma Esperada"  # the list of those who are expected stays
WRITTEN = ("seat", "device_seat", "room_seat", "contribution", "ballot", "attachment", "late_tray", "sitting", "attended",
           "link")


@pytest.fixture
def here():
    one = hall()
    yield one
    one.close()


def clear(here, verb: str = "workshop.clear") -> dict:
    return here.phone("E").do(verb, {"workshop": here.at["workshop_id"]}, None)


def without(tables: dict, *names: str) -> dict:
    """The rows of all tables but the record, and but what is counted anew (epoch, seq)."""
    out = {"history", "cleared", "answer", "device", *names}
    return {name: sorted(repr({key: value for key, value in row.items() if key not in ("epoch", "seq")}) for row in rows)
            for name, rows in tables.items() if name not in out}


def test_every_table_is_cleared_or_stays():
    assert set(Base.metadata.tables) == clearing.EMPTIED | STAYS and not clearing.EMPTIED & STAYS


def test_what_was_set_up_stays_and_what_was_put_in_goes(here):
    house, workshop = house_of(here), here.at["workshop_id"]
    before = stored(here)
    ok(clear(here))
    after = stored(here)
    assert all(before[name] and not after[name] for name in WRITTEN), [name for name in WRITTEN if after[name]]
    for name in ("workshop", "delegation", "axis", "membership", "invitation", "program_token", "account"):
        assert after[name] == before[name], name
    with house.store.read() as session:
        for room in session.query(Room).filter(Room.workshop_id == workshop, Room.kind == "group"):
            was = next(row for row in before["room"] if row["id"] == room.id)
            assert (room.title, room.question, room.steps) == (was["title"], was["question"], was["steps"])
            assert (room.opened_at, room.step, room.next_number, room.deadline) == (None, 0, 1, None)
        assert not [one for one in session.query(Activity) if one.tally or one.published_at]
    said = str({name: rows for name, rows in after.items() if name not in ("cleared", "answer")})
    assert not [text for text in (*SECRETS, "Rosa Mamani") if text in said and text != EXPECTED]
    for one, was in zip(sorted(after["stream"], key=lambda row: row["id"]), sorted(
            before["stream"], key=lambda row: row["id"]), strict=True):
        anew = one["id"] in (workshop, *here.at["rooms"], here.at["inbox"])
        assert (one["epoch"] != was["epoch"]) == anew and one["seq"] >= was["seq"]
    first = here.at["rooms"][0]
    ok(here.phone("E").do("room.open", {"room": first}, None))
    nina = cast.Phone(here.app.test_client())
    ok(nina.join(here.at["code"], "Nina"))
    card = ok(nina.post(here.at["board"], "La primera", place={"row": "r1", "column": "c1"}))["card"]
    assert card["number"] == 1 and len(shown(nina, first)) == 1


def test_a_device_of_the_trial_run_is_told_so_and_its_command_writes_nothing(here):
    ok(clear(here))
    answer = here.phone("H").post(here.at["board"], "Escrito sin línea")
    assert answer["code"] == "trial_cleared" and "tray" not in answer
    page = here.browser("H").get(f"/w/{here.at['workshop_id']}", headers={"Accept-Language": "es"})
    assert page.status_code == 410 and "ensayo" in page.get_data(as_text=True)
    assert here.browser("N").get(f"/w/{here.at['workshop_id']}").status_code == 404
    stranger = here.phone("A")
    assert stranger.do("hand.raise", {"room": here.at["rooms"][0]}, "no-such-seat")["code"] == "not_your_seat"


def test_it_comes_back_as_it_was_and_what_came_since_is_kept_in_its_place(here):
    before = stored(here)
    ok(clear(here))
    ok(here.phone("E").do("room.open", {"room": here.at["rooms"][0]}, None))
    nina = cast.Phone(here.app.test_client())
    ok(nina.join(here.at["code"], "Nina"))
    ok(nina.post(here.at["board"], "Lo que vino después", place={"row": "r1", "column": "c1"}))
    ok(clear(here, "workshop.recover"))
    assert without(stored(here)) == without(before)
    acts = {row["id"]: row for row in stored(here)["history"]}
    assert all(acts[row["id"]] == row for row in before["history"])
    rosa = here.phone("H")
    assert {card["body"]["text"] for card in shown(rosa, here.at["rooms"][0]).values()} >= {"texto de la sala uno"}
    assert nina.post(here.at["board"], "y más")["code"] == "trial_cleared"
    assert here.browser("H").get(f"/media/{here.at['photo']}").status_code == 200
    ok(clear(here, "workshop.recover"))
    assert "Lo que vino después" in {card["body"]["text"] for card in shown(nina, here.at["rooms"][0]).values()}


def test_what_it_leads_to_may_be_gone_when_it_comes_back(here):
    ok(clear(here))
    elena, (first, _second, third) = here.phone("E"), here.at["rooms"]
    ok(elena.do("room.alike", {"room": third, "rooms": [first]}, None))  # its votes are others now
    ok(elena.do("workshop.edit", {"workshop": here.at["workshop_id"], "delegations": [{"name": "Otra"}]}, None))
    ok(clear(here, "workshop.recover"))
    with house_of(here).store.read() as session:
        assert {row.delegation_id for row in session.execute(select(Base.metadata.tables["seat"]))} == {None}
    assert "texto de la sala uno" in {card["body"]["text"] for card in shown(here.phone("H"), first).values()}


def test_after_a_day_it_is_gone_with_its_files(here):
    house = house_of(here)
    assert clear(here, "workshop.recover")["code"] == "nothing_cleared"
    ok(clear(here))
    folder = Folder(house.config.data)
    assert clearing.forget(house.store, house.clock() + timedelta(hours=23), folder) == 0 and media(here)
    lines = len(stored(here)["stream"])
    assert clearing.forget(house.store, house.clock() + timedelta(hours=24), folder) == 1
    assert [path.name.split(".")[0] for path in media(here)] == 2 * ["film-of-the-hall"], "what was set up stays"
    assert not stored(here)["cleared"]
    assert not [text for text in SECRETS if text in str(stored(here)) and text != EXPECTED]
    after = {row["id"] for row in stored(here)["stream"]}
    assert len(after) < lines + 1 and here.at["circle"] not in after
    assert clear(here, "workshop.recover")["code"] == "nothing_cleared"


def test_a_cleared_trial_run_goes_with_its_workshop(here):
    house, workshop = house_of(here), here.at["workshop_id"]
    ok(clear(here))
    ok(here.phone("E").do("workshop.delete", {"workshop": workshop, "title": "Segundo encuentro andino Perú-Bolivia"}, None))
    removing.remove(house.store, Folder(house.config.data), workshop)
    after = stored(here)
    assert not media(here) and not after["cleared"]
    assert {row["id"] for row in after["stream"]} == {here.at["foreign"], REMOVED}
    assert not [text for text in SECRETS if text in str(after)]


def test_the_programme_begins_anew_too(app, meeting):
    elena, house = cast.facilitator(app, meeting), app.extensions["house"]
    with house.store.write() as session:
        session.add(Block(workshop_id=meeting["workshop"], day="2026-12-01", kind="groups", title="Grupos",
                          starts_at=house.clock(), minutes=60, started_at=house.clock(), started_by="x"))
    ok(elena.do("workshop.clear", {"workshop": meeting["workshop"]}, None))
    with house.store.read() as session:
        [block] = session.query(Block).filter_by(title="Grupos")
        assert (block.title, block.started_at, block.started_by) == ("Grupos", None, None)
    ok(elena.do("workshop.recover", {"workshop": meeting["workshop"]}, None))
    with house.store.read() as session:
        assert session.query(Block).one().started_at is not None


def test_it_is_told_before_done_with_a_tap_and_stands_in_the_record(here):
    browser, at = Browser(here.app), f"/w/{here.at['workshop_id']}"
    browser.http.set_cookie("tinkuy", here.cookies["E"])
    page = browser.open(f"{at}/life").split('id="clear"')[1].split("</form>")[0]
    assert "1 foto" in page and "personas" in page
    browser.send(f"{at}/clear", 'id="clear"', clear="1")
    assert "Nadie ha estado" in browser.page and "Recuperar" in browser.page.split('id="recover"')[1]
    said = browser.open(f"{at}/history")
    assert "borró el ensayo" in said and "Elena Quispe" in said
    browser.open(f"{at}/life")
    browser.send(f"{at}/clear", 'id="recover"', back="1")
    with house_of(here).store.read() as session:
        assert session.scalar(select(Stream.id).where(Stream.id == here.at["circle"]))
    assert Path(house_of(here).config.data).exists() and "1 foto" in browser.page
