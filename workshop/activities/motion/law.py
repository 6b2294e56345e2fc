"""Decides a motion: whether there is a quorum, how many votes the rule asks for, whether there are so many. Whole numbers
only."""
from dataclasses import dataclass

from workshop.domain.shapes import Json, Settings
from workshop.words import N_

FOR, AGAINST, ABSTAIN = "for", "against", "abstain"
ANSWERS = {FOR: N_("For"), AGAINST: N_("Against"), ABSTAIN: N_("Abstention")}
# {rule: how it is told}; what stands before "_" is the part that is asked for, what stands after it is the part of what.
RULES = {
    "more": N_("more for than against"),
    "half_voted": N_("for, more than half of those who voted, abstentions included"),
    "half_present": N_("for, more than half of those present or represented"),
    "half_all": N_("for, more than half of all who may vote"),
    "thirds_cast": N_("for, two thirds of those for and against"),
    "thirds_voted": N_("for, two thirds of those who voted, abstentions included"),
    "thirds_present": N_("for, two thirds of those present or represented"),
    "thirds_all": N_("for, two thirds of all who may vote")}


@dataclass(frozen=True)
class Counts:
    """Counts votes: for, against, abstentions; voices that are `present` or represented, and all that may vote."""

    yes: int
    no: int
    neither: int
    present: int
    could: int


def quorum(settings: Settings, call: int, could: int) -> int | None:
    """Returns how many must be present or represented at this call; None where no number was set. A share of `could` is
    rounded up: 50 % of 25 are 13."""
    suffix = "" if call < 2 else "_second"
    if number := settings.get(f"quorum{suffix}"):
        return int(number)
    if share := settings.get(f"quorum_share{suffix}"):
        return -(-int(share) * could // 100)
    return None


def needed(rule: str, of: Counts) -> int:
    """Returns how many votes for it the rule asks for."""
    part, _sep, base = rule.partition("_")
    if part == "more":
        return of.no + 1
    whole = {"cast": of.yes + of.no, "voted": of.yes + of.no + of.neither, "present": of.present, "all": of.could}[base]
    return whole // 2 + 1 if part == "half" else max(1, -(-2 * whole // 3))


def counts(tally: Json) -> Counts:
    """Reads the numbers of a tally."""
    given = ((tally.get("items") or {}).get("motion") or {}).get("counts") or {}
    return Counts(given.get(FOR, 0), given.get(AGAINST, 0), given.get(ABSTAIN, 0),
                  tally.get("present", 0) + tally.get("represented", 0), tally.get("could", 0))


def settle(settings: Settings, tally: Json) -> Json:
    """Returns the tally with {needed, carried: 0 or 1, quorum?, met?: 0 or 1}; nothing is carried without the quorum that
    was set."""
    of = counts(tally)
    asked = quorum(settings, tally.get("call", 1), of.could)
    n = needed(str(settings.get("majority") or next(iter(RULES))), of)
    met = asked is None or of.present >= asked
    return tally | {"needed": n, "carried": int(met and of.yes >= n)} | (
        {} if asked is None else {"quorum": asked, "met": int(met)})
