"""Who has the word, and who comes next: the name and the clock that a hall reads."""
from datetime import datetime, timedelta

from workshop.domain.people.channels import HALL
from workshop.domain.shapes import Json
from workshop.store.walls.kind import HallSight, Kind
from workshop.words import N_, plenary

NEXT = 5  # hands that stand there; of the others only how many they are


def _read(sight: HallSight, block: Json) -> list[Json]:
    floor = next((card for card in sight.hall if card["kind"] == "speaking"), {})
    hands = {card["id"]: _said(card) for card in sight.hall if card["kind"] == "speech"}
    line = [hands[key] for key, _why in floor.get("order", ()) if key in hands]
    return [{"heading": "", "now": next((one for one in hands.values() if "until" in one), None), "line": line[:NEXT],
             "more": max(0, len(line) - NEXT), "rule": plenary.RULES[floor.get("rule", "arrival")],
             "spent": [(group, round(spent / 60)) for group, spent in sorted(
                 floor.get("spent", {}).items(), key=lambda one: (-one[1], one[0])) if spent >= 30]}]


def _said(card: Json) -> Json:
    said: Json = {"name": card.get("name"), "number": card["number"], "as": plenary.KINDS[card["as"]],
                  "turn": card["as"] == "turn", "for": card["for"], "here": card["channel"] in HALL}
    if "since" in card:
        said["until"] = {"until": (datetime.fromisoformat(card["since"]) + timedelta(seconds=card["seconds"])).isoformat()}
    return said


KIND = Kind("speakers", N_("Speakers' list"), _read, order=75)
