"""Serves the programme to the team: blocks line by line, edited in place, started, and what a late one costs."""
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from workshop.domain import programme
from workshop.domain.errors import Refusal
from workshop.domain.json_codec import dumps
from workshop.domain.limits import TRANSCRIPT
from workshop.domain.programme import Forecast
from workshop.domain.shapes import Json
from workshop.house import house
from workshop.pages.input.commands import done, shown_before
from workshop.pages.input.numbers import whole
from workshop.pages.input.refused_field import sentence
from workshop.pages.methods.to_choose import methods_to_choose
from workshop.pages.programme.watching import told
from workshop.pages.shell import visitor
from workshop.pages.shell.render import show
from workshop.pages.shell.visitor import Place
from workshop.store.models import Block, BlockRoom
from workshop.words import N_
from workshop.words.forms import day_said

pages = Blueprint("programme", __name__)
KINDS = {"plenary": N_("Plenary"), "groups": N_("Groups"), "gallery": N_("Fair"), "video": N_("Video"),
         "dialogue": N_("Dialogue"), "break": N_("Break"), "free": N_("Free time")}
ICONS = {"plenary": "call", "groups": "people", "gallery": "flag", "video": "wall", "dialogue": "comment", "break": "pause",
         "free": "clock"}
STEP = 5  # minutes less or more at a tap
LATE = 3  # minutes from which on it is said that a block will end late
FIELDS = ("title", "kind", "minutes", "at", "aim", "leader", "materials", "notes", "call", "transcript", "method")


@dataclass
class Line:
    """Holds a block as the page shows it: `said`, how it will be (only of today), its rooms, and what it takes from the
    pinned block after it."""

    block: Block
    said: Forecast | None = None
    rooms: list[str] = field(default_factory=list)

    @property
    def state(self) -> str:
        """Returns "done", "on" or ""."""
        return "" if not self.block.started_at else "done" if self.block.ended_at else "on"


@pages.get("/w/<workshop_id>/programme")
def shown(workshop_id: str, problem: str = "") -> ResponseReturnValue:
    """Shows a day of the programme (?day=), and the block that is looked at (?block=, or ?new=1 for a new one)."""
    with visitor.staff(workshop_id) as here:
        now, zones = house().clock(), here.workshop.zones
        blocks = programme.in_order(here.session.scalars(select(Block).where(Block.workshop_id == workshop_id)))
        today = now.astimezone(ZoneInfo(zones[0])).date().isoformat()
        days = sorted({*here.workshop.days, *(block.day for block in blocks)}) or [today]
        day = _day(days, today)
        lines = _lines(here, [block for block in blocks if block.day == day and not block.dropped_at],
                       now if day == today else None)
        asked = request.values.get("block", "")
        chosen = next((line for line in lines if line.block.id == asked), None)
        running = next((block for block in blocks if block.started_at and not block.ended_at and not block.dropped_at), None)
        return show("facilitator/programme.html", styles=("door", "seldom", "programme"), script="programme",
                    workshop=here.workshop, viewer=here.viewer, facts={}, days=[(one, day_said(_date(one))) for one in days],
                    day=day, today=today, lines=lines, chosen=chosen, running=running, kinds=KINDS, icons=ICONS,
                    aside=[block for block in blocks if block.dropped_at], rooms=here.rooms, problem=problem,
                    methods=methods_to_choose(here), late=_late(lines), bars=_bars(lines, now),
                    up=_next(lines) if day == today else None,
                    was=dumps(_as_it_is(chosen, zones)) if chosen else "", at=_hour(chosen, zones), ends=_end(lines),
                    form=request.form if problem else MultiDict(), new=request.values.get("new"),
                    video=told(here.session, chosen.block) if chosen else None, most=house().config.video_mb)


@pages.post("/w/<workshop_id>/programme")
def write(workshop_id: str) -> ResponseReturnValue:
    """Does what the button of the form says: `do` is the verb, or less and more for minutes, up and down for places."""
    form = request.form
    visitor.only_leads(workshop_id)
    act, block = form.get("do", ""), form.get("block", "")
    try:
        done(form.get("client", ""), 1, *_command(workshop_id, act, block))
    except Refusal as refusal:
        return shown(workshop_id, sentence(refusal))
    stays = "" if act in ("drop", "delete", "add") else f"&block={block}" if form.get("open") else ""
    if act == "start" and form.get("to") == "desk":
        return redirect(f"/w/{workshop_id}/desk", 303)
    return redirect(f"/w/{workshop_id}/programme?day={form.get('day', '')[:10]}{stays}#b{block or 'new'}", 303)


def _command(workshop_id: str, act: str, block: str) -> tuple[str, Json]:
    """Returns the verb and the payload of a form. Refusals: `bad_payload`, `bad_minutes`."""
    form, of = request.form, {"workshop": workshop_id}
    before = form.get("before") or None
    if act == "add":
        return "block.add", of | _said(form.getlist("rooms")) | {"day": form.get("day", "")[:10], "before": before}
    of |= {"block": block[:40]}
    if act == "edit":
        was = shown_before(form)
        said = {name: value for name, value in _said(form.getlist("rooms")).items() if was.get(name) != [str(value)]
                and (name != "rooms" or was.get(name) != value) and name in (*form, "rooms")}
        return "block.edit", of | said
    if act in ("less", "more"):
        step = STEP if act == "more" else -STEP
        return "block.edit", of | {"minutes": max(1, _number(form.get("minutes", "")) + step)}
    if act == "minutes":
        return "block.edit", of | {"minutes": _number(form.get("minutes", ""))}
    if act == "pin":
        return "block.edit", of | {"at": form.get("at", "")[:8]}
    if act == "move":
        return "block.move", of | {"day": form.get("day", "")[:10], "before": before}
    if act in ("drop", "back"):
        return "block.drop", of | {"on": act == "drop"}
    if act == "start":
        return "block.start", of | {"shut": "shut" in form} | ({"saw": form["saw"][:40]} if "saw" in form else {})
    if act in ("end", "delete"):
        return f"block.{act}", of
    raise Refusal("bad_payload")


def _said(rooms: list[str]) -> Json:
    """Returns what the form says of a block, as its verb takes it."""
    form = request.form
    found: Json = {name: form[name].replace("\r\n", "\n")[:4 * TRANSCRIPT] for name in FIELDS if name in form}
    if "minutes" in found:
        found["minutes"] = _number(found["minutes"])
    if "at" in found:
        found["at"] = found["at"][:5]
    if "method" in found:
        found["method"] = found["method"] or None
    return found | ({"rooms": rooms[:60]} if "with_rooms" in form else {})


def _number(typed: str) -> int:
    try:
        return whole(typed)
    except ValueError:
        raise Refusal("bad_minutes", limit=programme.MINUTES) from None


def _hour(line: Line | None, zones: list[str]) -> str:
    """Returns the pinned start of a block as its form says it."""
    return f"{line.block.starts_at.astimezone(ZoneInfo(zones[0])):%H:%M}" if line and line.block.pinned else ""


def _end(lines: list[Line]) -> datetime | None:
    """Returns when the day ends, as far as it is known now."""
    ends = [line.said.ends if line.said else line.block.starts_at + timedelta(minutes=line.block.minutes) for line in lines]
    return max(ends, default=None)


def _as_it_is(line: Line, zones: list[str]) -> dict[str, list[str]]:
    """Returns the block as its form shows it, to know what was changed."""
    block = line.block
    values = {name: getattr(block, name) for name in FIELDS if name != "at"}
    values["at"] = _hour(line, zones)
    return {name: [str(value)] for name, value in values.items()} | {"rooms": line.rooms}


def _day(days: list[str], today: str) -> str:
    """Chooses the day that was asked for, else today's, else the next one, else the last."""
    asked = request.values.get("day", "")
    return asked if asked in days else next((day for day in days if day >= today), days[-1])


def _date(day: str) -> datetime:
    return datetime.fromisoformat(day)


def _lines(here: Place, blocks: list[Block], now: datetime | None) -> list[Line]:
    said = programme.forecast(blocks, now) if now and any(block.started_at for block in blocks) else {}
    rooms: dict[str, list[str]] = {block.id: [] for block in blocks}
    for link in here.session.scalars(select(BlockRoom).where(BlockRoom.block_id.in_(list(rooms)))):
        rooms[link.block_id].append(link.room_id)
    return [Line(block, said.get(i), rooms[block.id]) for i, block in enumerate(blocks)]


def _next(lines: list[Line]) -> Line | None:
    """Finds the block that is to be started next: the one after the last that has begun."""
    last = max((at for at, line in enumerate(lines) if line.state), default=-1)
    return lines[last + 1] if last + 1 < len(lines) else None


def _late(lines: list[Line]) -> Json | None:
    """Returns what the block that runs costs the others, None where it is in time.

    {after: its id, minutes: by which it ends late, next: the line that would begin late, shorter: the minutes that it would
    have, pinned: the line whose hour is squeezed, by: minutes}
    """
    at = next((i for i, line in enumerate(lines) if line.state == "on" and line.said), None)
    if at is None or at + 1 >= len(lines):
        return None
    said, follows = lines[at].said, lines[at + 1]
    assert said
    late = int((said.ends - follows.block.starts_at).total_seconds() // 60)
    if late < LATE:
        return None
    pinned = next((line for line in lines[at + 1:] if line.said and line.said.squeezed), None)
    return {"after": lines[at].block.id, "minutes": late, "next": follows, "pinned": pinned,
            "by": pinned.said.squeezed if pinned and pinned.said else 0, "shorter": follows.block.minutes - late}


def _bars(lines: list[Line], now: datetime) -> Json | None:
    """Returns the day as two threads, {plan: [(from, width, line)], real: the same, now}, in thousandths of its length."""
    if not lines:
        return None
    plan = [(line.block.starts_at, 60 * line.block.minutes, line) for line in lines]
    real = [(line.said.begins, (line.said.ends - line.said.begins).total_seconds(), line)
            for line in lines if line.said and line.block.started_at]
    first = min(at for at, _length, _line in plan + real)
    length = max((at - first).total_seconds() + seconds for at, seconds, _line in plan + real) or 1

    def part(seconds: float) -> int:
        return round(1000 * seconds / length)
    at_now = part((now - first).total_seconds())
    return {"plan": [(part((at - first).total_seconds()), part(long), line) for at, long, line in plan],
            "real": [(part((at - first).total_seconds()), part(long), line) for at, long, line in real],
            "now": at_now if real and 0 <= at_now <= 1000 else None}
