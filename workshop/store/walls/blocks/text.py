"""A free text: a message to the hall."""
from workshop.domain.shapes import Json
from workshop.store.walls.kind import TEXT, HallSight, Kind
from workshop.words import N_


def _read(sight: HallSight, block: Json) -> list[Json]:
    return [{"heading": "", "text": block.get("text", "")}]


KIND = Kind("text", N_("A message"), _read, (TEXT,), order=90)
