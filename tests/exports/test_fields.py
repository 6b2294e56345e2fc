"""Fields of structured cards are columns, in their order; a matrix is a table, and a very wide one stays on its pages."""
import html
import io
import json
import re

import docx
import openpyxl
import pypdf
import pytest
from docx.enum.section import WD_ORIENT

from tests.support import cast
from workshop.actions.rooms.building import build_room
from workshop.store.models import Activity, Room, Workshop
from workshop.store.streams import numbering

# In this order, which is not that of the alphabet.
FIELDS = [{"key": "que", "title": {"es": "Qué", "fr": "Quoi"}, "type": "text", "required": True, "options": []},
          {"key": "quien", "title": {"es": "Quién responde", "fr": "Qui"}, "type": "text", "options": []},
          {"key": "cuando", "title": {"es": "Cuándo", "fr": "Quand"}, "type": "date", "options": []},
          {"key": "estado", "title": {"es": "Estado", "fr": "État"}, "type": "choice", "options": [
              {"key": "zz", "title": {"es": "Propuesto", "fr": "Proposé"}},
              {"key": "aa", "title": {"es": "Hecho", "fr": "Fait"}}]}]
SAID = {"que": "Reabrir la feria\nlos domingos", "quien": "Taraco", "cuando": "2021-12-01", "estado": "zz"}
TABLE = [["Número", "Qué", "Quién responde", "Cuándo", "Estado", "Delegación"],
         ["R4-001", "Reabrir la feria\nlos domingos", "Taraco", "2021-12-01", "Propuesto", "Salinas"]]
TWELVE = ["Impactos", "Respuestas", "Aprendizajes", "Desafíos", "Mercados", "Semillas y suelos", "Gobernanza",
          "Comunicación", "Participación de mujeres y jóvenes", "Coordinación binacional", "Presupuesto",
          "Siguientes pasos"]


def room_with(app, meeting, rosa, settings: dict) -> str:
    """A room that shows its board, in which Rosa is: the id of the board."""
    with app.extensions["house"].store.write() as session:
        numbering.lock(session, {meeting["workshop"]})
        room = build_room(session, session.get(Workshop, meeting["workshop"]), "Acuerdos", votes=())
        room.opened_at = app.extensions["house"].clock()
        room.method = {"key": "x", "name": {"es": "x"}, "report": {"section": "acuerdos", "show": ["board"]}}
        board = session.query(Activity).filter_by(room_id=room.id, kind="ideas").one()
        board.settings = board.settings | settings
        found = board.id, room.id
    assert rosa.do("seat.enter", {"room": found[1]})["ok"]
    return found[0]


@pytest.fixture
def agreed(app, meeting, rosa):
    """Room 4 has a card with fields."""
    board = room_with(app, meeting, rosa, {"layout": "list", "columns": [], "fields": FIELDS})
    given = {key: SAID[key] for key in reversed(SAID)}
    cast.ok(rosa.do("contribution.add", {"activity": board, "id": "a-card-with-fields", "body": {
        "text": SAID["que"], "fields": given}}))


def test_fields_are_columns_in_docx(memoria, agreed):
    tables = docx.Document(io.BytesIO(memoria("docx"))).tables
    assert TABLE in [[[cell.text for cell in row.cells] for row in table.rows] for table in tables]


def test_fields_are_columns_in_markdown(memoria, agreed):
    lines = memoria("md").decode().splitlines()
    at = lines.index("| Número | Qué | Quién responde | Cuándo | Estado | Delegación |")
    assert lines[at + 2] == r"| R4-001 | Reabrir la feria<br>los domingos | Taraco | 2021-12-01 | Propuesto | Salinas |"


def test_fields_are_columns_in_the_workbook_on_a_sheet_of_their_own_and_beside_the_cards(memoria, agreed):
    book = openpyxl.load_workbook(io.BytesIO(memoria("xlsx")))
    assert [list(row) for row in book["Sala 4 Tablero"].iter_rows(values_only=True)] == TABLE
    cards = [list(row) for row in book["Tarjetas"].iter_rows(values_only=True)]
    titles = [field["title"]["es"] for field in FIELDS]
    at = cards[0].index("Qué")
    assert cards[0][at:at + 4] == titles and cards[1][at:at + 4] == TABLE[1][1:5]


def test_fields_are_columns_in_the_pdf(memoria, agreed):
    text = re.sub(r"[\s\u00ad-]+", "", "".join(p.extract_text() for p in pypdf.PdfReader(io.BytesIO(memoria("pdf"))).pages))
    for row in TABLE:
        assert re.sub(r"[\s-]+", "", "".join(row)) in text


def test_fields_are_columns_on_the_page_in_each_language(app, meeting, elena, agreed):
    client = app.test_client()
    client.set_cookie("tinkuy", elena.secret)
    for language, wanted in (("es", "Quién responde"), ("fr", "Qui")):
        client.set_cookie("language", language)
        page = client.get(f"/w/{meeting['workshop']}/report", headers={"Accept-Language": language}).get_data(as_text=True)
        heads = re.findall(r'<th scope="col">(.*?)</th>', page)
        assert wanted in map(html.unescape, heads), language


def test_a_program_reads_the_fields_in_their_order(memoria, agreed):
    rows = json.loads(memoria("json"))["tables"]["contribution"]
    [card] = [row for row in rows if row["kind"] == "idea"]
    assert list(card["body"]["fields"].items()) == list(SAID.items())


def test_in_the_annex_a_card_says_its_fields_too(memoria, agreed):
    annex = memoria("md").decode().split("## Anexo")[1]
    assert "**R4-001**" in annex and "&nbsp;" not in annex
    for title, value in zip(TABLE[0][2:5], TABLE[1][2:5], strict=True):
        assert f"**{title}:** {value}" in annex
    assert "**Qué:** Reabrir la feria" in annex


def test_a_board_that_is_not_shown_has_its_fields_in_the_annex(app, meeting, memoria, agreed):
    with app.extensions["house"].store.write() as session:
        numbering.lock(session, {meeting["workshop"]})
        room = session.query(Activity).filter_by(kind="ideas").all()[-1].room_id
        for row in session.query(Room):
            row.method = None
        assert room
    assert "**Quién responde:** Taraco" in memoria("md").decode()


@pytest.fixture
def twelve(app, meeting, rosa):
    """Room 4 is a matrix with twelve columns, a card in each."""
    board = room_with(app, meeting, rosa, {
        "layout": "matrix", "columns": [{"key": f"c{i}", "title": title} for i, title in enumerate(TWELVE)],
        "rows": [{"key": f"r{i}", "title": name} for i, name in enumerate(cast.DELEGATIONS)]})
    for i in range(12):
        cast.ok(rosa.post(board, f"La tarjeta número {i} cuenta lo que se hizo en la comunidad", place={
            "column": f"c{i}", "row": f"r{i % 6}"}))


def test_a_matrix_with_twelve_columns_lies_on_its_side_and_stays_on_the_page(memoria, twelve):
    pages = pypdf.PdfReader(io.BytesIO(memoria("pdf"))).pages
    wide = [page for page in pages if page.mediabox.width > page.mediabox.height]
    assert wide and len(wide) < len(pages), "the rest stands upright"
    places = []

    def see(text, page, matrix, _font, _size):
        if text.strip():
            places.append((text.strip(), float(page[0] * matrix[4] + page[4])))
    for page in wide:
        page.extract_text(visitor_text=see)
    text = re.sub(r"[\s\u00ad-]+", "", "".join(word for word, _x in places))
    for title in TWELVE:
        assert title.replace(" ", "") in text, title
    assert all(f"númeroX{i}cuenta".replace("X", "") in text for i in range(12))
    page = wide[0].mediabox
    assert 20 < min(x for _word, x in places) < max(x for _word, x in places) < float(page.width) - 20
    assert max(x for _word, x in places) > float(page.width) * 0.8, "the places are those of the page"


def test_in_docx_it_lies_on_its_side_too_and_no_column_is_outside(memoria, twelve):
    document = docx.Document(io.BytesIO(memoria("docx")))
    turned = [section for section in document.sections if section.orientation == WD_ORIENT.LANDSCAPE]
    assert len(turned) == 1 and document.sections[-1].orientation == WD_ORIENT.PORTRAIT
    [table] = [table for table in document.tables if len(table.columns) == 13]
    assert [cell.text for cell in table.rows[0].cells][1:] == TWELVE
    room = turned[0].page_width - turned[0].left_margin - turned[0].right_margin
    assert turned[0].page_width > turned[0].page_height
    assert sum(cell.width for cell in table.rows[1].cells) <= room


def test_in_the_workbook_it_is_a_sheet_with_a_column_for_each(memoria, twelve):
    sheet = openpyxl.load_workbook(io.BytesIO(memoria("xlsx")))["Sala 4 Tablero"]
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    assert rows[0][1:] == TWELVE and [row[0] for row in rows[1:]] == list(cast.DELEGATIONS)
    assert rows[1][1].startswith("R4-001 La tarjeta número 0") and rows[1][7].startswith("R4-007")
