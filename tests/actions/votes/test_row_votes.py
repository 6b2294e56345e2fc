"""A traffic light on the rows of a matrix: on those that people have before them, counted by row, told in the report."""
import json

import pytest

from tests.support import cast
from workshop.actions.rooms.building import add_activity
from workshop.store.files import dump
from workshop.store.models import Activity, Room
from workshop.store.streams import numbering

STEPS = [{"key": "todos", "minutes": 0, "opens": ["ideas", "light"]},
         {"key": "aparte", "minutes": 0, "see": "own", "opens": ["ideas", "light"]}]


class Vote:
    """Room 1 with a matrix (the row `agua`, and those that the group names) and a light on its rows."""

    def __init__(self, app, meeting, phone, reveal: str = "live"):
        self.app, self.meeting, self.phone, self.room = app, meeting, phone, meeting["rooms"][0]
        self.board = cast.activities(app, self.room)["ideas"]
        with app.extensions["house"].store.write() as session:
            numbering.lock(session, {meeting["workshop"]})
            session.get(Activity, self.board).settings = {
                "layout": "matrix", "open_rows": True, "columns": [{"key": "c", "title": "Comparar"}],
                "rows": [{"key": "agua", "title": {"es": "Agua", "fr": "Eau", "en": "Water"}}]}
            room = session.get(Room, self.room)
            room.steps = STEPS
            self.id = add_activity(session, room, "light", 20, {"source": self.board, "per": "row", "reveal": reveal}).id
        self.rosa, self.luis = self.join("Rosa"), self.join("Luis")

    def join(self, name: str):
        one = self.phone()
        one.join(self.meeting["code"], name)
        return one

    def post(self, person, row: str) -> dict:
        return person.post(self.board, f"De {row}", place={"column": "c", "row": row})

    def cast(self, person, rev: int = 0, **choices) -> dict:
        return person.do("ballot.cast", {"activity": self.id, "base_rev": rev, "choices": choices})

    def tally(self) -> dict:
        with self.app.extensions["house"].store.read() as session:
            return {row: result["counts"] for row, result in session.get(Activity, self.id).tally["items"].items()}


@pytest.fixture
def vote(app, meeting, phone):
    return Vote(app, meeting, phone)


def test_rows_of_the_settings_and_rows_with_cards_are_counted_and_no_others(vote):
    assert vote.post(vote.rosa, "Semilla: propia")["ok"]
    assert vote.cast(vote.rosa, agua="seguir", **{"Semilla: propia": "dejar"})["ok"]
    assert vote.cast(vote.luis, agua="ajustar")["ok"]
    assert vote.tally() == {"agua": {"seguir": 1, "ajustar": 1}, "Semilla: propia": {"dejar": 1}}
    assert vote.cast(vote.luis, 1, feria="seguir")["code"] == "no_such_card"
    assert vote.cast(vote.luis, 1, agua="azul")["code"] == "bad_choice"


def test_a_row_that_only_cards_apart_have_is_voted_on_by_their_author_and_not_spoken_of(vote):
    cast.to_step(vote.app, vote.room, 1)
    assert vote.post(vote.rosa, "Secreto")["ok"]
    assert vote.cast(vote.rosa, Secreto="seguir", agua="seguir")["ok"]
    assert vote.cast(vote.luis, Secreto="seguir")["code"] == "no_such_card"
    assert vote.tally() == {"agua": {"seguir": 1}}
    assert "Secreto" not in json.dumps(vote.luis.catch_up(vote.room))
    with vote.app.extensions["house"].store.read() as session:
        tables = dump.rows(session, vote.meeting["workshop"])
    assert [ballot["choices"] for ballot in tables["ballot"] if ballot["activity_id"] == vote.id] == [{"agua": "seguir"}]


def test_the_report_tells_each_row_by_its_name(vote):
    elena = cast.facilitator(vote.app, vote.meeting)
    assert vote.post(vote.rosa, "Semilla")["ok"]
    assert vote.cast(vote.rosa, agua="seguir", Semilla="dejar")["ok"]
    said = elena.http.get(f"/w/{vote.meeting['workshop']}/report.md").get_data(as_text=True)
    assert "| 1 | Agua | 1 | 0 | 0 |" in said and "| 2 | Semilla | 0 | 0 | 1 |" in said


def test_without_script_the_rows_stand_above_the_board_with_their_lights(vote):
    assert vote.post(vote.rosa, "Semilla: propia")["ok"]
    page = vote.luis.http.get(f"/w/{vote.meeting['workshop']}/r/1").get_data(as_text=True)
    assert page.count('name="cast"') == 6 and f'value="{vote.id}:Semilla%3A%20propia:ajustar"' in page
    assert "<h3>Agua</h3>" in page and "<h3>Semilla: propia</h3>" in page


def test_the_first_view_of_a_large_board_has_a_card_of_each_row(vote):
    for row in ("Uno", "Dos", *["Tres"] * 12):
        assert vote.post(vote.rosa, row)["ok"]
    page = vote.luis.http.get(f"/w/{vote.meeting['workshop']}/r/1").get_data(as_text=True)
    assert all(f"<h3>{row}</h3>" in page for row in ("Uno", "Dos", "Tres"))
