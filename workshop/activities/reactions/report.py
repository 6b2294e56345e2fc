"""Tells reactions in the report."""
from workshop.activities.reactions.rules import SIGNS
from workshop.domain.kinds import Result, Said
from workshop.domain.ranking import ranked
from workshop.domain.shapes import Json, Settings, Tally
from workshop.words import N_, _

WORDS = {"like": N_("I like it"), "key": N_("It is important"), "same": N_("Here too"), "unclear": N_("I do not understand"),
         "worry": N_("It worries me")}


def result(settings: Settings, tally: Tally) -> Result:
    """Lists how many put each sign on each card. They rank nothing; what moved most comes first."""
    moved = dict(sorted(tally["items"].items(), key=lambda one: -sum(one[1]["counts"].values())))
    return ranked(moved, [_(WORDS[sign]) for sign in SIGNS], lambda one: [one["counts"].get(sign, 0) for sign in SIGNS],
                  None, "parts", len(SIGNS))


def of_card(settings: Settings, result: Json) -> Said:
    """Returns 'I like it 3 · Here too 1'. They rank nothing."""
    figures = {_(WORDS[sign]): result["counts"][sign] for sign in SIGNS if result["counts"].get(sign)}
    return Said(" · ".join(f"{word} {n}" for word, n in figures.items()), 0, figures)


def of_choice(settings: Settings, signs: list[str]) -> str:
    """Returns the signs of a seat: 'I like it, Here too'."""
    return ", ".join(_(WORDS[sign]) for sign in signs)
