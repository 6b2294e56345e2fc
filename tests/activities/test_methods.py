"""The votes that the library's methods name are there, and take a ballot with the settings that a method gives them."""
import pytest

from workshop.domain.kinds import kinds
from workshop.domain.methods.library import library, settings_of

VOTES = [pytest.param(vote, id=f"{key}-{vote['key']}") for key, method in library().items()
         for vote in settings_of(method, "es")[1]]


@pytest.mark.parametrize("vote", VOTES)
def test_a_vote_of_a_method_takes_a_ballot_and_its_result_can_be_told(vote):
    kind = kinds()[vote["kind"]]
    settings = kind.settings | vote
    [(key, choice)] = kind.sample["ballot.cast"]["choices"].items()
    key = "card" if key == "*" else key
    ballot = kind.rules.check(settings, {key: min(choice, 1) if isinstance(choice, int) else choice}, {"card"})
    tally = kind.rules.summarise([(ballot, "taraco")])
    result = kind.report.result(settings, tally)
    assert any(1 in row.figures for row in result.rows) and len(result.rows[0].figures) == len(result.headings)
    assert not kind.on_cards(settings) or "1" in kind.report.of_card(settings, tally["items"][key]).text


def test_the_library_has_votes_of_the_new_kinds():
    assert len(VOTES) > 10
    assert {"scale", "choice", "light", "consent", "likes"} <= {param.values[0]["kind"] for param in VOTES}
