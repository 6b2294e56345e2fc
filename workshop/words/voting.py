"""Words what votes have in common: their rounds, who voted."""
from typing import Any

from workshop.words import N_, _, count

ROOM = "room"  # as domain/voting.py calls it, of which words know nothing
# Why somebody may not vote, by the code with which the ballot would be refused (actions/votes/voters.py).
BARRED = {"not_a_voter": N_("You do not vote in this one."),
          "no_delegation": N_("Delegations vote here, and you are of none. Talk to the facilitators."),
          "no_group": N_("In this vote working groups vote, and you are in none. Enter the room of your group.")}


def gave(unit: str, several: bool, n: int) -> str:
    """Words '6 people' who gave something to a thing; '6 working groups' where these have a ballot each (`unit`, as
    `one_per` of the rules has it), '6 votes' where some people have `several`."""
    if unit == ROOM:
        return count("{n} working group", "{n} working groups", n)
    return count("{n} vote", "{n} votes", n) if several else count("{n} person", "{n} people", n)


def voters(unit: str, n: int, votes: int | None = None) -> str:
    """Words '6 people' who gave their vote, and, where some have several, '6 people · 9 votes'."""
    return " · ".join([gave(unit, False, n), *([] if votes is None else [gave(unit, True, votes)])])


def whose(unit: str, several: bool) -> str:
    """Names what is counted of a thing: people; working groups, where these vote; votes, where some people have several."""
    return _("Working groups") if unit == ROOM else _("Votes given") if several else _("People")


def who_voted(unit: str, n: int, could: int, people: int = 0) -> str:
    """Words how many voted of how many; where working groups do, also how many `people` could take part in them."""
    if unit != ROOM:
        return count("{n} person of {could} voted.", "{n} people of {could} voted.", n, could=could)
    said = count("{n} working group of {could} voted.", "{n} working groups of {could} voted.", n, could=could)
    return " ".join(filter(None, (said, count("{n} person could take part in it.",
                                           "{n} people could take part in it.", people) if people else "")))


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
