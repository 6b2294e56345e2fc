"""Adds up rankings as scores: first choices and Borda's points."""
from collections import Counter
from fractions import Fraction

from workshop.domain.elections.papers import Papers

Scores = dict[str, Fraction]


def first_choices(of: Papers) -> Scores:
    """Adds up how often each option stands first; of k that share the first place each gets 1/k."""
    sums: dict[int, Counter[str]] = {}
    for value, ranking in of.papers:
        shared = sums.setdefault(len(ranking[0]), Counter())
        for option in ranking[0]:
            shared[option] += value
    return {option: sum((Fraction(shared[option], k) for k, shared in sums.items()), Fraction()) * of.unit
            for option in of.options}


def borda(of: Papers) -> Scores:
    """Gives n-1, n-2, ..., 0 points to the places of n options: equal ones share the mean of their places, the unranked the
    mean of the places left."""
    n = len(of.options)
    twice: Counter[str] = Counter()  # a mean of places is a whole or a half
    for value, ranking in of.papers:
        top, named = n - 1, set[str]()
        for rank in ranking:
            points = (2 * top - len(rank) + 1) * value
            for option in rank:
                twice[option] += points
            top -= len(rank)
            named.update(rank)
        if top > 0:
            for option in of.options:
                if option not in named:
                    twice[option] += top * value
    return {option: Fraction(twice[option], 2) * of.unit for option in of.options}
