"""Attacks by way of pages and commands that have no other place; docs/attacks.md has all of them and where each is tried."""
import ast
import re
from pathlib import Path

import pytest

import workshop
from tests.pages.facilitator.people import Browser, joined
from tests.pages.shell.attacks.test_guard import signed_in
from tests.support import cast
from workshop.config import Config, ConfigError
from workshop.domain.errors import Refusal
from workshop.store.models import Contribution

QUOTES = ("'", "''", "' OR 1=1 --", "\" OR \"\"=\"", "'; DROP TABLE seat; --", "%", "_", "\\", "\0")


def test_a_cookie_that_was_planted_opens_nothing_of_who_signs_in_or_joins_with_it(app, meeting):
    mallory, elena, rosa = joined(app, meeting, "Mallory"), Browser(app), Browser(app)
    planted = mallory.http.get_cookie("tinkuy").value
    for victim in (elena, rosa):
        victim.http.set_cookie("tinkuy", planted)
    elena.open("/login")
    elena.send("/login", email="elena@example.org", password=cast.PASSWORD)
    assert elena.http.get_cookie("tinkuy").value != planted
    mallory.open("/workshops")
    assert mallory.path == "/login"
    assert app.test_client().get("/workshops").status_code == 303
    other = joined(app, meeting, "Otra")
    planted = other.http.get_cookie("tinkuy").value
    rosa.http.set_cookie("tinkuy", planted)
    rosa.open(f"/j/{meeting['code']}?more=1")
    rosa.send(f"/j/{meeting['code']}", name="Rosa", channel="hall")
    assert rosa.http.get_cookie("tinkuy").value != planted
    names = [seat["name"] for seat in other.http.get("/api/me").get_json().get("seats", ())]
    assert "Rosa" not in names


@pytest.mark.parametrize("said", QUOTES)
def test_quotes_in_searches_and_ids_are_only_text(app, meeting, said):
    rosa = cast.Phone(app.test_client())
    rosa.join(meeting["code"], "Rosa")
    where = f"/w/{meeting['workshop']}"
    for path, asked in ((f"{where}/find", {"text": said, "delegation": said, "room": said, "axis": said}),
                        ("/api/changes", {"stream": said, "epoch": said}), (f"{where}/r/1", {"seat": said, "on": said}),
                        (f"{where}/qr.svg", {"row": said})):
        assert rosa.http.get(path, query_string=asked).status_code < 500, path
    board = cast.activities(app, meeting["rooms"][0])["ideas"]
    for verb, payload in (("contribution.edit", {"id": said, "body": {"text": "x"}}), ("hand.raise", {"room": said}),
                          ("contribution.add", {"activity": board, "id": said, "body": {"text": "x"}}),
                          ("contribution.move", {"activity": board, "cards": [said], "place": {}})):
        answer = rosa.do(verb, payload)
        assert answer.get("code") not in (None, "our_fault"), (verb, answer)
    if said.strip("\0"):
        assert cast.ok(rosa.post(board, said))["card"]["body"]["text"] == said


@pytest.mark.parametrize("text", ["(a+)+$" * 30, "[", "*", "\\", ".*" * 5000, "((((((((((", "(?P<x>"])
def test_what_looks_like_a_pattern_is_looked_for_as_it_stands(app, meeting, text):
    rosa = cast.Phone(app.test_client())
    rosa.join(meeting["code"], "Rosa")
    cast.ok(rosa.post(cast.activities(app, meeting["rooms"][0])["ideas"], "aaaaaaaaaaaaaaaaaaaaaaaaaaaa!"))
    page = rosa.http.get(f"/w/{meeting['workshop']}/find", query_string={"text": text})
    assert page.status_code == 200 and "aaaaaaaa!" not in page.get_data(as_text=True)


@pytest.mark.parametrize("number", [-1, 10**9, 2**63, 10**30, 1.5, float("nan"), float("inf"), "1", True, None, [], {}])
def test_numbers_that_make_no_sense_change_nothing_and_break_nothing(app, meeting, number):
    rosa = cast.Phone(app.test_client())
    rosa.join(meeting["code"], "Rosa")
    kinds = cast.activities(app, meeting["rooms"][0])
    card = cast.ok(rosa.post(kinds["ideas"], "como estaba"))["card"]
    client = app.extensions["house"].performer
    secret = rosa.http.get_cookie("tinkuy").value

    def sent(**more) -> dict:
        envelope = {"client": "n" * 20, "n": 1, "verb": "ballot.cast", "seat": rosa.place["seats"][0]["id"],
                    "payload": {"activity": kinds["dots"], "choices": {card["id"]: number}, "base_rev": 0}} | more
        return client.perform(secret, envelope)
    for answer in (sent(), sent(client="m" * 20, n=number), sent(client="o" * 20, age_ms=number, payload={}),
                   rosa.do("contribution.edit", {"id": card["id"], "body": {"text": "x"}, "base_rev": number})
                   if isinstance(number, str | list | dict) else {"code": "not asked"}):
        assert not answer.get("ok") and answer.get("code") != "our_fault", answer
    with app.extensions["house"].store.read() as session:
        assert session.get(Contribution, card["id"]).body["text"] == "como estaba"
    room, where = meeting["rooms"][0], f"/w/{meeting['workshop']}"
    for path in (f"/api/changes?stream={room}&since={number}", f"{where}/find?page={number}"):
        assert rosa.http.get(path).status_code < 500


def test_a_fault_of_ours_says_nothing_of_the_program(app, meeting, monkeypatch):
    def broken():
        raise RuntimeError("the inside of the program")
    monkeypatch.setitem(app.view_functions, "health.alive", broken)
    answer = app.test_client().get("/healthz", headers={"Accept-Language": "es"})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 500 and "inside" not in page and "Traceback" not in page and "workshop/" not in page
    assert app.test_client().get("/console").status_code == 404 and not app.debug


def test_whoever_calls_herself_the_facilitator_is_shown_as_a_participant(app, meeting):
    mallory, elena = cast.Phone(app.test_client()), cast.facilitator(app, meeting)
    mallory.join(meeting["code"], "Equipo facilitador")
    board = cast.activities(app, meeting["rooms"][0])["ideas"]
    card = cast.ok(mallory.post(board, "Voten por mí"))["card"]
    item = {"id": "de-la-facilitacion", "body": {"text": "Bienvenidos"}}
    ours = cast.ok(elena.do("contribution.bring", {"activity": board, "items": [item]}, None))["card"]
    assert "staff" not in card and card["name"] == "Equipo facilitador" and ours["staff"] is True and "name" not in ours


def test_addresses_that_are_sent_out_are_those_of_the_setting_and_not_of_the_request(tmp_path):
    app = cast.app(tmp_path, base_url="https://taller.example")
    meeting = cast.found(app)
    cookie = f"tinkuy={signed_in(app).http.get_cookie('tinkuy').value}"
    headers = {"Host": "evil.example", "X-Forwarded-Host": "evil.example", "Cookie": cookie}
    page = app.test_client(use_cookies=False).get(f"/w/{meeting['workshop']}/desk", headers=headers).get_data(as_text=True)
    assert "taller.example" in page and "evil.example" not in page
    app.extensions["house"].store.close()


def test_who_may_write_to_the_waker_can_only_wake(app, meeting):
    audience = app.extensions["house"].live.audience
    before = _rows(app)
    for topic in ("", "seat:' OR 1=1", "circles:" + meeting["rooms"][0], "here:x", meeting["workshop"], "\0" * 2000, "seat:",
                  '{"event": "cards", "data": []}'):
        audience.hear(topic)
    assert _rows(app) == before


def _rows(app) -> int:
    with app.extensions["house"].store.read() as session:
        return session.query(Contribution).count()


def test_a_short_secret_and_origins_without_a_name_stop_the_program():
    with pytest.raises(ConfigError):
        Config(secret="short")
    with pytest.raises(ConfigError):
        Config(origins="*")


def test_no_server_code_fetches_an_address_that_people_give():
    """Nothing that serves imports a client for the web; replay and the commands speak to servers that the operator names."""
    home, clients = Path(workshop.__file__).parent, re.compile(r"^(urllib\.request|requests|httpx|aiohttp|http\.client)$")
    found = []
    for file in home.rglob("*.py"):
        part = file.relative_to(home).parts[0]
        if part in ("replay", "cli", "demo"):
            continue
        for node in ast.walk(ast.parse(file.read_text())):
            names = [one.name for one in node.names] if isinstance(node, ast.Import) else (
                [node.module or ""] if isinstance(node, ast.ImportFrom) else [])
            found += [f"{file.name}: {name}" for name in names if clients.match(name)]
    assert found == []


def test_a_file_of_a_workshop_that_would_be_too_deep_is_refused_in_one_line(app, meeting):
    from workshop.actions.importing import import_workshop
    deep: list = []
    for _ in range(2000):
        deep = [deep]
    with pytest.raises(Refusal) as refused, app.extensions["house"].store.write() as session:
        import_workshop(session, app.extensions["house"].clock(), {"format": "tinkuy/1", "tables": {"stream": deep}})
    assert refused.value.code == "bad_file"
