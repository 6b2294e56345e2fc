"""Sums up who was heard: the time of turns by delegation, by channel and, where people are asked, by what they declare.

What people say of themselves leaves the store in such sums only, for those who lead and may see it of each person.
"""
from collections import Counter
from typing import Any

from sqlalchemy import func, select

from workshop.domain.people.channels import HALL
from workshop.domain.people.declared import GENDERS
from workshop.domain.shapes import Json
from workshop.domain.speaking.order import TURN
from workshop.store.counts.breakdown import ANONYMOUS, FEW, apart
from workshop.store.models import Activity, Contribution, Room, Seat, Workshop
from workshop.store.transaction import Session
from workshop.store.visibility.plenary_views import seconds, speeches


def of(session: Session, workshop: Workshop, leads: bool) -> Json:
    """Returns {spoken: {delegations: {id: seconds}, hall, remote: seconds}} of the turns that are over, and for those who
    lead genders: [[key, people, cards, seconds]], where that is asked and says nothing of few; key "": all others."""
    turns = [(one, seconds(one)) for one in speeches(session, workshop.id) if one.ended_at and one.kind == TURN]
    by: Counter[str] = Counter()
    for one, took in turns:
        by[one.delegation_id or ""] += took
    near = sum(took for one, took in turns if one.channel in HALL)
    told: Json = {"spoken": {"delegations": {key: n for key, n in by.items() if key}, "hall": near,
                             "remote": sum(by.values()) - near}}
    if leads and "gender" in workshop.asks and workshop.privacy != ANONYMOUS:
        told["genders"] = _genders(session, workshop.id, [(one.seat_id, took) for one, took in turns])
    return told


def _genders(session: Session, workshop_id: str, turns: list[tuple[str, int]]) -> list[Any]:
    declared: dict[str, str] = {key: (said or {}).get("gender", "") for key, said in session.execute(
        select(Seat.id, Seat.declared).where(Seat.workshop_id == workshop_id, Seat.revoked_at.is_(None)))}
    people = Counter(declared.values())
    cards: Counter[str] = Counter()
    for seat, n in session.execute(
            select(Contribution.seat_id, func.count()).join(Activity, Activity.id == Contribution.activity_id)
            .join(Room, Room.id == Activity.room_id).where(
                Room.workshop_id == workshop_id, Room.kind == "group", Room.archived_at.is_(None),
                Contribution.kind == "idea", Contribution.stream_id == Room.stream_id, Contribution.hidden_at.is_(None),
                Contribution.withdrawn_at.is_(None), Contribution.merged_into.is_(None), Contribution.copy_of.is_(None))
            .group_by(Contribution.seat_id)):
        if seat in declared:
            cards[declared[seat]] += n
    time: Counter[str] = Counter()
    for seat, took in turns:
        if seat in declared:
            time[declared[seat]] += took
    lots = apart(people, lambda keys: sum(people[key] for key in keys) >= FEW)
    told = [[lot[0] if len(lot) == 1 else "", *(sum(found[key] for key in lot) for found in (people, cards, time))]
            for lot in lots]
    return sorted(told, key=lambda row: [*GENDERS, ""].index(row[0]))
