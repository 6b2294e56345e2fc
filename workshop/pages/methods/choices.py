"""Lists what the form of a method offers to choose from, and where in it each label has its words."""
from workshop.domain.kinds import votes
from workshop.domain.methods.checking import BOARD, SUMMARY, USES
from workshop.domain.methods.choices import TITLED, stands_on, used
from workshop.domain.shapes import Draft, Json
from workshop.pages.methods.texts import FAMILIES, LAYOUTS, SECTIONS, SHOWN
from workshop.words import N_, _, language

TYPES = {"text": N_("words"), "date": N_("a date"), "choice": N_("one of several answers"), "link": N_("a link")}
SCALES = {"day": N_("days"), "month": N_("months"), "year": N_("years")}
REVEALS = {"close": N_("when the vote closes"), "voted": N_("once one has voted"),
           "live": N_("at once, while people vote")}

BUDGETS = {"seat": N_("each person"), "delegation": N_("each delegation together")}
YES_OR_NO = {"": N_("no"), "true": N_("yes")}
PER = {"room": N_("the room as a whole"), "card": N_("each card"), "group": N_("each group, and each card in none"),
       "row": N_("each row of the board")}


def choices(draft: Draft) -> Json:
    """Prepares what the template needs of it."""
    board, layout = draft["board"], draft["board"].get("layout")
    words = {key: next((text for text in (said[language()], *said.values()) if text), _("without words yet"))
             for key, said in draft["labels"].items()}
    opens = [(BOARD, _("the board"))] if layout else []
    opens += [(vote["key"], words[vote["key"]]) for vote in draft["votes"]]
    cells = [(part, board[part]) for part in TITLED if part in USES.get(layout, ())]
    owners = _owners(draft, cells)
    return {
        "words": words, "opens": [*opens, (SUMMARY, _("the summary"))], "cells": cells, "owners": owners,
        "others": [key for key in draft["labels"] if key not in used(draft)],
        "unseen": [key for key in draft["labels"] if key in used(draft) and key not in owners],
        "uses": USES.get(layout, ()), "votes": votes(),
        "columns_or_none": {"": _("no column")} | {key: words[key] for key in board.get("columns", ())},
        "families": _said(FAMILIES), "layouts": {"": _("No board")} | _said(LAYOUTS),
        "kinds": {name: _(kind.title) for name, kind in votes().items()},
        "sections": _said(SECTIONS), "shows": _said(SHOWN), "types": _said(TYPES), "scales": _said(SCALES),
        "reveals": _said(REVEALS), "budgets": _said(BUDGETS), "yes_or_no": _said(YES_OR_NO), "said_all": _said,
        "per": [{one: _(PER[one]) for one in stands_on(vote, board)} for vote in draft["votes"]]}


def _owners(draft: Draft, cells: list[tuple[str, list[str]]]) -> dict[str, str]:
    """Finds {label: where the form has its words}; a label that stands in several places has them in the first."""
    board = draft["board"]
    owners: dict[str, str] = {}
    places = [(key, f"board.{part}.{number}") for part, keys in cells for number, key in enumerate(keys)]
    if board.get("layout") == "plane":
        places += [(key, f"board.axes.{side}") for side, key in board["axes"].items()]
    asked = [("board.fields", board["fields"], "type", ("choice",))] if board.get("layout") else []
    asking = [name for name, kind in votes().items() if kind.options]
    judged = [name for name, kind in votes().items() if kind.criteria]
    marked = [name for name, kind in votes().items() if kind.marks]
    for where, all_, name, with_options in (*asked, ("votes", draft["votes"], "kind", asking)):
        for number, one in enumerate(all_):
            places.append((one["key"], f"{where}.{number}"))
            if one[name] in with_options:
                places += [(key, f"{where}.{number}.options.{at}") for at, key in enumerate(one["options"])]
            if one[name] in judged:
                places += [(key, f"{where}.{number}.criteria.{at}") for at, key in enumerate(one["criteria"])]
            if one[name] in marked:
                places += [(key, f"{where}.{number}.marks.{at}") for at, key in enumerate(one["marks"])]
    for key, where in places:
        owners.setdefault(key, where)
    return owners


def _said(names: dict[str, str]) -> dict[str, str]:
    return {key: _(name) for key, name in names.items()}
