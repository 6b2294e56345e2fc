"""Reads votes that the team entered by hand: where they were given, whose seats they are, what is known of them.

A count that does not know whose hands it saw has no more people than seats are left at its place: of those that were there
when the vote ran, without those who have voted themselves and those who were ticked.
"""
from collections.abc import Hashable
from dataclasses import dataclass, field
from functools import cached_property

from sqlalchemy import or_, select

from workshop.domain import voting
from workshop.domain.kinds import kinds
from workshop.domain.people.channels import HALL
from workshop.domain.shapes import Json
from workshop.store.counts import turnout
from workshop.store.counts.hand_slots import Seating, Slot, slots
from workshop.store.models import Account, Activity, Ballot, HandCount, Room, RoomSeat, Seat, Site
from workshop.store.transaction import Session
from workshop.store.votes import voices

HANDS, PAPER, TELEPHONE = "hands", "paper", "telephone"
CHANNELS = {HANDS: "hall", PAPER: "paper", TELEPHONE: "phone"}
Place = tuple[str | None, str | None, bool]


@dataclass(frozen=True)
class Known:
    """Describes a seat that could vote. `room`: where it is now, for a vote of the plenary."""

    id: str
    name: str
    delegation: str | None
    site: str | None
    channel: str
    room: str | None

    def inside(self, place: Place) -> bool:
        """Tells whether it is of the place: of the table and the site, else of those in the hall, or of those far away."""
        room, site, far = place
        if room is None and site is None:
            return (self.channel in HALL) is not far
        return room in (None, self.room) and site in (None, self.site)


def place_of(room: str | None, site: str | None, how: str) -> Place:
    """Returns a place; far away are those who call."""
    return room, site, how == TELEPHONE and not (room or site)


def takes(vote: Activity) -> bool:
    """Tells whether the team can enter votes of this kind."""
    kind = kinds()[vote.kind]
    if voting.per_room(vote.settings):
        return kind.decides  # the whole ballot of a working group, from its sheet
    return kind.decides and bool(kind.hands(vote.settings).options or kind.shares(vote.settings))


@dataclass
class Entered:
    """Holds what was entered for a vote, with who could vote and who has."""

    vote: Activity
    counts: list[HandCount]
    voted: set[str]
    joined: dict[str, str]
    session: Session = field(repr=False)

    @cached_property
    def seats(self) -> dict[str, Known]:
        """Finds those who could vote, by their id."""
        return could(self.session, self.vote)

    @cached_property
    def cast(self) -> set[str | None]:
        """Finds the working groups that have cast their one ballot themselves."""
        return set(self.session.scalars(select(Ballot.room_id).where(
            Ballot.activity_id == self.vote.id, Ballot.room_id.is_not(None))))

    def slots(self, count: HandCount) -> list[Slot]:
        """Makes ballots of a count, without those who have voted themselves since; of a working group one, unless it has."""
        if voting.per_room(self.vote.settings):
            return [] if count.room_id in self.cast else [Slot(line["choices"], None, 1, 1) for line in count.lines]
        return self.slots_of(count.lines)

    def slots_of(self, lines: list[Json]) -> list[Slot]:
        """Makes ballots of lines."""
        return slots(lines, kinds()[self.vote.kind].hands(self.vote.settings).one, self.voted, self.joined)

    def ticked(self, but: str = "") -> dict[str, HandCount]:
        """Finds {seat: the count in which it was ticked}, without the count `but`."""
        return {slot.seat: count for count in self.counts if count.id != but for slot in self.slots(count) if slot.seat}

    def seating(self, others: set[str], but: str = "") -> tuple[Seating, dict[str, int]]:
        """Seats the unknown people of the counts in the order in which these came, beside those who have voted and the
        `others` that are ticked; returns what there is left, and {count without room: how many seats it found}."""
        if voting.per_room(self.vote.settings):
            return Seating(()), {}  # a group has one ballot, however many are in it
        known = self.voted | self.ticked(but).keys() | others
        known |= {giver for giver, holder in voices.held(self.session, self.vote).items() if holder in known}
        places = {place_of(count.room_id, count.site_id, count.how) for count in self.counts}
        found = self._free(known, places)
        short: dict[str, int] = {}
        for count in self.counts:
            place = place_of(count.room_id, count.site_id, count.how)
            n = unknown(self.slots(count))
            if count.id != but and not found.take(place, n):
                short[count.id] = found.left(place)
        return found, short

    def _free(self, known: set[str], places: set[Place]) -> Seating:
        every: set[Place] = places | {(None, None, False), (None, None, True)} | {
            (room, site, False) for one in self.seats.values() for room in {one.room, None} for site in {one.site, None}
            if room or site}
        return Seating(frozenset[Hashable](place for place in every if one.inside(place))
                       for one in self.seats.values() if one.id not in known)


def unknown(of: list[Slot]) -> int:
    """Counts the people of whom nobody knows who they are."""
    return sum(slot.people for slot in of if slot.seat is None)


def entered(session: Session, vote: Activity) -> Entered:
    """Reads what was entered for the vote and stands, in the order in which it came."""
    session.flush()
    counts = list(session.scalars(select(HandCount).where(
        HandCount.activity_id == vote.id, HandCount.withdrawn_at.is_(None)).order_by(HandCount.at, HandCount.id)))
    voted = set(session.scalars(select(Ballot.seat_id).where(Ballot.activity_id == vote.id)))
    ids = {seat for count in counts for line in count.lines for seat in line["seats"]}
    moved = session.execute(select(Seat.id, Seat.joined_id).where(Seat.id.in_(ids))).all() if ids else ()
    joined = {seat: into for seat, into in moved if into}
    return Entered(vote, counts, voted, joined, session)


def could(session: Session, vote: Activity) -> dict[str, Known]:
    """Finds who could vote: in a room those who were there when it ran, in the plenary everybody who has a seat."""
    room = session.get_one(Room, vote.room_id)
    there = set(turnout.of_votes(session, [vote])[vote.id].could)
    whose = Seat.id.in_(there) if room.kind == "group" else or_(Seat.id.in_(there), (
        Seat.workshop_id == room.workshop_id) & Seat.revoked_at.is_(None))
    rows = session.execute(select(Seat.id, Seat.name, Seat.delegation_id, Seat.site_id, Seat.channel, RoomSeat.room_id)
                           .outerjoin(RoomSeat, (RoomSeat.seat_id == Seat.id) & RoomSeat.left_at.is_(None))
                           .where(whose, Seat.joined_id.is_(None)).order_by(Seat.name, Seat.id))
    who = voting.rules(vote.settings)["who"]
    return {row.id: Known(*row) for row in rows
            if all(not who.get(name) or of in who[name] for name, of in (
                ("delegations", row.delegation_id), ("sites", row.site_id), ("channels", row.channel)))}


def told(of: Entered, short: dict[str, int]) -> list[Json]:
    """Describes what was entered, as all may know it: [{how, n, by, at, site?, room?, sheets?, over?, id?}]; single sheets
    of one person and place together. `over`: of a count that does not count, the seats that it found."""
    names: dict[str, str] = dict(of.session.execute(select(Account.id, Account.name).where(
        Account.id.in_({count.account_id for count in of.counts} - {None}))).all())
    sites: dict[str, str] = dict(of.session.execute(select(Site.id, Site.name).where(
        Site.id.in_({count.site_id for count in of.counts} - {None}))).all())
    rooms: dict[str, int] = dict(of.session.execute(select(Room.id, Room.number).where(
        Room.id.in_({count.room_id for count in of.counts} - {None}))).all())
    found: dict[tuple[object, ...], Json] = {}
    for count in of.counts:
        n = sum(slot.people for slot in of.slots(count))
        if not n:
            continue
        returned = count.id in short
        alone = count.id if returned or count.sheet is None else ""
        line = found.setdefault((count.how, count.room_id, count.site_id, count.account_id, alone), {
            "how": count.how, "n": 0, "by": names.get(count.account_id or "", "")}
            | ({"site": sites[count.site_id]} if count.site_id in sites else {})
            | ({"room": rooms[count.room_id]} if count.room_id in rooms else {})
            | ({"over": short[count.id], "id": count.id} if returned else {}))
        line["n"] += n
        line["at"] = (count.changed_at or count.at).isoformat()
        if count.sheet is not None:
            line["sheets"] = line.get("sheets", 0) + 1
    return list(found.values())


def people(vote: Activity) -> int:
    """Counts the people of whom votes were entered that count."""
    return sum(one["n"] for one in vote.hands or () if "over" not in one)
