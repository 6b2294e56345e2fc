"""An idea that goes to another room takes along what belongs to it, and stands as it stood when it comes back."""
import secrets

from tests.actions.cards.test_arranging import ok, shown, table  # noqa: F401  (a fixture)
from tests.browser.boards import FIELDS, titled
from tests.support import cast
from workshop.domain.ids import new_id
from workshop.store.models import Activity, Room
from workshop.store.streams import numbering

COLUMNS = titled(ayer="Ayer", hoy="Hoy")
OTHER = [titled(clase="Clase")[0] | {"type": "choice", "options": titled(foto="Foto", acta="Acta"), "required": False},
         titled(para_que="Para qué")[0] | {"type": "text", "options": [], "required": True}]


def settle(app, meeting, **rooms: dict) -> list[str]:
    """Give the boards of the rooms one, two, three other settings; their ids."""
    boards = [cast.activities(app, room)["ideas"] for room in meeting["rooms"]]
    with app.extensions["house"].store.write() as session:
        numbering.lock(session, {meeting["workshop"]})
        for name, settings in rooms.items():
            board = session.get(Activity, boards[["one", "two", "three"].index(name)])
            board.settings = {"columns": []} | settings
    return boards


def test_it_stands_in_its_place_and_group_again_when_it_is_taken_back(app, meeting, table):  # noqa: F811
    elena, rosa, ids, _board = table
    one, two = meeting["rooms"][:2]
    board = settle(app, meeting, one={"columns": COLUMNS})[0]
    group = secrets.token_urlsafe(9)
    ok(elena.do("contribution.move", {"activity": board, "cards": ids, "place": {"column": "hoy"}}, seat=None))
    ok(elena.do("group.make", {"activity": board, "group": group, "name": "Semillas", "cards": ids[:2]}, seat=None))
    for _ in range(2):
        ok(elena.do("contribution.send", {"id": ids[0], "to": two}, seat=None))
        assert ids[0] not in shown(rosa, one)
        ok(elena.do("contribution.send", {"id": ids[0], "to": one}, seat=None))
        back = shown(rosa, one)[ids[0]]
        assert (back["place"], back["group"], back["number"]) == ({"column": "hoy"}, group, 1)
    ok(elena.do("contribution.send", {"id": ids[0], "to": two}, seat=None))
    ok(elena.do("group.drop", {"id": group}, seat=None))
    settle(app, meeting, one={"columns": COLUMNS[:1]})
    ok(elena.do("contribution.send", {"id": ids[0], "to": one}, seat=None))
    back = shown(rosa, one)[ids[0]]
    assert back["place"] == {"column": "ayer"} and "group" not in back, "as far as there is still such a place"


def test_what_was_put_together_with_it_goes_along_with_its_comments_and_number(app, meeting, phone, table):  # noqa: F811
    elena, rosa, ids, board = table
    one, two = meeting["rooms"][:2]
    luis, comment = phone(), secrets.token_urlsafe(9)
    luis.join(meeting["code"], "Luis", room=2)
    ok(rosa.do("contribution.add", {"activity": board, "id": comment, "body": {"text": "Sí"}, "parent": ids[1]}))
    ok(elena.do("contribution.merge", {"activity": board, "cards": ids[1:2], "into": ids[0]}, seat=None))
    ok(elena.do("contribution.send", {"id": ids[0], "to": two}, seat=None))
    there = luis.catch_up(two)
    assert [(there[key]["number"], there[key]["home"], there[key].get("into")) for key in ids[:2]] == [
        (1, 1, None), (2, 1, ids[0])]
    assert there[comment]["parent"] == ids[1] and set(shown(rosa, one)) == {ids[2]}
    ok(elena.do("contribution.send", {"id": ids[0], "to": one}, seat=None))
    assert shown(rosa, one)[ids[1]]["into"] == ids[0] and "home" not in shown(rosa, one)[ids[1]]


def test_fields_that_the_other_board_does_not_have_become_lines_of_the_text(app, meeting, phone, table):  # noqa: F811
    elena, rosa, _ids, _board = table
    one, two = meeting["rooms"][:2]
    boards = settle(app, meeting, one={"layout": "list", "fields": FIELDS}, two={"layout": "list", "fields": OTHER})
    luis, key = phone(), secrets.token_urlsafe(9)
    luis.join(meeting["code"], "Luis", room=2)
    fields = {"que_hay": "Libro de actas", "clase": "acta", "quien": "Don Julio", "fecha": "2015"}
    ok(rosa.do("contribution.add", {"activity": boards[0], "id": key, "body": {"text": "", "fields": fields}}))
    before = shown(rosa, one)[key]["body"]
    ok(elena.do("contribution.send", {"id": key, "to": two}, seat=None))
    assert shown(luis, two)[key]["body"] == {
        "text": "Libro de actas\nQuién lo guarda: Don Julio\nFecha: 2015", "fields": {"clase": "acta"}}
    ok(elena.do("contribution.send", {"id": key, "to": meeting["rooms"][2]}, seat=None))
    ok(elena.do("contribution.send", {"id": key, "to": two}, seat=None))
    ok(elena.do("contribution.send", {"id": key, "to": one}, seat=None))
    assert shown(rosa, one)[key]["body"] == before


def test_a_plain_idea_goes_to_a_board_that_asks_for_fields_and_what_was_written_there_stays(app, meeting, phone, table):  # noqa: F811
    elena, rosa, ids, _board = table
    one, two = meeting["rooms"][:2]
    settle(app, meeting, two={"layout": "list", "fields": OTHER})
    luis = phone()
    luis.join(meeting["code"], "Luis", room=2)
    ok(elena.do("contribution.send", {"id": ids[0], "to": two}, seat=None))
    card = shown(luis, two)[ids[0]]
    assert card["body"] == {"text": "Idea 0"}
    ok(elena.do("contribution.edit", {"id": ids[0], "base_rev": card["rev"],
                                     "body": {"text": "Idea 0, mejor", "fields": {"para_que": "Para todos"}}}, seat=None))
    ok(elena.do("contribution.send", {"id": ids[0], "to": one}, seat=None))
    assert shown(rosa, one)[ids[0]]["body"] == {"text": "Idea 0, mejor\nPara qué: Para todos"}


def test_a_text_that_would_be_too_long_with_its_fields_stays_where_it_is(app, meeting, table):  # noqa: F811
    elena, rosa, _ids, _board = table
    one, two = meeting["rooms"][:2]
    boards, key = settle(app, meeting, one={"layout": "list", "fields": FIELDS}), secrets.token_urlsafe(9)
    body = {"text": "a" * 4000, "fields": {"que_hay": "b" * 500, "quien": "c"}}
    ok(rosa.do("contribution.add", {"activity": boards[0], "id": key, "body": body}))
    assert elena.do("contribution.send", {"id": key, "to": two}, seat=None)["code"] == "too_long"
    assert shown(rosa, one)[key]["body"]["text"] == body["text"]


def test_a_room_without_a_board_as_a_file_may_bring_takes_no_card(app, meeting, table):  # noqa: F811
    elena, rosa, ids, _board = table
    with app.extensions["house"].store.write() as session:
        numbering.lock(session, {meeting["workshop"]})
        room = session.query(Room).filter_by(workshop_id=meeting["workshop"], kind="group").first()
        bare = Room(id=new_id(), workshop_id=room.workshop_id, stream_id=room.stream_id, number=99, kind="group",
                    title="Sin tablero", question="", steps=room.steps, step=0, next_number=1)
        session.add(bare)
        numbering.touch(session, bare, room.workshop_id)
        key = bare.id
    assert elena.do("contribution.send", {"id": ids[0], "to": key}, seat=None)["code"] == "not_here"
    assert ids[0] in shown(rosa, meeting["rooms"][0])
