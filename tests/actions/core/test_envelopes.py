"""What arrives in the wrong form, at the wrong place or from the wrong hands."""
import secrets

import pytest

from tests.support.cast import activities, to_step
from workshop.actions.rooms import building, workshops
from workshop.store.models import Activity, Contribution, LateTray, Room, Stream


@pytest.fixture
def rosa(meeting, phone):
    rosa = phone()
    rosa.join(meeting["code"], "Rosa")
    return rosa


def seqs(app) -> dict:
    """What every stream has reached."""
    with app.extensions["house"].store.read() as session:
        return {stream.id: stream.seq for stream in session.query(Stream)}


@pytest.mark.parametrize(("text", "code"), [
    ("", "empty"), (" \n\t ", "empty"), ("\x00\x07", "empty"), ("ñ" * 4001, "too_long")])
def test_an_idea_without_text_or_with_too_much_is_refused_and_changes_nothing(app, meeting, rosa, text, code):
    before = seqs(app)
    assert rosa.post(activities(app, meeting["rooms"][0])["ideas"], text)["code"] == code
    assert seqs(app) == before


def test_control_characters_and_broken_letters_leave_the_idea(app, meeting, rosa):
    board = activities(app, meeting["rooms"][0])["ideas"]
    kept = rosa.post(board, "Agua\x00 \x1bpara\r\nel\x7f riego \ud83d")["card"]["body"]["text"]
    assert kept == "Agua para\nel riego \ufffd"
    assert rosa.post(board, "n\u0303andu\u0301 👩🏽‍🌾")["card"]["body"]["text"] == "ñandú 👩🏽‍🌾"


def test_an_unknown_verb_is_named_and_the_line_goes_on(app, meeting, rosa):
    assert rosa.do("idea.steal", {})["code"] == "unknown_verb"
    assert rosa.post(activities(app, meeting["rooms"][0])["ideas"], "Sigo")["ok"]


@pytest.mark.parametrize("change", [
    {"activity": None}, {"activity": 7}, {"activity": "x" * 41}, {"id": "a b"}, {"id": "../../etc"}, {"body": "text"},
    {"body": None}, {"place": []}, {"extra": 1}, {"parent": ["x"]}, {"activity": "with\x00nul"}])
def test_a_payload_of_another_shape_is_refused_and_the_line_goes_on(app, meeting, rosa, change):
    board = activities(app, meeting["rooms"][0])["ideas"]
    payload = {"activity": board, "id": secrets.token_urlsafe(9), "body": {"text": "x"}} | change
    assert rosa.do("contribution.add", payload)["code"] == "bad_payload"
    assert rosa.post(board, "Sigo")["ok"]


@pytest.mark.parametrize("change", [
    {"n": 0}, {"n": "1"}, {"n": True}, {"n": 2**31}, {"client": "short"}, {"client": "a" * 41}, {"client": "ñ" * 20},
    {"payload": None}, {"payload": []}, {"seat": 5}, {"age_ms": "x"}, {"age_ms": float("nan")}, {"more": 1}, {"verb": None},
    {"payload": {"activity": float("inf")}}, {"payload": {"a": [[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]}}])
def test_an_envelope_of_another_shape_is_refused_without_using_up_its_number(app, meeting, rosa, change):
    right = {"client": rosa.client, "n": 1, "verb": "hand.raise", "payload": {"room": meeting["rooms"][0]},
             "seat": rosa.place["seats"][0]["id"]}
    answer = rosa.http.post("/api/do", headers={"X-Workshop": "1"}, json=right | change).get_json()
    assert (answer["ok"], answer["code"]) == (False, "bad_envelope")
    assert rosa.http.post("/api/do", headers={"X-Workshop": "1"}, json=right).get_json()["ok"]


@pytest.mark.parametrize("text", ["", "null", "[]", "{", "[" * 60_000, "\xff"])
def test_what_is_no_envelope_at_all_is_answered(meeting, rosa, text):
    answer = rosa.http.post("/api/do", headers={"X-Workshop": "1", "Content-Type": "application/json"},
                            data=text.encode("latin-1"))
    assert (answer.status_code, answer.get_json()["code"]) == (200, "bad_envelope")


def test_the_activity_of_another_room_or_of_another_workshop_does_not_exist_for_me(app, meeting, rosa):
    before = seqs(app)
    with app.extensions["house"].store.write() as session:
        other = workshops.create_workshop(session, app.extensions["house"].clock(), None, "Otro encuentro")
        building.build_room(session, other, "Otra sala")
        elsewhere = other.id
        foreign = session.query(Activity).join(Room, Room.id == Activity.room_id).filter(
            Room.workshop_id == elsewhere, Activity.kind == "ideas").one().id
    unknown = rosa.post("no-such-activity", "x")
    for board in (activities(app, meeting["rooms"][1])["ideas"], foreign):
        answer = rosa.post(board, "x")
        assert answer["ok"] is False and answer["code"] in ("not_here", "not_your_seat")
    assert unknown["code"] == "not_here"
    assert {stream: seq for stream, seq in seqs(app).items() if stream in before} == before


def test_nobody_acts_from_the_seat_of_another_device(app, meeting, rosa, phone):
    julio = phone()
    julio.join(meeting["code"], "Don Julio")
    board = activities(app, meeting["rooms"][0])["ideas"]
    payload = {"activity": board, "id": secrets.token_urlsafe(9), "body": {"text": "x"}}
    answer = rosa.do("contribution.add", payload, seat=julio.place["seats"][0]["id"])
    assert answer["code"] == "not_your_seat"


def test_a_client_id_belongs_to_the_device_that_used_it_first(app, meeting, rosa, phone):
    board = activities(app, meeting["rooms"][0])["ideas"]
    first = rosa.post(board, "De Rosa")
    thief = phone()
    thief.join(meeting["code"], "Mallory")
    thief.client = rosa.client
    payload = {"activity": board, "id": first["card"]["id"], "body": {"text": "De Rosa"}}
    for n in (1, 2):
        answer = thief.do("contribution.add", payload, n=n)
        assert answer == {"n": n, "ok": False, "code": "id_reused", "values": {}}
    assert rosa.post(board, "Otra de Rosa")["card"]["number"] == 2


def test_two_tabs_of_one_person_do_not_get_into_each_others_way(app, meeting, rosa):
    board, other = activities(app, meeting["rooms"][0])["ideas"], rosa.tab()
    answers = [tab.post(board, text) for tab, text in ((rosa, "a"), (other, "b"), (other, "c"), (rosa, "d"))]
    assert [a["n"] for a in answers] == [1, 1, 2, 2]
    assert [a["card"]["number"] for a in answers] == [1, 2, 3, 4]
    assert [c["mine"] for c in other.catch_up(meeting["rooms"][0]).values() if c["kind"] == "idea"] == [
        rosa.place["seats"][0]["id"]] * 4


def test_two_tabs_that_vote_have_one_ballot_and_the_older_view_is_told(app, meeting, rosa):
    ids, other = activities(app, meeting["rooms"][0]), rosa.tab()
    cards = [rosa.post(ids["ideas"], f"Idea {i}")["card"]["id"] for i in range(2)]
    to_step(app, meeting["rooms"][0], 1)
    ballot = {"activity": ids["dots"], "choices": {cards[0]: 3}, "base_rev": 0}
    assert rosa.do("ballot.cast", ballot)["rev"] == 1
    stale = other.do("ballot.cast", ballot | {"choices": {cards[1]: 3}})
    assert (stale["code"], stale["values"]) == ("stale_ballot", {"rev": 1, "choices": {cards[0]: 3}})
    assert other.do("ballot.cast", ballot | {"choices": {cards[1]: 3}, "base_rev": 1})["rev"] == 2
    assert rosa.catch_up(meeting["rooms"][0])[ids["dots"]]["tally"]["items"][cards[1]]["points"] == 3


def test_a_vote_that_comes_late_is_refused_and_not_kept(app, meeting, rosa):
    ids = activities(app, meeting["rooms"][0])
    card = rosa.post(ids["ideas"], "Semilla")["card"]["id"]
    ballot = {"activity": ids["dots"], "choices": {card: 1}, "base_rev": 0}
    early = rosa.do("ballot.cast", ballot)
    to_step(app, meeting["rooms"][0], 2)
    late = rosa.do("ballot.cast", ballot)
    assert early["code"] == late["code"] == "step_closed" and "tray" not in late
    with app.extensions["house"].store.read() as session:
        assert session.query(LateTray).count() == 0


def test_the_id_of_a_card_that_exists_cannot_be_taken_again(app, meeting, rosa, phone):
    julio = phone()
    julio.join(meeting["code"], "Don Julio")
    board = activities(app, meeting["rooms"][0])["ideas"]
    card = rosa.post(board, "De Rosa")["card"]["id"]
    assert julio.do("contribution.add", {"activity": board, "id": card, "body": {"text": "De Julio"}})["code"] == "id_reused"
    with app.extensions["house"].store.read() as session:
        assert session.get(Contribution, card).body == {"text": "De Rosa"}
