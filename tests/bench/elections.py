"""What counting a large ranking costs, rule by rule, in processor time: `python -m tests.bench.elections`."""
import argparse
import random
import time
from fractions import Fraction

from workshop.domain.elections.pairs import condorcet, pairwise
from workshop.domain.elections.papers import gathered
from workshop.domain.elections.runoff import instant_runoff
from workshop.domain.elections.scores import borda, first_choices
from workshop.domain.elections.stv import stv
from workshop.domain.elections.ties import Ties


def costs(ballots: int, options: int, seats: int) -> dict[str, float]:
    """{rule: seconds}; most rank all, in whatever order, some a few."""
    lot, ids = random.Random(1), [f"card-{n}" for n in range(options)]
    rankings = [(Fraction(1), [(one,) for one in lot.sample(ids, lot.choice((options, options, 12, 5)))])
                for _ in range(ballots)]
    found: dict[str, float] = {}

    def timed(name: str, run):
        began = time.process_time()
        made = run()
        found[name] = time.process_time() - began
        return made
    papers = timed("read", lambda: gathered(ids, rankings))
    timed("first choices", lambda: first_choices(papers))
    timed("Borda", lambda: borda(papers))
    timed("pairs", lambda: condorcet(pairwise(papers)))
    timed("run-off", lambda: instant_runoff(papers, Ties("s")))
    timed("transferable vote", lambda: stv(papers, seats, Ties("s")))
    return found


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    for name, usual in (("ballots", 10_000), ("options", 30), ("seats", 5)):
        parser.add_argument(f"--{name}", type=int, default=usual)
    for rule, seconds in costs(**vars(parser.parse_args())).items():
        print(f"{rule:20} {seconds:.2f} s")
