"""What chosen rooms say, beside each other: their published sentences, and what came of their votes."""
from workshop.domain.shapes import Json
from workshop.store.walls.kind import ROOMS, HallSight, Kind, rooms_offered
from workshop.words import N_


def _read(sight: HallSight, block: Json) -> list[Json]:
    found = []
    for room in filter(None, map(sight.rooms.get, block.get("rooms") or ())):
        summary = next((card for card in sight.hall if card["kind"] == "activity" and card["room"] == room.id
                        and card["of"] == "summary"), {})
        items = [card for card in sight.hall if card["kind"] == "item" and card["room"] == room.id]
        found.append({"heading": room.title, "number": room.number, "room": {"number": room.number},
                      "closed": room.closed_at is not None, "published": summary.get("published", False),
                      "items": sorted(items, key=lambda item: item.get("number") or 0),
                      "results": summary.get("results") or []})
    return found


KIND = Kind("summaries", N_("What rooms say"), _read, (ROOMS,), offers=lambda sight: {ROOMS: rooms_offered(sight)}, order=20)
