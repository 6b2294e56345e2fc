"""Without script, too, people see what the team says to them, say that they have read it, and ask for help."""
import re

import pytest

from tests.support import cast
from tests.support.cast import ok
from workshop.store.counts import notices
from workshop.store.models import Notice


@pytest.fixture
def rosa(app, meeting):
    phone = cast.Phone(app.test_client())
    ok(phone.join(meeting["code"], "Rosa"))
    return phone


def elena(app, meeting, verb: str, **payload) -> dict:
    return ok(cast.facilitator(app, meeting).do(verb, {"workshop": meeting["workshop"], **payload}, None))


def page(phone, meeting, path: str) -> str:
    return phone.http.get(f"/w/{meeting['workshop']}{path}", headers={"Accept-Language": "es"}).get_data(as_text=True)


def form(html: str) -> dict:
    found = re.search(r'<form method="post" action="[^"]+/said".*?</form>', html, re.S)[0]
    return dict(re.findall(r'<input type="hidden"\s+name="([^"]+)" value="([^"]+)"', found)) | {
        "all": re.findall(r'name="to"\s+value="([^"]+)"', found)}


@pytest.mark.parametrize("path", ["", "/r/1", "/plenary"])
def test_a_message_stands_on_each_page_until_it_is_read(app, meeting, rosa, path):
    message = elena(app, meeting, "message.send", text="Faltan <diez> minutos")["card"]["id"]
    html = page(rosa, meeting, path)
    assert "Faltan &lt;diez&gt; minutos" in html and "<diez>" not in html.split('id="facts"')[0]
    said = form(html)
    back = rosa.http.post(f"/w/{meeting['workshop']}/said", data=said | {"to": said.pop("all")[0]})
    assert back.headers["Location"] == f"/w/{meeting['workshop']}{path}"
    assert "Faltan" not in page(rosa, meeting, path).split('id="facts"')[0]
    with app.extensions["house"].store.read() as session:
        [told] = notices.readers(session, meeting["workshop"])
        assert (told["id"], told["read"], told["unread"]) == (message, 1, {})


def test_a_call_is_a_link_that_one_may_follow_or_not(app, meeting, rosa):
    elena(app, meeting, "people.summon", to=meeting["rooms"][1])
    said = form(page(rosa, meeting, "/r/1"))
    there, here = said.pop("all")
    assert (there, here) == (f"/w/{meeting['workshop']}/r/2", f"/w/{meeting['workshop']}/r/1")
    assert rosa.http.post(f"/w/{meeting['workshop']}/said", data=said | {"to": there}).headers["Location"] == there
    said = form_of_elsewhere = said | {"to": "https://elsewhere.example/"}
    assert rosa.http.post(f"/w/{meeting['workshop']}/said", data=form_of_elsewhere).headers["Location"] == (
        f"/w/{meeting['workshop']}")


def test_help_is_asked_with_a_button(app, meeting, rosa):
    html = page(rosa, meeting, "/r/1")
    quick = re.search(r'<form id="quick".*?</form>', html, re.S)[0]
    fields = dict(re.findall(r'name="([^"]+)" value="([^"]+)"', quick))
    assert 'name="help"' in html
    assert rosa.http.post(f"/w/{meeting['workshop']}/r/1/say", data=fields | {"help": ""}).status_code == 303
    with app.extensions["house"].store.read() as session:
        [asked] = session.query(Notice)
        assert (asked.kind, asked.room_id) == ("help", meeting["rooms"][0])
    html = page(rosa, meeting, "/r/1")
    assert "Pidieron ayuda" in html and 'name="help"' not in html
    ok(cast.facilitator(app, meeting).do("help.seen", {"room": meeting["rooms"][0], "help": asked.id}, None))
    assert "Elena Quispe viene" in page(rosa, meeting, "/r/1")


def test_who_is_called_to_where_they_are_is_not_asked_to_go(app, meeting, rosa):
    elena(app, meeting, "people.summon")
    assert "Ir a ese lugar" in page(rosa, meeting, "/r/1").split('id="facts"')[0]
    assert "Ir a ese lugar" not in page(rosa, meeting, "/plenary").split('id="facts"')[0]
