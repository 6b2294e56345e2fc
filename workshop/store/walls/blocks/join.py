"""The way in, large: address, code and QR."""
from workshop.domain.shapes import Json
from workshop.store.walls.kind import HallSight, Kind
from workshop.words import N_


def _read(sight: HallSight, block: Json) -> list[Json]:
    return [{"heading": "", "code": sight.workshop.code}]


KIND = Kind("join", N_("Join code"), _read, order=10)
