"""Tells a motion in the report: who was there, the votes, the rule and what it asks for. Numbers only."""
from workshop.activities.motion import law
from workshop.activities.motion.rules import MOTION
from workshop.domain.kinds import Hand, Hands, Result, Row
from workshop.domain.shapes import Settings, Tally
from workshop.words import _, count, figure


def result(settings: Settings, tally: Tally) -> Result:
    """Returns one row with votes for, against and abstentions, and what follows from them, in sentences."""
    item = (tally.get("items") or {}).get(MOTION) or {"counts": {}, "delegations": 0}
    given = [item["counts"].get(answer, 0) for answer in law.ANSWERS]
    row = Row(MOTION, (*given, item["delegations"]), text=_("The motion"))
    return Result((*map(_, law.ANSWERS.values()), _("Delegations")), (row,), "parts", 3, said=said(settings, tally),
                  tones=(0, 2, 3))


def said(settings: Settings, tally: Tally) -> str:
    """Says of the whole: the call, who was there, the quorum, the votes, the rule, what it asked for; of a part of it, which
    has no quorum of its own, the votes."""
    votes = _("For {yes}, against {no}, abstentions {neither}.", **_votes(tally))
    if "present" not in tally:
        return votes
    if n := tally.get("proxies"):
        votes += " " + count("{n} vote of these was given by proxy.", "{n} votes of these were given by proxy.", n)
    return " ".join([_("Second call.") if tally["call"] > 1 else _("First call."), _there(tally), _quorum(tally), votes,
                     _rule(settings, tally)])


def terms(settings: Settings, call: int) -> str:
    """Says which call it is, what quorum was set for it, and the rule."""
    suffix = "" if call < 2 else "_second"
    n, share = settings.get(f"quorum{suffix}"), settings.get(f"quorum_share{suffix}")
    asked = _("Quorum {n}.", n=figure(n)) if n else _("Quorum {n} % of those who may vote.", n=figure(share)) if share \
        else _("No quorum was set.")
    rule = _(law.RULES[settings.get("majority") or next(iter(law.RULES))])
    return " ".join([_("Second call.") if call > 1 else _("First call."), asked, _("Rule: {rule}.", rule=rule)])


def _votes(tally: Tally) -> dict[str, str]:
    of = law.counts(tally)
    return {"yes": figure(of.yes), "no": figure(of.no), "neither": figure(of.neither)}


def _there(tally: Tally) -> str:
    here, by_others, all_ = (figure(tally.get(name, 0)) for name in ("present", "represented", "could"))
    if tally.get("represented"):
        return _("Present {here}, represented by proxy {by_others}, of {all} who may vote.", here=here, by_others=by_others,
                 all=all_)
    return _("Present {here} of {all} who may vote.", here=here, all=all_)


def _quorum(tally: Tally) -> str:
    if "quorum" not in tally:
        return _("No quorum was set.")
    there, asked = tally["present"] + tally.get("represented", 0), figure(tally["quorum"])
    return _("Quorum {asked}: reached with {n}.", asked=asked, n=figure(there)) if tally["met"] else _(
        "Quorum {asked}: not reached with {n}.", asked=asked, n=figure(there))


def _rule(settings: Settings, tally: Tally) -> str:
    rule = _(law.RULES[settings.get("majority") or next(iter(law.RULES))])
    numbers = {"rule": rule, "needed": figure(tally["needed"]), "yes": figure(law.counts(tally).yes)}
    if not tally.get("met", True):
        return _("Rule: {rule}. Without a quorum nothing is decided.", **numbers)
    return _("Rule: {rule}. Needed {needed}, for {yes}: carried.", **numbers) if tally["carried"] else _(
        "Rule: {rule}. Needed {needed}, for {yes}: not carried.", **numbers)


def of_choice(settings: Settings, answer: str) -> str:
    """Returns what a seat answered, in words."""
    return _(law.ANSWERS[answer])


def hands(settings: Settings) -> Hands:
    """Lists the answers: each person raises a hand for one."""
    return Hands(tuple(Hand(MOTION, answer, _(title)) for answer, title in law.ANSWERS.items()), one=True)
