"""The rules of a vote: who may vote, how often it counts, what may be chosen, who closes it; each refusal is provoked."""
import json

import pytest

from tests.support import cast
from workshop.domain.kinds import kinds
from workshop.store.models import Activity, Delegation, Room, Seat
from workshop.store.visibility import results
from workshop.words import speaking

ok = cast.ok
OPTIONS = [{"key": key, "title": {"es": key, "fr": key, "en": key}} for key in ("yes", "no", "abstain")]


class Assembly:
    """A vote by itself in room 1, asked by Elena; people of three delegations, in two places."""

    def __init__(self, app, meeting, phone):
        self.app, self.meeting, self.phone, self.room = app, meeting, phone, meeting["rooms"][0]
        self.elena = cast.facilitator(app, meeting)
        self.delegations = cast.delegations(app, meeting)
        self.revs, self.vote = {}, ""

    def open(self, rules=None, kind="choice", refused="", **settings):
        """Elena opens it with these rules; returns the code of the refusal, if one is expected."""
        options = {"options": OPTIONS} if kind == "choice" else {}
        answer = self.elena.do("vote.open", {"room": self.room, "kind": kind, "title": "¿Aprobamos?",
                                             "settings": options | settings | ({"rules": rules} if rules else {})}, None)
        if refused:
            assert answer["code"] == refused, answer
            return answer["values"]
        self.vote = ok(answer)["card"]["id"]
        return answer["card"]

    def join(self, name, delegation=None, **more):
        """Somebody of the delegation number `delegation`."""
        one = self.phone()
        one.join(self.meeting["code"], name, delegation=None if delegation is None else self.delegations[delegation], **more)
        return one

    def cast(self, person, choices, base=None, vote=None):
        """They vote."""
        if isinstance(choices, str):
            choices = {choices: 1}
        held = self.revs.get(person.client, 0) if base is None else base
        answer = person.do("ballot.cast", {"activity": vote or self.vote, "choices": choices, "base_rev": held})
        self.revs[person.client] = answer.get("rev", self.revs.get(person.client, 0))
        return answer

    def rule(self, rules, **more):
        """Elena sets the rules."""
        return self.elena.do("vote.rule", {"activity": self.vote, "rules": rules} | more, None)

    def close(self, who=None):
        """Somebody closes it."""
        return (who or self.elena).do("vote.close", {"activity": self.vote}, None)

    def tally(self, vote=None):
        """What it came to."""
        with self.app.extensions["house"].store.read() as session:
            return session.get(Activity, vote or self.vote).tally

    def own(self, person):
        """The ballots that the page of this device is told, by vote."""
        return {one["activity"]: one for one in person.http.get("/api/me").get_json()["ballots"]}

    def put(self, person, **values):
        """Something else is true of their seat."""
        def change(session):
            seat = session.get(Seat, person.place["seats"][0]["id"])
            for name, value in values.items():
                setattr(seat, name, value)
        self.write(change)

    def write(self, change):
        """Change the store."""
        with self.app.extensions["house"].store.write() as session:
            change(session)


@pytest.fixture
def hall(app, meeting, phone):
    return Assembly(app, meeting, phone)


def counts(tally):
    """{option: how many}."""
    return {key: one["seats"] for key, one in tally["items"].items()}


def test_only_those_vote_of_whom_the_rules_say_so(hall):
    hall.open({"who": {"delegations": [hall.delegations[0]], "channels": ["hall"]}})
    rosa, luis, julia = hall.join("Rosa", 0), hall.join("Luis", 1), hall.join("Julia", 0, channel="remote")
    assert hall.cast(rosa, "yes")["ok"]
    assert hall.cast(luis, "yes")["code"] == hall.cast(julia, "yes")["code"] == "not_a_voter"
    ok(hall.close())
    assert counts(hall.tally()) == {"yes": 1}


def test_only_people_of_one_place_vote(app, meeting, hall):
    [puno, oruro] = cast.sites(app, meeting, "Puno", "Oruro")
    rosa, luis = hall.join("Rosa"), hall.join("Luis")
    for one, site in ((rosa, puno), (luis, oruro)):
        hall.put(one, site_id=site)
    hall.open({"who": {"sites": [oruro]}})
    assert hall.cast(rosa, "yes")["code"] == "not_a_voter" and hall.cast(luis, "yes")["ok"]


def test_the_team_does_not_vote_but_holds_the_pen_for_others(hall):
    hall.elena.join(hall.meeting["code"], "Elena")
    hall.open({"who": {"staff": False}})
    assert hall.cast(hall.elena, "yes")["code"] == "not_a_voter"
    hall.open()
    assert hall.cast(hall.elena, "yes")["ok"], "the usual rules let her"
    hall.open({"who": {"staff": False}})
    hall.put(hall.elena, channel="paper")
    assert hall.cast(hall.elena, "yes", 0)["ok"], "the seat of somebody who writes on paper"


def test_nobody_chooses_what_they_have_written(app, hall):
    board, rosa, luis = cast.activities(app, hall.room)["ideas"], hall.join("Rosa", 0), hall.join("Luis", 0)
    cards = [ok(rosa.post(board, text))["card"]["id"] for text in ("Feria", "Agua")]
    hall.open({"own": False}, "dots", budget=5, per_item=3)
    assert hall.cast(rosa, {cards[0]: 1})["code"] == "own_card"
    assert hall.cast(luis, {cards[0]: 1, cards[1]: 2})["ok"]
    hall.open({"own": False, "one_per": "delegation"}, "dots", budget=5, per_item=3)
    assert hall.cast(luis, {cards[0]: 1}, 0)["code"] == "own_card", "where a delegation votes, its people's are its own"


def test_of_a_group_all_of_whose_cards_are_ones_own_the_same_is_true(app, hall):
    board, rosa, luis = cast.activities(app, hall.room)["ideas"], hall.join("Rosa", 0), hall.join("Luis", 1)
    cards = [ok(rosa.post(board, text))["card"]["id"] for text in ("Feria", "Agua")]
    other = ok(luis.post(board, "Riego"))["card"]["id"]
    for group, of in (("g-own-0123456789", [cards[0]]), ("g-mixed-123456789", [cards[1], other])):
        ok(hall.elena.do("group.make", {"activity": board, "group": group, "name": "Grupo", "cards": of}, None))
    hall.open({"own": False}, "dots", budget=5, per_item=3, per="group")
    assert hall.cast(rosa, {"g-own-0123456789": 1})["code"] == "own_card"
    assert hall.cast(rosa, {"g-mixed-123456789": 1})["ok"]


def test_a_delegation_has_one_ballot_that_any_of_its_people_changes_and_its_devices_say_who(app, hall):
    rosa, elvira, luis, ana = (hall.join(*one) for one in (("Rosa", 0), ("Elvira", 0), ("Luis", 1), ("Ana", None)))
    news = []
    app.extensions["house"].performer.announce = news.append
    hall.open({"one_per": "delegation"})
    assert hall.cast(rosa, "yes")["rev"] == 1
    stale = hall.cast(elvira, "no")
    assert (stale["code"], stale["values"]) == ("stale_ballot", {"rev": 1, "choices": {"yes": 1}})
    assert hall.cast(elvira, "no", 1)["rev"] == 2, "the last accepted one stands"
    assert hall.cast(ana, "yes")["code"] == "no_delegation"
    assert hall.cast(luis, "yes")["ok"]
    for person in (rosa, elvira):
        held, seat = hall.own(person)[hall.vote], person.place["seats"][0]["id"]
        assert (held["seat"], held["choices"], held["rev"], held["by"]) == (seat, {"no": 1}, 2, "Elvira")
    told = {(owner, ballot["by"]) for one in news for owner, ballot in one.ballots if ballot["rev"] == 2}
    assert told == {(one.place["seats"][0]["id"], "Elvira") for one in (rosa, elvira)}, "and to nobody else"
    ok(hall.close())
    assert counts(hall.tally()) == {"no": 1, "yes": 1} and hall.tally()["ballots"] == 2


def test_where_nobody_is_to_know_who_wrote_it_is_not_said_who_cast_it(app, hall):
    from workshop.store.models import Workshop
    hall.write(lambda session: setattr(session.get(Workshop, hall.meeting["workshop"]), "privacy", "anonymous"))
    rosa, elvira = hall.join("Rosa", 0), hall.join("Elvira", 0)
    news = []
    app.extensions["house"].performer.announce = news.append
    hall.open({"one_per": "delegation"})
    ok(hall.cast(rosa, "yes"))
    assert hall.own(elvira)[hall.vote].keys() == {"activity", "seat", "choices", "rev"}
    assert "Rosa" not in json.dumps([ballot for one in news for _owner, ballot in one.ballots])


def test_a_delegation_splits_its_mandates_and_gives_away_no_more_than_it_has(hall):
    rosa, luis = hall.join("Rosa", 0), hall.join("Luis", 1)
    hall.open({"one_per": "delegation", "mandates": {hall.delegations[0]: 5}})
    over = hall.cast(rosa, {"mandates": [[4, {"yes": 1}], [2, {"no": 1}]]})
    assert (over["code"], over["values"]) == ("over_mandates", {"limit": 5})
    assert hall.cast(luis, {"mandates": [[2, {"yes": 1}]]})["code"] == "over_mandates"
    for wrong in ([], [[0, {"yes": 1}]], [[1, {"perhaps": 1}]], [[True, {"yes": 1}]], [[1.5, {"yes": 1}]], [["1", {}]], [1],
                  [[1, {"yes": 1}, 2]], [[1, []]], [[1, {"mandates": [[1, {"yes": 1}]]}]]):
        assert hall.cast(rosa, {"mandates": wrong})["code"] == "bad_choice", wrong
    ok(hall.cast(rosa, {"mandates": [[3, {"yes": 1}], [2, {"no": 1}]]}))
    ok(hall.cast(luis, "no"))
    ok(hall.close())
    assert counts(hall.tally()) == {"yes": 3, "no": 3}
    assert (hall.tally()["ballots"], hall.tally()["votes"]) == (2, 6), "people are counted as people"


def test_a_ballot_that_is_not_split_counts_with_all_mandates(hall):
    rosa = hall.join("Rosa", 0)
    hall.open({"one_per": "delegation", "mandates": {hall.delegations[0]: 5}})
    ok(hall.cast(rosa, "yes"))
    ok(hall.close())
    assert counts(hall.tally()) == {"yes": 5} and hall.tally()["ballots"] == 1


def test_only_the_ballot_of_a_delegation_can_be_split(hall):
    rosa = hall.join("Rosa", 0)
    hall.open()
    assert hall.cast(rosa, {"mandates": [[1, {"yes": 1}]]})["code"] == "bad_choice"


def test_weights_count_by_delegation_and_are_told_with_their_reason(hall):
    rosa, luis, ana = hall.join("Rosa", 0), hall.join("Luis", 1), hall.join("Ana")
    assert hall.open({"weights": {hall.delegations[0]: 3}}, refused="weights_for_nothing") == {}
    card = hall.open({"weights": {hall.delegations[0]: 3}, "weights_for": "por sus comunidades"})
    assert "Taraco 3" in card["settings"]["said"]["es"] and "por sus comunidades" in card["settings"]["said"]["fr"]
    for person, choice in ((rosa, "yes"), (luis, "no"), (ana, "no")):
        ok(hall.cast(person, choice))
    ok(hall.close())
    assert counts(hall.tally()) == {"yes": 3, "no": 2}
    assert (hall.tally()["ballots"], hall.tally()["votes"]) == (3, 5)


@pytest.mark.parametrize(("rules", "field"), [
    ({"who": {"delegations": ["nobody"]}}, "who"), ({"who": {"sites": ["nowhere"]}}, "who"),
    ({"who": {"channels": ["tv"]}}, "who"),
    ({"mandates": {"x": 2}}, "mandates"), ({"own": 1}, "own"), ({"one_per": "room"}, "one_per"),
    ({"closer": "me"}, "closer"),
    ({"weights": {"nobody": 2}, "weights_for": "x"}, "weights"), ({"weights": {"x": 0}, "weights_for": "x"}, "weights"),
    ({"weights": {"x": True}, "weights_for": "x"}, "weights"),
    ({"one_per": "delegation", "mandates": {"x": 101}}, "mandates"), ({"all_sites": "yes"}, "all_sites"),
    ({"one_per": "delegation", "mandates": {"nobody": 2}}, "mandates"), ({"__proto__": 1}, "__proto__"),
    ({"who": []}, "who")])
def test_rules_that_cannot_be_are_refused_by_name(hall, rules, field):
    hall.open()
    answer = hall.rule(rules)
    assert (answer["code"], answer["values"]["field"]) == ("bad_rules", field)
    assert hall.open(rules, refused="bad_rules")["field"] == field


def test_before_the_first_ballot_rules_are_changed_and_after_it_a_new_round_begins(hall):
    rosa, luis = hall.join("Rosa", 0), hall.join("Luis", 1)
    first = hall.open()["id"]
    assert ok(hall.rule({"who": {"delegations": [hall.delegations[0]]}}))["card"]["id"] == first
    ok(hall.cast(rosa, "yes"))
    refused = hall.rule({})
    assert (refused["code"], refused["values"]) == ("votes_cast", {"n": 1})
    made = ok(hall.rule({}, again=True))["card"]
    assert made["round"] == 2 and made["round_of"] == first and made["opened"] and "rules" not in made["settings"]
    assert hall.cast(rosa, "no", 1)["code"] == "vote_closed"
    assert counts(hall.tally(first)) == {"yes": 1}
    ok(hall.cast(luis, "no", 0, made["id"]))


def test_of_two_who_set_the_rules_the_second_is_told(hall):
    from workshop.domain import voting
    base = voting.edition(hall.open()["settings"])
    ok(hall.rule({"own": False}, base=base))
    assert hall.rule({"all_sites": True}, base=base)["code"] == "stale_rules"


def test_who_closes_a_vote_and_when(app, meeting, hall):
    [puno, oruro] = cast.sites(app, meeting, "Puno", "Oruro")
    rosa, luis = hall.join("Rosa", 0), hall.join("Luis", 1)
    for one, site in ((rosa, puno), (luis, oruro)):
        hall.put(one, site_id=site)
    hall.open({"all_sites": True})
    ok(hall.cast(rosa, "yes"))
    refused = hall.close()
    assert (refused["code"], refused["values"]) == ("sites_wait", {"sites": "Oruro"})
    assert hall.elena.do("vote.again", {"activity": hall.vote}, None)["code"] == "sites_wait"
    ok(hall.rule({}))
    ok(hall.close())
    hall.open({"all_sites": True})
    ok(hall.cast(rosa, "yes", 0))
    ok(hall.cast(luis, "yes", 0))
    ok(hall.close())


def test_a_vote_that_its_deadline_closes_is_closed_by_nobody_else_before(app, hall):
    from datetime import timedelta
    hall.open({"closer": "deadline"})
    house = app.extensions["house"]
    hall.write(lambda session: setattr(session.get(Activity, hall.vote), "closes_at", house.clock() + timedelta(minutes=5)))
    assert hall.close()["code"] == "deadline_closes"
    ok(hall.rule({}))
    ok(hall.close())


def test_what_was_closed_stays_as_it_was(app, hall):
    rosa, luis = hall.join("Rosa", 0), hall.join("Luis", 1)
    hall.open({"weights": {hall.delegations[0]: 3}, "weights_for": "por sus comunidades"})
    ok(hall.cast(rosa, "yes"))
    ok(hall.cast(luis, "yes"))
    ok(hall.close())
    before, said = hall.tally(), hall.elena.catch_up(hall.room)[hall.vote]["settings"]["said"]
    edit = {"workshop": hall.meeting["workshop"], "seat": rosa.place["seats"][0]["id"], "delegation": hall.delegations[1]}
    ok(hall.elena.do("seat.edit", edit, None))
    ok(hall.elena.do("seat.remove", {"workshop": hall.meeting["workshop"], "seats": [luis.place["seats"][0]["id"]]}, None))
    hall.write(lambda session: setattr(session.get(Delegation, hall.delegations[0]), "name", "Taraqu"))
    ok(hall.elena.do("room.close", {"room": hall.room}, None))
    app.extensions["house"].performer.count()
    assert hall.tally() == before and before["items"]["yes"] == {"seats": 4, "delegations": 2}
    assert hall.elena.catch_up(hall.room)[hall.vote]["settings"]["said"] == said and "Taraco 3" in said["es"]


def test_who_changes_delegation_while_delegations_vote_votes_once(hall):
    rosa, luis = hall.join("Rosa", 0), hall.join("Luis", 0)
    hall.open({"one_per": "delegation"})
    ok(hall.cast(rosa, "yes"))
    edit = {"workshop": hall.meeting["workshop"], "seat": rosa.place["seats"][0]["id"], "delegation": hall.delegations[1]}
    ok(hall.elena.do("seat.edit", edit, None))
    assert hall.cast(rosa, "no", 0)["code"] == "voted_elsewhere"
    assert hall.own(luis)[hall.vote]["choices"] == {"yes": 1}, "the ballot stays that of the delegation"
    ok(hall.cast(luis, "no", 1))
    ok(hall.cast(rosa, "yes", 0))
    ok(hall.close())
    assert counts(hall.tally()) == {"no": 1, "yes": 1}


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e309", "1" + "0" * 400])
def test_what_no_number_is_changes_no_ballot(hall, number):
    rosa = hall.join("Rosa", 0)
    hall.open({"one_per": "delegation", "mandates": {hall.delegations[0]: 5}})
    ok(hall.cast(rosa, {"mandates": [[5, {"yes": 1}]]}))
    for choices in (f'{{"yes": {number}}}', f'{{"mandates": [[{number}, {{"yes": 1}}]]}}'):
        rosa.n += 1
        sent = (f'{{"client": "{rosa.client}", "n": {rosa.n}, "verb": "ballot.cast", '
                f'"seat": "{rosa.place["seats"][0]["id"]}", "payload": '
                f'{{"activity": "{hall.vote}", "base_rev": 1, "choices": {choices}}}}}')
        answer = rosa.http.post("/api/do", headers={"X-Workshop": "1"}, data=sent, content_type="application/json")
        assert answer.status_code < 500 and not answer.get_json().get("ok"), answer.text
    assert hall.own(rosa)[hall.vote]["choices"] == {"mandates": [[5, {"yes": 1}]]}


def test_a_copy_of_the_workshop_has_the_rules_with_its_own_delegations(app, hall):
    hall.vote = cast.activities(app, hall.room)["dots"]  # of a step: what was opened by itself is not copied
    ok(hall.rule({"who": {"delegations": [hall.delegations[0]]}, "one_per": "delegation",
                  "mandates": {hall.delegations[0]: 4}}))
    made = ok(hall.elena.do("workshop.duplicate", {"workshop": hall.meeting["workshop"], "title": "Otro"}, None))["workshop"]
    with app.extensions["house"].store.read() as session:
        name = session.get(Delegation, hall.delegations[0]).name
        [own] = [one.id for one in session.query(Delegation).filter_by(workshop_id=made, name=name)]
        rows = session.query(Activity, Room).join(Room, Room.id == Activity.room_id)
        held = [vote.settings["rules"] for vote, room in rows if room.workshop_id == made and "rules" in vote.settings]
    assert held == [{"who": {"delegations": [own]}, "one_per": "delegation", "mandates": {own: 4}}]


def test_whatever_was_wrong_with_a_ballot_the_one_before_stands(app, hall):
    board, rosa, luis = cast.activities(app, hall.room)["ideas"], hall.join("Rosa", 0), hall.join("Luis", 1)
    cards = [ok(luis.post(board, text))["card"]["id"] for text in ("Feria", "Agua", "Riego")]
    group = "g-apart-012345678"
    ok(hall.elena.do("group.make", {"activity": board, "group": group, "name": "Grupo", "cards": cards[2:]}, None))
    hall.open({"one_per": "delegation"}, "dots", budget=5, per_item=3, per="group")
    ok(hall.cast(rosa, {cards[0]: 2}))
    ok(luis.do("contribution.withdraw", {"id": cards[1]}))
    ok(hall.elena.do("group.drop", {"id": group}, None))
    for choices, code in (({cards[0]: 3, cards[1]: 3}, "no_such_card"), ({cards[0]: 2, group: 1}, "no_such_card"),
                          ({cards[0]: 2, "no-such-card": 1}, "no_such_card"), ({cards[0]: 4}, "over_item"),
                          ({cards[0]: 3, cards[2]: 3}, "over_budget"), ({cards[0]: True}, "bad_choice"),
                          ({cards[0]: [1]}, "bad_choice"), ({cards[0]: -1}, "bad_choice")):
        assert hall.cast(rosa, choices, 1)["code"] == code, (choices, code)
    assert hall.cast(rosa, {cards[0]: 3}, 0)["code"] == "stale_ballot", "another tab"
    assert hall.own(rosa)[hall.vote]["choices"] == {cards[0]: 2}
    ok(hall.close())
    assert hall.tally()["items"].keys() == {cards[0]}


def test_a_rapporteur_closes_what_the_rules_let(app, hall):
    from workshop.actions.people import sessions
    from workshop.store.models import Account, Membership
    house = app.extensions["house"]

    def hire(session):
        account = Account(email="nina@example.org", name="Nina", password_hash="", created_at=house.clock())
        session.add(account)
        session.flush()
        session.add(Membership(workshop_id=hall.meeting["workshop"], account_id=account.id, role="rapporteur",
                               room_id=hall.room))
        session.flush()
        hired.append(sessions.sign_in(session, house.clock(), None, account))
    hired = []
    hall.write(hire)
    nina = hall.phone()
    nina.http.set_cookie("tinkuy", hired[0])
    hall.open()
    assert hall.close(nina)["code"] == "not_let"
    ok(hall.rule({"closer": "rapporteur"}))
    ok(hall.close(nina))
    ok(hall.elena.do("room.edit", {"room": hall.room, "lets_vote": True}, None))
    hall.vote = ok(nina.do("vote.open", {"room": hall.room, "kind": "scale", "title": "¿Seguimos?"}, None))["card"]["id"]
    ok(hall.elena.do("room.edit", {"room": hall.room, "lets_vote": False}, None))
    ok(hall.close(nina))  # she has opened it


def test_who_may_not_vote_is_not_among_those_who_could(app, hall):
    from workshop.store.counts import turnout
    for n, name in enumerate(("Rosa", "Carla", "Julio")):
        hall.join(name, delegation=n)
    hall.open({"who": {"delegations": [hall.delegations[0]]}})
    with app.extensions["house"].store.read() as session:
        vote = session.get(Activity, hall.vote)
        known = turnout.of_votes(session, [vote])[vote.id]
        assert known.could and {of for of, _channel in known.could.values()} == {hall.delegations[0]}


def test_a_closed_room_is_asked_nothing_more(app, hall):
    hall.open()
    ok(hall.elena.do("room.close", {"room": hall.room}, None))
    more = {"room": hall.room, "kind": "scale", "title": "¿Seguimos?"}
    assert hall.elena.do("vote.open", more, None)["code"] == "room_closed"
    assert hall.elena.do("vote.again", {"activity": hall.vote}, None)["code"] == "room_closed"


@pytest.mark.parametrize("kind", ["choice", "scale"])
def test_a_line_says_votes_where_some_have_several(hall, kind):
    """What is told in the plenary and on a page of a vote of which two people hold five votes is not about five people."""
    settings = {"rules": {"weights": {"d": 3}, "weights_for": "por sus comunidades"}}
    item = {"seats": 5, "delegations": 2, "mean": 3, "median": 3, "spread": 0, "histogram": {"3": 5}}
    given = settings | ({"options": OPTIONS} if kind == "choice" else {"from": 1, "to": 5, "per": "card"})
    report = kinds()[kind].report
    with speaking("en"):
        assert "5 votes" in report.of_card(given, item).text and "people" not in report.of_card(given, item).text
        assert "Votes given" in report.result(given, {"items": {"yes": item}, "ballots": 2}).headings
        assert "5 people" in report.of_card(given | {"rules": {}}, item).text


def test_the_results_of_a_weighted_vote_say_how_many_votes_they_are(hall):
    rosa, luis = hall.join("Rosa", 0), hall.join("Luis", 1)
    hall.open({"weights": {hall.delegations[0]: 4}, "weights_for": "por sus comunidades"})
    ok(hall.cast(rosa, "yes"))
    ok(hall.cast(luis, "no"))
    ok(hall.close())
    with hall.app.extensions["house"].store.read() as session:
        [told] = results.of_votes(session, [session.get(Activity, hall.vote)])[hall.vote]
    assert (told["people"], told["votes"], [line.get("seats") for line in told["lines"]]) == (2, 5, [4, 1, None])


def test_a_step_that_would_end_a_vote_waits_for_every_place_too(app, hall):
    hall_, far = cast.sites(app, hall.meeting, "Salón", "Escuela")
    rosa, luis = hall.join("Rosa", 0), hall.join("Luis", 1)
    hall.put(rosa, site_id=hall_)
    hall.put(luis, site_id=far)
    vote = cast.activities(app, hall.room)["dots"]

    def rule(session):
        room, row = session.get(Room, hall.room), session.get(Activity, vote)
        row.settings = row.settings | {"rules": {"all_sites": True}}
        room.steps = [{"key": "vote", "minutes": 0, "opens": ["dots"]}, {"key": "end", "minutes": 0, "opens": []}]
        room.step = 0
    hall.write(rule)
    refused = hall.elena.do("step.go", {"room": hall.room, "step": 1}, None)
    assert (refused["code"], refused["values"]) == ("sites_wait", {"sites": "Salón, Escuela"})
    hall.write(lambda session: setattr(session.get(Activity, vote), "settings", session.get(Activity, vote).settings | {
        "rules": {}}))
    ok(hall.elena.do("step.go", {"room": hall.room, "step": 1}, None))
