"""A board as tables for a wall: columns beside each other, rows of a matrix, moments of a timeline.  Pure."""
from typing import Any

from workshop.activities.ideas.outline import rows
from workshop.domain.shapes import Card, Json, Option, Settings, Spoken

MOST = {"columns": 4, "matrix": 3, "timeline": 3}  # columns that are read from the last row; of more, further tables
NAMES = {"columns": ("column", ""), "matrix": ("column", "row"), "timeline": ("lane", "at")}


def tables(settings: Settings, cards: list[Card]) -> list[Json]:
    """[{heads: [title], rows: [{title, cells: [[card]]}]}]: every card stands once; title None is for those without a place,
    "" where there are no rows.  [] for what is no table: other layouts, and a single column."""
    layout = settings.get("layout") or "columns"
    across, down = NAMES.get(layout, ("", ""))
    heads: list[Json] = list(settings.get("lanes" if across == "lane" else "columns") or ()) if across else []
    if len(heads) < 2:
        return []
    known = {head["key"] for head in heads}
    first = heads[0]["key"] if layout == "columns" else None
    lost = [card for card in cards if (_at(card, across) or first) not in known]
    if lost:
        heads = [*heads, {"key": None, "title": None}]
    lines = _lines(settings, cards, down)
    size = -(-len(heads) // -(-len(heads) // MOST[layout]))  # all tables as wide
    found = []
    for some in (heads[n:n + size] for n in range(0, len(heads), size)):
        cells = [(title, [[card for card in cards if (not down or _at(card, down) == key)
                           and ((card in lost) if head["key"] is None else (_at(card, across) or first) == head["key"])]
                          for head in some]) for key, title in lines]
        found.append({"heads": [head["title"] for head in some],
                      "rows": [{"title": title, "cells": row} for title, row in cells if any(row) or title]})
    return found


def _lines(settings: Settings, cards: list[Card], down: str) -> list[tuple[str | None, str | Spoken | None]]:
    if not down:
        return [(None, "")]
    found: list[Option] | list[Json]
    if down == "at":
        dates = sorted({_at(card, "at") for card in cards} - {None})
        found = [{"key": at, "title": "/".join(reversed(at.split("-")))} for at in dates]
    else:
        found = rows(settings, cards)
    return [*((one["key"], one["title"]) for one in found), (None, None)]


def _at(card: Card, key: str) -> Any:
    return (card.get("place") or {}).get(key) or None
