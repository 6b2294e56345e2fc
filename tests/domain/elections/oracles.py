"""Somebody else's program names the same winners of run-offs: `pip install '.[oracles]'`, then

    python -m tests.domain.elections.oracles 2000

Elections with a tie are left out: that program breaks ties by rules of its own.
"""
import argparse
from fractions import Fraction

import pyrankvote

from tests.domain.elections.drawn import drawn
from workshop.domain.elections.papers import gathered
from workshop.domain.elections.runoff import instant_runoff
from workshop.domain.elections.ties import Ties


def compared(seeds: range) -> tuple[int, list[int]]:
    """How many elections were compared, and the seeds of those of which the winners differ."""
    n, other = 0, []
    for seed in seeds:
        case = drawn(seed)
        rankings = [[rank[0] for rank in one["ranking"]] for one in case["ballots"] for _ in range(one["count"])
                    if one["ranking"]]
        ours = instant_runoff(gathered(case["options"], ((Fraction(1), [(one,) for one in ranking])
                                                         for ranking in rankings)), Ties("s"))
        if ours.winner is None or any(one.tie for one in ours.rounds):
            continue
        people = {option: pyrankvote.Candidate(option) for option in case["options"]}
        theirs = pyrankvote.instant_runoff_voting(
            list(people.values()), [pyrankvote.Ballot([people[one] for one in ranking]) for ranking in rankings])
        n += 1
        if [str(one) for one in theirs.get_winners()] != [ours.winner]:
            other.append(seed)
    return n, other


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("n", type=int, nargs="?", default=2000)
    n, other = compared(range(parser.parse_args().n))
    print(f"{n} run-offs without a tie, another winner: {other or 0}")
