"""Votes without script: every kind but the sliders can be cast with a button."""
import re

import pytest

from tests.pages.facilitator.people import Browser, joined
from tests.support import cast
from workshop.actions.rooms.rooms import add_activity
from workshop.domain.kinds import kinds
from workshop.store.models import Activity, Room
from workshop.store.streams import numbering


@pytest.fixture
def cast_in(app, meeting):
    """cast_in(kind, what stands in the value, **settings) -> Rosa before and after she pressed that button."""
    def vote(kind: str, wanted: str, **settings):
        rosa = joined(app, meeting)
        rosa.send(f"/w/{meeting['workshop']}/r/1/say", 'id="composer"', text="Guardar semilla propia")
        with app.extensions["house"].store.write() as session:
            numbering.lock(session, {meeting["workshop"]})
            room = session.get(Room, meeting["rooms"][0])
            room.steps = [{"key": "all", "minutes": 0, "opens": list(kinds())}]
            board = cast.activities(app, room.id)["ideas"]
            activity = add_activity(session, room, kind, 20, {"source": board} | settings).id
        rosa.open(f"/w/{meeting['workshop']}/r/1")
        button = re.search(rf'name="cast" value="({activity}:[^"]*{wanted}[^"]*)"', rosa.page)[1]
        rosa.send(f"/w/{meeting['workshop']}/r/1/say", 'id="quick"', cast=button)
        rosa.open(f"/w/{meeting['workshop']}/r/1")
        with app.extensions["house"].store.read() as session:
            return rosa, session.get(Activity, activity).tally
    return vote


@pytest.mark.parametrize(("kind", "wanted", "shown"), [
    ("light", ":ajustar", "Ajustar <b>1</b>"), ("consent", ":con_reserva", "Sí, con reserva <b>1</b>"),
    ("likes", ":1", "1 corazón"), ("choice", ":1:only", "la eligió 1 persona"), ("scale", "room:4", "Promedio 4,")])
def test_a_vote_is_cast_with_a_button_and_its_result_can_be_read(cast_in, kind, wanted, shown):
    rosa, tally = cast_in(kind, wanted)
    assert tally["ballots"] == 1 and shown in rosa.page
    assert 'aria-pressed="true"' in rosa.page or "Quitar el corazón" in rosa.page


def test_what_a_delegation_has_spent_of_dots_that_it_shares_can_be_read(cast_in):
    rosa, _tally = cast_in("dots", ":1", budget=6, budget_of="delegation")
    assert "Su delegación: 1 de 6 puntos" in rosa.page


def test_what_is_hidden_until_the_end_is_not_in_the_page(cast_in):
    rosa, tally = cast_in("scale", "room:4", reveal="close")
    assert tally is None and 'aria-pressed="true">4<' in rosa.page
    assert "Promedio" not in rosa.page


def test_choosing_another_option_gives_up_the_first(app, meeting, cast_in):
    options = [{"key": "feria", "title": {"es": "En la feria"}}, {"key": "escuela", "title": "En la <escuela>"}]
    rosa, tally = cast_in("choice", "feria:", options=options)
    assert tally["items"] == {"feria": {"seats": 1, "delegations": 1}}
    other = re.search(r'name="cast" value="([^"]+:escuela:1:only)"', rosa.page)[1]
    rosa.send(f"/w/{meeting['workshop']}/r/1/say", 'id="quick"', cast=other)
    app.extensions["house"].performer.count()
    with app.extensions["house"].store.read() as session:
        assert session.get(Activity, other.split(":")[0]).tally["items"] == {"escuela": {"seats": 1, "delegations": 1}}
    assert "En la &lt;escuela&gt;" in rosa.page


@pytest.mark.parametrize(("kind", "settings"), [
    ("choice", {"options": [{"key": "a", "title": "A"}, {"key": "b", "title": "B"}]}), ("choice", {}), ("scale", {}),
    ("dots", {}), ("words", {}), ("consent", {}), ("light", {"per": "row"}), ("points", {})])
@pytest.mark.parametrize("rules", [{"who": {"delegations": ["other"]}}, {"who": {"channels": ["phone"]}},
                                   {"who": {"sites": ["elsewhere"]}}])
def test_who_may_not_vote_reads_it_and_has_nothing_to_press(app, meeting, kind, settings, rules):
    rosa = joined(app, meeting)
    rosa.send(f"/w/{meeting['workshop']}/r/1/say", 'id="composer"', text="Guardar semilla propia")
    with app.extensions["house"].store.write() as session:
        numbering.lock(session, {meeting["workshop"]})
        room = session.get(Room, meeting["rooms"][0])
        room.steps = [{"key": "all", "minutes": 0, "opens": list(kinds())}]
        board = cast.activities(app, room.id)["ideas"]
        vote = add_activity(session, room, kind, 20, {"source": board, "rules": rules, "title": "Una votación"} | settings)
    rosa.open(f"/w/{meeting['workshop']}/r/1")
    assert f'value="{vote.id}:' not in rosa.page
    assert re.search('<p class="left barred">Una votación: [^<]+</p>', rosa.page)


def test_of_no_delegation_one_reads_that_delegations_vote(app, meeting):
    with app.extensions["house"].store.write() as session:
        numbering.lock(session, {meeting["workshop"]})
        room = session.get(Room, meeting["rooms"][0])
        room.steps = [{"key": "all", "minutes": 0, "opens": ["scale"]}]
        vote = add_activity(session, room, "scale", 20, {
            "source": cast.activities(app, room.id)["ideas"], "rules": {"one_per": "delegation"}})
    mirta = Browser(app)
    mirta.open(f"/j/{meeting['code']}?r=1")
    mirta.send(f"/j/{meeting['code']}", name="Mirta", delegation="", channel="hall")
    mirta.open(f"/w/{meeting['workshop']}/r/1")
    assert f'value="{vote.id}:' not in mirta.page and "left barred" in mirta.page
