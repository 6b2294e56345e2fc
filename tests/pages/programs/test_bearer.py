"""What comes with a token: nothing but a good one opens anything, and it opens no page."""
import secrets
from datetime import timedelta

import pytest
from sqlalchemy import event, select

from tests.pages.facilitator.people import Browser
from tests.pages.programs.program import Program, joins, token_of
from tests.pages.shell.attacks.test_guard import signed_in
from tests.pages.shell.walk import addresses, path_of
from tests.support import cast
from tests.support.everybody import hall
from workshop.actions.accounts import tokens
from workshop.actions.people import sessions
from workshop.domain.limits import TOKEN_FAILURES
from workshop.domain.people.tokens import PREFIX, new_program_token
from workshop.pages.shell import bearer
from workshop.store.models import Account, Membership, ProgramToken

FOR_PROGRAMS = {"api.me", "api.do", "api.changes", "api.verbs", "attach.attach", "attach.whole", "attach.small",
                "report.download", "marks.of_room", "marks.of_all"}


@pytest.fixture
def program(app, meeting) -> Program:
    """Elena's, with all that she has."""
    return Program(app, token_of(app, meeting["owner"], meeting["workshop"], "owner"))


def ask(app, authorization: str, path: str = "/api/me", cookie: str = ""):
    """The answer to a question with this header."""
    http = app.test_client()
    if cookie:
        http.set_cookie("tinkuy", cookie)
    return http.get(path, headers={"Authorization": authorization})


@pytest.mark.parametrize("said", [
    "Bearer", "Bearer ", "bearer x", "BEARER  " + PREFIX, "Bearer " + PREFIX + "x" * 42, "Bearer " + PREFIX + "x" * 44,
    "Bearer " + PREFIX + "x" * 43 + " ", "Bearer " + PREFIX + "\u00e9" * 43, "Bearer " + "x" * 60_000,
    "Bearer " + PREFIX + "x" * 43 + ", Bearer " + PREFIX + "y" * 43, "Bearer " + PREFIX + "x" * 42 + "\x7f"])
def test_what_has_not_the_form_of_a_token_is_none_and_the_cookie_beside_it_does_not_count(app, meeting, said):
    elena = cast.facilitator(app, meeting)
    cookie = elena.http.get_cookie("tinkuy").value
    assert elena.http.get("/api/me").status_code == 200
    for given in ("", cookie):
        answer = ask(app, said, cookie=given)
        assert (answer.status_code, answer.get_json()) == (401, {"ok": False, "code": "bad_token", "values": {}})
        assert answer.headers["WWW-Authenticate"] == "Bearer" and "Set-Cookie" not in answer.headers


def test_unknown_ended_over_and_without_a_role_all_look_alike_and_cost_the_same(app, meeting, program):
    house, now = app.extensions["house"], app.extensions["house"].clock()
    luis = joins(app, meeting, "Luis", "facilitator")
    found = {name: token_of(app, account, meeting["workshop"], "observer", name, days) for name, account, days in (
        ("ended", meeting["owner"], None), ("over", meeting["owner"], 7), ("lost", luis, None))}
    with house.store.write() as session:
        tokens.end(session, now, meeting["owner"],
                   session.scalar(select(ProgramToken.id).where(ProgramToken.name == "ended")))
        session.delete(session.scalar(select(Membership).where(Membership.account_id == luis)))
    house.clock = lambda: now + timedelta(days=8)
    answers, asked = {}, []
    event.listen(house.store.engine, "before_cursor_execute", listener := lambda *call: asked.append(call[2]))
    for name, token in (found | {"unknown": new_program_token()}).items():
        ask(app, f"Bearer {token}")  # the first question of a process may look for more
        asked.clear()
        answer = ask(app, f"Bearer {token}")
        answers[name] = answer.status_code, answer.data, sorted(answer.headers), len(asked)
    event.remove(house.store.engine, "before_cursor_execute", listener)
    assert answers["unknown"][0] == 401 and answers["unknown"][3] > 0
    assert len(set(map(repr, answers.values()))) == 1, answers


def test_a_token_is_no_cookie_and_a_cookie_no_token(app, meeting, program):
    elena = cast.facilitator(app, meeting)
    cookie = elena.http.get_cookie("tinkuy").value
    assert ask(app, f"Bearer {cookie}").get_json()["code"] == "bad_token"
    for value in (program.token, f'"{program.token}"'):
        http = app.test_client()
        http.set_cookie("tinkuy", value)
        assert http.get("/api/me").get_json()["code"] == "who_are_you"
        assert http.get(f"/w/{meeting['workshop']}/desk").status_code == 404
        assert http.get("/account").headers["Location"].startswith("/login")
        posted = http.post("/api/do", headers={"X-Workshop": "1"}, json={
            "client": secrets.token_urlsafe(16), "n": 1, "verb": "room.pause", "seat": None,
            "payload": {"room": meeting["rooms"][0]}})
        assert posted.get_json()["code"] == "who_are_you"
    for path in (f"/api/me?token={program.token}", f"/api/me?access_token={program.token}"):
        assert app.test_client().get(path).status_code == 401, "an address is no place for a token"


def test_another_scheme_is_somebody_elses_business(app, meeting):
    cookie = cast.facilitator(app, meeting).http.get_cookie("tinkuy").value
    assert ask(app, "Basic ZWxlbmE6eA==", cookie=cookie).status_code == 200
    assert ask(app, "Bearer of-the-monitoring", "/healthz").status_code == 200


def test_what_programs_may_ask_for_is_named_here(app):
    assert {name for name, view in app.view_functions.items() if view in bearer.OPEN} == FOR_PROGRAMS


def test_a_token_opens_no_page_takes_no_form_and_never_gets_a_cookie():
    here = hall()
    with here.app.extensions["house"].store.read() as session:
        owner = session.scalar(select(Membership.account_id).where(Membership.role == "owner",
                                                                   Membership.workshop_id == here.at["workshop_id"]))
    program = Program(here.app, token_of(here.app, owner, here.at["workshop_id"], "owner"))
    before, tried = here.rows(), 0
    for method, rule in addresses(here.app):
        path = path_of(here, "E", rule)
        endpoint = here.app.url_map.bind("").match(path.partition("?")[0], method=method)[0]
        program.http.set_cookie("tinkuy", here.cookies["E"])  # beside the token it counts for nothing
        answer = program.http.open(path, method=method, headers=program.headers | {"X-Workshop": "1"},
                                   data={"token": here.token("E")} if method == "POST" else None)
        assert "Set-Cookie" not in answer.headers, path
        if endpoint.partition(".")[0] not in bearer.ANYBODYS and endpoint not in FOR_PROGRAMS:
            assert (answer.status_code, answer.get_json()["code"]) == (403, "not_for_programs"), (method, path)
            tried += 1
    after = here.rows()
    for rows in (before, after):
        del rows["program_token"]  # in use
    downloads = [row for row in after["history"] if row not in before["history"]]
    assert tried > 80 and len(downloads) == 1
    after["history"] = before["history"]
    assert after == before
    here.close()


def test_no_header_of_ours_is_needed_with_a_token_and_a_foreign_page_is_still_foreign(app, meeting, program):
    assert program.do("room.pause", {"room": meeting["rooms"][0]})["ok"]
    said = {"client": secrets.token_urlsafe(16), "n": 1, "verb": "room.pause", "seat": None,
            "payload": {"room": meeting["rooms"][0]}}
    foreign = program.http.post("/api/do", headers=program.headers | {"Origin": "https://elsewhere.example"}, json=said)
    assert foreign.status_code == 403
    plain = program.http.post("/api/do", json=said)
    assert plain.status_code == 403, "without a token the header is asked for as ever"


def test_who_guesses_waits_and_is_in_nobodys_way(app, meeting, program):
    assert program.get("/api/me").status_code == 200
    for _ in range(TOKEN_FAILURES):
        assert ask(app, f"Bearer {new_program_token()}").status_code == 401
    late = ask(app, f"Bearer {new_program_token()}")
    assert (late.status_code, late.get_json()["code"]) == (429, "slow_down")
    assert program.get("/api/me").status_code == 200, "the token that was good here a moment ago"
    assert cast.facilitator(app, meeting).http.get("/api/me").status_code == 200


def test_the_account_makes_a_token_sees_it_once_and_ends_it(app, meeting):
    elena = signed_in(app)
    elena.open("/account")
    assert "Crear un token para un programa" in elena.page and "tinkuy_" not in elena.page
    said = {"program": " Registro  del ministerio ", "workshop": meeting["workshop"], "role": "rapporteur", "days": "30"}
    client = secrets.token_urlsafe(16)
    elena.send("/account/programs", "programs#programs", **said, client=client)
    token = elena.page.split('id="token"')[1].split(">")[1].split("<")[0]
    assert "Se muestra solo esta vez." in elena.page
    program = Program(app, token)
    assert program.get("/api/me").get_json()["program"]["roles"] == [{"role": "rapporteur", "room": None}]
    elena.send("/account/programs", "programs#programs", **said, client=client)  # loaded anew
    assert elena.path == "/account" and "no se vuelve a mostrar" in elena.page and token not in elena.page
    elena.open("/account")
    assert token not in elena.page and elena.page.count('action="/account/programs/end"') == 1
    assert "Registro del ministerio" in elena.page and "último uso: recién" in elena.page and "por 29 días más" in elena.page
    elena.send("/account/programs/end", "/account/programs/end")
    assert "El token ya no abre nada." in elena.page and "Registro del ministerio" not in elena.page
    assert program.get("/api/me").status_code == 401


def test_what_is_wrong_in_the_form_is_said_and_what_was_typed_stays(app, meeting):
    elena = signed_in(app)
    for wrong, words in (({"program": " "}, "Escriba un nombre"), ({"role": "participant"}, "Elija una función"),
                         ({"days": "8"}, "Elija de la lista cuándo"), ({"workshop": "x"}, "Usted no está en el equipo")):
        elena.open("/account")
        elena.send("/account/programs", "programs#programs",
                   **({"program": "Mi registro", "workshop": meeting["workshop"], "role": "observer", "days": ""} | wrong))
        assert elena.said.startswith(words), elena.said
        assert "<details open>" in elena.page and ("Mi registro" in elena.page or "program" in wrong)


def test_nobody_ends_anothers_token(app, meeting, program):
    joins(app, meeting, "Luis", "facilitator")
    with app.extensions["house"].store.read() as session:
        wanted = session.scalar(select(ProgramToken.id))
    house = app.extensions["house"]
    with house.store.write() as session:
        account = session.scalar(select(Account).where(Account.name == "Luis"))
        cookie = sessions.sign_in(session, house.clock(), None, account)
    luis = Browser(app)
    luis.http.set_cookie("tinkuy", cookie)
    luis.open("/account")
    form = luis.page.split('name="token" value="')[1].split('"')[0]
    answer = luis.http.post("/account/programs/end", data={"token": form, "program": wanted})
    assert answer.status_code == 404
    assert program.get("/api/me").status_code == 200


def test_a_new_password_ends_the_tokens_unless_that_is_unticked(app, meeting):
    for ticked, status in (({}, 200), ({"programs": "1"}, 401)):
        program = Program(app, token_of(app, meeting["owner"], meeting["workshop"], "owner"))
        elena = signed_in(app)
        elena.open("/account")
        assert 'name="programs" value="1" checked' in elena.page
        elena.send("/account/password", "/account/password", old=cast.PASSWORD, password=cast.PASSWORD, **ticked)
        assert program.get("/api/me").status_code == status
