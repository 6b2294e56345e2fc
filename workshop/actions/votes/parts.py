"""Makes the result of a vote by delegation, channel and axis, and who could vote; keeps it when the vote is over, so that
what changes later (a delegation's name, somebody's place) changes nothing of it.
"""
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlalchemy import select

from workshop.actions.votes import counted
from workshop.domain.kinds import kinds
from workshop.domain.opinions import consensus
from workshop.domain.people.channels import CHANNELS
from workshop.domain.shapes import Json, Tally
from workshop.store.counts import breakdown, turnout
from workshop.store.models import Activity, Axis, Delegation, Room, RoomSeat, Workshop
from workshop.store.secrecy.ballots import is_over
from workshop.store.transaction import Session
from workshop.store.votes import opinion_groups, who_gave

BRIDGES = 5  # statements that are told of
Lots = list[tuple[list[str], list[int]]]


def keep(session: Session, vote: Activity) -> None:
    """Writes it down in `vote.parts`; the names of delegations stay as they were when it was written first. Of a secret vote
    that is over there is nothing more to be made."""
    if is_over(vote):
        return
    before = vote.parts or {}
    vote.parts = of(session, vote, before.get("names"))


def of(session: Session, vote: Activity, names: Mapping[str, Json] | None = None) -> Json:
    """Returns {turnout: {voted, could, people?}, by: {delegation, channel, axis: [{keys, voted, could, tally, first?}]},
    delegations: {of, first, lean, small, bridges?}, names: {delegation: {name, label, weave}}, axes: {axis: title}, alike?:
    what is told of groups (telling.told), table?: who gave what (store/votes/who_gave.py)}; of a lot in which several were
    put together there is no `first`. Where working groups vote they are counted, beside the `people` who could take part,
    and nothing is told by delegation, channel or axis."""
    room = session.get_one(Room, vote.room_id)
    workshop = session.get_one(Workshop, room.workshop_id)
    known = turnout.of_votes(session, [vote])[vote.id]
    found = [_as_it_was(one, known.could) for one in counted.ballots(session, vote)]
    if known.groups:
        table = _table(session, workshop, vote, found, {})
        return {"turnout": {"voted": known.groups[0], "could": known.groups[1], "people": known.people}, "by": {},
                "delegations": {"of": 0, "first": {}, "lean": {}, "small": 0}, "names": {}, "axes": {}} | table
    n = breakdown.people(found)
    few, of_one_mind = (breakdown.least(vote.settings, workshop.privacy),
                        not breakdown.strict(vote.settings, workshop.privacy))
    facts = list(known.could.values())
    axis_of = _axes(session, room, known)
    by: dict[str, Lots] = {
        "delegation": breakdown.lots_of(found, lambda one: one.delegation or "", Counter(
            delegation or "" for delegation, _channel in facts), few, of_one_mind),
        "channel": breakdown.lots_of(found, lambda one: one.channel, Counter(
            channel for _delegation, channel in facts), few, of_one_mind),
        "axis": breakdown.lots_of(found, lambda one: axis_of.get(one.seat or "", ""), Counter(
            axis_of.get(seat, "") for seat in known.could), few, of_one_mind) if axis_of else []}
    _widen(by, found, few)
    could = {"delegation": Counter(delegation or "" for delegation, _channel in facts),
             "channel": Counter(channel for _delegation, channel in facts),
             "axis": Counter(axis_of.get(seat, "") for seat in known.could)}
    rows = session.scalars(select(Delegation).where(Delegation.workshop_id == workshop.id).order_by(
        Delegation.position)).all()
    order = {"delegation": [row.id for row in rows], "channel": list(CHANNELS), "axis": sorted(set(axis_of.values()))}
    told = {name: [_lot(vote, [found[i] for i in inside], keys, sum(could[name][key] for key in keys))
                   for keys, inside in sorted(lots, key=lambda lot: (len(lot[0]) > 1, _place(order[name], lot[0][0])))]
            for name, lots in by.items() if lots}
    called: dict[str, Json] = {row.id: {"name": row.name, "label": row.label, "weave": row.weave} for row in rows}
    return {"turnout": {"voted": n, "could": max(n, known.people)}, "by": told,
            "delegations": _delegations(vote, found, by["delegation"], few, of_one_mind),
            "names": called | dict(names or {}), **opinion_groups.told(session, vote),
            "axes": dict(session.execute(select(Axis.id, Axis.title).where(Axis.workshop_id == workshop.id)).all())
            if axis_of else {}} | _table(session, workshop, vote, found, called | dict(names or {}))


def _table(session: Session, workshop: Workshop, vote: Activity, found: Sequence[counted.Counted],
           names: Mapping[str, Json]) -> Json:
    """Returns {table} of who gave what; {} where nobody is to read it."""
    made = who_gave.table(session, vote, ((one.room or one.delegation, one.choices) for one in found), names) \
        if workshop.privacy != "anonymous" else None
    return {"table": made} if made else {}


def _as_it_was(one: counted.Counted, could: Mapping[str, tuple[str | None, str]]) -> counted.Counted:
    """Returns the ballot with delegation and channel as they were while the vote was held."""
    if one.seat is None or one.seat not in could:
        return one
    delegation, channel = could[one.seat]
    return replace(one, delegation=delegation, channel=channel)


def _axes(session: Session, room: Room, known: turnout.Turnout) -> dict[str, str]:
    """Finds {seat: axis of the room in which it is}, of a vote of the plenary."""
    if room.kind == "group":
        return {}
    rows = session.execute(select(RoomSeat.seat_id, Room.axis_id).join(Room, Room.id == RoomSeat.room_id).where(
        RoomSeat.seat_id.in_(known.could), RoomSeat.left_at.is_(None)))
    return {seat: axis for seat, axis in rows if axis}


def _place(order: Sequence[str], key: str) -> int:
    """Returns where a lot of one stands among the others; the nameless last."""
    return order.index(key) if key in order else len(order)


def _widen(by: dict[str, Lots], found: Sequence[counted.Counted], few: int) -> None:
    """Drops what beside an earlier way of telling apart would tell of few."""
    everybody = frozenset(range(len(found)))

    def size(places: frozenset[int]) -> int:
        return breakdown.people(found[n] for n in places)
    shown: list[frozenset[int]] = []
    for name, lots in by.items():
        mine = [frozenset(places) for _keys, places in lots]
        if breakdown.narrow(shown, mine, everybody, size, few):
            by[name] = []
        else:
            shown += mine


def _lot(vote: Activity, inside: Sequence[counted.Counted], keys: list[str], could: int) -> Json:
    kind, n = kinds()[vote.kind], breakdown.people(inside)
    tally = breakdown.tally_of(kind, inside)
    lot: Json = {"keys": keys, "voted": n, "could": max(n, could), "tally": tally}
    first = breakdown.leader(kind, vote.settings, tally, n) if len(keys) == 1 else None
    return lot | ({"first": first} if first else {})


def _delegations(vote: Activity, found: Sequence[counted.Counted], lots: Lots, few: int, of_one_mind: bool) -> Json:
    """Adds up what the delegations are for that are told apart; where each is too small for that, and who is who is no
    secret, all of them, without saying which is for what, and not where they are all for the same."""
    kind = kinds()[vote.kind]
    inside: dict[str, list[counted.Counted]] = {}
    for one in found:
        if one.delegation:
            inside.setdefault(one.delegation, []).append(one)
    single = [keys[0] for keys, _places in lots if len(keys) == 1 and keys[0] in inside]
    if single:
        tallies = {key: breakdown.tally_of(kind, inside[key]) for key in single}
        told = breakdown.of_delegations(vote.kind, vote.settings, tallies)
        return told | {"small": len(inside) - len(single)} | _bridges(vote, tallies)
    if not of_one_mind or len(inside) < 2 or breakdown.people(one for of in inside.values() for one in of) < few:
        return {"of": 0, "first": {}, "lean": {}, "small": len(inside)}
    tallies = {key: breakdown.tally_of(kind, of) for key, of in inside.items()}
    told = breakdown.of_delegations(vote.kind, vote.settings, tallies)
    if told["of"] in told["first"].values():
        told["first"] = {}
    told["lean"] = {row: parts for row, parts in told["lean"].items() if told["of"] not in parts.values()}
    if not told["first"] and not told["lean"]:
        return {"of": 0, "first": {}, "lean": {}, "small": len(inside)}
    return told | {"small": 0} | _bridges(vote, tallies)


def _bridges(vote: Activity, tallies: Mapping[str, Tally]) -> Json:
    """Returns {bridges: [what most agree with in more than half of the delegations]}, by the group-informed consensus; {}
    where ballots do not say that."""
    if not kinds()[vote.kind].alike or len(tallies) < 2:
        return {}
    rows = {row for tally in tallies.values() for row in tally["items"]}
    counts = {row: [tuple(tally["items"].get(row, {}).get(name, 0) for name in ("agree", "disagree", "pass"))
                    for tally in tallies.values()] for row in rows}
    return {"bridges": consensus.bridging(counts)[:BRIDGES]}
