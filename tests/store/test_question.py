"""A question asked of SQLite's driver has the answer that SQLAlchemy gives."""
from sqlalchemy import bindparam, select

from tests.support.cast import activities, to_step
from workshop.store.fast.prepared import Question
from workshop.store.models import Ballot, RoomSeat, Stream
from workshop.store.visibility.own_cards import PLACES


def test_moments_json_and_names_of_columns_are_those_of_the_tables(app, meeting, phone):
    ana, house = phone(), app.extensions["house"]
    seat = ana.join(meeting["code"], "Ana")["seats"][0]["id"]
    assert ana.do("hand.raise", {"room": meeting["rooms"][0]})["ok"]
    dots = activities(app, meeting["rooms"][0])["dots"]
    idea = ana.post(activities(app, meeting["rooms"][0])["ideas"], "Agua para todos")["card"]["id"]
    to_step(app, meeting["rooms"][0], 1)
    assert ana.do("ballot.cast", {"activity": dots, "choices": {idea: 2}, "base_rev": 0})["ok"]
    ballots = Question(select(Ballot.choices, Ballot.rev.label("edition")).where(Ballot.seat_id == bindparam("seat")))
    with house.store.read() as session:
        for question in (PLACES, ballots):
            expected = session.execute(question.select, {"seat": seat}).all()
            found = question.rows(session, seat=seat)
            assert [row._asdict() for row in found] == [row._asdict() for row in expected] != []
        assert found[0].choices == {idea: 2}
        assert PLACES.rows(session, seat=seat)[0].hand_at == session.scalar(
            select(RoomSeat.hand_at).where(RoomSeat.seat_id == seat)) is not None


def test_constants_in_a_question_keep_their_value(app, meeting):
    question = Question(select(Stream.id).where(Stream.id == bindparam("stream"), Stream.seq >= 0))
    with app.extensions["house"].store.read() as session:
        assert [row.id for row in question.rows(session, stream=meeting["workshop"])] == [meeting["workshop"]]
        assert question.rows(session, stream="nobody's") == []
