"""Tells what rooms have agreed, as everybody of the workshop may see it in the plenary: the cards of rooms that work by the
method for agreements, once their summary is shown there."""
from collections.abc import Collection

from sqlalchemy import select

from workshop.domain.shapes import Json, Settings
from workshop.store.models import Activity, Contribution, Departure, Room
from workshop.store.transaction import Session

METHOD = "acuerdos"
MOST = 20  # agreements of a room that travel
LONG = 240  # characters of each of their lines


def agrees(room: Room | None) -> bool:
    """Tells whether the cards of the room are agreements."""
    return room is not None and (room.method or {}).get("key") == METHOD


def of_rooms(session: Session, rooms: Collection[str]) -> dict[str, list[Json]]:
    """Finds {room: [{number, text, lines: [[title, value]]}]}, of the cards that the whole room sees, the first that was
    written first; the last one is {more} where there are more than MOST."""
    found: dict[str, list[Json]] = {}
    for room in session.scalars(select(Room).where(Room.id.in_(rooms))):
        board = agrees(room) and session.scalar(select(Activity).where(
            Activity.room_id == room.id, Activity.kind == "ideas"))
        if not board:
            continue
        cards = session.execute(select(Contribution.number, Contribution.home, Contribution.body).where(
            Contribution.activity_id == board.id, Contribution.stream_id == room.stream_id, Contribution.kind == "idea",
            Contribution.hidden_at.is_(None), Contribution.withdrawn_at.is_(None), Contribution.merged_into.is_(None))
            .order_by(Contribution.created_at, Contribution.id)).all()
        told = [_told(board.settings, f"R{card.home or room.number}-{card.number or 0:03d}", card.body)
                for card in cards[:MOST]]
        if told:
            found[room.id] = told + ([{"more": len(cards) - MOST}] if len(cards) > MOST else [])
    return found


def changed(session: Session, room: Room) -> bool:
    """Tells whether cards of the room have changed in this transaction."""
    change = session.changes.streams.get(room.stream_id)
    return change is not None and any(isinstance(row, Contribution | Departure) for row in change.rows.values())


def _told(settings: Settings, number: str, body: Json) -> Json:
    """Makes {number, text, lines} of a card: the first of its fields, or its text, and the others with their titles."""
    lines = []
    for field in settings.get("fields") or ():
        if value := body.get("fields", {}).get(field["key"]):
            named = next((option["title"] for option in field.get("options") or () if option["key"] == value), None)
            lines.append([field["title"], named or _short(_day(value) if field["type"] == "date" else value)])
    text = _short(body.get("title") or (lines.pop(0)[1] if lines and isinstance(lines[0][1], str) else body["text"]))
    return {"number": number, "text": text, "lines": lines}


def _day(value: str) -> str:
    return "/".join(reversed(value.split("-")))


def _short(text: str) -> str:
    return text if len(text) <= LONG else f"{text[:LONG]}…"
