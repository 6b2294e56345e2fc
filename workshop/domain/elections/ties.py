"""Breaks ties by rules that stand before the count: the earliest stage in which the tied differ, then a lot with a seed."""
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

EARLIER, LOT = "earlier stage", "lot"


def lot(seed: str, option: str) -> str:
    """Returns what the lot gives to an option: the lowest is out, the highest is taken first."""
    return hashlib.sha256(f"{seed}/{option}".encode()).hexdigest()


@dataclass(frozen=True)
class Tie:
    """Tells of a tie: who tied, what decided it, and who was in the lot (None where an earlier stage decided)."""

    tied: tuple[str, ...]
    decided_by: str
    drawn: tuple[str, ...] | None = None


class Ties:
    """Breaks the ties of one count. `latest_first`: the latest stage is looked at first, as some rule books have it;
    `forced`: whom the first lots take, whatever the seed (to see what would come of it). `lots`: (who was in each that was
    drawn, whom it took)."""

    def __init__(self, seed: str, latest_first: bool = False, forced: Sequence[str] = ()) -> None:
        self.seed, self.latest_first, self.forced = seed, latest_first, list(forced)
        self.lots: list[tuple[tuple[str, ...], str]] = []

    def broken(self, tied: Iterable[str], stages: Sequence[Mapping[str, Fraction]], highest: bool = False,
               matters: bool = True) -> tuple[str, Tie | None]:
        """Chooses one of the tied: who has the fewest (or the most, for the `highest`) in the first of the stages that tells
        them apart, then by lot. The tie is None where there was only one. What does not matter is not among `lots`: all of
        the tied will go, in whatever order."""
        all_ = tuple(sorted(tied))
        left, pick = all_, max if highest else min
        for stage in reversed(stages) if self.latest_first else stages:
            if len(left) == 1:
                break
            end = pick(stage[one] for one in left)
            left = tuple(one for one in left if stage[one] == end)
        if len(left) == 1:
            return left[0], Tie(all_, EARLIER) if len(all_) > 1 else None
        taken = self.forced.pop(0) if self.forced else pick(left, key=lambda one: lot(self.seed, one))
        if matters:
            self.lots.append((left, taken))
        return taken, Tie(all_, LOT, left)


@dataclass(frozen=True)
class Places:
    """Tells who takes the places of an order: `sure` ones, and those `tied` for the `left` places; `drawn`: whom of these
    the lot takes."""

    sure: tuple[str, ...]
    tied: tuple[str, ...] = ()
    left: int = 0
    drawn: tuple[str, ...] = ()


def order(scores: Mapping[str, Fraction]) -> list[list[str]]:
    """Lists the options, the best first, equal ones in one list, sorted as text."""
    return [sorted(one for one in scores if scores[one] == score) for score in sorted(set(scores.values()), reverse=True)]


def places(scores: Mapping[str, Fraction], seats: int, seed: str) -> Places | None:
    """Gives the places to the best; None where nobody has anything."""
    if not any(scores.values()):
        return None
    sure: list[str] = []
    for equal in order(scores):
        free = seats - len(sure)
        if len(equal) > free:
            if not free:
                break
            taken = sorted(equal, key=lambda one: lot(seed, one), reverse=True)[:free]
            return Places(tuple(sorted(sure)), tuple(equal), free, tuple(sorted(taken)))
        sure += equal
    return Places(tuple(sorted(sure)))

