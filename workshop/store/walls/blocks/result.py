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
    return [{"heading": name_of(vote), "number": room.number, "results": told} | ({"whole": {
        "kind": vote.kind, "settings": vote.settings, "tally": vote.tally, "parts": vote.parts,
        "called": results.called(sight.session, vote)}, "decided": (vote.outcome or {}).get("text")}
        if told and vote.parts and "before" not in told[0]["lines"][0] else {})]


KIND = Kind("result", N_("Result of a vote"), _read, ("vote",), offers=offered, order=60)
