"""Tells what groups share and what separates them, by the group-informed consensus of Polis (Small and others, 2021): of a
statement the product, over the groups, of (agree + 1) / (seen + 2), where whoever passed has seen it too.

The groups may be opinion groups, or delegations: then it needs no map and says something of twelve people. It ignores how
many disagree, and is smaller with more groups: it orders statements of one vote, and is no number to show.
"""
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from math import prod

from workshop.domain.opinions.standing import Answers

Count = tuple[int, int, int]  # of a group: agree, disagree, pass
MOST = Fraction(1, 2)  # of those who have seen a statement: more than that is most
NEARLY_ALL = Fraction(4, 5)


def counted(rows: Iterable[tuple[int, Answers]], groups: int) -> dict[str, list[Count]]:
    """Returns {statement: (agree, disagree, pass) in each group} of (place of the group, answers) pairs."""
    found: dict[str, list[list[int]]] = {}
    for group, answers in rows:
        for card, said in answers.items():
            found.setdefault(card, [[0, 0, 0] for _ in range(groups)])[group][{1: 0, -1: 1, 0: 2}[said]] += 1
    return {card: [(agree, disagree, passed) for agree, disagree, passed in each] for card, each in found.items()}


def share(count: Count, of: int = 0) -> Fraction:
    """Returns the part of those who have seen it that agree (0), disagree (1) or pass (2), drawn to the middle where they
    are few."""
    return Fraction(count[of] + 1, sum(count) + 2)


def score(counts: Sequence[Count], of: int = 0) -> Fraction:
    """Returns the group-informed consensus, 0 to 1; `of` 1: of disagreeing."""
    return prod((share(count, of) for count in counts), start=Fraction(1))


def holds(count: Count, of: int = 0, more_than: Fraction = MOST) -> bool:
    """Tells whether more than such a part of those who have seen it agree, or disagree."""
    return count[of] > more_than * sum(count)


def shared(counts: Mapping[str, Sequence[Count]]) -> list[tuple[str, int]]:
    """Lists (statement, 0 agree or 1 disagree) that most of every group hold, the highest consensus first."""
    found = [(card, of) for card, each in counts.items() for of in (0, 1) if all(holds(count, of) for count in each)]
    return sorted(found, key=lambda one: (-score(counts[one[0]], one[1]), one[0]))


def bridging(counts: Mapping[str, Sequence[Count]]) -> list[str]:
    """Lists the statements with which most agree in more than half of the groups, two at least, the highest consensus
    first."""
    def agree(card: str) -> int:
        return sum(holds(count) for count in counts[card])
    return sorted((card for card in counts if agree(card) >= 2 and 2 * agree(card) > len(counts[card])),
                  key=lambda card: (-score(counts[card]), card))


def extremity(counts: Sequence[Count]) -> Fraction:
    """Returns how far apart the groups are on a statement, 0 to 1: the most that their means differ, where agreeing is 1 and
    disagreeing 0. All of one mind: 0."""
    means = [Fraction(2 * count[0] + count[2], 2 * sum(count)) for count in counts if sum(count)]
    return max(means) - min(means) if means else Fraction(0)


def separating(counts: Mapping[str, Sequence[Count]]) -> list[str]:
    """Lists the statements on which most of one group agree and most of another disagree, the farthest apart first."""
    return sorted((card for card, each in counts.items() if any(holds(count) for count in each)
                   and any(holds(count, 1) for count in each)), key=lambda card: (-extremity(counts[card]), card))


def typical(counts: Mapping[str, Sequence[Count]], group: int) -> list[tuple[str, int]]:
    """Lists (statement, 0 agree or 1 disagree) that most of a group hold and the others do not so much, the most telling
    first."""
    found = []
    for card, each in counts.items():
        rest = [sum(count[n] for i, count in enumerate(each) if i != group) for n in range(3)]
        for of in (0, 1):
            others = share((rest[0], rest[1], rest[2]), of)
            if holds(each[group], of) and share(each[group], of) > others and not all(holds(one, of) for one in each):
                found.append((card, of, share(each[group], of) * (share(each[group], of) - others)))
    return [(card, of) for card, of, _much in sorted(found, key=lambda one: (-one[2], one[0]))]
