"""The programme opens at the day that it is."""
import re
from datetime import UTC, datetime

import pytest

from workshop.store.models import Block

DAYS = (1, 2, 3)


@pytest.mark.parametrize(("month", "day", "hour", "open_"), [
    (11, 30, 12, 0), (12, 1, 12, 0), (12, 2, 12, 1), (12, 3, 4, 1), (12, 3, 12, 2), (12, 9, 12, 2)])
def test_it_opens_at_the_day_of_today_where_people_meet(
        app, meeting, phone, monkeypatch, month, day, hour, open_):
    rosa = phone()
    rosa.join(meeting["code"], "Rosa")
    with app.extensions["house"].store.write() as session:
        session.add_all(Block(workshop_id=meeting["workshop"], kind="plenary", title=f"Bloque {n}", minutes=60,
                              day=f"2026-12-0{n}", starts_at=datetime(2026, 12, n, 15, tzinfo=UTC)) for n in DAYS)
    now = datetime(2026, month, day, hour, tzinfo=UTC)
    monkeypatch.setattr(app.extensions["house"], "clock", lambda: now)
    text = rosa.http.get(f"/w/{meeting['workshop']}", headers={"Accept-Language": "es"}).get_data(as_text=True)
    found = [" open" in one for one in re.findall(r"<details([^>]*)><summary>Día \d", text)]
    assert found == [n == open_ for n in range(3)]
