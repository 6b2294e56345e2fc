"""Tells marks by criteria in the report: a table of means, and the order by their weighted mean."""
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from itertools import groupby

from workshop.activities.criteria.rules import EXACT, means, weighted
from workshop.activities.options import counted_all, titles
from workshop.domain.kinds import Result, Row, Said
from workshop.domain.shapes import Json, Settings, Tally
from workshop.words import _, count, figure, spoken
from workshop.words.forms import quoted

NOTHING: Json = {"marks": {}, "seats": 0, "delegations": 0}


def result(settings: Settings, tally: Tally) -> Result:
    """Ranks cards and things by their weighted mean; what has none stands after the others."""
    items = counted_all(settings, tally, NOTHING)
    scores = {key: weighted(settings, item) for key, item in items.items()}
    words = titles(settings)
    rows = [Row(key, (_number(scores[key]), *map(_number, means(settings, item)), item["seats"], item["delegations"]),
                scores[key], words.get(key, ""), _exactly(scores[key])) for key, item in items.items()]
    rows.sort(key=lambda row: (row.rank is None, -(row.rank or 0)))
    headings = [_("Weighted mean"), *(_called(one) for one in settings["criteria"]), _("People"), _("Delegations")]
    said = _("Marks from {low} to {high}. Each mean is over those who gave that mark.", low=figure(settings["from"]),
             high=figure(settings["to"]))
    made = Result(tuple(headings), tuple(rows), said=said, table=True)
    return replace(made, names=lambda called: " ".join(filter(None, (_tied(scores, called), _without(scores, called)))))


def _number(value: Fraction | None) -> float | None:
    return None if value is None else round(float(value), 4)


def _called(criterion: Json) -> str:
    """Names a criterion, with its weight where that is not 1."""
    title = spoken(criterion["title"])
    return title if criterion["weight"] == 1 else f"{title} ×{criterion['weight']}"


def _exactly(score: Fraction | None) -> str:
    """Returns 'exactly 47/13' where one decimal does not say it."""
    if score is None or 10 % score.denominator == 0 or score.denominator > EXACT:
        return ""
    return _("exactly {fraction}", fraction=f"{score.numerator}/{score.denominator}")


def _tied(scores: dict[str, Fraction | None], called: Callable[[str], str]) -> str:
    """Names those that have the same weighted mean."""
    known = sorted(((score, called(key)) for key, score in scores.items() if score is not None and called(key)),
                   key=lambda one: (-one[0], one[1]))
    found = []
    for score, of in groupby(known, key=lambda one: one[0]):
        names = [quoted(name) for _score, name in of]
        if len(names) > 1:
            found.append(_("Tied with {n}: {names}.", n=figure(float(score)), names=", ".join(names)))
    return " ".join(found)


def _without(scores: dict[str, Fraction | None], called: Callable[[str], str]) -> str:
    """Names those of which a criterion has no mark."""
    names = sorted(quoted(called(key)) for key, score in scores.items() if score is None and called(key))
    return _("Without a weighted mean, since a criterion has no mark: {names}.", names=", ".join(names)) if names else ""


def of_card(settings: Settings, result: Json) -> Said:
    """Returns 'Weighted mean 3.6 · Usefulness 4 · 5 people'."""
    score, each = weighted(settings, result), means(settings, result)
    said = [] if score is None else [f"{_('Weighted mean')} {figure(float(score))}"]
    said += [f"{_called(one)} {figure(float(mean))}" for one, mean in zip(settings["criteria"], each, strict=True)
             if mean is not None]
    said.append(count("{n} person", "{n} people", result["seats"]))
    figures = {} if score is None else {_("Weighted mean"): round(float(score), 4)}
    return Said(" · ".join(said), -1 if score is None else round(float(score), 4), figures | {_("People"): result["seats"]})


def of_choice(settings: Settings, marks: dict[str, int]) -> str:
    """Returns the marks that a seat gave: 'Usefulness 4 · Feasibility 2'."""
    return " · ".join(f"{spoken(one['title'])} {figure(marks[one['key']])}" for one in settings["criteria"]
                      if one["key"] in marks)
