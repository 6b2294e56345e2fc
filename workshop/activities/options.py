"""Shares the rules of votes that ask for one of a few options on each card, and what votes on named things say of them."""
from collections.abc import Collection

from workshop.domain.errors import Refusal
from workshop.domain.kinds import Hand, Hands, Result, Said
from workshop.domain.ranking import ranked
from workshop.domain.shapes import Ballots, Choices, Json, Settings, Tally
from workshop.domain.voting import counts_differently, one_per
from workshop.words import _, count, spoken
from workshop.words import voting as voting_words


def titles(settings: Settings) -> dict[str, str]:
    """Returns {key: what it is called} of the options, in the reader's language."""
    return {option["key"]: spoken(option["title"]) for option in settings.get("options") or ()}


def counted_all(settings: Settings, tally: Tally, nothing: Json) -> dict[str, Json]:
    """Returns what each thing of a vote on named things was given, also `nothing`; on cards, what was given."""
    items: dict[str, Json] = tally.get("items") or {}
    return dict.fromkeys(titles(settings), nothing) | items


def voters(settings: Settings) -> str:
    """Names what is counted of a thing: people; votes, where some have several; working groups, where these vote."""
    return voting_words.whose(one_per(settings), counts_differently(settings))


def gave(settings: Settings, n: int) -> str:
    """Says how many people, votes or working groups a thing has."""
    return voting_words.gave(one_per(settings), counts_differently(settings), n)


def check(settings: Settings, choices: Choices, cards: Collection[str]) -> Json:
    """Returns the ballot {card id: key of an option}, or Refusal `bad_choice`, `no_such_card`."""
    keys = [option["key"] for option in settings["options"]]
    for card, key in choices.items():
        if key not in keys:
            raise Refusal("bad_choice")
        if card not in cards:
            raise Refusal("no_such_card")
    return dict(choices)


def summarise(ballots: Ballots[str]) -> Json:
    """Returns {items: {card: {counts: {option: people}, seats, delegations}}} of (choices, delegation id) pairs."""
    counts: dict[str, dict[str, int]] = {}
    delegations: dict[str, set[str | None]] = {}
    for choices, delegation in ballots:
        for card, key in choices.items():
            mine = counts.setdefault(card, {})
            mine[key] = mine.get(key, 0) + 1
            delegations.setdefault(card, set()).add(delegation)
    return {"items": {card: {"counts": mine, "seats": sum(mine.values()), "delegations": len(delegations[card] - {None})}
                      for card, mine in counts.items()}}


def hands(settings: Settings) -> Hands:
    """Lists the options: hands are raised for each, on each card."""
    return Hands(tuple(Hand("", option["key"], spoken(option["title"])) for option in settings["options"]))


def of_choice(settings: Settings, key: str) -> str:
    """Returns the option that a seat chose, in words."""
    return titles(settings).get(key, key)


def result(settings: Settings, tally: Tally) -> Result:
    """Ranks by how many chose each option; the more the first outweighs the last, the higher it ranks."""
    keys = [option["key"] for option in settings["options"]]

    def counts(one: Json) -> list[int]:
        return [one["counts"].get(key, 0) for key in keys]
    return ranked(tally["items"], [*titles(settings).values(), _("Delegations they are from")],
                  lambda one: (*counts(one), one["delegations"]), lambda one: counts(one)[0] - counts(one)[-1],
                  "parts", len(keys))


def of_card(settings: Settings, result: Json) -> Said:
    """Returns 'Keep 3 · Adjust 1 · Stop 0 · 2 delegations'; the more the first outweighs the last, the higher it ranks."""
    counts = [(title, result["counts"].get(key, 0)) for key, title in titles(settings).items()]
    said = [f"{title} {n}" for title, n in counts]
    said.append(count("from {n} delegation", "from {n} delegations", result["delegations"]))
    return Said(" · ".join(said), counts[0][1] - counts[-1][1], dict(counts))
