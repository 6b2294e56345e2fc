"""A ranking from the ballot to its result: who may put what where, what is counted when it is over, who is voted on anew."""
import json

import pytest

from tests.actions.votes.test_rules import Assembly, ok
from tests.support import cast
from workshop import sandbox
from workshop.actions import completing, imported_json
from workshop.activities import completed
from workshop.activities.rank import rules
from workshop.domain.elections.ties import lot
from workshop.domain.errors import Refusal
from workshop.domain.kinds import kinds
from workshop.domain.roles import OWNER
from workshop.domain.visibility import Viewer
from workshop.exports import worker
from workshop.store.models import Activity
from workshop.store.visibility import results
from workshop.words import speaking

KIND = kinds()["rank"]
OPTIONS = [{"key": key, "title": f"Opción {key}"} for key in ("005", "5", "05", "agua")]


def order(*keys: str) -> dict[str, int]:
    return {key: place for place, key in enumerate(keys, 1)}


class Ranking(Assembly):
    """A ranking by itself in room 1."""

    def ask(self, rules=None, **settings):
        return self.open(rules, "rank", options=OPTIONS, **settings)

    def vote_all(self, *orders: tuple[str, ...], vote: str | None = None):
        for n, keys in enumerate(orders):
            person = self.join(f"Persona {n}", n % 3)
            ok(self.cast(person, order(*keys), 0, vote))


@pytest.fixture
def hall(app, meeting, phone):
    return Ranking(app, meeting, phone)


def test_a_ballot_is_numbered_from_one_and_may_leave_something_out(hall):
    hall.ask()
    rosa = hall.join("Rosa")
    ok(hall.cast(rosa, {"5": 3, "005": 9}))
    assert hall.own(rosa)[hall.vote]["choices"] == {"5": 1, "005": 2}
    ok(hall.cast(rosa, {}))
    assert hall.own(rosa)[hall.vote]["choices"] == {}


@pytest.mark.parametrize(("choices", "code"), [
    ({"5": 1, "05": 1}, "same_place"), ({"nadie": 1}, "no_such_card"), ({"5": 0}, "bad_choice"), ({"5": "1"}, "bad_choice"),
    ({"5": 1001}, "bad_choice"), ({"5": [1, 2]}, "bad_choice")])
def test_what_is_no_order_is_refused_and_the_old_ballot_stands(hall, choices, code):
    hall.ask()
    rosa = hall.join("Rosa")
    ok(hall.cast(rosa, order("05", "5")))
    assert hall.cast(rosa, choices)["code"] == code
    assert hall.own(rosa)[hall.vote]["choices"] == order("05", "5")


def test_while_people_vote_the_first_choices_are_told_and_nothing_of_pairs(hall):
    hall.ask(reveal="live")
    hall.vote_all(("5", "05"), ("5",), ("agua", "5"))
    shown = hall.elena.catch_up(hall.room)[hall.vote]["tally"]
    assert {key: (one["first"], one["ranked"]) for key, one in shown["items"].items()} == {
        "5": (2, 3), "05": (0, 1), "agua": (1, 1)}
    assert not {"won", "count"} & shown.keys()


def test_once_it_is_over_every_rule_is_counted_and_screens_get_who_won_alone(hall):
    hall.ask()
    hall.vote_all(("5", "05"), ("5", "agua"), ("agua", "5"), ("05", "agua"), ("05", "agua"))
    ok(hall.close())
    kept, shown = hall.tally(), hall.elena.catch_up(hall.room)[hall.vote]["tally"]
    assert kept["won"]["in"] == ["5"] and kept["won"]["rule"] == "runoff" and kept["items"]["5"]["place"] == 1
    assert kept["count"]["beats"] is None and len(kept["count"]["pairs"]) == len(OPTIONS)
    assert shown == {name: one for name, one in kept.items() if name != "count"}


def test_the_seed_of_the_lot_is_made_with_the_vote_and_another_one_for_the_next_round(hall):
    first = hall.ask(seed="mine", rule="first")
    assert len(first["settings"]["seed"]) == 8 and first["settings"]["seed"] != "mine"
    hall.vote_all(("5",), ("05",))
    ok(hall.close())
    won, seed = hall.tally()["won"], first["settings"]["seed"]
    assert won["seed"] == seed and won["tied"] == ["05", "5"]
    assert won["in"] == won["drawn"] == [max(("5", "05"), key=lambda key: lot(seed, key))]
    again = ok(hall.elena.do("vote.again", {"activity": hall.vote}, None))["card"]
    assert again["settings"]["seed"] not in (seed, "mine")


def test_those_who_are_level_are_voted_on_again_where_that_is_the_rule(hall):
    hall.ask(rule="borda", tie="again", places=2)
    assert hall.elena.do("vote.again", {"activity": hall.vote, "tied": True}, None)["code"] == "vote_runs"
    hall.vote_all(("agua", "5", "05"), ("agua", "05", "5"))
    ok(hall.close())
    won = hall.tally()["won"]
    assert (won["in"], won["tied"], won["left"], won["drawn"]) == (["agua"], ["05", "5"], 1, [])
    made = ok(hall.elena.do("vote.again", {"activity": hall.vote, "tied": True}, None))["card"]
    assert [one["key"] for one in made["settings"]["options"]] == ["05", "5"] and made["settings"]["places"] == 1
    assert (made["round"], made["round_of"]) == (2, hall.vote)
    hall.revs.clear()
    hall.vote_all(("5", "05"), vote=made["id"])
    ok(hall.elena.do("vote.close", {"activity": made["id"]}, None))
    assert hall.tally(made["id"])["won"]["in"] == ["5"]
    assert hall.elena.do("vote.again", {"activity": made["id"], "tied": True}, None)["code"] == "none_tied"


def test_the_cards_of_a_board_that_are_level_are_voted_on_again_by_name(app, hall):
    board, rosa = cast.activities(app, hall.room)["ideas"], hall.join("Rosa")
    cards = [ok(rosa.post(board, text))["card"]["id"] for text in ("Agua limpia", "Feria de semillas")]
    hall.open(None, "rank", tie="again")
    ok(hall.cast(rosa, order(*cards), 0))
    ok(hall.cast(hall.join("Luis"), order(*reversed(cards)), 0))
    ok(hall.close())
    made = ok(hall.elena.do("vote.again", {"activity": hall.vote, "tied": True}, None))["card"]
    assert sorted(one["title"] for one in made["settings"]["options"]) == ["R1-001 Agua limpia", "R1-002 Feria de semillas"]


def test_a_card_that_is_withdrawn_meanwhile_leaves_the_ballots_and_the_rest_move_up(app, hall):
    board, rosa = cast.activities(app, hall.room)["ideas"], hall.join("Rosa")
    one, two, three = (ok(rosa.post(board, text))["card"]["id"] for text in ("Agua", "Feria", "Escuela"))
    hall.open(None, "rank", rule="borda")
    ok(hall.cast(rosa, order(one, two, three), 0))
    ok(hall.cast(hall.join("Luis"), order(one), 0))
    ok(rosa.do("contribution.withdraw", {"id": one}))
    ok(hall.close())
    kept = hall.tally()
    assert kept["items"].keys() == {two, three} and kept["won"]["gone"] == 1
    assert [kept["items"][key]["borda"] for key in (two, three)] == [1, 0] and kept["count"]["empty"] == 1


def test_weights_count(hall):
    hall.ask({"weights": {hall.delegations[1]: 3}, "weights_for": "Más familias"}, rule="first")
    hall.vote_all(("5",), ("agua",))
    ok(hall.close())
    assert hall.tally()["won"]["in"] == ["agua"] and hall.tally()["items"]["agua"]["n"] == 3


def test_mandates_of_a_delegation_are_ranked_apart(hall):
    hall.ask({"one_per": "delegation", "mandates": {hall.delegations[0]: 3}}, rule="first")
    rosa = hall.join("Rosa", 0)
    ok(hall.cast(rosa, {"mandates": [[2, order("5", "05")], [1, order("agua")]]}, 0))
    ok(hall.close())
    assert {key: one["n"] for key, one in hall.tally()["items"].items()} == {"5": 2, "agua": 1, "05": 0, "005": 0}


def test_a_secret_ranking_is_counted_when_it_ends(hall):
    hall.ask({"named": "secret"})
    hall.vote_all(("5", "05"), ("5",), ("agua",))
    ok(hall.close())
    assert hall.tally()["won"]["in"] == ["5"]


def test_a_vote_of_a_step_is_counted_when_the_step_ends_and_no_more_where_it_goes_on(app, hall):
    from workshop.actions.rooms.building import add_activity
    from workshop.store.models import Room
    from workshop.store.streams import numbering
    made = {}

    def build(session):
        room = session.get(Room, hall.room)
        numbering.lock(session, {room.workshop_id})
        made["id"] = add_activity(session, room, "rank", 9, {"options": OPTIONS, "reveal": "live"}).id
        room.steps = [{"key": "a", "minutes": 0, "opens": ["rank"]}, {"key": "b", "minutes": 0, "opens": []}]
        room.step = 0
    hall.write(build)
    ok(hall.cast(hall.join("Rosa"), order("agua"), 0, made["id"]))
    ok(hall.elena.do("step.go", {"room": hall.room, "step": 1}, None))
    assert hall.tally(made["id"])["won"]["in"] == ["agua"]
    ok(hall.elena.do("step.go", {"room": hall.room, "step": 0}, None))
    assert "won" not in (hall.tally(made["id"]) or {})


def test_many_ballots_are_counted_in_a_child_and_until_then_nobody_has_won(hall, monkeypatch):
    monkeypatch.setattr(completing, "LITTLE", 3)
    hall.ask()
    hall.vote_all(("5", "05"), ("5", "agua"), ("agua",))
    ok(hall.close())
    kept = hall.tally()
    assert kept["counting"] and "won" not in kept
    with speaking("en"):
        assert "still being counted" in KIND.report.result({"options": OPTIONS}, kept).said
    asked = []
    monkeypatch.setattr(sandbox, "shared", lambda: type("Pool", (), {"ask": staticmethod(
        lambda task, values, content, check: asked.append(task) or check(*completed.task(
            json.loads(json.dumps(values)), content)))}))
    performer = hall.app.extensions["house"].performer
    performer.count()
    assert asked == ["count"] and hall.tally()["won"]["in"] == ["5"] and "counting" not in hall.tally()
    performer.count()
    assert asked == ["count"], "once"


def test_the_child_counts_as_the_server_does():
    settings = KIND.settings | {"options": OPTIONS, "seed": "s"}
    given = [(order("5", "05"), 2), (order("agua", "5"), 1)]
    tally = KIND.rules.summarise([(one, None) for one, n in given for _ in range(n)])
    keys = [one["key"] for one in OPTIONS]
    values = {"kind": "rank", "settings": settings, "tally": tally | {"counting": True}, "options": keys}
    made, _parts = sandbox.shared().ask("count", values, json.dumps(given).encode())
    assert made == KIND.complete(settings, tally, given, keys)


def test_buttons_of_the_page_without_script_move_one():
    held = order("a", "b", "c")
    assert rules.pressed(held, "b", "up", []) == order("b", "a", "c")
    assert rules.pressed(held, "b", "down", []) == order("a", "c", "b")
    assert rules.pressed(held, "a", "up", []) == held == rules.pressed(held, "c", "down", [])
    assert rules.pressed(held, "a", "out", []) == order("b", "c")
    assert rules.pressed(held, "d", "last", []) == order("a", "b", "c", "d") and rules.pressed(held, "d", "out", []) == held
    assert rules.pressed(held, "*", "=a,b,c", ["2", "", "1"]) == {"a": 2, "c": 1}
    with pytest.raises(Refusal) as refused:
        rules.check({}, rules.pressed({}, "*", "=a,b", ["dos", "1"]), ("a", "b"))
    assert refused.value.code == "bad_choice"


@pytest.mark.parametrize("rule", [*KIND.picks[0].options])
@pytest.mark.parametrize("tie", [*KIND.picks[1].options])
@pytest.mark.parametrize("options", [4, 14])
def test_what_is_kept_can_be_told_and_read_back(rule, tie, options):
    named = [{"key": f"o{n}", "title": f"Opción {n}"} for n in range(options)]
    keys = [one["key"] for one in named]
    settings = KIND.settings | {"options": named, "rule": rule, "tie": tie, "places": 3 if rule in ("stv", "borda") else 1}
    given = [(order(*keys[n:], *keys[:n // 2]), 1 + n % 2) for n in range(options)] * 2
    tally = KIND.rules.summarise([(one, None) for one, n in given for _ in range(n)])
    made = json.loads(json.dumps(KIND.complete(settings | {"seed": "abc"}, tally, given, keys))) | {"ballots": len(given)}
    assert imported_json.tally("rank", settings, made) == made
    with speaking("en"):
        result = KIND.report.result(settings, made)
        said = result.names(lambda key: f"<{key}>")
        assert all(f"<{key}>" in said for key in made["won"]["in"]) and "{" not in said
        assert all(len(row) == len(table.headings) for table in result.tables(str) for row in table.rows)
        assert {row.key for row in result.rows} == set(keys)
    for odd in ({"won": {"rule": rule}}, {"count": {}}, {"won": "x" * 3000}):
        with pytest.raises((ValueError, KeyError, TypeError, AttributeError)):
            imported_json.tally("rank", settings, made | odd)


def test_several_places_are_for_rules_that_fill_several():
    assert KIND.consistent({"places": 2, "rule": "runoff"}) == KIND.consistent({"places": 2}) == "places"
    assert KIND.consistent({"places": 2, "rule": "stv"}) == KIND.consistent({"places": 1, "rule": "condorcet"}) == ""


def test_a_vote_with_a_rule_that_cannot_be_is_refused(hall):
    hall.open(None, "rank", "bad_settings", options=OPTIONS, rule="plurality")
    hall.open(None, "rank", "bad_settings", options=OPTIONS, rule="runoff", places=2)


def test_the_plenary_reads_who_won_by_which_rule(app, hall):
    hall.ask(rule="borda")
    hall.vote_all(("5", "05"), ("5", "agua"))
    ok(hall.close())
    with app.extensions["house"].store.read() as session, speaking("en"):
        vote = session.get(Activity, hall.vote)
        [told] = results.of_votes(session, [vote])[vote.id]
    assert told["lines"][0]["text"] == "Opción 5"
    said = told["said"] if isinstance(told["said"], str) else told["said"]["en"]
    assert said == "Borda points: Opción 5 (6)."


def test_a_ranking_is_opened_on_the_page_of_quick_votes_with_its_rule(app, meeting):
    from tests.pages.shell.attacks.test_guard import signed_in
    elena, page = signed_in(app), f"/w/{meeting['workshop']}/vote"
    assert 'name="rank.rule"' in elena.open(page)
    asked = {"title": "¿Cuáles?", "ready": "own", "kind": "rank", "options": "Agua\nFeria\nEscuela", "room": "1"}
    refused = elena.send(page, 'class="sheet"', **asked, **{"rank.rule": "runoff", "rank.places": "2"})
    assert "problem" in str(refused)
    elena.send(page, 'class="sheet"', **asked, **{"rank.rule": "stv", "rank.tie": "again", "rank.places": "2"})
    with app.extensions["house"].store.read() as session:
        [made] = session.query(Activity).filter_by(kind="rank").all()
        assert (made.settings["rule"], made.settings["tie"], made.settings["places"]) == ("stv", "again", 2)


def test_page_and_memoria_have_rounds_pairs_and_the_seed(app, meeting, hall):
    from tests.exports.texts import READERS, squeezed
    from tests.pages.shell.attacks.test_guard import signed_in
    hall.ask(rule="stv", places=2)
    hall.vote_all(("5", "05"), ("5", "agua"), ("agua", "5"), ("05",))
    ok(hall.close())
    seed, elena = hall.tally()["won"]["seed"], signed_in(app)
    house, viewer = app.extensions["house"], Viewer(meeting["workshop"], "named", OWNER)
    pages = [elena.open(f"/w/{meeting['workshop']}/votes/{hall.vote}")] + [READERS[form](worker.memoria(
        house.store, meeting["workshop"], viewer, form, "es", house.clock())) for form in READERS]
    with speaking("es"):
        made = KIND.report.result(KIND.settings | {"options": OPTIONS}, hall.tally())
        titles = [table.title for table in made.tables(str)]
    for page in pages:
        assert all(squeezed(title) in squeezed(page) for title in titles) and len(titles) == 3, titles
        assert (seed in page) == bool(hall.tally()["won"]["lots"])
