"""Draws people over rooms, places those who come later, and certifies how even the result is.

Anybody can draw again: the same seed with the same question gives the same rooms.
"""
from dataclasses import replace
from fractions import Fraction

from workshop.domain.draws import flow, seating, swaps
from workshop.domain.draws.shapes import BY_OPINION, CATEGORIES, TREES, VERSION, Asked, Drawn, lot, sizes
from workshop.domain.errors import Refusal
from workshop.domain.shapes import Json


def draw(asked: Asked) -> Drawn:
    """Draws everybody. Refusals: `too_few_people`, `rules_clash`."""
    if len(asked.people) < len(asked.rooms):
        raise Refusal("too_few_people", people=len(asked.people), rooms=len(asked.rooms))
    check_rules(asked)
    by = plain(asked)
    rooms = _by_delegation(by) if by.way == "delegation" else _evenly(by)
    return Drawn(rooms, certificate(asked, rooms))


def plain(asked: Asked) -> Asked:
    """Returns the same question as one by delegation (`alike`), or balanced (`mixed`): the opinion group takes the place of
    the delegation, and of those that are mixed the delegation that of the site. Any other is returned as it is."""
    if asked.way not in BY_OPINION:
        return asked
    mixed = asked.way == "mixed"
    return replace(asked, way="balanced" if mixed else "delegation", people=[
        replace(one, delegation=one.opinion, site=one.delegation if mixed else one.site) for one in asked.people])


def place(asked: Asked, standing: dict[str, str]) -> dict[str, str]:
    """Places those of the people who stand nowhere yet, one after the other in the order of the lot, each where the rooms
    are evenest with them; nobody else moves. Returns {person: room} of those who are new."""
    asked = plain(asked)
    table, before = seating.Seating(asked), set(standing)
    for at, unit in enumerate(table.units):
        for key in unit.people:
            if key in standing:
                table.put(at, table.rooms.index(standing[key]))
                break
    order = {room: n for n, room in enumerate(lot(asked.seed, asked.rooms, "late"))}
    new = {unit.people[0]: at for at, unit in enumerate(table.units) if table.where[at] is None}
    for key in lot(asked.seed, new, "people"):
        at = new[key]
        rooms = range(len(table.rooms)) if (pin := table.units[at].room) is None else [pin]
        home = _homes_now(asked, standing, key) if asked.way == "delegation" else set()
        table.put(at, min(rooms, key=lambda room: (
            table.rooms[room] not in home if home else False, table.gain(table.change(at, None), None, room),
            table.gain(table.change(at, None, soft=True), None, room) + swaps.MEETINGS * table.known[at][room],
            order[table.rooms[room]])))
        standing = standing | dict.fromkeys(table.units[at].people, table.rooms[table.where[at] or 0])
    return {key: room for key, room in table.result().items() if key not in before}


def check_rules(asked: Asked) -> None:
    """Refuses with `rules_clash` what no draw can keep."""
    groups = seating.bound(asked)
    of = {key: n for n, group in enumerate(groups) for key in group}
    for group in groups:
        if len({asked.pins[key] for key in group if key in asked.pins}) > 1:
            raise Refusal("rules_clash")
    room_of = {of[key]: room for key, room in asked.pins.items()}
    for apart in asked.apart:
        ones = [of[key] for key in dict.fromkeys(apart)]
        pinned = [room_of[one] for one in ones if one in room_of]
        if len(set(ones)) < len(ones) or len(set(pinned)) < len(pinned) or len(ones) > len(asked.rooms):
            raise Refusal("rules_clash")


def _evenly(asked: Asked) -> dict[str, str]:
    """Draws by a flow, or by lot alone; then by swaps."""
    whole = sizes(len(asked.people), asked.rooms)
    people = asked.people if asked.way == "balanced" else [type(one)(one.id) for one in asked.people]
    first = flow.even(people, whole, asked.seed)
    if asked.way == "random" and not (asked.pins or asked.together or asked.apart):
        return first
    table = seating.Seating(asked)
    number = {key: n for n, key in enumerate(table.rooms)}
    for at, unit in enumerate(table.units):
        table.put(at, number[first[unit.people[0]]] if unit.room is None else unit.room)
    swaps.repair(table, asked.seed)
    if asked.way == "balanced":
        swaps.polish(table, asked.seed)
    return table.result()


def _by_delegation(asked: Asked) -> dict[str, str]:
    """Draws so that a delegation is together: in rooms of its own, as many as it needs, where there are enough; else whole
    delegations share rooms, the largest first into the emptiest. Who belongs to none fills up."""
    homes = _homes(asked)
    by_id = {one.id: one for one in asked.people}
    drawn: dict[str, str] = {}
    over = dict.fromkeys(asked.rooms, 0)
    clash = {key: {other for group in asked.apart if key in group for other in group} for key in by_id}

    def seat(group: list[str], rooms: list[str]) -> None:
        """Puts a group into the emptiest of the rooms in which nobody is from whom it is to be apart, or of all."""
        away = {drawn[other] for key in group for other in clash[key] if other in drawn}
        free = [room for room in rooms if room not in away] or [room for room in asked.rooms if room not in away] or rooms
        room = min(free, key=lambda one: (over[one], list(asked.rooms).index(one)))
        drawn.update(dict.fromkeys(group, room))
        over[room] += len(group)

    groups = {group[0]: group for group in seating.bound(asked)}
    for group in groups.values():
        if pins := [asked.pins[key] for key in group if key in asked.pins]:
            seat(group, pins[:1])
    rest = [groups[key] for key in lot(asked.seed, groups, "people") if key not in drawn]
    rest.sort(key=lambda group: (by_id[group[0]].delegation is None, -len(group)))
    single = {name: rooms for name, rooms in homes.items() if len(rooms) > 1}
    for name, rooms in single.items():  # within several rooms of its own it is even in everything else
        own = [by_id[key] for group in rest if len(group) == 1 for key in group if by_id[key].delegation == name
               and not clash[key]]
        if len(own) >= len(rooms):
            part = replace(asked, people=own, rooms=dict.fromkeys(rooms), way="balanced", pins={}, together=[], apart=[])
            for key, room in _evenly(part).items():
                drawn[key] = room
                over[room] += 1
    for group in rest:
        if group[0] not in drawn:
            seat(group, homes.get(by_id[group[0]].delegation) or list(asked.rooms))
    return drawn


def _homes(asked: Asked) -> dict[str | None, list[str]]:
    """Returns the rooms of each delegation."""
    many: dict[str | None, int] = {}
    for one in asked.people:
        if one.delegation is not None:
            many[one.delegation] = many.get(one.delegation, 0) + 1
    rooms = lot(asked.seed, asked.rooms, "rooms")
    names = sorted(many, key=lambda name: (-many[name], name or ""))
    homes: dict[str | None, list[str]] = {}
    if len(names) > len(rooms):
        inside = dict.fromkeys(rooms, 0)
        for name in names:
            room = min(rooms, key=lambda one: inside[one])
            homes[name] = [room]
            inside[room] += many[name]
        return homes
    share = dict.fromkeys(names, 1)
    for _ in range(len(rooms) - len(names) if names else 0):
        share[max(names, key=lambda name: (Fraction(many[name], share[name]), name or ""))] += 1
    for name in names:
        homes[name], rooms = rooms[:share[name]], rooms[share[name]:]
    return homes


def _homes_now(asked: Asked, standing: dict[str, str], key: str) -> set[str]:
    """Returns the rooms in which there are people of somebody's delegation."""
    of = {one.id: one.delegation for one in asked.people}
    return {room for one, room in standing.items() if of.get(key) is not None and of.get(one) == of[key]}


def certificate(asked: Asked, rooms: dict[str, str]) -> Json:
    """Tells how even a draw is: of each tree and category what is farthest from its share, of categories the people of each
    value in each room; the rules that are broken; how often people meet again."""
    whole = sizes(len(asked.people), asked.rooms)
    inside = {room: [one for one in asked.people if rooms[one.id] == room] for room in asked.rooms}
    total = max(1, len(asked.people))

    def measure(fields: tuple[str, ...]) -> tuple[Fraction, list[str], str, bool, dict[tuple[str | None, ...], list[int]]]:
        counts: dict[tuple[str | None, ...], list[int]] = {}
        for at, people in enumerate(inside.values()):
            for one in people:
                name = tuple(one.value(field) for field in fields)
                counts.setdefault(name, [0] * len(asked.rooms))[at] += 1
        worst, where, there, within = Fraction(-1), [""], "", True
        for name, found in sorted(counts.items(), key=lambda item: [part or "" for part in item[0]]):
            for n, (room, part) in zip(found, whole.items(), strict=True):
                share = sum(found) * part / total
                within = within and share.numerator // share.denominator <= n <= -(-share.numerator // share.denominator)
                if abs(n - share) > worst:
                    worst, where, there = abs(n - share), [one or "" for one in name], room
        return max(worst, Fraction(0)), where, there, within, counts

    trees = {}
    for tree, fields in TREES.items():
        levels = [measure(fields[:depth]) for depth in range(len(fields) + 1)]
        worst, where, there, *_ = max(levels, key=lambda level: level[0])
        trees[tree] = {"worst": str(worst), "decimal": round(float(worst), 4), "node": where, "room": there,
                       "within": all(level[3] for level in levels)}
    categories = {}
    for category in CATEGORIES:
        worst, where, there, _, counts = measure((category,))
        categories[category] = {"worst": str(worst), "decimal": round(float(worst), 4), "value": where[0], "room": there,
                                "counts": {name[0] or "": found for name, found in sorted(
                                    counts.items(), key=lambda item: item[0][0] or "")}}
    again = [times for (one, other), times in asked.met.items() if rooms.get(one) is not None
             and rooms.get(one) == rooms.get(other)]
    return {"procedure": f"{asked.way} {VERSION}", "seed": asked.seed, "input": asked.fingerprint(),
            "people": len(asked.people), "sizes": {room: len(people) for room, people in inside.items()},
            "shares": {room: str(share) for room, share in whole.items()},
            "trees": trees, "categories": categories, "broken": broken(asked, rooms),
            "again": {"pairs": len(again), "times": sum(again)}}


def broken(asked: Asked, rooms: dict[str, str]) -> Json:
    """Lists what of the rules is not kept: pins, lists of people who are not together or not apart, rooms that are fuller
    than they hold."""
    inside = list(rooms.values())
    return {"pins": sorted(key for key, room in asked.pins.items() if rooms.get(key) != room),
            "together": [group for group in asked.together if len({rooms.get(key) for key in group}) > 1],
            "apart": [group for group in asked.apart if len({rooms.get(key) for key in group}) < len(set(group))],
            "full": [room for room, most in asked.rooms.items() if most is not None and inside.count(room) > most]}
