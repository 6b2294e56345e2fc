"""Tells what is paid from the sum: by votes, and by equal shares."""
from workshop.activities.budget.rules import NAMED
from workshop.activities.options import counted_all, titles
from workshop.domain.kinds import Result, ResultTable, Row
from workshop.domain.shapes import Json, Settings, Tally
from workshop.words import _, count, figure, labelled
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
    said = [_differ(settings, tally, called) if sides else _("The shares are still being counted.")
            if tally.get("counting") else "", _rule(settings), _steps(tally) if sides else ""]
    return Result((_("Chosen by"), _("Cost"), _("Turn by votes"), _("Turn by equal shares"), _("Delegations")),
                  tuple(sorted(rows, key=lambda one: -(one.rank or 0))), said=" ".join(filter(None, said)), wins=bool(sides),
                  names=(lambda named: _gives(settings, tally, called)) if sides else None,
                  tables=(lambda named: _tables(settings, tally, called)) if sides else None)


def money(settings: Settings, n: int) -> str:
    """Writes a sum with its currency."""
    return " ".join(filter(None, (figure(n), settings.get("currency", ""))))


def _within() -> dict[int, str]:
    return {BOTH: _("in by both"), VOTES: _("in by votes only"), SHARES: _("in by equal shares only"), NONE: _("not in")}


def _titles() -> tuple[tuple[str, str], ...]:
    return ("votes", _("By votes")), ("shares", _("By equal shares"))


def _gives(settings: Settings, tally: Tally, called: dict[str, str]) -> str:
    """Says what each rule gives, and what is left."""
    said = []
    for key, title in _titles():
        side = tally["sides"][key]
        paid = _("{paid} of {total}, {left} left.", paid=figure(settings["total"] - side["left"]),
                 total=money(settings, settings["total"]), left=figure(side["left"]))
        chosen = [called.get(one, one) for one in _turns(side)] or [_("nothing")]
        said.append(labelled(title, f"{'; '.join(chosen)}. {paid}"))
    return " ".join(said)


def _turns(side: Json) -> list[str]:
    return sorted(side["chosen"], key=side["chosen"].__getitem__)


def _tables(settings: Settings, tally: Tally, called: dict[str, str]) -> list[ResultTable]:
    """Sets out what each rule gives, one beside the other: each thing in its turn, with its cost and what is left then."""
    known, found = {option["key"]: option["cost"] for option in settings["options"]}, []
    for name, title in _titles():
        side, left, rows = tally["sides"][name], settings["total"], []
        for key in _turns(side):
            left -= known.get(key, 0)
            how = [_("by lot")] if key in side.get("lots", {}) else []
            how += [_("added by votes")] if key in side.get("added", {}) else []
            named = called.get(key, key)
            rows.append((f"{named} ({', '.join(how)})" if how else named, money(settings, known.get(key, 0)), figure(left)))
        found.append(ResultTable(title, (_("What is in"), _("Cost"), _("Left")), tuple(rows)))
    return found


def _named(keys: Json, called: dict[str, str]) -> str:
    return ", ".join(quoted(called.get(key, key)) for key in keys)


def _differ(settings: Settings, tally: Tally, called: dict[str, str]) -> str:
    """Says where the two differ, and of how many people nothing is in."""
    votes, shares, voted = tally["sides"]["votes"], tally["sides"]["shares"], tally["ballots"]
    if votes["chosen"].keys() == shares["chosen"].keys():
        return " ".join([_("Both give the same."), *_lots(tally, called)])
    said = _lots(tally, called)
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


def _lots(tally: Tally, called: dict[str, str]) -> list[str]:
    """Says between what a lot chose, by which rule."""
    return [labelled(title, _("equal, so that a lot chose between {things}.", things=_named(lots, called)))
            for key, title in _titles() if (lots := tally["sides"][key].get("lots"))]


def _steps(tally: Tally) -> str:
    """Says how the shares grew, where that was not unit by unit."""
    step = tally["sides"]["shares"]["step"]
    return "" if step == 1 else _("The shares grew by {n} at a time.", n=figure(step)) if step else _(
        "The shares did not grow: there were too many steps to count. What was left went by votes.")


def _rule(settings: Settings) -> str:
    """Says how equal shares count, and the lot's seed."""
    worth = _("In equal shares each thing is worth the same, whatever it costs.") if settings.get("alike") else _(
        "In equal shares a thing is worth what it costs.")
    seed = settings.get("seed")
    return " ".join(filter(None, (worth, _("Lot: seed {seed}.", seed=seed) if seed else "")))
