"""From the page of messages people are called to a place; the walls are led without losing what was typed."""
import re

import pytest

from tests.pages.shell.attacks.test_guard import signed_in
from tests.support import cast
from tests.support.cast import ok
from workshop.domain.limits import NAME
from workshop.store.counts import notices


@pytest.fixture
def card(app, meeting, phone):
    """The first card of room 1."""
    rosa = phone()
    rosa.join(meeting["code"], "Rosa Mamani")
    board = cast.activities(app, meeting["rooms"][0])["ideas"]
    return ok(rosa.do("contribution.add", {"activity": board, "id": "card00000001", "body": {"text": "Más riego"}}))["card"]


def test_people_are_called_to_a_card_by_its_number(app, meeting, card):
    elena, where = signed_in(app), f"/w/{meeting['workshop']}"
    thread = elena.open(f"{where}/card/{card['id']}")
    assert f"{where}/messages?card=R1-001#card" in thread and f"{where}/walls?kind=card&amp;card=R1-001#send" in thread
    assert 'value="R1-001"' in elena.open(f"{where}/messages?card=R1-001")
    elena.send(f"{where}/messages", "sheet", card="r1-001", do="card")
    with app.extensions["house"].store.read() as session:
        [told] = notices.readers(session, meeting["workshop"])
    assert (told["room"], told["card"]) == (meeting["rooms"][0], card["id"])
    assert "Llamada a una tarjeta de la sala 1" in elena.open(f"{where}/messages")


@pytest.mark.parametrize("typed", ["", "R1-777", "R9-001", "la del riego", "R1-00١"])
def test_a_card_that_there_is_not_is_said_and_calls_nobody(app, meeting, card, typed):
    elena, where = signed_in(app), f"/w/{meeting['workshop']}"
    elena.open(f"{where}/messages")
    page = elena.send(f"{where}/messages", "sheet", card=typed, do="card")
    assert 'class="problem' in str(page)
    with app.extensions["house"].store.read() as session:
        assert notices.readers(session, meeting["workshop"]) == []


def test_a_wall_whose_name_is_too_long_stays_as_it_was_typed(app, meeting):
    elena, where, name = signed_in(app), f"/w/{meeting['workshop']}", "Salinas " * NAME
    elena.open(f"{where}/walls")
    page = str(elena.send(f"{where}/walls/set", "/walls/set", act="add", wall="", name=name, theme="dark", far="8"))
    begun = page[page.index('id="name-new"') - 200:]
    assert f'value="{name}"' in begun or name.strip() in begun
    assert re.search(r'value="dark" checked', begun) and 'value="8.0"' in begun


def test_a_new_address_is_made_with_the_second_tap_only(app, meeting):
    page = signed_in(app).open(f"/w/{meeting['workshop']}/walls")
    asked = page[:page.index('value="key"')].rindex("<details>")
    assert "se quedan sin imagen" in page[asked:page.index('value="key"')]


def test_everybody_is_called_to_a_card_with_one_tap_on_its_page(app, meeting, card):
    elena, where = signed_in(app), f"/w/{meeting['workshop']}"
    elena.open(f"{where}/card/{card['id']}")
    elena.send(f"{where}/messages", 'class="row"', do="card")
    with app.extensions["house"].store.read() as session:
        [told] = notices.readers(session, meeting["workshop"])
    assert (told["room"], told["card"]) == (meeting["rooms"][0], card["id"])
