"""Workbooks on the page that brings ideas in: which sheet, and what we have written ourselves."""
import io
import re
from html import unescape

import pytest

from tests.intake.workbooks.made import rows, xlsx
from tests.pages.bulk_add.test_bring import Desk, cards
from workshop.domain.roles import OWNER
from workshop.domain.visibility import Viewer
from workshop.exports import everything, reader
from workshop.exports.formats import xlsx as memoria
from workshop.store.models import Activity, Workshop
from workshop.store.streams import numbering
from workshop.words import speaking

COLUMNS = [{"key": "c1", "title": {"es": "Lo bueno", "fr": "Le bon", "en": "The good"}}, {"key": "c2", "title": "Suelo"}]
MESAS = xlsx(rows(["Idea"], ["De la mesa uno"]), rows(["Idea"], ["De la mesa dos"], ["Otra de la dos"]),
             names=("Mesa 1", "Mesa 2"))


@pytest.fixture
def desk(app, meeting):
    return Desk(app, meeting)


def test_the_sheets_are_offered_and_another_one_is_looked_at_before_it_is_brought_in(app, meeting, desk):
    desk.show(file=(io.BytesIO(MESAS), "mesas.xlsx"))
    assert desk.lines == [("2", "De la mesa uno")]
    assert "Mesa 2 (2 ideas)" in desk.faults
    assert re.findall(r'<option value="(Mesa \d)"( selected)?>(.*?)</option>', desk.page) == [
        ("Mesa 1", " selected", "Mesa 1 (1 idea)"), ("Mesa 2", "", "Mesa 2 (2 ideas)")]
    desk.bring(sheet="Mesa 2")
    assert desk.said.startswith("Algo cambió") and cards(app, meeting) == []
    assert [text for _line, text in desk.lines] == ["De la mesa dos", "Otra de la dos"]
    desk.bring()
    assert [body["text"] for _n, body, _place in cards(app, meeting)] == ["De la mesa dos", "Otra de la dos"]


def test_going_to_another_sheet_and_back_shows_the_first_again(desk):
    desk.show(file=(io.BytesIO(MESAS), "mesas.xlsx"))
    desk.show(sheet="Mesa 2")
    desk.show(sheet="Mesa 1")
    assert desk.lines == [("2", "De la mesa uno")]
    desk.show(sheet="no hay")
    assert desk.lines == [("2", "De la mesa uno")]


def test_a_file_with_one_sheet_asks_nothing(desk):
    desk.show(file=(io.BytesIO(xlsx(rows(["Idea"], ["uno"]))), "una.xlsx"))
    assert desk.lines == [("2", "uno")] and 'name="sheet"' not in desk.page


def test_what_stands_above_the_heading_is_told_and_stays_out(app, meeting, desk):
    page = rows(["Taller del agua"], ["N.º", "Idea"], ["1", "Cosechar lluvia"])
    desk.show(file=(io.BytesIO(xlsx(page)), "t.xlsx"))
    assert "encima del encabezado" in desk.faults and desk.lines == [("3", "Cosechar lluvia")]
    desk.bring()
    assert [body["text"] for _n, body, _place in cards(app, meeting)] == ["Cosechar lluvia"]


def test_opposites_are_all_ticked_and_none_is_the_same_as_another(desk):
    desk.show(text="Sí a la minería en la zona\nNo a la minería en la zona\nCon agua de riego\nSin agua de riego\n"
                   "Más reuniones\nMenos reuniones\nReunión 1\nReunión 2")
    assert len(desk.held()["line"]) == 8 and 'class="mark"' not in desk.page


def test_invisible_lines_are_no_cards(desk):
    desk.show(text="\u200b\u200b\n\u3164\n\u2800\nAgua\u2028Luz")
    assert [text for _line, text in desk.lines] == ["Agua", "Luz"]


def written(app, meeting, how: str, language: str) -> bytes:
    """The memoria of the meeting as a file."""
    with app.extensions["house"].store.read() as session, speaking(language):
        workshop = session.get(Workshop, meeting["workshop"])
        if how == "json":
            return everything.write(session, workshop.id)
        viewer = Viewer(workshop.id, "named", OWNER)
        return memoria.write(reader.read(session, workshop, viewer, app.extensions["house"].clock()))


@pytest.mark.parametrize(("how", "language"), [("xlsx", "es"), ("xlsx", "fr"), ("xlsx", "en"), ("json", "es")])
def test_our_own_memoria_gives_the_same_texts_in_the_same_columns_again(app, meeting, desk, how, language):
    with app.extensions["house"].store.write() as session:
        numbering.lock(session, {meeting["workshop"]})
        board = session.query(Activity).filter_by(room_id=meeting["rooms"][0], kind="ideas").one()
        board.settings = board.settings | {"columns": COLUMNS}
        numbering.touch(session, board)
    for n, text in enumerate(("La feria semanal mantuvo el precio", "=1+1", "00123", "Semilla propia · «de casa»")):
        desk.show(text=text, reading="list", column=COLUMNS[n % 2]["key"])
        desk.bring()
        desk.open(desk.path_)
    before = [(body["text"], place["column"]) for _n, body, place in cards(app, meeting)]
    assert len(before) == 4
    desk.show(file=(io.BytesIO(written(app, meeting, how, language)), f"memoria.{how}"))
    assert [unescape(text) for _line, text in desk.lines] == [text for text, _column in before]
    desk.bring(line=[line for line, _text in desk.lines])
    after = [(body["text"], place["column"]) for _n, body, place in cards(app, meeting)]
    assert after == before * 2
