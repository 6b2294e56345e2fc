"""The board of a room, as the whole room sees it, without names of people."""
from workshop.domain.shapes import Json
from workshop.store.models import Activity
from workshop.store.walls.kind import HallSight, Kind, rooms_offered
from workshop.words import N_


def _read(sight: HallSight, block: Json) -> list[Json]:
    room = sight.rooms.get(block.get("room", ""))
    board = room and next((one for one in sight.activities() if one.room_id == room.id and one.kind == "ideas"), None)
    if room is None or not isinstance(board, Activity):
        return []
    cards = sorted((card for card in sight.board(room) if card["kind"] in ("idea", "group")
                    and card["activity"] == board.id), key=lambda card: card.get("number") or 0)
    return [{"heading": room.title, "number": room.number, "room": {"number": room.number},
             "settings": board.settings, "cards": cards}]


KIND = Kind("board", N_("Board of a room"), _read, ("room",), offers=lambda sight: {"room": rooms_offered(sight)}, order=30)
