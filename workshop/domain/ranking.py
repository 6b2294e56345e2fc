"""Ranks the result of a vote as rows, the first first, and draws it as bars: what the kinds have in common."""
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import floor

from workshop.domain.kinds import Kind, Result, Row
from workshop.domain.shapes import Json

Figures = Callable[[Json], Iterable[int | float | None]]
FULL = 100.0  # the end of an axis


@dataclass(frozen=True)
class Standing:
    """A row of a result with its place, 1 the first and equals the same one, None where nothing is better; whether it is
    `tied`; and its bar: `parts` of a `whole`, on two axes `apart`."""

    row: Row
    place: int | None
    tied: bool
    parts: tuple[float, ...]
    whole: float
    apart: bool
    tones: tuple[int, ...] = ()


def standings(result: Result) -> list[Standing]:
    """The rows in their order."""
    ranks = [row.rank for row in result.rows if row.rank is not None]
    apart = result.chart == "plane"
    lengths = [tuple(float(one or 0) for one in row.figures[:result.bars]) for row in result.rows]
    whole = FULL if apart else max(map(sum, lengths), default=0.0)
    return [Standing(row, None if row.rank is None else 1 + sum(rank > row.rank for rank in ranks),
                     row.rank is not None and ranks.count(row.rank) > 1, parts, whole, apart, result.tones)
            for row, parts in zip(result.rows, lengths, strict=True)]


def first(kind: Kind, settings: Json, tally: Json, most: int) -> set[str]:
    """What came first in a vote, at most so many; nothing where nothing is better than another."""
    ranked = standings(kind.report.result(settings, tally)) if kind.report and kind.decides else []
    return {one.row.key for one in ranked[:most] if one.place}


def pieces(parts: Iterable[float], whole: float, apart: bool = False) -> list[tuple[str, str]]:
    """[(where the piece of a bar begins, how wide it is)] in percent with one decimal, as `bars` of
    static/js/votes/voting.js has them."""
    def thousandths(part: float) -> int:
        return floor(1000 * part / whole + .5) if whole else 0
    found, total = [], 0.0
    for part in parts:
        begin, total = 0 if apart else thousandths(total), total + part
        found.append((f"{begin / 10:g}", f"{(thousandths(part if apart else total) - begin) / 10:g}"))
    return found


def ranked(items: dict[str, Json], headings: list[str], figures: Figures, rank: Callable[[Json], float] | None = None,
           chart: str = "bars", bars: int = 1, said: str = "", words: dict[str, str] | None = None,
           tones: tuple[int, ...] = ()) -> Result:
    """Returns a row for each of `items` ({key: what was counted}). `figures(result)`: numbers under the headings;
    `rank(result)`: the higher, the sooner; None where nothing is better than another; `words`: of what is no card."""
    rows = [Row(key, tuple(figures(one)), rank(one) if rank else None, (words or {}).get(key, ""))
            for key, one in items.items()]
    return Result(tuple(headings), tuple(sorted(rows, key=lambda row: -(row.rank or 0))), chart, bars, said, tones)
