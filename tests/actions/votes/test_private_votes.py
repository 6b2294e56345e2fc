"""Votes while a step is private: none of them shows, counts or gives away a card that is not the asker's yet, on whatever
page, in whatever frame or file."""
import pytest

from tests.actions.rooms.test_private_steps import hears, nobody_hears, pages, work_in
from tests.support import cast
from tests.support.needs import WHOLE
from workshop.actions.rooms.building import add_activity
from workshop.domain.kinds import kinds
from workshop.store.models import Activity, Room, RoomSeat, Workshop
from workshop.store.streams import numbering

ok = cast.ok
SECRET = "Lo que Rosa piensa a solas"
KINDS = sorted(name for name, kind in kinds().items() if kind.votes and kind.stands)  # what is about no card gives none away


@pytest.fixture
def table(app, meeting, phone):
    """(Elena, Rosa and Julio, Ana who is not with them) in the first room."""
    people = [phone() for _ in range(5)]
    for person, name in zip(people, ("Rosa", "Julio", "Ana", "Eva", "Luz"), strict=True):
        person.join(meeting["code"], name, delegation=cast.delegations(app, meeting)[0])
    return cast.facilitator(app, meeting), people


def vote_in(app, meeting, kind: str, **settings) -> str:
    """A vote of the kind on the cards of the first room."""
    settings |= {"per": "card"} if kinds()[kind].per == "room" else {}
    with app.extensions["house"].store.write() as session:
        numbering.lock(session, {meeting["workshop"]})
        room = session.get(Room, meeting["rooms"][0])
        board = session.query(Activity).filter_by(room_id=room.id, kind="ideas").one().id
        return add_activity(session, room, kind, 30, {"source": board, "key": "la_votacion"} | settings).id


def sample(kind: str, card: str) -> dict:
    """A ballot of the kind about the card."""
    value, = kinds()[kind].sample["ballot.cast"]["choices"].values()
    return {card: value}


# Each kind with one of both, by turns; reactions never close.
@pytest.mark.parametrize(("kind", "reveal"), [
    (kind, reveal) for at, kind in enumerate(KINDS) for reveal in (
        ("live",) if kind == "reactions" else ("live", "close") if WHOLE else (("live", "close")[at % 2],))])
def test_a_vote_on_a_private_card_is_heard_of_by_nobody_until_the_reveal(app, meeting, table, kind, reveal):
    elena, (rosa, *others) = table
    vote, room = vote_in(app, meeting, kind, reveal=reveal), meeting["rooms"][0]
    opens = ["ideas", "la_votacion"]
    steps = [{"key": see, "minutes": 0, "opens": opens, "see": see} for see in ("own", "pair", "four")]
    steps += [{"key": "todos", "minutes": 0, "opens": opens}, {"key": "fin", "minutes": 0, "opens": []}]
    work_in(app, elena, room, steps)
    card = ok(rosa.post(cast.activities(app, room)["ideas"], SECRET))["card"]["id"]
    heads, said = others[0].http.get(f"/api/changes?stream={room}&epoch=&since=0").get_json()["now"], hears(others[0], room)
    ok(rosa.do("ballot.cast", {"activity": vote, "choices": sample(kind, card), "base_rev": 0}))
    app.extensions["house"].performer.count()
    assert hears(others[0], room) == said, "not even that its number went up"
    assert others[0].http.get(f"/api/changes?stream={room}&epoch=&since=0").get_json()["now"] == heads
    for step in range(3):
        ok(elena.do("step.go", {"room": room, "step": step}, None))
        with app.extensions["house"].store.read() as session:
            line = {"own": RoomSeat.alone, "pair": RoomSeat.pair, "four": RoomSeat.four}[steps[step]["see"]]
            at = dict(session.query(RoomSeat.seat_id, line).filter_by(room_id=room))
        mine = at[rosa.place["seats"][0]["id"]]
        apart = [one for one in others if at[one.place["seats"][0]["id"]] != mine]
        assert len(apart) >= (4, 2, 0)[step]
        if step == 0:
            nobody_hears(meeting, (SECRET, card), elena, apart[0])  # the others have the same eyes
        for one in (elena, *apart):
            assert not [secret for secret in (SECRET, card) if secret in hears(one, meeting["workshop"], room)]
        for one in apart:
            answer = one.do("ballot.cast", {"activity": vote, "choices": sample(kind, card), "base_rev": 0})
            assert answer["code"] == "no_such_card"
    ok(elena.do("step.go", {"room": room, "step": 3}, None))
    ok(elena.do("step.go", {"room": room, "step": 4}, None))
    with app.extensions["house"].store.read() as session:
        tally = session.get(Activity, vote).tally
    assert tally["ballots"] == 1 and list(tally["items"]) == [card]
    assert card in hears(others[0], room) and SECRET in pages(others[0], meeting)


def test_dots_that_a_delegation_shares_are_not_for_cards_that_only_one_of_it_sees(app, meeting, table):
    elena, (rosa, julio, *_others) = table
    vote, room = vote_in(app, meeting, "dots", budget_of="delegation", budget=3), meeting["rooms"][0]
    work_in(app, elena, room, [{"key": "solo", "minutes": 0, "opens": ["ideas", "la_votacion"], "see": "own"}])
    card = ok(rosa.post(cast.activities(app, room)["ideas"], SECRET))["card"]["id"]
    answer = rosa.do("ballot.cast", {"activity": vote, "choices": {card: 1}, "base_rev": 0})
    assert answer["code"] == "no_such_card"
    assert julio.http.get("/api/me").get_json()["ballots"] == []


def test_in_an_anonymous_workshop_votes_in_private_give_nothing_away_either(app, meeting, table):
    elena, (rosa, julio, *_others) = table
    with app.extensions["house"].store.write() as session:
        session.get(Workshop, meeting["workshop"]).privacy = "anonymous"
    vote, room = vote_in(app, meeting, "likes"), meeting["rooms"][0]
    work_in(app, elena, room, [{"key": "solo", "minutes": 0, "opens": ["ideas", "la_votacion"], "see": "own"}])
    card = ok(rosa.post(cast.activities(app, room)["ideas"], SECRET))["card"]["id"]
    ok(rosa.do("ballot.cast", {"activity": vote, "choices": {card: 1}, "base_rev": 0}))
    nobody_hears(meeting, (SECRET, card), elena, julio)


def test_the_desk_is_told_how_many_have_voted_where_the_result_waits_but_not_while_a_step_is_private(app, meeting, table):
    elena, (rosa, julio, *_others) = table
    vote, room = vote_in(app, meeting, "dots", reveal="close"), meeting["rooms"][0]
    work_in(app, elena, room, [{"key": see, "minutes": 0, "opens": ["ideas", "la_votacion"], "see": see}
                               for see in ("own", "room")])

    def voted() -> dict:
        votes = elena.http.get(f"/w/{meeting['workshop']}/progress").get_json()["rooms"][room]["votes"]
        return {key: n for key, (n, _could) in votes.items() if n}
    card = ok(rosa.post(cast.activities(app, room)["ideas"], SECRET))["card"]["id"]
    ok(rosa.do("ballot.cast", {"activity": vote, "choices": {card: 1}, "base_rev": 0}))
    assert voted() == {}
    ok(elena.do("step.go", {"room": room, "step": 1}, None))
    assert voted() == {vote: 1} and rosa.catch_up(room)[vote]["tally"] is None, "its next step is no end"
    ok(julio.do("ballot.cast", {"activity": vote, "choices": {card: 1}, "base_rev": 0}))
    assert voted() == {vote: 2}
    ok(julio.do("ballot.cast", {"activity": vote, "choices": {}, "base_rev": 1}))
    assert voted() == {vote: 1}
    ok(elena.do("step.go", {"room": room, "step": 2}, None))
    assert voted() == {vote: 1} and rosa.catch_up(room)[vote]["tally"]["items"][card]["points"] == 1
    ok(elena.do("step.go", {"room": room, "step": 1}, None))
    assert rosa.catch_up(room)[vote]["tally"] is None, "who votes again sees nothing of the first time"
