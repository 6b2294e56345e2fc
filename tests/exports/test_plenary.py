"""The memoria says who spoke in the plenary, for whom and how long, and what was asked."""
import pytest

from tests.exports.texts import READERS, squeezed
from tests.support import cast
from tests.support.cast import ok
from workshop.store.models import Seat, Workshop


@pytest.fixture
def spoken(app, meeting, clocked):
    """Six women speak a minute each for Taraco, one man answers, and a question is asked without a name."""
    of, elena = {"workshop": meeting["workshop"]}, cast.facilitator(app, meeting)
    first = cast.delegations(app, meeting)[0]
    ok(elena.do("question.rule", of | {"nameless": True}, None))
    for n in range(7):
        one = cast.Phone(app.test_client())
        ok(one.join(meeting["code"], f"Hablante {n}", delegation=first))
        with app.extensions["house"].store.write() as session:
            session.get(Seat, one.place["seats"][0]["id"]).declared = {"gender": "m" if n == 6 else "f"}
        ok(one.do("speaker.raise", of | {"delegation": first, "kind": "answer" if n == 6 else "turn"}))
        ok(elena.do("speaker.next", of, None))
        clocked(60)
        ok(elena.do("speaker.end", of, None))
    ok(one.do("question.ask", of | {"text": "¿Quién | decide?", "nameless": True}))


@pytest.fixture
def clocked(app):
    """clocked(seconds): time passes."""
    from datetime import timedelta
    house, passed = app.extensions["house"], [timedelta()]
    was = house.performer.clock
    house.performer.clock = lambda: was() + passed[0]
    yield lambda n: passed.__setitem__(0, passed[0] + timedelta(seconds=n))
    house.performer.clock = was


@pytest.mark.parametrize("form", ["docx", "md", "pdf"])
def test_speakers_their_time_and_the_questions_stand_in_the_memoria(memoria, spoken, form):
    text = squeezed(READERS[form](memoria(form)))
    assert squeezed("Hablante 3") in text and squeezed("Respuesta") in text
    assert squeezed("Quién") in text and squeezed("decide") in text
    assert squeezed("Mujer") in text and squeezed("6:0") in text.replace(squeezed("6:00"), squeezed("6:0"))
    assert squeezed("Hombre") not in text, "of fewer than five nothing is told"


def test_where_nobody_is_to_see_who_wrote_no_speaker_has_a_name(app, meeting, memoria, spoken):
    with app.extensions["house"].store.write() as session:
        session.get(Workshop, meeting["workshop"]).privacy = "anonymous"
    text = squeezed(READERS["md"](memoria("md")))
    assert squeezed("Hablante") not in text and squeezed("Mano 1") in text


def test_speakers_stand_on_a_sheet_of_the_workbook(memoria, spoken):
    text = READERS["xlsx"](memoria("xlsx"))
    assert "Hablante 3" in text and "Respuesta" in text and "¿Quién | decide?" in text
    assert "Mujer" in text and "Hombre" not in text
