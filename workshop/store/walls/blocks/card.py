"""One card of a room, large."""
from workshop.domain.shapes import Json
from workshop.store.models import Activity, Contribution
from workshop.store.visibility import card_views
from workshop.store.walls.kind import CARD, HallSight, Kind
from workshop.words import N_


def _read(sight: HallSight, block: Json) -> list[Json]:
    row = sight.session.get(Contribution, block.get("card", ""))
    board = row and sight.session.get(Activity, row.activity_id)
    room = board and sight.rooms.get(board.room_id)
    if row is None or not room or row.kind != "idea" or row.stream_id != room.stream_id:
        return []
    [card] = card_views.Look(sight.session, sight.viewer, [row]).cards([row]) or [{"gone": True}]
    return [] if "gone" in card else [{"heading": room.title, "number": room.number, "room": {"number": room.number},
                                       "card": card}]


KIND = Kind("card", N_("One card"), _read, (CARD,), order=40)
