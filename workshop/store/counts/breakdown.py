"""Tells a whole apart by group (delegation, channel, axis) so that nobody's own part can be read off it.

The one rule of what may be told of how few stands here.
"""
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from typing import Protocol, TypeVar

from workshop.domain.kinds import Kind, Result, kinds
from workshop.domain.ranking import standings
from workshop.domain.shapes import Choices, Json, Settings, Tally
from workshop.domain.voting import rules
from workshop.words import speaking

FEW = 5  # of fewer people it is not told what they chose, nor how many of them voted
ANONYMOUS = "anonymous"
K = TypeVar("K", bound=Hashable)


class Voice(Protocol):
    """Describes a ballot as it counts (actions/votes/counted.py)."""

    @property
    def choices(self) -> Choices: ...
    @property
    def seat(self) -> str | None: ...
    @property
    def delegation(self) -> str | None: ...
    @property
    def channel(self) -> str: ...
    @property
    def times(self) -> int: ...
    @property
    def people(self) -> int: ...


def strict(settings: Settings, privacy: str) -> bool:
    """Tells whether nobody may know what anybody chose: then a group that is of one mind is not told apart either."""
    return privacy == ANONYMOUS or rules(settings)["named"] == "secret"


def least(settings: Settings, privacy: str) -> int:
    """Returns of how many people a group must be to be told apart: where everybody reads who chose what, of one."""
    return 1 if rules(settings)["named"] == "all" and not strict(settings, privacy) else FEW


def apart(sizes: Mapping[K, int], tellable: Callable[[Sequence[K]], bool]) -> list[list[K]]:
    """Puts keys together until each lot may be told; [] where there would be fewer than two. The small ones are put
    together, with the smallest of the others where they are too few, so that taking the others from the whole tells nothing
    of them. The lot of those that were put together is the last."""
    ordered = sorted(sizes, key=lambda key: (sizes[key], str(key)))
    small = [key for key in ordered if not tellable([key])]
    rest = [key for key in ordered if tellable([key])]
    while small and rest and not tellable(small):
        small.append(rest.pop(0))
    if small and not tellable(small):
        return []
    lots = [[key] for key in rest] + ([small] if small else [])
    return lots if len(lots) > 1 else []


def narrow(first: Collection[frozenset[int]], second: Collection[frozenset[int]], everybody: frozenset[int],
           size: Callable[[frozenset[int]], int], few: int) -> bool:
    """Tells whether two ways of telling the same whole apart would tell of few: a lot of the one, or the rest without it,
    that holds one of the other and few more."""
    for mine in first:
        for theirs in second:
            for one in (mine, everybody - mine):
                for other in (theirs, everybody - theirs):
                    if one < other and size(other - one) < few:
                        return True
    return False


def leader(kind: Kind, settings: Settings, tally: Tally, voted: int) -> str | None:
    """Returns what came first alone where most of the `voted` were for it, as far as that is known; None where nothing did:
    one supporter does not make a delegation."""
    result = _result(kind, settings, tally)
    if result is None or result.bars > 1:
        return None
    first = [one.row for one in standings(result) if one.place == 1]
    if len(first) != 1 or not first[0].figures or not first[0].figures[0]:
        return None
    seats = (tally.get("items", {}).get(first[0].key) or {}).get("seats")
    return first[0].key if seats is None or 2 * seats > voted else None


def leanings(kind: Kind, settings: Settings, tally: Tally) -> dict[str, int]:
    """Finds {row: which of its parts more than half of those chose who chose one}, of a vote that asks one of a few things
    of each row."""
    result = _result(kind, settings, tally)
    if result is None or result.chart != "parts":
        return {}
    found = {}
    for one in standings(result):
        most = max(one.parts, default=0)
        if 2 * most > sum(one.parts):
            found[one.row.key] = one.parts.index(most)
    return found


def first_of(counts: Mapping[K, int]) -> K | None:
    """Returns what most chose; None where two did, or nobody."""
    most = max(counts.values(), default=0)
    found = [key for key, n in counts.items() if n == most]
    return found[0] if most and len(found) == 1 else None


def alike(voices: Iterable[Voice]) -> bool:
    """Tells whether all of them chose the same."""
    return len({repr(sorted(voice.choices.items(), key=str)) for voice in voices}) < 2


def people(voices: Iterable[Voice]) -> int:
    """Counts who gave them."""
    return sum(voice.people for voice in voices)


def tally_of(kind: Kind, voices: Sequence[Voice]) -> Tally:
    """Counts these ballots as the whole is counted."""
    pairs = [(voice.choices, voice.delegation) for voice in voices for _ in range(voice.times)]
    return kind.vote_rules.summarise(pairs) | {"ballots": people(voices)}


def _result(kind: Kind, settings: Settings, tally: Tally) -> Result | None:
    if kind.report is None:
        return None
    with speaking("en"):  # of its words nothing is used
        return kind.report.result(settings, tally)


def lots_of(voices: Sequence[Voice], key: Callable[[Voice], K], could: Mapping[K, int], few: int, of_one_mind: bool
            ) -> list[tuple[list[K], list[int]]]:
    """Tells the ballots apart by `key`: [(keys of a lot, places of its ballots in the list)]. `could`: how many could vote
    of each; `of_one_mind`: whether a lot may be told in which everybody chose the same."""
    places: dict[K, list[int]] = {one: [] for one in could}
    for n, voice in enumerate(voices):
        places.setdefault(key(voice), []).append(n)
    sizes = {one: people(voices[n] for n in of) for one, of in places.items()}

    def tellable(keys: Sequence[K]) -> bool:
        inside = [voices[n] for one in keys for n in places[one]]
        return people(inside) >= few and (of_one_mind or not alike(inside))
    return [(keys, [n for one in keys for n in places[one]]) for keys in apart(sizes, tellable)]


def of_delegations(kind: str, settings: Settings, tallies: Mapping[str, Tally]) -> Json:
    """Adds up what delegations are for, each with one voice: {of: how many, first: {row: how many}, lean: {row: {part: how
    many}}}."""
    first: dict[str, int] = {}
    lean: dict[str, dict[str, int]] = {}
    for tally in tallies.values():
        if key := leader(kinds()[kind], settings, tally, tally["ballots"]):
            first[key] = first.get(key, 0) + 1
        for row, part in leanings(kinds()[kind], settings, tally).items():
            lean.setdefault(row, {})[str(part)] = lean.get(row, {}).get(str(part), 0) + 1
    return {"of": len(tallies), "first": first, "lean": lean}
