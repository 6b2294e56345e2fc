"""Reads an election as a file states it, and writes what every rule makes of it, in exact values."""
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from workshop.domain.elections.pairs import condorcet, pairwise
from workshop.domain.elections.papers import Papers, StandsEqual, gathered
from workshop.domain.elections.runoff import Runoff, instant_runoff
from workshop.domain.elections.scores import Scores, borda, first_choices
from workshop.domain.elections.stv import Stv, stv
from workshop.domain.elections.ties import Tie, Ties, order, places
from workshop.domain.errors import Refusal
from workshop.domain.shapes import Json

OPTIONS, BALLOTS, SEATS, NAMED = 500, 200_000, 100, 200  # that a file may hold; characters of an id


def _fraction(text: str) -> str:
    """Passes a value that is a whole number or a fraction, not negative."""
    whole, _line, under = text.partition("/")
    if len(text) > 60 or not (whole.isascii() and whole.isdecimal()) or (
            _line and not (under.isascii() and under.isdecimal() and int(under))):
        raise ValueError
    return text


Id = Annotated[str, Field(min_length=1, max_length=NAMED)]
Value = Annotated[str, AfterValidator(_fraction)]


class Shape(BaseModel):
    """Shapes a part of a file; what else it says is passed over."""

    model_config = ConfigDict(extra="ignore", strict=True)


class Ballot(Shape):
    """Shapes `count` equal ballots of some weight each."""

    count: int = Field(default=1, ge=0, le=10**9)
    weight: Value = "1"

    @property
    def value(self) -> Fraction:
        """Returns what they are worth together."""
        return self.count * Fraction(self.weight)


class Ranked(Ballot):
    """Shapes ballots that rank."""

    ranking: list[Annotated[list[Id], Field(min_length=1, max_length=OPTIONS)]] = Field(max_length=OPTIONS)


class Approving(Ballot):
    """Shapes ballots that approve."""

    approve: list[Id] = Field(max_length=OPTIONS)


class Pointing(Ballot):
    """Shapes ballots that give points."""

    points: dict[Id, Annotated[int, Field(ge=0, le=10**6)]] = Field(max_length=OPTIONS)


class Rules(Shape):
    """Shapes what of the rules is free: the seed of the lot."""

    seed: str = Field(default="", max_length=NAMED)


class Election(Shape):
    """Shapes an election."""

    kind: Literal["election"] = "election"
    seats: int = Field(default=1, ge=1, le=SEATS)
    options: list[Id] = Field(min_length=1, max_length=OPTIONS)
    withdrawn: list[Id] = Field(default=[], max_length=OPTIONS)
    rules: Rules = Rules()
    ballots: list[Ranked] = Field(default=[], max_length=BALLOTS)
    approval_ballots: list[Approving] = Field(default=[], max_length=BALLOTS)
    point_ballots: list[Pointing] = Field(default=[], max_length=BALLOTS)


def read(case: object) -> Election:
    """Returns an election that can be counted. Refusal `bad_election` says where it is not one: `where` is the path in the
    file, `ballots.3.ranking`."""
    try:
        found = Election.model_validate(case)
    except ValidationError as fault:
        raise Refusal("bad_election", where=".".join(map(str, fault.errors()[0]["loc"]))[:80] or "file") from None
    known = set(found.options)
    if len(known) < len(found.options):
        raise Refusal("bad_election", where="options")
    if not known >= set(found.withdrawn):
        raise Refusal("bad_election", where="withdrawn")
    for name, ids in _named(found):
        if not known >= set(ids) or len(set(ids)) < len(ids):
            raise Refusal("bad_election", where=name)
    return found


def _named(of: Election) -> Iterable[tuple[str, list[str]]]:
    """Gives (where it stands, the options that it names) of every ballot."""
    for i, ranked in enumerate(of.ballots):
        yield f"ballots.{i}.ranking", [option for rank in ranked.ranking for option in rank]
    for i, approving in enumerate(of.approval_ballots):
        yield f"approval_ballots.{i}.approve", approving.approve
    for i, pointing in enumerate(of.point_ballots):
        yield f"point_ballots.{i}.points", list(pointing.points)


def expected(case: Mapping[str, Any]) -> Json:
    """Returns what every rule makes of an election. Refusal `bad_election`."""
    of = read(case)
    papers = gathered(of.options, ((ballot.value, ballot.ranking) for ballot in of.ballots), of.withdrawn)
    seats, seed, left_out = of.seats, of.rules.seed, dict[str, str]()
    pairs = pairwise(papers)
    told = condorcet(pairs)
    found: Json = {
        "counted_options": list(papers.options), "value_counted": str(papers.worth(papers.value)),
        "value_empty": str(papers.worth(papers.empty)), "left_out": left_out,
        "first_choices": scored(first_choices(papers), seats, seed), "borda": scored(borda(papers), seats, seed),
        "pairwise": {a: texts(row) for a, row in pairs.items()},
        "condorcet": {"winner": told.winner, "smith_set": list(told.smith), "cycle": told.cycle,
                      "unbeaten": list(told.unbeaten)}}
    try:
        found["instant_runoff"] = _runoff(papers, seed)
    except StandsEqual:
        left_out["instant_runoff"] = StandsEqual.said
    if seats > 1:
        try:
            found["stv"] = told_stv(stv(papers, seats, Ties(seed)))
        except StandsEqual:
            left_out["stv"] = StandsEqual.said
    counted = set(papers.options)
    if "approval_ballots" in case:
        found["approval"] = scored(_sums(papers.options, ((option, ballot.value) for ballot in of.approval_ballots
                                                          for option in counted.intersection(ballot.approve))), seats, seed)
    if "point_ballots" in case:
        found["points"] = scored(_sums(papers.options, (
            (option, n * ballot.value) for ballot in of.point_ballots for option, n in ballot.points.items()
            if option in counted)), seats, seed)
    return found


def _sums(options: Iterable[str], given: Iterable[tuple[str, Fraction]]) -> Scores:
    sums = dict.fromkeys(options, Fraction())
    for option, value in given:
        sums[option] += value
    return sums


def scored(scores: Scores, seats: int, seed: str) -> Json:
    """Returns scores with their order and who takes the places."""
    took = places(scores, seats, seed)
    return {"scores": texts(scores), "order": order(scores)} | ({
        "in": list(took.sure), "tied_for_last": list(took.tied), "places_for_tied": took.left, "by_lot": list(took.drawn)}
        if took else {})


def _runoff(papers: Papers, seed: str) -> Json:
    of, value = instant_runoff(papers, Ties(seed)), papers.worth(papers.value)
    share = of.share(value)
    return told_runoff(of) | {
        "winner_share_of_all": None if share is None else str(share), "majority_of_all": share is not None and 2 * share > 1,
        "same_with_latest_stage": instant_runoff(papers, Ties(seed, latest_first=True)).winner == of.winner}


def told_runoff(of: Runoff) -> Json:
    """Returns {winner, rounds: [{tally, in_play, exhausted, out, tie}]}."""
    return {"winner": of.winner, "rounds": [
        {"tally": texts(one.tally), "in_play": str(one.in_play), "exhausted": str(one.exhausted), "out": one.out,
         "tie": told_tie(one.tie)} for one in of.rounds]}


def told_stv(of: Stv) -> Json:
    """Returns {quota, elected, without_quota, stages: [{what, option, factor, tie, votes, exhausted, elected}]}."""
    return {"quota": str(of.quota), "elected": list(of.elected), "without_quota": list(of.without_quota), "stages": [
        {"what": one.what, "option": one.option, "factor": None if one.factor is None else str(one.factor),
         "tie": told_tie(one.tie), "votes": texts(one.votes), "exhausted": str(one.exhausted), "elected": list(one.elected)}
        for one in of.stages]}


def told_tie(tie: Tie | None) -> Json | None:
    """Returns {tied, decided_by, drawn}."""
    return None if tie is None else {"tied": list(tie.tied), "decided_by": tie.decided_by,
                                     "drawn": None if tie.drawn is None else list(tie.drawn)}


def texts(values: Mapping[str, Fraction]) -> dict[str, str]:
    """Returns the values as text: '7', '45/2'."""
    return {key: str(value) for key, value in values.items()}
