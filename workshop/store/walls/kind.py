"""Describes a kind of block for walls, finds them all, and reads what the blocks of a wall need."""
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache, cached_property
from importlib import import_module
from typing import Any

from sqlalchemy import select

from workshop.domain.roles import SCREEN
from workshop.domain.shapes import Json
from workshop.domain.visibility import Viewer
from workshop.store.models import Activity, Room, Workshop
from workshop.store.transaction import Session
from workshop.store.visibility import card_views, room_sight
from workshop.store.walls import blocks as package
from workshop.words import _

SHORT = 60  # letters of what stands there, where it is only named
TEXT, ROOMS, CARD = "text", "rooms", "card"  # fields that are typed, of which several are chosen, that name a card


@dataclass
class HallSight:
    """Reads a workshop as the whole hall may see it: what blocks draw comes through here."""

    session: Session
    workshop: Workshop
    now: datetime

    @property
    def viewer(self) -> Viewer:
        """Returns the viewer that every wall is."""
        return Viewer(self.workshop.id, self.workshop.privacy, SCREEN)

    @cached_property
    def rooms(self) -> dict[str, Room]:
        """Finds {id: room} of the group rooms that people see, in their order."""
        found = self.session.scalars(select(Room).where(Room.workshop_id == self.workshop.id, Room.kind == "group")
                                     .order_by(Room.position, Room.number))
        return {room.id: room for room in found if room_sight.seen_by_people(room)}

    @cached_property
    def hall(self) -> list[Json]:
        """Lists the cards of the workshop's own stream."""
        return card_views.cards(self.session, self.workshop.id, self.viewer)

    @cached_property
    def plenary(self) -> Room:
        """Returns the plenary."""
        return self.session.scalars(select(Room).where(
            Room.workshop_id == self.workshop.id, Room.kind == "plenary")).one()

    def place(self, activity: Activity) -> Room:
        """Returns where it is done."""
        return self.rooms.get(activity.room_id) or self.plenary

    def board(self, room: Room) -> list[Json]:
        """Lists the cards of a room that the hall may see."""
        return card_views.cards(self.session, room.stream_id, self.viewer)

    def activities(self) -> list[Activity]:
        """Lists what is done in those rooms, by room."""
        found = self.session.scalars(select(Activity).where(Activity.room_id.in_(self.rooms)).order_by(Activity.position))
        places = {key: i for i, key in enumerate(self.rooms)}
        return sorted(found, key=lambda one: places[one.room_id])


Offered = list[tuple[str, str]]


@dataclass(frozen=True)
class Kind:
    """Describes a kind of block.

    `title`: what it is called; `takes`: the fields that say what it shows, each an id or a text, `optional` those that may
    be left out; `offers(sight)`: {field: [(value, what it is called)]} of those that are chosen; `read(sight, block)`: what
    is drawn, [{heading, …}] for each of its places, empty where it is gone, or may not be seen by the hall; `order`: among
    the others.
    """

    name: str
    title: str
    read: Callable[[HallSight, Json], list[Json]]
    takes: tuple[str, ...] = ()
    optional: frozenset[str] = frozenset()
    offers: Callable[[HallSight], dict[str, Offered]] = lambda sight: {}
    order: int = 100


@cache
def kinds() -> dict[str, Kind]:
    """Finds {name: kind} of all, in their order."""
    found: list[Kind] = [import_module(f"{package.__name__}.{one.name}").KIND
                         for one in pkgutil.iter_modules(package.__path__)]
    return {kind.name: kind for kind in sorted(found, key=lambda kind: (kind.order, kind.name))}


def rooms_offered(sight: HallSight) -> Offered:
    """Lists the rooms that can be chosen."""
    return [(room.id, f"{room.number} · {room.title}") for room in sight.rooms.values()]


def read(sight: HallSight, shown: Json | None) -> list[Json]:
    """Lists the places on a wall that shows this: {kind, size, heading, …}; of what is gone {kind, size, gone}."""
    found: list[Json] = []
    for block in (shown or {}).get("blocks") or ():
        kind = kinds().get(block.get("kind", ""))
        head: Json = {"kind": block.get("kind"), "size": block.get("size", 0)}
        drawn = kind.read(sight, block) if kind else []
        found += [head | place for place in drawn] or [head | {"gone": True, "heading": ""}]
    return found


def called(sight: HallSight, block: Json) -> str:
    """Words a block in a few words: what the desk is told of it, and the record."""
    kind = kinds().get(block.get("kind", ""))
    title = _(kind.title) if kind else str(block.get("kind"))
    which: Any = block.get("text") or ", ".join(
        str(sight.rooms[key].number) for key in (*(block.get("rooms") or ()), block.get("room")) if key in sight.rooms)
    return f"{title}: {which if len(which) <= SHORT else f'{which[:SHORT]} …'}" if which else title
