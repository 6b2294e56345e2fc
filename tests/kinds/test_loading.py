"""A kind whose rules or report lack what others call stops the program when the kinds are loaded."""
import sys
from dataclasses import replace
from types import SimpleNamespace

import pytest

from workshop import activities
from workshop.domain.errors import Refusal
from workshop.domain.kinds import kinds

KIND = """
from workshop.activities.{like} import KIND as OTHER
from workshop.activities.thumbs import report, rules
from dataclasses import replace
KIND = replace(OTHER, name="thumbs", rules=rules, report=report)
"""
RULES = {"check": "def check(settings, choices, cards): return choices", "summarise": "def summarise(ballots): return {}"}
REPORT = {"result": "def result(settings, tally): return None", "of_card": "def of_card(settings, result): return None",
          "of_choice": "def of_choice(settings, choice): return ''"}


@pytest.fixture
def planted(tmp_path, monkeypatch):
    """planted(like, rules, report): what loading the kinds finds with a folder `thumbs` beside them, which is like another
    kind but for its functions."""
    def plant(like: str, rules: dict, report: dict):
        folder = tmp_path / "thumbs"
        folder.mkdir()
        for name, text in (("__init__", KIND.format(like=like)), ("rules", "\n".join(rules.values())),
                           ("report", "\n".join(report.values()))):
            (folder / f"{name}.py").write_text(text, encoding="utf-8")
        monkeypatch.setattr(activities, "__path__", [*activities.__path__, str(tmp_path)])
        return kinds.__wrapped__()
    yield plant
    for name in [name for name in sys.modules if name.startswith("workshop.activities.thumbs")]:
        del sys.modules[name]
    activities.__dict__.pop("thumbs", None)


def without(functions: dict, name: str) -> dict:
    return {key: text for key, text in functions.items() if key != name}


def test_a_kind_with_all_its_functions_is_found(planted):
    assert planted("likes", RULES, REPORT).keys() == {*kinds(), "thumbs"}


@pytest.mark.parametrize(("rules", "report", "lacking"), [
    (without(RULES, "check"), REPORT, "rules.check(settings, choices, cards)"),
    (without(RULES, "summarise"), REPORT, "rules.summarise(ballots)"),
    (RULES | {"summarise": "def summarise(ballots, settings): return {}"}, REPORT, "rules.summarise(ballots)"),
    (RULES | {"summarise": "summarise = {}"}, REPORT, "rules.summarise(ballots)"),
    (RULES, without(REPORT, "result"), "report.result(settings, tally)"),
    (RULES, without(REPORT, "of_card"), "report.of_card(settings, result)"),
    (RULES, without(REPORT, "of_choice"), "report.of_choice(settings, choice)"),
])
def test_a_kind_that_lacks_a_function_stops_the_program(planted, rules, report, lacking):
    with pytest.raises(RuntimeError) as stopped:
        planted("likes", rules, report)
    assert str(stopped.value) == f"workshop/activities/thumbs: the kind 'thumbs' has no {lacking}"


def test_only_a_vote_on_cards_tells_of_single_ones(planted):
    assert planted("words", RULES, {"result": REPORT["result"]})["thumbs"].card_report is None
    assert kinds()["words"].card_report is None and kinds()["dots"].card_report is kinds()["dots"].report


def test_a_vote_without_a_report_stops_the_program():
    assert replace(kinds()["likes"], report=None).lacks() == "the kind 'likes' has no report.of_card(settings, result)"


def test_what_people_write_needs_no_report_and_no_count():
    ideas = replace(kinds()["ideas"], rules=SimpleNamespace(check=lambda settings, body, place: (body, place)))
    assert ideas.lacks() == "" and ideas.report is None


@pytest.mark.parametrize(("kind", "rules"), [("ideas", "vote_rules"), ("dots", "card_rules")])
def test_a_kind_has_no_rules_of_the_other_sort(kind, rules):
    with pytest.raises(Refusal) as refused:
        getattr(kinds()[kind], rules)
    assert refused.value.code == "not_for_this"
