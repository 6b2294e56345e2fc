"""What a room has agreed stands in the plenary once its summary is shown there, with who answers for it and until when."""
import pytest

from tests.support import cast
from tests.support.cast import ok


@pytest.fixture
def elena(app, meeting):
    return cast.facilitator(app, meeting)


@pytest.fixture
def room(app, meeting, elena):
    """A room that works on agreements, with Rosa in it and one agreement: {id, board, summary, rosa, number}."""
    made = ok(elena.do("room.create", {"workshop": meeting["workshop"], "title": "Acuerdos", "method": "acuerdos"}, None))
    key = made["card"]["id"]
    ok(elena.do("room.open", {"room": key}, None))
    rosa = cast.Phone(app.test_client())
    ok(rosa.join(meeting["code"], "Rosa", room=made["card"]["number"]))
    of = cast.activities(app, key)
    ok(agree(rosa, of["ideas"], "acuerdo00001", "Cuidar <la> laguna", "Nilda"))
    return {"id": key, "board": of["ideas"], "summary": of["summary"], "rosa": rosa}


def agree(phone, board, card, what, who, seat=0):
    fields = {"que": what, "quien": who, "cuando": "2027-03-01", "estado": "acordado"}
    return phone.do("contribution.add", {"activity": board, "id": card, "body": {"text": "", "fields": fields}}, seat)


def plenary(phone, meeting, language="es"):
    return phone.http.get(f"/w/{meeting['workshop']}/plenary", headers={"Accept-Language": language}).get_data(as_text=True)


def told(phone, meeting, room):
    return phone.catch_up(meeting["workshop"])[room["summary"]].get("agreed")


def test_agreements_are_in_the_plenary_once_their_room_is_shown_there(app, meeting, elena, room):
    other = cast.Phone(app.test_client())
    ok(other.join(meeting["code"], "Juan", room=1))
    assert told(other, meeting, room) is None and "Cuidar" not in plenary(other, meeting)
    ok(elena.do("summary.publish", {"activity": room["summary"]}, None))
    [one] = told(other, meeting, room)
    assert one["text"] == "Cuidar <la> laguna" and one["number"].endswith("-001") and one["lines"][0][1] == "Nilda"
    page = plenary(other, meeting)
    assert "Cuidar &lt;la&gt; laguna" in page and "<la>" not in page.split('id="facts"')[0]
    assert "Quién responde: <b>Nilda</b>" in page.replace("\n", "").replace("  ", " ") and "01/03/2027" in page
    assert "Acordado" in page and "Convenu" in plenary(other, meeting, "fr")


def test_they_follow_what_becomes_of_the_cards(app, meeting, elena, room):
    ok(elena.do("summary.publish", {"activity": room["summary"]}, None))
    rosa = room["rosa"]
    ok(agree(rosa, room["board"], "acuerdo00002", "Formar jóvenes", "Rufina"))
    assert [one["text"] for one in told(rosa, meeting, room)] == ["Cuidar <la> laguna", "Formar jóvenes"]
    ok(elena.do("contribution.hide", {"id": "acuerdo00001", "reason": "se repite"}, None))
    assert [one["text"] for one in told(rosa, meeting, room)] == ["Formar jóvenes"]
    ok(rosa.do("contribution.withdraw", {"id": "acuerdo00002"}))
    assert told(rosa, meeting, room) is None
    ok(elena.do("contribution.hide", {"id": "acuerdo00001", "reason": None}, None))
    for n in range(22):
        ok(agree(rosa, room["board"], f"acuerdo1{n:04}", f"Acuerdo {n}", "Rufina"))
    assert len(told(rosa, meeting, room)) == 21 and told(rosa, meeting, room)[-1] == {"more": 3}
    ok(elena.do("summary.publish", {"activity": room["summary"], "on": False}, None))
    assert told(rosa, meeting, room) is None


def test_what_is_private_or_waits_is_not_told(app, meeting, elena, room):
    ok(elena.do("summary.publish", {"activity": room["summary"]}, None))
    ok(elena.do("room.moderate", {"room": room["id"]}, None))
    ok(agree(room["rosa"], room["board"], "acuerdo00003", "Espera", "Rufina"))
    assert [one["text"] for one in told(room["rosa"], meeting, room)] == ["Cuidar <la> laguna"]
    ok(elena.do("room.moderate", {"room": room["id"], "on": False}, None))
    assert [one["text"] for one in told(room["rosa"], meeting, room)] == ["Cuidar <la> laguna", "Espera"]
