"""The way of an idea through the program stays short enough to be told."""
from tests.bench import path


def test_an_idea_goes_through_few_files_and_seldom_back_and_forth():
    plain, _http = path.walks("plain")
    assert next(iter(plain.visits)) == "live/door.py"
    assert "actions/cards/contributions.py" in plain.visits, "it is written"
    assert "live/stream_feed.py" in plain.visits, "and told"
    assert len(plain.visits) <= 28, list(plain.visits)  # each transaction is given the keys of secret votes
    assert plain.moves <= 96, plain.visits  # the time of a batch is asked before each command
