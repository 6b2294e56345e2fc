"""The arithmetic of the votes: what a ballot may hold, and what comes of many."""
import json
import math
from statistics import fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.activities.same_words import plain
from workshop.domain.errors import Refusal
from workshop.domain.kinds import kinds
from workshop.words import speaking

CARDS = frozenset({"semilla", "riego", "feria"})
VOTES = sorted(name for name, kind in kinds().items() if kind.votes)
HOSTILE = [True, False, None, "", "2", "nadie", -1, 0.5, 1.0, math.nan, math.inf, 10**400, -(10**400), [], {}, [1],
           [1, 2, 3], [True, 1], [0.5, 1], [-1, 5], [5, 101], [math.nan, 5], ["1", "2"], {"x": 1, "y": 2}]
FAIR = {"es": "En la feria", "fr": "À la foire", "en": "At the fair"}
PLACES = {"options": [{"key": "feria", "title": FAIR}, {"key": "escuela", "title": "En la escuela"}]}


def settings(kind: str, **more) -> dict:
    return kinds()[kind].settings | more


def check(kind: str, choices: dict, **more) -> dict:
    return kinds()[kind].rules.check(settings(kind, **more), choices, CARDS)


def refusal(kind: str, choices: dict, **more) -> str:
    with pytest.raises(Refusal) as refused:
        check(kind, choices, **more)
    return refused.value.code


def tally(kind: str, *ballots: tuple[dict, str | None]) -> dict:
    """What comes of ballots that were checked, as it stands in the store."""
    return json.loads(json.dumps(kinds()[kind].rules.summarise([(check(kind, choices), of) for choices, of in ballots])))


@pytest.mark.parametrize("kind", VOTES)
@pytest.mark.parametrize("value", HOSTILE, ids=lambda value: repr(value)[:12])
def test_a_hostile_value_is_refused_where_it_is_no_choice_of_the_kind(kind, value):
    key = next(iter(kinds()[kind].sample["ballot.cast"]["choices"]), "*")
    key = "semilla" if key == "*" else key
    good = [(type(choice), choice) for choices, _of in kinds()[kind].example.ballots for choice in choices.values()]
    try:
        kept = check(kind, {key: value})
    except Refusal as refused:
        assert refused.code == "bad_choice" or refused.code.startswith("over_")
    else:
        assert kept == {} or (kept == {key: value} and (type(value), value) in good) or (
            kind, value) == ("words", ["1", "2"]), "neither refused nor a choice"


@pytest.mark.parametrize("kind", sorted(name for name in VOTES if kinds()[name].on_cards(kinds()[name].settings)))
def test_a_card_of_another_board_is_refused(kind):
    sample = next(iter(kinds()[kind].sample["ballot.cast"]["choices"].values()))
    assert check(kind, {"riego": sample}) == {"riego": sample}
    assert refusal(kind, {"ajena": sample}) == "no_such_card"


@pytest.mark.parametrize("kind", VOTES)
def test_a_ballot_that_holds_nothing_is_taken_and_counts_for_nothing(kind):
    assert check(kind, {}) == {}
    empty = tally(kind, ({}, "taraco"))
    assert not empty.get("items") and not empty.get("n")


@pytest.mark.parametrize("kind", VOTES)
def test_in_a_room_made_by_hand_every_vote_has_what_it_needs_in_each_language(kind):
    def words(value):
        if isinstance(value, dict):
            if "es" in value:
                yield value
            for inner in value.values():
                yield from words(inner)
        elif isinstance(value, list):
            for inner in value:
                yield from words(inner)
    assert all(text.keys() == {"es", "fr", "en"} and all(text.values()) for text in words(settings(kind)))
    assert settings(kind)["reveal"] == "live"


def test_a_mark_is_a_whole_number_between_the_ends_of_the_scale():
    assert [check("scale", {"room": mark}) for mark in (1, 5)] == [{"room": 1}, {"room": 5}]
    assert refusal("scale", {"room": 0}) == refusal("scale", {"room": 6}) == refusal("scale", {"semilla": 3}) == "bad_choice"
    assert check("scale", {"room": 0}, **{"from": 0, "to": 10}) == {"room": 0}


def test_marks_become_mean_median_spread_and_a_histogram():
    marks = [(2, "taraco"), (4, "taraco"), (5, "salinas"), (5, None)]
    assert tally("scale", *(({"room": mark}, of) for mark, of in marks), ({}, "lima")) == {
        "n": 4, "mean": 4, "median": 4.5, "spread": 1, "histogram": {"2": 1, "4": 1, "5": 2}, "delegations": 2}
    assert tally("scale")["mean"] is None


@given(st.lists(st.integers(1, 5), min_size=1, max_size=90))
def test_whatever_the_marks_the_figures_of_a_scale_lie_between_its_ends(marks):
    found = kinds()["scale"].rules.summarise([({"room": mark}, None) for mark in marks])
    assert min(marks) <= found["median"] <= max(marks) and abs(found["mean"] - fmean(marks)) < 0.006
    assert 0 <= found["spread"] <= 2 and sum(found["histogram"].values()) == found["n"] == len(marks)


def test_only_one_card_or_option_can_be_chosen():
    assert refusal("choice", {"semilla": 1, "riego": 1}) == "over_choices"
    assert check("choice", {"escuela": 1}, **PLACES) == {"escuela": 1}
    assert refusal("choice", {"semilla": 1}, **PLACES) == "bad_choice", "where there are options no card is chosen"
    assert tally("choice", ({"riego": 1}, "taraco"), ({"riego": 1}, "taraco"), ({"feria": 1}, None)) == {
        "items": {"riego": {"seats": 2, "delegations": 1}, "feria": {"seats": 1, "delegations": 0}}}


@pytest.mark.parametrize(("kind", "first", "last"), [("light", "seguir", "dejar"), ("consent", "si", "no")])
def test_options_are_counted_for_each_card_and_nothing_is_decided(kind, first, last):
    assert refusal(kind, {"semilla": "tal vez"}) == "bad_choice"
    ballots = ({"riego": first, "feria": last}, "taraco"), ({"riego": first}, "salinas"), ({"riego": last}, None)
    assert tally(kind, *ballots) == {
        "items": {"riego": {"counts": {first: 2, last: 1}, "seats": 3, "delegations": 2},
                  "feria": {"counts": {last: 1}, "seats": 1, "delegations": 1}}}


def test_hearts_are_as_many_as_there_are_and_one_for_a_card():
    assert check("likes", {"semilla": 1, "riego": 0}) == {"semilla": 1}
    assert refusal("likes", {"semilla": 2}) == "over_hearts_card"
    assert refusal("likes", dict.fromkeys(CARDS, 1), budget=2) == "over_hearts"
    assert tally("likes", ({"semilla": 1, "riego": 1}, "taraco"), ({"riego": 1}, "taraco"))["items"]["riego"] == {
        "hearts": 2, "seats": 2, "delegations": 1}


def test_a_card_stands_where_people_put_it_on_average():
    places = [({"riego": [0, 100]}, "taraco"), ({"riego": [100, 100], "feria": [7, 9]}, "salinas")]
    assert tally("positions", *places)["items"] == {
        "riego": {"x": 50, "y": 100, "spread": 50, "n": 2, "delegations": 2},
        "feria": {"x": 7, "y": 9, "spread": 0, "n": 1, "delegations": 1}}


@given(st.permutations([[1, 2], [33, 47], [99, 3], [50, 50], [18, 71], [64, 20]]))
def test_the_order_in_which_ballots_are_read_moves_no_card(places):
    found = kinds()["positions"].rules.summarise([({"riego": place}, None) for place in places])
    assert found["items"]["riego"] == {"x": 44.2, "y": 32.2, "spread": 37, "n": 6, "delegations": 0}


def test_the_ballots_of_a_delegation_that_shares_its_dots_count_together():
    shared = settings("dots", budget=4, per_item=2, budget_of="delegation")
    rules, others = kinds()["dots"].rules, [{"riego": 1}, {"feria": 1}]
    assert rules.shared(shared) and not rules.shared(settings("dots"))
    assert rules.check_shared(shared, {"riego": 1, "semilla": 1}, {}, others, per_item=True) == 4
    assert rules.check_shared(shared, {"riego": 2}, {}, others, per_item=False) == 4
    for before, left in (({}, 2), ({"semilla": 2}, 0)):
        with pytest.raises(Refusal) as refused:
            rules.check_shared(shared, {"semilla": 3}, before, others, per_item=True)
        assert (refused.value.code, refused.value.values) == ("over_shared", {"limit": 4, "left": left})
    report = kinds()["dots"].report
    nothing = {"items": {}}
    assert report.result(shared, nothing).said and not report.result(settings("dots"), nothing).said


WORDED = {"marks": [{"key": "poco", "title": "Poco"}, {"key": "mucho", "title": "Mucho"}]}


def test_several_may_be_chosen_up_to_so_many_also_on_cards():
    assert check("choice", {"feria": 1, "escuela": 1}, **PLACES, most=2) == {"feria": 1, "escuela": 1}
    assert check("choice", {"semilla": 1, "riego": 1}, most=2) == {"semilla": 1, "riego": 1}
    assert refusal("choice", dict.fromkeys(CARDS, 1), most=2) == "over_choices"
    assert refusal("choice", {"feria": 1, "mercado": 1}, **PLACES, most=2) == "bad_choice"


def test_another_answer_is_counted_by_what_was_written_and_is_none_of_the_options():
    own = PLACES | {"own": True}
    assert check("choice", {"+": "  En  el mercado "}, **own) == {"+": "En el mercado"}
    assert refusal("choice", {"+": "Mercado"}, **PLACES) == refusal("choice", {"+": "Mercado"}, own=True) == "bad_choice"
    assert refusal("choice", {"+": "x" * 81}, **own) == "too_long"
    for same in ("en la FERIA", "Á la foire", "escuelas"):
        assert refusal("choice", {"+": same}, **own) == "same_option"
    assert refusal("choice", {"+": "Mercado", "feria": 1}, **own) == "over_choices", "one answer, also with own words"
    ballots = [({"+": "El mercado"}, "sur"), ({"+": "mercados"}, "sur"), ({"+": "mercados"}, None), ({"feria": 1}, "norte")]
    told = kinds()["choice"].rules.summarise(ballots)
    assert told == {"items": {"feria": {"seats": 1, "delegations": 1}},
                    "others": {"mercados": {"seats": 3, "delegations": 1}}}
    with speaking("es"):
        rows = kinds()["choice"].report.result(settings("choice", **own), told).rows
    assert [(row.text, row.figures) for row in rows] == [
        ("«mercados»", (3, 1)), ("En la feria", (1, 1)), ("En la escuela", (0, 0))]


@pytest.mark.parametrize(("one", "other"), [
    ("Agua", "águas"), ("el agua", "AGUA"), ("la flor", "flores"), ("voz", "las voces"), ("école", "Écoles"),
    ("animal", "animaux"), ("l'eau", "eaux"), ("city", "cities"), ("ley", "leyes"), ("país", "países"), ("wasi", "wasikuna"),
    ("clase", "clases"), ("wasi", "chay wasi"), ("mes", "meses"), ("box", "boxes"), ("idée", "les idées"),
    ("¡Agua!", "agua"),
    ("tierra y agua", "tierra, agua")])
def test_words_that_say_the_same_are_counted_together(one, other):
    assert plain(one) == plain(other)
    assert refusal("words", {"words": [one, other]}) == "same_words"
    assert len(kinds()["words"].rules.summarise([({"words": [one]}, None), ({"words": [other]}, "sur")])["items"]) == 1


@pytest.mark.parametrize(("one", "other"), [
    ("agua", "sin agua"), ("agua", "no agua"), ("agua limpia", "agua"), ("más agua", "menos agua"), ("mana yaku", "yaku"),
    ("casa", "caso"), ("de la", "en el"), ("❤", "★"), ("2030", "2031")])
def test_words_that_say_something_else_are_not(one, other):
    assert plain(one) != plain(other)
    assert len(tally("words", ({"words": [one, other]}, None))["items"]) == 2


def test_what_is_nothing_but_common_words_is_listed_and_left_out_of_the_cloud():
    told = tally("words", ({"words": ["de la", "chaymanta"]}, None), ({"words": ["agua"]}, None), ({"words": ["❤"]}, None))
    assert {text: one.get("common") for text, one in told["items"].items()} == {
        "de la": 1, "chaymanta": 1, "agua": None, "❤": None}
    result = kinds()["words"].report.result(settings("words"), told)
    assert result.common == {"de la", "chaymanta"} and len(result.rows) == 4 and result.chart == "cloud"


@given(st.lists(st.text(max_size=70), max_size=4))
def test_whatever_people_write_is_taken_or_refused_with_a_code_and_can_be_told(texts):
    try:
        kept = check("words", {"words": texts})
    except Refusal as refused:
        assert refused.code in ("bad_choice", "too_long", "over_words", "same_words")
    else:
        told = tally("words", (kept, None))
        assert len(told["items"]) == len(texts) and check("words", kept) == kept
        assert len(kinds()["words"].report.result(settings("words"), told).rows) == len(texts)


def test_a_scale_stands_on_the_room_on_cards_or_on_named_things():
    assert check("scale", {"semilla": 3}, per="card") == {"semilla": 3}
    assert refusal("scale", {"room": 3}, per="card") == refusal("scale", {"ajena": 3}, per="card") == "no_such_card"
    assert refusal("scale", {"semilla": 6}, per="card") == "bad_choice"
    assert check("scale", {"escuela": 3}, **PLACES) == {"escuela": 3}
    assert refusal("scale", {"semilla": 3}, **PLACES) == refusal("scale", {"room": 3}, **PLACES) == "no_such_card"


def test_what_people_agree_on_and_what_they_are_furthest_apart_on_is_told():
    scale, ballots = kinds()["scale"], [({"feria": 4, "escuela": mark}, of) for mark, of in ((1, "a"), (5, "b"), (5, "b"))]
    told = scale.rules.summarise(ballots)
    assert told["n"] == 0 and told["items"]["escuela"] == {
        "seats": 3, "mean": 3.67, "median": 5, "spread": 1.78, "histogram": {"1": 1, "5": 2}, "delegations": 2}
    with speaking("es"):
        result = scale.report.result(settings("scale", **PLACES, **WORDED), told)
        said = result.names({row.key: row.text for row in result.rows}.get)
        few = scale.report.result(settings("scale", **PLACES), scale.rules.summarise(ballots[:2]))
    assert [(row.text, row.figures[:3]) for row in result.rows] == [
        ("En la feria", (4, 4, 0)), ("En la escuela", (3.67, 5, 1.78))]
    assert said == "Donde más cerca estamos: En la feria (0). Donde más lejos: En la escuela (1,8)."
    assert result.said == "1: Poco. 5: Mucho." and few.names({"feria": "F", "escuela": "E"}.get) == ""


def test_each_mark_may_have_its_words():
    marks = [{"key": word, "title": {"es": word, "fr": word, "en": word}} for word in ("uno", "dos", "tres")]
    scale = kinds()["scale"]
    result = scale.report.result(settings("scale", to=3, marks=marks), scale.rules.summarise([({"room": 2}, None)]))
    assert [row.text for row in result.rows] == ["1 uno", "2 dos", "3 tres"]
    assert scale.marks.fits({"from": 1, "to": 3}) == (2, 3)


def test_a_reservation_has_its_reason_and_the_change_that_would_lift_it():
    why = {"is": "no", "why": " Falta\n agua ", "change": "Un canal"}
    assert check("consent", {"semilla": why}) == {"semilla": {"is": "no", "why": "Falta agua", "change": "Un canal"}}
    assert check("consent", {"semilla": {"is": "con_reserva"}}) == {"semilla": "con_reserva"}
    assert refusal("consent", {"semilla": why | {"why": "x" * 201}}) == "too_long"
    for odd in (why | {"why": ""}, why | {"why": ["x"]}, why | {"is": "si"}, why | {"is": {}}, {"is": math.nan}):
        assert refusal("consent", {"semilla": odd}) == "bad_choice"
    told = tally("consent", ({"semilla": why}, "sur"), ({"semilla": why}, None), ({"semilla": "si"}, None),
                 ({"riego": {"is": "con_reserva", "change": "Más tiempo"}}, None))
    assert told["items"]["semilla"]["counts"] == {"no": 2, "si": 1}
    with speaking("es"):
        result = kinds()["consent"].report.result(settings("consent"), told)
        lines = result.notes({"semilla": "Semilla", "riego": "Riego"}.get)
    assert lines == ["Semilla · No: Falta agua → cambio: Un canal (2)",
                     "Riego · Sí, con reserva: cambio: Más tiempo"]


@pytest.mark.parametrize("kind", ["dots", "points", "likes"])
def test_a_budget_is_shared_out_among_named_things_and_nobody_s_are_told_too(kind):
    told = kinds()[kind].rules.summarise([({"feria": 1}, "sur")])
    with speaking("fr"):
        rows = kinds()[kind].report.result(settings(kind, **PLACES), told).rows
    assert [(row.text, row.figures) for row in rows] == [("À la foire", (1, 1, 1)), ("En la escuela", (0, 0, 0))]
