"""Bringing ideas in, without script."""
import io
import re
from html import unescape

import pytest
import xlsxwriter

from tests.intake.workbooks.test_sheets import sheet
from tests.pages.facilitator.people import Browser, joined
from tests.support.cast import activities, facilitator
from tests.support.real import real
from workshop.actions.rooms.rooms import add_activity
from workshop.store.models import Activity, Contribution, Room
from workshop.store.streams import numbering
from workshop.words import _


class Desk(Browser):
    """Elena's laptop on the page of the first room."""

    def __init__(self, app, meeting):
        super().__init__(app)
        self.http, self.path_ = facilitator(app, meeting).http, f"/w/{meeting['workshop']}/r/1/bring"
        self.open(self.path_)

    def show(self, **fields):
        """Press the button that shows."""
        return self.send(self.path_, 'id="bring"', **({"do": "show"} | self.held() | fields))

    def bring(self, **fields):
        """Press the button that brings in what is ticked."""
        return self.send(self.path_, 'id="bring"', **({"do": "bring"} | self.held() | fields))

    def held(self) -> dict:
        """What the browser would send of the page as it is: text, choices, ticks."""
        fields = {name: unescape(chosen) for name, chosen in re.findall(
            r'<select [^>]*name="(\w+)".*?<option value="([^"]*)" selected', self.page.replace("</select>", "\n"))}
        if text := re.search(r"<textarea[^>]*>\n(.*?)</textarea>", self.page, re.DOTALL):
            fields["text"] = unescape(text[1]).replace("\n", "\r\n")
        fields |= dict.fromkeys(re.findall(r'name="(\w+)" value="yes" checked', self.page), "yes")
        return fields | {"line": re.findall(r'name="line" value="(\d+)" checked', self.page)}

    @property
    def lines(self) -> list[tuple[str, str]]:
        """[(line, text)] of what can become a card."""
        return [(line, unescape(text)) for line, text in re.findall(
            r'name="line" value="(\d+)".*?<span class="text">(.*?)</span>', self.page, re.DOTALL)]

    @property
    def faults(self) -> str:
        """What needs a look."""
        return unescape(self.page.partition('class="faults"')[2])


@pytest.fixture
def desk(app, meeting):
    return Desk(app, meeting)


def cards(app, meeting, room: int = 0) -> list[tuple[int, dict, dict]]:
    """(number, body, place) of the ideas of a room."""
    board = activities(app, meeting["rooms"][room])["ideas"]
    with app.extensions["house"].store.read() as session:
        rows = session.query(Contribution).filter_by(activity_id=board, kind="idea").order_by(Contribution.number)
        return [(row.number, row.body, row.place) for row in rows]


def test_a_pasted_list_is_looked_at_first_and_then_it_is_on_the_board(app, meeting, desk):
    desk.show(text="1. Agua para todos\r\n\r\n- Caminos <b>ya</b>\r\n" + "x" * 4001)
    assert desk.lines == [("1", "Agua para todos"), ("3", "Caminos <b>ya</b>")]
    assert "Línea 4" in desk.faults and "4001" in desk.faults and "x" * 4001 in desk.faults
    assert cards(app, meeting) == []
    desk.bring()
    assert "2 tarjetas están en el tablero" in desk.page
    assert [(n, body["text"]) for n, body, _place in cards(app, meeting)] == [
        (1, "Agua para todos"), (2, "Caminos <b>ya</b>")]


def test_sending_the_same_form_twice_does_not_double_a_card(app, meeting, desk):
    desk.show(text="Agua\nLuz")
    before = desk.page
    desk.bring()
    desk.page = before
    desk.bring()
    assert len(cards(app, meeting)) == 2
    desk.page = re.sub(r'name="client" value="[^"]*"', 'name="client" value="another-tab-of-elena"', before)
    desk.bring()
    assert "2 tarjetas están en el tablero" in desk.page
    assert len(cards(app, meeting)) == 2


def test_what_is_not_ticked_stays_out_and_nothing_ticked_is_said(app, meeting, desk):
    desk.show(text="Agua\nLuz\nCamino")
    desk.bring(line=[])
    assert desk.said == "Marque al menos una línea."
    assert [text for _line, text in desk.lines] == ["Agua", "Luz", "Camino"]
    desk.bring(line=["1", "3"])
    assert [body["text"] for _n, body, _place in cards(app, meeting)] == ["Agua", "Camino"]


def test_a_text_that_was_changed_after_the_look_is_looked_at_again(app, meeting, desk):
    desk.show(text="Agua\nLuz")
    desk.bring(text="Agua\nLuz\nOtra cosa")
    assert desk.said.startswith("Algo cambió")
    assert [text for _line, text in desk.lines] == ["Agua", "Luz", "Otra cosa"]
    assert cards(app, meeting) == []
    desk.bring()
    assert len(cards(app, meeting)) == 3


def test_a_file_travels_with_the_page_and_another_column_can_be_its_text(app, meeting, desk):
    data = sheet(("Título", "Texto", "Nota", "Apoyos"), ("Riego", "Agua para los potreros", "de Salinas", 3))
    desk.show(file=(io.BytesIO(data), "ideas.xlsx"))
    assert desk.lines == [("2", "Agua para los potreros")] and "<b>Riego</b>" in desk.page
    assert "No se traen: Nota, Apoyos" in unescape(desk.page)
    desk.bring(text_at="2", title_at="")
    assert desk.said.startswith("Algo cambió")
    assert desk.lines == [("2", "de Salinas")]
    desk.bring()
    assert [body["text"] for _n, body, _place in cards(app, meeting)] == ["de Salinas"]


def test_a_title_is_not_lost(app, meeting, desk):
    desk.show(file=(io.BytesIO(b"title;description\nRiego;Agua para todos\n"), "portal.csv"))
    desk.bring()
    assert [body for _n, body, _place in cards(app, meeting)] == [{"title": "Riego", "text": "Agua para todos"}]


def test_what_the_page_carries_cannot_be_forged(app, meeting, desk):
    desk.show(file=(io.BytesIO(b"texto,n\nAgua,1\n"), "a.csv"))
    desk.page = re.sub(r'(name="held" value=")(.)', r"\1x", desk.page)
    desk.bring()
    assert desk.said == _("Write something first.")
    assert cards(app, meeting) == []


def test_what_is_on_the_board_already_is_marked_and_not_ticked(app, meeting, desk):
    desk.show(text="Que la feria siga cada semana\nAgua para los potreros")
    desk.bring()
    desk.show(text="Que la feria siga cada semana.\nQue la feria siga cada semana en Taraco\nLuz\nLUZ")
    assert "Igual que la tarjeta R1-001 del tablero" in desk.page
    assert "Parece decir lo mismo que la tarjeta R1-001" in desk.page
    assert "Igual que la línea 3" in desk.page
    assert desk.held()["line"] == ["2", "3"]
    desk.bring()
    assert len(cards(app, meeting)) == 4


def test_a_form_that_was_open_for_too_long_keeps_the_text_and_the_file(app, meeting, desk):
    old = lambda: desk.page.replace('name="token" value="', 'name="token" value="x')  # noqa: E731
    desk.page = old()
    desk.show(text="Escrito hace dos días")
    assert desk.said.startswith("La página estuvo abierta")
    assert desk.lines == [("1", "Escrito hace dos días")] and cards(app, meeting) == []
    desk.open(desk.path_)
    desk.show(file=(io.BytesIO(b"texto,n\nDe un archivo,1\n"), "a.csv"))
    desk.page = old()
    desk.bring()
    assert desk.said.startswith("La página estuvo abierta") and cards(app, meeting) == []
    desk.bring()
    assert [body["text"] for _n, body, _place in cards(app, meeting)] == ["De un archivo"]


def test_a_text_and_a_file_at_once_are_not_guessed_at(app, meeting, desk):
    desk.show(text="Mi lista", file=(io.BytesIO(b"texto\nAgua\n"), "a.csv"))
    assert "El archivo no se leyó" in desk.said and "Mi lista</textarea>" in desk.page
    desk.show(text="")
    assert desk.said


def test_columns_of_the_board_are_filled_from_a_column_of_the_file(app, meeting, desk):
    with app.extensions["house"].store.write() as session:
        numbering.lock(session, {meeting["workshop"]})
        board = session.get(Activity, activities(app, meeting["rooms"][0])["ideas"])
        board.settings = board.settings | {"columns": [
            {"key": "c1", "title": "Fortalezas"}, {"key": "c2", "title": "Debilidades"}]}
        numbering.touch(session, board)
    desk.show(file=(io.BytesIO(b"texto;columna\nAgua;DEBILIDADES\nLuz;\nSol;Amenazas\n"), "a.csv"), column="c2")
    assert "El tablero no tiene la columna «Amenazas»" in desk.page
    desk.bring(column="c1")
    assert [(body["text"], place) for _n, body, place in cards(app, meeting)] == [
        ("Agua", {"column": "c2"}), ("Luz", {"column": "c1"}), ("Sol", {"column": "c1"})]


def test_the_fields_of_a_board_are_filled_from_the_columns_that_are_called_like_them(app, meeting, desk):
    fields = [{"key": "who", "title": {"es": "Quién", "fr": "Qui", "en": "Who"}, "type": "text"},
              {"key": "state", "title": "Estado", "type": "choice", "options": [
                  {"key": "open", "title": "Abierto"}, {"key": "done", "title": {"es": "Hecho"}}]}]
    with app.extensions["house"].store.write() as session:
        numbering.lock(session, {meeting["workshop"]})
        board = session.get(Activity, activities(app, meeting["rooms"][0])["ideas"])
        board.settings = board.settings | {"layout": "list", "fields": fields}
        numbering.touch(session, board)
    data = "texto;quién;estado;otro\nRiego;Salinas;hecho;x\nFeria;;abierto;\nCamino;Taraco;perdido;\n"
    desk.show(file=(io.BytesIO(data.encode()), "a.csv"))
    assert "No se traen: otro" in desk.page
    assert "Línea 4" in desk.faults and "Camino" in desk.faults and "Estado" in desk.faults
    desk.bring()
    assert [body for _n, body, _place in cards(app, meeting)] == [
        {"text": "Riego", "fields": {"who": "Salinas", "state": "done"}}, {"text": "Feria", "fields": {"state": "open"}}]


def test_the_second_board_of_a_room_can_be_chosen(app, meeting, desk):
    with app.extensions["house"].store.write() as session:
        numbering.lock(session, {meeting["workshop"]})
        other = add_activity(session, session.get(Room, meeting["rooms"][0]), "ideas", 5, {}, "Segundo").id
    desk.open(desk.path_)
    desk.show(text="Agua", board=other)
    desk.bring()
    with app.extensions["house"].store.read() as session:
        assert [row.activity_id for row in session.query(Contribution)] == [other]


def test_a_thousand_lines_come_in_through_the_form(app, meeting, desk):
    desk.show(text="\n".join(f"Propuesta número {n} de la comunidad {n * 7919 % 1009}" for n in range(1000)))
    assert len(desk.lines) == 1000
    desk.bring(line=[line for line, _text in desk.lines])
    assert "1000 tarjetas" in desk.page
    assert [n for n, _body, _place in cards(app, meeting)] == list(range(1, 1001))


def test_the_export_of_a_portal_comes_in(app, meeting, desk):
    data = real("es-decide-madrid", "proposals.csv").read_bytes()
    desk.show(file=(io.BytesIO(data), "proposals.csv"))
    assert len(desk.lines) == 299 and "Línea" in desk.faults and "4936" in desk.faults
    desk.bring(line=[line for line, _text in desk.lines])
    assert len(cards(app, meeting)) == 299


def test_what_is_broken_is_told_and_nothing_fails(app, meeting, desk):
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        book.add_worksheet().write(0, 0, "texto")
    for data in (file.getvalue()[:-200], b"\x89PNG\0\0", b"", b"\xd0\xcf\x11\xe0"):
        desk.open(desk.path_)
        desk.show(file=(io.BytesIO(data), "x.xlsx"))
        assert desk.status == 200 and desk.lines == []
        desk.bring()
        assert desk.status == 200 and desk.said


def test_after_the_room_was_closed_the_list_is_not_lost(app, meeting, desk):
    desk.show(text="Agua\nLuz")
    elena = facilitator(app, meeting)
    assert elena.do("room.close", {"room": meeting["rooms"][0]}, None)["ok"]
    desk.bring()
    assert desk.said == "La sala está cerrada."
    assert "Agua\nLuz</textarea>" in desk.page
    assert elena.do("room.open", {"room": meeting["rooms"][0]}, None)["ok"]
    desk.bring()
    assert len(cards(app, meeting)) == 2


def test_participants_do_not_get_there_with_whatever_they_send(app, meeting):
    rosa = joined(app, meeting)
    rosa.open(f"/w/{meeting['workshop']}/r/1/bring")
    assert rosa.status == 403
    answer = rosa.http.post(f"/w/{meeting['workshop']}/r/1/bring", data={"text": "x" * 200_000})
    assert answer.status_code == 413
    assert rosa.http.get(f"/w/{meeting['workshop']}/r/1/similar").status_code == 403


def test_the_rapporteurs_page_leads_there(app, meeting, desk):
    desk.open(f"/w/{meeting['workshop']}/r/1/scribe")
    assert f'href="/w/{meeting["workshop"]}/r/1/bring"' in desk.page


def test_pairs_are_of_this_room_and_of_what_is_still_there(app, meeting, desk, phone):
    rosa, luis = phone(), phone()
    rosa.join(meeting["code"], "Rosa", room=1), luis.join(meeting["code"], "Luis", room=2)
    here, elsewhere = (activities(app, room)["ideas"] for room in meeting["rooms"][:2])
    texts = ("Que la feria siga cada semana", "Luz", "Agua para los potreros", "¡Que siga la feria cada semana!")
    made = [rosa.post(here, text)["card"]["id"] for text in texts]
    assert luis.post(elsewhere, "Que la feria siga cada semana")["ok"]
    asked = f"/w/{meeting['workshop']}/r/1/similar"
    assert desk.http.get(asked).get_json() == {"ok": True, "pairs": [{"cards": [made[0], made[3]], "score": 0.99}]}
    assert rosa.do("contribution.withdraw", {"id": made[3]})["ok"]
    assert desk.http.get(asked).get_json()["pairs"] == []
