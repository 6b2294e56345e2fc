"""Tells consent in the report: the counts, without a verdict, and the reasons."""
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from workshop.activities import options
from workshop.activities.consent.rules import ROOM, TEXTS, key_of, of_room
from workshop.activities.options import of_card, titles
from workshop.domain.kinds import Hand, Hands, Result
from workshop.domain.ranking import ranked
from workshop.domain.shapes import Json, Settings, Tally
from workshop.words import _

__all__ = ["hands", "of_card", "of_choice", "result"]


def result(settings: Settings, tally: Tally) -> Result:
    """Ranks by how many chose each option, with the reasons that people wrote."""
    if of_room(settings):
        nobody = {"seats": 0, "delegations": 0}
        found = ranked(options.counted_all(settings, tally, nobody),
            [options.voters(settings), _("Delegations they are from")], lambda one: (one["seats"], one["delegations"]),
            lambda one: one["seats"], words=titles(settings))
        return replace(found, notes=lambda _called: reasons(settings, tally["items"], lambda _key: ""))
    return replace(options.result(settings, tally), notes=lambda called: reasons(settings, tally["items"], called))


def reasons(settings: Settings, items: dict[str, Json], called: Callable[[str], str]) -> list[str]:
    """Lists 'Canal · No: Falta agua. It would be lifted by: un canal. (2)' of all reasons."""
    told = titles(settings)
    def about(card: str) -> str:
        return "" if of_room(settings) else f"{called(card) or _('A card that is not shown any more')} · "
    return [f"{about(card)}{told.get(option, option)}{_(': ')}"
            f"{said(why, change)}{f' ({n})' if n > 1 else ''}"
            for card, one in items.items() for option, of in one.get("reasons", {}).items()
            for why, changes in of.items() for change, n in changes.items()]


def said(why: str, change: str) -> str:
    """Returns a reason, and the change that would lift it, as far as there are such."""
    return " → ".join(filter(None, (why, change and _("change: {what}", what=change))))


def of_choice(settings: Settings, choice: Any) -> str:
    """Returns the option that a seat chose, with its reason."""
    option = options.of_choice(settings, key_of(choice))
    texts = [choice.get(name, "") for name in TEXTS] if isinstance(choice, dict) else ["", ""]
    return f"{option}{_(': ')}{said(*texts)}" if any(texts) else option


def hands(settings: Settings) -> Hands:
    """Lists the options: hands are raised for each, of the room or of each card."""
    key = ROOM if of_room(settings) else ""
    return Hands(tuple(Hand(key, hand.value, hand.title) for hand in options.hands(settings).options))
