"""Defines the rules of a vote: who may vote, how, when it is shown. They stand in the settings of the activity in `rules`,
as far as they differ from USUAL, and beside them `reveal`: `live`, `voted` (once one has voted), `close`; and in `said` the
same in words, as they were when they were set.

who       of these delegations, channels and sites only (empty: of all); `staff`: whether seats of the team vote, too
own       whether one may choose what one has written
one_per   who has a ballot: each `seat`, each `room` (a working group, in a vote of the plenary), or each `delegation`, with
          as many `mandates` ({delegation: n}, usually 1)
weights   how often the ballots of a delegation count ({delegation: n}), and `weights_for`: why
named     who can read who chose what: `staff`, `all`, or nobody: `secret`
closer    who closes it: `staff` (facilitators, and who opened it), the `rapporteur` too, or its `deadline`
all_sites whether it cannot be closed before somebody of every site has voted
"""
import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from workshop.domain.errors import Refusal
from workshop.domain.limits import NAME, clean_text
from workshop.domain.shapes import Choices, Json, Settings

SECRET = "secret"  # noqa: S105 -- the name of a rule
LIVE, VOTED, CLOSE = "live", "voted", "close"
SEAT, DELEGATION, ROOM = "seat", "delegation", "room"
SPLIT = "mandates"  # in a ballot of a delegation: [[how many of its mandates, what they choose], …]
MOST = 100  # mandates of a delegation, and how often a ballot may count
USUAL: dict[str, Any] = {
    "who": {}, "own": True, "one_per": "seat", "mandates": {}, "weights": {}, "weights_for": "", "named": "staff",
    "closer": "staff", "all_sites": False}
Id = Annotated[str, Field(min_length=1, max_length=40)]
Times = dict[Id, Annotated[int, Field(ge=1, le=MOST)]]


class Shape(BaseModel):
    """Shapes a part of the rules, and nothing else."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Who(Shape):
    """Shapes who may vote."""

    delegations: list[Id] = Field(default=[], max_length=500)
    channels: list[Literal["hall", "remote", "phone", "paper"]] = Field(default=[], max_length=4)
    sites: list[Id] = Field(default=[], max_length=500)
    staff: bool = True


class Rules(Shape):
    """Shapes the rules."""

    who: Who = Who()
    own: bool = True
    one_per: Literal["seat", "delegation", "room"] = "seat"
    mandates: Times = {}
    weights: Times = {}
    weights_for: str = Field(default="", max_length=NAME * 4)
    named: Literal["staff", "all", "secret"] = "staff"
    closer: Literal["staff", "rapporteur", "deadline"] = "staff"
    all_sites: bool = False


def rules(settings: Settings) -> Json:
    """Returns all rules of a vote."""
    given: Json = settings.get("rules", {})
    return USUAL | given


def shortened(given: Mapping[str, Any]) -> Json:
    """Returns the rules that differ from the usual ones, as they are kept."""
    return {name: value for name, value in given.items() if value != USUAL[name]}


def checked(given: object) -> Json:
    """Returns rules as they are kept. Refusal `bad_rules` names the one that cannot be; `weights_for_nothing` where nobody
    is told why some ballots count more."""
    try:
        found = Rules.model_validate(given).model_dump(exclude_defaults=True)
    except ValidationError as fault:
        raise Refusal("bad_rules", field=str(next(iter(fault.errors()[0]["loc"]), "rules"))[:40]) from None
    if found.get("mandates") and found.get("one_per") != DELEGATION:
        raise Refusal("bad_rules", field="mandates")
    if found.get("weights") and found.get("one_per") == ROOM:
        raise Refusal("bad_rules", field="weights")  # they are of delegations
    found["weights"] = {key: n for key, n in found.get("weights", {}).items() if n != 1}
    found["weights_for"] = clean_text(found.get("weights_for", "")) if found["weights"] else ""
    if found["weights"] and not found["weights_for"]:
        raise Refusal("weights_for_nothing")
    found["mandates"] = {key: n for key, n in found.get("mandates", {}).items() if n != 1}
    return shortened(found)


def edition(settings: Settings) -> str:
    """Identifies one state of the rules of a vote."""
    kept = [settings.get("rules", {}), settings.get("reveal")]
    return hashlib.sha256(json.dumps(kept, sort_keys=True).encode()).hexdigest()[:16]


def one_per(settings: Settings) -> str:
    """Returns who has a ballot: SEAT, DELEGATION or ROOM; the rules may be anything."""
    given = settings.get("rules")
    found = given.get("one_per", SEAT) if isinstance(given, dict) else SEAT
    return found if found in (DELEGATION, ROOM) else SEAT


def per_delegation(settings: Settings) -> bool:
    """Tells whether each delegation has one ballot."""
    return one_per(settings) == DELEGATION


def per_room(settings: Settings) -> bool:
    """Tells whether each working group has one ballot."""
    return one_per(settings) == ROOM


def tabled(settings: Settings) -> bool:
    """Tells whether everybody can read what each delegation or working group chose: their table is part of the result."""
    given = settings.get("rules")
    return one_per(settings) != SEAT and isinstance(given, dict) and given.get("named") == "all"


def split(choices: Choices) -> list[tuple[int, Choices]] | None:
    """Returns the parts of a ballot whose mandates are split: (how many, what they choose); None for any other. Refusal
    `bad_choice` for what only looks like one."""
    if choices.keys() != {SPLIT} or not isinstance(choices[SPLIT], list):
        return None
    found = []
    for part in choices[SPLIT]:
        if not isinstance(part, list | tuple) or len(part) != 2 or type(part[0]) is not int or not 1 <= part[0] <= MOST \
                or not isinstance(part[1], dict):
            raise Refusal("bad_choice")
        found.append((part[0], part[1]))
    if not found or len(found) > MOST:
        raise Refusal("bad_choice")
    return found


def parts(settings: Settings, delegation: str | None, choices: Choices) -> Iterator[tuple[int, Choices]]:
    """Gives (how often it counts, choices) of a ballot, one for each part of one whose mandates are split."""
    held: Json = settings.get("rules") or {}
    each: int = held.get("weights", {}).get(delegation, 1)
    of = split(choices) if held.get("one_per") == DELEGATION else None
    if of is None:
        of = [(held.get("mandates", {}).get(delegation, 1), choices)]
    for n, part in of:
        yield n * each, part


def counts_differently(settings: Settings) -> bool:
    """Tells whether votes are another number than people."""
    held: Json = settings.get("rules") or {}
    return bool(held.get("weights") or held.get("mandates"))


def hidden(settings: Settings) -> bool:
    """Tells whether no screen is told the result while the vote is open: it travels to everybody alike."""
    return settings.get("reveal") in (VOTED, CLOSE)


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
