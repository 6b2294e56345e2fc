"""Counts by instant run-off: the lowest leaves, its ballots pass on, until one has more than half of those in play."""
from dataclasses import dataclass
from fractions import Fraction

from workshop.domain.elections.papers import Papers
from workshop.domain.elections.stages import Table
from workshop.domain.elections.ties import Tie, Ties


@dataclass(frozen=True)
class Round:
    """Tells of a round: the votes of those left, their sum, the votes that have nobody left, and who goes `out`."""

    tally: dict[str, Fraction]
    in_play: Fraction
    exhausted: Fraction
    out: str | None = None
    tie: Tie | None = None


@dataclass(frozen=True)
class Runoff:
    """Tells of a run-off: who won, None where no vote was in play, and its rounds."""

    winner: str | None
    rounds: tuple[Round, ...]

    def share(self, value: Fraction) -> Fraction | None:
        """Returns the winner's part of all votes, those of exhausted ballots among them; None where nobody won."""
        return self.rounds[-1].tally[self.winner] / value if self.winner is not None else None


def instant_runoff(of: Papers, ties: Ties) -> Runoff:
    """Counts for one place. Raises StandsEqual."""
    table, left, rounds = Table(of), list(of.options), list[Round]()
    while True:
        tally = {option: table.votes(option) for option in left}
        in_play = sum(tally.values(), Fraction())
        winner = next((option for option in left if 2 * tally[option] > in_play), None)
        if winner is not None or not in_play:
            return Runoff(winner, (*rounds, Round(tally, in_play, table.exhausted)))
        fewest = min(tally.values())
        lowest, tie = ties.broken((one for one in left if tally[one] == fewest), [one.tally for one in rounds],
                                  matters=fewest > 0)
        rounds.append(Round(tally, in_play, table.exhausted, lowest, tie))
        left.remove(lowest)
        table.give(lowest, left)
