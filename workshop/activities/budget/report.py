"""Tells what is paid from the sum: by votes, and by equal shares."""
from workshop.activities.budget.rules import NAMED
from workshop.activities.options import counted_all, titles
from workshop.domain.kinds import Result, Row, Side
from workshop.domain.shapes import Json, Settings, Tally
from workshop.words import _, count, figure
from workshop.words.forms import quoted

NOBODY = {"seats": 0, "delegations": 0}
BOTH, VOTES, SHARES, NONE = 3, 2, 1, 0  # by which of the rules it is in: so the rows stand


def result(settings: Settings, tally: Tally) -> Result:
    """Lists the things, first what is in by both rules; tells what each rule gives, and where and for whom they differ."""
    called, sides = titles(settings), tally.get("sides") or {}
    turns = [(sides.get(side) or {}).get("chosen", {}) for side in ("votes", "shares")]
    known = {option["key"]: option["cost"] for option in settings.get("options") or ()}

    def row(key: str, one: Json) -> Row:
        cost, within = known.get(key, 0), sum(n for n, turn in zip((VOTES, SHARES), turns, strict=True) if key in turn)
        about = [money(settings, cost)]
        if sides:
            about.append(_("costs more than there is") if cost > settings["total"] else _within()[within])
        return Row(key, (one["seats"], cost, *(turn.get(key) for turn in turns), one["delegations"]),
                   within * (1 + max(tally.get("ballots", 0), one["seats"])) + one["seats"], called.get(key, key),
                   " · ".join(about) if key in known else "")
    rows = [row(key, one) for key, one in counted_all(settings, tally, NOBODY).items()]
    told = _sides(settings, tally, called) if sides else ()
    rule = _rule(settings)
    said = " ".join(filter(None, (*(f"{side.title}{_(': ')}{side.said}" for side in told),
                                  _differ(settings, tally, called) if sides else "", rule)))
    return Result((_("Votes"), _("Cost"), _("Turn by votes"), _("Turn by equal shares"), _("Delegations")),
                  tuple(sorted(rows, key=lambda one: -(one.rank or 0))), said=said, sides=told,
                  proposal=" ".join(f"{side.title}{_(': ')}{side.said}" for side in told))


def money(settings: Settings, n: int) -> str:
    """Writes a sum with its currency."""
    return " ".join(filter(None, (figure(n), settings.get("currency", ""))))


def _within() -> dict[int, str]:
    return {BOTH: _("in by both"), VOTES: _("in by votes only"), SHARES: _("in by equal shares only"), NONE: _("not in")}


def _sides(settings: Settings, tally: Tally, called: dict[str, str]) -> tuple[Side, ...]:
    found = []
    for key, title in (("votes", _("By votes")), ("shares", _("By equal shares"))):
        side = tally["sides"][key]
        chosen = sorted(side["chosen"], key=side["chosen"].__getitem__)
        paid = _("{paid} of {total}, {left} left.", paid=figure(settings["total"] - side["left"]),
                 total=money(settings, settings["total"]), left=figure(side["left"]))
        listed = f"{'; '.join(called.get(one, one) for one in chosen)}. {paid}" if chosen else _(
            "Nothing is in. {rest}", rest=paid)
        if side.get("added"):
            listed += " " + _("Votes added from what was left: {things}.", things=_named(side["added"], called))
        if side.get("lots"):
            listed += " " + _("Equal, so that the lot chose: {things}.", things=_named(side["lots"], called))
        found.append(Side(title, tuple(chosen), listed))
    return tuple(found)


def _named(keys: Json, called: dict[str, str]) -> str:
    return ", ".join(quoted(called.get(key, key)) for key in keys)


def _differ(settings: Settings, tally: Tally, called: dict[str, str]) -> str:
    """Says where the two differ, and of how many people nothing is in."""
    votes, shares, voted = tally["sides"]["votes"], tally["sides"]["shares"], tally["ballots"]
    if votes["chosen"].keys() == shares["chosen"].keys():
        return _("Both give the same.")
    said = []
    if only := [key for key in votes["chosen"] if key not in shares["chosen"]]:
        said.append(_("Only by votes: {things}.", things=_named(dict.fromkeys(only), called)))
    if only := [key for key in shares["chosen"] if key not in votes["chosen"]]:
        said.append(_("Only by equal shares: {things}.", things=_named(dict.fromkeys(only), called)))
    if votes.get("nothing"):
        most = list(votes.get("short") or ())[:NAMED]
        said.append(count("By votes, {n} person of {all} gets nothing of what they chose (most often {things}).",
                          "By votes, {n} people of {all} get nothing of what they chose (most often {things}).",
                          votes["nothing"], all=voted, things=_named(dict.fromkeys(most), called)))
        if shares.get("nothing") is not None:
            said.append(count("By equal shares it is {n} person.", "By equal shares it is {n} people.", shares["nothing"]))
        else:
            said.append(_("By equal shares it is fewer than five."))
    return " ".join(said)


def _rule(settings: Settings) -> str:
    """Says how equal shares count, and the lot's seed."""
    worth = _("In equal shares each thing is worth the same, whatever it costs.") if settings.get("alike") else _(
        "In equal shares a thing is worth what it costs.")
    seed = settings.get("seed")
    return f"{worth} {_('Lot: seed {seed}.', seed=seed)}" if seed else worth
