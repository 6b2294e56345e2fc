"""When the blocks of a day begin, as planned and as it will really be."""
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.domain import programme

LIMA = "America/Lima"


@dataclass
class Entry:
    """A block, as far as its time goes."""

    minutes: int
    day: str = "2026-12-01"
    position: int = 0
    pinned: bool = False
    starts_at: datetime = datetime(2026, 12, 1, 14, tzinfo=UTC)
    started_at: datetime | None = None
    ended_at: datetime | None = None


def hours(found) -> list[str]:
    return [f"{at.astimezone(programme.ZoneInfo(LIMA)):%d %H:%M}" for _entry, at in found]


def test_each_begins_where_the_one_before_ends_and_a_pinned_one_when_it_was_said():
    entries = [Entry(30, position=2), Entry(45, position=1),
               Entry(60, position=3, pinned=True, starts_at=programme.at_clock("2026-12-01", "12:00", LIMA)),
               Entry(15, position=4), Entry(10, day="2026-12-02")]
    assert hours(programme.plan(entries, LIMA)) == ["01 09:00", "01 09:45", "01 12:00", "01 13:00", "02 09:00"]


def test_a_block_over_midnight_stays_under_its_day_and_the_next_one_follows_it():
    late = Entry(90, position=1, pinned=True, starts_at=programme.at_clock("2026-12-01", "23:30", LIMA))
    assert hours(programme.plan([late, Entry(30, position=2)], LIMA)) == ["01 23:30", "02 01:00"]


def test_minutes_are_real_minutes_where_the_clocks_change():
    spring = "2026-03-29"  # in Paris 02:00 becomes 03:00
    night = Entry(120, day=spring, pinned=True, starts_at=programme.at_clock(spring, "01:00", "Europe/Paris"))
    _first, (_entry, at) = programme.plan([night, Entry(30, day=spring, position=1)], "Europe/Paris")
    assert f"{at.astimezone(programme.ZoneInfo('Europe/Paris')):%H:%M}" == "04:00"
    left_out, twice = (programme.at_clock(day, "02:30", "Europe/Paris") for day in (spring, "2026-10-25"))
    assert left_out == datetime(2026, 3, 29, 1, 30, tzinfo=UTC), "as if they had not been changed"
    assert twice == datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "the first of two"


def test_a_late_block_pushes_what_follows_and_squeezes_what_is_pinned():
    nine = programme.at_clock("2026-12-01", "09:00", LIMA)
    def after(minutes): return nine + timedelta(minutes=minutes)
    groups = Entry(80, starts_at=nine, started_at=after(11))
    pause = Entry(20, position=1, starts_at=after(80))
    lunch = Entry(60, position=2, pinned=True, starts_at=after(100))
    said = programme.forecast([groups, pause, lunch], after(60))
    assert [(one.late, one.squeezed) for one in said.values()] == [(11, 0), (11, 0), (11, 11)]
    assert said[2].begins == after(111)
    said = programme.forecast([groups, pause, lunch], after(95))  # and it has not ended when it should
    assert [one.late for one in said.values()] == [11, 15, 15]
    groups.ended_at = after(70)  # early after all
    said = programme.forecast([groups, pause, lunch], after(70))
    assert [(one.late, one.squeezed) for one in said.values()] == [(11, 0), (-10, 0), (0, 0)]


def test_what_was_left_out_stands_as_planned_and_nobody_is_late_before_the_beginning():
    nine = programme.at_clock("2026-12-01", "09:00", LIMA)
    entries = [Entry(30, position=n, starts_at=nine + timedelta(minutes=30 * n)) for n in range(3)]
    assert [one.late for one in programme.forecast(entries, nine - timedelta(hours=1)).values()] == [0, 0, 0]
    entries[2].started_at = nine
    assert [one.late for one in programme.forecast(entries, nine).values()] == [0, 0, -60]


@given(st.lists(st.tuples(st.integers(0, 300), st.booleans(), st.integers(0, 1439)), max_size=12))
def test_no_plan_leaves_a_gap_before_what_follows(drawn):
    entries = [Entry(minutes, position=n, pinned=pinned,
                     starts_at=programme.at_clock("2026-12-01", f"{at // 60:02}:{at % 60:02}", LIMA))
               for n, (minutes, pinned, at) in enumerate(drawn)]
    found = programme.plan(entries, LIMA)
    assert [entry for entry, _at in found] == entries
    for (before, began), (entry, at) in pairwise(found):
        assert at == (entry.starts_at if entry.pinned else began + timedelta(minutes=before.minutes))


@pytest.mark.parametrize(("address", "good"), [
    ("https://meet.example.org/sala-1", True), ("http://10.0.0.4:8443/x", True), ("tel:+51 1 234", False),
    ("tel:+5112345678", True), ("tel:", False), ("javascript:alert(1)", False), ("https://", False),
    ("meet.example.org", False),
    ("https://a b", False), ("data:text/html,x", False), ("https://[", False)])
def test_a_call_leads_to_a_page_or_a_number_and_nowhere_else(address, good):
    assert programme.is_call(address) is good
