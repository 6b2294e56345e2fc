"""Serves the programme to calendars, to other programs and on paper."""
import hmac
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy import func, select

from workshop.domain.errors import Refusal
from workshop.domain.programme import clocks, in_order
from workshop.exports.formats import calendar
from workshop.house import house
from workshop.pages.input.commands import done
from workshop.pages.shell import visitor
from workshop.pages.shell.render import base_url, show
from workshop.store.models import Block, History, Workshop
from workshop.store.transaction import Session
from workshop.words.forms import day_said

pages = Blueprint("programme_out", __name__)
# Of what is planned.
CHANGES = ("block.add", "block.edit", "block.move", "block.drop", "block.delete", "programme.bring", "programme.take_back")


@dataclass
class Line:
    """Holds a block as paper shows it; `at`: [(the hour on the clocks of a zone, by how many days it is beyond the day under
    which the block stands)]."""

    block: Block
    at: list[tuple[str, int]]


@pages.get("/w/<workshop_id>/programme.ics")
def calendar_file(workshop_id: str) -> ResponseReturnValue:
    """Gives the programme as iCalendar: to members, and to whoever has the key of its address."""
    with _reader(workshop_id) as (session, workshop):
        revision, at = _revision(session, workshop)
        return _file("text/calendar", "programme.ics", calendar.icalendar(
            workshop, _blocks(session, workshop), revision, at, f"{base_url()}/w/{workshop.id}"))


@pages.get("/w/<workshop_id>/programme.json")
def schedule_file(workshop_id: str) -> ResponseReturnValue:
    """Gives the programme as schedule.json, to the same."""
    with _reader(workshop_id) as (session, workshop):
        return _file("application/json", "schedule.json", calendar.schedule_json(
            workshop, _blocks(session, workshop), _revision(session, workshop)[0]))


@pages.get("/w/<workshop_id>/programme/print")
def paper(workshop_id: str) -> ResponseReturnValue:
    """Shows the programme as it is printed: large where that is asked for, with materials and private notes for those who
    lead the workshop and ask for them."""
    with visitor.at(workshop_id) as here:
        workshop, leads = here.workshop, here.viewer.leads
        blocks = [block for block in in_order(_blocks(here.session, workshop)) if block.dropped_at is None]
    zones = workshop.zones
    days = [(day, day_said(date.fromisoformat(day), year=True), [_line(block, day, zones) for block in of_day])
            for day, of_day in groupby(blocks, lambda block: block.day or _local(block, zones[0]).isoformat())]
    key = workshop.calendar_key
    return show("schedules/print.html", styles=("door", "paper", "schedule"), workshop=workshop, days=days, leads=leads,
                places=[place for place, _hour in clocks(datetime.now(UTC), zones)],
                notes=leads and "notes" in request.args, large="large" in request.args,
                follow=f"{base_url()}/w/{workshop.id}/programme.ics?key={key}" if key else "")


@pages.post("/w/<workshop_id>/programme/calendar")
def renew(workshop_id: str) -> ResponseReturnValue:
    """Makes an address for calendars, in place of an older one."""
    visitor.only_leads(workshop_id)
    done(request.form.get("client", ""), 1, "workshop.calendar", {"workshop": workshop_id})
    return redirect(f"/w/{workshop_id}/programme/print#calendar", 303)


@contextmanager
def _reader(workshop_id: str) -> Iterator[tuple[Session, Workshop]]:
    """Opens the workshop for a member, or for the key that the address gives. Refusal `not_here`."""
    given = request.args.get("key")
    if given is None:
        with visitor.at(workshop_id) as here:
            yield here.session, here.workshop
        return
    with house().store.read() as session:
        workshop = session.get(Workshop, workshop_id)
        key = workshop.calendar_key if workshop else None
        if workshop is None or not key or not hmac.compare_digest(key.encode(), given.encode("utf-8", "replace")):
            raise Refusal("not_here")
        yield session, workshop


def _blocks(session: Session, workshop: Workshop) -> list[Block]:
    return list(session.scalars(select(Block).where(Block.workshop_id == workshop.id)))


def _revision(session: Session, workshop: Workshop) -> tuple[int, datetime]:
    """Returns (how often the programme was changed, when last)."""
    often, last = session.execute(select(func.count(History.id), func.max(History.at)).where(
        History.stream_id == workshop.id, History.verb.in_(CHANGES))).one()
    return often, last or workshop.created_at


def _file(mimetype: str, name: str, content: bytes) -> Response:
    answer = Response(content, mimetype=mimetype)
    answer.headers["Content-Disposition"] = f'inline; filename="{name}"'
    answer.headers["Cache-Control"] = "private, no-cache"  # it may be kept, and is asked for again by its mark
    answer.add_etag()
    answer.make_conditional(request)
    return answer


def _line(block: Block, day: str, zones: list[str]) -> Line:
    return Line(block, [(hour, (_local(block, zone) - date.fromisoformat(day)).days)
                        for zone, (_place, hour) in zip(zones, clocks(block.starts_at, zones), strict=True)])


def _local(block: Block, zone: str) -> date:
    return block.starts_at.astimezone(ZoneInfo(zone)).date()
