"""A choice in the report."""
from workshop.domain.kinds import Said
from workshop.words import N_, _, count, spoken

NAME = N_("Choice")


def of_card(settings: dict, result: dict) -> Said:
    """'chosen by 4 people · 2 delegations'."""
    said = (count("chosen by {n} person", "chosen by {n} people", result["seats"]),
            count("{n} delegation", "{n} delegations", result["delegations"]))
    return Said(" · ".join(said), result["seats"], {_("Chosen by"): result["seats"]})


def of_room(settings: dict, tally: dict, titles: dict[str, str]) -> str:
    """'At the fair 5 · At the school 3'; nothing where cards were chosen."""
    return " · ".join(f"{spoken(option['title'])} {tally['items'].get(option['key'], {'seats': 0})['seats']}"
                      for option in settings["options"])


def of_choice(settings: dict, one: int) -> str:
    """That a seat chose the card."""
    return _("you have chosen")
