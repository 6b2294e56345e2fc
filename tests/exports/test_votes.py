"""The memoria tells the result of every kind of vote."""
import html
import io
import json
import random
import re
import zipfile

import docx
import openpyxl
import pytest

from tests.exports.texts import READERS, of_docx, squeezed
from tests.support import cast
from workshop.actions.rooms.rooms import add_activity
from workshop.domain.kinds import kinds
from workshop.exports import votes
from workshop.store.counts.turnout import Turnout
from workshop.store.models import Activity, Room, Workshop
from workshop.store.streams import numbering

VOTES = [name for name, kind in kinds().items() if kind.votes]  # reactions are cast and counted as votes are
FAIR = [{"key": "feria", "title": {"es": "En la *feria*", "fr": "À la foire", "en": "At the *fair*"}},
        {"key": "escuela", "title": "En la <b>escuela</b>"}]
BALLOTS = {"likes": {"*": 1}, "light": {"*": "ajustar"}, "consent": {"*": "con_reserva"}, "choice": {"*": 1},
           "positions": {"*": [30, 72]}, "scale": {"room": 4}, "opinions": {"*": -1}, "dots": {"*": 2},
           "reactions": {"*": ["same", "like"]},
           "where": {"escuela": 1}}
SAID = {  # in the annex, beside the card
    "likes": "1 corazón · 1 persona · 1 delegación", "light": "Seguir 0 · Ajustar 1 · Dejar 0 · 1 delegación",
    "consent": "Sí 0 · Sí, con reserva 1 · No 0 · 1 delegación", "choice": "la eligió 1 persona · 1 delegación",
    "positions": "Esfuerzo 30, Alcance 72 (de 100) · distancia media 0 · 1 persona",
    "opinions": "de acuerdo 0, en desacuerdo 1, paso 0", "dots": "2 puntos · 1 persona · 1 delegación",
    "reactions": "Me gusta 1 · Aquí también 1"}
SEEDS = "Guardar semilla propia"
ROWS = {  # in the chapter: title, what is said of all of it, headings, rows
    "dots": ("Puntos", "", ["Puesto", "Número", "Qué se votó", "Puntos", "Personas", "Delegaciones"],
             [["1", "R1-001", SEEDS, "2", "1", "1"]]),
    "likes": ("Corazones", "", ["Puesto", "Número", "Qué se votó", "Corazones", "Personas", "Delegaciones"],
              [["1", "R1-001", SEEDS, "1", "1", "1"]]),
    "scale": ("Qué tan de acuerdo estamos", "Promedio 4, valor central 4, distancia media al promedio 0. 1 delegación.",
              ["Qué se votó", "Personas"], [["1", "0"], ["2", "0"], ["3", "0"], ["4", "1"], ["5", "0"]]),
    "choice": ("Elección", "", ["Puesto", "Número", "Qué se votó", "La eligieron", "Delegaciones"],
               [["1", "R1-001", SEEDS, "1", "1"]]),
    "light": ("Semáforo", "", ["Puesto", "Número", "Qué se votó", "Seguir", "Ajustar", "Dejar", "Delegaciones"],
              [["1", "R1-001", SEEDS, "0", "1", "0", "1"]]),
    "consent": ("Consentimiento", "", ["Puesto", "Número", "Qué se votó", "Sí", "Sí, con reserva", "No", "Delegaciones"],
                [["1", "R1-001", SEEDS, "0", "1", "0", "1"]]),
    "opinions": ("De acuerdo, en desacuerdo, paso", "",
                 ["Puesto", "Número", "Qué se votó", "De acuerdo", "En desacuerdo", "Paso"],
                 [["1", "R1-001", SEEDS, "0", "1", "0"]]),
    "positions": ("Lugar entre dos ejes", "",
                  ["Número", "Qué se votó", "Esfuerzo", "Alcance", "Distancia media", "Personas"],
                  [["R1-001", SEEDS, "30", "72", "0", "1"]]),
    "reactions": ("Reacciones", "", ["Número", "Qué se votó", "Me gusta", "Es importante", "Aquí también", "No entiendo",
                                     "Me preocupa"], [["R1-001", SEEDS, "1", "0", "1", "0", "0"]]),
    "where": ("¿Dónde?", "", ["Puesto", "Qué se votó", "La eligieron", "Delegaciones"],
              [["1", "En la <b>escuela</b>", "1", "1"], ["2", "En la *feria*", "0", "0"]])}


@pytest.fixture
def voted(app, meeting, rosa):
    """Rosa's idea in room 1, on which she voted in every kind of vote, and in a choice between two places."""
    board = cast.activities(app, meeting["rooms"][0])["ideas"]
    card = rosa.post(board, "Guardar semilla propia")["card"]["id"]
    with app.extensions["house"].store.write() as session:
        numbering.lock(session, {meeting["workshop"]})
        room = session.get(Room, meeting["rooms"][0])
        room.steps = [{"key": "all", "minutes": 0, "opens": list(kinds())}]
        for position, kind in enumerate(sorted({*BALLOTS} & {*VOTES} - {"dots", "opinions", "reactions"}), 10):
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


@pytest.mark.parametrize("form", sorted(READERS))
def test_each_result_stands_in_each_format(memoria, voted, form):
    text = squeezed(READERS[form](memoria(form)))
    for vote, (title, said, _headings, _rows) in ROWS.items():
        assert squeezed(title) in text and squeezed(said) in text, vote
    # A workbook tells what people said of cards in columns of numbers.
    assert {vote: said for vote, said in SAID.items() if form != "xlsx" and squeezed(said) not in text} == {}


@pytest.mark.parametrize("form", ["docx", "md", "xlsx", "json", "page"])
def test_each_vote_is_a_ranked_table_in_each_format(app, meeting, elena, memoria, voted, form):
    found = TABLES[form](app, meeting, elena, memoria)
    for vote, (_title, _said, headings, rows) in ROWS.items():
        assert [headings, *rows] in found, vote


def test_the_pdf_sets_each_row_out_in_a_line(memoria, voted):
    text = squeezed(READERS["pdf"](memoria("pdf")))
    for vote, (_title, _said, _headings, rows) in ROWS.items():
        for row in rows:
            assert squeezed("".join(row)) in text, vote


def _of_docx(_app, _meeting, _elena, memoria):
    tables = docx.Document(io.BytesIO(memoria("docx"))).tables
    return [[[cell.text.replace(" ■", "") for cell in row.cells[:-1]] for row in table.rows] for table in tables]


def _of_md(_app, _meeting, _elena, memoria):
    tables = [block.splitlines() for block in READERS["md"](memoria("md")).split("\n\n") if block.startswith("|")]
    return [[[cell.strip() for cell in line.strip("| ").split(" | ")][:len(lines[1].split("|")) - 3] for line in lines
             if not line.startswith("|-")] for lines in tables]


def _of_xlsx(_app, _meeting, _elena, memoria):
    sheet, found = openpyxl.load_workbook(io.BytesIO(memoria("xlsx")))["Votaciones"], []
    for row in sheet.iter_rows(values_only=True):
        cells = [str(cell) for cell in row if cell is not None]
        if "Qué se votó" in cells:
            found.append([cells])
        elif len(cells) > 1 and found:
            found[-1].append(cells)
    assert len(sheet._charts) == len(found), "and a chart beside each"
    return found


def _of_json(_app, _meeting, _elena, memoria):
    votes = [vote for room in json.loads(memoria("json"))["results"] for vote in room["votes"]]
    found = []
    for vote in votes:
        lines = vote["result"]
        before = [name for name, key in (("Puesto", "place"), ("Número", "number"), ("Qué se votó", "text"))
                  if any(line[key] for line in lines)]
        keys = {"Puesto": "place", "Número": "number", "Qué se votó": "text"}
        found.append([[*before, *lines[0]["figures"]], *(
            [*(str(line[keys[name]]) for name in before), *(f"{n:g}" for n in line["figures"].values())] for line in lines)])
    return found


def _of_page(app, meeting, elena, _memoria):
    client = app.test_client()
    client.set_cookie("tinkuy", elena.secret)
    page = client.get(f"/w/{meeting['workshop']}/report?lang=es").get_data(as_text=True)
    def words(cell: str) -> str:
        return html.unescape(re.sub(r"<[^>]*>", "", cell)).strip()
    return [[[words(cell) for cell in re.findall(r"<t[hd][ >].*?</t[hd]>", row, re.S)][:-1]
             for row in re.findall(r"<tr>.*?</tr>", table, re.S)]
            for table in re.findall(r'<table\s+class="ranked">.*?</table>', page, re.S)]


TABLES = {"docx": _of_docx, "md": _of_md, "xlsx": _of_xlsx, "json": _of_json, "page": _of_page}


def test_in_the_workbook_every_figure_has_its_column(memoria, voted):
    sheet = openpyxl.load_workbook(io.BytesIO(memoria("xlsx")))["Tarjetas"]
    found = {head.value: cell.value for head, cell in zip(sheet[1], sheet[2], strict=True)}
    wanted = {"Puntos": 2, "En desacuerdo": 1, "Corazones": 1, "Ajustar": 1, "Sí, con reserva": 1, "La eligieron": 1,
              "Esfuerzo": 30, "Alcance": 72, "Aquí también": 1}
    assert {name: found.get(name) for name in wanted} == wanted


def test_what_a_vote_says_is_said_in_the_language_of_the_report(memoria, voted):
    text = of_docx(memoria("docx", "en"))
    assert "Keep 0 · Adjust 1 · Stop 0 · 1 delegation" in text and "At the *fair*" in text
    assert "1 person of 1 voted." in text and "What was voted on" in text


def test_a_result_that_waits_for_the_end_is_not_told_before(app, meeting, memoria, voted, elena):
    with app.extensions["house"].store.write() as session:
        numbering.lock(session, {meeting["workshop"]})
        vote = session.query(Activity).filter_by(room_id=meeting["rooms"][0], kind="consent").one()
        vote.settings, vote.tally = vote.settings | {"reveal": "close"}, None
    for form in (*READERS, "json"):
        text = READERS[form](memoria(form)) if form in READERS else memoria(form).decode()
        assert "El resultado se muestra cuando termina la votación." in text and "con reserva 1" not in text, form
    results = json.loads(memoria("json"))["results"][0]["votes"]
    assert next(vote for vote in results if vote["vote"] == "Consentimiento")["result"] == []
    elena.do("room.close", {"room": meeting["rooms"][0]})
    assert "con reserva 1" in of_docx(memoria("docx"))


def test_nothing_stands_twice_and_votes_come_in_the_order_in_which_they_were_held(app, meeting, memoria, voted, elena):
    first, later = "¿Dónde?", "Elección"
    with app.extensions["house"].store.write() as session:
        numbering.lock(session, {meeting["workshop"]})
        room = session.get(Room, meeting["rooms"][0])
        room.method = {"key": "x", "name": {"es": "x"}, "report": {
            "section": "desarrollo", "show": ["summary", "top_cards", "dissent", "vote"]}}
    text = of_docx(memoria("docx"))
    for title in (first, later, "Corazones"):
        assert text.split("\n").count(title) == 1 or title == "Corazones", "a method that names both has one table"
    annex = text[text.rindex("Anexo"):]
    assert "Promedio 4" in text and "Promedio 4" not in annex


def test_nothing_that_people_named_is_a_formula_of_a_chart(app, meeting, memoria, voted):
    with app.extensions["house"].store.write() as session:
        for vote in session.query(Activity).filter_by(room_id=meeting["rooms"][0]):
            vote.settings = vote.settings | {"title": "=Tarjetas!$A$1"}
            if vote.kind == "positions":
                vote.settings = vote.settings | {"axes": {side: {"key": side, "title": "=1+1"} for side in "xy"}}
    book = zipfile.ZipFile(io.BytesIO(memoria("xlsx")))
    charts = [book.read(name).decode() for name in book.namelist() if name.startswith("xl/charts/chart")]
    formulas = {formula for chart in charts for formula in re.findall(r"<c:f>(.*?)</c:f>", chart)}
    assert len(charts) == len(ROWS) and formulas and all(one.startswith("Votaciones!") for one in formulas)


@pytest.mark.parametrize("seed", range(40))
def test_who_voted_is_told_of_no_group_so_small_that_it_tells_what_one_of_them_chose(seed):
    chance = random.Random(seed)
    could = {str(i): (chance.choice("abcdefg"[:1 + seed % 7]), chance.choice(("hall", "remote", "phone", "paper")))
             for i in range(chance.randrange(1, 40))}
    voted = {seat for seat in could if chance.random() < chance.choice((0.1, 0.5, 0.9))}
    found = votes.groups(Turnout(could, voted), {one: one.upper() for one in "abcdef"})
    for lines in ([line for line in found if (line[0] in HALLS) == way] for way in (False, True)):
        assert not lines or (sum(line[1] for line in lines), sum(line[2] for line in lines)) == (len(voted), len(could))
        assert all(votes.FEW <= n <= of for _who, n, of in lines) and len(lines) != 1


HALLS = ("in the hall", "far away", "presencial", "a distancia")


def test_in_an_anonymous_workshop_it_is_not_told_at_all(app, meeting, memoria, voted):
    assert votes.groups(Turnout({str(i): ("a", "hall" if i > 4 else "remote") for i in range(9)}, set("012345678")), {})
    with app.extensions["house"].store.write() as session:
        session.get(Workshop, meeting["workshop"]).privacy = "anonymous"
    results = json.loads(memoria("json"))["results"][0]["votes"]
    assert results and not any(vote["by"] for vote in results)
    assert "Quiénes votaron" not in of_docx(memoria("docx"))
