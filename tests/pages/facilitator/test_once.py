"""A form that is sent twice, by going back in the browser or because its answer was lost, is done once."""
from datetime import timedelta

import pytest

from tests.pages.facilitator.people import Browser
from tests.pages.shell.attacks.test_guard import signed_in
from workshop.actions.core.once import WITHIN
from workshop.store.models import Invitation, Method, Workshop

NEW = {"title": "Encuentro de semillas", "privacy": "named", "zone": "America/Lima", "language": "es"}


@pytest.fixture
def elena(app, meeting) -> Browser:
    return signed_in(app)


def many(app, table, **which) -> int:
    with app.extensions["house"].store.read() as session:
        return session.query(table).filter_by(**which).count()


def test_the_same_workshop_is_made_once_and_another_one_is_another(app, meeting, elena, monkeypatch):
    elena.open("/workshops/new")
    before = elena.page
    elena.send("/workshops/new", "sheet", **NEW)
    first = elena.path
    elena.page = before
    elena.send("/workshops/new", "sheet", **NEW)
    assert elena.path == first and many(app, Workshop, title=NEW["title"]) == 1
    elena.open("/workshops/new")  # the browser asked anew and filled in what was typed
    elena.send("/workshops/new", "sheet", **NEW)
    assert elena.path == first and many(app, Workshop, title=NEW["title"]) == 1
    elena.page = before
    elena.send("/workshops/new", "sheet", **NEW | {"title": "Otro encuentro"})
    assert elena.path != first and many(app, Workshop, title="Otro encuentro") == 1
    house = app.extensions["house"]
    later = house.clock() + WITHIN + timedelta(seconds=1)
    monkeypatch.setattr(house, "clock", lambda: later)
    elena.open("/workshops/new")
    elena.send("/workshops/new", "sheet", **NEW)
    assert elena.path != first and many(app, Workshop, title=NEW["title"]) == 2, "much later it is meant"


def test_a_method_is_copied_once_for_each_form(app, meeting, elena):
    elena.open("/methods/foda")
    before = elena.page
    elena.send("/methods/foda/copy", "/methods/foda/copy")
    first = elena.path
    elena.page = before
    elena.send("/methods/foda/copy", "/methods/foda/copy")
    assert elena.path == first and many(app, Method) == 1
    elena.open("/methods/foda")
    elena.send("/methods/foda/copy", "/methods/foda/copy")
    assert elena.path != first and many(app, Method) == 2


def test_an_invitation_is_made_once_for_each_form_and_its_link_goes_on_working(app, meeting, elena):
    where = f"/w/{meeting['workshop']}/team"
    rita = {"name": "Rita Poma", "email": "rita@example.org", "role": "rapporteur"}
    elena.open(where)
    before = elena.page
    elena.send(where, "sheet", **rita)
    link = elena.link()
    elena.page = before
    elena.send(where, "sheet", **rita)
    assert elena.link() == link and many(app, Invitation) == 1
    assert Browser(app).open(link).count("<form")
    elena.send(where, 'class="sheet"', **rita)
    assert elena.link() != link and many(app, Invitation) == 2, "a new form means it"
