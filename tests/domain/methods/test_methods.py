"""What a method file must be: read only as plain text, complete in each language, and of parts that fit together."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from workshop.domain.errors import Refusal
from workshop.domain.methods.checking import BadMethod, check
from workshop.domain.methods.library import library, to_yaml
from workshop.domain.methods.yaml_text import DEPTH, LIMIT
from workshop.folders import PACKAGE

TEXTS = {path.stem: path.read_text(encoding="utf-8") for path in sorted((PACKAGE / "methods").glob("*.yaml"))}
CRIS = TEXTS["cris"]


def plain(key: str = "cris") -> dict:
    """A shipped method as what a facilitator would edit."""
    return yaml.safe_load(to_yaml(check(TEXTS[key])))


def refusal(text, known=None) -> BadMethod:
    """The refusal of a text, or of what is first written as one."""
    with pytest.raises(BadMethod) as caught:
        check(text if isinstance(text, str) else yaml.safe_dump(text, allow_unicode=True), known)
    return caught.value


def process(key: str, *names: str) -> dict:
    """A process of these methods."""
    found = plain("sistematizacion") | {"key": key}
    title = found["process"][0]["title"]
    return found | {"process": [{"method": name, "day": 1, "title": dict(title)} for name in names]}


def places(value, path=()):
    """The path of every {es, fr, en} in plain data."""
    if isinstance(value, dict) and set(value) == {"es", "fr", "en"}:
        yield path
    elif isinstance(value, dict | list):
        for key, part in value.items() if isinstance(value, dict) else enumerate(value):
            yield from places(part, (*path, key))


def at(value, path):
    """What stands at a path."""
    for key in path:
        value = value[key]
    return value


@pytest.mark.parametrize("key", TEXTS)
def test_a_word_that_is_missing_anywhere_in_any_language_is_refused_with_its_place(key):
    whole = plain(key)
    found = list(places(whole))
    assert len(found) > 5
    for number, path in enumerate(found):
        language = ("es", "fr", "en")[number % 3]
        words = at(whole, path)
        kept = words.pop(language)
        error = refusal(whole)
        assert (error.code, error.values["language"]) == ("method_no_word", language)
        assert error.where == ".".join(map(str, path))
        words[language] = " \u200a\n"
        assert refusal(whole).code == "method_no_word"
        words[language] = kept
    assert check(yaml.safe_dump(whole)) == check(TEXTS[key])


@pytest.mark.parametrize(("text", "code"), [
    ("", "method_not_yaml"),
    ("- just\n- a list\n", "method_not_yaml"),
    ("Qué tal", "method_not_yaml"),
    ("key: [cris", "method_not_yaml"),
    ("key: cris\n\tname: x", "method_not_yaml"),
    ("key: cris\n--- \nkey: foda", "method_not_yaml"),
    ("? [a, b]\n: c", "method_not_yaml"),
    ("key: \x00", "method_not_yaml"),
    ("key: \ud800", "method_not_yaml"),
    ("key: " + "[" * 50_000, "method_not_yaml"),
    ("key: " + "[" * DEPTH + "]" * DEPTH, "method_not_yaml"),
    ("x: " * 20_000, "method_not_yaml"),
    ("key: &a cris\nname: *a", "method_alias"),
    ("key: &a cris", "method_alias"),
    ("key: *a", "method_alias"),
    ("<<: *a", "method_alias"),
    ("key: !!python/object/apply:os.system ['true']", "method_alias"),
    ("key: !!python/name:os.system", "method_alias"),
    ("key: !!binary aGk=", "method_alias"),
    ("!x key: cris", "method_alias"),
    ("key: cris\nkey: foda", "method_repeated"),
])
def test_what_is_not_a_plain_mapping_is_refused(text, code):
    assert refusal(text).code == code


def test_laughs_by_the_billion_are_refused_at_the_first_anchor():
    lines = ["a0: &a0 [lol, lol]"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 40)]
    error = refusal("\n".join(lines))
    assert (error.code, error.values["line"]) == ("method_alias", 1)


def test_five_megabytes_are_refused_unread():
    error = refusal("key: " + "é" * (5 * 1024 * 1024))
    assert (error.code, error.values["limit"]) == ("method_too_big", 100)
    filled = CRIS + "#" * (LIMIT - len(CRIS.encode()))
    assert check(filled) == check(CRIS)
    assert refusal(filled + "#").code == "method_too_big"


def test_words_that_yaml_takes_for_something_else_stay_words():
    text = CRIS.replace("es: Qué pasó", "es: No").replace("fr: Ce qui s’est passé", "fr: 2018-01-01").replace(
        "en: What happened", "en: 012")
    words = check(text).labels["que_paso"]
    assert (words.es, words.fr, words.en) == ("No", "2018-01-01", "012")


@pytest.mark.parametrize(("path", "where"), [
    ((), "colour"), (("name",), "name.colour"), (("board",), "board.colour"), (("steps", 0), "steps.0.colour"),
    (("steps", 1, "may"), "steps.1.may.colour"), (("votes", 0), "votes.0.colour"), (("report",), "report.colour")])
def test_a_key_that_nobody_knows_is_refused_with_its_place(path, where):
    method = plain()
    method["steps"][1]["may"] = {}
    at(method, path)["colour"] = "red"
    error = refusal(method)
    assert (error.code, error.where) == ("method_unknown_key", where)


@pytest.mark.parametrize(("path", "value", "code", "where"), [
    (("key",), "Cris", "method_wrong", "key"),
    (("key",), "c", "method_wrong", "key"),
    (("key",), "cris\n", "method_wrong", "key"),
    (("key",), "../cris", "method_wrong", "key"),
    (("version",), 2, "method_wrong", "version"),
    (("family",), "magic", "method_wrong", "family"),
    (("name",), "Cris", "method_wrong", "name"),
    (("name", "es"), ["Cris"], "method_wrong", "name.es"),
    (("name", "es"), "x" * 601, "method_wrong", "name.es"),
    (("people",), [15, 4], "method_wrong", "people"),
    (("people",), [4], "method_missing", "people.1"),
    (("steps",), [], "method_missing", "steps"),
    (("steps",), "solo", "method_wrong", "steps"),
    (("steps", 0, "minutes"), "six", "method_wrong", "steps.0.minutes"),
    (("steps", 0, "minutes"), -1, "method_wrong", "steps.0.minutes"),
    (("steps", 0, "see"), "everything", "method_wrong", "steps.0.see"),
    (("steps", 0, "may"), {"add": "everybody"}, "method_wrong", "steps.0.may.add"),
    (("steps", 0, "closes"), "perhaps", "method_wrong", "steps.0.closes"),
    (("steps", 0, "opens"), ["fireworks"], "method_no_vote", "steps.0.opens"),
    (("steps", 0, "columns"), ["que_color"], "method_no_column", "steps.0.columns"),
    (("steps", 1, "key"), "solo", "method_repeated", "steps"),
    (("board", "columns"), ["que_paso", "que_paso"], "method_repeated", "board.columns"),
    (("board", "columns"), ["que_color"], "method_no_column", "steps.0.columns"),
    (("board", "rows"), ["que_color"], "method_no_label", "board.rows"),
    (("board", "rows"), [], "method_missing", "board.rows"),
    (("board", "lanes"), ["contexto"], "method_wrong", "board.lanes"),
    (("board", "delegations"), "contexto", "method_no_column", "board.delegations"),
    (("board", "layout"), "plane", "method_missing", "board.axes"),
    (("board", "layout"), "timeline", "method_missing", "board.lanes"),
    (("board", "layout"), "canvas", "method_wrong", "board.layout"),
    (("board", "fields"), [{"key": "f", "type": "text"}], "method_no_label", "board.fields.0"),
    (("board", "fields"), [{"key": "f", "type": "choice"}], "method_wrong", "board.fields.0.options"),
    (("votes", 0, "key"), "board", "method_repeated", "votes"),
    (("votes", 0, "budget"), 5, "method_wrong", "votes.0.budget"),
    (("votes", 0, "to"), 1, "method_wrong", "votes.0.to"),
    (("votes", 0, "kind"), "dots", "method_missing", "votes.0.budget"),
    (("votes", 0), {"key": "seguros", "kind": "scale", "to": 5}, "method_missing", "votes.0.from"),
    (("votes", 0), {"key": "seguros", "kind": "dots", "budget": 2, "per_card": 3}, "method_wrong", "votes.0.per_card"),
    (("votes", 0), {"key": "seguros", "kind": "likes", "budget": 2, "budget_of": "delegation"}, "method_wrong",
     "votes.0.budget_of"),
    (("votes", 0), {"key": "seguros", "kind": "opinions", "per": "row"}, "method_wrong", "votes.0.per"),
    (("votes", 0), {"key": "seguros", "kind": "choice", "to": 3}, "method_wrong", "votes.0.to"),
    (("votes", 0), {"key": "seguros", "kind": "consent", "options": ["rojo"]}, "method_no_label", "votes.0"),
    (("votes", 0), {"key": "seguros", "kind": "consent"}, "method_missing", "votes.0.options"),
    (("votes", 0), {"key": "seguros", "kind": "light", "options": ["seguros"]}, "method_wrong", "votes.0.options"),
    (("report", "section"), "poesia", "method_wrong", "report.section"),
    (("process",), [{"method": "foda", "day": 1, "title": {"es": "a", "fr": "b", "en": "c"}}], "method_wrong", "labels"),
])
def test_parts_that_do_not_fit_are_refused_with_their_place(path, value, code, where):
    method = plain()
    at(method, path[:-1])[path[-1]] = value
    error = refusal(method)
    assert (error.code, error.where) == (code, where)


@pytest.mark.parametrize("part", ["key", "version", "family", "name", "purpose", "advice", "people", "report", "steps"])
def test_what_every_method_must_have_is_asked_for(part):
    method = plain()
    del method[part]
    error = refusal(method)
    assert (error.code, error.where) == ("method_missing", part)


def test_a_label_that_is_used_and_not_there_is_named():
    method = plain()
    del method["labels"]["seguros"]
    error = refusal(method)
    assert (error.code, error.where, error.values["label"]) == ("method_no_label", "votes.0", "seguros")


def test_a_process_that_contains_itself_is_refused():
    assert refusal(process("vuelta", "cris", "vuelta")).code == "method_cycle"
    first = check(yaml.safe_dump(process("uno", "dos")))
    error = refusal(process("dos", "cris", "uno"), {**library(), "uno": first})
    assert error.code == "method_cycle"
    assert {"uno", "dos"} <= set(error.values["method"].split(" > "))


def test_a_process_may_name_a_process_and_a_method_twice():
    first = check(yaml.safe_dump(process("uno", "cris", "cris")), library())
    assert check(yaml.safe_dump(process("dos", "uno", "uno", "cris")), {**library(), "uno": first}).process


def test_a_changed_process_stands_for_its_former_self():
    known = {**library(), "uno": check(yaml.safe_dump(process("uno", "dos"))),
             "dos": check(yaml.safe_dump(process("dos", "cris")))}
    assert refusal(process("dos", "uno"), known).code == "method_cycle"
    assert check(yaml.safe_dump(process("uno", "cris")), known).process


def test_a_method_that_is_not_there_is_named():
    error = refusal(process("vuelta", "cris", "magia"), library())
    assert (error.code, error.where, error.values["method"]) == ("method_no_method", "process.1.method", "magia")


def test_a_bad_method_travels_like_any_refusal():
    error = refusal("key: [")
    assert isinstance(error, Refusal)
    assert error.answer() == {"ok": False, "code": "method_not_yaml", "values": {"where": "", "line": error.values["line"]}}


def test_a_method_never_changes():
    with pytest.raises(ValueError, match="frozen"):
        check(CRIS).key = "other"


@given(st.text(max_size=300), st.sampled_from(["es", "fr", "en"]))
def test_whatever_a_facilitator_writes_comes_back_as_it_was_kept(said, language):
    method = plain()
    method["purpose"][language] = f"a{said}"
    kept = check(yaml.safe_dump(method, allow_unicode=True))
    assert check(to_yaml(kept)) == kept


@given(st.text(max_size=200))
def test_any_text_is_either_a_method_or_refused(text):
    for whole in (text, CRIS + text, CRIS[:300] + text + CRIS[300:]):
        try:
            check(whole)
        except BadMethod as error:
            assert error.code.startswith("method_")
