"""A room that is paused or closed stands still for all but its facilitators; what was typed meanwhile is kept."""
import secrets

import pytest

from tests.support import cast

ok, shown = cast.ok, cast.shown


@pytest.fixture
def table(app, meeting, phone):
    """(Elena, Rosa, ids of three cards and a comment of Rosa, the board) where everybody may do everything."""
    elena, rosa, room = cast.facilitator(app, meeting), phone(), meeting["rooms"][0]
    board = cast.activities(app, room)["ideas"]
    rosa.join(meeting["code"], "Rosa")
    step = {"key": "ideas", "minutes": 0, "opens": ["ideas", "dots"], "may": {"move": "all", "group": "all", "edit": "all"}}
    ok(elena.do("steps.set", {"room": room, "steps": [step], "base": cast.edition(app, room)}, seat=None))
    ids = [ok(rosa.post(board, f"Idea {i}"))["card"]["id"] for i in range(4)]
    ok(rosa.do("contribution.withdraw", {"id": ids[3]}))
    comment = {"activity": board, "id": secrets.token_urlsafe(9), "parent": ids[0], "body": {"text": "De acuerdo"}}
    ok(rosa.do("contribution.add", comment))
    ok(elena.do("group.make", {"activity": board, "group": "grupo-uno", "name": "Semillas", "cards": ids[:1]}, seat=None))
    ok(elena.do("contribution.merge", {"activity": board, "cards": ids[1:2], "into": ids[0]}, seat=None))
    return elena, rosa, [*ids, comment["id"]], board


def acts(app, meeting, ids, board):
    """Everything that changes what stands on a board."""
    kinds = cast.activities(app, meeting["rooms"][0])
    return [("contribution.move", {"activity": board, "cards": ids[:1], "place": {}}),
            ("contribution.withdraw", {"id": ids[2]}), ("contribution.restore", {"id": ids[3]}),
            ("group.make", {"activity": board, "group": secrets.token_urlsafe(9), "name": "Otro"}),
            ("group.put", {"activity": board, "group": None, "cards": ids[:1]}),
            ("group.name", {"id": "grupo-uno", "name": "Otro"}), ("group.drop", {"id": "grupo-uno"}),
            ("contribution.split", {"id": ids[1]}),
            ("contribution.merge", {"activity": board, "cards": ids[1:2], "into": ids[0]}),
            ("ballot.cast", {"activity": kinds["reactions"], "choices": {ids[0]: ["key"]}, "base_rev": 0}),
            ("ballot.cast", {"activity": kinds["dots"], "choices": {ids[0]: 1}, "base_rev": 0})]


@pytest.mark.parametrize(("verb", "code"), [("room.pause", "room_paused"), ("room.close", "room_closed")])
def test_nobody_but_a_facilitator_changes_anything(app, meeting, table, verb, code):
    elena, rosa, ids, board = table
    room = meeting["rooms"][0]
    ok(elena.do(verb, {"room": room}, seat=None))
    before = dict(rosa.catch_up(room)), rosa.cursor[room]
    for each, payload in acts(app, meeting, ids, board):
        assert rosa.do(each, payload).get("code") == code, each
    assert (rosa.catch_up(room), rosa.cursor[room]) == before
    ok(elena.do("contribution.move", {"activity": board, "cards": ids[:1], "place": {}}, seat=None))
    ok(elena.do("contribution.split", {"id": ids[1]}, seat=None))
    ok(elena.do("room.pause", {"room": room, "on": False}, seat=None))
    ok(elena.do("room.open", {"room": room}, seat=None))
    for each, payload in acts(app, meeting, ids, board):
        assert rosa.do(each, payload).get("ok"), each


@pytest.mark.parametrize(("verb", "code"), [("room.pause", "room_paused"), ("room.close", "room_closed")])
def test_comments_typed_meanwhile_wait_in_the_tray_and_come_under_their_idea(app, meeting, table, verb, code):
    elena, rosa, ids, board = table
    room = meeting["rooms"][0]
    ok(elena.do(verb, {"room": room}, seat=None))
    fresh = rosa.do("contribution.add", {"activity": board, "id": secrets.token_urlsafe(9), "parent": ids[2],
                                         "body": {"text": "Un comentario nuevo"}})
    changed = rosa.do("contribution.edit", {"id": ids[4], "body": {"text": "Muy de acuerdo"}})
    idea = rosa.do("contribution.edit", {"id": ids[2], "body": {"text": "Idea 2, mejor"}})
    assert {one["code"] for one in (fresh, changed, idea)} == {code}
    told = {card["text"]: card.get("parent") for card in elena.catch_up(room).values() if card["kind"] == "late"}
    assert told == {"Un comentario nuevo": ids[2], "Muy de acuerdo": ids[0], "Idea 2, mejor": None}
    for one in (fresh, changed):
        ok(elena.do("tray.admit", {"room": room, "tray": one["tray"]}, seat=None))
    talk = {card["body"]["text"]: card["parent"] for card in rosa.catch_up(room).values() if card["kind"] == "comment"}
    assert talk == {"De acuerdo": ids[0], "Un comentario nuevo": ids[2], "Muy de acuerdo": ids[0]}
    ok(elena.do("contribution.withdraw", {"id": ids[2]}, seat=None))
    gone = rosa.do("contribution.add", {"activity": board, "id": secrets.token_urlsafe(9), "parent": ids[2],
                                        "body": {"text": "Ya no está"}})
    assert gone["code"] == code and gone["tray"], "the room is looked at before the idea"
    assert elena.do("tray.admit", {"room": room, "tray": gone["tray"]}, seat=None)["code"] == "no_such_card"
    assert "Ya no está" in [card["text"] for card in elena.catch_up(room).values() if card["kind"] == "late"]


def test_one_word_pauses_all_open_rooms_and_lets_all_go_on(meeting, phone, table):
    elena, _rosa, _ids, _board = table
    one, _two, three = meeting["rooms"]
    ok(elena.do("room.close", {"room": three}, seat=None))
    ok(elena.do("step.go", {"room": one, "step": 0, "minutes": 5}, seat=None))
    ok(elena.do("rooms.pause", {"workshop": meeting["workshop"]}, seat=None))
    cards = elena.catch_up(meeting["workshop"])
    deadline = cards[one]["deadline"]
    assert [bool(cards[room].get("paused")) for room in meeting["rooms"]] == [True, True, False]
    ok(elena.do("rooms.pause", {"workshop": meeting["workshop"], "on": False}, seat=None))
    cards = elena.catch_up(meeting["workshop"])
    assert not any(cards[room].get("paused") for room in meeting["rooms"]) and cards[one]["deadline"] > deadline
    julio = phone()
    julio.join(meeting["code"], "Don Julio")
    assert julio.do("rooms.pause", {"workshop": meeting["workshop"]})["code"] == "forbidden"


def test_where_only_the_own_may_be_commented_on_and_reacted_to_the_author_is_let(app, meeting, phone, table):
    elena, rosa, ids, board = table
    room, julio, kinds = meeting["rooms"][0], phone(), cast.activities(app, meeting["rooms"][0])
    julio.join(meeting["code"], "Don Julio")
    own = dict.fromkeys(("comment", "react", "vote"), "own")
    step = {"key": "ideas", "minutes": 0, "opens": ["ideas", "dots"], "may": own}
    ok(elena.do("steps.set", {"room": room, "steps": [step], "base": cast.edition(app, room)}, seat=None))
    theirs = ok(julio.post(board, "De Julio"))["card"]["id"]

    def talk(who, card):
        return who.do("contribution.add", {"activity": board, "id": secrets.token_urlsafe(9), "parent": card,
                                           "body": {"text": "Agrego"}})
    ok(talk(rosa, ids[2]))
    assert talk(rosa, theirs)["code"] == "not_now"
    for kind, choice in (("reactions", ["key"]), ("dots", 1)):
        ok(rosa.do("ballot.cast", {"activity": kinds[kind], "choices": {ids[2]: choice}, "base_rev": 0}))
        both = {ids[2]: choice, theirs: choice}
        assert rosa.do("ballot.cast", {"activity": kinds[kind], "choices": both, "base_rev": 1})["code"] == "not_yours"
        ok(rosa.do("ballot.cast", {"activity": kinds[kind], "choices": {}, "base_rev": 1}))


def test_of_two_moves_the_later_one_holds_on_all_screens(app, meeting, phone, table):
    elena, rosa, _ids, _board = table
    julio, made = phone(), ok(elena.do("room.create", {"workshop": meeting["workshop"], "title": "Dos", "method": "foda"},
                                       seat=None))["card"]["id"]
    ok(elena.do("room.open", {"room": made}, seat=None))
    board = next(card for card in elena.catch_up(made).values() if card.get("of") == "ideas")
    for one in (rosa, julio):
        one.place = {"seats": one.place.get("seats") or one.join(meeting["code"], "Don Julio")["seats"]}
        ok(one.do("seat.enter", {"room": made}))
    first, second = (column["key"] for column in board["settings"]["columns"][:2])
    card = ok(rosa.post(board["id"], "Semillas"))["card"]["id"]
    step = {"key": "x", "minutes": 0, "opens": ["ideas"], "may": {"move": "all"}}
    running = elena.catch_up(meeting["workshop"])[made]["now"]["key"]
    ok(elena.do("steps.set", {"room": made, "steps": [step | {"key": running}], "base": cast.edition(app, made)}, seat=None))
    for one in (rosa, julio, elena):
        one.catch_up(made)
    for who, column in ((rosa, first), (julio, second), (rosa, first), (julio, second)):
        ok(who.do("contribution.move", {"activity": board["id"], "cards": [card], "place": {"column": column}}))
    assert [one.catch_up(made)[card]["place"]["column"] for one in (rosa, julio, elena)] == [second] * 3
