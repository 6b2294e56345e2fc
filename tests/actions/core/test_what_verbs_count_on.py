"""What a verb's function says of its context is held to what its payload names, when the program starts."""
from dataclasses import replace

import pytest

from workshop.actions.core import registry
from workshop.actions.core.context import InRoom, OnBoard, OnCard, SeatInRoom, stands_on
from workshop.store.models import Activity, Contribution, Room, Workshop


def counting_on(monkeypatch, name: str, context: type) -> None:
    """Let the verb's function count on so much."""
    def run(work, payload) -> None:
        """Never called."""
    run.__annotations__["work"] = context
    monkeypatch.setitem(registry.VERBS, name, replace(registry.VERBS[name], run=run))


@pytest.mark.parametrize(("name", "context"), [("room.close", OnBoard), ("room.close", OnCard), ("contribution.add", OnCard),
                                               ("workshop.lock", InRoom), ("act.undo", InRoom)])
def test_a_verb_that_counts_on_a_row_which_its_payload_need_not_name_stops_the_program(monkeypatch, name, context):
    counting_on(monkeypatch, name, context)
    with pytest.raises(RuntimeError, match=f"{name}.*{context.__name__}"):
        registry.check_table()


def test_a_verb_that_counts_on_a_seat_and_that_staff_may_use_stops_the_program(monkeypatch):
    counting_on(monkeypatch, "room.close", SeatInRoom)
    with pytest.raises(RuntimeError, match=r"room\.close.*seat"):
        registry.check_table()


def test_a_verb_may_count_on_less_than_its_payload_names(monkeypatch):
    counting_on(monkeypatch, "contribution.edit", InRoom)
    registry.check_table()


@pytest.mark.parametrize(("name", "row"), [
    ("contribution.edit", Contribution), ("contribution.add", Activity), ("summary.item", Activity), ("room.close", Room),
    ("hand.raise", Room), ("room.create", Workshop), ("act.undo", Workshop)])
def test_a_payload_leads_to_the_deepest_row_that_it_must_name(name, row):
    assert stands_on(name, registry.VERBS[name].shape) is row
