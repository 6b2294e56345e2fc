"""Tells a ranking in the report: who won by which rule, and after which ties; the rounds and the pairs as tables."""
from collections.abc import Callable

from workshop.activities.options import counted_all, titles
from workshop.activities.rank.tables import tables
from workshop.activities.rank.words import RULES
from workshop.domain.kinds import Result, Row, Said
from workshop.domain.ranking import ranked
from workshop.domain.shapes import Json, Settings, Tally
from workshop.words import N_, _, count, figure

NOBODY = {"first": 0, "ranked": 0}
COUNTED = {"runoff": N_("Votes in its last round"), "borda": N_("Borda points"), "first": N_("First choices"),
           "condorcet": N_("Others that it beats"), "stv": N_("Votes at the quota, or last")}
SAID = ("runoff", "condorcet", "stv")  # rules of which people want to be told what the numbers are
Called = Callable[[str], str]


def result(settings: Settings, tally: Tally) -> Result:
    """Lists by first choices while people vote; once it is over by the rule that decides."""
    won, words = tally.get("won"), titles(settings)
    if not won:
        return ranked(counted_all(settings, tally, NOBODY), [_("First choices"), _("Orders that name it")],
                      lambda one: (one["first"], one["ranked"]), lambda one: one["first"], words=words,
                      said=_("The rounds are still being counted.") if tally.get("counting") else "")
    rule = won["rule"]
    more = {"first": [], "borda": [_("First choices")]}.get(rule, [_("First choices"), _("Borda points")])
    said = _("Beside each: {what}.", what=_(COUNTED[rule]).lower()) if rule in SAID else ""
    rows = [Row(key, (one["n"], one["first"], one["borda"])[:1 + len(more)], -one["place"], words.get(key, ""))
            for key, one in sorted(tally["items"].items(), key=lambda one: one[1]["place"])]
    return Result((_(COUNTED[rule]), *more), tuple(rows), said=said, wins=True, names=lambda called: sentence(tally, called),
                  tables=(lambda called: tables(tally, called)) if "count" in tally else None,
                  each="" if rule == "first" else _("First choices"))


def sentence(tally: Tally, called: Called) -> str:
    """Returns who won by which rule, who is level, and what decided the ties."""
    won = tally["won"]
    level = _listed(won["tied"], called)
    said = [_won(won, tally["items"], called)]
    if won["tied"] and not won["drawn"] and won["rule"] != "condorcet":
        said.append(count("{what} are level for {n} place: they can be voted on again.",
                          "{what} are level for {n} places: they can be voted on again.", won["left"], what=level))
    if won["drawn"]:
        said.append(_("{what} were level; the lot took {taken} (seed {seed}).", what=level,
                      taken=_listed(won["drawn"], called), seed=won["seed"]))
    if early := won["ties"]:
        said.append(count("In {n} round an earlier one decided a tie.", "In {n} rounds an earlier one decided a tie.",
                          early))
    # Where the tied are voted on again, no lot has decided anything.
    if (drawn := won["lots"]) and not (won["tied"] and not won["drawn"]):
        said.append(count("In {n} round a lot decided a tie (seed {seed}).",
                          "In {n} rounds a lot decided a tie (seed {seed}).", drawn, seed=won["seed"]))
    if gone := won["gone"]:
        said.append(count("{n} option left before the count.", "{n} options left before the count.", gone))
    return " ".join(filter(None, said))


def _won(won: Json, items: Json, called: Called) -> str:
    rule, first = won["rule"], won["in"]
    name, taken = _(RULES[rule]), _listed(first, called)
    if rule == "condorcet":
        return _("In pairs {what} beats every other.", what=taken) if first else " ".join(filter(None, (
            _("In pairs nobody beats every other; ahead of the rest: {what}.", what=_listed(won["tied"], called)),
            _("There is a circle of majorities.") if won["cycle"] else "")))
    if not first:
        return "" if won["tied"] else _("{rule}: nobody.", rule=name)
    if rule == "runoff":
        n, lost = items[first[0]]["n"], won["lost"]
        said = [_("{rule}: {what} with {n} of {all} votes in round {k}.", rule=name, what=taken, n=figure(n),
                  all=figure(won["play"]), k=won["rounds"])]
        if lost:
            said.append(_("{lost} more had nobody left to go to.", lost=figure(lost)))
        if 2 * n <= won["value"]:
            said.append(_("That is no majority of all {all}.", all=figure(won["value"])))
        return " ".join(said)
    if rule == "stv":
        said = [_("Transferable vote, quota {quota}: {what}.", quota=won["quota"], what=taken)]
        if won["without"]:
            said.append(_("Without the quota: {what}.", what=_listed(won["without"], called)))
        return " ".join(said)
    return _("{rule}: {what}.", rule=name, what=", ".join(f"{called(key)} ({figure(items[key]['n'])})" for key in first))


def _listed(keys: list[str], called: Called) -> str:
    return ", ".join(called(key) or _("A card that is not shown any more") for key in keys)


def of_card(settings: Settings, result: Json) -> Said:
    """Returns 'first choice of 4 people · in 9 orders'; once it is over its place before that."""
    said = [_("Place {n}", n=result["place"])] if "place" in result else []
    said += [count("first choice of {n} person", "first choice of {n} people", result["first"]),
             count("in {n} order", "in {n} orders", result["ranked"])]
    return Said(" · ".join(said), -result["place"] if "place" in result else result["first"],
                {_("First choices"): result["first"]})


def of_choice(settings: Settings, place: int) -> str:
    """Words in which place a seat put it."""
    return _("Place {n}", n=place)
