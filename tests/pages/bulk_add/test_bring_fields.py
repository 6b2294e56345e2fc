"""Bringing a table into a board whose cards have fields: each field has its column, by its name or by hand."""
import io
from html import unescape

import openpyxl
import pytest

from tests.pages.bulk_add.test_bring import Desk, cards
from tests.support.cast import activities
from workshop.actions.rooms.building import of_method
from workshop.domain.methods import library
from workshop.domain.roles import OWNER
from workshop.domain.visibility import Viewer
from workshop.exports import worker
from workshop.store.models import Activity, Contribution, Room, Workshop
from workshop.store.streams import numbering

CSV = ("Qué;Quién responde;Cuándo;Recursos\nReabrir la feria;Taraco;1/12/2021;\n"
       "Comprar semilla;Salinas;2021-12;Dos sacos\nAvisar a todos;Puno;pronto;\n")
SAID = [{"que": "Reabrir la feria", "quien": "Taraco", "cuando": "2021-12-01"},
        {"que": "Comprar semilla", "quien": "Salinas", "cuando": "2021-12", "recursos": "Dos sacos"}]


def as_method(app, meeting, number: int, method: str) -> str:
    """The room works by this method and shows its board; the id of the board."""
    board, _votes, _steps = of_method(library.library()[method], "es")
    with app.extensions["house"].store.write() as session:
        numbering.lock(session, {meeting["workshop"]})
        room = session.get(Room, meeting["rooms"][number])
        room.method = {"key": method, "name": {"es": method}, "report": {"section": "acuerdos", "show": ["board"]}}
        row = session.get(Activity, activities(app, room.id)["ideas"])
        row.settings = {"columns": []} | board
        numbering.touch(session, row)
        return row.id


@pytest.fixture
def desk(app, meeting):
    as_method(app, meeting, 0, "acuerdos")
    return Desk(app, meeting)


def fields(app, meeting, room: int = 0) -> list[dict]:
    """The fields of the cards of a room."""
    return [body["fields"] for _n, body, _place in cards(app, meeting, room)]


def csv(text: str = CSV) -> tuple:
    """A file for the form."""
    return io.BytesIO(text.encode()), "acuerdos.csv"


def test_columns_that_are_called_like_the_fields_are_the_fields_and_the_preview_shows_them(app, meeting, desk):
    desk.show(file=csv())
    page = unescape(desk.page)
    assert "2 líneas pueden ser tarjetas" in page and "No se traen" not in page
    assert "<b>Quién responde: </b>Taraco" in page and "<b>Cuándo: </b>2021-12-01" in page
    assert "Línea 4" in desk.faults and "Avisar a todos" in desk.faults, "a date that is none is told with its line"
    desk.bring()
    assert fields(app, meeting) == SAID


@pytest.mark.parametrize("heading", ["que;QUIEN RESPONDE;cuando;recursos", "Quoi;Qui en répond;quand;Ressources",
                                     "What;Who leads;When;Resources"])
def test_accents_capitals_and_the_language_of_the_headings_are_all_one(app, meeting, desk, heading):
    titles = {one["key"]: one["title"] for one in desk_fields(app, meeting)}
    language = {"Quoi": "fr", "What": "en"}.get(heading.split(";")[0])
    if language:
        heading = ";".join(titles[key][language] for key in ("que", "quien", "cuando", "recursos"))
    desk.show(file=csv(CSV.replace("Qué;Quién responde;Cuándo;Recursos", heading)))
    desk.bring()
    assert fields(app, meeting) == SAID


def desk_fields(app, meeting) -> list[dict]:
    """The fields of the board of the first room."""
    with app.extensions["house"].store.read() as session:
        return session.get(Activity, activities(app, meeting["rooms"][0])["ideas"]).settings["fields"]


def test_each_field_can_be_mapped_by_hand(app, meeting, desk):
    desk.show(file=csv("A1;B1;C1;D1\n" + CSV.split("\n", 1)[1]))
    chosen = {"own_que": "0", "own_quien": "1", "own_cuando": "2", "own_recursos": "3", "text_at": "", "header": "yes"}
    desk.show(**chosen)
    desk.bring(**chosen)
    assert fields(app, meeting) == SAID


def test_a_plain_list_is_the_field_without_which_there_is_no_card(app, meeting):
    as_method(app, meeting, 0, "mapa_actores")
    desk = Desk(app, meeting)
    desk.show(text="Municipio\nFeria de Taraco")
    desk.bring()
    assert [body["text"] for _n, body, _place in cards(app, meeting)] == ["Municipio", "Feria de Taraco"]
    assert {*map(frozenset, fields(app, meeting))} == {frozenset({"actor"})}


def test_a_field_that_is_called_like_a_date_is_filled(app, meeting):
    as_method(app, meeting, 0, "recuperacion")
    desk = Desk(app, meeting)
    desk.show(file=csv("Fecha;Actividad\nSiembra de 2018;Primera feria\n"))
    desk.bring()
    assert [(one["fecha"], one["actividad"]) for one in fields(app, meeting)] == [("Siembra de 2018", "Primera feria")]


def book(app, meeting) -> bytes:
    """The memoria as a workbook."""
    house = app.extensions["house"]
    viewer = Viewer(meeting["workshop"], "named", OWNER)
    return worker.memoria(house.store, meeting["workshop"], viewer, "xlsx", "es", house.clock())


def sheet(data: bytes, name: str) -> list[list]:
    """The rows of a sheet without the number, which each room gives anew."""
    return [list(row)[1:] for row in openpyxl.load_workbook(io.BytesIO(data))[name].iter_rows(values_only=True)]


@pytest.mark.parametrize("name", ["Sala 1 Tablero", "Tarjetas"])
def test_what_was_taken_out_and_is_brought_in_is_taken_out_the_same(app, meeting, desk, name):
    desk.show(file=csv())
    desk.bring()
    before = book(app, meeting)
    as_method(app, meeting, 1, "acuerdos")
    second = Desk(app, meeting)
    second.path_ = second.path_.replace("/r/1/", "/r/2/")
    second.open(second.path_)
    second.show(file=(io.BytesIO(before), "memoria.xlsx"), sheet=name)
    second.show(sheet=name)
    assert "2 líneas pueden ser tarjetas" in second.page, unescape(second.page)[-3000:]
    second.bring()
    assert fields(app, meeting, 1) == fields(app, meeting) == SAID
    after = book(app, meeting)
    assert sheet(after, "Sala 2 Tablero") == sheet(before, "Sala 1 Tablero") == sheet(after, "Sala 1 Tablero")


def test_of_two_cards_that_are_one_only_one_comes_in_by_itself(app, meeting):
    desk = Desk(app, meeting)
    desk.show(text="Abrir el mercado\nSembrar papa", reading="list")
    desk.bring()
    house = app.extensions["house"]
    with house.store.write() as session:
        numbering.lock(session, {meeting["workshop"]})
        rows = sorted(session.query(Contribution).filter_by(kind="idea"), key=lambda row: row.number)
        rows[1].merged_into = rows[0].id
        numbering.touch(session, rows[1])
        assert session.get(Workshop, meeting["workshop"])
    page = Desk(app, meeting).open(f"/w/{meeting['workshop']}/report")
    assert "1 tarjeta<" in page and "2 tarjetas<" not in page
    second = Desk(app, meeting)
    second.path_ = second.path_.replace("/r/1/", "/r/2/")
    second.open(second.path_)
    second.show(file=(io.BytesIO(book(app, meeting)), "memoria.xlsx"))
    assert len(second.held()["line"]) == 1 and "Era una sola con la tarjeta R1-001" in unescape(second.page)
