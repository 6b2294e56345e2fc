"""What becomes of ideas."""
import secrets

from tests.support.cast import activities, facilitator, to_step
from workshop.store.models import Activity, History, Workshop


def test_an_idea_is_seen_by_the_others_in_the_room_exactly_once(app, meeting, phone):
    rosa, julio = phone(), phone()
    rosa.join(meeting["code"], "Rosa"), julio.join(meeting["code"], "Don Julio")
    board = activities(app, meeting["rooms"][0])["ideas"]
    answer = rosa.post(board, "La feria semanal mantuvo el precio de la quinua.")
    assert answer["ok"], answer
    seen = [c for c in julio.catch_up(meeting["rooms"][0]).values() if c["kind"] == "idea"]
    assert [(c["number"], c["body"]["text"], c["name"]) for c in seen] == [
        (1, "La feria semanal mantuvo el precio de la quinua.", "Rosa")]


def test_sent_twice_is_stored_once_and_answered_the_same(app, meeting, phone):
    rosa = phone()
    rosa.join(meeting["code"], "Rosa")
    payload = {"activity": activities(app, meeting["rooms"][0])["ideas"], "id": secrets.token_urlsafe(9),
               "body": {"text": "Guardar semilla"}}
    first, again = rosa.do("contribution.add", payload), rosa.do("contribution.add", payload, n=1)
    assert first["ok"] and first == again
    assert rosa.do("contribution.add", payload | {"body": {"text": "otra"}}, n=1)["code"] == "id_reused"
    assert sum(c["kind"] == "idea" for c in rosa.catch_up(meeting["rooms"][0]).values()) == 1


def test_a_gap_in_the_numbers_is_asked_for(app, meeting, phone):
    rosa = phone()
    rosa.join(meeting["code"], "Rosa")
    assert rosa.do("hand.raise", {"room": meeting["rooms"][0]}, n=3) == {"n": 3, "want": 1}


def test_an_idea_after_the_step_goes_to_the_tray(app, meeting, phone):
    rosa = phone()
    rosa.join(meeting["code"], "Rosa")
    to_step(app, meeting["rooms"][0], 1)
    answer = rosa.post(activities(app, meeting["rooms"][0])["ideas"], "Llego tarde")
    assert answer["code"] == "step_closed" and answer["tray"]


def test_somebody_of_another_room_hears_and_writes_nothing(app, meeting, phone):
    rosa, luis = phone(), phone()
    rosa.join(meeting["code"], "Rosa", room=1), luis.join(meeting["code"], "Luis", room=2)
    board = activities(app, meeting["rooms"][0])["ideas"]
    assert rosa.post(board, "Solo en la sala 1")["ok"]
    assert luis.post(board, "intruso")["code"] == "not_here"
    refused = luis.http.get("/api/changes", query_string={"stream": meeting["rooms"][0]})
    assert refused.status_code == 404


def test_only_the_author_edits_and_withdraws(app, meeting, phone):
    rosa, julio = phone(), phone()
    rosa.join(meeting["code"], "Rosa"), julio.join(meeting["code"], "Don Julio")
    card = rosa.post(activities(app, meeting["rooms"][0])["ideas"], "Primera versión")["card"]
    assert julio.do("contribution.edit", {"id": card["id"], "body": {"text": "x"}})["code"] == "not_yours"
    assert rosa.do("contribution.edit", {"id": card["id"], "body": {"text": "Segunda"}})["card"]["body"]["text"] == "Segunda"
    assert rosa.do("contribution.withdraw", {"id": card["id"]})["ok"]
    assert card["id"] not in julio.catch_up(meeting["rooms"][0])


def test_a_late_idea_that_is_let_in_keeps_its_author_and_in_an_anonymous_workshop_its_secret(app, meeting, phone):
    with app.extensions["house"].store.write() as session:
        session.get(Workshop, meeting["workshop"]).privacy = "anonymous"
    rosa, elena = phone(), facilitator(app, meeting)
    rosa.join(meeting["code"], "Rosa")
    to_step(app, meeting["rooms"][0], 1)
    late = rosa.post(activities(app, meeting["rooms"][0])["ideas"], "Llego tarde")
    answer = elena.do("tray.admit", {"room": meeting["rooms"][0], "tray": late["tray"]}, seat=None)
    assert answer["card"]["body"]["text"] == "Llego tarde" and "mine" not in answer["card"]
    assert rosa.catch_up(meeting["rooms"][0])[answer["card"]["id"]]["mine"] == rosa.place["seats"][0]["id"]
    with app.extensions["house"].store.read() as session:
        done = session.query(History).filter_by(verb="tray.admit").one()
        assert (done.account_id, done.seat_id) == (meeting["owner"], None)


def test_a_late_comment_is_let_in_as_a_comment_as_long_as_its_card_stands(app, meeting, phone):
    rosa, elena, room = phone(), facilitator(app, meeting), meeting["rooms"][0]
    rosa.join(meeting["code"], "Rosa")
    board = activities(app, room)["ideas"]
    cards = [rosa.post(board, text)["card"]["id"] for text in ("Guardar semilla", "Se va")]
    assert elena.do("room.close", {"room": room}, seat=None)["ok"]
    late = [rosa.post(board, "¿Y quién?", parent=card) for card in cards]
    assert elena.do("room.open", {"room": room}, seat=None)["ok"]
    assert rosa.do("contribution.withdraw", {"id": cards[1]})["ok"]
    assert all(one["code"] == "room_closed" for one in late)
    stands, gone = [elena.do("tray.admit", {"room": room, "tray": one["tray"]}, seat=None) for one in late]
    assert (stands["card"]["kind"], stands["card"]["parent"]) == ("comment", cards[0])
    assert gone["code"] == "no_such_card" and late[1]["tray"] in elena.catch_up(room), "it stays in the tray"


def test_a_late_card_that_has_only_fields_is_kept_too(app, meeting, phone):
    rosa, elena, room = phone(), facilitator(app, meeting), meeting["rooms"][0]
    rosa.join(meeting["code"], "Rosa")
    board = activities(app, room)["ideas"]
    with app.extensions["house"].store.write() as session:
        row = session.get(Activity, board)
        field = {"key": "what", "title": "Qué", "type": "text", "options": [], "required": True}
        row.settings = row.settings | {"fields": [field]}
    to_step(app, room, 1)
    late = rosa.do("contribution.add", {"activity": board, "id": "solo-campos-1", "body": {"fields": {"what": "Semilla"}}})
    assert late["code"] == "step_closed" and late["tray"]
    card = elena.do("tray.admit", {"room": room, "tray": late["tray"]}, seat=None)["card"]
    assert card["body"] == {"text": "Semilla", "fields": {"what": "Semilla"}}
    empty = rosa.do("contribution.add", {"activity": board, "id": "solo-campos-2", "body": {"text": None, "fields": {}}})
    assert "tray" not in empty
