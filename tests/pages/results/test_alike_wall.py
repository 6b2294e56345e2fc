"""Who answers alike, on the wall: what moves there costs little, and it tells of nobody."""
import pytest

from tests.support import cast
from tests.support.camps import MINDS, TEXTS, hall

PEOPLE = 200
BYTES = 6 * 1024


def shown(vote, http) -> dict:
    cast.ok(vote.elena.do("wall.show", {"workshop": vote.meeting["workshop"], "blocks": [
        {"kind": "opinions", "vote": vote.vote}]}, seat=None))
    return now(vote, http)


def now(vote, http, have="") -> dict:
    return http.get(f"/s/{vote.meeting['screen']}/now?have={have}&lang=es").get_json()


def test_a_change_of_two_hundred_people_is_at_most_six_kilobytes(app, meeting, phone):
    vote = hall(app, meeting, phone, PEOPLE)
    vote.settle()
    http = app.test_client()
    answer = http.get(f"/s/{meeting['screen']}/now?lang=es")
    told = shown(vote, http)
    assert '<svg viewBox="0 0 1000' in told["html"] and "moves" in told["html"]
    answer = http.get(f"/s/{meeting['screen']}/now?lang=es")
    assert len(answer.get_data()) <= BYTES
    assert now(vote, http, told["mark"]) == {"mark": told["mark"]}, "nothing moves where nothing has changed"
    before = vote.told()
    cast.ok(vote.people[0].do("ballot.cast", {"activity": vote.vote, "base_rev": 1, "choices": dict(zip(
        vote.cards, MINDS[1], strict=True))}))
    vote.settle()
    assert vote.told() != before and now(vote, http, told["mark"])["mark"] != told["mark"]
    assert not any(one.place["seats"][0]["id"] in told["html"] for one in vote.people)


@pytest.mark.parametrize("people, settings", [(0, {}), (5, {}), (16, {"reveal": "close"})])
def test_where_nothing_may_be_told_the_wall_says_why(app, meeting, phone, people, settings):
    vote = hall(app, meeting, phone, people, settings)
    told = shown(vote, app.test_client())
    assert "<svg viewBox" not in told["html"] and not any(text in told["html"] for text in TEXTS)
    assert 'class="soft"' in told["html"]
    if settings:
        vote.close()
        vote.settle()
        told = now(vote, app.test_client())
        assert "<svg viewBox" in told["html"] and "moves" not in told["html"].replace("remove", "")


def test_what_is_no_vote_on_opinions_has_no_such_block(app, meeting, phone):
    vote = hall(app, meeting, phone, 0)
    dots = cast.activities(app, meeting["rooms"][1])["dots"]
    assert vote.elena.do("wall.show", {"workshop": meeting["workshop"], "blocks": [{"kind": "opinions", "vote": dots}]},
                         seat=None)["code"] == "bad_wall_block"
