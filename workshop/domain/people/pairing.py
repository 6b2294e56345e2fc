"""Pairs and fours of a room: people who can talk to each other, from different delegations where there are some."""
from dataclasses import dataclass

from workshop.domain.people.channels import HALL


@dataclass(frozen=True)
class Person:
    """A seat to be paired: its delegation, and whether it is in the hall (those far away cannot whisper with the hall)."""

    seat: str
    delegation: str | None
    channel: str

    @property
    def near(self) -> bool:
        """In the hall."""
        return self.channel in HALL


def pairs(people: list[Person]) -> list[list[str]]:
    """The seats two by two, one three where the number is odd; nobody stays alone unless there is nobody else."""
    made = [pair for near in (True, False) for pair in _halved([p for p in people if p.near is near])]
    single = [pair for pair in made if len(pair) == 1]
    if single and len(made) > 1:
        made.remove(single[0])
        made[-1 if len(made[-1]) < 3 else 0] += single[0]
    return made


def fours(pairs: list[list[str]]) -> list[list[str]]:
    """Pairs put together two by two; the last pair of an odd number goes with the last four."""
    made = [[*a, *b] for a, b in zip(pairs[::2], pairs[1::2], strict=False)]
    if len(pairs) % 2:
        if made:
            made[-1] += pairs[-1]
        else:
            made.append(list(pairs[-1]))
    return made


def _halved(people: list[Person]) -> list[list[str]]:
    """Sorted by delegation and folded in the middle, neighbours come from different ones."""
    seats = [p.seat for p in sorted(people, key=lambda p: (p.delegation or "", p.seat))]
    half = len(seats) // 2
    if not half:
        return [seats] if seats else []
    made = [[seats[i], seats[i + half]] for i in range(half)]
    if len(seats) % 2:
        made[-1].append(seats[-1])
    return made
