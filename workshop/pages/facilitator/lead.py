"""Leads a room without the desk: its step, its clock, the next step and what that will show. Works without script.

The desk asks here too what a step will show, because it does not have what is private.
"""
from datetime import datetime, timedelta

from flask import Blueprint, jsonify, redirect, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from workshop.actions.rooms.stepping import step_called
from workshop.actions.rooms.stepping_back import SECONDS
from workshop.domain import steps
from workshop.domain.errors import Refusal
from workshop.domain.shapes import Json, Step
from workshop.house import house
from workshop.pages.facilitator import step_preview
from workshop.pages.input.commands import do
from workshop.pages.input.refused_field import sentence
from workshop.pages.shell import visitor
from workshop.pages.shell.render import hours, show, time_over
from workshop.pages.shell.visitor import RoomPlace

pages = Blueprint("lead", __name__)
CLOSED: Step = {"opens": []}  # as a step: everybody sees everything, and nothing takes input


@pages.get("/w/<workshop_id>/r/<int:number>/lead")
def lead(workshop_id: str, number: int, problem: str = "", sure: int | None = None) -> ResponseReturnValue:
    """Shows where the room is, and what can be done; `sure`: the step of which is told what it will show."""
    with visitor.staff(workshop_id, number, leads=True) as here:
        if here.room.kind != "group":
            raise Refusal("not_here")
        return show("facilitator/lead.html", styles=("door", "methods"), problem=problem, sure=sure,
                    delegations=here.delegations, **_state(here))


@pages.get("/w/<workshop_id>/r/<int:number>/ahead/<int:step>")
def will(workshop_id: str, number: int, step: int) -> ResponseReturnValue:
    """Answers {ok, told}: what the room will be shown when it goes to that step; after the last one it is closed."""
    with visitor.staff(workshop_id, number, leads=True) as here:
        known = here.room.steps
        if here.room.kind != "group" or step > len(known):
            raise Refusal("not_here")
        coming = known[step] if step < len(known) else CLOSED
        return jsonify(ok=True, told=step_preview.told(here.session, here.room, coming))


@pages.post("/w/<workshop_id>/r/<int:number>/lead")
def act(workshop_id: str, number: int) -> ResponseReturnValue:
    """Carries out the button. A step that shows something is asked for a second time, with what it shows."""
    form, answer = request.form, {}
    with visitor.staff(workshop_id, number, leads=True) as here:
        room = here.room
        if room.kind != "group":
            raise Refusal("not_here")
        verb, payload = _meant(form)
        to = payload.get("step")
        if (to is not None and to < len(room.steps) and form.get("sure") != str(to) and here.room.closed_at is None
                and step_preview.told(here.session, room, room.steps[to])):
            return lead(workshop_id, number, sure=to)
    answer = do(form.get("client", ""), 1, verb, {"room": room.id} | payload)
    if not answer.get("ok"):
        return lead(workshop_id, number, sentence(Refusal(answer.get("code", "later"), **answer.get("values", {}))))
    return redirect(f"/w/{workshop_id}/r/{number}/lead", 303)


def _meant(form: MultiDict[str, str]) -> tuple[str, Json]:
    """Returns the verb and the payload of a button, without the room."""
    what, minutes = form.get("do", ""), form.get("minutes", "").strip()
    given = {"minutes": min(int(minutes), 24 * 60)} if minutes.isdecimal() and len(minutes) < 6 else {}
    if what.startswith("step.") and what[5:].isdecimal():
        saw = form.get("saw", "")
        seen = {"saw": int(saw)} if saw.isdecimal() and len(saw) < 3 else {}
        return "step.go", {"step": min(int(what[5:]), 99)} | seen
    plain: dict[str, tuple[str, Json]] = {
             "undo": ("step.undo", {}), "clock": ("step.clock", given), "stop": ("step.clock", {"minutes": 0}),
             "pause": ("room.pause", {"on": True}), "go_on": ("room.pause", {"on": False}), "open": ("room.open", {})}
    if what not in plain:
        raise Refusal("bad_payload", field="do")
    return plain[what]


def _state(here: RoomPlace) -> Json:
    """Prepares what the page shows."""
    room, now = here.room, house().clock()
    at = steps.standing(room, now)
    turn = room.turn or {}
    fresh = turn.get("back") and now - datetime.fromisoformat(turn["at"]) < timedelta(seconds=SECONDS)

    def named(step: int) -> Json:
        return {"step": step, "name": step_called(room, step), "clock": step_preview.clock(room.steps[step]),
                "told": step_preview.told(here.session, room, room.steps[step])}
    others = [named(step) for step in (room.step + 1, room.step - 1) if 0 <= step < len(room.steps)]
    return {"workshop": here.workshop, "room": room, "name": step_called(room, room.step), "others": others,
            "minutes": room.steps[room.step]["minutes"],
            "left": room.deadline and round((room.deadline - at) / timedelta(minutes=1)),
            "over": time_over(steps.now(room)),
            "until": room.deadline and not room.paused_at and room.deadline > now and hours(
                room.deadline, here.workshop.zones),
            "back": step_called(room, turn["from"]) if fresh and not room.closed_at else None,
            "by": turn.get("by")}
