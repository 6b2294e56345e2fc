"""Checks and counts the ballots of a scale. The answer stands under ROOM, for it is about no card."""
from collections import Counter
from collections.abc import Collection
from statistics import fmean, median

from workshop.domain.errors import Refusal
from workshop.domain.shapes import Ballots, Choices, Json, Settings

ROOM = "room"


def check(settings: Settings, choices: Choices, cards: Collection[str]) -> Json:
    """Returns the ballot {ROOM: a whole number of settings `from`..`to`}, {} for no answer, or Refusal `bad_choice`."""
    for key, mark in choices.items():
        whole = isinstance(mark, int) and not isinstance(mark, bool)
        if key != ROOM or not whole or not settings["from"] <= mark <= settings["to"]:
            raise Refusal("bad_choice")
    return dict(choices)


def summarise(ballots: Ballots[int]) -> Json:
    """Returns {n, mean, median, spread, histogram: {mark: people}, delegations} of (choices, delegation id) pairs.

    `spread` is the mean distance from the mean; it, mean and median are null while nobody has answered.
    """
    given = [(choices[ROOM], delegation) for choices, delegation in ballots if ROOM in choices]
    marks = [mark for mark, _delegation in given]
    figures: dict[str, float | None] = {"mean": None, "median": None, "spread": None}
    if marks:
        mean = fmean(marks)
        figures = {"mean": round(mean, 2), "median": median(marks),
                   "spread": round(fmean(abs(mark - mean) for mark in marks), 2)}
    return figures | {"n": len(marks), "histogram": {str(mark): n for mark, n in sorted(Counter(marks).items())},
                      "delegations": len({delegation for _mark, delegation in given} - {None})}
