"""What becomes of votes."""
from tests.support.cast import activities, to_step
from workshop.store.fast import fast_insert
from workshop.store.models import Ballot


def test_several_on_one_phone_each_have_their_own_ballot(app, meeting, phone):
    table = phone()
    table.join(meeting["code"], "Rosa", "Elvira")
    ids = activities(app, meeting["rooms"][0])
    card = table.post(ids["ideas"], "Semilla propia")["card"]["id"]
    to_step(app, meeting["rooms"][0], 1)
    assert table.do("ballot.cast", {"activity": ids["dots"], "choices": {card: 2}, "base_rev": 0}, 0)["rev"] == 1
    assert table.do("ballot.cast", {"activity": ids["dots"], "choices": {card: 3}, "base_rev": 0}, 1)["ok"]
    assert table.catch_up(meeting["rooms"][0])[ids["dots"]]["tally"]["items"][card]["points"] == 5


def test_a_ballot_over_budget_or_from_an_old_tab_is_refused(app, meeting, phone):
    rosa = phone()
    rosa.join(meeting["code"], "Rosa")
    ids = activities(app, meeting["rooms"][0])
    cards = [rosa.post(ids["ideas"], f"Idea {i}")["card"]["id"] for i in range(3)]
    to_step(app, meeting["rooms"][0], 1)
    over = {"activity": ids["dots"], "choices": dict.fromkeys(cards, 2), "base_rev": 0}
    assert rosa.do("ballot.cast", over)["code"] == "over_budget"
    assert rosa.do("ballot.cast", over | {"choices": {cards[0]: 1}})["rev"] == 1
    stale = rosa.do("ballot.cast", over | {"choices": {cards[1]: 1}})
    assert (stale["code"], stale["values"]["choices"]) == ("stale_ballot", {cards[0]: 1})


def test_who_voted_for_a_card_that_was_taken_back_votes_on_and_nobody_else_votes_for_it(app, meeting, phone):
    rosa, luis = phone(), phone()
    rosa.join(meeting["code"], "Rosa"), luis.join(meeting["code"], "Luis")
    ids = activities(app, meeting["rooms"][0])
    gone, stays = (luis.post(ids["ideas"], text)["card"]["id"] for text in ("Idea 1", "Idea 2"))
    to_step(app, meeting["rooms"][0], 1)
    ballot = {"activity": ids["dots"], "choices": {gone: 2}, "base_rev": 0}
    assert rosa.do("ballot.cast", ballot)["ok"]
    to_step(app, meeting["rooms"][0], 0)
    assert luis.do("contribution.withdraw", {"id": gone})["ok"]
    to_step(app, meeting["rooms"][0], 1)
    assert rosa.do("ballot.cast", ballot | {"choices": {gone: 2, stays: 1}, "base_rev": 1})["rev"] == 2
    assert rosa.do("ballot.cast", ballot | {"choices": {stays: 3}, "base_rev": 2})["rev"] == 3
    assert luis.do("ballot.cast", ballot)["code"] == "no_such_card"


def test_a_ballot_that_the_session_has_read_follows_what_is_written_past_it(app, meeting, phone):
    rosa, store = phone(), app.extensions["house"].store
    seat = rosa.join(meeting["code"], "Rosa")["seats"][0]["id"]
    vote = activities(app, meeting["rooms"][0])["dots"]
    with store.pen.hold() as session:
        fast_insert.add(session, fast_insert.born(Ballot, activity_id=vote, seat_id=seat, choices={"a": 1}, rev=1))
        read = session.get_one(Ballot, (vote, seat))
        fast_insert.change(session, fast_insert.born(Ballot, activity_id=vote, seat_id=seat, choices={"b": 2}, rev=2),
                           "choices", "rev")
        assert (read.choices, read.rev) == ({"b": 2}, 2) and not session.dirty
    with store.read() as session:
        kept = session.get_one(Ballot, (vote, seat))
        assert (kept.choices, kept.rev) == ({"b": 2}, 2)


def test_a_hand_is_seen_and_nobody_is_identified_anew_for_it(app, meeting, phone):
    rosa, room, pen = phone(), meeting["rooms"][0], app.extensions["house"].store.pen
    rosa.join(meeting["code"], "Rosa")
    assert rosa.do("hand.lower", {"room": room})["ok"]
    turns = pen.turns
    raised = rosa.do("hand.raise", {"room": room})["card"]
    assert raised["hand"] and rosa.catch_up(room)[raised["id"]]["hand"]
    assert rosa.do("hand.lower", {"room": room})["card"]["hand"] is None
    assert rosa.catch_up(room)[raised["id"]]["hand"] is None
    assert pen.turns == turns, "no socket is asked anew who it is"
    assert rosa.do("seat.enter", {"room": meeting["rooms"][1]})["ok"]
    assert rosa.do("hand.raise", {"room": room})["code"] == "left_room"
    assert rosa.do("hand.raise", {"room": meeting["rooms"][1]})["ok"]
