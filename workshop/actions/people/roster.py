"""Keeps the list of the people who are expected: adds, corrects, removes them; seats them at the door."""
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import select

from workshop.actions.core.context import InWorkshop
from workshop.actions.core.registry import Shape, verb
from workshop.actions.core.telling import Act, Sentence, tells
from workshop.domain.errors import Refusal
from workshop.domain.ids import REENTRY, new_code
from workshop.domain.limits import EXPECTED_AT_ONCE, SEATS_EXPECTED, SEATS_REMOVED
from workshop.domain.people.channels import CHANNELS
from workshop.domain.people.lookalikes import plain, skeleton
from workshop.domain.people.names import typed_name
from workshop.domain.shapes import Json
from workshop.store.models import Delegation, ExpectedPerson, Seat, Workshop
from workshop.store.transaction import Session, recall
from workshop.words import _, count

TOLD = 50  # names of which an answer says that they look alike


class Expected(BaseModel):
    """Describes somebody who is expected."""

    model_config = ConfigDict(extra="forbid", strict=True)
    name: str = Field(max_length=400)
    delegation: str | None = Field(default=None, max_length=40)
    channel: str = Field(default="", max_length=10)


class AddExpected(Shape):
    """Lists people who are expected."""

    workshop: str = Field(max_length=40)
    people: list[Expected] = Field(min_length=1, max_length=EXPECTED_AT_ONCE)


class EditExpected(Shape):
    """Gives somebody who is expected, and what is otherwise: what is not said stays. `seat`: the one that is theirs, None
    for none."""

    workshop: str = Field(max_length=40)
    person: str = Field(max_length=40)
    name: str = Field(default="", max_length=400)
    delegation: str | None = Field(default=None, max_length=40)
    channel: str = Field(default="", max_length=10)
    seat: str | None = Field(default=None, max_length=40)


class RemoveExpected(Shape):
    """Lists people who are not expected any more."""

    workshop: str = Field(max_length=40)
    people: list[str] = Field(min_length=1, max_length=SEATS_REMOVED)


@verb("roster.add", AddExpected)
def add(work: InWorkshop, payload: AddExpected) -> None:
    """Puts people on the list. The answer says how many in `added`, and in `alike` whose names stand there already, or in
    another spelling: [[name, the other]], at most fifty; they are added all the same. Refusals: `name_missing`, `too_long`,
    `no_such_delegation`, `bad_channel`, `too_many_expected`."""
    session, workshop = work.session, work.workshop
    there = session.scalars(select(ExpectedPerson.name).where(ExpectedPerson.workshop_id == workshop.id)).all()
    if len(there) + len(payload.people) > SEATS_EXPECTED:
        raise Refusal("too_many_expected", limit=SEATS_EXPECTED)
    known = set(session.scalars(select(Delegation.id).where(Delegation.workshop_id == workshop.id)))
    new = [_checked(one, known) for one in payload.people]
    codes = _codes(session, len(new))
    first: dict[str, str] = {}
    for name in there:
        first.setdefault(_bones(name), name)
    alike = []
    for said, code in zip(new, codes, strict=True):
        session.add(ExpectedPerson(workshop_id=workshop.id, code=code, created_at=work.now, **said))
        if other := first.get(_bones(said["name"])):
            alike.append([said["name"], other])
        first.setdefault(_bones(said["name"]), said["name"])
    session.flush()
    work.beside |= {"added": len(new), "alike": alike[:TOLD]}
    work.remember(workshop.id, None, {"added": len(new)} | ({"name": new[0]["name"]} if len(new) == 1 else {}), workshop.id)


@tells("roster.add", team="person")
def _added(act: Act) -> Sentence:
    if name := act.after.get("name"):
        return Sentence(team=_("put {name} on the list of expected people.", name=name))
    return Sentence(team=count("put {n} person on the list of expected people.",
                               "put {n} people on the list of expected people.", int(act.after.get("added", 0))))


@verb("roster.edit", EditExpected)
def edit(work: InWorkshop, payload: EditExpected) -> None:
    """Corrects somebody on the list, or says which seat is theirs. Refusals: those of `roster.add`, `not_here`,
    `place_taken` (the seat is somebody else's on the list)."""
    [person] = _people(work, [payload.person])
    said = payload.model_fields_set
    found: Json = {}
    if "name" in said:
        found["name"] = _name(payload.name)
    if "delegation" in said:
        if payload.delegation and getattr(work.session.get(Delegation, payload.delegation), "workshop_id",
                                          None) != work.workshop.id:
            raise Refusal("no_such_delegation")
        found["delegation_id"] = payload.delegation or None
    if "channel" in said:
        found["channel"] = _channel(payload.channel)
    if "seat" in said:
        found["seat_id"] = _seat(work, person, payload.seat)
    before = {field: getattr(person, field) for field, value in found.items() if getattr(person, field) != value}
    if not before:
        return
    old = _called(work, before)
    for field in before:
        setattr(person, field, found[field])
    if "seat_id" in before:
        person.taken_at = work.now if person.seat_id else None
    work.session.flush()
    work.remember(work.workshop.id, {"name": person.name} | old, {"name": person.name} | _called(
        work, {field: found[field] for field in before}), work.workshop.id)


@tells("roster.edit", team="person")
def _edited(act: Act) -> Sentence:
    before, after = act.before, act.after
    if "seat" in after:
        return Sentence(team=_("said that {name} on the list is {other}.", name=after.get("name", "…"), other=after["seat"])
                        if after["seat"] else _("made the place of {name} on the list free.", name=after.get("name", "…")))
    if before.get("name") != after.get("name"):
        return Sentence(team=_("called {name} otherwise: {other}.", name=before.get("name", "…"),
                               other=after.get("name", "…")))
    return Sentence(team=_("corrected {name} on the list of expected people.", name=after.get("name", "…")))


@verb("roster.remove", RemoveExpected)
def remove(work: InWorkshop, payload: RemoveExpected) -> None:
    """Takes people off the list, all of them or none; those who are here stay."""
    people = _people(work, payload.people)
    for person in people:
        work.remember(work.workshop.id, {"name": person.name}, {"removed": True}, work.workshop.id)
        work.session.delete(person)
    work.session.flush()


@tells("roster.remove", team="person")
def _removed(act: Act) -> Sentence:
    return Sentence(team=_("took {name} off the list of expected people.", name=act.before.get("name", "…")))


def claim(session: Session, workshop: Workshop, key: str) -> ExpectedPerson:
    """Finds somebody on the list whose place can be taken at the door, or Refusal `not_on_list`, `place_taken`. A place is
    free again when the seat that took it was removed."""
    person = session.get(ExpectedPerson, key, populate_existing=True)
    if person is None or person.workshop_id != workshop.id:
        raise Refusal("not_on_list")
    held = session.get(Seat, person.seat_id, populate_existing=True) if person.seat_id else None
    if held is not None and held.revoked_at is None:
        raise Refusal("place_taken", name=person.name)
    return person


def recognise(session: Session, workshop: Workshop, person: Json) -> ExpectedPerson | None:
    """Finds the only one on the list with exactly the name that somebody types, in the delegation that they choose if any,
    whose place is free: they need not find themselves first. Where names are no names, nobody."""
    if workshop.privacy != "named" or not recall(session, ("roster", workshop.id), lambda: session.scalar(
            select(ExpectedPerson.id).where(ExpectedPerson.workshop_id == workshop.id).limit(1))):
        return None
    found = session.scalars(select(ExpectedPerson).where(
        ExpectedPerson.workshop_id == workshop.id, ExpectedPerson.seat_id.is_(None),
        ExpectedPerson.name == typed_name(str(person.get("name", ""))))).all()
    chosen = person.get("delegation") or None
    fitting = [one for one in found if chosen is None or one.delegation_id in (None, chosen)]
    return fitting[0] if len(fitting) == 1 else None


def _people(work: InWorkshop, ids: list[str]) -> list[ExpectedPerson]:
    """Finds people on the list, or Refusal `not_here`."""
    asked = dict.fromkeys(ids)
    found = [one for key in asked if (one := work.session.get(ExpectedPerson, key))
             and one.workshop_id == work.workshop.id]
    if len(found) < len(asked):
        raise Refusal("not_here")
    return found


def _checked(one: Expected, delegations: set[str]) -> Json:
    if one.delegation and one.delegation not in delegations:
        raise Refusal("no_such_delegation")
    return {"name": _name(one.name), "delegation_id": one.delegation or None, "channel": _channel(one.channel)}


def _name(typed: str) -> str:
    name = typed_name(typed)
    if not name:
        raise Refusal("name_missing")
    return name


def _channel(said: str) -> str:
    if said and said not in CHANNELS:
        raise Refusal("bad_channel")
    return said


def _seat(work: InWorkshop, person: ExpectedPerson, key: str | None) -> str | None:
    if not key:
        return None
    seat = work.session.get(Seat, key)
    if seat is None or seat.workshop_id != work.workshop.id:
        raise Refusal("not_here")
    other = work.session.scalar(select(ExpectedPerson.name).where(
        ExpectedPerson.seat_id == key, ExpectedPerson.id != person.id))
    if other is not None:
        raise Refusal("place_taken", name=other)
    return key


def _called(work: InWorkshop, values: Json) -> Json:
    """Returns values as the record tells them: delegations and seats by their names."""
    said = dict(values)
    for field, name, table in (("delegation_id", "delegation", Delegation), ("seat_id", "seat", Seat)):
        if field in said:
            key = said.pop(field)
            row = work.session.get(table, key) if key else None
            said[name] = row.name if row else None  # type: ignore[attr-defined]  # either has a name
    return said


def _codes(session: Session, n: int) -> list[str]:
    """Makes codes that no seat and nobody else on a list has."""
    found: set[str] = set()
    while len(found) < n:
        fresh = {new_code(REENTRY) for _one in range(n - len(found))}
        fresh -= set(session.scalars(select(ExpectedPerson.code).where(ExpectedPerson.code.in_(fresh))))
        fresh -= set(session.scalars(select(Seat.reentry_code).where(Seat.reentry_code.in_(fresh))))
        found |= fresh
    return list(found)


def _bones(name: str) -> str:
    return skeleton(name) or plain(name) or name
