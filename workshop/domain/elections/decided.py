"""Decides a vote that ranks, by the rule and the tie rule that were chosen before: who takes the places, who is level."""
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from workshop.domain.elections.pairs import Condorcet, Pairs, condorcet, pairwise
from workshop.domain.elections.papers import Papers
from workshop.domain.elections.runoff import Runoff, instant_runoff
from workshop.domain.elections.scores import Scores, borda, first_choices
from workshop.domain.elections.stv import OUT, Stv, stv
from workshop.domain.elections.ties import Ties, order, places

RUNOFF, BORDA, FIRST, CONDORCET, STV = "runoff", "borda", "first", "condorcet", "stv"
BY_LOT, AGAIN = "lot", "again"  # what is done with a tie that no earlier stage decides
OF_ONE = (RUNOFF, CONDORCET)  # they fill one place
TRIED = 60  # counts that are made to see whether a lot would change who wins


@dataclass
class Decision:
    """Tells who won.

    won     who takes a place, the first first
    tied    who is level for the last `left` places; `drawn`: whom of these the lot took (they are among `won`)
    groups  all options, the best first, equal ones in one list
    scores  what the rule counted of each
    """

    won: list[str]
    groups: list[list[str]]
    scores: Scores
    tied: list[str] = field(default_factory=list)
    left: int = 0
    drawn: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Counts:
    """Holds what every rule makes of the papers; `stv` where several places are to be filled."""

    first: Scores
    borda: Scores
    pairs: Pairs
    condorcet: Condorcet
    runoff: Runoff
    stv: Stv | None


def decide(of: Papers, rule: str, seats: int, tie: str, seed: str) -> tuple[Decision, Counts]:
    """Counts by every rule, and decides by this one; `tie`: BY_LOT with this seed, or AGAIN: those who are level are not
    told apart."""
    pairs, one, several = pairwise(of), Ties(seed), Ties(seed)
    counts = Counts(first_choices(of), borda(of), pairs, condorcet(pairs), instant_runoff(of, one),
                    stv(of, seats, several) if rule == STV or seats > 1 else None)
    if rule in (FIRST, BORDA):
        return _by_score(counts.first if rule == FIRST else counts.borda, seats, tie, seed), counts
    if rule == CONDORCET:
        return _by_pairs(counts), counts
    if rule == STV and counts.stv:
        made = _by_stv(counts.stv)
        return _level(made, several.lots, seats, lambda lots: stv(
            of, seats, Ties(seed, forced=lots)).elected) if tie == AGAIN else made, counts
    made = _by_runoff(counts.runoff)
    return _level(made, one.lots, 1, lambda lots: _winner(of, Ties(seed, forced=lots))) if tie == AGAIN else made, counts


def _winner(of: Papers, ties: Ties) -> list[str]:
    winner = instant_runoff(of, ties).winner
    return [] if winner is None else [winner]


def _by_score(scores: Scores, seats: int, tie: str, seed: str) -> Decision:
    took, groups = places(scores, seats, seed), order(scores)
    if took is None:
        return Decision([], groups, scores)
    drawn = list(took.drawn) if tie == BY_LOT else []
    won = [one for group in groups for one in group if one in took.sure]
    if drawn:
        at = groups.index(list(took.tied))
        groups[at:at + 1] = [drawn, [one for one in took.tied if one not in drawn]]
    return Decision(won + drawn, groups, scores, list(took.tied), took.left, drawn)


def _by_pairs(counts: Counts) -> Decision:
    """Gives the place to who beats everybody; else those of the smallest set that beats the rest are level."""
    beaten = {a: Fraction(sum(row[b] > counts.pairs[b][a] for b in row)) for a, row in counts.pairs.items()}
    smith, winner = list(counts.condorcet.smith), counts.condorcet.winner
    rest = order({one: n for one, n in beaten.items() if one not in smith})
    if winner is not None:
        return Decision([winner], [[winner], *rest], beaten)
    return Decision([], [smith, *rest], beaten, smith, 1)


def _by_runoff(of: Runoff) -> Decision:
    scores = {option: votes for one in of.rounds for option, votes in one.tally.items()}  # of the last round of each
    last = order({option: votes for option, votes in of.rounds[-1].tally.items() if option != of.winner})
    out = [[one.out] for one in reversed(of.rounds) if one.out is not None]
    won = [of.winner] if of.winner is not None else []
    return Decision(won, [*([won] if won else []), *last, *out], scores)


def _by_stv(of: Stv) -> Decision:
    scores, full = Scores(), set[str]()  # of each what it had when it reached the quota, or last
    for stage in of.stages:
        scores |= {option: votes for option, votes in stage.votes.items() if option not in full}
        full.update(stage.elected)
    left = order({option: votes for option, votes in of.stages[-1].votes.items() if option not in of.elected})
    out = [[stage.option] for stage in reversed(of.stages) if stage.what == OUT and stage.option is not None]
    return Decision(list(of.elected), [*([one] for one in of.elected), *left, *out], scores)


def _level(made: Decision, lots: Sequence[tuple[tuple[str, ...], str]], seats: int,
           again: Callable[[list[str]], Sequence[str]]) -> Decision:
    """Finds the first lot that changes who wins: between those whom it could let win nothing is decided. `again(lots)`: who
    wins where the first lots take these."""
    held, tried = set(made.won), 0
    for n, (drawn, taken) in enumerate(lots):
        before = [one for _drawn, one in lots[:n]]
        others = [set(again([*before, one])) for one in drawn if one != taken]
        if any(one != held for one in others):
            sure = held.intersection(*others)
            tied = sorted(held.union(*others) - sure)
            first = [one for one in made.won if one in sure]
            rest = [[one for one in group if one not in sure and one not in tied] for group in made.groups]
            return Decision(first, [*([one] for one in first), tied, *filter(None, rest)], made.scores, tied,
                            seats - len(sure))
        tried += len(others)
        if tried > TRIED:
            break
    return made
