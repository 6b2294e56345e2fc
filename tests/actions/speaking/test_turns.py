"""Hands go up and down, one speaks after the other, and everybody is told the same."""
import json

import pytest

from tests.support import cast
from tests.support.cast import ok
from workshop.store.models import History, Speech


@pytest.fixture
def say(meeting):
    """say(phone, verb): somebody does something in the plenary; the answer."""
    return lambda one, verb, seat=0, **payload: one.do(verb, {"workshop": meeting["workshop"], **payload}, seat)


def listed(phone, meeting) -> dict:
    """The card of the list, as a phone has it."""
    [card] = [one for one in phone.catch_up(meeting["workshop"]).values() if one["kind"] == "speaking"]
    return card


def names(phone, meeting) -> list[str]:
    """Who stands on the list, in its order."""
    order, held = listed(phone, meeting)["order"], phone.cards[meeting["workshop"]]
    return [held[one]["name"] for one, _why in order]


def test_hands_stand_in_the_order_of_the_rule_and_each_sees_the_own_place(meeting, app, person, say, do):
    a, b = cast.delegations(app, meeting)[:2]
    rosa, ana, julio = (person(name, delegation=of) for name, of in (("Rosa", a), ("Ana", a), ("Julio", b)))
    for one, of in ((rosa, a), (ana, a), (julio, b)):
        ok(say(one, "speaker.raise", delegation=of))
    assert names(ana, meeting) == ["Rosa", "Ana", "Julio"]
    ok(do("speaker.rule", rule="delegations"))
    assert names(ana, meeting) == ["Rosa", "Julio", "Ana"]
    [mine] = [one for one in ana.cards[meeting["workshop"]].values() if one.get("mine") == ana.place["seats"][0]["id"]]
    assert [one for one, _why in listed(ana, meeting)["order"]].index(mine["id"]) == 2
    assert mine["for"] == a and "seat" not in mine


def test_one_speaks_after_the_other_with_the_clock_of_their_kind(meeting, person, say, do):
    rosa, julio = person("Rosa"), person("Julio")
    ok(do("speaker.rule", minutes={"question": 2}))
    first = ok(say(rosa, "speaker.raise"))["card"]["id"]
    second = ok(say(julio, "speaker.raise", kind="question"))["card"]["id"]
    now = ok(do("speaker.next", saw=""))["card"]
    assert (now["id"], now["seconds"]) == (first, 180) and now["since"]
    now = ok(do("speaker.next", saw=first))["card"]
    assert (now["id"], now["seconds"]) == (second, 120)
    assert first not in rosa.catch_up(meeting["workshop"]), "who has spoken stands nowhere"
    ok(do("speaker.end", saw=second))
    assert listed(rosa, meeting)["order"] == [] and listed(rosa, meeting)["n"] == 2
    assert do("speaker.end")["code"] == "nobody_speaks"
    assert do("speaker.next")["code"] == "nobody_waits"


def test_two_who_press_next_at_once_call_one(meeting, person, say, do):
    rosa, julio = person("Rosa"), person("Julio")
    first = ok(say(rosa, "speaker.raise"))["card"]["id"]
    ok(say(julio, "speaker.raise"))
    ok(do("speaker.next", saw=""))
    assert do("speaker.next", saw="")["code"] == "stale"
    held = rosa.catch_up(meeting["workshop"])
    assert [one["id"] for one in held.values() if one.get("since")] == [first]


def test_a_seat_has_one_hand_and_each_seat_of_a_shared_phone_its_own(meeting, person, say):
    rosa = person("Rosa")
    ok(rosa.http.post("/api/join", headers={"X-Workshop": "1"}, json={
        "code": meeting["code"], "seats": [{"name": "Ana", "channel": "hall"}], "room": 1}).get_json())
    ok(say(rosa, "speaker.raise"))
    assert say(rosa, "speaker.raise")["code"] == "hand_is_up"
    assert [one["kind"] for one in rosa.catch_up(meeting["workshop"]).values()].count("speech") == 1


def test_the_list_has_an_end(meeting, person, say, monkeypatch):
    from workshop.actions.speaking import turns
    monkeypatch.setattr(turns, "HANDS", 1)
    ok(say(person("Rosa"), "speaker.raise"))
    answer = say(person("Julio"), "speaker.raise")
    assert (answer["code"], answer["values"]) == ("list_full", {"limit": 1})


def test_the_team_raises_a_hand_for_a_table_and_it_is_kept_who_entered_it(app, meeting, person, say, do):
    rosa, julio = person("Rosa", channel="paper"), person("Julio")
    seat = rosa.place["seats"][0]["id"]
    ok(do("speaker.close"))
    assert say(julio, "speaker.raise")["code"] == "list_closed"
    card = ok(do("speaker.raise", seat=seat, kind="order", channel="phone"))["card"]
    assert card["entered"] and card["seat"] == seat and card["channel"] == "phone"
    assert "entered" not in julio.catch_up(meeting["workshop"])[card["id"]]
    assert rosa.catch_up(meeting["workshop"])[card["id"]]["mine"] == seat, "it is Rosa's own"
    with app.extensions["house"].store.read() as session:
        assert session.get(Speech, card["id"]).entered_by == meeting["owner"]
    assert do("speaker.raise", seat="nobody")["code"] == "not_here"
    assert do("speaker.raise", seat=julio.place["seats"][0]["id"], channel="carta")["code"] == "bad_channel"
    assert do("speaker.raise", seat=julio.place["seats"][0]["id"], delegation="x")["code"] == "no_such_delegation"
    assert julio.do("speaker.raise", {"workshop": meeting["workshop"], "seat": seat})["code"] == "forbidden"


def test_a_hand_is_taken_down_by_whose_it_is_or_by_the_team(meeting, person, say, do):
    rosa, julio = person("Rosa"), person("Julio")
    hand = ok(say(rosa, "speaker.raise"))["card"]["id"]
    assert say(julio, "speaker.lower", speech=hand)["code"] == "not_your_hand"
    ok(say(rosa, "speaker.lower", speech=hand))
    assert say(rosa, "speaker.lower", speech=hand)["code"] == "no_such_hand"
    other = ok(say(rosa, "speaker.raise"))["card"]["id"]
    ok(do("speaker.lower", speech=other))
    assert listed(julio, meeting)["order"] == []


def test_who_is_moved_by_hand_stands_there_and_the_record_says_who_did_it(app, meeting, person, say, do):
    people = [person(name) for name in ("Rosa", "Julio", "Ana")]
    hands = [ok(say(one, "speaker.raise"))["card"]["id"] for one in people]
    ok(do("speaker.place", speech=hands[2], at=0))
    assert listed(people[0], meeting)["order"][0] == [hands[2], "hand"]
    ok(do("speaker.place", speech=hands[2], at=None))
    assert names(people[0], meeting) == ["Rosa", "Julio", "Ana"]
    ok(do("speaker.next", speech=hands[1], saw=""))
    with app.extensions["house"].store.read() as session:
        told = [(one.verb, one.after) for one in session.query(History).filter(History.verb.like("speaker.%"))]
    assert told == [("speaker.place", {"name": "Ana", "number": 3, "place": 1}),
                    ("speaker.place", {"name": "Ana", "number": 3, "place": None}),
                    ("speaker.next", {"name": "Julio", "number": 2, "called": True})]
    assert do("speaker.rule", minutes={"turn": 99})["code"] == "bad_minutes"


def test_where_names_are_not_shown_a_hand_is_a_number_or_what_one_says_for_it(meeting, person, say, do, privacy, elena):
    rosa, julio = person("Rosa"), person("Julio")
    privacy("anonymous")
    ok(say(rosa, "speaker.raise"))
    ok(say(julio, "speaker.raise", called=" Don  Julio "))
    ok(do("speaker.next"))
    for one in (elena, rosa):
        held = [card for card in one.catch_up(meeting["workshop"]).values() if card["kind"] == "speech"]
        assert {card["number"]: card.get("name") for card in held} == {1: None, 2: "Don Julio"}
        said = json.dumps([{name: value for name, value in card.items() if name != "mine"} for card in held])
        assert "Rosa" not in said and not any(phone.place["seats"][0]["id"] in said for phone in (rosa, julio))


def test_who_is_removed_stands_on_the_list_no_more_and_who_is_corrected_is_called_so(meeting, person, say, do):
    rosa, julio = person("Rosa"), person("Julio")
    for one in (rosa, julio):
        ok(say(one, "speaker.raise"))
    ok(do("seat.rename", seat=julio.place["seats"][0]["id"], name="Julio Quispe"))
    ok(do("seat.remove", seats=[rosa.place["seats"][0]["id"]]))
    assert names(julio, meeting) == ["Julio Quispe"]


def test_two_seats_that_are_one_person_have_one_hand(meeting, person, say, do):
    rosa, again = person("Rosa"), person("Rosa M.")
    first, second = (ok(say(one, "speaker.raise"))["card"]["id"] for one in (rosa, again))
    ok(do("seat.join", seat=again.place["seats"][0]["id"], into=rosa.place["seats"][0]["id"]))
    held = rosa.catch_up(meeting["workshop"])
    assert first in held and second not in held
