"""A workshop begins empty, with a programme, or as a copy; from a programme it is few taps to the first open room."""
import re

import pytest

from tests.actions.lives.test_rooms import browser_of
from tests.pages.facilitator.people import Browser
from tests.support import cast
from workshop.actions.people import sessions
from workshop.actions.rooms import workshops
from workshop.domain.programme_templates import templates
from workshop.store.models import Axis, Block, BlockRoom, Room, Seat, Workshop

FIELDS = {"zone": ["America/Lima", ""], "language": ["es"], "privacy": "named"}


class Tapping(Browser):
    """Counts what a person taps; what is typed is not counted."""

    taps = 0

    def tap(self, href: str):
        assert re.search(rf'href="\s*{re.escape(href)}"', self.page), href
        self.taps += 1
        return self.open(href)

    def send(self, path: str, form: str = "", choices: int = 0, **fields):
        self.taps += 1 + choices
        return super().send(path, form, **fields)


def made(app, path: str) -> str:
    return re.match(r"/w/([^/]+)/desk", path)[1]


def stored(app, table, workshop: str) -> list:
    with app.extensions["house"].store.read() as session:
        return session.query(table).filter_by(workshop_id=workshop).all()


def test_from_a_programme_it_is_five_taps_to_the_first_open_room(app, meeting, elena):
    person = Tapping(app)
    person.http.set_cookie("tinkuy", elena.http.get_cookie("tinkuy").value)
    person.open("/workshops")
    person.tap("/workshops/new")
    person.send("/workshops/new", "begins", choices=1, begin="una_hora", title="Una hora de agua", groups="2", **FIELDS)
    workshop = made(app, person.path)
    [block] = [one for one in stored(app, Block, workshop) if one.kind == "groups"]
    rooms = sorted((one for one in stored(app, Room, workshop) if one.kind == "group"), key=lambda one: one.number)
    assert [room.title for room in rooms] == [f"Grupo {n} · {block.title}" for n in (1, 2)]
    assert all(room.prepared and room.method["key"] == "uno_dos_cuatro" for room in rooms)
    with app.extensions["house"].store.read() as session:
        assert {(one.block_id, one.room_id) for one in session.query(BlockRoom)} == {(block.id, room.id) for room in rooms}
        code = session.get(Workshop, workshop).code
    rosa = cast.Phone(app.test_client())
    cast.ok(rosa.join(code, "Rosa", room=None))
    lobby = browser_of(app, rosa).open(f"/w/{workshop}")
    assert "Grupo 1" not in lobby, "it is prepared"
    person.taps += 1  # on the desk, which a script draws, the room's own page is a tap
    person.open(f"/w/{workshop}/r/1/lead")
    person.send(f"/w/{workshop}/r/1/lead", 'value="open"' if 'value="open"' in person.page else "<", do="open")
    assert "Grupo 1" in browser_of(app, rosa).open(f"/w/{workshop}") and "Grupo 2" not in browser_of(app, rosa).page
    assert person.taps <= 5


@pytest.mark.parametrize("template", templates(), ids=lambda one: one.key)
def test_every_programme_makes_its_blocks_and_their_rooms_by_axis(app, meeting, elena, template):
    browser = browser_of(app, elena)
    browser.open("/workshops/new")
    browser.send("/workshops/new", "begins", begin=template.key, title="Encuentro", day=["2027-03-08", ""],
                 axes="Agua\nSuelo", **FIELDS | {"language": ["fr"]})
    workshop = made(app, browser.path)
    blocks = stored(app, Block, workshop)
    assert len(blocks) == sum(map(len, template.said)) and {one.title for one in blocks} == {
        one.title.fr for day in template.said for one in day}
    [it] = [one for one in stored(app, Axis, workshop) if one.number == 1]
    groups = [one for one in blocks if one.kind == "groups"]
    rooms = [one for one in stored(app, Room, workshop) if one.kind == "group"]
    assert len(rooms) == 2 * len(groups) and sum(room.axis_id == it.id for room in rooms) == len(groups)
    with app.extensions["house"].store.read() as session:
        assert session.get(Workshop, workshop).days == template.day_list("2027-03-08")
    said = browser.open(f"/w/{workshop}/history")
    assert "Elena Quispe" in said and template.name["es"] in said
    for groups_asked in ("0", "999"):
        browser.open("/workshops/new")
        browser.send("/workshops/new", "begins", begin=template.key, title=f"Otro {groups_asked}",
                     groups=groups_asked, **FIELDS)
        assert browser.said == "Entre 1 y 20 grupos."


def test_a_copy_of_one_of_mine_is_chosen_where_workshops_are_made(app, meeting, elena):
    browser = browser_of(app, elena)
    assert "Segundo encuentro" in browser.open("/workshops/new")
    browser.send("/workshops/new", "begins", begin="copy", copy=meeting["workshop"], title="Tercero",
                 day="2027-03-08", **FIELDS)
    workshop = made(app, browser.path)
    assert workshop != meeting["workshop"] and len(stored(app, Room, workshop)) == 4 and not stored(app, Seat, workshop)
    stranger = cast.Phone(app.test_client())
    with app.extensions["house"].store.write() as session:
        now = app.extensions["house"].clock()
        account = workshops.create_account(session, now, "ana@example.org", "Ana", "x")
        stranger.http.set_cookie("tinkuy", sessions.sign_in(session, now, None, account))
    other = browser_of(app, stranger)
    assert "Segundo encuentro" not in other.open("/workshops/new")
    other.send("/workshops/new", "begins", begin="copy", copy=meeting["workshop"], title="Mío", **FIELDS)
    assert other.said, "what is not mine is not copied"
    other.send("/workshops/new", "begins", begin="copy", title="Mío", **FIELDS)
    assert other.said
