"""The memoria tells the result of every kind of vote."""
import io

import openpyxl
import pytest

from tests import cast
from tests.exports.texts import READERS, of_docx, squeezed
from workshop.actions.rooms import add_activity
from workshop.domain.kinds import kinds
from workshop.store import sync
from workshop.store.models import Activity, Room

VOTES = [name for name, kind in kinds().items() if kind.votes]  # reactions are cast and counted as votes are
FAIR = [{"key": "feria", "title": {"es": "En la *feria*", "fr": "À la foire", "en": "At the *fair*"}},
        {"key": "escuela", "title": "En la <b>escuela</b>"}]
BALLOTS = {"likes": {"*": 1}, "light": {"*": "ajustar"}, "consent": {"*": "con_reserva"}, "choice": {"*": 1},
           "positions": {"*": [30, 72]}, "scale": {"room": 4}, "opinions": {"*": -1}, "dots": {"*": 2},
           "reactions": {"*": ["same", "like"]},
           "where": {"escuela": 1}}
SAID = {
    "likes": "1 corazón · 1 persona · 1 delegación", "light": "Seguir 0 · Ajustar 1 · Dejar 0 · 1 delegación",
    "consent": "Sí 0 · Sí, con reserva 1 · No 0 · 1 delegación", "choice": "la eligió 1 persona · 1 delegación",
    "positions": "Esfuerzo 30, Alcance 72 (de 100) · distancia media 0 · 1 persona",
    "scale": "Qué tan de acuerdo estamos: votaron 1 de 1 personas. Promedio 4, valor central 4, distancia media"
             " al promedio 0. 1: 0 · 2: 0 · 3: 0 · 4: 1 · 5: 0 · 1 delegación",
    "opinions": "de acuerdo 0, en desacuerdo 1, paso 0", "dots": "2 puntos · 1 persona · 1 delegación",
    "reactions": "Me gusta 1 · Aquí también 1",
    "where": "¿Dónde?: votaron 1 de 1 personas. En la *feria* 0 · En la <b>escuela</b> 1"}


@pytest.fixture
def voted(app, meeting, rosa):
    """Rosa's idea in room 1, on which she voted in every kind of vote, and in a choice between two places."""
    board = cast.activities(app, meeting["rooms"][0])["ideas"]
    card = rosa.post(board, "Guardar semilla propia")["card"]["id"]
    with app.extensions["house"].store.write() as session:
        sync.lock(session, {meeting["workshop"]})
        room = session.get(Room, meeting["rooms"][0])
        room.steps = [{"key": "all", "minutes": 0, "opens": list(kinds())}]
        for position, kind in enumerate(sorted(set(VOTES) - {"dots", "opinions", "reactions"}), 10):
            add_activity(session, room, kind, position, {"source": board})
        ids = {"where": add_activity(session, room, "choice", 30, {
            "source": board, "options": FAIR, "title": {"es": "¿Dónde?", "fr": "Où ?", "en": "Where?"}}).id}
    ids = {name: id for name, id in cast.activities(app, meeting["rooms"][0]).items() if name != "choice"} | ids
    with app.extensions["house"].store.read() as session:
        ids["choice"] = session.query(Activity).filter_by(kind="choice", position=10).one().id
    for name, choices in BALLOTS.items():
        choices = {card if key == "*" else key: choice for key, choice in choices.items()}
        answer = rosa.do("ballot.cast", {"activity": ids[name], "choices": choices, "base_rev": 0})
        assert answer["ok"], (name, answer)
    app.extensions["house"].performer.count()
    return card


def test_every_kind_of_vote_is_tried_here():
    assert set(BALLOTS) - {"where"} == set(VOTES)


@pytest.mark.parametrize("form", sorted(READERS))
def test_each_result_stands_in_each_format(memoria, voted, form):
    text = squeezed(READERS[form](memoria(form)))
    # A workbook tells what people said of cards in columns of numbers.
    wanted = {vote: said for vote, said in SAID.items() if form != "xlsx" or vote in ("scale", "where")}
    assert {vote: said for vote, said in wanted.items() if squeezed(said) not in text} == {}


def test_in_the_workbook_every_figure_has_its_column(memoria, voted):
    sheet = openpyxl.load_workbook(io.BytesIO(memoria("xlsx")))["Tarjetas"]
    found = {head.value: cell.value for head, cell in zip(sheet[1], sheet[2], strict=True)}
    wanted = {"Puntos": 2, "En desacuerdo": 1, "Corazones": 1, "Ajustar": 1, "Sí, con reserva": 1, "La eligieron": 1,
              "Esfuerzo": 30, "Alcance": 72, "Aquí también": 1}
    assert {name: found.get(name) for name in wanted} == wanted


def test_what_a_vote_says_is_said_in_the_language_of_the_report(memoria, voted):
    text = of_docx(memoria("docx", "en"))
    assert "Keep 0 · Adjust 1 · Stop 0 · 1 delegation" in text and "At the *fair* 0 · En la <b>escuela</b> 1" in text
