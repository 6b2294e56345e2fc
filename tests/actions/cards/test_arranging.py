"""Arranging a board: moving, grouping, merging, hiding, sending to another room; all can be taken back, nothing is lost."""
import secrets

import pytest

from tests.support import cast
from workshop.store.models import Contribution, History

ok, shown = cast.ok, cast.shown


@pytest.fixture
def table(app, meeting, phone):
    """(Elena, Rosa, ids of three cards of Rosa, the board) in the first room."""
    elena, rosa, board = cast.facilitator(app, meeting), phone(), cast.activities(app, meeting["rooms"][0])["ideas"]
    rosa.join(meeting["code"], "Rosa")
    ids = [secrets.token_urlsafe(9) for _ in range(3)]
    for i, key in enumerate(ids):
        assert rosa.do("contribution.add", {"activity": board, "id": key, "body": {"text": f"Idea {i}"}})["ok"]
    return elena, rosa, ids, board


def test_a_group_has_a_name_its_cards_and_a_history_and_can_be_dissolved(app, meeting, table):
    elena, rosa, ids, board = table
    group = secrets.token_urlsafe(9)
    ok(elena.do("group.make", {"activity": board, "group": group, "name": "Semillas", "cards": ids[:2]}, seat=None))
    cards = rosa.catch_up(meeting["rooms"][0])
    assert cards[group]["body"]["text"] == "Semillas" and [cards[key].get("group") for key in ids] == [group, group, None]
    ok(elena.do("group.name", {"id": group, "name": "Semillas propias"}, seat=None))
    ok(elena.do("group.put", {"activity": board, "group": group, "cards": ids[2:]}, seat=None))
    with app.extensions["house"].store.read() as session:
        story = session.query(History).filter_by(target_id=ids[2]).all()[-1]
        assert story.after == {"group": group} and story.account_id == meeting["owner"] and story.at
    ok(elena.do("group.drop", {"id": group}, seat=None))
    cards = rosa.catch_up(meeting["rooms"][0])
    assert group not in cards and not any(cards[key].get("group") for key in ids)


def test_merged_texts_stay_readable_and_come_apart_again(meeting, table):
    elena, rosa, ids, board = table
    ok(elena.do("contribution.merge", {"activity": board, "cards": ids[1:2], "into": ids[0]}, seat=None))
    ok(elena.do("contribution.merge", {"activity": board, "cards": ids[:1], "into": ids[2]}, seat=None))
    ok(rosa.do("contribution.edit", {"id": ids[1], "body": {"text": "Idea 1, mejor dicha"}}))
    cards = shown(rosa, meeting["rooms"][0])
    assert [cards[key].get("into") for key in ids] == [ids[2], ids[2], None]
    assert cards[ids[1]]["body"]["text"] == "Idea 1, mejor dicha"
    answer = elena.do("contribution.merge", {"activity": board, "cards": [ids[2]], "into": ids[0]}, seat=None)
    assert answer["code"] == "no_such_card", "in a circle"
    ok(elena.do("contribution.split", {"id": ids[1]}, seat=None))
    assert "into" not in shown(rosa, meeting["rooms"][0])[ids[1]]


def test_a_card_sent_to_another_room_keeps_its_number_its_comments_and_who_cites_it(app, meeting, phone, table):
    elena, rosa, ids, board = table
    one, two = meeting["rooms"][:2]
    luis = phone()
    luis.join(meeting["code"], "Luis", room=2)
    comment = secrets.token_urlsafe(9)
    ok(rosa.do("contribution.add", {"activity": board, "id": comment, "body": {"text": "De acuerdo"}, "parent": ids[1]}))
    summary = cast.activities(app, one)["summary"]
    ok(elena.do("summary.item", {"activity": summary, "id": secrets.token_urlsafe(9), "cites": [ids[1]],
                                 "body": {"section": "idea", "text": "Una frase"}}, seat=None))
    ok(luis.do("contribution.add", {"activity": cast.activities(app, two)["ideas"], "id": secrets.token_urlsafe(9),
                                    "body": {"text": "Primera de la sala 2"}}))
    assert len(shown(rosa, one)) == 3
    ok(elena.do("contribution.send", {"id": ids[1], "to": two}, seat=None))
    assert set(shown(rosa, one)) == {ids[0], ids[2]} and comment not in rosa.catch_up(one)
    there = luis.catch_up(two)
    assert (there[ids[1]]["number"], there[ids[1]]["home"]) == (2, 1) and there[comment]["parent"] == ids[1]
    item = next(card for card in elena.catch_up(meeting["workshop"]).values() if card["kind"] == "item")
    assert item["cites"] == [ids[1]] and item["numbers"] in ([2], ["R1-002"])
    ok(elena.do("contribution.send", {"id": ids[1], "to": one}, seat=None))
    assert set(shown(rosa, one)) == set(ids) and "home" not in shown(rosa, one)[ids[1]]
    assert ids[1] not in shown(luis, two)


def test_a_hidden_card_is_seen_by_staff_only_with_the_reason_until_it_is_shown_again(meeting, phone, table):
    elena, rosa, ids, _board = table
    ok(elena.do("contribution.hide", {"id": ids[0], "reason": "Nombra a una persona"}, seat=None))
    assert ids[0] not in shown(rosa, meeting["rooms"][0])
    assert shown(elena, meeting["rooms"][0])[ids[0]]["hidden"] == "Nombra a una persona"
    assert rosa.do("contribution.hide", {"id": ids[1], "reason": "x"})["code"] == "forbidden"
    ok(elena.do("contribution.hide", {"id": ids[0], "reason": None}, seat=None))
    assert ids[0] in shown(rosa, meeting["rooms"][0])


def test_whoever_wrote_a_hidden_card_is_told_why_and_nobody_else_hears_of_it(meeting, phone, table):
    elena, rosa, ids, board = table
    room, julio = meeting["rooms"][0], phone()
    julio.join(meeting["code"], "Julio")
    rosa.catch_up(room)
    julio.catch_up(room)
    comment = secrets.token_urlsafe(9)
    ok(rosa.do("contribution.add", {"activity": board, "id": comment, "parent": ids[1],
                                   "body": {"text": "Más de lo mismo"}}))
    for key, reason in ((ids[0], "Nombra a una persona"), (comment, "Repite la idea")):
        ok(elena.do("contribution.hide", {"id": key, "reason": reason}, seat=None))
    told = {key: card for key, card in rosa.catch_up(room).items() if card["kind"] == "hidden"}
    assert {key: card["reason"] for key, card in told.items()} == {ids[0]: "Nombra a una persona", comment: "Repite la idea"}
    assert told[ids[0]]["body"] == {"text": "Idea 0"} and told[ids[0]]["number"] == 1
    assert not {ids[0], comment} & julio.catch_up(room).keys()
    pages = [one.http.get(f"/w/{meeting['workshop']}/r/1").get_data(as_text=True) for one in (rosa, julio)]
    asked = {"stream": room, "epoch": "", "since": 0}
    everything = julio.http.get("/api/changes", query_string=asked).get_data(as_text=True)
    for secret in ("Nombra a una persona", "Más de lo mismo", "Idea 0"):
        assert secret in pages[0] and secret not in pages[1] + everything
    ok(rosa.do("contribution.withdraw", {"id": ids[0]}))
    assert ids[0] not in rosa.catch_up(room)
    ok(elena.do("contribution.hide", {"id": comment, "reason": None}, seat=None))
    assert rosa.catch_up(room)[comment]["kind"] == "comment" and comment in julio.catch_up(room)


def test_in_a_room_with_an_inbox_only_the_author_and_the_staff_see_an_idea_until_it_is_let_out(meeting, phone, table):
    elena, rosa, ids, board = table
    room = meeting["rooms"][0]
    ok(elena.do("room.moderate", {"room": room, "on": True}, seat=None))
    julio = phone()
    julio.join(meeting["code"], "Don Julio")
    key = secrets.token_urlsafe(9)
    answer = ok(rosa.do("contribution.add", {"activity": board, "id": key, "body": {"text": "Espera"}}))
    assert "number" not in answer["card"] and key not in shown(julio, room) and julio.cards[room].keys() >= set(ids)
    again = phone()
    again.http, again.place = rosa.http, rosa.place
    assert again.catch_up(room)[key]["waits"]
    frame = elena.http.get("/api/changes", query_string={"stream": room, "epoch": "", "since": 0}).get_json()
    assert key in elena.catch_up(frame["circles"][0])
    assert "cards" not in julio.http.get("/api/changes", query_string={"stream": frame["circles"][0]}).get_json()
    ok(elena.do("inbox.let_out", {"activity": board, "cards": [key]}, seat=None))
    assert shown(julio, room)[key]["number"] == 4
    ok(rosa.do("contribution.add", {"activity": board, "id": secrets.token_urlsafe(9), "body": {"text": "Otra"}}))
    ok(elena.do("room.moderate", {"room": room, "on": False}, seat=None))
    assert len(shown(julio, room)) == 5


def test_who_may_move_and_group_is_what_the_step_says(app, meeting, phone, table):
    elena, rosa, ids, board = table
    julio = phone()
    julio.join(meeting["code"], "Don Julio")
    move = {"activity": board, "cards": [ids[0]], "place": {}}
    assert julio.do("contribution.move", move)["code"] == "not_now"
    ok(rosa.do("contribution.move", move))
    assert rosa.do("group.make", {"activity": board, "group": secrets.token_urlsafe(9), "name": "Mío"})["code"] == "not_now"
    room, old = meeting["rooms"][0], ["ideas", "vote", "summary"]
    step = {"key": "ideas", "minutes": 0, "opens": ["ideas"],
            "may": {"move": "all", "group": "all", "edit": "all", "comment": "nobody"}}
    rest = [{"key": key, "minutes": 5, "opens": []} for key in old[1:]]
    ok(elena.do("steps.set", {"room": room, "steps": [step, *rest], "base": cast.edition(app, room)}, seat=None))
    ok(julio.do("contribution.move", move))
    ok(julio.do("group.make", {"activity": board, "group": secrets.token_urlsafe(9), "name": "De todos", "cards": ids}))
    ok(julio.do("contribution.edit", {"id": ids[0], "body": {"text": "Mejorada por Julio"}}))
    assert julio.do("contribution.add", {"activity": board, "id": secrets.token_urlsafe(9), "body": {"text": "No"},
                                         "parent": ids[0]})["code"] == "not_now"


def test_an_edit_brings_back_what_its_author_took_away_and_goes_to_the_tray_where_the_facilitator_did(app, meeting, table):
    elena, rosa, ids, _board = table
    ok(rosa.do("contribution.withdraw", {"id": ids[0]}))
    ok(rosa.do("contribution.edit", {"id": ids[0], "body": {"text": "Vuelve"}}))
    assert shown(rosa, meeting["rooms"][0])[ids[0]]["body"]["text"] == "Vuelve"
    ok(elena.do("contribution.withdraw", {"id": ids[1]}, seat=None))
    answer = rosa.do("contribution.edit", {"id": ids[1], "body": {"text": "Lo que quise decir"}})
    assert answer["code"] == "withdrawn" and answer["tray"]
    ok(elena.do("tray.admit", {"room": meeting["rooms"][0], "tray": answer["tray"]}, seat=None))
    assert "Lo que quise decir" in [card["body"]["text"] for card in shown(rosa, meeting["rooms"][0]).values()]
    assert elena.do("contribution.restore", {"id": ids[1]}, seat=None)["ok"] and ids[1] in shown(rosa, meeting["rooms"][0])
    with app.extensions["house"].store.read() as session:
        assert session.get(Contribution, ids[1]).number == 2


def test_a_paused_room_keeps_what_is_written_and_gives_the_time_back(app, meeting, table):
    elena, rosa, _ids, board = table
    ok(elena.do("room.pause", {"room": meeting["rooms"][0]}, seat=None))
    answer = rosa.do("contribution.add", {"activity": board, "id": secrets.token_urlsafe(9), "body": {"text": "En pausa"}})
    assert answer["code"] == "room_paused" and answer["tray"]
    ok(elena.do("room.pause", {"room": meeting["rooms"][0], "on": False}, seat=None))
    ok(rosa.do("contribution.add", {"activity": board, "id": secrets.token_urlsafe(9), "body": {"text": "Sigue"}}))


def test_groups_go_on_to_the_next_room_hosts_andboards_stay(app, meeting, phone, table):
    elena, rosa, ids, board = table
    luis, host = phone(), phone()
    luis.join(meeting["code"], "Luis", room=3), host.join(meeting["code"], "Anfitriona", room=1)
    ok(elena.do("rooms.rotate", {"workshop": meeting["workshop"], "rooms": meeting["rooms"],
                                 "stay": [host.place["seats"][0]["id"]]}, seat=None))
    one, two, _three = meeting["rooms"]
    assert rosa.http.get(f"/w/{meeting['workshop']}/here").headers["Location"].endswith("/r/2")
    assert luis.http.get(f"/w/{meeting['workshop']}/here").headers["Location"].endswith("/r/1")
    assert host.http.get(f"/w/{meeting['workshop']}/here").headers["Location"].endswith("/r/1")
    assert set(shown(luis, one)) == set(ids), "the earlier round is there to be read"
    assert not shown(rosa, two)
    assert luis.do("contribution.add", {"activity": board, "id": secrets.token_urlsafe(9), "body": {"text": "Sigo"}})["ok"]
    assert rosa.do("rooms.rotate", {"workshop": meeting["workshop"], "rooms": meeting["rooms"]})["code"] == "forbidden"
