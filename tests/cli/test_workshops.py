"""Workshops from the command line: listed, ended, deleted, brought back."""
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.support import cast
from tests.support.cast import ok
from workshop.cli import main
from workshop.store.models import History, Room, Workshop


@pytest.fixture
def run(tmp_path, app, meeting, monkeypatch):
    """A function that runs `workshop …` on the app's data; what it prints."""
    monkeypatch.setenv("WORKSHOP_DATA", str(tmp_path))

    def command(*words: str, fails: bool = False, **more) -> str:
        done = CliRunner().invoke(main, [*words], **more)
        assert (done.exit_code != 0) == fails, done.output
        return done.output
    return command


def stored(app, meeting) -> Workshop | None:
    with app.extensions["house"].store.read() as session:
        return session.get(Workshop, meeting["workshop"])


def test_a_workshop_is_listed_ended_deleted_and_brought_back(app, meeting, phone, run):
    ok(phone().join(meeting["code"], "Rosa"))
    code = meeting["code"]
    listed = run("list")
    assert meeting["workshop"] in listed and "1 person" in listed and "over" not in listed
    assert "over" in run("close", code.lower())
    with app.extensions["house"].store.read() as session:
        assert not session.query(Room).filter(Room.kind == "group", Room.closed_at.is_(None)).count()
    said = run("delete", meeting["workshop"], input="n\n", fails=True)
    assert "1 person" in said and "3 rooms" in said and stored(app, meeting).deleted_at is None
    assert "7 days" in run("delete", code, "--yes") and "deleted on" in run("list")
    assert stored(app, meeting).deleted_at
    run("undelete", code)
    assert stored(app, meeting).deleted_at is None and "over" in run("list")
    with app.extensions["house"].store.read() as session:
        acts = [one.verb for one in session.query(History).order_by(History.id) if one.target_id == meeting["workshop"]]
    assert acts == ["workshop.close", "workshop.delete", "workshop.restore"]
    assert "no such workshop" in run("close", "ZZZZZZ", fails=True)


def test_a_workshop_is_removed_at_once_where_that_is_said(app, meeting, run):
    elena = cast.facilitator(app, meeting)
    card = ok(elena.post(cast.activities(app, meeting["rooms"][0])["ideas"], "Una idea", None))
    assert card["ok"]
    assert "Nothing of it is left" in run("delete", meeting["code"], "--now", "--yes")
    assert stored(app, meeting) is None and "no such" in run("delete", meeting["code"], "--yes", fails=True)
    assert run("list") == "" and not list((Path(app.extensions["house"].config.data) / "media").rglob("*.*"))
