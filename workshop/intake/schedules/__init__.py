"""Reads programmes of others: iCalendar, schedule.json and schedule.xml -> entries that can become blocks, and faults.

`read(bytes, zone, days)` answers a Schedule. No event is left out without a fault, and whatever is not as it should be with
one stands beside it. Everything here is a plain function of bytes, made to run in a process that may be ended.
"""
from workshop.intake.schedules.entries import Entry, Mark, Schedule
from workshop.intake.schedules.reading import prepare, read

__all__ = ["Entry", "Mark", "Schedule", "prepare", "read"]
