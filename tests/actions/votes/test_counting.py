"""Live votes are counted once in a while, and never wrongly."""
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support import cast
from tests.support.cast import Phone, activities, found, to_step
from workshop.actions.performer import Performer
from workshop.actions.rooms.building import build_room
from workshop.actions.votes import tally_queue
from workshop.domain.kinds import kinds
from workshop.store.models import Activity, Workshop

EVERY = 10.0


class Clock:
    """Seconds that pass when the test says so."""

    def __init__(self):
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(app):
    """The tellers of the app count every ten seconds of this clock."""
    clock = Clock()
    app.extensions["house"].performer.counting = tally_queue.TallyQueue(EVERY, clock)
    return clock


@pytest.fixture
def vote(app, meeting, phone):
    """Rosa and Don Julio before two cards: a function (person, dots on the first card) and one that gives its tally."""
    people = {name: phone() for name in ("Rosa", "Don Julio")}
    for name, one in people.items():
        one.join(meeting["code"], name)
    ids = activities(app, meeting["rooms"][0])
    card = people["Rosa"].post(ids["ideas"], "Semilla propia")["card"]["id"]
    to_step(app, meeting["rooms"][0], 1)
    revs = Counter()

    def cast(name: str, dots: int) -> None:
        answer = people[name].do("ballot.cast", {"activity": ids["dots"], "choices": {card: dots}, "base_rev": revs[name]})
        assert answer["ok"], answer
        revs[name] += 1

    def points() -> int:
        return people["Rosa"].catch_up(meeting["rooms"][0])[ids["dots"]]["tally"]["items"].get(card, {"points": 0})["points"]
    return cast, points


def test_the_first_ballot_is_counted_at_once_and_those_that_follow_together(app, vote, clock):
    cast, points = vote
    news = []
    app.extensions["house"].performer.announce = news.append
    cast("Rosa", 1)
    assert points() == 1 and news[-1].count_in is None
    clock.now += 4
    cast("Rosa", 2), cast("Don Julio", 3)
    assert points() == 1
    assert news[-1].count_in == 6, "whoever hears the news knows when to count"
    clock.now += 6
    app.extensions["house"].performer.count()
    assert points() == 5
    assert len(news[-1].streams) == 1, "the room is told"
    app.extensions["house"].performer.count()
    assert len(news) == 4, "nothing waits, so nobody is told anything"


def test_no_ballot_waits_for_a_count_that_takes_long(app, vote, clock, monkeypatch):
    cast, points = vote
    news, performer = [], app.extensions["house"].performer
    performer.announce = news.append
    monkeypatch.setattr(tally_queue, "LONG", -1.0)
    cast("Rosa", 1)
    assert points() == 1, "that it takes long is known when it has been done"
    clock.now += EVERY
    cast("Rosa", 2)
    assert points() == 1 and news[-1].count_in == tally_queue.SOON
    performer.count()
    assert points() == 2
    monkeypatch.setattr(tally_queue, "LONG", float("inf"))
    clock.now += EVERY
    cast("Rosa", 3)
    performer.count()
    clock.now += EVERY
    cast("Rosa", 1)
    assert points() == 1 and news[-1].count_in is None, "it takes no longer now"


def test_ballots_that_waited_when_the_process_died_are_counted_by_the_next(app, vote, clock):
    cast, points = vote
    cast("Rosa", 1), cast("Don Julio", 3)
    assert points() == 1
    house = app.extensions["house"]
    Performer(house.store, house.clock, count_every=EVERY).count()
    assert points() == 4


def test_when_the_step_ends_what_waits_is_counted_first(app, vote, clock, meeting):
    cast, points = vote
    cast("Rosa", 1), cast("Don Julio", 3)
    house = app.extensions["house"]
    from workshop.actions.people import sessions
    from workshop.store.models import Account
    with house.store.write() as session:
        cookie = sessions.sign_in(session, house.clock(), None, session.get(Account, meeting["owner"]))
    command = {"client": "facilitator-00001", "n": 1, "verb": "room.close", "seat": None,
               "payload": {"room": meeting["rooms"][0]}}
    assert house.performer.perform(cookie, command)["ok"]
    assert points() == 4


@pytest.fixture(scope="module")
def hall(tmp_path_factory):
    """One app and three people for many votes."""
    app = cast.app(tmp_path_factory.mktemp("hall"), rate=1e6, burst=10**6)
    meeting = found(app)
    people = [Phone(app.test_client()) for _ in range(3)]
    for i, one in enumerate(people):
        one.join(meeting["code"], f"Persona {i}", room=1)
    yield app, meeting, people
    app.extensions["house"].store.close()


acts = st.lists(st.one_of(
    st.tuples(st.just("dots"), st.integers(0, 2), st.dictionaries(st.integers(0, 2), st.integers(0, 3), max_size=3)),
    st.tuples(st.just("opinions"), st.integers(0, 2), st.dictionaries(st.integers(0, 2), st.integers(-1, 1), max_size=3)),
    st.tuples(st.just("wait"), st.floats(0, 15)), st.just(("look",)), st.just(("restart",))), max_size=25)


@settings(max_examples=40)
@given(acts)
def test_whatever_happens_the_tally_is_a_recount_when_its_turn_has_come(hall, acts):
    app, meeting, people = hall
    house, clock, accepted = app.extensions["house"], Clock(), {"dots": {}, "opinions": {}}
    house.performer.counting = tally_queue.TallyQueue(EVERY, clock)
    with house.store.write() as session:
        room = build_room(session, session.get(Workshop, meeting["workshop"]), "Otra", votes=("dots", "opinions"))
        room.opened_at = house.clock()
        room_id = room.id
    ids = activities(app, room_id)
    for one in people:
        assert one.do("seat.enter", {"room": room_id})["ok"]
    cards = [people[0].post(ids["ideas"], f"Idea {i}")["card"]["id"] for i in range(3)]
    to_step(app, room_id, 1)
    counts, revs = Counter(), Counter()

    def counted(kind: str) -> dict:
        with house.store.read() as session:
            return session.get(Activity, ids[kind]).tally

    for act in acts:
        before = {kind: counted(kind) for kind in accepted}
        if act[0] == "wait":
            clock.now += act[1]
        elif act[0] == "look":
            house.performer.count()
        elif act[0] == "restart":
            house.performer.counting = tally_queue.TallyQueue(EVERY, clock)
        else:
            kind, who, choices = act[0], act[1], {cards[i]: value for i, value in act[2].items()}
            answer = people[who].do("ballot.cast", {"activity": ids[kind], "choices": choices, "base_rev": revs[kind, who]})
            if answer["ok"]:
                revs[kind, who] += 1
                accepted[kind][who] = {card: value for card, value in choices.items() if value or kind == "opinions"}
        counts.update(kind for kind in accepted if counted(kind) != before[kind])
    limit = 1 + (clock.now - 1000) / EVERY + sum(act[0] == "restart" for act in acts)
    assert all(n <= limit for n in counts.values()), "not more often than said"
    clock.now += EVERY
    house.performer.count()
    for kind, votes in accepted.items():
        recount = kinds()[kind].rules.summarise([(choices, None) for choices in votes.values()])
        assert (counted(kind) or {"items": {}, "ballots": 0}) == recount | {"ballots": len(votes)}
