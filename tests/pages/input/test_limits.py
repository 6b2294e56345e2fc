"""One limit for one thing: what is exactly as long is kept whole, what is longer is refused with its length; never cut."""
import re

import pytest

from tests.support import cast
from workshop.domain import limits
from workshop.folders import TEMPLATES
from workshop.store.models import Axis, Delegation, Room, Site, Workshop

# (template, name of the field) -> the limit of what is kept; a form asks for no less.
FIELDS = {("facilitator/desk.html", "title"): limits.TITLE, ("facilitator/desk.html", "question"): limits.QUESTION,
          ("facilitator/workshop_fields.html", "title"): limits.TITLE}
COLUMNS = {Workshop.title: limits.TITLE, Room.title: limits.TITLE, Axis.title: limits.TITLE,
           Delegation.name: limits.NAME, Site.name: limits.NAME}


@pytest.fixture
def elena(app, meeting):
    return cast.facilitator(app, meeting)


@pytest.mark.parametrize(("field", "most"), FIELDS.items())
def test_a_form_asks_for_no_less_than_is_kept(field, most):
    template, name = field
    tag = re.search(rf'<(?:input|textarea)[^>]* name="{name}"[^>]*>', (TEMPLATES / template).read_text())[0]
    bound = re.search(r'maxlength="(\d+)"', tag)
    assert bound is None or int(bound[1]) >= most


@pytest.mark.parametrize(("column", "most"), COLUMNS.items(), ids=str)
def test_a_column_holds_what_is_kept(column, most):
    assert column.type.length == most


@pytest.mark.parametrize(("name", "most"), [
    ("title", limits.TITLE), ("question", limits.QUESTION), ("columns", limits.TITLE)])
def test_a_room_keeps_what_fits_and_refuses_what_does_not(app, meeting, elena, name, most):
    def create(length: int) -> dict:
        said = "ñ" * length
        payload = {"workshop": meeting["workshop"], "title": "Sala"} | {name: [said] if name == "columns" else said}
        return elena.do("room.create", payload, None)
    answer = cast.ok(create(most))
    page = elena.http.get(f"/w/{meeting['workshop']}/r/{answer['card']['number']}").get_data(as_text=True)
    assert "ñ" * most in page
    assert create(most + 1) | {"n": 0} == {"n": 0, "ok": False, "code": "too_long",
                                           "values": {"limit": most, "length": most + 1}}


def test_a_method_leaves_no_room_for_columns_that_would_not_count(meeting, elena):
    address = f"/w/{meeting['workshop']}/desk"
    token = elena.http.get(address).get_data(as_text=True).split('name="token" value="')[1].split('"')[0]
    form = {"token": token, "client": "c" * 20, "title": "Con método", "method": "foda", "votes": "dots"}
    page = elena.http.post(f"/w/{meeting['workshop']}/rooms", data=form | {"columns": "Una\nDos"}).get_data(as_text=True)
    assert "El método trae su propio tablero" in page and "Una\nDos" in page and "Con método" in page
    form["client"] = "d" * 20
    assert elena.http.post(f"/w/{meeting['workshop']}/rooms", data=form).status_code == 303
    refused = elena.do("room.create", {
        "workshop": meeting["workshop"], "title": "x", "method": "foda", "columns": ["Una"]}, None)
    assert refused["code"] == "method_has_board"


def test_more_columns_than_a_board_has_are_refused_and_not_dropped(meeting, elena):
    answer = elena.do("room.create", {"workshop": meeting["workshop"], "title": "x", "columns": list("abcdefghijklm")}, None)
    assert (answer["code"], answer["values"]) == ("too_many_columns", {"limit": limits.COLUMNS})
