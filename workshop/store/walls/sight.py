"""Decides what a wall may see: of its workshop what the whole hall sees, and of a room's board only while it is sent there.

A wall is whoever holds the key in its address. It has no seat, so nothing that is somebody's own, that few share, that waits
for a facilitator or that was hidden is ever before it; and it says no person's name (store/visibility/card_views.py).
"""
from typing import Any

from sqlalchemy import bindparam, select

from workshop.domain.roles import SCREEN
from workshop.domain.shapes import Json
from workshop.domain.visibility import Viewer
from workshop.store.fast.prepared import Question
from workshop.store.models import Room, Wall, Workshop
from workshop.store.transaction import Session
from workshop.store.visibility import room_sight

BOARD = "board"  # the kind of block that brings a room's stream
FIRST = Question(select(Workshop.id).where(Workshop.screen_key == bindparam("key")))
OTHER = Question(select(Wall.id, Wall.workshop_id).where(Wall.key == bindparam("key"), Wall.dropped_at.is_(None)))
SHOWN = Question(select(Wall.shown).where(Wall.id == bindparam("wall")))


def wall_of(session: Session, key: str | None) -> tuple[str, str] | None:
    """Finds (wall, workshop) of a key; None where it is no wall's (any more)."""
    if not key or "\0" in key:
        return None
    for row in FIRST.rows(session, key=key):
        return row.id, row.id
    for row in OTHER.rows(session, key=key):
        return row.id, row.workshop_id
    return None


def boards(shown: Json | None) -> list[str]:
    """Lists the rooms whose boards stand on a wall that shows this."""
    blocks = (shown or {}).get("blocks") or ()
    return list(dict.fromkeys(block["room"] for block in blocks if block.get("kind") == BOARD and block.get("room")))


def viewer(session: Session, key: str, place: Any) -> Viewer | None:
    """Finds the viewer as whom the wall with this key sees a stream (`place`: whose it is, as viewers.workshop_of says);
    None when not at all."""
    found = wall_of(session, key)
    if found is None or found[1] != place.workshop.id or place.few:
        return None
    if place.room is not None and not _stands(session, found[0], place):
        return None
    return Viewer(place.workshop.id, place.workshop.privacy, SCREEN)


def _stands(session: Session, wall: str, place: Any) -> bool:
    """Tells whether the board of the room stands on the wall now, and people see that there is the room."""
    shown = next((row.shown for row in SHOWN.rows(session, wall=wall)), None)
    if place.room.id not in boards(shown):
        return False
    room = session.get(Room, place.room.id, populate_existing=True)
    return room is not None and room.kind == "group" and room_sight.seen_by_people(room)
