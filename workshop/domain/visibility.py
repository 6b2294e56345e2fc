"""Decides who sees what: one viewer, one answer, for live frames, catch-up, pages and exports."""
from dataclasses import dataclass
from datetime import datetime

from workshop.domain.roles import LEADS, STAFF
from workshop.domain.shapes import Json


@dataclass(frozen=True)
class Viewer:
    """Describes who looks: a role in one workshop, the seats it holds, the room whose inside it may see."""

    workshop: str
    privacy: str
    role: str | None
    seats: frozenset[str] = frozenset()
    rooms: frozenset[str] = frozenset()

    @property
    def is_staff(self) -> bool:
        """Tells whether it is a facilitator or rapporteur."""
        return self.role in STAFF

    @property
    def leads(self) -> bool:
        """Tells whether it is a facilitator."""
        return self.role in LEADS


def author(viewer: Viewer, seat: Json) -> Json:
    """Returns what `viewer` may know of the author. `seat`: {id, name, delegation, channel, site}.

    Named shows the name; alias shows the chosen alias (which is what the name is then) and the delegation; anonymous shows
    neither seat nor name nor delegation nor place, to nobody but the seat itself.
    """
    if viewer.privacy == "anonymous":
        return {"mine": seat["id"]} if seat["id"] in viewer.seats else {}
    shown = {"name": seat["name"], "delegation": seat["delegation"], "channel": seat["channel"]}
    if seat.get("site"):
        shown["site"] = seat["site"]
    return shown | ({"mine": seat["id"]} if seat["id"] in viewer.seats else {})


def moment(viewer: Viewer, at: datetime | None) -> str | None:
    """Rounds an instant for the screen to the minute, so that no order of arrival tells who wrote."""
    return f"{at.isoformat()[:16]}Z" if at else None


def sees_result(counted: bool, running: bool) -> bool:
    """Tells whether everybody of the workshop, in whatever room and before the wall, sees what came of a vote: once it is
    counted and over. While people choose it stays in their room, also where that sees it live: it is not yet what the room
    says, and each ballot would go to every phone of the workshop."""
    return counted and not running


def sees_item(viewer: Viewer, published: bool, room_id: str) -> bool:
    """Tells whether the viewer sees summary items before they are published: staff and the group itself."""
    return published or viewer.is_staff or room_id in viewer.rooms
