"""Ballots that no page of ours would send: each is refused with a word, and the former ballot stands."""
import json

import pytest
from sqlalchemy import select

from tests.support.cast import activities, facilitator, ok
from workshop.domain.kinds import kinds
from workshop.store.models import Ballot
from workshop.words.refusals import SENTENCES

KINDS = sorted(name for name, kind in kinds().items() if kind.votes)
DEEP = "[" * 20_000 + "]" * 20_000
# What is given to a thing that may be chosen, as it travels.
GIVEN = {
    "NaN": "NaN", "infinity": "Infinity", "1e309": "1e309", "-1e309": "-1e309", "huge": "9" * 400, "2**63": str(2**63),
    "-2**63": str(-2**63), "-2": "-2", "half": "1.5", "true": "true", "null": "null", "object": "{}",
    "words": '"' + "x" * 30_000 + '"', "NUL": r'"\u0000"', "half a letter": r'"\ud800"', "lists": "[[1]]",
    "pair of NaN": "[NaN, 1]",
    "pair of 1e309": "[1e309, 1]", "pair of true": "[true, true]", "a long list": json.dumps([1] * 5000), "deep": DEEP,
    "deep object": '{"a":' * 5000 + "1" + "}" * 5000, "proto": '{"__proto__": {"x": 1}}',
    "key of an option": '"__proto__"'}
# What is chosen instead of what may be; %s is a value that would do.
KEYS = {"proto": '{"__proto__": %s}', "constructor": '{"constructor": %s}', "toString": '{"toString": %s}',
        "empty": '{"": %s}',
        "NUL": r'{"\u0000": %s}', "half a letter": r'{"\ud800": %s}', "spaces": '{" ": %s}',
        "a path": '{"../../secret": %s}',
        "sql": """{"' OR 1=1 --": %s}""", "sealed": '{"": "c2VhbGVk"}', "long": '{"' + "k" * 20_000 + '": %s}'}
WHOLE = {"list": "[]", "text": '"{}"', "null": "null", "number": "1", "deep": '{"a":' * 20_000 + "1" + "}" * 20_000}


@pytest.fixture
def stage(app, meeting, phone):
    """(Rosa, who votes; a function that opens a vote of a kind; a card)."""
    lead, rosa = facilitator(app, meeting), phone()
    rosa.join(meeting["code"], "Rosa")
    room = meeting["rooms"][0]
    card = ok(rosa.post(activities(app, room)["ideas"], "Semilla propia"))["card"]["id"]

    def begin(kind):
        if not kinds()[kind].decides:
            return activities(app, room)[kind]
        settings = kinds()[kind].settings | {"reveal": "close"}
        if kinds()[kind].options and kinds()[kind].options.costs:
            settings |= {"total": 9, "options": [{"key": key, "title": key, "cost": 1} for key in ("a", "b")]}
        return ok(lead.do("vote.open", {"room": room, "kind": kind, "title": "?", "settings": settings}, None))["card"]["id"]
    return rosa, begin, card


def raw(one, text, **more):
    """The answer to a ballot whose `choices` travel as this text."""
    one.n += 1
    asked = {"client": one.client, "n": one.n, "verb": "ballot.cast", "seat": one.place["seats"][0]["id"],
            "payload": {"choices": "CHOICES"} | more}
    body = json.dumps(asked).replace('"CHOICES"', text)
    answer = one.http.post("/api/do", headers={"X-Workshop": "1"}, data=body, content_type="application/json")
    assert answer.status_code < 500, (answer.status_code, text[:80])
    said = answer.get_json(silent=True) or {"ok": False, "code": "bad_envelope"}
    one.n -= said.get("code") == "bad_envelope" or "n" not in said  # it was none: the number is free
    return said


def held(app, vote):
    with app.extensions["house"].store.read() as session:
        return [(one.choices, one.rev) for one in session.scalars(select(Ballot).where(Ballot.activity_id == vote))]


@pytest.mark.parametrize("kind", KINDS)
def test_whatever_a_ballot_holds_it_is_answered_and_the_former_one_stands(app, stage, kind):
    rosa, begin, card = stage
    vote = begin(kind)
    good = {card if key == "*" else key: value for key, value in kinds()[kind].sample["ballot.cast"]["choices"].items()}
    good = good or {"a": 1}
    [(key, value)] = good.items()
    more = {"activity": vote, "base_rev": 1}
    assert raw(rosa, json.dumps(good), activity=vote, base_rev=0)["rev"] == 1
    stands = held(app, vote)
    tried = {f"value {name}": json.dumps({key: "V"}).replace('"V"', text) for name, text in GIVEN.items()}
    tried |= {f"key {name}": text.replace("%s", json.dumps(value)) for name, text in KEYS.items()}
    tried |= {f"whole {name}": text for name, text in WHOLE.items()}
    tried["many keys"] = json.dumps({f"k{i}": value for i in range(100_000)})
    tried["many of one"] = "{" + f"{json.dumps(key)}: {json.dumps(value)}, " + '"nobody": ' + json.dumps(value) + "}"
    for name, text in tried.items():
        answer = raw(rosa, text, **more)
        assert answer.get("code") != "our_fault" and not answer.get("ok"), (name, answer)
        assert answer.get("code") in SENTENCES, (name, answer)
        assert held(app, vote) == stands, name
    assert raw(rosa, json.dumps(good), **more)["rev"] == 2, "the outbox goes on"


@pytest.mark.parametrize("base_rev", ["NaN", "1e309", "-1", "2147483648", "true", "1.0", "null", '"0"', "9" * 400])
def test_a_revision_that_makes_no_sense_changes_nothing(app, stage, base_rev):
    rosa, begin, card = stage
    vote = begin("dots")
    answer = raw(rosa, json.dumps({card: 1}) + f', "base_rev": {base_rev}', activity=vote)
    assert not answer.get("ok") and answer["code"] in ("bad_payload", "bad_envelope"), answer
    assert held(app, vote) == []


SETTINGS = {
    "rules a text": '{"rules": "secret"}', "rules a list": '{"rules": ["secret"]}', "rules a number": '{"rules": 1}',
    "named a list": '{"rules": {"named": ["secret"]}}', "secret and nonsense":
    '{"rules": {"named": "secret", "weights": "x", "mandates": 7, "one_per": {}}}', "secret, reveal a list":
    '{"rules": {"named": "secret"}, "reveal": ["close"]}', "NUL": r'{"rules": {"named": "\u0000"}}', "NUL in a key":
    r'{"rules": {"\u0000": 1}}', "half a letter": r'{"title": "\ud800"}', "half a letter in rules":
    r'{"rules": {"weights_for": "\ud800"}}', "deep": '{"rules": ' + '{"a":' * 300 + "1" + "}" * 301, "proto":
    '{"__proto__": {"reveal": "live"}}', "budget of a list": '{"budget_of": []}',
    "budget huge": '{"budget": ' + "9" * 300 + "}",
    "budget half": '{"budget": 2.5}', "budget true": '{"budget": true}', "per item below": '{"per_item": -1}', "NaN":
    '{"budget": NaN}', "1e309": '{"budget": 1e309}', "options": '{"options": [{"key": "a"}]}', "source": '{"source": 5}',
    "per": '{"per": "seat"}', "always": '{"always": 1}', "many": json.dumps({f"k{i}": i for i in range(50_000)})}


@pytest.mark.parametrize("named", SETTINGS)
def test_whatever_a_vote_is_opened_with_it_is_answered_and_every_page_is_drawn(app, meeting, stage, named):
    rosa, _begin, card = stage
    lead, room = facilitator(app, meeting), meeting["rooms"][0]
    body = json.dumps({"client": lead.client, "n": 1, "verb": "vote.open", "seat": None, "payload": {
        "room": room, "kind": "dots", "title": "?", "settings": "SETTINGS"}}).replace('"SETTINGS"', SETTINGS[named])
    answer = lead.http.post("/api/do", headers={"X-Workshop": "1"}, data=body, content_type="application/json")
    assert answer.status_code < 500
    said = answer.get_json(silent=True) or {"code": "bad_envelope"}
    assert said.get("ok") or (said["code"] in SENTENCES and said["code"] != "our_fault"), said
    if said.get("ok"):
        mine = {"activity": said["card"]["id"], "choices": {card: 1}, "base_rev": 0}
        cast = rosa.do("ballot.cast", mine)
        assert cast.get("ok") or cast["code"] != "our_fault", cast
        assert ok(lead.do("vote.close", {"activity": mine["activity"]}, None, n=2))
    for one, page in ((rosa, "r/1?all=1"), (lead, "desk"), (lead, "report"), (lead, "r/1/scribe")):
        assert one.http.get(f"/w/{meeting['workshop']}/{page}").status_code == 200, page


def test_nobody_casts_for_another_nor_from_outside(app, meeting, stage, phone):
    rosa, begin, card = stage
    vote = begin("dots")
    luis, stranger, wall = phone(), phone(), phone()
    luis.join(meeting["code"], "Luis")
    mine = {"activity": vote, "choices": {card: 1}, "base_rev": 0}
    seat = rosa.place["seats"][0]["id"]
    assert not luis.do("ballot.cast", mine, seat).get("ok")
    assert stranger.do("ballot.cast", mine, seat)["code"] == "who_are_you"
    wall.http.get(f"/s/{meeting['screen']}")
    assert wall.do("ballot.cast", mine, seat)["code"] == "who_are_you"
    lead = facilitator(app, meeting)
    for whose in (None, seat, "", "nobody"):
        assert not lead.do("ballot.cast", mine, whose).get("ok"), "the team has no seat, and none of anybody's"
    assert held(app, vote) == []
    assert lead.do("seat.remove", {"workshop": meeting["workshop"], "seats": [seat]}, None)["ok"]
    assert not rosa.do("ballot.cast", mine).get("ok")
    assert held(app, vote) == []


def test_who_is_in_another_room_or_workshop_does_not_find_the_vote(app, meeting, stage, phone):
    _rosa, begin, card = stage
    vote = begin("dots")
    away = phone()
    away.join(meeting["code"], "Ana", room=2)
    assert not away.do("ballot.cast", {"activity": vote, "choices": {card: 1}, "base_rev": 0}).get("ok")
    assert held(app, vote) == []
