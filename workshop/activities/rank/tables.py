"""Sets a ranking out as tables: what every rule says, the rounds of the one that decides, the pairs."""
from collections.abc import Callable
from fractions import Fraction

from workshop.activities.rank.words import RULES
from workshop.domain.kinds import ResultTable
from workshop.domain.shapes import Json, Tally
from workshop.words import _, figure

SEVERAL = 10  # options of which each has a column of its own
Called = Callable[[str], str]


def tables(tally: Tally, called: Called) -> list[ResultTable]:
    """Makes the tables. `called`: what each key is called."""
    won, of = tally["won"], tally["count"]
    found = [_rules(of, called)]
    if won["rule"] != "stv":
        found.append(_rounds(of["rounds"], of["options"], called))
    if "stv" in of:
        found.append(_stages(of["stv"], of["options"], called))
    return [*found, _pairs(of, called)]


def _rules(of: Json, called: Called) -> ResultTable:
    def names(keys: list[str]) -> str:
        return ", ".join(map(called, keys))
    pairs = names([of["beats"]]) if of["beats"] else _("nobody beats every other; ahead of the rest: {what}",
                                                       what=names(of["smith"]))
    circle = _("with a circle of majorities") if of["cycle"] else ""
    rows = [(_(RULES["first"]), names(of["best"]["first"])), (_(RULES["borda"]), names(of["best"]["borda"])),
            (_(RULES["condorcet"]), " · ".join(filter(None, (pairs, circle)))),
            (_(RULES["runoff"]), names([of["runoff"]]) if of["runoff"] else "–")]
    if "stv" in of:
        rows.append((_(RULES["stv"]), names(of["stv"]["elected"])))
    return ResultTable(_("What each rule puts first"), (_("Rule"), _("First")), tuple(rows))


def _tie(tie: Json | None, called: Called) -> str:
    if not tie:
        return ""
    how = _("a lot decided") if tie["drawn"] else _("an earlier round decided")
    return f"{', '.join(map(called, tie['tied']))}{_(': ')}{how}"


def _rounds(rounds: list[Json], options: list[str], called: Called) -> ResultTable:
    """Makes a row for each round; of few options each has a column."""
    few = len(options) <= SEVERAL
    heads = [_("Round"), _("Goes out"), *(map(called, options) if few else (_("Ahead"),)), _("In play"), _("Nobody left"),
             _("Tie")]
    rows = []
    for n, one in enumerate(rounds, 1):
        votes = one["votes"]
        first = max(votes, key=lambda key: votes[key])
        cells = [figure(votes[key]) if key in votes else "" for key in options] if few else [
            f"{called(first)} {figure(votes[first])}"]
        out = (called(one["out"]) + ("" if few else f" {figure(votes[one['out']])}")) if one["out"] else ""
        rows.append((str(n), out, *cells, figure(one["play"]), figure(one["lost"]), _tie(one["tie"], called)))
    return ResultTable(_(RULES["runoff"]), tuple(heads), tuple(rows))


def _stages(of: Json, options: list[str], called: Called) -> ResultTable:
    """Makes a row for each stage; votes that are no whole number are rounded to two places."""
    few = len(options) <= SEVERAL
    heads = [_("Stage"), _("What was done"), _("Elected"), *(map(called, options) if few else ()), _("Nobody left"),
             _("Tie")]
    rows = []
    for n, one in enumerate(of["stages"], 1):
        name = called(one["option"]) if one["option"] else ""
        done = {"surplus": _("surplus of {what} passes on, at {part}", what=name, part=one["factor"] or ""),
                "exclusion": _("{what} goes out", what=name)}.get(one["what"], _("first choices"))
        cells = [_votes(one["votes"][key]) if key in one["votes"] else "" for key in options] if few else []
        rows.append((str(n), done, ", ".join(map(called, one["elected"])), *cells, _votes(one["lost"]),
                     _tie(one["tie"], called)))
    if of["without"]:
        rows.append(("", _("without the quota"), ", ".join(map(called, of["without"])), *[""] * (len(heads) - 3)))
    quota = _("quota {n}", n=of["quota"])
    return ResultTable(f"{_(RULES['stv'])} · {quota}", tuple(heads), tuple(rows))


def _votes(value: int | str) -> str:
    return figure(float(Fraction(value)), 2) if isinstance(value, str) else figure(value)


def _pairs(of: Json, called: Called) -> ResultTable:
    """Makes a row for each option: the votes that put it above each other one; of many, how many it beats."""
    options, pairs = of["options"], of["pairs"]
    if len(options) <= SEVERAL:
        rows = [(called(key), *("" if n is None else figure(n) for n in line))
                for key, line in zip(options, pairs, strict=True)]
        return ResultTable(_("Pairs: votes of the row above the column"), ("", *map(called, options)), tuple(rows))
    rows = []
    for i, key in enumerate(options):
        against = [(pairs[i][j], pairs[j][i]) for j in range(len(options)) if j != i]
        rows.append((called(key), *(str(n) for n in (sum(a > b for a, b in against), sum(a == b for a, b in against),
                                                     sum(a < b for a, b in against)))))
    return ResultTable(_("Pairs"), ("", _("Beats"), _("Level with"), _("Beaten by")), tuple(rows))
