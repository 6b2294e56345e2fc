"""Finds the cards that the sentences of summaries cite."""
from typing import Any

from sqlalchemy import select

from workshop.store.models import Activity, Contribution, Link, Room
from workshop.store.transaction import Session

Citation = tuple[str, int | str, bool]
CITED = select(
    Link.source_id.label("item"), Contribution.id, Contribution.number, Contribution.home, Contribution.withdrawn_at,
    Contribution.hidden_at, Room.id.label("room"), Room.number.label("of")).join(
    Contribution, Contribution.id == Link.target_id).join(Activity, Activity.id == Contribution.activity_id).join(
    Room, Room.id == Activity.room_id).where(Link.kind == "cites")


def of_items(session: Session, rooms: dict[str, str]) -> dict[str, list[Citation]]:
    """Finds {sentence: what it cites, in its order}. `rooms`: {sentence: the room whose it is}."""
    found: dict[str, list[Citation]] = {item: [] for item in rooms}
    for cited in session.execute(CITED.where(Link.source_id.in_(rooms)).order_by(Link.position)):
        found[cited.item].append(_citation(cited, rooms[cited.item]))
    return found


def _citation(cited: Any, mine: str) -> Citation:
    """Returns (id, number, whether it is still shown) of a card that a sentence of the room `mine` cites; of a card that
    another room numbered, the whole number."""
    number, elsewhere = cited.number or 0, cited.home or (None if cited.room == mine else cited.of)
    return (cited.id, f"R{elsewhere}-{number:03d}" if elsewhere else number,
            not (cited.withdrawn_at or cited.hidden_at))
