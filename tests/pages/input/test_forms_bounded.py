"""A form of nothing but signs is refused before it is taken apart; what is larger comes in parts."""
import re

import pytest
from flask import request

from tests.pages.facilitator.people import Browser, joined
from tests.pages.shell.attacks.test_guard import signed_in
from workshop.domain.limits import FRAME
from workshop.pages.input import form_parser

PLAIN = "application/x-www-form-urlencoded"


@pytest.fixture
def parsed(monkeypatch):
    """How many fields were taken apart, form by form."""
    found, plain = [], form_parser.parse_qsl

    def counting(text, **how):
        fields = plain(text, **how)
        found.append(len(fields))
        return fields
    monkeypatch.setattr(form_parser, "parse_qsl", counting)
    return found


@pytest.mark.parametrize("body", [b"a&" * 32_000, b"a&" * 383_000, b"%41" * 250_000, b"&" * 65_000])
def test_nobody_makes_the_server_take_a_giant_form_apart(app, parsed, body):
    for path in ("/", "/login", "/methods/x/edit", "/methods/from-file"):
        answer = app.test_client().post(path, data=body, content_type=PLAIN)
        assert answer.status_code in (400, 413), path
    assert sum(parsed) <= form_parser.FIELDS


def test_somebody_in_the_room_and_the_team_may_send_more_but_only_in_parts(app, meeting, parsed):
    rosa, elena = joined(app, meeting), signed_in(app)
    parsed.clear()
    for person, path in ((rosa, "r/1/photo"), (elena, "r/1/bring")):
        answer = person.http.post(f"/w/{meeting['workshop']}/{path}", data=b"a&" * FRAME, content_type=PLAIN)
        assert answer.status_code == 413, path
    assert parsed == []


def test_every_verb_is_described_once(app, monkeypatch):
    http = app.test_client()
    first = http.get("/api/verbs")
    monkeypatch.setattr("pydantic.BaseModel.model_json_schema", lambda *_: 1 / 0)
    assert http.get("/api/verbs").data == first.data and len(first.get_json()["verbs"]) > 30


INVISIBLE = "\u200b\u3164\u2800"


def test_what_nobody_sees_comes_back_as_nothing(app, meeting):
    stranger, elena, rosa = Browser(app), signed_in(app), joined(app, meeting, "Rosa Mamani")
    stranger.open(f"/j/{meeting['code']}?r=1")
    delegation = re.search(r'name="delegation" value="([^"]+)"', stranger.page)[1]
    stranger.send(f"/j/{meeting['code']}", name=INVISIBLE, delegation=delegation, channel="hall")
    assert stranger.said and re.search(r'<input id="name"[^>]* value=""', stranger.page)
    elena.open(f"/w/{meeting['workshop']}/team")
    elena.send(f"/w/{meeting['workshop']}/team", "sheet", name=INVISIBLE, email="x", role="nothing")
    assert elena.said and re.search(r'<input id="name"[^>]* value=""', elena.page) and 'value="x"' in elena.page
    rosa.open(f"/w/{meeting['workshop']}/r/1")
    rosa.send(f"/w/{meeting['workshop']}/r/1/say", 'id="composer"', text=INVISIBLE)
    assert rosa.said and not any(sign in rosa.page for sign in INVISIBLE)


def test_of_a_password_every_sign_counts(app):
    typed = {"password": INVISIBLE, "old": " ", "name": INVISIBLE, "x": ["a", " "]}
    with app.test_request_context("/", method="POST", data=typed):
        assert request.form.to_dict(flat=False) == {"password": [INVISIBLE], "old": [" "], "name": [""], "x": ["a", ""]}
