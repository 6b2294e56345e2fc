"""Words what votes have in common: their rounds."""
from typing import Any

from workshop.words import N_, _

# Why somebody may not vote, by the code with which the ballot would be refused (actions/votes/voters.py).
BARRED = {"not_a_voter": N_("You do not vote in this one."),
          "no_delegation": N_("Delegations vote here, and you are of none. Talk to the facilitators.")}


def round_of(title: str, n: int) -> str:
    """Names a vote with its round, where it is not the first."""
    return f"{title} · {_('round {n}', n=n)}" if n > 1 else title


def moved(tally: dict[str, Any] | None) -> str:
    """Says how many of those who voted in both rounds changed their vote; '' where that is not told."""
    told = (tally or {}).get("moved")
    if not told:
        return ""
    if told["changed"] is None:
        return _("Since the round before, fewer than 5 changed their vote; {stayed} kept it.", **told)
    if told["stayed"] is None:
        return _("Since the round before, {changed} changed their vote; fewer than 5 kept it.", **told)
    return _("Since the round before, {changed} changed their vote; {stayed} kept it.", **told)
