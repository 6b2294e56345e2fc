"""A room is led from a page without script: what a step will show is told before, and what can be taken back is offered."""
import re

import pytest

from tests.pages.facilitator.people import joined
from tests.pages.shell.attacks.test_guard import signed_in
from tests.support import cast
from workshop.store.models import Contribution, LateTray, Room
from workshop.store.streams import numbering

STEPS = [{"key": "solo", "minutes": 8, "opens": ["ideas"], "see": "own"},
         {"key": "ideas", "minutes": 15, "opens": ["ideas"]},
         {"key": "otro", "minutes": 0, "opens": ["ideas"]}]


@pytest.fixture
def where(app, meeting) -> str:
    """The page of room 1, which is at a private step in which two ideas were written."""
    with app.extensions["house"].store.write() as session:
        numbering.lock(session, {meeting["workshop"]})
        session.get(Room, meeting["rooms"][0]).steps = STEPS
    rosa, board = cast.Phone(app.test_client()), cast.activities(app, meeting["rooms"][0])["ideas"]
    rosa.join(meeting["code"], "Rosa")
    for text in ("Una", "Otra"):
        cast.ok(rosa.post(board, text))
    return f"/w/{meeting['workshop']}/r/1/lead"


def led(app, where):
    """The facilitator, at that page."""
    lead = signed_in(app)
    lead.open(where)
    return lead


def room(app, meeting) -> Room:
    with app.extensions["house"].store.read() as session:
        return session.get(Room, meeting["rooms"][0])


def test_a_step_that_shows_private_cards_says_how_many_and_is_asked_for(app, meeting, where):
    lead = led(app, where)
    lead.open(where)
    assert "2 tarjetas privadas pasan a ser visibles para todas las personas." in lead.page
    lead.send(where, do="step.1")
    assert room(app, meeting).step == 0, "it was not asked for with what it shows"
    lead.send(where, do="step.1", sure="2")
    assert room(app, meeting).step == 0
    lead.send(where, do="step.1", sure="1")
    assert room(app, meeting).step == 1
    with app.extensions["house"].store.read() as session:
        assert all(row.stream_id == meeting["rooms"][0] for row in session.query(Contribution).filter_by(kind="idea"))
    lead.open(where)
    assert "Elena Quispe pasó la sala a" not in lead.page, "what was seen is seen"


def test_a_step_that_shows_nothing_goes_at_once_and_can_be_taken_back(app, meeting, where):
    lead = led(app, where)
    lead.send(where, do="step.1", sure="1")
    lead.send(where, do="step.2")
    assert room(app, meeting).step == 2
    lead.open(where)
    assert "Elena Quispe pasó la sala a «otro»." in re.sub(r"[\u2068\u2069]", "", lead.page)
    lead.send(where, do="undo")
    assert room(app, meeting).step == 1


def test_the_clock_is_started_set_and_taken_away(app, meeting, where):
    lead = led(app, where)
    lead.open(where)
    assert "Iniciar el reloj" in lead.page and "No corre ningún reloj." in lead.page
    lead.send(where, do="clock", minutes="42")
    assert "quedan 42 min" in lead.page
    lead.send(where, do="pause")
    assert "En pausa" in lead.page
    lead.send(where, do="go_on")
    lead.send(where, do="stop")
    assert room(app, meeting).deadline is None


def test_the_desk_asks_what_a_step_and_closing_will_show(app, meeting, where):
    elena = cast.facilitator(app, meeting)
    for step, told in ((1, 1), (3, 1), (0, 0)):
        assert len(elena.http.get(where.replace("/lead", f"/ahead/{step}")).json["told"]) == told
    assert elena.http.get(where.replace("/lead", "/ahead/4")).status_code == 404


def test_steps_that_would_show_private_cards_are_saved_only_by_who_has_been_told(app, meeting, where):
    lead, page = led(app, where), where.replace("/lead", "/process")
    lead.open(page)
    form = {name: value for name, value in re.findall(r'name="([^"]+)" (?:type="number" [^>]*)?value="([^"]*)"', lead.page)
            if name in ("base", "0.key", "0.like", "0.minutes")}
    form |= {"0.opens": "ideas", "0.see": "room", "0.waits": "1", "do": "save"}
    lead.send(page, **form)
    assert "2 tarjetas privadas" in lead.page and room(app, meeting).steps[0].get("see") == "own"
    lead.send(page, **form, sure="1")
    assert room(app, meeting).steps[0].get("see", "room") == "room" and room(app, meeting).steps[0]["waits"] is True


def test_without_script_the_room_says_step_and_clock_and_leads_to_this_page(app, meeting, where):
    lead = led(app, where)
    lead.send(where, do="clock", minutes="30")
    lead.open(where.removesuffix("/lead"))
    assert f'href="{where}"' in lead.page
    rosa = joined(app, meeting, "Ana")
    assert "Paso 1 de 3" in rosa.page and "hasta las" in rosa.page and where not in rosa.page


def test_an_idea_that_is_sent_without_script_after_the_end_is_kept_and_given_back_to_be_read(app, meeting, where):
    rosa, lead = joined(app, meeting, "Ana"), led(app, where)
    board, seat = cast.activities(app, meeting["rooms"][0])["ideas"], re.search(r'name="seat" value="([^"]+)"', rosa.page)[1]
    lead.send(where, do="pause")
    say = where.replace("/lead", "/say")
    rosa.send(say, add=board, text="Llegué tarde", seat=seat)
    assert '<blockquote class="said transcript">Llegué tarde</blockquote>' in rosa.page
    rosa.send(say, put=board, name="Semillas", seat=seat, card="x" * 12)
    assert ">Semillas</textarea>" in rosa.page and "Enviar tarde" in rosa.page, "the name of a group can be read, and sent"
    rosa.send(say, add=board, text="Semillas", seat=seat)
    with app.extensions["house"].store.read() as session:
        kept = [row.payload["body"]["text"] for row in session.query(LateTray).order_by(LateTray.at)]
    assert kept == ["Llegué tarde", "Semillas"]
