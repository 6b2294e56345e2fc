"""Checks and counts the ballots of consent: one of the options on a card; `options` go from yes to no.

Of any option but the first a choice may have a reason, `why`, and the `change` that would lift it.
"""
from collections import Counter
from collections.abc import Collection, Sequence
from typing import Any

from workshop.activities import options
from workshop.activities.same_words import clean
from workshop.domain.errors import Refusal
from workshop.domain.shapes import Ballots, Choices, Json, Settings

ROOM = "room"  # under this stands an answer that is about no card
FIRST, MOST = 20, 500  # reasons of a result that travel, and that are kept
LONGEST = 200  # characters of a reason, and of a change
TEXTS = ("why", "change")
Reasons = Counter[tuple[str, str, str]]  # (option, why, change): how many people gave it


def of_room(settings: Settings) -> bool:
    """Tells whether the room is asked one thing."""
    return settings.get("per") == ROOM


def key_of(choice: Any) -> Any:
    """Returns the key of the option that was chosen."""
    return choice.get("is") if isinstance(choice, dict) else choice


def check(settings: Settings, choices: Choices, cards: Collection[str]) -> Json:
    """Returns the ballot {card id: key of an option, or {is: key, why?, change?}}, or Refusal `bad_choice`, `no_such_card`,
    `too_long`."""
    on = {ROOM} if of_room(settings) else cards
    kept = options.check(settings, {card: key_of(choice) for card, choice in choices.items()}, on)
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
    """Returns {items: {card: {counts: {option: people}, seats, delegations, reasons?, more?}}} of (choices, delegation id)
    pairs, or of the room {items: {option: {seats, delegations, reasons?, more?}}}; `reasons`: {option: {why: {change:
    people}}}, those that most gave first, then by the alphabet, '' where there is none, and how many `more`."""
    held = list(ballots)
    if any(ROOM in choices for choices, _of in held):
        return {"items": _of_options(held)}
    counted = options.summarise(({card: key_of(choice) for card, choice in choices.items()}, of) for choices, of in held)
    said: dict[str, Reasons] = {}
    for choices, _of in held:
        for card, choice in choices.items():
            if isinstance(choice, dict):
                said.setdefault(card, Counter())[choice["is"], choice.get("why", ""), choice.get("change", "")] += 1
    for card, of in said.items():
        counted["items"][card] |= _first(of, MOST)
    return counted


def _of_options(held: Sequence[tuple[Choices, str | None]]) -> Json:
    """Counts what a room answered, by option."""
    answers = [(choices[ROOM], of) for choices, of in held if ROOM in choices]
    found = {}
    for key in dict.fromkeys(sorted(key_of(answer) for answer, _of in answers)):
        mine = [(answer, of) for answer, of in answers if key_of(answer) == key]
        said = Counter((key, answer.get("why", ""), answer.get("change", "")) for answer, _of in mine
                       if isinstance(answer, dict))
        found[key] = {"seats": len(mine), "delegations": len({of for _answer, of in mine} - {None})} | _first(said, MOST)
    return found


def _first(said: Reasons, most: int, more: int = 0) -> Json:
    """Returns {reasons?, more?}: the reasons that most gave, and how many others there are."""
    ordered = sorted(said.items(), key=lambda one: (-one[1], one[0]))
    reasons: Json = {}
    for (option, why, change), n in ordered[:most]:
        reasons.setdefault(option, {}).setdefault(why, {})[change] = n
    more += max(0, len(ordered) - most)
    return ({"reasons": reasons} if reasons else {}) | ({"more": more} if more else {})


def shortened(item: Json) -> Json:
    """Returns what came of a card, or of an option of the room, with as many reasons as travel."""
    said = Counter({(option, why, change): n for option, of in item.get("reasons", {}).items()
                    for why, changes in of.items() for change, n in changes.items()})
    return {name: one for name, one in item.items() if name not in ("reasons", "more")} | _first(
        said, FIRST, item.get("more", 0))
