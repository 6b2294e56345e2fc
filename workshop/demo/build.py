"""Builds the founding meeting with sample content, through the same doors and verbs that people use."""
import json
import random
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from workshop.actions.people import sessions
from workshop.actions.performer import Performer
from workshop.actions.rooms import workshops
from workshop.demo.programme import DAYS
from workshop.domain.programme import at_clock
from workshop.domain.roles import OBSERVER, OWNER, RAPPORTEUR
from workshop.domain.shapes import Json
from workshop.domain.steps import DEFAULT
from workshop.store.models import Account, Activity, Axis, Block, Delegation, Membership, Room, Site, Workshop
from workshop.store.session import Store
from workshop.store.transaction import Session

FACTS = json.loads((Path(__file__).parent / "andean-meeting.json").read_text())
SAMPLE = json.loads((Path(__file__).parent / "sample.json").read_text())
TITLE = "Segundo encuentro andino Perú-Bolivia (datos de ejemplo)"
ZONES = ("America/Lima", "America/La_Paz")
SITES = ("Sede 1 (ejemplo)", "Sede 2 (ejemplo)")  # where people met in person is not known
MINUTES = {"ideas": 45, "vote": 40, "summary": 50}  # of the steps after a start
AXES = ("La Covid-19 y el programa", "Desafíos de la cooperación en los Andes", "Lecciones y perspectivas")
STAFF = [("elena@demo.invalid", "Elena Vargas", "owner"), ("marco@demo.invalid", "Marco Ccori", "facilitator"),
         ("rita@demo.invalid", "Rita Poma", "rapporteur 1"), ("saul@demo.invalid", "Saúl Alanoca", "rapporteur 2"),
         ("ines@demo.invalid", "Inés Bravo", "rapporteur 3"), ("olga@demo.invalid", "Olga Prado", "observer")]


@dataclass
class Hand:
    """Simulates one device that writes: its cookie and its outbox."""

    performer: Performer
    secret: str
    client: str
    n: int = 0

    def do(self, verb: str, payload: Json, seat: str | None = None) -> Json:
        """Carries out a command; a demo that is refused is a defect."""
        self.n += 1
        answer = self.performer.perform(self.secret, {"client": self.client, "n": self.n, "verb": verb, "seat": seat,
                                                      "payload": payload})
        if not answer.get("ok") and "tray" not in answer:
            raise RuntimeError(f"{verb}: {answer}")
        return answer


def find(session: Session) -> Workshop | None:
    """Finds the demo's workshop if it has been built in this store."""
    return session.scalar(select(Workshop).where(Workshop.title == TITLE))


def build(store: Store, performer: Performer, clock: Callable[[], datetime], password_hash: str) -> str:
    """Builds the meeting with accounts, programme, people, ideas, votes and a summary; returns the workshop's id. All
    accounts get the password whose hash this is."""
    # Seeded: the same people write the same cards in every demo.  Nothing here is a secret.
    chance = random.Random(2021)  # noqa: S311
    with store.write() as session:
        now = clock()
        workshop = _found(session, now)
        owner = _staff(session, now, workshop, password_hash)
        secret = sessions.sign_in(session, now, None, owner)
        workshop_id = workshop.id
    lead = Hand(performer, secret, secrets.token_urlsafe(16))
    axes = _axes(store, workshop_id)
    rooms = [_room(lead, workshop_id, axis, spec) for axis, spec in zip(axes, SAMPLE["rooms"], strict=True)]
    _rapporteurs(store, workshop_id, rooms)
    people = _people(store, clock, performer, workshop_id, chance)
    for i, (room, spec) in enumerate(zip(rooms, SAMPLE["rooms"], strict=True)):
        _work(store, lead, room, spec, people[i::len(rooms)], chance)
    with store.write() as session:
        # nobody uses it any more: it would look like a stranger's on the owner's page
        sessions.sign_out(session, clock(), secret)
    return workshop_id


def revive(store: Store, performer: Performer, clock: Callable[[], datetime], workshop_id: str) -> None:
    """Moves the meeting to now: today is its second day, its rooms write, vote and sum up, and their clocks have begun. What
    people have written since the last start stays."""
    with store.write() as session:
        now, workshop = clock(), session.get_one(Workshop, workshop_id)
        days = _days(now)
        moved = date.fromisoformat(days[0]) - date.fromisoformat(workshop.days[0])
        workshop.days, workshop.locked_at = days, None
        for block in session.scalars(select(Block).where(Block.workshop_id == workshop_id)):
            block.starts_at += moved
            block.started_at = block.ended_at = block.started_by = None
            block.day = (date.fromisoformat(block.day) + moved).isoformat()
        owner = session.scalars(select(Account).join(Membership, Membership.account_id == Account.id).where(
            Membership.workshop_id == workshop_id, Membership.role == OWNER).limit(1)).one()
        secret = sessions.sign_in(session, now, None, owner)
        rooms = session.scalars(select(Room).where(Room.workshop_id == workshop_id, Room.kind == "group").order_by(
            Room.number).limit(len(SAMPLE["rooms"]))).all()
        found = [(room.id, room.opened_at is None or room.closed_at is not None, [step["key"] for step in room.steps])
                 for room in rooms]
    lead = Hand(performer, secret, secrets.token_urlsafe(16))
    for (room, shut, keys), spec in zip(found, SAMPLE["rooms"], strict=False):
        if shut:
            lead.do("room.open", {"room": room})
        key = DEFAULT[spec["step"]]["key"]
        lead.do("step.go", {"room": room, "step": keys.index(key) if key in keys else 0, "minutes": MINUTES[key]})
    with store.write() as session:
        sessions.sign_out(session, clock(), secret)
        session.get_one(Workshop, workshop_id).sample_at = clock()  # what is done after it is the visitor's


def _days(now: datetime) -> list[str]:
    """Lists yesterday, today and tomorrow, by the clock of the first home zone."""
    today = now.astimezone(ZoneInfo(ZONES[0])).date()
    return [(today + timedelta(days=n)).isoformat() for n in range(-1, FACTS["dates"]["days"] - 1)]


def _found(session: Session, now: datetime) -> Workshop:
    days = _days(now)  # the meeting was in 2021; the demo is now
    workshop = workshops.create_workshop(
        session, now, None, TITLE, days=days, zones=ZONES, languages=("es", "fr"),
        delegations=[place["name"] for place in FACTS["delegations"]["places_as_stated"]], sites=SITES,
        axes=AXES)
    for day, entries in zip(days, DAYS, strict=True):
        for position, (hour, minutes, kind, title) in enumerate(entries):
            session.add(Block(workshop_id=workshop.id, day=day, position=position, kind=kind, title=title,
                              starts_at=at_clock(day, hour, ZONES[0]), minutes=minutes, pinned=position == 0))
    return workshop


def _staff(session: Session, now: datetime, workshop: Workshop, password_hash: str) -> Account:
    accounts = {}
    for email, name, role in STAFF:
        accounts[role] = workshops.create_account(session, now, email, name, password_hash)
        if not role.startswith(RAPPORTEUR):  # theirs is of a room, which is not there yet
            session.add(Membership(workshop_id=workshop.id, account_id=accounts[role].id,
                                   role=OBSERVER if role == "observer" else role))
    return accounts["owner"]


def _axes(store: Store, workshop_id: str) -> list[str]:
    with store.read() as session:
        return list(session.scalars(select(Axis.id).where(Axis.workshop_id == workshop_id).order_by(Axis.number)))


def _room(lead: Hand, workshop_id: str, axis: str, spec: Json) -> str:
    votes = ["dots", "opinions"] if spec.get("opinions") else ["dots"]
    made = lead.do("room.create", {"workshop": workshop_id, "title": spec["title"], "question": spec["question"],
                                   "axis": axis, "columns": spec["columns"], "votes": votes})
    room: str = made["card"]["id"]
    lead.do("room.open", {"room": room})
    return room


def _rapporteurs(store: Store, workshop_id: str, rooms: list[str]) -> None:
    with store.write() as session:
        for i, room in enumerate(rooms, 1):
            email = next(email for email, _name, role in STAFF if role == f"rapporteur {i}")
            account = session.scalars(select(Account).where(Account.email == email)).one()
            session.add(Membership(workshop_id=workshop_id, account_id=account.id, role=RAPPORTEUR, room_id=room))


def _people(store: Store, clock: Callable[[], datetime], performer: Performer, workshop_id: str, chance: Random
            ) -> list[tuple[Hand, str, str]]:
    """Lets everybody join: [(device, seat, delegation)], shared phones once with several seats."""
    with store.read() as session:
        rows = session.scalars(select(Delegation).where(Delegation.workshop_id == workshop_id))
        delegations = {row.name: row.id for row in rows}
        code = session.get_one(Workshop, workshop_id).code
        sites = session.scalars(select(Site.id).where(Site.workshop_id == workshop_id).order_by(Site.position)).all()
    of = {name: delegation for delegation, names in SAMPLE["people"].items() for name in names}
    shared = SAMPLE["shared_phones"]
    phones = shared + [[name] for name in of if not any(name in phone for phone in shared)]
    chance.shuffle(phones)
    people = []
    for i, names in enumerate(phones):
        channel = chance.choice(("hall", "remote"))
        site = sites[i % len(sites)] if channel == "hall" else None
        with store.write() as session:
            joined = sessions.join(session, clock(), None, code, [
                {"name": name, "delegation": delegations[of[name]], "channel": channel, "site": site} for name in names])
        hand = Hand(performer, joined.secret, secrets.token_urlsafe(16))
        people += [(hand, seat.id, of[seat.name]) for seat in joined.seats]
    return people


def _work(store: Store, lead: Hand, room: str, spec: Json, people: list[tuple[Hand, str, str]], chance: Random) -> None:
    for hand, seat, _delegation in people:
        hand.do("seat.enter", {"room": room}, seat)
    with store.read() as session:
        kinds = {a.kind: a.id for a in session.scalars(select(Activity).where(Activity.room_id == room))}
    ids = []
    for i, (column, text) in enumerate(spec["ideas"]):
        hand, seat, _ = people[i % len(people)]
        ids.append(_write(hand, seat, kinds["ideas"], text, place={"column": f"c{column + 1}"}))
    for card, text in spec["comments"]:
        hand, seat, _ = chance.choice(people)
        _write(hand, seat, kinds["ideas"], text, parent=ids[card])
    if spec["step"] >= 1:
        lead.do("step.go", {"room": room, "step": 1})
        _vote(kinds, ids, people if spec["step"] == 2 else people[:len(people) * 2 // 3], chance)
    if spec["step"] == 2:
        lead.do("step.go", {"room": room, "step": 2})
        _summarise(lead, kinds["summary"], ids, spec["summary"])
    if "late" in spec:
        lead.do("step.go", {"room": room, "step": 1})
        hand, seat, _ = people[-1]
        _write(hand, seat, kinds["ideas"], spec["late"])
        lead.do("step.go", {"room": room, "step": 0, "minutes": 20})
    hand, seat, _ = people[1]
    hand.do("hand.raise", {"room": room}, seat)


def _write(hand: Hand, seat: str, board: str, text: str, **more: Any) -> str:
    card = secrets.token_urlsafe(12)
    hand.do("contribution.add", {"activity": board, "id": card, "body": {"text": text}} | more, seat)
    return card


def _vote(kinds: Json, ids: list[str], people: list[tuple[Hand, str, str]], chance: Random) -> None:
    """Casts five dots each, the first cards of a column more likely; with opinions about a few cards where they are asked
    for."""
    weights = [3 if i % 6 < 2 else 1 for i in range(len(ids))]
    for hand, seat, _ in people:
        dots: dict[str, int] = {}
        for card in chance.choices(ids, weights, k=5):
            dots[card] = min(dots.get(card, 0) + 1, 3)
        hand.do("ballot.cast", {"activity": kinds["dots"], "choices": dots, "base_rev": 0}, seat)
        if "opinions" in kinds:
            opinions = {card: chance.choice((1, 1, 1, 0, -1)) for card in chance.sample(ids, 8)}
            hand.do("ballot.cast", {"activity": kinds["opinions"], "choices": opinions, "base_rev": 0}, seat)


def _summarise(lead: Hand, summary: str, ids: list[str], sentences: list[Any]) -> None:
    for section, text, cites, *who_when in sentences:
        body = {"section": section, "text": text} | dict(zip(("who", "when"), who_when, strict=False))
        lead.do("summary.item", {"activity": summary, "id": secrets.token_urlsafe(12), "body": body,
                                 "cites": [ids[i] for i in cites]})
    lead.do("summary.publish", {"activity": summary})
