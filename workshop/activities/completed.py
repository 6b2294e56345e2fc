"""Counts in a child process what is counted of a large vote once it is over; loads nothing but the kinds."""
import json

from workshop.domain.kinds import kinds
from workshop.domain.shapes import Json

COUNTING = "counting"  # in a tally: the rest of it is being counted


def task(values: Json, content: bytes) -> tuple[Json, list[bytes]]:
    """Returns the whole tally. `values`: {kind, settings, tally, options}; `content`: JSON of [[choices, how often]]."""
    complete = kinds()[values["kind"]].complete
    assert complete  # actions/completing.py has asked
    tally = {name: one for name, one in values["tally"].items() if name != COUNTING}
    return complete(values["settings"], tally, [(choices, n) for choices, n in json.loads(content)], values["options"]), []


def prepare() -> None:
    """Loads the kinds, which a child that has begun could not."""
    kinds()
