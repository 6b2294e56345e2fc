"""Where people are now: asked at the door in one tap, known on cards, said in the memoria."""
import re

import pytest

from tests.exports.texts import READERS, squeezed
from tests.pages.facilitator.people import Browser
from tests.support import cast
from workshop.domain.visibility import Viewer
from workshop.exports import worker
from workshop.store.models import Seat, Workshop


@pytest.fixture
def places(app, meeting):
    """{name: id} of two places where people meet."""
    return dict(zip(("Puno", "Copacabana"), cast.sites(app, meeting, "Puno", "Copacabana"), strict=True))


@pytest.fixture
def browser(app, meeting) -> Browser:
    return Browser(app)


def _seats(app) -> dict[str, tuple]:
    with app.extensions["house"].store.read() as session:
        return {seat.name: (seat.channel, seat.site_id) for seat in session.query(Seat)}


def _go_in(browser, meeting, **form):
    path = f"/j/{meeting['code']}"
    page = browser.open(path)
    delegation = re.search(r'name="delegation" value="([^"]+)"', page)[1]
    return browser.send(path, delegation=delegation, **form)


def test_at_the_door_the_hall_is_chosen_together_with_its_place(app, meeting, places, browser):
    page = browser.open(f"/j/{meeting['code']}")
    choices = re.findall(r'name="channel" value="([^"]+)"', page)
    assert choices == [f"hall:{places['Puno']}", f"hall:{places['Copacabana']}", "remote"]
    assert "Presencial: Copacabana" in page
    _go_in(browser, meeting, name="Rosa", channel=choices[1])
    assert _seats(app) == {"Rosa": ("hall", places["Copacabana"])}


def test_with_one_place_nobody_is_asked_and_who_is_in_the_hall_is_there(app, meeting, browser):
    only, = cast.sites(app, meeting, "Puno")
    choices = re.findall(r'name="channel" value="([^"]+)"', browser.open(f"/j/{meeting['code']}"))
    assert choices == ["hall", "remote"]
    _go_in(browser, meeting, name="Rosa", channel="hall")
    far = cast.Phone(app.test_client())
    answer = far.join(meeting["code"], "Julio", channel="remote")
    assert answer["sites"] == [{"id": only, "name": "Puno"}]
    assert _seats(app) == {"Rosa": ("hall", only), "Julio": ("remote", None)}


def test_a_place_of_another_workshop_is_refused_with_words(app, meeting, places, browser):
    _go_in(browser, meeting, name="Rosa", channel="hall:of-another-1")
    assert "Ese lugar no es de este taller." in browser.page and _seats(app) == {}


@pytest.mark.parametrize(("privacy", "told"), [("named", True), ("anonymous", False)])
def test_a_card_tells_its_place_where_its_author_is_shown(app, meeting, places, phone, privacy, told):
    with app.extensions["house"].store.write() as session:
        session.get(Workshop, meeting["workshop"]).privacy = privacy
    rosa = phone()
    seat = {"name": "Rosa", "channel": "hall", "site": places["Copacabana"]}
    rosa.place = rosa.http.post("/api/join", headers={"X-Workshop": "1"},
                                json={"code": meeting["code"], "seats": [seat], "room": 1}).get_json()
    assert rosa.place["seats"][0]["site"] == places["Copacabana"]
    rosa.post(cast.activities(app, meeting["rooms"][0])["ideas"], "Guardar semilla")
    julio = phone()
    julio.join(meeting["code"], "Julio")
    card, = (card for card in julio.catch_up(meeting["rooms"][0]).values() if card["kind"] == "idea")
    assert card.get("site") == (places["Copacabana"] if told else None)
    house = app.extensions["house"]
    for form in READERS:
        data = worker.memoria(house.store, meeting["workshop"], Viewer(meeting["workshop"], privacy, "owner"), form, "es",
                              house.clock())
        text = squeezed(READERS[form](data))
        assert (squeezed("Copacabana: 1") in text) != (form == "xlsx")
        assert text.count("Copacabana") == (1 if form == "xlsx" else 2) + told, form
