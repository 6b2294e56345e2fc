"""An idea that waits for the facilitator says so, live and without script, and what became of it."""
import re

import pytest

from tests.pages.facilitator.people import joined
from tests.support import cast
from tests.support.cast import activities, facilitator, ok


@pytest.fixture
def elena(app, meeting):
    lead = facilitator(app, meeting)
    ok(lead.do("room.moderate", {"room": meeting["rooms"][0], "on": True}, None))
    return lead


def board(app, meeting) -> str:
    return activities(app, meeting["rooms"][0])["ideas"]


def test_the_answer_itself_says_that_the_idea_waits_and_stands_where_its_writer_looks(app, meeting, phone, elena):
    rosa, room = phone(), meeting["rooms"][0]
    ok(rosa.join(meeting["code"], "Rosa"))
    said = ok(rosa.post(board(app, meeting), "Con calma"))
    assert said["card"]["waits"] is True and said["stream"] == room
    changed = ok(rosa.do("contribution.edit", {"id": said["card"]["id"], "body": {"text": "Con más calma"}, "base_rev": 1}))
    assert changed["card"]["waits"] is True and changed["stream"] == room
    comment = ok(rosa.post(board(app, meeting), "Y esto", parent=said["card"]["id"]))
    assert comment["card"]["waits"] is True


def test_another_device_of_the_same_person_is_told_at_once_that_it_waits_and_what_became_of_it(app, meeting, phone, elena,
                                                                                                monkeypatch):
    rosa, told = phone(), []
    ok(rosa.join(meeting["code"], "Rosa"))
    house = app.extensions["house"]
    monkeypatch.setattr(house.performer, "announce", lambda news: told.extend(news.waiting))
    card = ok(rosa.post(board(app, meeting), "Con calma"))["card"]["id"]
    [(seat, stream, shown)] = told
    assert (seat, stream) == (rosa.place["seats"][0]["id"], meeting["rooms"][0])
    assert (shown["id"], shown["waits"], shown["kind"]) == (card, True, "idea")
    ok(elena.do("contribution.hide", {"id": card, "reason": "ya está escrito"}, None))
    assert (told[-1][2]["kind"], told[-1][2]["reason"]) == ("hidden", "ya está escrito")


def test_without_script_it_waits_and_then_is_there_or_is_declined_in_kind_words(app, meeting, elena):
    rosa = joined(app, meeting)
    for text in ("Primera idea", "Segunda idea"):
        rosa.send(f"/w/{meeting['workshop']}/r/1/say", 'id="composer"', text=text)
    waits = "Guardado. Primero lo lee la facilitación; luego lo ven todos."
    assert rosa.page.count(waits) == 2
    first, second = re.findall(r'<li class="card \w+ mine" id="([^"]+)"', rosa.page)
    ok(elena.do("inbox.let_out", {"activity": board(app, meeting), "cards": [first]}, None))
    ok(elena.do("contribution.hide", {"id": second, "reason": "es de otra sala"}, None))
    rosa.open(f"/w/{meeting['workshop']}/r/1")
    assert waits not in rosa.page and "R1-001" in rosa.page
    assert "no lo puso en el tablero" in rosa.page and "es de otra sala" in rosa.page
    assert "Gracias por escribirlo" in rosa.page


def test_who_types_for_somebody_by_telephone_sees_it_too(app, meeting, elena):
    ok(elena.join(meeting["code"], "Doña Justa", channel="phone"))
    said = ok(elena.post(board(app, meeting), "Dictado"))
    assert said["card"]["waits"] is True
    page = elena.http.get(f"/w/{meeting['workshop']}/r/1", headers={"Accept-Language": "es"}).get_data(as_text=True)
    assert "Guardado. Primero lo lee la facilitación" in page


def test_the_desk_knows_how_many_wait(app, meeting, phone, elena):
    rosa = phone()
    ok(rosa.join(meeting["code"], "Rosa"))
    for text in ("Una", "Dos"):
        ok(rosa.post(board(app, meeting), text))
    told = elena.http.get(f"/w/{meeting['workshop']}/progress").get_json()["rooms"][meeting["rooms"][0]]
    assert (told["waits"], told["cards"]) == (2, 0)


def test_a_form_that_took_a_card_back_offers_it_again_for_ten_seconds(app, meeting):
    rosa = joined(app, meeting)
    say = f"/w/{meeting['workshop']}/r/1/say"
    rosa.send(say, 'id="composer"', text="Sin querer")
    [card] = re.findall(r'<li class="card \w+ mine" id="([^"]+)"', rosa.page)
    rosa.send(say, 'id="quick"', withdraw=card)
    assert "Sin querer" not in rosa.page
    act = re.search(r'name="undo" value="(\d+)"', rosa.page)[1]
    rosa.send(say, 'class="note"', undo=act)
    assert "Sin querer" in rosa.page and 'name="undo"' not in rosa.page


def test_an_empty_board_invites_only_those_who_may_write_and_says_nothing_of_what_is_not_loaded(app, meeting, elena):
    rosa, room = joined(app, meeting), meeting["rooms"][0]
    where = f"/w/{meeting['workshop']}/r/1"
    assert "La primera idea puede ser la suya" in rosa.open(where)
    ok(elena.do("step.go", {"room": room, "step": 1}, None))
    assert "La primera idea puede ser la suya" not in rosa.open(where) and "Aquí no hay ideas." in rosa.page
    own = [{"key": "ideas", "minutes": 0, "opens": ["ideas"], "see": "own"}]
    ok(elena.do("step.go", {"room": room, "step": 0}, None))
    ok(elena.do("steps.set", {"room": room, "steps": own, "base": cast.edition(app, room)}, None))
    assert "Lo de los demás todavía no se muestra" in rosa.open(where)
    assert "La primera idea puede ser la suya" not in rosa.page


def test_what_the_team_removes_is_said_before_with_numbers(app, meeting, phone, elena):
    rosa, where = phone(), f"/w/{meeting['workshop']}"
    ok(elena.do("room.moderate", {"room": meeting["rooms"][0], "on": False}, None))
    seats = [seat["id"] for seat in ok(rosa.join(meeting["code"], "Rosa", "Julio"))["seats"]]
    for text in ("Una", "Dos"):
        ok(rosa.post(board(app, meeting), text))
    page = elena.http.get(f"{where}/people", headers={"Accept-Language": "es"}).get_data(as_text=True)
    token = re.search(r'name="token" value="([^"]+)"', page)[1]
    said = elena.http.post(f"{where}/people/remove", headers={"Accept-Language": "es"}, data={
        "token": token, "client": "x" * 22, "seat": seats[0]}).get_data(as_text=True)
    assert "2 ideas, 0 comentarios, 0 votos" in said and "1 persona de los mismos dispositivos sigue dentro" in said
