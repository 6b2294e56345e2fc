"""A program does with a token what a page can, as its account, and no more than both may."""
import secrets

import pytest

from tests.pages.programs.program import NAME, Program, rows, token_of
from tests.support import cast
from tests.support.everybody import photo
from workshop.exports import FORMATS
from workshop.store.identity import hashed
from workshop.store.models import History, Workshop


@pytest.fixture
def board(app, meeting) -> str:
    return cast.activities(app, meeting["rooms"][0])["ideas"]


@pytest.fixture
def program(app, meeting) -> Program:
    """Elena's, a facilitator."""
    return Program(app, token_of(app, meeting["owner"], meeting["workshop"], "facilitator"))


def test_it_learns_who_it_is_reads_writes_leads_and_takes_the_report_away(app, meeting, program, board):
    me = program.get("/api/me").get_json()
    assert me["program"] == {"name": NAME, "workshop": meeting["workshop"], "until": None,
                             "roles": [{"role": "facilitator", "room": None}]}
    frame = program.get("/api/changes", query_string={"stream": meeting["workshop"]}).get_json()
    streams = [card["stream"] for card in frame["cards"] if card["kind"] == "room" and card["of"] == "group"]
    assert sorted(streams) == sorted(meeting["rooms"])
    assert cast.ok(program.idea(board))["card"]["staff"] is True
    assert cast.ok(program.do("room.pause", {"room": meeting["rooms"][0]}))
    brought = program.do("contribution.bring", {"activity": board, "items": [
        {"id": secrets.token_urlsafe(9), "body": {"text": text}} for text in ("quinua", "papa")]})
    assert cast.ok(brought)
    seen = program.get("/api/changes", query_string={"stream": meeting["rooms"][0]}).get_json()
    assert {"del registro", "quinua", "papa"} == {card["body"]["text"] for card in seen["cards"] if card["kind"] == "idea"}
    assert program.get(f"/w/{meeting['workshop']}/progress").get_json()["ok"]
    for form, mimetype in FORMATS.items():
        answer = program.get(f"/w/{meeting['workshop']}/report.{form}")
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, mimetype), form
        assert program.token.encode() not in answer.data and hashed(program.token).encode() not in answer.data, form
        assert "Set-Cookie" not in answer.headers


def test_it_sends_a_photo_and_gets_it_back(app, meeting, program, board):
    card = cast.ok(program.idea(board))["card"]["id"]
    said = {"X-Attachment": secrets.token_urlsafe(12), "X-Card": card, "X-Kind": "photo"}
    sent = program.http.post("/api/attach", data=photo(), headers=program.headers | said).get_json()
    assert cast.ok(sent)["card"]["files"]
    assert program.get(f"/media/{sent['id']}").data[:2] == b"\xff\xd8"
    [kept] = [one for one in rows(app, History) if one.verb == "attachment.add"]
    assert (kept.account_id, kept.program) == (meeting["owner"], NAME)


def test_the_record_names_it_beside_its_account(app, meeting, program, board):
    cast.ok(program.idea(board))
    cast.ok(program.do("room.close", {"room": meeting["rooms"][0]}))
    program.get(f"/w/{meeting['workshop']}/report.md")
    elena = cast.facilitator(app, meeting)
    told = elena.http.get(f"/w/{meeting['workshop']}/history", headers={"Accept-Language": "es"}).get_data(as_text=True)
    assert told.count(f"Elena Quispe · {NAME}") >= 2, "closing, and the download"
    assert f"creó un token para el programa {NAME}" in told
    of_room = elena.http.get(f"/w/{meeting['workshop']}/r/1/history").get_data(as_text=True)
    assert f"◆ Elena Quispe · {NAME}" in of_room
    elena.do("room.open", {"room": meeting["rooms"][0]}, None)
    assert [(one.verb, one.program) for one in rows(app, History) if one.verb.startswith("room.")] == [
        ("room.close", NAME), ("room.open", None)]


def test_where_nobody_is_to_see_who_wrote_no_file_tells_of_the_program(app, meeting, program, board):
    cast.ok(program.idea(board))
    path = f"/w/{meeting['workshop']}/report.json"
    written = [one for one in program.get(path).get_json()["tables"]["history"] if one["verb"] == "contribution.add"]
    assert [one["program"] for one in written] == [NAME]
    with app.extensions["house"].store.write() as session:
        session.get(Workshop, meeting["workshop"]).privacy = "anonymous"
    written = [one for one in program.get(path).get_json()["tables"]["history"] if one["verb"] == "contribution.add"]
    assert [one["program"] for one in written] == [None]


def test_each_token_has_a_rate_of_its_own(tmp_path):
    app = cast.app(tmp_path, rate=0.001, burst=3)
    meeting = cast.found(app)
    one, two = (Program(app, token_of(app, meeting["owner"], meeting["workshop"], "owner", name)) for name in ("uno", "dos"))
    room = {"room": meeting["rooms"][0]}
    for _ in range(3):
        cast.ok(one.do("room.pause", room))
    assert one.do("room.pause", room)["retry_after"] > 0
    assert cast.ok(two.do("room.pause", room))
    app.extensions["house"].store.close()
