"""Compares options in pairs: who stands above whom, who beats everybody, what goes round in a circle."""
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from workshop.domain.elections.papers import Papers

Pairs = dict[str, dict[str, Fraction]]


def pairwise(of: Papers) -> Pairs:
    """Returns {a: {b: the votes with a above b}}: who is ranked stands above who is not; equal ones, and two that are both
    not ranked, stand above neither."""
    # The row of an option is one large number with a field for each other one, wide enough for all votes: a ballot adds all
    # whom it puts below in one sum.
    width = max(of.value, 1).bit_length()
    field = {option: 1 << width * i for i, option in enumerate(of.options)}
    rows, everybody = dict.fromkeys(of.options, 0), sum(field.values())
    for value, ranking in of.papers:
        below = everybody
        for rank in ranking:
            for option in rank:
                below -= field[option]
            if value:
                for option in rank:
                    rows[option] += below * value
    most = (1 << width) - 1
    return {a: {b: of.worth(rows[a] >> width * i & most) for i, b in enumerate(of.options) if b != a} for a in of.options}


@dataclass(frozen=True)
class Condorcet:
    """Tells what the pairs come to.

    winner    beats every other; None where nobody does
    smith     the smallest set whose members each beat everybody outside
    cycle     whether there is a circle of majorities anywhere, also below a winner
    unbeaten  who has lost to nobody
    """

    winner: str | None
    smith: tuple[str, ...]
    cycle: bool
    unbeaten: tuple[str, ...]


def condorcet(pairs: Mapping[str, Mapping[str, Fraction]]) -> Condorcet:
    """Finds who beats whom by a strict majority, and what follows."""
    beats = {a: {b for b in pairs[a] if pairs[a][b] > pairs[b][a]} for a in pairs}
    unbeaten = tuple(sorted(a for a in pairs if not any(a in beats[b] for b in pairs)))
    smith = min((_closed(a, beats) for a in pairs), key=len, default=set[str]())
    winner = next(iter(smith)) if len(smith) == 1 else None
    return Condorcet(winner, tuple(sorted(smith)), _has_cycle(beats), unbeaten)


def _closed(start: str, beats: Mapping[str, set[str]]) -> set[str]:
    """Adds to one option whomever some member does not beat, until there is none."""
    inside, waiting = {start}, [start]
    while waiting:
        one = waiting.pop()
        more = beats.keys() - beats[one] - inside
        inside |= more
        waiting += more
    return inside


def _has_cycle(beats: Mapping[str, set[str]]) -> bool:
    """Takes away whoever beats nobody that is left, again and again: a circle is what stays."""
    left = set(beats)
    while beaten := {one for one in left if not beats[one] & left}:
        left -= beaten
    return bool(left)
