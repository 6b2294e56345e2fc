"""Questions to all: asked, wanted by others, let out, answered; and nobody is told who asked without their name."""
import json

import pytest

from tests.support.cast import ok
from workshop.exports import everything


@pytest.fixture
def say(meeting):
    """say(phone, verb): somebody does something in the plenary; the answer."""
    return lambda one, verb, seat=0, **payload: one.do(verb, {"workshop": meeting["workshop"], **payload}, seat)


def asked(phone, meeting) -> list[dict]:
    """The questions, as a phone has them."""
    return [one for one in phone.catch_up(meeting["workshop"]).values() if one["kind"] == "question"]


def test_a_question_is_asked_wanted_and_answered(meeting, person, say, do):
    rosa, julio = person("Rosa"), person("Julio")
    card = ok(say(rosa, "question.ask", text=" ¿Quién paga\nel agua? "))["card"]
    assert (card["name"], card["text"], card["number"]) == ("Rosa", "¿Quién paga\nel agua?", 1)
    for _twice in range(2):
        ok(say(julio, "question.support", question=card["id"]))
    assert asked(rosa, meeting)[0]["supports"] == 1
    assert asked(rosa, meeting)[0]["mine"] and "mine" not in asked(julio, meeting)[0]
    ok(say(julio, "question.support", question=card["id"], on=False))
    assert asked(rosa, meeting)[0]["supports"] == 0
    ok(do("question.answer", question=card["id"]))
    assert asked(rosa, meeting)[0]["answered"]
    assert say(julio, "question.support", question=card["id"])["code"] == "no_such_question"
    ok(do("question.answer", question=card["id"], on=False))
    assert say(julio, "question.drop", question=card["id"])["code"] == "not_yours"
    ok(say(rosa, "question.drop", question=card["id"]))
    assert asked(julio, meeting) == []


def test_what_waits_is_seen_by_the_team_and_by_who_asked(meeting, person, say, do, elena):
    rosa, julio = person("Rosa"), person("Julio")
    ok(do("question.rule", queue=True))
    card = ok(say(rosa, "question.ask", text="¿Y la semilla?"))["card"]
    assert card["waits"] and asked(rosa, meeting)[0]["waits"] and asked(elena, meeting)[0]["waits"]
    assert asked(julio, meeting) == []
    assert card["id"] not in json.dumps(julio.http.get("/api/changes", query_string={
        "stream": meeting["workshop"], "epoch": julio.cursor[meeting["workshop"]][0], "since": 1}).get_json())
    assert say(julio, "question.support", question=card["id"])["code"] == "no_such_question"
    ok(do("question.let_out", questions=[card["id"]]))
    assert "waits" not in asked(julio, meeting)[0]


def test_who_asks_without_a_name_is_told_nowhere(app, meeting, person, say, do, elena):
    rosa, julio = person("Rosa"), person("Julio")
    assert say(rosa, "question.ask", text="¿Quién decide?", nameless=True)["code"] == "not_nameless"
    ok(do("question.rule", nameless=True))
    ok(say(rosa, "question.ask", text="¿Quién decide?", nameless=True))
    seat = rosa.place["seats"][0]["id"]
    for one in (julio, elena):
        [card] = asked(one, meeting)
        assert not {"name", "delegation", "channel", "seat", "mine"} & card.keys()
    assert asked(rosa, meeting)[0]["mine"] == seat
    with app.extensions["house"].store.read() as session:
        tables = everything.everything(session, meeting["workshop"])["tables"]
    assert seat not in {row["seat_id"] for row in tables["question"]}
    assert not [row for row in tables["history"] if row["verb"].startswith("question.ask")]


def test_a_seat_asks_so_many_at_once_and_nothing_that_cannot_be_seen(meeting, person, say, do, monkeypatch):
    from workshop.actions.speaking import questions
    monkeypatch.setattr(questions, "QUESTIONS_OF_SEAT", 1)
    rosa = person("Rosa")
    assert say(rosa, "question.ask", text="\u200b")["code"] == "empty"
    assert say(rosa, "question.ask", text="x" * 601)["code"] == "too_long"
    ok(say(rosa, "question.ask", text="una"))
    assert say(rosa, "question.ask", text="dos")["code"] == "too_many_questions"
    ok(do("question.rule", open=False))
    assert say(person("Julio"), "question.ask", text="tres")["code"] == "questions_closed"
    ok(do("question.ask", text="de la mesa", seat=person("Ana").place["seats"][0]["id"]))


def test_what_two_seats_of_one_person_want_counts_once(meeting, person, say, do):
    rosa, again, julio = person("Rosa"), person("Rosa M."), person("Julio")
    card = ok(say(julio, "question.ask", text="¿Cuándo?"))["card"]["id"]
    for one in (rosa, again):
        ok(say(one, "question.support", question=card))
    ok(do("seat.join", seat=again.place["seats"][0]["id"], into=rosa.place["seats"][0]["id"]))
    assert asked(julio, meeting)[0]["supports"] == 1
