"""A rehearsal plays a workshop on a server of its own, says what each role saw, and leaves nothing behind."""
import json
import random

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from tests.support import cast
from tests.support.apart import apart
from workshop.cli import main
from workshop.domain.kinds import votes
from workshop.replay import process, rehearsal
from workshop.replay.rehearsal import Hall, Rehearsal, Screen
from workshop.store.models import Account, Workshop


@pytest.fixture
def database() -> str:
    return ""


@pytest.fixture
def servers(monkeypatch):
    """The servers that were started."""
    started, enter = [], process.OwnServer.__enter__
    monkeypatch.setattr(process.OwnServer, "__enter__", lambda server: (started.append(server), enter(server))[1])
    return started


def rehearse(*options: str):
    return apart(CliRunner().invoke, main, ["rehearse", "--seats", "12", "--rooms", "2", "--minutes", "0.05", *options])


def test_twelve_people_in_two_rooms_write_are_paused_and_the_desk_shows_it_all(tmp_path, servers):
    report = tmp_path / "report.json"
    done = rehearse("--report", str(report))
    assert done.exit_code == 0, (done.output, done.exception)
    saw = json.loads(report.read_text())
    assert (saw["people"]["seats"], saw["shared"]["devices"], saw["shared"]["seats"]) == (6, 2, 6)
    assert saw["ideas"] > 3 and saw["people"]["lost"] == saw["desk"]["lost"] == saw["acts"]["missed"] == 0
    assert saw["desk"]["ideas"] == saw["ideas"] and saw["desk"]["rooms"] == 2
    assert saw["acts"]["n"] >= 2 and saw["people"]["delays"]["n"] and saw["server_cpu_seconds"] > 0
    assert "the desk showed 2 of 2 rooms" in done.output
    assert [server.process.poll() is not None for server in servers] == [True], "it has ended its server"


def test_without_a_desk_nobody_looks_on_and_the_acts_are_the_same(servers):
    done = rehearse("--no-desk")
    assert done.exit_code == 0 and "the desk" not in done.output and "acts on all rooms:" in done.output
    assert "not reached 0" in done.output


def test_when_it_breaks_off_the_server_is_ended_all_the_same(servers, monkeypatch):
    def broken(*_asked, **_room):
        raise OSError("the line is gone")
    monkeypatch.setattr(rehearsal.Screen, "join", broken)
    done = rehearse()
    assert done.exit_code == 1 and "the line is gone" in done.output
    assert [server.process.poll() is not None for server in servers] == [True]


def test_a_method_that_is_not_there_is_named(servers):
    done = rehearse("--method", "no_such_method")
    assert done.exit_code == 2 and "no_such_method" in done.output and servers == []


def test_an_idea_that_is_not_on_a_screen_of_its_room_is_counted_as_lost():
    played = Rehearsal("http://127.0.0.1:1", Hall("code", "w", {"r1": 1, "r2": 2}, "", 1), 3, 1.0)
    for room in ("r1", "r1", "r2"):
        played.crowd.append(Screen(played.url))
        played.crowd[-1].place = {"streams": ["w", room], "seats": [{"id": "s"}]}
    played.written = {"card": ("r1", 0.0)}
    assert played._lost() == 2
    played.crowd[0].copy.cards["card"] = {}
    assert played._lost() == 1


def test_people_vote_as_each_kind_of_the_method_has_it_and_what_is_private_is_not_lost(tmp_path):
    report = tmp_path / "report.json"
    done = rehearse("--method", "uno_dos_cuatro", "--minutes", "0.1", "--report", str(report))
    assert done.exit_code == 0, (done.output, done.exception)
    saw = json.loads(report.read_text())
    assert saw["private"] > 0 and saw["people"]["lost"] == 0 and "in private beside them" in done.output


def test_a_vote_of_any_kind_is_cast_on_what_it_asks_about():
    device, chance = Screen("http://127.0.0.1:1"), random.Random(1)
    device.copy.cards["c"] = {"id": "c", "kind": "idea"}
    for kind in votes():
        assert rehearsal._choices(device, {"of": kind, "settings": {}}, chance), kind
    named = {"of": "choice", "settings": {"options": [{"key": "si"}]}}
    assert rehearsal._choices(device, named, chance) == {"si": 1}
    device.copy.cards.clear()
    assert rehearsal._choices(device, {"of": "dots", "settings": {}}, chance) is None


def test_against_a_running_server_a_workshop_is_made_played_and_taken_away(serve, tmp_path, monkeypatch):
    server = serve()
    monkeypatch.setenv("WORKSHOP_DATA", str(tmp_path))
    monkeypatch.setenv("WORKSHOP_SECRET", "s" * 32)
    store = cast.app(tmp_path).extensions["house"].store

    def there() -> list[str]:
        with store.read() as session:
            return [*session.scalars(select(Workshop.id)), *session.scalars(select(Account.id))]
    before = there()
    done = rehearse("--against", server.url)
    assert done.exit_code == 0, (done.output, done.exception)
    assert "the desk showed 2 of 2 rooms" in done.output and "server CPU" not in done.output
    assert there() == before
    store.close()
