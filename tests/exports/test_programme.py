"""The memoria says what was planned, and when it took place where that was otherwise."""
from datetime import UTC, datetime

import pytest

from tests.exports.texts import READERS, squeezed
from workshop.store.models import Block


@pytest.fixture
def programme(app, meeting):
    """A day whose order is not that of its starts; a block put aside; one that passes midnight."""
    at = datetime(2021, 10, 4, 14, tzinfo=UTC)
    rows = [("Vigilia", at.replace(day=5, hour=6), {}), ("Feria", at, {"started_at": at.replace(minute=12),
                                                                       "ended_at": at.replace(minute=57)}),
            ("Puntual", at.replace(hour=15), {"started_at": at.replace(hour=15, second=20),
                                              "ended_at": at.replace(hour=15, minute=30, second=40)}),
            ("Fuera", at, {"dropped_at": at}), ("Abierto", at.replace(hour=16), {"started_at": at.replace(hour=17)})]
    with app.extensions["house"].store.write() as session:
        for position, (title, starts, more) in zip((9, 0, 1, 2, 3), rows, strict=True):
            session.add(Block(workshop_id=meeting["workshop"], day="2021-10-04", position=position, kind="plenary",
                              title=title, starts_at=starts, minutes=30, notes="SECRETO", **more))


@pytest.mark.parametrize("form", ["docx", "md", "pdf"])
def test_blocks_stand_under_their_day_in_their_order_with_planned_and_real_times(memoria, programme, form):
    text = squeezed(READERS[form](memoria(form)))
    where = [text.index(squeezed(title)) for title in ("Feria", "Puntual", "Abierto", "Vigilia")]
    assert where == sorted(where) and "Fuera" not in text and "SECRETO" not in text
    assert squeezed("lunes 4 de octubre de 2021") in text and squeezed("5 de octubre") not in text
    assert squeezed("empezó 09:12 Lima · 10:12 La Paz, duró 45 de 30 min") in text
    assert squeezed("empezó 12:00 Lima · 13:00 La Paz") in text
    assert text.count(squeezed("empezó")) == 2, "what began and lasted as planned says it once"
