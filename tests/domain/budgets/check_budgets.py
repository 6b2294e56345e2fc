"""Counts budgets drawn by lot twice, by the program and by its definition, and says in how many they differ.

    python -m tests.domain.budgets.check_budgets 10000 [seed]
"""
import random
import sys

from tests.domain.budgets.slow import counted, drawn, told
from workshop.domain.budgets import expected


def differences(n: int, seed: object) -> list[dict]:
    """The cases, of n, in which the two counts differ."""
    lot = random.Random(str(seed))
    return [case for case in (drawn(lot) for _one in range(n)) if counted(case, expected(case)) != told(case)]


if __name__ == "__main__":
    many, seed = int(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "tinkuy"
    wrong = differences(many, seed)
    print(f"{many} budgets, seed {seed}: {len(wrong)} differences", *wrong[:3], sep="\n")
    sys.exit(bool(wrong))
