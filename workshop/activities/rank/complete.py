"""Counts a ranking that is over by every rule, and keeps what came of it."""
from fractions import Fraction

from workshop.domain.elections.decided import Counts, Decision, decide
from workshop.domain.elections.papers import Papers, gathered, of_ranks
from workshop.domain.elections.runoff import Runoff
from workshop.domain.elections.scores import Scores
from workshop.domain.elections.stv import Stv
from workshop.domain.elections.ties import Tie, order
from workshop.domain.shapes import Choices, Json, Settings, Tally


def complete(settings: Settings, tally: Tally, ballots: list[tuple[Choices, int]], options: list[str]) -> Tally:
    """Returns the tally with each option's place, who `won`, and all that was counted in `count`. Of what is no option any
    more the ballots are rid; who stood below it moves up."""
    papers = gathered(options, ((Fraction(times), of_ranks(choices)) for choices, times in ballots))
    if not papers.options:
        return tally
    rule, places = settings.get("rule", "runoff"), settings.get("places") or 1
    made, counts = decide(papers, rule, places, settings.get("tie", "lot"), settings.get("seed", ""))
    items, known, place = {}, tally["items"], 1
    for group in made.groups:
        for key in group:
            items[key] = {"first": whole(counts.first[key]), "ranked": known.get(key, {"ranked": 0})["ranked"],
                          "place": place, "n": whole(made.scores[key]), "borda": whole(counts.borda[key])}
        place += len(group)
    gone = len({key for choices, _times in ballots for key in choices} - set(options))
    won = {"rule": rule, "places": places, "tie": settings.get("tie", "lot"), "seed": settings.get("seed", ""),
           "in": made.won, "tied": made.tied, "left": made.left, "drawn": made.drawn, "gone": gone}
    return tally | {"items": items, "won": won | _how(rule, papers, counts, made), "count": count(papers, counts, made)}


def _how(rule: str, papers: Papers, counts: Counts, made: Decision) -> Json:
    """Returns what the sentence on who won says of the rule that decides: {value, ties: in how many rounds an earlier one
    decided, lots: in how many a lot, …}."""
    last, several = counts.runoff.rounds[-1], counts.stv
    of = {"runoff": [one.tie for one in counts.runoff.rounds], "stv": [one.tie for one in several.stages] if several else []}
    ties = [tie for tie in of.get(rule, ()) if tie]
    told: Json = {"value": whole(papers.worth(papers.value)), "ties": sum(tie.drawn is None for tie in ties),
                  "lots": sum(tie.drawn is not None for tie in ties)}
    if rule == "runoff":
        told |= {"rounds": len(counts.runoff.rounds), "play": whole(last.in_play), "lost": whole(last.exhausted)}
    if rule == "stv" and several:
        told |= {"quota": several.quota, "without": [key for key in several.without_quota if key in made.won]}
    return told | ({"cycle": counts.condorcet.cycle} if rule == "condorcet" else {})


def count(papers: Papers, counts: Counts, made: Decision) -> Json:
    """Returns what every rule makes of it: {options: the best first, value, empty, first, borda, pairs: [[votes of the row
    above the column]], beats, smith, cycle, rounds, runoff: who wins, stv?}."""
    options = [key for group in made.groups for key in group]
    told = counts.condorcet
    return {"options": options, "value": whole(papers.worth(papers.value)), "empty": whole(papers.worth(papers.empty)),
            "first": listed(counts.first, options), "borda": listed(counts.borda, options),
            "pairs": [[whole(counts.pairs[a][b]) if a != b else None for b in options] for a in options],
            "beats": told.winner, "smith": list(told.smith), "cycle": told.cycle,
            "best": {"first": order(counts.first)[0], "borda": order(counts.borda)[0]},
            "rounds": rounds(counts.runoff), "runoff": counts.runoff.winner} | (
                {"stv": stages(counts.stv)} if counts.stv else {})


def listed(scores: Scores, options: list[str]) -> list[int | float]:
    """Lists the scores of the options."""
    return [whole(scores[key]) for key in options]


def rounds(of: Runoff) -> list[Json]:
    """Lists the rounds of a run-off: {votes, play, lost, out, tie}."""
    return [{"votes": {key: whole(votes) for key, votes in one.tally.items()}, "play": whole(one.in_play),
             "lost": whole(one.exhausted), "out": one.out, "tie": _tie(one.tie)} for one in of.rounds]


def stages(of: Stv) -> Json:
    """Returns {quota, elected, without, stages: [{what, option, factor, votes, lost, elected, tie}]}; votes are exact: a
    whole number, or a fraction as text."""
    return {"quota": of.quota, "elected": list(of.elected), "without": list(of.without_quota), "stages": [
        {"what": one.what, "option": one.option, "factor": None if one.factor is None else str(one.factor),
         "votes": {key: exact(votes) for key, votes in one.votes.items()}, "lost": exact(one.exhausted),
         "elected": list(one.elected), "tie": _tie(one.tie)} for one in of.stages]}


def _tie(tie: Tie | None) -> Json | None:
    return None if tie is None else {"tied": list(tie.tied), "drawn": list(tie.drawn) if tie.drawn else None}


def exact(value: Fraction) -> int | str:
    """Returns a whole number, or the fraction as text: '45/2'."""
    return value.numerator if value.denominator == 1 else str(value)


def whole(value: Fraction) -> int | float:
    """Returns a number as JSON and bars have it: halves are exact, what is no half is rounded to two places."""
    return value.numerator if value.denominator == 1 else round(float(value), 2)
