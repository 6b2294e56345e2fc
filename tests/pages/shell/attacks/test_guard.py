"""What no foreign page and no stranger may do."""
import re

import pytest

from tests.pages.facilitator.people import Browser, joined
from tests.support import cast


def signed_in(app) -> Browser:
    elena = Browser(app)
    elena.open("/login")
    elena.send("/login", email="Elena@example.org ", password=cast.PASSWORD)
    return elena


@pytest.mark.parametrize("path", ["/", "/login", "/j/{code}?more=1", "/s/{screen}", "/w/{workshop}/r/1"])
def test_every_page_forbids_foreign_and_inline_script(app, meeting, path):
    rosa = joined(app, meeting)
    answer = rosa.http.get(path.format(**meeting))
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "script-src 'self';" in policy and "unsafe" not in policy
    nonce = re.search(r"'nonce-([^']+)'", policy)[1]
    page = answer.get_data(as_text=True)
    assert f'<style nonce="{nonce}">' in page
    assert not re.search(r"\son\w+=|javascript:|style=", page.split("</style>")[1].split('id="facts"')[0])


def test_a_foreign_page_cannot_act_for_somebody(app, meeting):
    rosa = joined(app, meeting)
    where = f"/w/{meeting['workshop']}/r/1/say"
    assert rosa.http.post(where, data={}, headers={"Origin": "https://evil.example"}).status_code == 403
    assert rosa.http.post("/api/do", json={}).status_code == 403
    assert "role=\"alert\"" in rosa.http.post(where, data={"add": "x", "text": "y"}).get_data(as_text=True)
    assert rosa.http.post("/logout", data={}).status_code == 400


def test_strangers_and_participants_do_not_see_the_desk(app, meeting):
    stranger, rosa = Browser(app), joined(app, meeting)
    for path in ("desk", "people", "r/1/scribe"):
        stranger.open(f"/w/{meeting['workshop']}/{path}")
        assert stranger.status == 404
        rosa.open(f"/w/{meeting['workshop']}/{path}")
        assert rosa.status == 403 and "Su función no permite" in rosa.page
    assert stranger.http.get("/s/guess").status_code == 404


def test_signing_in_out_and_a_wrong_password(app, meeting):
    elena = Browser(app)
    elena.open("/login")
    elena.send("/login", email="elena@example.org", password="no es esta")
    assert elena.said.startswith("El correo o la contraseña") and 'value="elena@example.org"' in elena.page
    elena = signed_in(app)
    assert elena.path == "/workshops" and "Segundo encuentro andino" in elena.page
    elena.send("/logout", "/logout")
    elena.open("/workshops")
    assert elena.path == "/login"


def test_signing_in_leads_only_to_our_own_pages(app, meeting):
    elena = Browser(app)
    elena.open("/login?next=//evil.example/")
    form = {"token": re.search(r'name="token" value="([^"]+)"', elena.page)[1], "next": "//evil.example/",
            "email": "elena@example.org", "password": cast.PASSWORD}
    answer = elena.http.post("/login", data=form)
    assert answer.headers["Location"] == "/workshops"


def test_a_facilitator_sets_up_a_workshop_and_opens_a_room(app, meeting):
    elena = signed_in(app)
    elena.open("/workshops/new")
    elena.send("/workshops/new", title="Encuentro de semillas", day=["2026-11-24", "2026-11-23", ""],
               zone=["America/Lima", "America/La_Paz"], language=["es", "fr"], delegations="Taraco\nSalinas\n\nTaraco",
               sites="Puno", axes="Semilla\nAgua", privacy="alias")
    assert elena.path.endswith("/desk") and "Encuentro de semillas" in elena.page
    where = elena.path.removesuffix("/desk")
    elena.send(f"{where}/rooms", "/rooms", title="Semilla nativa", question="¿Qué guardamos?", columns="Logros\nTrabas",
               votes=["dots", "opinions"], open="1")
    assert "Semilla nativa" in elena.page
    code = re.search(r'class="mono big" data-code>([\w-]+)<', elena.page)[1].replace("-", "")
    rosa = Browser(app)
    assert "Su nombre o apodo" in rosa.open(f"/j/{code}?r=1") and rosa.page.count('type="radio" name="delegation"') == 2


def test_pictures_of_the_way_in_carry_the_address(app, meeting):
    elena = signed_in(app)
    for path in (f"/w/{meeting['workshop']}/qr.svg", f"/s/{meeting['screen']}/qr.svg"):
        answer = elena.http.get(path)
        assert answer.mimetype == "image/svg+xml" and answer.data.startswith(b"<svg xmlns=")


def test_behind_a_proxy_wrong_codes_count_for_the_visitor_and_not_for_the_proxy(tmp_path):
    app = cast.app(tmp_path, proxies=1)
    thief, rosa = app.test_client(), app.test_client()
    wrong = {"code": "XXX222", "seats": [{"name": "X", "channel": "hall"}]}

    def guess(somebody, address: str) -> str:
        headers = {"X-Workshop": "1", "X-Forwarded-For": address}
        return somebody.post("/api/join", json=wrong, headers=headers).get_json()["code"]
    app.extensions["house"].live.socketio.sleep = lambda seconds: None
    said = [guess(thief, "203.0.113.7") for _ in range(130)]
    assert said[0] == "wrong_code" and said[-1] == "slow_down"
    assert guess(rosa, "203.0.113.8") == "wrong_code"
    app.extensions["house"].store.close()


def test_who_fails_at_one_account_locks_nobody_else_of_the_hall_out(app, meeting):
    prankster = Browser(app)
    prankster.open("/login")
    for _ in range(11):
        prankster.send("/login", email="otra@example.org", password="no es esta")
    assert prankster.said.startswith("Demasiados intentos")
    assert signed_in(app).path == "/workshops"
    for _ in range(10):
        prankster.send("/login", email="elena@example.org", password="no es esta")
    prankster.send("/login", email="elena@example.org", password=cast.PASSWORD)
    assert prankster.said.startswith("Demasiados intentos"), "not even the right one tells a guesser anything"


@pytest.mark.parametrize("path", ["/j/{code}?r=1", "/w/{workshop}/r/1/say", "/w/{workshop}/r/1/bring", "/methods/new"])
def test_json_where_a_form_belongs_is_a_form_without_a_token(app, meeting, path):
    rosa = joined(app, meeting)
    answer = rosa.http.post(path.format(**meeting), json={"name": "X"}, headers={"X-Workshop": "1"})
    assert answer.status_code < 500
    stranger = app.test_client().post(path.format(**meeting), json={"name": "X"}, headers={"X-Workshop": "1"})
    assert stranger.status_code < 500 and "tinkuy=" not in stranger.headers.get("Set-Cookie", "")
