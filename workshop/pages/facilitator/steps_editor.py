"""Edits the process of a room: its steps, a preview of each as participants will see it, one set-up for several rooms. Works
without script: every button sends the whole form."""
from copy import deepcopy
from dataclasses import dataclass
from secrets import token_urlsafe
from urllib.parse import urlencode

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy import inspect, select

from workshop.domain import steps
from workshop.domain.errors import Refusal
from workshop.domain.kinds import kinds
from workshop.domain.roles import PARTICIPANT
from workshop.domain.shapes import Json, Step
from workshop.domain.visibility import Viewer
from workshop.house import house
from workshop.pages.facilitator import step_preview
from workshop.pages.input.refused_field import sentence
from workshop.pages.methods.texts import RIGHTS, SEES, WHO
from workshop.pages.participant.room import scene
from workshop.pages.shell import visitor
from workshop.pages.shell.assets import BOARD, sheets
from workshop.pages.shell.render import Page, show
from workshop.pages.shell.security import secret
from workshop.pages.shell.visitor import RoomPlace
from workshop.store.models import Activity, Room
from workshop.store.transaction import Session
from workshop.words import LANGUAGES, N_, _, language
from workshop.words.screen import COMMON

pages = Blueprint("process", __name__)
MOST = 20
LONGEST = 480  # minutes of a step
SAMPLE = "somebody"  # the seat of a preview
# What other rooms took over (room.alike), with their numbers.
TOOK = {"all": N_("Rooms that now have steps, board and votes of this one: {rooms}"),
        "steps": N_("Rooms that have cards already and took the steps: {rooms}"),
        "nothing": N_("Rooms with cards on another kind of board, which stay as they are: {rooms}")}


@pages.get("/w/<workshop_id>/r/<int:number>/process")
def process(workshop_id: str, number: int) -> ResponseReturnValue:
    """Shows the steps of the room, to be changed."""
    with visitor.staff(workshop_id, number, leads=True) as here:
        return _show(here, here.room.steps, steps.edition(here.room.steps))


@pages.post("/w/<workshop_id>/r/<int:number>/process")
def change(workshop_id: str, number: int) -> ResponseReturnValue:
    """Reorders, adds or removes steps, or saves the whole."""
    took = {}
    with visitor.staff(workshop_id, number, leads=True) as here:
        room, do = here.room.id, request.form.get("do", "save")
        wanted, base = _read(here.room.steps), request.form.get("base", "")
        if do not in ("save", "alike"):
            return _show(here, _moved(wanted, do), base)
        if shows := _shows(here.session, here.room, wanted):
            return _show(here, wanted, base, shows, sure=True)
        others = {other.id: other.number for other in here.rooms if other.id != room}
        rooms = list(others) if "every" in request.form else request.form.getlist("rooms")
        answer = _do("steps.set", {"room": room, "steps": wanted, "base": base})
        if answer.get("ok"):
            base = answer["card"]["edition"]
            if do == "alike" and rooms:
                answer = _do("room.alike", {"room": room, "rooms": rooms})
                took = answer.get("took", {})
        if not answer.get("ok"):
            refusal = Refusal(answer.get("code", "later"), **answer.get("values", {}))
            # Whoever saves again after this means it: the other person's version has been offered for reading.
            stale = refusal.code == "stale_steps"
            return _show(here, wanted, steps.edition(here.room.steps) if stale else base, sentence(refusal), stale)
        told = {how: ", ".join(str(others[one]) for one in took if took[one] == how) for how in TOOK}
    query = urlencode({"kept": 1} | {how: rooms for how, rooms in told.items() if rooms})
    return redirect(f"/w/{workshop_id}/r/{number}/process?{query}", 303)


@pages.get("/w/<workshop_id>/r/<int:number>/process/<int:step>")
def preview(workshop_id: str, number: int, step: int) -> ResponseReturnValue:
    """Shows the room as participants will see it in a step; nothing can be sent from here."""
    with visitor.staff(workshop_id, number, leads=True) as staff:
        if step >= len(staff.room.steps):
            raise Refusal("not_here")
        here = _as_participant(staff, step)
        here.follow(workshop_id, here.in_room.id)
        shown = scene(here)
        shown["room"] |= {"now": here.in_room.steps[step], "step": step, "state": "open", "paused": False}
        shown["lets"] = lambda *_: False  # nothing can be done from here
        return show("facilitator/preview.html", styles=(*BOARD, "layouts", "votes", *sheets(*kinds())), problem="", typed="",
                    voting=True, **shown)


@dataclass
class Sample(visitor.RoomPlace):
    """Holds a place with a sample seat."""

    @property
    def seats(self) -> list[Json]:
        """Returns the only seat."""
        delegation = next((one["id"] for one in self.delegations), None)
        return [{"id": SAMPLE, "name": _("Somebody"), "delegation": delegation, "channel": "hall",
                 "room": self.in_room.id}]


def _as_participant(staff: visitor.RoomPlace, step: int) -> Sample:
    """Returns the room at a step as a participant sees it."""
    workshop, held = staff.workshop, {column.key: getattr(staff.room, column.key) for column in inspect(Room).columns}
    running = {"step": step, "opened_at": house().clock(), "closed_at": None, "paused_at": None, "deadline": None}
    room = Room(**held | running)
    eyes = Viewer(workshop.id, workshop.privacy, PARTICIPANT, frozenset({SAMPLE}), frozenset({room.id}))
    return Sample(staff.session, None, workshop, eyes, room)


def _shows(session: Session, room: Room, wanted: list[Step]) -> str:
    """Words what people would see at once by what is to be saved; nothing once the facilitator has been told."""
    running = next((step for step in wanted if step["key"] == steps.now(room)["key"]), None)
    if running is None or not room.opened_at or room.closed_at or request.form.get("sure"):
        return ""
    told = step_preview.told(session, room, running)
    return " ".join([*told, _("Save again if that is what you want.")]) if told else ""


def _show(here: RoomPlace, wanted: list[Step], base: str, problem: str = "", stale: bool = False,
          sure: bool = False) -> Page:
    activities = here.session.scalars(select(Activity).where(Activity.room_id == here.room.id).order_by(Activity.position))
    opens = [(a.settings.get("key") or a.kind, a) for a in activities if a.kind not in ("summary", "reactions")]
    kept = [(sentence, request.args[how]) for how, sentence in TOOK.items() if how in request.args]
    return show(
        "facilitator/process.html", styles=("door", "methods", "seldom", "steps"), workshop=here.workshop, room=here.room,
        delegations=here.delegations, steps=wanted, base=base, problem=problem, stale=stale, sure=sure,
        kept=request.args.get("kept"), took=kept, opens=opens,
        usual=_usual, kind_name=lambda kind: _(kinds()[kind].title),
        sees=SEES, rights=RIGHTS, who=WHO, may=steps.MAY, most=MOST, held=[step["key"] for step in here.room.steps],
        tongues=sorted(LANGUAGES, key=lambda one: one != language()),
        others=[room for room in here.rooms if room.id != here.room.id])


def _usual(key: str) -> str:
    """Returns how a step without a title is called."""
    name = COMMON.get(f"step.name.{key}")
    return _(name) if name else ""


def _read(held: list[Step]) -> list[Step]:
    """Returns the steps as the form has them; what it does not show stays as the room has it."""
    form, known, found = request.form, {step["key"]: step for step in held}, []
    for i in range(MOST):
        key = form.get(f"{i}.key")
        if key is None:
            break
        step = deepcopy(known.get(form.get(f"{i}.like", key), {}))
        step = {name: value for name, value in step.items() if name not in ("see", "limit", "closes", "grace", "waits")}
        for name in ("title", "instruction"):
            said = {one: form.get(f"{i}.{name}.{one}", "").strip() for one in LANGUAGES}
            step[name] = {one: text for one, text in ((step.get(name) or {}) | said).items() if text} or None
        rights = {right: form[f"{i}.may.{right}"] for right in RIGHTS if f"{i}.may.{right}" in form}
        step["may"] = {right: who for right, who in rights.items() if who != steps.MAY[right]}
        found.append(step | {
            "key": key, "minutes": _whole(f"{i}.minutes") or 0, "opens": form.getlist(f"{i}.opens"),
            "see": form.get(f"{i}.see", "room"), "limit": _whole(f"{i}.limit"), "closes": f"{i}.closes" in form,
            "waits": f"{i}.waits" in form,
            "grace": _whole(f"{i}.grace") or 0})
    return found


def _whole(name: str) -> int | None:
    text = request.form.get(name, "").strip()
    return int(text) if text.isdecimal() and len(text) < 6 else None


def _moved(wanted: list[Step], do: str) -> list[Step]:
    """Returns the steps after the button '3.up', '3.down', '3.repeat', '3.remove', '3.less', '3.more' or 'add'."""
    at, _, what = do.partition(".")
    i = int(at) if at.isdecimal() else -1
    if do == "add" and len(wanted) < MOST:
        wanted.append({"key": _fresh(wanted, "paso"), "minutes": 10, "opens": ["ideas"]})
    elif 0 <= i < len(wanted):
        if what == "remove" and len(wanted) > 1:
            wanted.pop(i)
        elif what == "repeat" and len(wanted) < MOST:
            wanted.insert(i + 1, deepcopy(wanted[i]) | {"key": _fresh(wanted, wanted[i]["key"])})
        elif what in ("less", "more"):
            minutes = wanted[i]["minutes"] + (5 if what == "more" else -5)
            wanted[i]["minutes"] = max(0, min(LONGEST, minutes))
        elif what in ("up", "down"):
            j = max(0, min(len(wanted) - 1, i + (1 if what == "down" else -1)))
            wanted[i], wanted[j] = wanted[j], wanted[i]
    return wanted


def _fresh(wanted: list[Step], key: str) -> str:
    """Returns a key that no step has: 'solo_2' for a second 'solo'."""
    taken, stem = {step["key"] for step in wanted}, key[:36].rstrip("_0123456789") or "paso"
    return next(name for name in (f"{stem}_{n}" for n in range(2, 200)) if name not in taken)


def _do(verb: str, payload: Json) -> Json:
    """Carries it out under a number of its own: doing it twice does no harm, and going back and saving again is meant."""
    return house().performer.perform(secret(), {"client": token_urlsafe(16), "n": 1, "verb": verb, "seat": None,
                                                "payload": payload})
