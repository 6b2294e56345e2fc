"""Defines the rules of a vote: who may vote, how, when it is shown. They stand in the settings of the activity in `rules`,
as far as they differ from USUAL, and beside them `reveal`: `live`, `voted` (once one has voted), `close`.

who       of these delegations, channels and sites only (empty: of all); `staff`: whether seats of the team vote, too
own       whether one may choose what one has written
one_per   who has a ballot: each `seat`, or each `delegation`, with as many `mandates` ({delegation: n}, usually 1)
weights   how often the ballots of a delegation count ({delegation: n}), and `weights_for`: why
named     who can read who chose what: `staff`, `all`, or nobody: `secret`
closer    who closes it: `staff`, the `rapporteur` too, or its `deadline`
all_sites whether it cannot be closed before somebody of every site has voted
"""
from collections.abc import Mapping
from typing import Any

from workshop.domain.errors import Refusal
from workshop.domain.shapes import Json, Settings

SECRET = "secret"  # noqa: S105 -- the name of a rule
LIVE, VOTED, CLOSE = "live", "voted", "close"
USUAL: dict[str, Any] = {
    "who": {}, "own": True, "one_per": "seat", "mandates": {}, "weights": {}, "weights_for": "", "named": "staff",
    "closer": "staff", "all_sites": False}


def rules(settings: Settings) -> Json:
    """Returns all rules of a vote."""
    given: Json = settings.get("rules", {})
    return USUAL | given


def shortened(given: Mapping[str, Any]) -> Json:
    """Returns the rules that differ from the usual ones, as they are kept."""
    return {name: value for name, value in given.items() if value != USUAL[name]}


def is_secret(settings: Settings) -> bool:
    """Tells whether nobody is ever to know who chose what; the rules may be anything."""
    given = settings.get("rules")
    return isinstance(given, dict) and given.get("named") == SECRET


def check(settings: Settings) -> None:
    """Refuses what would tell, in a secret vote, who chose what: `secret_live`, `secret_weights`, `secret_mandates`,
    `secret_shared`."""
    if not is_secret(settings):
        return
    given = rules(settings)
    if settings.get("reveal", CLOSE) != CLOSE:
        raise Refusal("secret_live")
    if given["weights"]:
        raise Refusal("secret_weights")
    if given["one_per"] != "seat" or given["mandates"]:
        raise Refusal("secret_mandates")
    if settings.get("budget_of") == "delegation":
        raise Refusal("secret_shared")


def lists_ballots(settings: Settings) -> bool:
    """Tells whether what single people chose may stand anywhere at all, with or without their names."""
    return not is_secret(settings)


def shows_while_open(settings: Settings, voted: bool) -> bool:
    """Tells whether somebody who has `voted`, or has not, sees the result while the vote is open."""
    reveal = CLOSE if is_secret(settings) else settings.get("reveal")
    return reveal == LIVE or (reveal == VOTED and voted)
