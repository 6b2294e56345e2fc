"""People are put into groups by what they answered: alike together, or deliberately mixed."""
from collections import Counter

import pytest

from tests.support.camps import hall
from tests.support.cast import ok
from workshop.actions.opinions import groups
from workshop.store.models import Activity, Workshop


@pytest.fixture
def vote(app, meeting, phone):
    made = hall(app, meeting, phone)
    made.settle()
    return made


def letters(vote) -> dict[str, str]:
    with vote.app.extensions["house"].store.read() as session:
        return groups.members(session, session.get_one(Activity, vote.vote))


def drawn(vote, way, **more):
    return vote.elena.do("rooms.draw", {"workshop": vote.meeting["workshop"], "rooms": vote.meeting["rooms"][1:], "way": way,
                                        "opinions": vote.vote, "phones": False} | more, seat=None)


def test_those_who_answer_alike_are_together(vote):
    of, result = letters(vote), ok(drawn(vote, "alike"))["draw"]["result"]
    assert {(of[seat], room) for seat, room in result.items()} in (
        {("A", one), ("B", other)} for one, other in (vote.meeting["rooms"][1:], vote.meeting["rooms"][:0:-1]))


def test_mixed_rooms_have_their_share_of_each_group(vote):
    of, made = letters(vote), ok(drawn(vote, "mixed", seed="kuska"))["draw"]
    assert set(Counter((of[seat], room) for seat, room in made["result"].items()).values()) == {6}
    assert ok(drawn(vote, "mixed", seed="kuska"))["draw"]["result"] == made["result"]
    said = str(made["certificate"])
    assert "opinion" not in said and "'A'" not in said, "nobody's answer is in it"


def test_whoever_comes_late_is_placed_by_it(vote, phone):
    key = ok(drawn(vote, "mixed"))["draw"]["id"]
    ok(vote.elena.do("draw.apply", {"workshop": vote.meeting["workshop"], "draw": key}, seat=None))
    phone().join(vote.meeting["code"], "Tarde", room=None)
    late = ok(vote.elena.do("draw.place", {"workshop": vote.meeting["workshop"], "draw": key}, seat=None))
    assert len(late["placed"]) == 1


@pytest.mark.parametrize("way", ["alike", "mixed"])
def test_where_it_would_tell_of_single_people_nobody_is_drawn(app, vote, way):
    seats = list(letters(vote))
    of = letters(vote)
    few = [seat for seat in seats if of[seat] == "A"] + [seat for seat in seats if of[seat] == "B"][:4]
    assert drawn(vote, way, seats=few)["code"] == "no_opinion_groups"
    assert drawn(vote, way, opinions=None)["code"] == "no_opinion_groups"
    assert drawn(vote, way, opinions="nothing")["code"] == "no_opinion_groups"
    with app.extensions["house"].store.write() as session:
        session.get_one(Workshop, vote.meeting["workshop"]).privacy = "anonymous"
    assert drawn(vote, way)["code"] == "no_opinion_groups", "while it runs"
    vote.close()
    assert (drawn(vote, way).get("code") == "no_opinion_groups") is (way == "alike")


def test_the_page_offers_it_where_there_is_such_a_vote(vote, meeting):
    at = f"/w/{meeting['workshop']}/draw?lang=en"
    page = vote.elena.http.get(at).get_data(as_text=True)
    assert 'value="mixed"' in page and vote.vote in page
    form = {"do": "draw", "rooms": meeting["rooms"][1:], "way": "mixed", "opinions": vote.vote, "who": "all",
            "client": "c" * 16, "token": page.split("name=\"token\" value=\"")[1].split("\"")[0]}
    answer = vote.elena.http.post(at, data=form, follow_redirects=True)
    assert "its share of each group" in answer.get_data(as_text=True)


def test_without_such_a_vote_the_page_does_not_offer_it(app, meeting, elena):
    page = elena.http.get(f"/w/{meeting['workshop']}/draw?lang=en").get_data(as_text=True)
    assert 'value="mixed"' not in page and 'value="random"' in page
