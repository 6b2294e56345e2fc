"""Ranks the result of a vote as rows, the first first: what the kinds have in common."""
from collections.abc import Callable, Iterable

from workshop.domain.kinds import Result, Row
from workshop.domain.shapes import Json

Figures = Callable[[Json], Iterable[int | float | None]]


def ranked(items: dict[str, Json], headings: list[str], figures: Figures, rank: Callable[[Json], float] | None = None,
           chart: str = "bars", bars: int = 1, said: str = "", words: dict[str, str] | None = None) -> Result:
    """Returns a row for each of `items` ({key: what was counted}). `figures(result)`: numbers under the headings;
    `rank(result)`: the higher, the sooner; None where nothing is better than another; `words`: of what is no card."""
    rows = [Row(key, tuple(figures(one)), rank(one) if rank else None, (words or {}).get(key, ""))
            for key, one in items.items()]
    return Result(tuple(headings), tuple(sorted(rows, key=lambda row: -(row.rank or 0))), chart, bars, said)
