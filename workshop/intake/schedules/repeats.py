"""Tells on which of a workshop's days an event that repeats takes place, however often it would altogether."""
import calendar
from datetime import date, datetime, timedelta

WEEK = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
KNOWN = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTHDAY", "BYMONTH", "WKST"}
STEPS = 4000  # days from the first time on that are looked at: ten years


class Unread(ValueError):
    """Reports a rule that is not understood, or leads too far."""


def rule(said: str) -> dict[str, str]:
    """Reads 'FREQ=WEEKLY;BYDAY=MO,WE'. Raises Unread."""
    found = dict(part.upper().split("=", 1) for part in said.split(";") if "=" in part)
    if found.get("FREQ") not in ("DAILY", "WEEKLY", "MONTHLY", "YEARLY") or not found.keys() <= KNOWN:
        raise Unread(said)
    try:
        if int(found.get("INTERVAL", "1")) < 1 or int(found.get("COUNT", "1")) < 1:
            raise Unread(said)
        _numbers(found, "BYMONTHDAY"), _numbers(found, "BYMONTH")
        for one in filter(None, found.get("BYDAY", "").split(",")):
            if one[-2:] not in WEEK or (one[:-2] and (found["FREQ"] in ("DAILY", "WEEKLY") or not int(one[:-2]))):
                raise Unread(said)
        if "UNTIL" in found:
            datetime.strptime(found["UNTIL"][:8], "%Y%m%d")
    except ValueError as error:
        raise Unread(said) from error
    return found


def days(said: str, first: date, wanted: list[date], most: int = STEPS) -> tuple[list[date], int]:
    """Returns (those of the wanted days on which it takes place, the first time being on `first`; how many days had to be
    looked at one by one, of `most`). Raises Unread."""
    how = rule(said)
    until = date(int(how["UNTIL"][:4]), int(how["UNTIL"][4:6]), int(how["UNTIL"][6:8])) if "UNTIL" in how else date.max
    ahead = [day for day in sorted(wanted) if first <= day <= until]
    if "COUNT" not in how or not ahead:
        return [day for day in ahead if day == first or _fits(how, first, day)], 0
    steps = (ahead[-1] - first).days + 1
    if steps > min(STEPS, most):
        raise Unread(said)
    left, found = int(how["COUNT"]), []
    for number in range(steps):
        day = first + timedelta(days=number)
        if day == first or _fits(how, first, day):
            left -= 1
            if day in ahead:
                found.append(day)
            if not left:
                break
    return found, steps


def _fits(how: dict[str, str], first: date, day: date) -> bool:
    """Tells whether a day after the first is one of the rule's."""
    every, often = int(how.get("INTERVAL", "1")), how["FREQ"]
    months, numbers = _numbers(how, "BYMONTH"), _numbers(how, "BYMONTHDAY")
    names = [one for one in how.get("BYDAY", "").split(",") if one]
    if months and day.month not in months:
        return False
    length = calendar.monthrange(day.year, day.month)[1]
    if numbers and not {day.day, day.day - length - 1} & {*numbers}:
        return False
    if names and not any(_named(one, day, often == "YEARLY" and not months) for one in names):
        return False
    if often == "DAILY":
        return (day - first).days % every == 0
    if often == "WEEKLY":
        start = WEEK.index(how["WKST"]) if how.get("WKST") in WEEK else 0
        weeks = (_monday(day, start) - _monday(first, start)).days // 7
        return weeks % every == 0 and bool(names or day.weekday() == first.weekday())
    if often == "MONTHLY":
        apart = (day.year - first.year) * 12 + day.month - first.month
        return apart % every == 0 and bool(names or numbers or day.day == first.day)
    return (day.year - first.year) % every == 0 and bool(
        names or ((months or day.month == first.month) and (numbers or day.day == first.day)))


def _named(said: str, day: date, in_year: bool) -> bool:
    """Tells whether the day is 'MO', or '2MO' or '-1MO' of its month or year."""
    if WEEK[day.weekday()] != said[-2:]:
        return False
    if not said[:-2]:
        return True
    number = int(said[:-2])
    at, length = ((day.timetuple().tm_yday, 366 if calendar.isleap(day.year) else 365) if in_year
                  else (day.day, calendar.monthrange(day.year, day.month)[1]))
    return number == ((at - 1) // 7 + 1 if number > 0 else -((length - at) // 7 + 1))


def _monday(day: date, start: int) -> date:
    return day - timedelta(days=(day.weekday() - start) % 7)


def _numbers(how: dict[str, str], name: str) -> list[int]:
    return [int(one) for one in how.get(name, "").split(",") if one]
