"""A trial run takes its hands and questions along, and brings them back; a copy keeps the rules; a file keeps all."""
import json

from tests.support.cast import ok
from workshop.actions.importing import import_workshop
from workshop.exports import everything
from workshop.store.models import Floor, Question, Speech, Support


def held(app) -> dict[str, int]:
    """How many rows there are."""
    with app.extensions["house"].store.read() as session:
        return {table.__tablename__: session.query(table).count() for table in (Floor, Speech, Question, Support)}


def spoken(meeting, person, do) -> None:
    """Rosa speaks, Julio waits, and a question is wanted."""
    rosa, julio, of = person("Rosa"), person("Julio"), {"workshop": meeting["workshop"]}
    ok(do("speaker.rule", rule="least", minutes={"turn": 7}))
    for one in (rosa, julio):
        ok(one.do("speaker.raise", of))
    ok(do("speaker.next"))
    asked = ok(rosa.do("question.ask", of | {"text": "¿Quién?"}))["card"]["id"]
    ok(julio.do("question.support", of | {"question": asked}))


def test_what_a_trial_run_said_goes_and_comes_back(app, meeting, person, do):
    spoken(meeting, person, do)
    before = held(app)
    ok(do("workshop.clear"))
    assert held(app) == {"floor": 1, "speech": 0, "question": 0, "support": 0}
    ok(do("workshop.recover"))
    assert held(app) == before == {"floor": 1, "speech": 2, "question": 1, "support": 1}
    assert do("speaker.next", saw="")["code"] == "stale", "Rosa speaks again"


def test_a_copy_has_the_rules_and_nobody_on_the_list(app, meeting, person, do):
    spoken(meeting, person, do)
    made = ok(do("workshop.duplicate", title="Otro"))["workshop"]
    with app.extensions["house"].store.read() as session:
        [floor] = session.query(Floor).filter_by(workshop_id=made)
        assert (floor.rule, floor.minutes, floor.stream_id) == ("least", {"turn": 7}, made)
        assert not session.query(Speech).filter_by(workshop_id=made).count()


def test_a_file_that_is_read_back_has_everything_in_its_order(app, meeting, person, do):
    spoken(meeting, person, do)
    house = app.extensions["house"]
    with house.store.read() as session:
        content = json.loads(json.dumps(everything.everything(session, meeting["workshop"])))
    with house.store.write() as session:
        made = import_workshop(session, house.clock(), content).id
    with house.store.read() as session:
        again = everything.everything(session, made)["tables"]
    for name in ("floor", "speech", "question", "support"):
        assert len(again[name]) == len(content["tables"][name]) > 0
    assert do("speaker.next", workshop=made)["code"] == "not_here", "a stranger there"
