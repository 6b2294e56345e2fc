"""A board as headings and lists: what paper shows, and what is read aloud.  Pure."""
import re
from collections import deque
from collections.abc import Collection, Sequence
from typing import Any

from workshop.domain.shapes import Card, Json, Option, Place, Settings, Spoken

# What each level of a tree of problems becomes when it is read as one of objectives.
TURNED = {"efectos": "fines", "problema": "objetivo", "causas": "medios"}
LONG, CUT = 280, 240  # letters after which a text is shortened, and to how many, as card/card.js has them
DEEP = 8  # levels of cards under cards: deeper ones are too narrow on a phone


def outline(settings: Settings, cards: list[Card], places: dict[str, Place] | None = None, turned: bool = False
            ) -> list[Json]:
    """[{title, key, depth, nodes}] in reading order.

    title is what the settings say (a text or {es, fr, en}), None where cards have no place yet and where a level of
    objectives (its key says which) has no title; depth is 2 or 3; a node is {card, nodes}.  `places`: {card id: {x, y}} of
    a plane.  Every card stands in it exactly once; but `turned` (a tree of problems as one of objectives) leaves out what
    was turned over, and says in `still` the ids of those that were not.
    """
    if turned and turns(settings):
        return _objectives(settings["columns"], cards) + _without_level(cards)
    return LAYOUTS.get(settings.get("layout") or "columns", _list)(settings, cards, places or {})


def _columns(settings: Settings, cards: list[Card], _places: dict[str, Place]) -> list[Json]:
    first = next((column["key"] for column in settings.get("columns") or ()), None)
    return [_section(column["title"], column["key"], 2, [c for c in cards if _at(c, "column", first) == column["key"]])
            for column in settings.get("columns") or [{"key": None, "title": ""}]]


def _matrix(settings: Settings, cards: list[Card], _places: dict[str, Place]) -> list[Json]:
    return _crossed(rows(settings, cards), "row", settings.get("columns") or (), "column", cards)


def _timeline(settings: Settings, cards: list[Card], _places: dict[str, Place]) -> list[Json]:
    dates = sorted({_at(card, "at") for card in cards} - {None})
    days = [{"key": at, "title": "/".join(reversed(at.split("-")))} for at in dates]
    return _crossed(days, "at", settings.get("lanes") or (), "lane", cards)


def rows(settings: Settings, cards: list[Card]) -> list[Json]:
    """The rows of a matrix: those of the settings, then those that the group named, as they came."""
    known = {row["key"]: row for row in settings.get("rows") or ()}
    for card in cards:
        if row := _at(card, "row"):
            known.setdefault(row, {"key": row, "title": row})
    return list(known.values())


def _crossed(rows: Sequence[Option], down: str, columns: Sequence[Option], across: str, cards: list[Card]) -> list[Json]:
    """A heading for each row, under it one for each column that has cards; at the end what has no place."""
    found, columns = [], [*columns, {"key": None, "title": None}]
    for row in [*rows, {"key": None, "title": None}]:
        here = [card for card in cards if _at(card, down) == row["key"]]
        parts = [_section(c["title"], c["key"], 3, [card for card in here if _at(card, across) == c["key"]])
                 for c in columns]
        parts = [part for part in parts if part["nodes"]]
        if len(parts) == 1 and parts[0]["title"] is None:  # one heading says it
            found.append(parts[0] | {"title": row["title"], "key": row["key"], "depth": 2})
        elif parts:
            found += [_section(row["title"], row["key"], 2, []), *parts]
        elif row["key"] is not None:
            found.append(_section(row["title"], row["key"], 2, []))
    return found


def _tree(settings: Settings, cards: list[Card], _places: dict[str, Place]) -> list[Json]:
    """A heading for each level; under it its cards, each with those of its level that hang from it."""
    found = [_section(level["title"], level["key"], 2, [], hanging(_on(cards, level["key"])))
             for level in settings.get("columns") or ()
             if not turns(settings) or level["key"] not in TURNED.values() or _on(cards, level["key"])]
    return found + _without_level(cards)


def _without_level(cards: list[Card]) -> list[Json]:
    rest = _on(cards, None)
    return [_section(None, None, 2, [], hanging(rest))] if rest else []


def turns(settings: Settings) -> bool:
    """Whether a tree of problems can be read as one of objectives."""
    return settings.get("layout") == "tree" and any(level["key"] in TURNED for level in settings.get("columns") or ())


def _objectives(levels: list[Json], cards: list[Card]) -> list[Json]:
    """The levels of the tree of objectives; what nobody has turned over yet stands there as it was written."""
    titles, found = {level["key"]: level["title"] for level in levels}, []
    for key, to in TURNED.items():
        if key in titles:
            done = _on(cards, to)
            turned = {_at(card, "parent") for card in done}
            still = [card for card in _on(cards, key) if card["id"] not in turned]
            found.append(_section(titles.get(to), to, 2, [], hanging([*done, *still])) | {"still": [c["id"] for c in still]})
    return found


def _on(cards: list[Card], level: str | None) -> list[Json]:
    return [card for card in cards if _at(card, "column") == level]


def hanging(cards: list[Card]) -> list[Json]:
    """Nodes by `place.parent`.  A card whose parent is not among them stands at the top; so does one card of a ring; what
    hangs deeper than DEEP stands there in a row."""
    here = {card["id"] for card in cards}
    below: dict[str | None, list[Json]] = {}
    for card in cards:
        parent = _at(card, "parent")
        below.setdefault(parent if parent in here else None, []).append(card)
    found: list[Json] = []
    done: set[str] = set()
    for top in [*below.get(None, []), *cards]:
        waiting = deque([(top, found, 1)])
        while waiting:
            card, among, depth = waiting.popleft()
            if card["id"] not in done:
                done.add(card["id"])
                nodes: list[Json] = []
                among.append({"card": card, "nodes": nodes})
                under, deeper = (nodes, depth + 1) if depth < DEEP else (among, depth)
                waiting.extend((child, under, deeper) for child in below.get(card["id"], ()))
    return found


def grouped(nodes: list[Json], groups: dict[str, Json]) -> list[tuple[Json | None, list[Json]]]:
    """[(group, its nodes)] in the order of `groups` ({id: card}), then (None, those in none)."""
    found: list[tuple[Json | None, list[Json]]] = [
        (group, [node for node in nodes if node["card"].get("group") == key]) for key, group in groups.items()]
    found.append((None, [node for node in nodes if node["card"].get("group") not in groups]))
    return [(group, here) for group, here in found if here]


def beginning(text: str) -> str:
    """The beginning of a long text, to the end of a word, as card/card.js shows it; any other text as it is."""
    return text if len(text) <= LONG else re.sub(r"\s+\S{0,40}$", "", text[:CUT])


def together(votes: list[Json], nodes: list[Json], opened: Collection[str]) -> float:
    """What votes on cards have given all cards of a group, as far as it may be seen, as board/board-groups.js adds it."""
    items = [vote["tally"].get("items", {}) for vote in votes if vote.get("tally")
             and (vote["id"] not in opened or vote["settings"].get("reveal") == "live")]
    given: float = sum(of.get(node["card"]["id"], {}).get("points", 0) for of in items for node in nodes)
    return given


def _plane(_settings: Settings, cards: list[Card], places: Json) -> list[Json]:
    """The placed ones from top to bottom, then the others."""
    placed = sorted((card for card in cards if card["id"] in places), key=lambda card: -places[card["id"]]["y"])
    rest = [card for card in cards if card["id"] not in places]
    return [_section("", "placed", 2, placed)] * bool(placed) + [_section(None, None, 2, rest)] * bool(rest)


def _list(_settings: Settings, cards: list[Card], _places: dict[str, Place]) -> list[Json]:
    return [_section("", None, 2, cards)]


LAYOUTS = {"columns": _columns, "matrix": _matrix, "timeline": _timeline, "tree": _tree, "plane": _plane, "list": _list}


def _section(title: str | Spoken | None, key: str | None, depth: int, cards: list[Card],
             nodes: list[Json] | None = None) -> Json:
    return {"title": title, "key": key, "depth": depth,
            "nodes": [{"card": card, "nodes": []} for card in cards] if nodes is None else nodes}


def _at(card: Card, key: str, otherwise: str | None = None) -> Any:
    return (card.get("place") or {}).get(key) or otherwise
