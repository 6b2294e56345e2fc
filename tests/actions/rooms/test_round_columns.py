"""A step that takes cards in some columns only: where a card goes without saying, and one that was written a round ago."""
import pytest

from tests.support import cast
from workshop.store.models import Activity, Room
from workshop.store.streams import numbering

COLUMNS = [{"key": key, "title": {"es": key, "fr": key, "en": key}} for key in ("ronda_1", "ronda_2", "ronda_3")]


@pytest.fixture
def board(app, meeting) -> str:
    """The board of room 1 in the second round of a café."""
    key = cast.activities(app, meeting["rooms"][0])["ideas"]
    with app.extensions["house"].store.write() as session:
        numbering.lock(session, {meeting["workshop"]})
        session.get(Activity, key).settings = {"columns": COLUMNS}
        session.get(Room, meeting["rooms"][0]).steps = [
            {"key": "ronda_2", "minutes": 0, "opens": ["ideas"], "columns": ["ronda_2", "ronda_3"]}]
    return key


def test_a_card_without_a_column_goes_to_the_first_that_takes_cards_now(app, meeting, board, phone):
    rosa = phone()
    rosa.join(meeting["code"], "Rosa")
    assert rosa.post(board, "Sin decir dónde")["card"]["place"] == {"column": "ronda_2"}
    assert rosa.post(board, "En la tercera", place={"column": "ronda_3"})["card"]["place"] == {"column": "ronda_3"}


def test_a_card_of_the_round_before_comes_late_and_can_be_let_in(app, meeting, board, phone):
    rosa, elena, room = phone(), cast.facilitator(app, meeting), meeting["rooms"][0]
    rosa.join(meeting["code"], "Rosa")
    late = rosa.post(board, "De la primera ronda, con mala señal", place={"column": "ronda_1"})
    assert late["code"] == "column_closed" and late["tray"]
    admitted = elena.do("tray.admit", {"room": room, "tray": late["tray"]}, seat=None)
    assert admitted["ok"] and cast.shown(rosa, room)[admitted["card"]["id"]]["place"] == {"column": "ronda_1"}


def test_without_script_only_the_columns_that_take_cards_can_be_chosen(app, meeting, board, phone):
    rosa = phone()
    rosa.join(meeting["code"], "Rosa")
    page = rosa.http.get(f"/w/{meeting['workshop']}/r/1").get_data(as_text=True)
    assert 'value="ronda_1" disabled hidden' in page and 'value="ronda_2">' in page
