"""Serves the form that controls joining, for facilitators: lock, new code, new address of the wall, how many are expected.
"""
from collections.abc import Callable, Mapping

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue

from workshop.domain.errors import Refusal
from workshop.domain.shapes import Json
from workshop.pages.facilitator.people import people
from workshop.pages.input.commands import done
from workshop.pages.shell import visitor
from workshop.words.refusals import sentence

pages = Blueprint("way_in", __name__)


def _people(form: Mapping[str, str]) -> int | None:
    said = form.get("people", "").strip()
    return int(said) if said.isdecimal() and said.isascii() else None


# The button of the form, the verb and its payload.
ACTS: dict[str, tuple[str, Callable[[Mapping[str, str]], Json]]] = {
        "lock": ("workshop.lock", lambda form: {"on": True}),
        "unlock": ("workshop.lock", lambda form: {"on": False}),
        "code": ("workshop.code", lambda form: {}), "wall": ("workshop.wall", lambda form: {}),
        "expect": ("workshop.expect", lambda form: {"people": _people(form)})}


@pages.post("/w/<workshop_id>/way-in")
def change(workshop_id: str) -> ResponseReturnValue:
    """Carries out the form's button, and goes back to the people."""
    visitor.only_leads(workshop_id)
    act = request.form.get("act", "")
    if act not in ACTS:
        raise Refusal("bad_payload", field="act")
    verb, said = ACTS[act]
    try:
        done(request.form.get("client", ""), 1, verb, {"workshop": workshop_id} | said(request.form))
    except Refusal as refusal:
        return people(workshop_id, sentence(refusal))
    return redirect(f"/w/{workshop_id}/people", 303)
