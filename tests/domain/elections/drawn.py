"""Elections drawn by lot, nasty ones among them, held against the definitions:

    python -m tests.domain.elections.drawn 10000
"""
import argparse
import random

from tests.domain.elections import slow
from workshop.domain.elections import expected

IDS = ("5", "05", "005", "a", "á", "A", "riego", "feria")
WEIGHTS = ("1", "1", "1", "2", "0", "1/3", "5/2")


def drawn(seed: int) -> dict:
    """An election of two to six options: few ballots, so that there are ties; weights, equal ranks, empty ballots and
    options that were withdrawn in some."""
    lot = random.Random(seed)
    options = lot.sample(IDS, lot.randint(2, 6))
    weighted, equal = lot.random() < .3, lot.random() < .3

    def ranking():
        ids, ranks = lot.sample(options, lot.randint(0, len(options))), []
        for one in ids:
            if ranks and equal and lot.random() < .3:
                ranks[-1].append(one)
            else:
                ranks.append([one])
        return ranks

    def weight():
        return lot.choice(WEIGHTS) if weighted else "1"
    n = lot.choice((0, 1, 2, 4, 7, 12, 20))
    return {
        "seats": lot.randint(1, 4), "options": options, "rules": {"seed": f"lot-{seed}"},
        "withdrawn": lot.sample(options, lot.randint(0, len(options) - 1)) if lot.random() < .2 else [],
        "ballots": [{"count": lot.randint(1, 3), "weight": weight(), "ranking": ranking()} for _ in range(n)],
        "approval_ballots": [{"count": 1, "weight": weight(), "approve": lot.sample(options, lot.randint(0, len(options)))}
                             for _ in range(n)],
        "point_ballots": [{"count": 1, "weight": weight(), "points": {
            one: lot.randint(0, 4) for one in lot.sample(options, 2)}} for _ in range(n)]}


def differences(seeds: range) -> list[int]:
    """The seeds of elections that the product counts otherwise than the definitions."""
    return [seed for seed in seeds if expected(drawn(seed)) != slow.expected(drawn(seed))]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("n", type=int, nargs="?", default=10_000)
    n = parser.parse_args().n
    print(f"{n} elections, counted otherwise: {differences(range(n)) or 0}")
