"""People who come in at the same time share a transaction, and none of them is harmed by another."""
import threading

import pytest
from sqlalchemy import func, select

from tests.support.waiting import PATIENCE
from workshop.actions.core import writer
from workshop.domain.errors import Refusal
from workshop.store.models import Device, RoomSeat, Seat


@pytest.fixture
def database() -> str:
    return ""


@pytest.fixture(autouse=True)
def patient(monkeypatch):
    """A batch takes all who wait, however slow the machine is."""
    monkeypatch.setattr(writer, "HOLD", float("inf"))


def count(house, table) -> int:
    with house.store.read() as session:
        return session.scalar(select(func.count()).select_from(table))


def crowd(house, meeting, calls: list[tuple]) -> list:
    """All `calls` (people, room) of arrivals.join, which find the pen taken and so wait together; what each got."""
    arrivals, got = house.performer.arrivals, [None] * len(calls)
    gone_in, go = threading.Event(), threading.Event()

    def hold(session, joined):
        gone_in.set()
        go.wait(PATIENCE)

    def enter(i, people, room):
        try:
            got[i] = arrivals.join(None, meeting["code"], people, room)[0]
        except Refusal as refusal:
            got[i] = refusal.code
    first = threading.Thread(target=lambda: arrivals.join(None, meeting["code"], person("Primera"), 1, hold))
    first.start()
    assert gone_in.wait(PATIENCE)
    threads = [threading.Thread(target=enter, args=(i, *call)) for i, call in enumerate(calls)]
    for thread in threads:
        thread.start()
    while len(arrivals.writer._waiting) < len(calls):
        threading.Event().wait(0.005)
    go.set()
    for thread in [first, *threads]:
        thread.join(PATIENCE)
    return got


def person(name: str, channel: str = "hall") -> list[dict]:
    return [{"name": name, "channel": channel}]


@pytest.fixture
def house(app):
    return app.extensions["house"]


def test_a_hall_is_seated_in_few_transactions(house, meeting):
    told, transactions = [], []
    house.performer.announce = told.append
    hold = house.store.pen.hold
    house.store.pen.hold = lambda: (transactions.append(1), hold())[1]
    seated = crowd(house, meeting, [(person(f"Persona {n}"), 1) for n in range(20)])
    assert len({joined.seats[0].id for joined in seated}) == len({joined.secret for joined in seated}) == 20
    assert (count(house, Seat), count(house, RoomSeat)) == (21, 21)
    assert len(transactions) == len(told) == 2, "the first, then all who waited"
    assert {row.seat_id for row in told[1].streams[meeting["rooms"][0]].rows.values()} == {
        joined.seats[0].id for joined in seated}


def test_who_is_refused_leaves_no_trace_and_the_others_sit(house, meeting):
    calls = [(person("Rosa"), 1), (person(" "), 1), ([], 1), (person("Julio", "moon"), 1), (person("x") * 99, 1),
             (person("Elvira"), 2)]
    transactions = []
    hold = house.store.pen.hold
    house.store.pen.hold = lambda: (transactions.append(1), hold())[1]
    got = crowd(house, meeting, calls)
    assert len(transactions) == 2, "nobody had to begin anew"
    assert got[1:5] == ["name_missing", "no_seat", "bad_channel", "too_many_seats"]
    assert [got[0].seats[0].name, got[5].seats[0].name] == ["Rosa", "Elvira"]
    assert (count(house, Seat), count(house, Device)) == (3, 3), "no device is left of those who were refused"


def test_what_breaks_the_transaction_of_all_is_tried_again_for_each(house, meeting, monkeypatch):
    from workshop.actions.people import sessions
    join, tried = sessions.join, []

    def fragile(session, now, secret, code, people, *more):
        tried.append(people[0]["name"])
        if tried.count("Broken") > 1 and tried[-1] == "Broken":
            raise Refusal("forbidden")
        joined = join(session, now, secret, code, people, *more)
        if tried[-1] == "Broken":
            raise RuntimeError("the disk")
        return joined
    monkeypatch.setattr(sessions, "join", fragile)
    got = crowd(house, meeting, [(person("Rosa"), 1), (person("Broken"), 1), (person("Julio"), 1)])
    assert [got[0].seats[0].name, got[1], got[2].seats[0].name] == ["Rosa", "forbidden", "Julio"]
    with house.store.read() as session:
        assert sorted(session.scalars(select(Seat.name))) == ["Julio", "Primera", "Rosa"]
    assert tried.count("Rosa") == 2, "once with all, once alone"
