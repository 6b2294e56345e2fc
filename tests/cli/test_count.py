"""`workshop count` counts the election of a file, or says in a line why it cannot."""
import json

import pytest
from click.testing import CliRunner

from workshop.cli import main
from workshop.domain.elections import expected

CASE = {"seats": 1, "options": ["a", "b"], "withdrawn": [], "rules": {"seed": "s"},
        "ballots": [{"count": 2, "weight": "1/3", "ranking": [["a"], ["b"]]}]}


@pytest.fixture
def run(tmp_path):
    def run(content: bytes, *more: str):
        (tmp_path / "case.json").write_bytes(content)
        return CliRunner().invoke(main, ["count", str(tmp_path / "case.json"), *more])
    return run


def test_an_election_is_counted_by_every_rule(run, tmp_path):
    shown = run(json.dumps(CASE).encode())
    assert shown.exit_code == 0 and json.loads(shown.output) == expected(CASE)
    assert json.loads(shown.output)["value_counted"] == "2/3"
    written = run(json.dumps(CASE).encode(), "--report", str(tmp_path / "r.json"))
    assert written.output == "" and json.loads((tmp_path / "r.json").read_text()) == expected(CASE)


@pytest.mark.parametrize(("content", "said"), [
    (b"{", "this is no JSON"), (b"[" * 5000, "this is no JSON"), (b"[]", "neither"), (b"{}", "neither"),
    (json.dumps(CASE | {"options": ["a", "a"]}).encode(), "look at options"),
    (json.dumps(CASE | {"ballots": [{"ranking": [["c"]]}]}).encode(), "look at ballots.0.ranking")])
def test_what_cannot_be_counted_ends_with_a_line(run, monkeypatch, content, said):
    monkeypatch.setenv("WORKSHOP_LANGUAGE", "en")
    ended = run(content)
    assert ended.exit_code == 1 and said in ended.output and len(ended.output.splitlines()) == 1


def test_a_file_that_is_too_large_is_not_read(run, monkeypatch):
    monkeypatch.setenv("WORKSHOP_LANGUAGE", "en")
    monkeypatch.setattr("workshop.cli.count.LARGEST", 20)
    assert "larger than" in run(json.dumps(CASE).encode()).output
