"""The clock of a room, or (of none) of the block of the programme that runs."""
from datetime import datetime, timedelta

from workshop.domain.shapes import Json
from workshop.store.visibility import room_sight
from workshop.store.walls.blocks.vote import clock_of
from workshop.store.walls.kind import HallSight, Kind, rooms_offered
from workshop.words import N_


def _read(sight: HallSight, block: Json) -> list[Json]:
    if key := block.get("room"):
        room = sight.rooms.get(key)
        return [{"heading": room.title, "number": room.number, "until": clock_of(room)}] if room else []
    on = room_sight.on_now(sight.session, sight.workshop.id)
    ends = on and datetime.fromisoformat(on["since"]) + timedelta(minutes=on.get("minutes", 0))
    return [{"heading": on["title"] if on else sight.workshop.title,
             "until": {"until": ends.isoformat(), "ends": ends} if ends and on and on.get("minutes") else None}]


KIND = Kind("clock", N_("Clock"), _read, ("room",), frozenset({"room"}),
            lambda sight: {"room": rooms_offered(sight)}, order=70)
