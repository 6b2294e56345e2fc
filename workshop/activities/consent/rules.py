"""Checks and counts the ballots of consent: one of the options on a card; `options` go from yes to no.

Of any option but the first a choice may have a reason, `why`, and the `change` that would lift it.
"""
from collections.abc import Collection
from typing import Any

from workshop.activities import options
from workshop.activities.same_words import clean
from workshop.domain.errors import Refusal
from workshop.domain.shapes import Ballots, Choices, Json, Settings

LONGEST = 200  # characters of a reason, and of a change
TEXTS = ("why", "change")


def key_of(choice: Any) -> Any:
    """Returns the key of the option that was chosen."""
    return choice.get("is") if isinstance(choice, dict) else choice


def check(settings: Settings, choices: Choices, cards: Collection[str]) -> Json:
    """Returns the ballot {card id: key of an option, or {is: key, why?, change?}}, or Refusal `bad_choice`, `no_such_card`,
    `too_long`."""
    kept = options.check(settings, {card: key_of(choice) for card, choice in choices.items()}, cards)
    first = settings["options"][0]["key"]
    for card, choice in choices.items():
        if isinstance(choice, dict):
            if choice.keys() - {"is", *TEXTS} or (kept[card] == first and len(choice) > 1):
                raise Refusal("bad_choice")
            said = {name: clean(choice[name], LONGEST) for name in TEXTS if name in choice}
            kept[card] = {"is": kept[card]} | said if said else kept[card]
    return kept


def typed(option: str, said: list[str]) -> Json | str:
    """Returns the choice of a form without script."""
    texts = {name: text for name, text in zip(TEXTS, said, strict=False) if text}
    return {"is": option} | texts if texts else option


def summarise(ballots: Ballots[Any]) -> Json:
    """Returns {items: {card: {counts: {option: people}, seats, delegations, reasons?}}} of (choices, delegation id) pairs;
    `reasons`: {option: {why: {change: people}}}, in the order of the alphabet, '' where there is none."""
    held = list(ballots)
    counted = options.summarise(({card: key_of(choice) for card, choice in choices.items()}, of) for choices, of in held)
    said = sorted((card, choice["is"], choice.get("why", ""), choice.get("change", ""))
                  for choices, _of in held for card, choice in choices.items() if isinstance(choice, dict))
    for card, option, why, change in said:
        changes = counted["items"][card].setdefault("reasons", {}).setdefault(option, {}).setdefault(why, {})
        changes[change] = changes.get(change, 0) + 1
    return counted
