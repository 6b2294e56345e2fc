"""What happened in a room, and bringing back what was."""
import re

import pytest

from tests.support import cast
from workshop.actions.core import registry, telling


@pytest.fixture
def elena(app, meeting):
    return cast.facilitator(app, meeting)


@pytest.fixture
def told(app, meeting, elena):
    """Rosa's card with its history: written, changed, grouped, hidden."""
    rosa = cast.Phone(app.test_client())
    rosa.join(meeting["code"], "Rosa <b>Mamani</b>")
    board = cast.activities(app, meeting["rooms"][0])["ideas"]
    card = rosa.post(board, "Guardar semilla propia")["card"]["id"]
    other = rosa.post(board, "Ferias & trueque")["card"]["id"]
    assert rosa.do("contribution.edit", {"id": card, "body": {"text": "Guardar toda semilla"}})["ok"]
    both = {"name": "Semilla", "cards": [card, other]}
    for verb, payload in (("group.make", {"activity": board, "group": "group-of-seed"} | both),
                          ("contribution.merge", {"activity": board, "cards": [other], "into": card}),
                          ("contribution.hide", {"id": card, "reason": "Repetida"})):
        answer = elena.do(verb, payload, seat=None)
        assert answer["ok"], answer
    return {"rosa": rosa, "board": board, "card": card, "other": other}


def page(elena, meeting, **asked) -> str:
    answer = elena.http.get(f"/w/{meeting['workshop']}/r/1/history", query_string=asked)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def sentences(text: str) -> list[str]:
    return [re.sub(r"<a .*?</a>", "", found).strip() for found in re.findall(r"</time><p>(.*?)</p>", text, re.S)]


def back(elena, meeting, text: str, button: str, **asked) -> str:
    """The page after one of its buttons."""
    act = re.search(rf'name="act" value="(\d+)">{button}<', text)[1]
    token = re.search(r'name="token" value="([^"]+)"', text)[1]
    client = re.search(r'name="client" value="([^"]+)"', text)[1]
    done = elena.http.post(f"/w/{meeting['workshop']}/r/1/history", query_string=asked, follow_redirects=True,
                           data={"act": act, "token": token, "client": client})
    assert done.status_code == 200
    return done.get_data(as_text=True)


def test_every_act_is_told_in_a_sentence_newest_first(elena, meeting, told):
    assert sentences(page(elena, meeting))[:6] == [
        "◆ Elena Quispe ocultó R1-001. Motivo:", "◆ Elena Quispe fusionó R1-002 con R1-001.",
        "◆ Elena Quispe formó el grupo «Semilla»: 2 tarjetas.",
        "Rosa &lt;b&gt;Mamani&lt;/b&gt; cambió R1-001. Antes:", "Rosa &lt;b&gt;Mamani&lt;/b&gt; escribió R1-002.",
        "Rosa &lt;b&gt;Mamani&lt;/b&gt; escribió R1-001."]


def test_an_earlier_text_is_brought_back_and_is_itself_a_change(elena, meeting, told):
    text = back(elena, meeting, page(elena, meeting), "Recuperar este texto")
    assert elena.catch_up(meeting["rooms"][0])[told["card"]]["body"]["text"] == "Guardar semilla propia"
    assert sentences(text)[0] == "◆ Elena Quispe cambió R1-001. Antes:" and "Guardar toda semilla" in text


def test_what_was_hidden_or_put_together_is_undone_once(elena, meeting, told):
    text = back(elena, meeting, page(elena, meeting), "Mostrar otra vez")
    text = back(elena, meeting, text, "Separar")
    cards = elena.catch_up(meeting["rooms"][0])
    assert "hidden" not in cards[told["card"]] and not cards[told["other"]].get("into")
    assert "Mostrar otra vez" not in text and "Separar" not in text


def test_a_card_has_a_history_of_its_own_and_many_acts_come_in_pages(elena, meeting, told):
    mine = page(elena, meeting, card=told["other"])
    assert len(sentences(mine)) == 2
    for n in range(70):
        told["rosa"].do("contribution.edit", {"id": told["other"], "body": {"text": f"Ferias {n}"}})
    first = page(elena, meeting)
    assert len(sentences(first)) == 60
    older = re.search(r'href="\?before=(\d+)"', first)[1]
    assert sentences(page(elena, meeting, before=older))[-1].endswith("R1-001.")


def test_only_facilitators_see_it_and_acts_of_other_rooms_cannot_be_undone_from_here(app, elena, meeting, told):
    assert told["rosa"].http.get(f"/w/{meeting['workshop']}/r/1/history").status_code == 403
    text = page(elena, meeting)
    act = re.search(r'name="act" value="(\d+)"', text)[1]
    token = re.search(r'name="token" value="([^"]+)"', text)[1]
    done = elena.http.post(f"/w/{meeting['workshop']}/r/2/history", data={"act": act, "token": token, "client": "c" * 20})
    assert done.status_code == 404


def test_where_nobody_sees_who_wrote_the_history_does_not_tell(app, elena, meeting, told):
    from workshop.store.models import Workshop
    with app.extensions["house"].store.write() as session:
        session.get(Workshop, meeting["workshop"]).privacy = "anonymous"
    text = page(elena, meeting)
    assert "Mamani" not in text and "Alguien escribió R1-001." in text


def test_what_is_private_yet_is_not_in_it(app, elena, meeting, told):
    room = elena.do("room.create", {"workshop": meeting["workshop"], "title": "Solos", "method": "uno_dos_cuatro"},
                    seat=None)["card"]
    elena.do("room.open", {"room": room["id"]}, seat=None)
    rosa, board = told["rosa"], cast.activities(app, room["id"])["ideas"]
    rosa.do("seat.enter", {"room": room["id"]})
    said = rosa.do("contribution.add", {"activity": board, "id": "only-mine-yet", "body": {"text": "Solo mía"}})
    assert said["ok"], said
    text = elena.http.get(f"/w/{meeting['workshop']}/r/{room['number']}/history").get_data(as_text=True)
    assert "escribió" not in text and "Solo mía" not in text


def test_a_sentence_comes_back_with_its_cards_and_an_earlier_text_too(app, elena, meeting, told):
    summary = cast.activities(app, meeting["rooms"][0])["summary"]
    for base, text in ((0, "Se guarda semilla."), (1, "Se guarda toda semilla.")):
        cast.ok(elena.do("summary.item", {"activity": summary, "id": "una-frase", "cites": [told["card"]], "base_rev": base,
                                          "body": {"section": "agreement", "text": text}}, None))
    cast.ok(elena.do("summary.drop", {"id": "una-frase"}, None))
    text = back(elena, meeting, page(elena, meeting), "Volver a ponerla en el resumen")
    sentence = elena.catch_up(meeting["workshop"])["una-frase"]
    assert (sentence["body"]["text"], sentence["cites"]) == ("Se guarda toda semilla.", [told["card"]])
    assert "Volver a ponerla" not in text
    back(elena, meeting, text, "Recuperar este texto")
    assert elena.catch_up(meeting["workshop"])["una-frase"]["cites"] == [told["card"]]


def test_what_is_led_in_a_room_is_told_too(elena, meeting, told):
    rosa, board, rooms = told["rosa"], told["board"], meeting["rooms"]
    cast.ok(elena.do("room.moderate", {"room": rooms[0]}, seat=None))
    waits = rosa.post(board, "Espera su revisión")["card"]["id"]
    cast.ok(elena.do("inbox.let_out", {"activity": board, "cards": [waits]}, seat=None))
    cast.ok(elena.do("room.moderate", {"room": rooms[0], "on": False}, seat=None))
    cast.ok(elena.do("room.alike", {"room": rooms[1], "rooms": [rooms[0]]}, seat=None))
    cast.ok(elena.do("room.close", {"room": rooms[0]}, seat=None))
    late = rosa.post(board, "Llegó tarde")
    cast.ok(elena.do("tray.admit", {"room": rooms[0], "tray": late["tray"]}, seat=None))
    said = sentences(page(elena, meeting))
    assert said[:2] == ["◆ Elena Quispe puso en el tablero R1-004, que había llegado tarde.",
                        "◆ Elena Quispe cerró la sala."]
    assert "◆ Elena Quispe hace que las ideas esperen su revisión." in said
    assert "◆ Elena Quispe puso en el tablero lo que esperaba: 1 tarjeta." in said


def test_a_reason_that_nobody_gave_is_not_asked_for(elena, meeting, told):
    cast.ok(elena.do("contribution.hide", {"id": told["other"], "reason": ""}, seat=None))
    assert sentences(page(elena, meeting))[0] == "◆ Elena Quispe ocultó R1-002."


def test_a_verb_of_which_nothing_is_told_stops_the_program(monkeypatch):
    monkeypatch.delitem(telling.TELLINGS, "room.close")
    with pytest.raises(RuntimeError, match=r"room\.close"):
        registry.check_table()


def test_an_act_that_is_told_twice_stops_the_program():
    with pytest.raises(RuntimeError, match=r"room\.close"):
        telling.silent("room.close")


def test_an_act_of_a_later_version_is_left_out():
    assert telling.told(telling.Act("room.fly", {}, {})) == telling.Sentence()
