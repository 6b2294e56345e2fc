"""What came of a vote, once it is over."""
from workshop.domain.shapes import Json
from workshop.store.visibility import results
from workshop.store.walls.blocks.vote import name_of, offered, votes
from workshop.store.walls.kind import HallSight, Kind
from workshop.words import N_


def _read(sight: HallSight, block: Json) -> list[Json]:
    vote = next((one for one in votes(sight) if one.id == block.get("vote")), None)
    if vote is None:
        return []
    room = sight.rooms[vote.room_id]
    told = [one for one in results.of_rooms(sight.session, [room.id]).get(room.id, ())
            if one.get("first", one["vote"]) == (vote.round_of or vote.id)]
    return [{"heading": name_of(vote), "number": room.number, "results": told}]


KIND = Kind("result", N_("Result of a vote"), _read, ("vote",), offers=offered, order=60)
