"""Passes papers from option to option, stage by stage: what the instant run-off and the transferable vote share."""
from collections.abc import Collection
from fractions import Fraction

from workshop.domain.elections.papers import Papers, Ranking, StandsEqual

Pile = list[tuple[int, Ranking]]  # papers with their values in units


class Table:
    """Holds which option each paper lies with. A paper counts its value times the share that its pile has kept."""

    def __init__(self, of: Papers) -> None:
        self.options, self.unit = of.options, of.unit
        self.piles: dict[str, list[tuple[Fraction, Pile]]] = {option: [] for option in of.options}
        self.exhausted = Fraction()
        self._pass(Fraction(1), list(of.papers), frozenset(of.options))

    def votes(self, option: str) -> Fraction:
        """Returns the votes that lie with an option."""
        return sum((share * sum(value for value, _ranking in pile) for share, pile in self.piles[option]),
                   Fraction()) * self.unit

    def give(self, option: str, among: Collection[str], factor: Fraction = Fraction(1)) -> None:
        """Passes every paper of an option on to the next `among` these, at `factor` of what it counts. Raises StandsEqual.
        """
        piles, self.piles[option] = self.piles[option], []
        for share, pile in piles:
            self._pass(share * factor, pile, frozenset(among))

    def _pass(self, share: Fraction, pile: Pile, among: frozenset[str]) -> None:
        onto: dict[str, Pile] = {}
        for value, ranking in pile:
            for rank in ranking:
                if among.isdisjoint(rank):
                    continue
                if len(rank) > 1 and sum(option in among for option in rank) > 1:
                    raise StandsEqual
                onto.setdefault(next(option for option in rank if option in among), []).append((value, ranking))
                break
            else:
                self.exhausted += share * value * self.unit
        for option, passed in onto.items():
            self.piles[option].append((share, passed))
