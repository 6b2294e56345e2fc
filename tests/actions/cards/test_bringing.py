"""Many ideas brought in at once."""
import secrets

import pytest

from tests.support.cast import Phone, activities, to_step
from workshop.actions.accounts import team
from workshop.actions.people import sessions
from workshop.actions.rooms import workshops
from workshop.domain.limits import CARDS_BROUGHT, CARDS_PER_ROOM
from workshop.store.models import Account, Contribution, History, Room, Workshop


def items(*texts: str) -> list[dict]:
    """Cards to bring."""
    return [{"id": secrets.token_urlsafe(9), "body": {"text": text}} for text in texts]


@pytest.fixture
def board(app, meeting):
    return activities(app, meeting["rooms"][0])["ideas"]


def ideas(phone, meeting) -> list[tuple[int, str]]:
    """What a phone sees on the board of the first room, by number."""
    seen = phone.catch_up(meeting["rooms"][0]).values()
    return sorted((card["number"], card["body"]["text"]) for card in seen if card["kind"] == "idea")


def rapporteur(app, meeting, room: str) -> Phone:
    """A laptop on which the rapporteur of a room is signed in."""
    house = app.extensions["house"]
    with house.store.write() as session:
        account = workshops.create_account(session, house.clock(), "nelida@example.org", "Nélida", "")
        team.grant(session, house.clock(), session.get(Workshop, meeting["workshop"]), account, "rapporteur", room)
        cookie = sessions.sign_in(session, house.clock(), None, session.get(Account, account.id))
    laptop = Phone(app.test_client())
    laptop.http.set_cookie("tinkuy", cookie)
    return laptop


def test_they_are_numbered_in_their_order_after_what_is_there_and_everybody_sees_them(meeting, phone, board, elena):
    rosa = phone()
    rosa.join(meeting["code"], "Rosa")
    assert rosa.post(board, "La primera")["ok"]
    answer = elena.do("contribution.bring", {"activity": board, "items": items("Agua", "Luz", "Camino")}, seat=None)
    assert (answer["card"]["number"], answer["card"]["body"]["text"], answer["card"]["staff"]) == (4, "Camino", True)
    assert rosa.post(board, "La quinta")["card"]["number"] == 5
    assert ideas(rosa, meeting) == [(1, "La primera"), (2, "Agua"), (3, "Luz"), (4, "Camino"), (5, "La quinta")]


def test_bringing_the_same_again_changes_nothing_and_a_part_of_it_only_adds_the_rest(app, meeting, board, elena):
    first = items("Agua", "Luz")
    bring = lambda these: elena.do("contribution.bring", {"activity": board, "items": these}, seat=None)  # noqa: E731
    assert bring(first)["ok"]
    assert bring(first)["card"]["number"] == 2
    assert bring([*first, *items("Camino")])["card"]["number"] == 3
    twice = items("Riego")
    assert bring(twice + twice)["ok"]
    assert ideas(elena, meeting) == [(1, "Agua"), (2, "Luz"), (3, "Camino"), (4, "Riego")]
    with app.extensions["house"].store.read() as session:
        assert session.query(History).filter_by(verb="contribution.bring", account_id=meeting["owner"]).count() == 4


def test_one_that_is_refused_keeps_all_of_them_out_and_is_named(app, meeting, board, elena):
    wrong = [("empty", {"text": "  "}), ("too_long", {"text": "x" * 4001}), ("empty", {})]
    for code, body in wrong:
        bad = {"id": secrets.token_urlsafe(9), "body": body}
        answer = elena.do("contribution.bring", {"activity": board, "items": [*items("Agua"), bad, *items("Luz")]}, None)
        assert (answer["code"], answer["values"]["item"]) == (code, bad["id"])
    bad = items("Agua")[0] | {"place": {"column": "c9"}}
    assert elena.do("contribution.bring", {"activity": board, "items": [bad]}, seat=None)["code"] == "no_such_column"
    assert ideas(elena, meeting) == []
    with app.extensions["house"].store.read() as session:
        assert session.get(Room, meeting["rooms"][0]).next_number == 1
        assert session.query(Contribution).count() == 0
        assert session.query(History).filter_by(verb="contribution.bring").count() == 0


def test_an_id_that_is_somebody_elses_is_refused(app, meeting, phone, board, elena):
    rosa = phone()
    rosa.join(meeting["code"], "Rosa")
    hers = rosa.post(board, "De Rosa")["card"]["id"]
    stolen = {"id": hers, "body": {"text": "x"}}
    answer = elena.do("contribution.bring", {"activity": board, "items": [*items("x"), stolen]}, None)
    assert (answer["code"], answer["values"]) == ("id_reused", {"item": hers})
    one, other = items("uno", "dos")
    answer = elena.do("contribution.bring", {"activity": board, "items": [one, other | {"id": one["id"]}]}, None)
    assert answer["code"] == "id_reused"
    elsewhere = activities(app, meeting["rooms"][1])["ideas"]
    assert elena.do("contribution.bring", {"activity": board, "items": [one]}, None)["ok"]
    assert elena.do("contribution.bring", {"activity": elsewhere, "items": [one]}, None)["code"] == "id_reused"
    assert ideas(rosa, meeting) == [(1, "De Rosa"), (2, "uno")]


def test_only_staff_of_the_room_brings_and_no_step_stands_in_the_way_until_it_is_closed(app, meeting, phone, board, elena):
    rosa, nelida = phone(), rapporteur(app, meeting, meeting["rooms"][0])
    rosa.join(meeting["code"], "Rosa")
    assert rosa.do("contribution.bring", {"activity": board, "items": items("x")})["code"] == "forbidden"
    to_step(app, meeting["rooms"][0], 2)
    assert nelida.do("contribution.bring", {"activity": board, "items": items("Agua")}, None)["ok"]
    elsewhere = activities(app, meeting["rooms"][1])
    assert nelida.do("contribution.bring", {"activity": elsewhere["ideas"], "items": items("x")}, None)["code"] == "not_here"
    votes = {"activity": elsewhere["dots"], "items": items("x")}
    assert elena.do("contribution.bring", votes, None)["code"] == "not_for_this"
    assert elena.do("room.close", {"room": meeting["rooms"][0]}, None)["ok"]
    assert elena.do("contribution.bring", {"activity": board, "items": items("x")}, None)["code"] == "room_closed"
    assert ideas(rosa, meeting) == [(1, "Agua")]


def test_a_hundred_at_once_and_no_more_than_the_board_holds(app, meeting, board, elena):
    hundred = items(*(f"idea {n}" for n in range(CARDS_BROUGHT)))
    assert elena.do("contribution.bring", {"activity": board, "items": hundred}, None)["card"]["number"] == CARDS_BROUGHT
    more = items(*(f"otra {n}" for n in range(CARDS_BROUGHT + 1)))
    assert elena.do("contribution.bring", {"activity": board, "items": more}, None)["code"] == "bad_payload"
    assert elena.do("contribution.bring", {"activity": board, "items": []}, None)["code"] == "bad_payload"
    with app.extensions["house"].store.write() as session:
        session.get(Room, meeting["rooms"][0]).next_number = CARDS_PER_ROOM
    assert elena.do("contribution.bring", {"activity": board, "items": items("a", "b")}, None)["code"] == "room_full"
    assert elena.do("contribution.bring", {"activity": board, "items": items("a")}, None)["card"]["number"] == CARDS_PER_ROOM
    assert elena.do("contribution.bring", {"activity": board, "items": items("c")}, None)["code"] == "room_full"
