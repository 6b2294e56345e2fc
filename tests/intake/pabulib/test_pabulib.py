"""What a .pb file says, whatever is wrong with it, and the vote that becomes of it."""
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.intake.test_fuzz import CHANGES, changed
from tests.support.real import SHARED, real
from workshop.domain.errors import Refusal
from workshop.domain.kinds import kinds
from workshop.intake import pabulib
from workshop.intake.pb_votes import vote_of
from workshop.words import LANGUAGES, speaking
from workshop.words.pabulib import SENTENCES, sentence

FILES = sorted(path.name.removesuffix(".pb") for path in SHARED.joinpath("pb").glob("*.pb")) or ["Netherlands_Assen_2024"]
SMALL = '''META
key;value
description;Oruro
num_projects;3
num_votes;4
budget;900
vote_type;approval
PROJECTS
project_id;cost;name
005;300;"Agua; limpia"
5;300;Agua; limpia
05;400.0;"Cancha ""norte"""
VOTES
voter_id;vote
a;005,5
b;
c;05
d;5
'''


def codes(election) -> dict[str, int]:
    """{fault: its first line}."""
    return {code: line for line, code, _values in reversed(election.faults)}


def read(text: str, encoding: str = "utf-8"):
    return pabulib.read(text.encode(encoding))


@pytest.mark.parametrize("name", FILES)
def test_a_real_file_is_read_whole_and_its_vote_counts_as_published(name):
    election = pabulib.read(real("pb", f"{name}.pb").read_bytes())
    said = json.loads(real("pb", f"{name}.expected.json").read_text(encoding="utf-8"))
    assert (len(election.items), len(election.ballots)) == (said["projects"], said["ballots"])
    assert set(codes(election)) <= {"pb_columns"}
    asked = vote_of(election)
    kind = kinds()[asked.kind]
    keys = {option["key"] for option in asked.settings["options"]}
    ballots = [(kind.vote_rules.check(kind.settings | asked.settings, choices, keys), None)
               for choices in asked.ballots.values()]
    items = kind.vote_rules.summarise(ballots)["items"]
    if asked.kind == "rank":
        assert {key: items[key]["first"] for key in keys} == said["first_choices"]
    else:
        part = "points" if asked.kind == "points" else "seats"
        assert {key: items.get(key, {part: 0})[part] for key in keys} == said.get("points", said["times_chosen"])


def test_ids_are_texts_and_a_sign_within_quotes_parts_nothing():
    election = read(SMALL)
    assert [(one.key, one.title, one.cost) for one in election.items] == [
        ("005", "Agua; limpia", 300), ("5", "Agua", 300), ("05", 'Cancha "norte"', 400)]
    assert election.ballots == [("a", ["005", "5"], []), ("b", [], []), ("c", ["05"], []), ("d", ["5"], [])]
    assert vote_of(election).ballots["b"] == {} and not election.faults


@pytest.mark.parametrize(("old", "new", "code", "line"), [
    ("num_votes;4", "num_votes;9", "pb_votes_lie", 5), ("num_projects;3", "num_projects;2", "pb_projects_lie", 4),
    ("budget;900", "budget;mucho", "pb_budget", 6), ("budget;900", "budget;-3", "pb_budget", 6),
    ("approval", "kumulativ", "pb_type", 7), ("5;300;Agua", "005;300;Agua", "pb_project_again", 11),
    ("5;300;Agua", "5;0;Agua", "pb_cost", 11), ("5;300;Agua", "5;1.5;Agua", "pb_cost", 11),
    ("5;300;Agua", "5;901;Agua", "pb_over", 11), ("5;300;Agua", ";300;Agua", "pb_id", 11),
    ("cost;name", "cost;name;color", "pb_columns", 9), ("project_id;cost", "project;cost", "pb_no_column", 9),
    ("a;005,5", "a;005,6", "pb_unknown", 15), ("a;005,5", "a;005,005", "pb_twice", 15),
    ("c;05", "a;05", "pb_voter_again", 17),
    ("c;05", ";05", "pb_no_voter", 17), ("VOTES\n", "VOTES\nVOTES\n", "pb_section_again", 14),
    ("META\n", "nada\nMETA\n", "pb_before", 1), ("key;value", "budget;800", "pb_again", 6),
    ('"Agua; limpia"', '"Agua; limpia', "open_quote", 10)])
def test_what_is_wrong_is_said_with_its_line_and_the_rest_is_read(old, new, code, line):
    assert old in SMALL
    election = read(SMALL.replace(old, new, 1))
    assert codes(election)[code] == line
    assert election.items or code in ("pb_no_column",)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_it_is_read_in_whatever_letters_it_was_written(encoding):
    election = read(SMALL.replace("Agua", "Peñón de Ñuñoa"), encoding)
    assert election.items[0].title == "Peñón de Ñuñoa; limpia" and not election.faults


@pytest.mark.parametrize("content", [
    b"", b"\0\1", b"META", b"PROJECTS\nproject_id;cost\na;1\n", b"META\n;\n;;\nPROJECTS\n", b'"' * 5000,
    b"META\n" + b";" * 300_000,
    b"META\nPROJECTS\nproject_id;cost\na;" + b"9" * 200_000, b"META\nPROJECTS\nproject_id;cost;name\na;1;" + b"x" * 300_000,
    b"META\nPROJECTS\nproject_id;cost\n" + b"".join(b"p%d;1\n" % n for n in range(500))])
def test_nothing_makes_it_fail(content):
    election = pabulib.read(content)
    assert election.faults and len(election.items) <= pabulib.ITEMS and len(election.faults) <= pabulib.FAULTS


def test_more_bytes_or_rows_than_a_file_may_have_are_refused_in_words():
    assert codes(pabulib.read(b"x" * (pabulib.BYTES + 1))) == {"too_many_bytes": 0}
    many = SMALL + "".join(f"v{n};5\n" for n in range(pabulib.BALLOTS + 5))
    assert "too_many_rows" in codes(read(many))


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(CHANGES, st.booleans())
def test_after_accidents_it_is_still_within_bounds_and_every_fault_has_its_sentence(changes, wide):
    election = pabulib.read(changed(SMALL.encode("utf-16" if wide else "utf-8"), changes))
    keys = {one.key for one in election.items}
    assert all(1 <= one.cost <= pabulib.MONEY for one in election.items) and len(keys) == len(election.items)
    assert all(set(ids) <= keys for _voter, ids, _points in election.ballots)
    for _line, code, values in election.faults:
        assert "{" not in sentence(code, {name: "" if isinstance(one, str) else one for name, one in values.items()})
    try:
        asked = vote_of(election)
    except Refusal as refusal:
        assert refusal.code in ("not_for_this", "few_options", "bad_settings")
    else:
        assert asked.kind in kinds()


def test_points_that_do_not_fit_the_projects_are_left_out():
    election = read(SMALL.replace("approval", "cumulative").replace("voter_id;vote", "voter_id;vote;points")
                    .replace("a;005,5", "a;005,5;3,4").replace("c;05", "c;05;x").replace("d;5", "d;5;1,2"))
    assert election.ballots == [("a", ["005", "5"], [3, 4]), ("b", [], [])]
    assert codes(election)["pb_points"] == 17
    asked = vote_of(election)
    assert (asked.kind, asked.settings["budget"], asked.ballots["a"]) == ("points", 7, {"005": 3, "5": 4})


@pytest.mark.parametrize(("type_", "kind", "more"), [
    ("approval", "budget", {}), ("choose-1", "budget", {}), ("knapsack", "budget", {"within": True}),
    ("ordinal", "rank", {})])
def test_a_vote_is_of_the_type_that_the_file_says(type_, kind, more):
    election = read(SMALL.replace("approval", type_))
    asked = vote_of(election)
    assert asked.kind == kind and more.items() <= asked.settings.items()
    if type_ == "choose-1":
        assert codes(election)["pb_more_than_one"] == 15 and asked.settings["most"] == 1
    if type_ == "ordinal":
        assert asked.ballots["a"] == {"005": 1, "5": 2}


def test_where_there_is_no_such_kind_it_is_refused(monkeypatch):
    others = {name: kind for name, kind in kinds().items() if name != "rank"}
    monkeypatch.setattr("workshop.intake.pb_votes.kinds", lambda: others)
    with pytest.raises(Refusal) as refused:
        vote_of(read(SMALL.replace("approval", "ordinal")))
    assert refused.value.code == "not_for_this"


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_every_fault_has_its_sentence_in_every_language(language):
    with speaking(language):
        for code in SENTENCES:
            assert sentence(code, {}) and (language == "en" or sentence(code, {}) != SENTENCES[code])
