"""Measures opinion groups of many people, in processor seconds of the process beside the loop.

    python -m tests.bench.opinions.big [PEOPLE [STATEMENTS]]     2,000 and 500 unless said otherwise
"""
import random
import sys
import time

from workshop.domain.opinions import finding, packing


def answers(people: int, statements: int, camps: int = 3, seed: int = 7) -> tuple[list[dict[str, int]], list[str]]:
    """Makes answers of people in camps, each of whom has answered a part of the statements."""
    lot = random.Random(seed)
    cards = [f"card{n}" for n in range(statements)]
    minds = [[lot.choice((-1, 1, 1, 0)) for _ in cards] for _ in range(camps)]
    rows = []
    for n in range(people):
        seen = lot.sample(range(statements), max(7, round(statements * lot.uniform(.2, .9))))
        rows.append({cards[i]: minds[n % camps][i] if lot.random() < .8 else lot.choice((-1, 0, 1)) for i in seen})
    return rows, cards


if __name__ == "__main__":
    people, statements = [*map(int, sys.argv[1:]), 2000, 500][:2] if len(sys.argv) < 3 else map(int, sys.argv[1:])
    rows, cards = answers(people, statements)
    content, told = packing.packed(rows, cards), None
    for named in ("first", "again"):
        began = time.process_time()
        told, _parts = finding.task({"cards": cards, "before": told and told["found"]}, content)
        print(f"{named}: {people} people x {statements} statements, {time.process_time() - began:.2f} s of processor time, "
              f"groups of {[group['n'] for group in told['told']['groups']]}")
