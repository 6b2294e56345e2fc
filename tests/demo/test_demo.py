"""The demo: the founding meeting, built by the verbs that people use."""
import json
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from tests.pages.people import Browser
from workshop.cli import main
from workshop.cli.setting_up import prepare, ways_in
from workshop.demo.build import FACTS, SAMPLE, STAFF
from workshop.exports import everything
from workshop.store.models import Block, Room


@pytest.fixture
def demo(app, tmp_path):
    """(password, workshop) in the app's store."""
    return prepare(app.extensions["house"].store, tmp_path / "demo")


def test_it_holds_the_facts_of_the_meeting_and_says_that_the_rest_is_sample(app, demo):
    _password, workshop = demo
    assert workshop.title.endswith("(datos de ejemplo)")
    assert workshop.days == ["2021-10-11", "2021-10-12", "2021-10-13"]
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
        assert first.starts_at == datetime(2021, 10, 11, 13, 30, tzinfo=UTC)  # 08:30 in Lima, 09:30 in La Paz


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
