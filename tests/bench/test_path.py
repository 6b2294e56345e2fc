"""The way of an idea through the program stays short enough to be told."""
from tests.bench import path


def test_an_idea_goes_through_few_files_and_seldom_back_and_forth():
    plain, _http = path.walks("plain")
    assert next(iter(plain.visits)) == "live/door.py"
    assert "actions/cards/contributions.py" in plain.visits, "it is written"
    assert "live/stream_feed.py" in plain.visits, "and told"
    assert len(plain.visits) <= 27, list(plain.visits)
    assert plain.moves <= 90, plain.visits
