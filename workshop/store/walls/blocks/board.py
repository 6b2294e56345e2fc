"""The board of a room, as the whole room sees it, without names of people; on a plane what was placed, once that is over."""
from workshop.domain.shapes import Json
from workshop.store.models import Activity
from workshop.store.visibility import results
from workshop.store.walls.kind import HallSight, Kind, rooms_offered
from workshop.words import N_


def _read(sight: HallSight, block: Json) -> list[Json]:
    room = sight.rooms.get(block.get("room", ""))
    board = room and next((one for one in sight.activities() if one.room_id == room.id and one.kind == "ideas"), None)
    if room is None or not isinstance(board, Activity):
        return []
    found = sorted((card for card in sight.board(room) if card["kind"] in ("idea", "group")
                    and card["activity"] == board.id), key=lambda card: card.get("number") or 0)
    there = {card["id"] for card in found}
    groups = {card["id"]: card["body"].get("title") or card["body"]["text"] for card in found if card["kind"] == "group"}
    cards = [card for card in found if card["kind"] == "idea" and card.get("into") not in there]
    placing = next((one for one in sight.activities() if one.kind == "positions" and one.settings.get("source") == board.id
                    and results.is_shown(room, one)), None)
    placed = (placing.tally or {}).get("items", {}) if placing else {}
    return [{"heading": room.title, "number": room.number, "room": {"number": room.number},
             "settings": board.settings, "cards": cards, "groups": groups, "placed": placed}]


KIND = Kind("board", N_("Board of a room"), _read, ("room",), offers=lambda sight: {"room": rooms_offered(sight)}, order=30)
