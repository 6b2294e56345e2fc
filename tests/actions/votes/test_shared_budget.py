"""Dots that a delegation shares: nobody spends more than there is, and only the delegation knows what is left."""
import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.support import cast
from workshop.actions.rooms.building import add_activity
from workshop.store.models import Room, Workshop
from workshop.store.streams import numbering


class Vote:
    """A vote in room 1 in which each delegation has six dots, at most two on a card, and four cards."""

    def __init__(self, app, meeting, phone):
        self.app, self.meeting, self.phone, self.room = app, meeting, phone, meeting["rooms"][0]
        board = cast.activities(app, self.room)["ideas"]
        with app.extensions["house"].store.write() as session:
            numbering.lock(session, {meeting["workshop"]})
            room = session.get(Room, self.room)
            room.steps = [{"key": "all", "minutes": 0, "opens": ["ideas", "dots"]}]
            self.id = add_activity(session, room, "dots", 20, {
                "source": board, "budget": 6, "per_item": 2, "budget_of": "delegation", "reveal": "close"}).id
        self.revs, self.delegations = {}, cast.delegations(app, meeting)
        author = self.join("Ana", None)
        self.cards = [author.post(board, f"Idea {i}")["card"]["id"] for i in range(4)]

    def join(self, name: str, delegation: int | None):
        """Somebody of the delegation number `delegation`."""
        one = self.phone()
        one.join(self.meeting["code"], name, delegation=None if delegation is None else self.delegations[delegation])
        return one

    def cast(self, person, *dots: int) -> dict:
        """Give the cards these dots."""
        answer = person.do("ballot.cast", {"activity": self.id, "base_rev": self.revs.get(person.client, 0), "choices": {
            card: n for card, n in zip(self.cards, dots, strict=False) if n}})
        self.revs[person.client] = answer.get("rev", self.revs.get(person.client, 0))
        return answer

    def known(self, person) -> dict[str, int]:
        """{delegation: dots spent} as the person's device is told."""
        return {ballot["seat"]: ballot["choices"]["spent"] for ballot in person.http.get("/api/me").get_json()["ballots"]
                if ballot["seat"] in self.delegations}


@pytest.fixture
def vote(app, meeting, phone):
    return Vote(app, meeting, phone)


def test_the_seats_of_a_delegation_spend_one_budget_and_the_refusal_says_how_much_is_left(vote):
    rosa, elvira, luis = vote.join("Rosa", 0), vote.join("Elvira", 0), vote.join("Luis", 1)
    assert vote.cast(rosa, 2, 2)["ok"]
    over = vote.cast(elvira, 0, 0, 2, 1)
    assert (over["code"], over["values"]) == ("over_shared", {"limit": 6, "left": 2})
    assert vote.cast(elvira, 0, 0, 2)["ok"]
    assert vote.cast(rosa, 2, 2, 0, 1)["values"] == {"limit": 6, "left": 0}
    assert vote.cast(luis, 2, 2, 1, 1)["ok"], "another delegation has its own"
    assert vote.cast(rosa, 1)["ok"] and vote.cast(elvira, 0, 1, 2, 2)["ok"], "what one gives up another may give"


def test_a_card_gets_no_more_from_a_delegation_than_from_one_voter(vote):
    rosa, elvira, luis = vote.join("Rosa", 0), vote.join("Elvira", 0), vote.join("Luis", 1)
    assert vote.cast(rosa, 1)["ok"]
    assert vote.cast(elvira, 2)["code"] == "over_shared_item"
    assert vote.cast(elvira, 1)["ok"] and vote.cast(luis, 2)["ok"]


def test_where_nobody_is_to_know_who_wrote_a_refusal_tells_of_no_card(app, meeting, vote):
    with app.extensions["house"].store.write() as session:
        session.get(Workshop, meeting["workshop"]).privacy = "anonymous"
    rosa, elvira = vote.join("Rosa", 0), vote.join("Elvira", 0)
    assert vote.cast(rosa, 2)["ok"] and vote.cast(elvira, 2)["ok"]
    assert vote.cast(elvira, 2, 2, 1)["code"] == "over_shared"


def test_who_came_for_no_delegation_has_a_budget_of_their_own(vote):
    rosa, luis = vote.join("Rosa", None), vote.join("Luis", None)
    assert vote.cast(rosa, 2, 2, 2)["ok"] and vote.cast(luis, 2, 2, 2)["ok"]
    assert vote.cast(luis, 2, 2, 2, 1)["code"] == "over_budget"
    assert vote.known(rosa) == {}


def test_only_the_delegation_is_told_what_it_has_spent_and_nobody_on_what(app, vote):
    news = []
    app.extensions["house"].performer.announce = news.append
    rosa, elvira, luis = vote.join("Rosa", 0), vote.join("Elvira", 0), vote.join("Luis", 1)
    taraco, own = vote.delegations[0], rosa.place["seats"][0]["id"]
    assert vote.cast(rosa, 2, 1)["ok"] and vote.cast(elvira, 0, 0, 1)["ok"]
    told = [(owner, ballot["choices"]) for one in news for owner, ballot in one.ballots]
    assert [choices for owner, choices in told if owner == taraco] == [{"spent": 3}, {"spent": 4}]
    assert {owner for owner, _ in told} == {taraco, own, elvira.place["seats"][0]["id"]}
    assert vote.known(rosa) == vote.known(elvira) == {taraco: 4} and vote.known(luis) == {}
    assert "spent" not in json.dumps([one.catch_up(vote.room) for one in (rosa, luis, cast.facilitator(app, vote.meeting))])
    revs = [ballot["rev"] for one in news for owner, ballot in one.ballots if owner == taraco]
    assert revs == [1, 2], "a device keeps what is newer"


def test_the_report_says_whose_the_dots_were(vote):
    rosa, elena = vote.join("Rosa", 0), cast.facilitator(vote.app, vote.meeting)
    assert vote.cast(rosa, 2, 2)["ok"]
    assert elena.do("room.close", {"room": vote.room}, seat=None)["ok"]
    report = elena.http.get(f"/w/{vote.meeting['workshop']}/report.md", headers={"Accept-Language": "es"}).text
    assert "Votó 1 persona de 2." in report and "Cada delegación tenía 6 puntos." in report


def test_a_whole_delegation_that_votes_at_once_spends_no_more_than_there_is(vote):
    people = [vote.join(f"Persona {i}", 0) for i in range(8)]
    with ThreadPoolExecutor(8) as hands:
        answers = list(hands.map(lambda pair: vote.cast(pair[1], *([0] * (pair[0] % 4)), 1), enumerate(people)))
    assert sorted(answer.get("code", "ok") for answer in answers) == ["ok"] * 6 + ["over_shared"] * 2
    assert vote.known(people[0]) == {vote.delegations[0]: 6}
