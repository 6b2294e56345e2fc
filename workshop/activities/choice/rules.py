"""Checks and counts the ballots of a choice. What somebody answers in own words stands under OWN."""
from collections.abc import Collection
from typing import Any

from workshop.activities.same_words import clean, plain, together
from workshop.domain.errors import Refusal
from workshop.domain.shapes import Ballots, Choices, Json, Settings

OWN = "+"
LONGEST = 80  # characters of an answer in own words


def most(settings: Settings) -> int:
    """Returns how many answers a person may choose."""
    return int(settings.get("most") or 1)


def check(settings: Settings, choices: Choices, cards: Collection[str]) -> Json:
    """Returns the ballot {key of an option, or card id: 1, OWN: text}, {} for none, or Refusal `bad_choice`, `no_such_card`,
    `over_choices`, `too_long`, `same_option`."""
    options = {option["key"]: option["title"] for option in settings["options"]}
    said = {key: one for key, one in choices.items() if key != OWN}
    if any(type(one) is not int or one != 1 for one in said.values()):
        raise Refusal("bad_choice")
    if len(choices) > most(settings):
        raise Refusal("over_choices", limit=most(settings), asked=len(choices))
    if not said.keys() <= set(options or cards):
        raise Refusal("bad_choice" if options else "no_such_card")
    if OWN not in choices:
        return said
    if not (options and settings.get("own")):
        raise Refusal("bad_choice")
    text = clean(choices[OWN], LONGEST)
    named = [one for title in options.values() for one in (title.values() if isinstance(title, dict) else (title,))]
    if plain(text) in {plain(one) for one in named}:
        raise Refusal("same_option")
    return said | {OWN: text}


def summarise(ballots: Ballots[Any]) -> Json:
    """Returns {items: {option or card: {seats, delegations}}, others?: {own words: the same}} of (choices, delegation id)
    pairs."""
    chosen: dict[str, list[str | None]] = {}
    own: list[tuple[str, str | None]] = []
    for choices, delegation in ballots:
        for key, one in choices.items():
            if key == OWN:
                own.append((one, delegation))
            else:
                chosen.setdefault(key, []).append(delegation)
    items = {key: {"seats": len(of), "delegations": len(set(of) - {None})} for key, of in chosen.items()}
    return {"items": items} | ({"others": together(own)} if own else {})
