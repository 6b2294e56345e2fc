"""Who was heard, in sums: time of turns for the team; for those who lead also what five people or more say of themselves."""
from datetime import timedelta

import pytest

from tests.support import cast
from tests.support.cast import ok
from workshop.store.counts import balance, numbers
from workshop.store.models import Membership, Seat, Speech, Workshop


@pytest.fixture
def heard(app, meeting, phone):
    """heard(women, men, silent): so many say of themselves that they are one or the other, or nothing; each writes a card,
    and the first two women of Taraco and Salinas have had the word for 65 and 30 seconds."""
    def come(*many: int, asks=("gender",)) -> None:
        house, board = app.extensions["house"], cast.activities(app, meeting["rooms"][0])["ideas"]
        first, second = cast.delegations(app, meeting)[:2]
        with house.store.write() as session:
            session.get(Workshop, meeting["workshop"]).asks = list(asks)
        seats = []
        for gender, n in zip(("f", "m", None), many, strict=True):
            for i in range(n):
                one = phone()
                ok(one.join(meeting["code"], f"Persona {gender} {i}", delegation=second if i % 2 else first,
                            channel="remote" if i % 2 else "hall"))
                ok(one.post(board, f"Idea de {gender} {i}"))
                seats.append((one.place["seats"][0]["id"], gender))
        with house.store.write() as session:
            for key, gender in seats:
                session.get(Seat, key).declared = {"gender": gender} if gender else None
            now = house.clock()
            for n, (of, took) in enumerate(((first, 65), (second, 30)), 1):
                session.add(Speech(id=f"turno-{n}", workshop_id=meeting["workshop"], stream_id=meeting["workshop"], number=n,
                                   seat_id=seats[n - 1][0], delegation_id=of, channel=("hall", "remote")[n - 1], kind="turn",
                                   seconds=180, raised_at=now, started_at=now, ended_at=now + timedelta(seconds=took)))
    return come


def sums(app, meeting, leads: bool = True) -> dict:
    with app.extensions["house"].store.read() as session:
        return balance.of(session, session.get(Workshop, meeting["workshop"]), leads)


def test_time_of_turns_is_told_by_delegation_and_by_channel(app, meeting, heard):
    heard(2, 0, 0)
    first, second = cast.delegations(app, meeting)[:2]
    assert sums(app, meeting)["spoken"] == {"delegations": {first: 65, second: 30}, "hall": 65, "remote": 30}


def test_cards_and_time_by_declared_gender_are_told_to_those_who_lead(app, meeting, heard):
    heard(6, 5, 5)
    elena = cast.facilitator(app, meeting)
    assert sums(app, meeting)["genders"] == [["f", 6, 6, 95], ["m", 5, 5, 0], ["", 5, 5, 0]]
    assert "genders" not in sums(app, meeting, leads=False)
    asked = f"/w/{meeting['workshop']}/progress"
    assert elena.http.get(asked).get_json()["all"]["genders"][0] == ["f", 6, 6, 95]
    with app.extensions["house"].store.write() as session:
        session.query(Membership).filter_by(account_id=meeting["owner"]).one().role = "rapporteur"
    told = elena.http.get(asked).get_json()["all"]
    assert told["spoken"]["hall"] == 65 and "genders" not in told


def test_of_fewer_than_five_nothing_is_told_neither_apart_nor_by_taking_the_others_away(app, meeting, heard):
    heard(6, 4, 1)
    assert sums(app, meeting)["genders"] == [["f", 6, 6, 95], ["", 5, 5, 0]], "four men stand together with who said nothing"


def test_where_the_others_are_few_there_is_no_sum_at_all(app, meeting, heard):
    heard(6, 4, 0)
    assert sums(app, meeting)["genders"] == []


def test_where_nobody_is_asked_or_nobody_is_to_know_nothing_is_told(app, meeting, heard):
    heard(6, 5, 0, asks=("language",))
    assert "genders" not in sums(app, meeting)
    with app.extensions["house"].store.write() as session:
        workshop = session.get(Workshop, meeting["workshop"])
        workshop.asks, workshop.privacy = ["gender"], "anonymous"
    assert "genders" not in sums(app, meeting)
    with app.extensions["house"].store.read() as session:
        assert numbers.of(session, session.get(Workshop, meeting["workshop"]), True)["all"]["heard"] == {}
