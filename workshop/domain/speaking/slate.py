"""Proposes which questions to take when there is no time for all: so that no large group is left without one of theirs.

Of n people who support something and k places, those of one mind who are n/k or more have a claim to one. Choosing each time
what most people support who have none yet leaves no such group without any (justified representation; its proof is the
greedy cover's). `unserved` finds such groups in whatever slate somebody has put together.
"""
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

Supports = Mapping[str, frozenset[str]]  # question: who supports it


@dataclass(frozen=True)
class Chosen:
    """Names a question that was chosen. `new`: how many it serves who had none yet; 0: it only has the most support of those
    that are left."""

    question: str
    new: int
    support: int


def slate(supports: Supports, places: int) -> list[Chosen]:
    """Chooses up to `places` questions. Of two that serve as many, the one with more support, then the first by its id."""
    left, served, found = dict(supports), frozenset[str](), list[Chosen]()
    while left and len(found) < places:
        best = min(left, key=lambda one: (-len(left[one] - served), -len(left[one]), one))
        found.append(Chosen(best, len(left[best] - served), len(left[best])))
        served |= left.pop(best)
    return found


def unserved(supports: Supports, chosen: Iterable[str], places: int) -> list[str]:
    """Lists the questions outside of `chosen` that are supported by n/k people or more who have none of theirs inside, the
    largest group first."""
    inside = set(chosen)
    everybody = frozenset().union(*supports.values())
    served = frozenset().union(*(supports[one] for one in inside if one in supports))
    without = {one: len(who - served) for one, who in supports.items() if one not in inside}
    found = [one for one, n in without.items() if n and n * max(places, 1) >= len(everybody)]
    return sorted(found, key=lambda one: (-without[one], one))
