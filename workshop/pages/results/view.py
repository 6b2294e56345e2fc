"""Prepares what came of a vote for its page and for walls."""
from collections.abc import Mapping
from datetime import UTC, datetime

from workshop.domain import voting
from workshop.domain.kinds import kinds
from workshop.domain.shapes import Json, Settings, Tally
from workshop.exports import breakdowns
from workshop.exports.breakdowns import Thing, Whole
from workshop.store.models import Activity
from workshop.words import _, spoken
from workshop.words.voting import gave, voters

TONES = 5  # of bars, each with a pattern of its own (templates/votes/result_parts.html)


def title_of(kind: str, settings: Settings, title: str) -> str:
    """Names a vote."""
    return spoken(settings.get("title")) or title or _(kinds()[kind].title)


def whole(kind: str, settings: Settings, tally: Tally, parts: Json, called: Mapping[str, Json]) -> Whole | None:
    """Returns the result with the names that everybody of the workshop may read (`called`)."""
    names = {key: (one.get("number", ""), spoken(one["text"])) for key, one in called.items()}
    return breakdowns.whole(kind, settings, tally, parts, names)


def round_before(vote: Activity) -> Json:
    """Returns {id, n, voters, said, figures: {key of a thing: what it came to}} of a round that was superseded."""
    report = kinds()[vote.kind].report
    tally = vote.tally or {}
    result = report.result(vote.settings, tally) if report else None
    figures = {row.key: " · ".join(breakdowns.written(n) for n in row.figures[:result.bars])
               for row in result.rows} if result else {}
    return {"id": vote.id, "n": vote.round, "figures": figures, "said": result.said if result else "",
            "voters": voters(voting.one_per(vote.settings), tally.get("ballots", 0), tally.get("votes"))}


def lines(of: Whole) -> list[Json]:
    """Lists what is drawn of each thing: {what, of, n, about, delegations, tone}."""
    return [_line(of, thing, i) for i, thing in enumerate(of.things)]


def _line(of: Whole, thing: Thing, i: int) -> Json:
    each = [f"{heading} {n}" for heading, n in zip(of.headings, thing.figures, strict=False)][:of.bars]
    about = each if of.bars > 1 else []
    if thing.people is not None and (of.bars > 1 or thing.figures[0] != breakdowns.written(thing.people)):
        about = [*about, gave(of.unit, False, thing.people)]
    about += [thing.of.row.about] if thing.of.row.about and of.bars == 1 else []
    leanings = [f"{heading} {n}" for heading, n in zip(of.headings, thing.leanings, strict=False) if n]
    return {"what": thing.what, "of": thing.of, "n": thing.figures[0] if of.bars == 1 else None, "about": " · ".join(about),
            "chips": thing.for_it, "delegations": thing.delegations, "leanings": " · ".join(leanings),
            "tone": i if i < TONES else None}


def ribbon(of: Whole, parts: list[tuple[float, ...]]) -> Json:
    """Says how a group's ballots are drawn on one line: {parts, whole, tones}, the first things each by itself, the rest
    together."""
    given = [sum(part) for part in parts]
    shown = given[:TONES - 1] + ([sum(given[TONES - 1:])] if len(given) >= TONES else [])
    return {"parts": shown, "whole": sum(given), "tones": list(range(len(shown)))}


def numbers(of: Whole, parts: list[tuple[float, ...]]) -> str:
    """Words the numbers of a group: what was given to each thing, the largest first."""
    given = sorted(((sum(part), thing.text) for thing, part in zip(of.things, parts, strict=True)), key=lambda one: -one[0])
    return " · ".join(f"{breakdowns.shortened(text)} {breakdowns.written(n)}" for n, text in given[:TONES] if n)


def moment(outcome: Json) -> datetime | None:
    """Returns when a sentence on the outcome was written."""
    if not outcome:
        return None
    at = datetime.fromisoformat(outcome["at"])
    return at if at.tzinfo else at.replace(tzinfo=UTC)
