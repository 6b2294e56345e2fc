"""A budget from the ballot to its result: what may be chosen, what is paid by each rule when it is over, how it is told."""
import json

import pytest

from tests.actions.votes.test_rules import Assembly, ok
from workshop.actions import completing, imported_json
from workshop.activities import completed
from workshop.activities.budget import rules
from workshop.domain.kinds import kinds
from workshop.exports import breakdowns
from workshop.store.models import Activity
from workshop.words import speaking

KIND = kinds()["budget"]
COSTS = {"n1": 250, "n2": 250, "n3": 250, "n4": 250, "s1": 200, "s2": 200, "s3": 200}
OPTIONS = [{"key": key, "title": f"Obra {key}", "cost": cost} for key, cost in COSTS.items()]
NORTH, SOUTH = [f"n{i}" for i in (1, 2, 3, 4)], [f"s{i}" for i in (1, 2, 3)]


class Budgeting(Assembly):
    """A budget by itself in room 1."""

    def ask(self, rules=None, options=OPTIONS, total=1000, **settings):
        return self.open(rules, "budget", options=options, total=total, currency="Bs", **settings)

    def asked(self, **settings) -> dict:
        """What opening one answers."""
        return self.elena.do("vote.open", {"room": self.room, "kind": "budget", "title": "¿Qué pagamos?",
                                           "settings": settings}, None)

    def vote_all(self, *ballots: list[str]):
        for n, keys in enumerate(ballots):
            ok(self.cast(self.join(f"Persona {n}", n % 3), dict.fromkeys(keys, 1), 0))

    def over(self) -> dict:
        """The vote, closed."""
        ok(self.elena.do("vote.close", {"activity": self.vote}, None))
        return self.elena.catch_up(self.room)[self.vote]


@pytest.fixture
def hall(app, meeting, phone):
    return Budgeting(app, meeting, phone)


@pytest.mark.parametrize(("choices", "code"), [
    ({"n1": 2}, "bad_choice"), ({"n1": True}, "bad_choice"), ({"no": 1}, "bad_choice"), ({"n1": "1"}, "bad_choice"),
    (dict.fromkeys(["n1", "n2", "n3", "s1"], 1), "over_choices")])
def test_what_cannot_be_chosen_is_refused_and_the_old_ballot_stands(hall, choices, code):
    hall.ask(most=3)
    rosa = hall.join("Rosa")
    ok(hall.cast(rosa, {"n1": 1}))
    assert hall.cast(rosa, choices)["code"] == code
    assert hall.own(rosa)[hall.vote]["choices"] == {"n1": 1}


def test_what_does_not_fit_into_the_sum_is_refused_with_how_much_it_is_over(hall):
    hall.ask(total=600, within=True)
    rosa = hall.join("Rosa")
    ok(hall.cast(rosa, {"n1": 1, "n2": 1}))
    refused = hall.cast(rosa, {"n1": 1, "n2": 1, "s1": 1})
    assert (refused["code"], refused["values"]) == ("over_sum", {"over": 100, "asked": 700, "limit": 600})
    assert hall.own(rosa)[hall.vote]["choices"] == {"n1": 1, "n2": 1}


@pytest.mark.parametrize(("settings", "code"), [
    ({"options": OPTIONS}, "sum_missing"), ({"options": OPTIONS, "total": 0}, "sum_missing"),
    ({"options": OPTIONS, "total": 10 ** 10}, "sum_missing"), ({"options": OPTIONS, "total": True}, "sum_missing"),
    ({"options": OPTIONS[:1], "total": 5}, "few_options"), ({"options": [], "total": 5}, "few_options"),
    ({"options": [*OPTIONS, {"key": "x", "title": "Nada", "cost": 0}], "total": 5}, "cost_wrong"),
    ({"options": [*OPTIONS, {"key": "x", "title": "Nada", "cost": -3}], "total": 5}, "cost_wrong"),
    ({"options": [*OPTIONS, {"key": "x", "title": "Nada", "cost": 2.5}], "total": 5}, "cost_wrong"),
    ({"options": [*OPTIONS, {"key": "x", "title": "Nada"}], "total": 5}, "cost_wrong"),
    ({"options": [*OPTIONS, {"key": "n1", "title": "Otra", "cost": 3}], "total": 5}, "options_alike")])
def test_without_a_sum_or_a_cost_no_vote_opens(hall, settings, code):
    refused = hall.asked(**settings)
    assert refused["code"] == code
    if code == "cost_wrong":
        assert refused["values"]["item"] == "Nada"


def test_while_people_vote_nothing_is_paid_and_in_the_end_both_rules_are_counted(hall):
    hall.ask(reveal="live")
    hall.vote_all(*[NORTH] * 6, *[SOUTH] * 5, [])
    shown = hall.elena.catch_up(hall.room)[hall.vote]["tally"]
    assert shown["items"]["n1"]["seats"] == 6 and "sides" not in shown
    vote = hall.over()
    sides = vote["tally"]["sides"]
    assert set(sides["votes"]["chosen"]) == set(NORTH) and sides["votes"]["left"] == 0 and sides["votes"]["nothing"] == 5
    assert {key[0] for key in sides["shares"]["chosen"]} == {"n", "s"} and sides["shares"]["nothing"] == 0
    assert sides["shares"]["left"] == 1000 - sum(COSTS[key] for key in sides["shares"]["chosen"])
    assert vote["settings"]["seed"] and "lots" in sides["shares"] and set(sides["votes"]["short"]) == set(SOUTH)


def test_of_fewer_than_five_it_is_not_told_that_nothing_of_theirs_is_in(hall):
    hall.ask()
    hall.vote_all(*[NORTH] * 6, *[SOUTH] * 4)
    votes = hall.over()["tally"]["sides"]["votes"]
    assert "nothing" not in votes and "short" not in votes


def test_the_report_says_what_each_gives_where_they_differ_and_of_how_many_nothing_is_in(hall):
    hall.ask()
    hall.vote_all(*[NORTH] * 6, *[SOUTH] * 5)
    vote = hall.over()
    with speaking("en"):
        made = breakdowns.whole("budget", vote["settings"], vote["tally"], {}, {})
        said = breakdowns.proposal(made)
    assert said.startswith("By votes: ") and "1,000 of 1,000 Bs, 0 left. By equal shares: " in said
    assert "By votes, 5 people of 11 get nothing of what they chose (most often “Obra s1”" in made.said
    assert "Only by equal shares: “Obra s" in made.said and f"Lot: seed {vote['settings']['seed']}." in made.said
    assert "By equal shares it is 0 people." in made.said and "a lot chose between" in made.said
    assert [one.title for one in made.tables] == ["By votes", "By equal shares"]
    assert [row[2] for row in made.tables[0].rows] == ["750", "500", "250", "0"]
    assert made.things[0].figures[1] in ("250", "200") and made.ranks


def test_what_costs_more_than_there_is_can_be_chosen_and_is_never_in(hall):
    hall.ask(options=[*OPTIONS, {"key": "big", "title": "Puente", "cost": 5000}])
    hall.vote_all(*[["big", "s1"]] * 3)
    vote = hall.over()
    assert vote["tally"]["items"]["big"]["seats"] == 3
    assert all(set(side["chosen"]) == {"s1"} for side in vote["tally"]["sides"].values())
    with speaking("en"):
        rows = KIND.report.result(vote["settings"], vote["tally"]).rows
    assert rows[0].key == "s1" and next(row.about for row in rows if row.key == "big").endswith("costs more than there is")


def test_nobody_who_approves_anything_leaves_nothing_to_pay(hall):
    hall.ask()
    hall.vote_all([], [])
    vote = hall.over()
    assert "sides" not in vote["tally"]
    with speaking("en"):
        assert KIND.report.result(vote["settings"], vote["tally"]).rows


def test_many_ballots_are_counted_in_a_child_with_the_same_result(app, hall):
    hall.ask()
    hall.vote_all(*[NORTH] * 3, *[SOUTH] * 2)
    at_once = hall.over()["tally"]
    with app.extensions["house"].store.read() as session:
        vote = session.get(Activity, hall.vote)
        given = completing._given(session, vote, completing.counted.ballots(session, vote))
        said, _parts = completed.task({"kind": "budget", "settings": vote.settings, "options": list(COSTS), "tally": {
            name: one for name, one in vote.tally.items() if name != "sides"}}, json.dumps(given).encode())
    assert said == at_once


def test_a_file_that_is_read_back_has_costs_and_what_each_rule_gave(hall):
    hall.ask()
    hall.vote_all(*[NORTH] * 6, *[SOUTH] * 5)
    vote = hall.over()
    assert imported_json.settings("budget", vote["settings"])["options"][0]["cost"] == 250
    assert imported_json.tally("budget", vote["settings"], vote["tally"])["sides"]
    for wrong in ({"options": [{"key": "a", "title": "A"}, {"key": "b", "title": "B", "cost": 2}]},
                  {"options": [{"key": "a", "title": "A", "cost": "3"}]}, {"currency": "x" * 21}, {"currency": 5},
                  {"total": 10 ** 12}):
        with pytest.raises(ValueError):
            imported_json.settings("budget", vote["settings"] | wrong)


def test_steps_are_as_large_as_it_takes_to_count_them(monkeypatch):
    settings = {"options": OPTIONS, "total": 100_000, "seed": "s"}
    ballots = [(dict.fromkeys(NORTH, 1), 6), (dict.fromkeys(SOUTH, 1), 5), ({"n1": 1, "s1": 1}, 2)]
    told = {}
    for most in (10 ** 9, 40, 1):
        monkeypatch.setattr("workshop.domain.budgets.equal_shares.WORK", most)
        told[most] = rules.complete(settings | {"total": 1150}, {"items": {}}, ballots, list(COSTS))["sides"]["shares"]
    assert told[10 ** 9]["step"] == 1 and told[1]["step"] == 0 and told[1]["units"] == 0
    assert all(1150 - sum(COSTS[key] for key in one["chosen"]) == one["left"] >= 0 for one in told.values())
