"""The page that looks for cards in all rooms."""
import re

import pytest

from tests.support import cast
from workshop.store.models import Activity, Contribution
from workshop.store.streams import numbering

TEXTS = {1: ("Guardar semilla propia", "Ferias cada semana"), 2: ("Más semilla de papa nativa",)}


@pytest.fixture
def people(app, meeting):
    """Rosa, who was in room 1 and is in room 2 now, with ideas in both."""
    rosa = cast.Phone(app.test_client())
    for number, texts in TEXTS.items():
        rosa.join(meeting["code"], "Rosa Mamani", room=number)
        board = cast.activities(app, meeting["rooms"][number - 1])["ideas"]
        for text in texts:
            rosa.post(board, text)
    return rosa


def found(http, meeting, **asked) -> list[str]:
    """The numbers of the cards that the page shows."""
    answer = http.get(f"/w/{meeting['workshop']}/find", query_string=asked)
    assert answer.status_code == 200
    return re.findall(r'<a class="number"[^>]*>(R\d+-\d+)</a>', answer.get_data(as_text=True))


def test_a_facilitator_finds_cards_in_every_room_by_word_number_room_and_axis(app, meeting, people):
    elena = cast.facilitator(app, meeting).http
    assert found(elena, meeting) == ["R1-001", "R1-002", "R2-001"]
    assert found(elena, meeting, text="SEMÍLLA") == ["R1-001", "R2-001"]
    assert found(elena, meeting, text="R1-2") == ["R1-002"]
    assert found(elena, meeting, text="semilla", room=meeting["rooms"][1]) == ["R2-001"]
    assert found(elena, meeting, axis="no-such-axis") == found(elena, meeting, votes="1") == []
    assert len(found(elena, meeting, single="1")) == 3 and found(elena, meeting, loose="1") == [], "columns know no place"


def test_without_a_place_and_without_a_group_mean_what_they_mean_on_the_board(app, meeting, people):
    elena, board = cast.facilitator(app, meeting), cast.activities(app, meeting["rooms"][0])["ideas"]
    house = app.extensions["house"]
    with house.store.write() as session:
        numbering.lock(session, {meeting["workshop"]})
        session.get(Activity, board).settings = {"columns": [], "layout": "timeline", "scale": "year"}
    with house.store.read() as session:
        ids = [row.id for row in session.query(Contribution).filter_by(activity_id=board).order_by(Contribution.number)]
    group = "grupo-de-prueba"
    for verb, payload in (("contribution.move", {"cards": ids[:1], "place": {"at": "2021"}}),
                          ("group.make", {"group": group, "name": "Ferias", "cards": ids[1:]})):
        assert elena.do(verb, payload | {"activity": board}, seat=None)["ok"]
    assert found(elena.http, meeting, loose="1") == ["R1-002"]
    assert found(elena.http, meeting, single="1") == ["R1-001", "R2-001"]
    assert elena.do("group.drop", {"id": group}, seat=None)["ok"]
    assert found(elena.http, meeting, single="1", loose="1") == ["R1-002"]


def test_a_facilitator_finds_what_was_written_in_one_of_several_places(app, meeting, people):
    puno, copacabana = cast.sites(app, meeting, "Puno", "Copacabana")
    julio = cast.Phone(app.test_client())
    seat = {"name": "Don Julio", "channel": "hall", "site": copacabana}
    julio.place = julio.http.post("/api/join", headers={"X-Workshop": "1"},
                                  json={"code": meeting["code"], "seats": [seat], "room": 1}).get_json()
    assert julio.post(cast.activities(app, meeting["rooms"][0])["ideas"], "Desde la orilla del lago")["ok"]
    elena = cast.facilitator(app, meeting).http
    assert found(elena, meeting, site=copacabana) == ["R1-003"] and found(elena, meeting, site=puno) == []
    assert "Copacabana" in elena.get(f"/w/{meeting['workshop']}/find").get_data(as_text=True)
    assert "Copacabana" in elena.get(f"/w/{meeting['workshop']}/people").get_data(as_text=True)


def test_a_participant_finds_only_what_stands_in_rooms_where_they_are(app, meeting, people):
    julio = cast.Phone(app.test_client())
    julio.join(meeting["code"], "Don Julio", room=2)
    assert found(julio.http, meeting, text="semilla") == ["R2-001"]
    assert found(julio.http, meeting, mine="1") == []
    assert app.test_client().get(f"/w/{meeting['workshop']}/find").status_code == 404, "strangers find nothing"


def test_many_cards_come_in_pages_that_keep_what_was_asked(app, meeting):
    rosa = cast.Phone(app.test_client())
    rosa.join(meeting["code"], "Rosa Mamani")
    board = cast.activities(app, meeting["rooms"][0])["ideas"]
    for n in range(60):
        rosa.post(board, f"Idea {n} de riego" if n % 2 else f"Idea {n} de ferias & <b>más</b>")
    elena = cast.facilitator(app, meeting).http
    assert len(found(elena, meeting, text="idea")) == 50
    page = elena.get(f"/w/{meeting['workshop']}/find", query_string={"text": "idea"}).get_data(as_text=True)
    assert "<b>más</b>" not in page and "&lt;b&gt;más&lt;/b&gt;" in page
    next_page = re.search(r'href="(\?[^"]*page=2)"', page)[1].replace("&amp;", "&")
    rest = elena.get(f"/w/{meeting['workshop']}/find{next_page}").get_data(as_text=True)
    assert len(re.findall(r'<a class="number"', rest)) == 10


@pytest.mark.parametrize("asked", [{"page": "x"}, {"page": "-3"}, {"page": "999999"}, {"text": "\x00" + "a" * 5000},
                                   {"room": "'\""}])
def test_nonsense_in_the_address_is_no_fault(app, meeting, people, asked):
    found(cast.facilitator(app, meeting).http, meeting, **asked)
