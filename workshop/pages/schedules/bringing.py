"""Serves the page that brings a programme in: give a file or paste one, see what becomes of each event, then bring it in.

The page that shows it carries what was read, signed, so that a file need not be chosen again; the verb checks it anew.
"""
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import partial
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, g, redirect, request
from flask.typing import ResponseReturnValue
from itsdangerous import BadData
from pydantic import ValidationError
from sqlalchemy import select

from workshop.actions.programme import taking_back
from workshop.domain.errors import Refusal
from workshop.domain.limits import NOTES
from workshop.domain.programme import OWN_UID
from workshop.domain.shapes import Json
from workshop.house import house
from workshop.intake.schedules import Entry, Schedule
from workshop.intake.table import BYTES
from workshop.pages.input.commands import do
from workshop.pages.input.numbers import whole
from workshop.pages.schedules import child_tasks
from workshop.pages.shell import visitor
from workshop.pages.shell.render import Page, hours, show
from workshop.pages.shell.request_gate import asker
from workshop.pages.shell.security import answers_itself
from workshop.store.models import Block, Workshop
from workshop.transport.offload import offload
from workshop.words import _, count, labelled, refusals
from workshop.words.forms import day_said
from workshop.words.intake import sentence as of_intake
from workshop.words.schedules import sentence

pages = Blueprint("programme_in", __name__)
SALT = "schedule"
MOST = 3 * BYTES  # bytes of the form: what was pasted, and what was read of it
NEW, OTHER, SAME, ASIDE = "new", "other", "same", "aside"  # what bringing it in would do


@dataclass
class Shown:
    """Holds an event as the page shows it: `tick`, its number in the form; `there`: whether the programme has it."""

    tick: str
    entry: Entry
    there: str
    ticked: bool
    marks: list[str] = field(default_factory=list)

    @property
    def starts(self) -> datetime:
        """Returns the instant of its start."""
        return datetime.fromisoformat(self.entry.starts)


@dataclass
class Asked:
    """Holds what somebody is about to bring in. `shown`: it is what the page before showed; `rooms`: whether the rooms of
    the file are written into the blocks."""

    schedule: Schedule | None = None
    held: str = ""
    shown: bool = False
    rooms: bool = True
    events: list[Shown] = field(default_factory=list)
    out: set[str] = field(default_factory=set)  # days that stay out
    brought: str = ""  # at which hour a programme was brought in that can be taken back
    shift: bool = False  # to the days of the workshop
    moved: list[Entry] = field(default_factory=list)  # the events on those days
    first: str = ""  # the day on which it would begin then, where none of its days is one of the workshop's

    @property
    def days(self) -> list[tuple[str, str, list[Shown]]]:
        """Lists (ISO day, the day in words, its events)."""
        return [(day, day_said(date.fromisoformat(day), year=True), list(events))
                for day, events in groupby(self.events, lambda one: one.entry.day)]

    @property
    def faults(self) -> list[tuple[str, str]]:
        """Lists (the event's title, '' for the file; what is wrong with it)."""
        found = self.schedule.faults if self.schedule else []
        return [(event, sentence(code, values)) for event, code, values in found]

    @property
    def chosen(self) -> list[Shown]:
        """Lists the events that are ticked on days that are."""
        return [one for one in self.events if one.ticked and one.entry.day not in self.out]


@pages.url_value_preprocessor
def _larger(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Allows a bigger form on this page, if it comes from who leads the workshop."""
    if request.method == "POST":
        with suppress(Refusal), visitor.staff(**values or {}, leads=True):
            request.max_content_length = request.max_form_memory_size = MOST
            request.max_form_parts = 2000


@pages.route("/w/<workshop_id>/programme/bring", methods=["GET", "POST"])
@answers_itself
def bring(workshop_id: str) -> ResponseReturnValue:
    """Shows the field and the file; what becomes of each event; then how many there are."""
    with visitor.staff(workshop_id, leads=True) as here:
        workshop = here.workshop
        there = {key: block for block in here.session.scalars(select(Block).where(Block.workshop_id == workshop_id))
                 for key in (block.id + OWN_UID, block.uid) if key}
        act = taking_back.last(here.session, workshop_id)
        brought = hours(act.at, workshop.zones[:1]) if act else ""
    asked, form = Asked(brought=brought), request.form
    if request.method == "GET":
        return _show(asked, workshop)
    if form.get("do") == "back":
        answer = do(form.get("client", ""), 1, "programme.take_back", {"workshop": workshop_id}) if g.token_right else {
            "code": "expired"}
        if answer.get("ok"):
            return redirect(f"/w/{workshop_id}/programme/bring?back=1", 303)
        return _show(asked, workshop, refusals.sentence(Refusal(answer.get("code", "later"))))
    if problem := _take(asked, workshop):
        return _show(asked, workshop, problem)
    _move(asked, workshop)
    _look(asked, there)
    if not g.token_right:
        return _show(asked, workshop, refusals.sentence(Refusal("expired")))
    if form.get("do") != "bring":
        return _show(asked, workshop)
    if not (asked.shown and asked.chosen):
        return _show(asked, workshop, _("Tick at least one event.") if asked.shown else of_intake("bring_changed", {}))
    answer = do(form.get("client", ""), 1, "programme.bring", {
        "workshop": workshop_id, "blocks": [_block(one.entry, asked.rooms) for one in asked.chosen]})
    if not answer.get("ok"):
        return _show(asked, workshop, _refused(answer, asked.chosen))
    return redirect(f"/w/{workshop_id}/programme/bring?in={answer['added']}&changed={answer['changed']}", 303)


def _take(asked: Asked, workshop: Workshop) -> str:
    """Finds what is to be brought in: a new file, the text of the field, or what the page before had read. Returns what is
    wrong with it in words, '' if nothing."""
    form, file = request.form, request.files.get("file")
    text = form.get("text", "").strip()
    content = text.encode("utf-8", "surrogatepass")
    if file and file.filename:
        if text:
            return of_intake("bring_two", {})
        content = file.read()
    if content:
        asked.schedule = child_tasks.read(house().sandbox, asker(), content, workshop.zones[0], workshop.days)
    elif held := _before(form.get("held", "")):
        asked.schedule, asked.shown = held, True
        asked.out = {one.day for one in held.entries} - {*form.getlist("day")}
        asked.rooms = "rooms" in form
        asked.shift = "shift" in form
    else:
        return refusals.sentence(Refusal("empty"))
    return ""


def _move(asked: Asked, workshop: Workshop) -> None:
    """Moves the events to the days of the workshop, where that is asked: last year's file has none of them."""
    assert asked.schedule  # _take has found it
    days = sorted({entry.day for entry in asked.schedule.entries})
    if not days or {*days} & {*workshop.days} or not workshop.days:
        return
    asked.first = day_said(date.fromisoformat(workshop.days[0]), year=True)
    if not asked.shift:
        return
    by, zone = date.fromisoformat(workshop.days[0]) - date.fromisoformat(days[0]), ZoneInfo(workshop.zones[0])
    asked.moved = [replace(
        entry, day=(date.fromisoformat(entry.day) + by).isoformat(),
        starts=(datetime.fromisoformat(entry.starts).astimezone(zone) + by).isoformat()) for entry in asked.schedule.entries]
    asked.out = {(date.fromisoformat(day) + by).isoformat() for day in asked.out}


def _before(held: str) -> Schedule | None:
    """Returns what the page carried, if it is ours."""
    if not held:
        return None
    try:
        return child_tasks.SCHEDULE.validate_python(offload(partial(house().signer.loads, held, salt=SALT)))
    except (BadData, ValidationError):
        return None


def _look(asked: Asked, there: dict[str, Block]) -> None:
    """Says of each event what bringing it in would do; what the form ticked is ticked."""
    assert asked.schedule  # _take has found it
    ticked = set(request.form.getlist("event"))
    for number, entry in enumerate(asked.moved or asked.schedule.entries):
        block = there.get(entry.uid)
        state = NEW if block is None else ASIDE if block.dropped_at else SAME if _same(entry, block) else OTHER
        asked.events.append(Shown(
            str(number), entry, state, str(number) in ticked if asked.shown else entry.ticked and state != ASIDE,
            [sentence(code, values) for code, values in entry.marks]))
    asked.held = offload(house().signer.dumps, asked.schedule.as_json(), SALT)


def _same(entry: Entry, block: Block) -> bool:
    """Tells whether the block says what the event says, as far as that says anything."""
    return (entry.title, entry.day, datetime.fromisoformat(entry.starts), entry.minutes) == (
        block.title, block.day, block.starts_at, block.minutes) and (
        not entry.aim or entry.aim in block.aim) and all(
        value in ("", getattr(block, name)) for name, value in (("leader", entry.leader), ("call", entry.call)))


def _block(entry: Entry, rooms: bool) -> Json:
    """Returns what the verb is told of an event."""
    room = labelled(_("Place"), entry.room) if rooms and entry.room else ""
    aim = "\n\n".join(filter(None, (room, entry.aim)))
    more = {"kind": entry.kind, "leader": entry.leader, "call": entry.call, "aim": aim[:NOTES]}
    return {"day": entry.day, "at": entry.starts, "minutes": entry.minutes, "title": entry.title, "uid": entry.uid} | {
        name: value for name, value in more.items() if value}


def _refused(answer: Json, chosen: list[Shown]) -> str:
    """Words a refusal, with the event of which it is."""
    values = answer.get("values", {})
    said = refusals.sentence(Refusal(answer.get("code", "later"), **values))
    item = values.get("item")
    return labelled(chosen[item].entry.title, said) if isinstance(item, int) and item < len(chosen) else said


def _show(asked: Asked, workshop: Workshop, problem: str = "") -> Page:
    added, changed = request.args.get("in", 0, whole), request.args.get("changed", 0, whole)
    done = [count("{n} block is new", "{n} blocks are new", added)] if added else []
    done += [count("{n} block changed", "{n} blocks changed", changed)] if changed else []
    if "back" in request.args:
        done = [_("The programme that was brought in is taken back")]
    if "in" in request.args and not done:
        done = [_("Everything stands in the programme already.")]
    return show("schedules/bring.html", styles=("door", "bring", "schedule"), asked=asked, workshop=workshop,
                problem=problem, done=", ".join(done), states={OTHER: _("Stands in the programme; it will be corrected"),
                                              SAME: _("Stands in the programme like this"),
                                              ASIDE: _("Was put aside here; ticked, it comes back")})
