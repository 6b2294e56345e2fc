"""The demo: the founding meeting, built by the verbs that people use."""
import json
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from tests.pages.facilitator.people import Browser
from tests.pages.shell.attacks.test_guard import signed_in
from tests.support import cast
from workshop.actions.rooms.demo_upkeep import keep_going
from workshop.cli import demo as setting_up
from workshop.cli import main
from workshop.cli.demo import prepare, ways_in
from workshop.demo.build import FACTS, SAMPLE, STAFF
from workshop.exports import everything
from workshop.store.models import Account, Block, Room, Workshop


@pytest.fixture
def demo(app, tmp_path):
    """(password, workshop) in the app's store."""
    return prepare(app.extensions["house"].store, tmp_path / "demo")


def owner(app, workshop) -> cast.Phone:
    """Elena's laptop."""
    house = app.extensions["house"]
    with house.store.read() as session:
        elena = session.scalar(select(Account.id).where(Account.email == "elena@demo.invalid"))
    return cast.facilitator(app, {"owner": elena})


def test_it_holds_the_facts_of_the_meeting_and_says_that_the_rest_is_sample(app, demo):
    _password, workshop = demo
    assert workshop.title.endswith("(datos de ejemplo)")
    with app.extensions["house"].store.read() as session:
        tables = everything.everything(session, workshop.id)["tables"]
    assert {d["name"] for d in tables["delegation"]} == {p["name"] for p in FACTS["delegations"]["places_as_stated"]}
    assert len(tables["axis"]) == len(FACTS["axes"]) == 3
    assert 40 <= len(tables["seat"]) <= 90
    assert {s["channel"] for s in tables["seat"]} == {"hall", "remote"}
    assert len([c for c in tables["contribution"] if c["kind"] == "idea"]) == sum(len(r["ideas"]) for r in SAMPLE["rooms"])
    assert tables["late_tray"] and tables["ballot"] and tables["link"]


def test_each_room_is_at_another_step_and_the_first_has_published(app, demo):
    _password, workshop = demo
    with app.extensions["house"].store.read() as session:
        groups = select(Room).where(Room.workshop_id == workshop.id, Room.kind == "group")
        assert [room.step for room in session.scalars(groups.order_by(Room.number))] == [2, 1, 0]
        first = session.scalars(select(Block).where(Block.workshop_id == workshop.id).order_by(Block.starts_at)).first()
        assert first.starts_at.isoformat() == f"{workshop.days[0]}T13:30:00+00:00"  # 08:30 in Lima, 09:30 in La Paz


def test_a_day_later_a_new_start_makes_it_a_meeting_that_is_going_on_now(app, demo, tmp_path, monkeypatch):
    """Whatever visitors have done to it: closed, paused, led on, locked; what they wrote stays."""
    _password, workshop = demo
    store, lead = app.extensions["house"].store, owner(app, workshop)
    with store.read() as session:
        rooms = [room.id for room in session.scalars(select(Room).where(
            Room.workshop_id == workshop.id, Room.kind == "group").order_by(Room.number))]
    cast.ok(lead.do("room.close", {"room": rooms[0]}, None))
    cast.ok(lead.do("room.pause", {"room": rooms[1]}, None))
    cast.ok(lead.do("step.go", {"room": rooms[2], "step": 2}, None))
    cast.ok(lead.do("workshop.lock", {"workshop": workshop.id}, None))
    later = setting_up.now() + timedelta(days=1, hours=3)
    monkeypatch.setattr(setting_up, "now", lambda: later)
    prepare(store, tmp_path / "demo")
    with store.read() as session:
        now = session.get(Workshop, workshop.id)
        assert now.days[1] == later.astimezone(ZoneInfo("America/Lima")).date().isoformat() and now.locked_at is None
        assert now.sample_at >= later
        block = session.scalars(select(Block).where(Block.workshop_id == workshop.id).order_by(Block.starts_at)).first()
        assert block.starts_at.date().isoformat() == now.days[0]
        found = [session.get(Room, key) for key in rooms]
        assert [room.step for room in found] == [2, 1, 0]
        for room in found:
            assert room.closed_at is None and room.paused_at is None and room.deadline > later + timedelta(minutes=30)


def test_a_newcomer_finds_a_vote_that_takes_her_dots(app, demo):
    _password, workshop = demo
    rosa = cast.Phone(app.test_client())
    cast.ok(rosa.join(workshop.code, "Rosa Nueva", room=2))
    with app.extensions["house"].store.read() as session:
        room = session.scalar(select(Room).where(Room.workshop_id == workshop.id, Room.number == 2))
        votes = cast.activities(app, room.id)
    card = next(iter(cast.shown(rosa, room.id)))
    cast.ok(rosa.do("ballot.cast", {"activity": votes["dots"], "choices": {card: 2}, "base_rev": 0}))


def test_while_it_stands_a_room_whose_time_is_over_gets_more_and_one_that_rests_does_not(app, demo):
    _password, workshop = demo
    house = app.extensions["house"]
    with house.store.write() as session:
        first, second, third = session.scalars(select(Room).where(
            Room.workshop_id == workshop.id, Room.kind == "group").order_by(Room.number)).all()
        past = house.clock() - timedelta(minutes=2)
        first.deadline = second.deadline = past
        second.paused_at, third_deadline = past, third.deadline
    assert keep_going(house.performer) == 1 and keep_going(house.performer) == 0
    with house.store.read() as session:
        rooms = session.scalars(select(Room).where(
            Room.workshop_id == workshop.id, Room.kind == "group").order_by(Room.number)).all()
        assert rooms[0].deadline > house.clock() + timedelta(minutes=9)
        assert (rooms[1].deadline, rooms[2].deadline) == (past, third_deadline)


def test_a_workshop_that_is_no_demo_is_left_alone_and_leads_nobody(app, meeting):
    house = app.extensions["house"]
    with house.store.write() as session:
        session.get(Room, meeting["rooms"][0]).deadline = house.clock() - timedelta(hours=1)
    assert keep_going(house.performer) == 0
    assert 'class="tour"' not in signed_in(app).open(f"/w/{meeting['workshop']}/desk")


def test_a_first_time_facilitator_is_led_through_five_steps_and_sees_what_is_done(app, demo):
    password, workshop = demo
    elena, where = Browser(app), f"/w/{workshop.id}"
    elena.open("/login")
    elena.send("/login", email="elena@demo.invalid", password=password)
    assert "1 de 5" in elena.open(f"{where}/desk") and "✓ hecho" not in elena.page
    rosa = cast.Phone(app.test_client())
    cast.ok(rosa.join(workshop.code, "Rosa Nueva", room=3))
    assert "✓ hecho" in elena.open(f"{where}/desk")
    elena.send(f"{where}/tour", "/tour", to="2")
    assert elena.path == f"{where}/r/3" and "2 de 5" in elena.page and "✓ hecho" not in elena.page
    with app.extensions["house"].store.read() as session:
        room = session.scalar(select(Room.id).where(Room.workshop_id == workshop.id, Room.number == 3))
    cast.ok(rosa.post(cast.activities(app, room)["ideas"], "Una idea nueva"))
    assert "✓ hecho" in elena.open(f"{where}/r/3")
    elena.send(f"{where}/tour", "/tour", to="3")
    assert elena.path == f"{where}/desk" and "3 de 5" in elena.page
    cast.ok(owner(app, workshop).do("step.go", {"room": room, "step": 1}, None))
    assert "✓ hecho" in elena.open(f"{where}/desk")
    elena.send(f"{where}/tour", "/tour", to="4")
    assert elena.path == f"{where}/r/3/scribe" and "4 de 5" in elena.page
    elena.send(f"{where}/tour", "/tour", to="5")
    assert elena.path == f"{where}/report" and "5 de 5" in elena.page
    elena.http.get(f"{where}/report.md")
    assert "✓ hecho" in elena.open(f"{where}/report")
    elena.send(f"{where}/tour", "/tour", to="left")
    assert 'class="tour"' not in elena.open(f"{where}/desk")
    elena.send(f"{where}/tour", "/tour", to="1")
    assert "1 de 5" in elena.page


def test_built_twice_it_is_the_same(app, demo, tmp_path):
    again = prepare(app.extensions["house"].store, tmp_path / "demo")
    assert (again[0], again[1].id) == (demo[0], demo[1].id)


def test_the_printed_ways_lead_in(app, demo):
    password, workshop = demo
    said = ways_in("http://tinkuy.local", workshop, password)
    for email, name, role in STAFF:
        assert email in said and name in said
        somebody = Browser(app)
        somebody.open("/login")
        somebody.send("/login", email=email, password=password)
        assert workshop.title in somebody.page
        where = {"observer": "r/2", "rapporteur": f"r/{role[-1]}/scribe"}.get(role.partition(" ")[0], "desk")
        somebody.open(f"/w/{workshop.id}/{where}")
        assert somebody.status == 200, role
        if role.startswith("rapporteur"):
            other = 1 + int(role[-1]) % 3
            assert somebody.http.get(f"/w/{workshop.id}/r/{other}/scribe").status_code == 404
            assert f"/r/{role[-1]}/scribe" in somebody.open(f"/w/{workshop.id}"), "the lobby leads there"
            assert "/desk" not in somebody.page
        if role == "observer":
            assert 'id="composer"' not in somebody.page and somebody.http.get(f"/w/{workshop.id}/desk").status_code == 403
    guest = Browser(app)
    guest.open(f"/j/{workshop.code}")
    assert "Palos Blancos" in guest.page
    assert "balanza propia" in guest.open(f"/s/{workshop.screen_key}")


def test_accounts_and_workshops_from_the_command_line(tmp_path, monkeypatch):
    monkeypatch.setenv("WORKSHOP_DATA", str(tmp_path))
    run = CliRunner()
    made = run.invoke(main, ["account", "add", "ana@example.org", "Ana"])
    assert made.exit_code == 0 and "/password/" in made.output
    again = run.invoke(main, ["account", "add", "ana@example.org", "Ana"])
    assert again.exit_code == 1 and "Ya hay una cuenta con ese correo" in again.output
    short = run.invoke(main, ["account", "add", "eva@example.org", "Eva", "--password-stdin"], input="corta\n")
    assert short.exit_code == 1 and "12" in short.output
    opened = run.invoke(main, ["open", "Semillas", "--owner", "ana@example.org", "--axis", "Agua", "--axis", "Suelo"])
    assert opened.exit_code == 0 and "/j/" in opened.output
    assert run.invoke(main, ["open", "Semillas", "--owner", "nobody@example.org"]).exit_code == 1


def test_the_sample_is_marked_as_sample():
    assert "Invented" in SAMPLE["about"]
    assert json.dumps(FACTS).count("null") > 10  # what the facts do not say is not made up there
