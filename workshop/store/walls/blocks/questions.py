"""The questions to all that most people want answered."""
from workshop.domain.shapes import Json
from workshop.store.walls.kind import HallSight, Kind
from workshop.words import N_, _

MOST = 12  # the wall has pages; what comes after them waits until some are answered


def _read(sight: HallSight, block: Json) -> list[Json]:
    asked = [card for card in sight.hall if card["kind"] == "question" and not card.get("answered")]
    asked.sort(key=lambda card: (-card["supports"], card["number"]))
    return [{"heading": _("Questions"), "questions": [
        {"number": card["number"], "text": card["text"], "supports": card["supports"]} for card in asked[:MOST]]}]


KIND = Kind("questions", N_("Questions"), _read, order=76)
