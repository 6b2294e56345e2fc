"""A form sent to a page's own address, and a form's address opened as a page: both lead to the page, and nothing is done."""
import json
import re

import pytest

from tests.pages.facilitator.people import Browser, joined
from tests.pages.participant.test_welcome import answered
from tests.pages.shell.attacks.test_guard import signed_in
from tests.pages.shell.walk import LAST, addresses, path_of
from tests.support import cast
from tests.support.everybody import hall
from workshop.store.models import Invitation, Seat

OLD = {"token": "of the cookie before", "name": "Rosa", "client": "a" * 22, "channel": "hall"}  # what WebKit sends once more



def shown_only(app) -> list[str]:
    """The rules of all pages and files that take no form."""
    forms = {rule for method, rule in addresses(app) if method == "POST"}
    return [rule for _method, rule in addresses(app) if rule not in forms and not rule.startswith("/api/")]


@pytest.mark.parametrize("role", "NHTFE")
def test_a_form_at_any_address_that_only_shows_something_is_led_there_and_does_nothing(role):
    here = hall()
    http, before = here.browser(role), here.rows()
    rules = shown_only(here.app)
    assert "/w/<workshop_id>/r/<int:number>" in rules and len(rules) > 30
    for rule in rules:
        path = path_of(here, role, rule)
        for token in (here.token(role), OLD["token"]):
            answer = http.post(path + "?row=uno", data=OLD | {"token": token})
            assert (answer.status_code, answer.location) == (303, path + "?row=uno"), rule
    assert here.rows() == before
    here.close()


def test_a_foreign_page_and_a_program_are_refused_there_as_before():
    here = hall()
    http, path = here.browser("T"), f"/w/{here.at['workshop_id']}/r/1"
    assert http.post(path, data=OLD, headers={"Origin": "https://evil.example"}).status_code == 403
    assert http.post(path, json=OLD).status_code == 403
    assert http.put(path, data=OLD).status_code == 400
    here.close()


def test_every_address_of_a_form_can_be_opened_and_leads_whoever_sees_the_form_to_it():
    here = hall()
    http, rules = here.browser("E"), {rule for method, rule in addresses(here.app) if method == "POST"} - LAST
    for rule in sorted(rule for rule in rules if not rule.startswith("/api/")):
        answer = http.get(path_of(here, "E", rule), follow_redirects=True)
        assert answer.status_code == 200, f"{rule}: {answer.status_code}"
        assert answer.request.path not in ("/", "/login") or rule in ("/", "/login"), rule
    here.close()


def test_what_was_asked_of_a_forms_address_is_asked_of_its_page(app, meeting):
    rosa, room = joined(app, meeting), f"/w/{meeting['workshop']}/r/1"
    for asked in ("?seat=x&on=y", "?all=1", "?lang=fr", ""):
        answer = rosa.http.get(f"{room}/say{asked}")
        assert (answer.status_code, answer.location) == (303, room + asked)


def test_whoever_loads_the_room_anew_as_webkit_does_sits_once_and_is_in_the_room(app, meeting):
    first, rosa = answered(app, meeting)
    where = f"/w/{meeting['workshop']}/r/1"
    assert first.status_code == 200 and f'"at":"{where}"' in first.get_data(as_text=True)
    answer = rosa.http.post(where, data=OLD, headers=rosa.headers)
    assert (answer.status_code, answer.location) == (303, where) and "Set-Cookie" not in answer.headers
    assert 'id="composer"' in rosa.open(where) and rosa.said == ""
    with app.extensions["house"].store.read() as session:
        assert session.query(Seat).count() == 1


@pytest.mark.parametrize("form", ["say", "photo"])
def test_a_room_that_answers_a_refused_form_has_its_own_address_and_its_links_lead_somewhere(app, meeting, form):
    rosa, room = joined(app, meeting), f"/w/{meeting['workshop']}/r/1"
    page = rosa._see(rosa.http.post(f"{room}/{form}", headers=rosa.headers, data={
        "token": re.search(r'name="token" value="([^"]+)"', rosa.open(room))[1]}))
    assert rosa.said and rosa.path == f"{room}/{form}"
    assert json.loads(re.search(r'id="facts">([^<]+)<', page)[1])["at"] == room
    links = re.findall(r'href="(\?[^"]*)"', page)
    assert links
    for link in links:
        rosa.open(rosa.path.removesuffix(f"/{form}") + f"/{form}" + link.replace("&amp;", "&"))
        assert (rosa.status, rosa.path) == (200, room)


def test_a_refused_form_at_the_plenary_which_is_no_board_leads_to_its_page(app, meeting):
    rosa, plenary = joined(app, meeting), f"/w/{meeting['workshop']}/plenary"
    token = re.search(r'name="token" value="([^"]+)"', rosa.open(f"/w/{meeting['workshop']}/r/1"))[1]
    for form in ("say", "photo"):
        answer = rosa.http.post(f"/w/{meeting['workshop']}/r/0/{form}", headers=rosa.headers, data={"token": token})
        assert (answer.status_code, answer.location) == (303, plenary), form


def test_a_room_that_is_opened_by_itself_tells_no_other_address(app, meeting):
    rosa = joined(app, meeting)
    assert '"at":' not in rosa.open(f"/w/{meeting['workshop']}/r/1")


def test_a_link_for_the_team_is_shown_again_and_not_made_again(app, meeting):
    elena, where = signed_in(app), f"/w/{meeting['workshop']}/team"
    elena.open(where)
    elena.send(where, "sheet", name="Rita Poma", role="observer")
    assert elena.path == where
    first = elena.link()
    elena.open(where)
    assert elena.link() == first
    with app.extensions["house"].store.read() as session:
        [invitation] = session.query(Invitation).all()
    elena.send(f"{where}/link", "/team/link", invitation=invitation.id)
    second = elena.link()
    elena.open(where)
    assert elena.link() == second != first, "loaded anew, the page makes void what was handed over"
    assert Browser(app).open(second).count("Elena Quispe")
    elena.send(f"{where}/revoke", "/team/revoke", invitation=invitation.id)
    assert 'id="link"' not in elena.page, "a link that works no more is not shown"


def test_the_link_is_shown_only_to_who_made_it_and_on_its_page(app, meeting):
    elena, where = signed_in(app), f"/w/{meeting['workshop']}/team"
    elena.open(where)
    elena.send(where, "sheet", name="Rita Poma", role="facilitator")
    link = elena.link()
    cookie = elena.http.get_cookie("tinkuy_link", path=where)
    assert cookie.http_only and cookie.path == where and 0 < cookie.max_age <= 600
    rita = Browser(app)
    rita.open(link)
    rita.send(link, "sheet", name="Rita Poma", email="rita@example.org", password="balanza propia de Taraco")
    rita.http.set_cookie("tinkuy_link", cookie.value, path=where)
    assert "Elena Quispe" in rita.open(where) and 'id="link"' not in rita.page
    for planted in ("", "x", cookie.value + "x"):
        elena.http.set_cookie("tinkuy_link", planted, path=where)
        assert 'id="link"' not in elena.open(where) and elena.status == 200


def test_a_form_that_can_be_sent_no_more_says_what_is_true_and_leads_to_its_page(app, meeting):
    elena, where = signed_in(app), f"/w/{meeting['workshop']}/rooms"
    refused = elena.http.post(where, data={"token": "old", "title": "Otra sala"}, headers=elena.headers)
    page = refused.get_data(as_text=True)
    assert refused.status_code == 400 and "No se cambió nada" in page and "con lo que escribió" not in page
    link = re.search(r'class="button main" href="([^"]+)"', page)[1]
    elena.open(link)
    assert (elena.status, elena.path) == (200, f"/w/{meeting['workshop']}/desk")


def test_a_form_of_the_way_in_that_was_open_too_long_comes_back_with_what_was_written(app, meeting):
    delegation = cast.delegations(app, meeting)[1]
    rosa = Browser(app)
    rosa.open(f"/j/{meeting['code']}?r=1")
    form = {"token": "old", "name": ["Rosa", "Don Julio"], "delegation": [delegation, ""], "channel": "remote", "r": "1"}
    rosa._see(rosa.http.post(f"/j/{meeting['code']}?r=1", data=form, headers=rosa.headers))
    assert "con lo que escribió" in rosa.said and 'value="Rosa"' in rosa.page and 'value="Don Julio"' in rosa.page
    assert f'value="{delegation}" checked' in rosa.page and 'value="remote" required checked' in rosa.page
    with app.extensions["house"].store.read() as session:
        assert session.query(Seat).count() == 0
    rosa.send(f"/j/{meeting['code']}", name="Rosa", delegation=delegation, channel="remote")
    assert 'id="composer"' in rosa.page
