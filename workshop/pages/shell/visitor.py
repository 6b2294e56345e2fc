"""Finds the visitor's place: the workshop and room of an address, as far as this visitor may see them."""
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from typing import Any, overload

from flask import g
from sqlalchemy import select

from workshop.domain import ranking, steps
from workshop.domain.errors import Refusal
from workshop.domain.kinds import kinds
from workshop.domain.shapes import Json
from workshop.domain.visibility import Viewer
from workshop.house import house
from workshop.pages.accounts.sign_in import note_seen
from workshop.pages.shell.security import secret
from workshop.store.identity import Who, identify
from workshop.store.models import Delegation, Room, RoomSeat, Site, Workshop
from workshop.store.streams import catch_up, viewers
from workshop.store.transaction import Session
from workshop.store.trial_runs import took_part
from workshop.store.visibility import room_sight, vote_targets
from workshop.store.visibility.own_cards import Own
from workshop.store.walls.sight import wall_of


@dataclass
class Place:
    """Holds a visitor in a workshop: who, as which viewer, with which frames."""

    session: Session
    who: Who | None
    workshop: Workshop
    viewer: Viewer
    room: Room | None = None
    frames: list[Json] = field(default_factory=list)

    def follow(self, *streams: str) -> "Place":
        """Reads the streams (ids) as this visitor sees them, for the first view and for the script.

        Refusal `not_here` for the stream of a room that has none of its own: the plenary's is the workshop's.
        """
        if self.room and self.room.id in streams and self.room.stream_id != self.room.id:
            raise Refusal("not_here")
        self.frames += house().store.reader.ask(lambda session: self._read(session, streams))
        return self

    def _read(self, session: Session, streams: Iterable[str]) -> list[Json]:
        """Reads the streams' frames; the reader's session knows what others with the same view were shown."""
        own, found = Own(session, self.who.seats) if self.who else None, []
        for stream in streams:
            viewer = catch_up.eyes_of(session, self.who, None, stream) if self.who else self.viewer
            if viewer:
                found.append(catch_up.whole(session, stream, viewer, own))
        return found

    def look(self, stream: str) -> list[Json]:
        """Lists the cards of a stream as everybody of this visitor's role sees them."""
        eyes = catch_up.shared_eyes(self.viewer)
        return house().store.reader.ask(lambda session: catch_up.whole(session, stream, eyes)["cards"])

    @property
    def me(self) -> Who:
        """Returns who it is, on every page but the wall's."""
        assert self.who
        return self.who

    @property
    def in_room(self) -> Room:
        """Returns the room, of a place that is in one."""
        assert self.room
        return self.room

    def shorten(self, most: int) -> "Place":
        """Leaves the oldest ideas of the room's frame out, so that the page comes over a slow connection: the visitor's own
        stay and `most` more, the newest of each column in turn, of each row or group where one votes on those, and
        what came first in votes that are over. The frame says in `earlier` how many are missing, by column."""
        frame = next(frame for frame in self.frames if frame["stream"] == self.in_room.stream_id)
        ideas = {card["id"]: card for card in frame["cards"] if card.get("kind") == "idea"}
        tops = [card for card in ideas.values() if card.get("into") not in ideas]
        stay = {card["id"] for card in tops if card.get("mine")} | {card["id"] for card in _in_turn(tops, most)}
        if any(vote_targets.by_row(card["settings"]) for card in frame["cards"] if card["kind"] == "activity"):
            stay |= set({card.get("place", {}).get("row"): card["id"] for card in tops}.values())
        if any(card["settings"].get("per") == vote_targets.GROUP for card in frame["cards"] if card["kind"] == "activity"):
            stay |= set({card.get("group"): card["id"] for card in tops}.values())
        opens = steps.now(self.in_room).get("opens", ())
        for vote in (card for card in frame["cards"] if card["kind"] == "activity" and card.get("tally")):
            if not {vote["of"], vote["settings"].get("key")} & set(opens):
                stay |= ranking.first(kinds()[vote["of"]], vote["settings"], vote["tally"], most)
        out = {card["id"]: card for card in tops if card["id"] not in stay}
        out |= {card["id"]: card for card in ideas.values() if card.get("into") in out}  # goes with the one it went into
        frame["cards"] = [card for card in frame["cards"] if card["id"] not in out and card.get("parent") not in out]
        frame["earlier"] = Counter(card.get("place", {}).get("column", "") for card in out.values()
                                   if card.get("into") not in ideas)
        return self

    def cards(self, kind: str) -> list[Json]:
        """Lists the cards of a kind in the frames, by number."""
        found = [card for frame in self.frames for card in frame["cards"] if card.get("kind") == kind]
        return sorted(found, key=lambda card: (
            card.get("order") or card.get("number") or card.get("position") or 0, card["seq"]))

    @property
    def desk(self) -> bool:
        """Tells whether the visitor has the desk: of the whole workshop, not of one room."""
        return bool(self.who and self.who.role_in(self.workshop.id))

    @property
    def delegations(self) -> list[Json]:
        """Lists [{id, name, label, weave}] of the delegations in their order."""
        rows = self.session.scalars(select(Delegation).where(Delegation.workshop_id == self.workshop.id)
                                    .order_by(Delegation.position))
        return [{"id": d.id, "name": d.name, "label": d.label, "weave": d.weave} for d in rows]

    @property
    def sites(self) -> list[Json]:
        """Lists the places where people are, [{id, name}] in their order."""
        rows = self.session.scalars(select(Site).where(Site.workshop_id == self.workshop.id).order_by(Site.position))
        return [{"id": site.id, "name": site.name} for site in rows]

    @property
    def seats(self) -> list[Json]:
        """Lists the visitor's own seats: [{id, name, delegation, channel, site, room, code}]."""
        mine = [seat for seat in self.who.seats.values() if seat.workshop_id == self.workshop.id] if self.who else []
        rooms = dict(self.session.execute(select(RoomSeat.seat_id, RoomSeat.room_id).where(
            RoomSeat.seat_id.in_([seat.id for seat in mine]), RoomSeat.left_at.is_(None))).all())
        return [{"id": s.id, "name": s.name, "delegation": s.delegation_id, "channel": s.channel, "site": s.site_id,
                 "room": rooms.get(s.id), "code": s.reentry_code} for s in mine]

    @property
    def away(self) -> list[Json]:
        """Lists the visitor's own seats that are not in the room of this place; `at`: {number} of the room of each, or None.
        """
        out = [seat for seat in self.seats if seat["room"] != self.in_room.id]
        rooms = {room.id: {"number": room.number} for room in self.rooms} if out else {}
        return [seat | {"at": rooms.get(seat["room"])} for seat in out]

    @property
    def company(self) -> Json:
        """Finds {room: with whom the visitor's seats share a circle there} (store/visibility/circle_members.py), of the room
        of this place."""
        return catch_up.company_in(self.session, [self.room.id], self.viewer.seats) if self.room else {}

    def ballots(self, seats: list[Json]) -> list[Json]:
        """Lists the ballots of these seats of the visitor's, and what their delegations have spent of budgets that are
        theirs."""
        return viewers.ballots_of(self.session, [seat["id"] for seat in seats]) + viewers.shared_by(
            self.session, {seat["delegation"] for seat in seats} - {None})

    @property
    def rooms(self) -> list[Room]:
        """Lists the group rooms in their order, as far as the visitor sees them; none that is put aside."""
        found = self.session.scalars(select(Room).where(
            Room.workshop_id == self.workshop.id, Room.kind == "group", Room.archived_at.is_(None))
            .order_by(Room.position, Room.number))
        return [room for room in found if room_sight.sees(self.viewer, room)]


def _in_turn(ideas: list[Json], most: int) -> list[Json]:
    """The newest ideas of all columns in turn, `most` of them and one of each column at least."""
    turn: Counter[str] = Counter()
    turns: list[tuple[int, Json]] = []
    for idea in reversed(ideas):
        column = idea.get("place", {}).get("column", "")
        turn[column] += 1
        turns.append((turn[column], idea))
    return [idea for _turn, idea in sorted(turns, key=lambda one: one[0])[:max(most, len(turn))]]


class RoomPlace(Place):
    """Types a place as being in a room: `at` gives one for a number, and no other room than its."""

    room: Room


@overload
def at(workshop_id: str) -> AbstractContextManager[Place]: ...
@overload
def at(workshop_id: str, number: int) -> AbstractContextManager[RoomPlace]: ...
@contextmanager
def at(workshop_id: str, number: int | None = None) -> Iterator[Any]:
    """Opens the visitor's Place in a workshop, or in its room `number`. Refusal `not_here` for strangers, and for rooms they
    may not look into: what is unknown and what is foreign look alike."""
    with house().store.read() as session:
        who = identify(session, secret())
        if who and "secret" not in g and who.settles:
            house().performer.arrivals.settle(who.device.id)
        if who and not who.program:  # a token's use is noted where it comes in
            note_seen(who.as_device)
        workshop = session.get(Workshop, workshop_id)
        room = None
        if workshop and number is not None:
            room = session.scalar(select(Room).where(Room.workshop_id == workshop.id, Room.number == number))
        if workshop is None or (number is not None and room is None):
            raise Refusal("not_here")
        if workshop.deleted_at and who and (any(seat.workshop_id == workshop.id for seat in who.seats.values()) or any(
                one.workshop_id == workshop.id for one in who.memberships)):
            raise Refusal("workshop_deleted")
        viewer = viewers.viewer_in(session, who, workshop, room if room and room.kind == "group" else None)
        if viewer is None:
            cleared = who is not None and took_part(session, workshop.id, device=who.device.id)
            raise Refusal("trial_cleared" if cleared else "not_here")
        if room and not room_sight.may_open(viewer, room):
            raise Refusal("not_here")
        yield Place(session, who, workshop, viewer, room)


@overload
def staff(workshop_id: str, number: None = None, leads: bool = False) -> AbstractContextManager[Place]: ...
@overload
def staff(workshop_id: str, number: int, leads: bool = False) -> AbstractContextManager[RoomPlace]: ...
@overload
def staff(workshop_id: str, number: int | None, leads: bool = False) -> AbstractContextManager[Place]: ...
@contextmanager
def staff(workshop_id: str, number: int | None = None, leads: bool = False) -> Iterator[Any]:
    """Opens the same for facilitators and rapporteurs only (`leads`: facilitators)."""
    with at(workshop_id) if number is None else at(workshop_id, number) as here:
        if not (here.viewer.leads if leads else here.viewer.is_staff):
            raise Refusal("forbidden")
        if here.room and here.room.kind != "group":
            raise Refusal("not_here")  # the plenary has nothing to be steered or written down
        yield here


def only_leads(workshop_id: str) -> None:
    """Passes where the visitor leads the workshop. Raises Refusal."""
    with staff(workshop_id, leads=True):
        pass


@contextmanager
def screen(key: str) -> Iterator[Place]:
    """Opens the wall's Place: for whoever holds the key in the address."""
    with house().store.read() as session:
        found = wall_of(session, key)
        workshop = session.get(Workshop, found[1]) if found else None
        if workshop is None:
            raise Refusal("wall_ended")
        if workshop.deleted_at:
            raise Refusal("workshop_deleted")
        viewer = viewers.viewer_for(session, None, key, workshop.id)
        assert viewer  # its key was right
        yield Place(session, None, workshop, viewer)
