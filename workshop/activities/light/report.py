"""The traffic light in the report."""
from workshop.activities.options import of_card, of_choice
from workshop.words import N_

__all__ = ["NAME", "of_card", "of_choice", "of_room"]
NAME = N_("Traffic light")


def of_room(settings: dict, tally: dict, titles: dict[str, str]) -> str:
    """'Water: Keep 3 · Adjust 1 · Stop 0 · 2 delegations. Seeds: …'; nothing where it stands on cards."""
    if settings.get("per") != "row":
        return ""
    return " ".join(f"{titles.get(row, row)}: {of_card(settings, result).text}." for row, result in tally["items"].items())
