"""What people say in their own words in a vote, on a page without script: words, another answer, a reason; who reads it."""
import json
from html import unescape

import pytest

from tests.pages.facilitator.people import joined
from tests.support.cast import activities, facilitator, to_step
from workshop.actions.rooms.building import add_activity
from workshop.domain.visibility import Viewer
from workshop.store.models import Activity, Ballot, Contribution, Room, Workshop
from workshop.store.streams import numbering
from workshop.store.visibility import results

THINGS = [{"key": "agua", "title": "El agua"}, {"key": "feria", "title": "La <b>feria</b>"}]


@pytest.fixture
def room(app, meeting):
    """A room in which everything is open: {number, cast(kind, settings) -> id of such a vote}."""
    where = meeting["rooms"][0]
    board = activities(app, where)["ideas"]

    def add(kind: str, **settings) -> str:
        with app.extensions["house"].store.write() as session:
            numbering.lock(session, {meeting["workshop"]})
            here = session.get(Room, where)
            here.steps, here.step = [{"key": "all", "minutes": 0, "opens": ["ideas", kind]},
                                     {"key": "over", "minutes": 0, "opens": ["ideas"]}], 0
            made = add_activity(session, here, kind, 20, {"source": board} | settings)
            session.query(Activity).filter(Activity.room_id == where, Activity.kind == kind, Activity.id != made.id).delete()
            return made.id
    return add


def ballot(app, vote: str) -> dict:
    with app.extensions["house"].store.read() as session:
        return next((one.choices for one in session.query(Ballot).filter_by(activity_id=vote)), None)


def test_words_are_typed_into_fields_of_the_page_and_stand_in_cloud_and_list(app, meeting, room):
    vote, rosa, at = room("words"), joined(app, meeting, room=1), f"/w/{meeting['workshop']}/r/1"
    page = rosa.open(at)
    assert page.count('name="said"') == 2 * 3, "above the cards and below them"
    rosa.send(f"{at}/say", 'class="cloud-mine"', cast=f"{vote}:words:=", said="Agua <i>limpia</i>")
    assert ballot(app, vote) == {"words": ["Agua <i>limpia</i>"]}
    app.extensions["house"].performer.count()
    page = rosa.open(at)
    assert 'value="Agua &lt;i&gt;limpia&lt;/i&gt;"' in page and "<i>limpia" not in page
    assert page.count("Agua &lt;i&gt;limpia&lt;/i&gt;</span>") == 2, "in the cloud and in the list"
    rosa.send(f"{at}/say", 'class="cloud-mine"', cast=f"{vote}:words:=", said="x" * 61)
    assert "60" in unescape(rosa.page) and ballot(app, vote) == {"words": ["Agua <i>limpia</i>"]}


def test_another_answer_is_typed_and_is_no_option_again(app, meeting, room):
    vote, rosa, at = room("choice", options=THINGS, own=True), joined(app, meeting, room=1), f"/w/{meeting['workshop']}/r/1"
    rosa.open(at)
    rosa.send(f"{at}/say", 'class="own-words"', cast=f"{vote}:+:=:only", said="El bosque")
    assert ballot(app, vote) == {"+": "El bosque"}
    rosa.open(at)
    rosa.send(f"{at}/say", 'id="quick"', cast=f"{vote}:feria:1:only")
    assert ballot(app, vote) == {"feria": 1}
    rosa.open(at)
    rosa.send(f"{at}/say", 'class="own-words"', cast=f"{vote}:+:=:only", said="las ferias")
    assert "una de las respuestas" not in unescape(rosa.page) and ballot(app, vote) == {"+": "las ferias"}, "«b» is a word"


def test_a_reason_is_typed_beside_the_answer_and_staff_alone_reads_it_where_nobody_is_known(app, meeting, room):
    vote, rosa, at = room("consent"), joined(app, meeting, room=1), f"/w/{meeting['workshop']}/r/1"
    rosa.open(at)
    rosa.send(f"{at}/say", 'id="composer"', text="Guardar semilla")
    rosa.open(at)
    with app.extensions["house"].store.read() as session:
        board = session.get(Activity, vote).settings["source"]
        idea = session.query(Contribution.id).filter_by(activity_id=board).scalar()
    rosa.send(f"{at}/say", 'id="quick"', cast=f"{vote}:{idea}:no")
    assert ballot(app, vote) == {idea: "no"}
    page = rosa.open(at)
    assert "¿Qué le preocupa?" in page and "¿Qué cambio la levantaría?" in page
    rosa.send(f"{at}/say", 'class="why"', cast=f"{vote}:{idea}:=no", said="Falta agua")
    assert ballot(app, vote) == {idea: {"is": "no", "why": "Falta agua"}}
    app.extensions["house"].performer.count()
    with app.extensions["house"].store.read() as session:
        held = session.get(Activity, vote)
        for privacy, role, secret, told in (
                ("named", "participant", False, True), ("anonymous", "participant", False, False),
                ("anonymous", "facilitator", False, True), ("named", "participant", True, False)):
            held.settings = held.settings | {"rules": {"named": "secret"} if secret else {}}
            seen = results.told_to(Viewer(meeting["workshop"], privacy, role, frozenset(), frozenset({held.room_id})), held)
            assert ("Falta agua" in json.dumps(seen)) == told and seen["items"][idea]["counts"] == {"no": 1}
        session.rollback()
    to_step(app, meeting["rooms"][0], 1)
    with app.extensions["house"].store.write() as session:
        session.get(Workshop, meeting["workshop"]).privacy = "anonymous"
    assert "Falta agua" not in joined(app, meeting, room=1).open(at)
    assert "Falta agua" not in json.dumps(facilitator(app, meeting).http.get(f"/s/{meeting['screen']}").text)


def test_named_things_stand_in_place_of_cards_with_the_first_first_when_it_is_over(app, meeting, room):
    vote, rosa, at = room("dots", options=THINGS), joined(app, meeting, room=1), f"/w/{meeting['workshop']}/r/1"
    rosa.open(at)
    rosa.send(f"{at}/say", 'id="quick"', cast=f"{vote}:feria:1")
    assert ballot(app, vote) == {"feria": 1}
    rosa.open(at)
    rosa.send(f"{at}/say", 'id="quick"', cast=f"{vote}:nada:1")
    assert ballot(app, vote) == {"feria": 1}, "what is no thing of the vote is refused, the old ballot stands"
    app.extensions["house"].performer.count()
    to_step(app, meeting["rooms"][0], 1)
    page = rosa.open(at)
    assert page.index("La &lt;b&gt;feria") < page.index("El agua") and "1 punto" in page
