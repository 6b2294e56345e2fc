"""Nothing that people type or paste is cut without a word: no field has a `maxlength`, and what is too long comes back."""
import re
from html import unescape
from pathlib import Path

import pytest

from tests.pages.facilitator.people import Browser, joined
from tests.support.cast import activities, facilitator
from workshop.folders import PACKAGE, STATIC, TEMPLATES
from workshop.store.models import Contribution, Seat

ALLOWED: dict[str, str] = {}  # {file: why people paste nothing into its field}
PASTED = "Que el agua llegue a todas las comunidades del altiplano. " * 97


def sources() -> list[Path]:
    found = [path for ending in ("*.html", "*.js", "*.py") for folder in (PACKAGE, STATIC, TEMPLATES)
             for path in folder.rglob(ending)]
    return [path for path in found if not {"node_modules", "build"} & {*path.parts}]


def test_no_field_has_a_maxlength():
    assert len(sources()) > 200
    wanted = re.compile(r"maxlength\s*=|maxLength|\"maxlength\"")
    found = {path.name for path in sources() if wanted.search(path.read_text(encoding="utf-8"))}
    assert found == {*ALLOWED}


def test_a_paste_of_5600_characters_comes_back_whole_with_its_count(app, meeting):
    rosa = joined(app, meeting)
    for fields in ({"text": PASTED}, {"text": PASTED, "parent": post(app, meeting, rosa)}):
        rosa.open(f"/w/{meeting['workshop']}/r/1")
        rosa.send(f"/w/{meeting['workshop']}/r/1/say", 'id="composer"', **fields)
        assert str(len(PASTED.strip())) in rosa.said and "4000" in rosa.said
        assert PASTED.strip() in unescape(rosa.page)
    assert all(len(row.body["text"]) < 100 for row in rows(app))


def post(app, meeting, rosa) -> str:
    rosa.open(f"/w/{meeting['workshop']}/r/1")
    rosa.send(f"/w/{meeting['workshop']}/r/1/say", 'id="composer"', text="Agua")
    return rows(app)[0].id


def rows(app) -> list:
    with app.extensions["house"].store.read() as session:
        return session.query(Contribution).all()


def test_a_name_at_the_door_that_is_too_long_comes_back_whole(app, meeting):
    person, name = Browser(app), "Rosa " + "María " * 20 + "Mamani"
    person.open(f"/j/{meeting['code']}?r=1")
    delegation = re.search(r'name="delegation" value="([^"]+)"', person.page)[1]
    person.send(f"/j/{meeting['code']}", name=name, delegation=delegation, channel="hall")
    assert "80" in person.said and str(len(name)) in person.said and f'value="{name}"' in unescape(person.page)
    with app.extensions["house"].store.read() as session:
        assert session.query(Seat).count() == 0


@pytest.mark.parametrize(("verb", "payload"), [
    ("group.make", {"group": "a-new-group", "name": "G" * 81}), ("group.make", {"group": "a-new-group", "name": "G" * 500})])
def test_a_name_of_a_group_is_refused_with_its_count(app, meeting, verb, payload):
    board = activities(app, meeting["rooms"][0])["ideas"]
    answer = facilitator(app, meeting).do(verb, {"activity": board, "cards": []} | payload, None)
    assert (answer["code"], answer["values"]["length"]) == ("too_long", len(payload["name"]))


def test_a_title_of_a_workshop_that_is_too_long_comes_back_whole(app, meeting):
    elena, title = Browser(app), "Encuentro " * 24
    elena.http = facilitator(app, meeting).http
    elena.open("/workshops/new")
    elena.send("/workshops/new", 'method="post"', title=title, zone="America/Lima", language="es", privacy="named")
    assert str(len(title.strip())) in elena.said and title.strip() in unescape(elena.page)
