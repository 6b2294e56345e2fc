"""Shows who was there on which day: on the screen, as a sheet with a column to sign, as a table for other programs."""
import csv
import io
from contextlib import suppress
from datetime import date
from zoneinfo import ZoneInfo

from babel.dates import format_date
from flask import Blueprint, make_response, request
from flask.typing import ResponseReturnValue

from workshop.domain.errors import RetryLater
from workshop.domain.shapes import Json
from workshop.house import house
from workshop.pages.printed.report import disposition
from workshop.pages.roster.listing import today
from workshop.pages.shell import visitor
from workshop.pages.shell.render import show
from workshop.pages.shell.visitor import Place
from workshop.store.counts import roster
from workshop.store.counts.roster import Day
from workshop.words import _, language
from workshop.words.people import channels

pages = Blueprint("attendance", __name__)
DAYS = {"es": "EEEE, d 'de' MMMM", "fr": "EEEE d MMMM", "en": "EEEE, MMMM d"}
RUNS = ("=", "+", "-", "@", "\t", "\r")  # with which programs of sheets begin what they run


@pages.get("/w/<workshop_id>/attendance")
def attendance(workshop_id: str) -> ResponseReturnValue:
    """Shows day by day who was there, with totals by channel and delegation, and who of the list was not."""
    write_down()
    with visitor.staff(workshop_id, leads=True) as here:
        return show("roster/attendance.html", styles=("door", "people", "roster"), **_beside(here), today=today(here),
                    listed=roster.has_list(here.session, workshop_id))


@pages.get("/w/<workshop_id>/attendance/print")
def sheet(workshop_id: str) -> ResponseReturnValue:
    """Shows a sheet of paper for each delegation, ?day= an ISO date: who is expected or was there, with a column to sign and
    lines for others."""
    write_down()
    with visitor.staff(workshop_id, leads=True) as here:
        page = _beside(here)
        asked = request.args.get("day", "")
        day = next((one for one in page["days"] if one.day == asked), None) or page["days"][-1]
        parts: list[tuple[Json | None, list[Json]]] = []
        for delegation in [*here.delegations, None]:
            key = delegation and delegation["id"]
            names = [{"name": one.name, "channel": one.channel, "arrived": one.arrived} for one in day.here
                     if one.delegation == key]
            names += [{"name": one.name, "channel": one.channel, "arrived": None} for one in day.absent
                      if one.delegation == key]
            if names or delegation:
                parts.append((delegation, sorted(names, key=lambda one: one["name"].casefold())))
        return show("roster/sheet.html", styles=("door", "paper"), **page, day=day, parts=parts or [(None, [])])


@pages.get("/w/<workshop_id>/attendance.csv")
def table(workshop_id: str) -> ResponseReturnValue:
    """Serves the same as a table: a line for each person and day."""
    write_down()
    with visitor.staff(workshop_id, leads=True) as here:
        lines, title = lines_of(here), here.workshop.title
    file = io.StringIO()
    csv.writer(file).writerows([lines[0], *(map(_harmless, line) for line in lines[1:])])
    response = make_response("\ufeff" + file.getvalue())
    response.headers["Content-Type"] = "text/csv; charset=utf-8"
    response.headers["Content-Disposition"] = disposition(f"{_('Attendance')} {title}.csv")
    return response


def write_down() -> None:
    """Writes down who was heard until now, so that the page tells it."""
    with suppress(RetryLater):
        house().performer.days.write()


def _days(here: Place) -> list[Day]:
    now = today(here)
    planned = [day for day in here.workshop.days if day <= now] or here.workshop.days[:1]
    return roster.attendance(here.session, here.workshop.id, planned or [now])


def _beside(here: Place) -> Json:
    """Prepares what each of these pages needs."""
    return {"workshop": here.workshop, "delegations": here.delegations, "days": _days(here), "channels": channels(),
            "zones": here.workshop.zones[:1], "called": _called}


def _called(day: str) -> str:
    """Words a day: 'lunes, 30 de noviembre'."""
    return format_date(date.fromisoformat(day), DAYS.get(language(), DAYS["fr"]), locale=language())


def lines_of(here: Place) -> list[list[str]]:
    """Lists the heading, then a line for each person and day, as sheets have them."""
    names = {one["id"]: one["name"] for one in here.delegations}
    zone, said = ZoneInfo(here.workshop.zones[0]), channels()
    lines = [[_("Day"), _("Name"), _("Delegation"), _("Takes part"), _("Arrived"), _("Last seen"), _("On the list")]]
    for day in _days(here):
        lines += [[day.day, one.name, names.get(one.delegation or "", ""), said[one.channel],
                   f"{one.arrived.astimezone(zone):%H:%M}", f"{one.last.astimezone(zone):%H:%M}",
                   _("yes") if one.expected else _("no")] for one in day.here]
        lines += [[day.day, missing.name, names.get(missing.delegation or "", ""), said.get(missing.channel, ""), "", "",
                   _("yes")] for missing in day.absent]
    return lines


def _harmless(text: str) -> str:
    """Returns the text so that no program of sheets runs it."""
    return f"'{text}" if text.startswith(RUNS) else text
