"""Turns the forms of the plenary into commands: what people do there, and what the team sets."""
from collections.abc import Callable

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from workshop.actions.people.corrections import CHANNEL_WORDS
from workshop.domain.errors import Refusal
from workshop.domain.limits import QUESTION_TEXT
from workshop.domain.shapes import Json
from workshop.domain.speaking import slate
from workshop.house import house
from workshop.pages.input.numbers import whole
from workshop.pages.participant import plenary as plenary_page
from workshop.pages.shell import visitor
from workshop.pages.shell.render import show
from workshop.pages.shell.request_gate import wait_for
from workshop.pages.shell.security import secret
from workshop.pages.shell.visitor import Place
from workshop.pages.speaking.view import speaking
from workshop.store.models import Question, Seat, Support
from workshop.words.refusals import sentence

pages = Blueprint("speaking", __name__)
Form = MultiDict[str, str]
OWN = "own"  # somebody's own delegation
PLACES = 5  # of the proposed slate, unless somebody says otherwise


def _minutes(form: Form) -> Json:
    try:
        return {name.removeprefix("minutes."): whole(value) for name, value in form.items()
                if name.startswith("minutes.") and value.strip()}
    except ValueError:
        return {"turn": 0}  # which is refused


def _raise(form: Form) -> tuple[str, Json]:
    seat, _space, own = form.get("person", "").partition(" ")  # whom the team enters, and of which delegation they are
    group = own if form.get("delegation") == OWN else form.get("delegation")
    return "speaker.raise", {"kind": form.get("kind", "turn"), "delegation": group or None,
                             "called": form.get("called", "")[:400], "channel": form.get("channel", "")} | (
        {"seat": seat} if seat else {})


def _place(form: Form) -> tuple[str, Json]:
    at = form.get("at", "")
    return "speaker.place", {"speech": form["speech"], "at": whole(at) if at else None}


def _ask(form: Form) -> tuple[str, Json]:
    return "question.ask", {"text": form.get("text", "")[:QUESTION_TEXT * 4], "nameless": form.get("nameless") == "1"} | (
        {"seat": form["person"]} if form.get("person") else {})


# What a button means: the verb and its payload.
COMMANDS: dict[str, Callable[[Form], tuple[str, Json]]] = {
    "raise": _raise,
    "lower": lambda form: ("speaker.lower", {"speech": form["speech"]}),
    "next": lambda form: ("speaker.next", {"saw": form.get("saw", "")}),
    "give": lambda form: ("speaker.next", {"saw": form.get("saw", ""), "speech": form["speech"]}),
    "end": lambda form: ("speaker.end", {"saw": form.get("saw", "")}),
    "place": _place,
    "open": lambda form: ("speaker.open", {}),
    "close": lambda form: ("speaker.close", {}),
    "rule": lambda form: ("speaker.rule", {"rule": form["rule"], "minutes": _minutes(form)}),
    "ask": _ask,
    "support": lambda form: ("question.support", {"question": form["question"], "on": form.get("on") != "0"}),
    "answer": lambda form: ("question.answer", {"question": form["question"], "on": form.get("on") != "0"}),
    "let_out": lambda form: ("question.let_out", {"questions": form.getlist("question")}),
    "drop": lambda form: ("question.drop", {"question": form["question"]}),
    "asking": lambda form: ("question.rule", {name: form.get(name) == "1" for name in ("open", "queue", "nameless")}),
}


@pages.post("/w/<workshop_id>/plenary")
def act(workshop_id: str) -> ResponseReturnValue:
    """Carries out what somebody does in the plenary."""
    with visitor.at(workshop_id):
        pass
    problem = _done(workshop_id)
    return plenary_page.show_plenary(workshop_id, problem, request.form.get("text", "")) if problem else redirect(
        f"/w/{workshop_id}/plenary?seat={request.form.get('seat', '')}", 303)


@pages.get("/w/<workshop_id>/speakers")
def speakers(workshop_id: str, problem: str = "") -> ResponseReturnValue:
    """Shows the speakers' list with all that can be set, and hands that are raised for somebody."""
    with visitor.staff(workshop_id, leads=True) as here:
        here.follow(workshop_id)
        return show("speaking/speakers.html", styles=("door", "floor", "meters"), workshop=here.workshop,
                    delegations=here.delegations,
                    people=_people(here), channels=CHANNEL_WORDS, problem=problem, **speaking(here))


@pages.post("/w/<workshop_id>/speakers")
def set_speakers(workshop_id: str) -> ResponseReturnValue:
    """Carries out a button of the speakers' list."""
    visitor.only_leads(workshop_id)
    problem = _done(workshop_id)
    return speakers(workshop_id, problem) if problem else redirect(f"/w/{workshop_id}/speakers", 303)


@pages.get("/w/<workshop_id>/questions")
def questions(workshop_id: str, problem: str = "") -> ResponseReturnValue:
    """Shows all questions with a proposal of those to take, and why."""
    with visitor.staff(workshop_id, leads=True) as here:
        here.follow(workshop_id)
        seen = speaking(here)
        places = request.args.get("places", "")
        n = int(places) if places.isdecimal() and places.isascii() and 1 <= int(places) <= 50 else PLACES
        return show("speaking/questions.html", styles=("door", "floor"), workshop=here.workshop, problem=problem, places=n,
                    delegations=here.delegations, people=_people(here), **seen,
                    proposal=_proposal(here, seen["questions"], n))


@pages.post("/w/<workshop_id>/questions")
def set_questions(workshop_id: str) -> ResponseReturnValue:
    """Carries out a button of the questions."""
    visitor.only_leads(workshop_id)
    problem = _done(workshop_id)
    return questions(workshop_id, problem) if problem else redirect(f"/w/{workshop_id}/questions", 303)


def _done(workshop_id: str) -> str:
    """Carries out the form's button; returns what is wrong, in words."""
    form = request.form
    if wait_for(house().commands):
        return sentence(Refusal("later"))
    try:
        verb, payload = COMMANDS[form["do"]](form)
    except (KeyError, ValueError):
        return sentence(Refusal("bad_payload", field="form"))
    answer = house().performer.perform(secret(), {
        "client": form.get("client", ""), "n": 1, "verb": verb, "payload": {"workshop": workshop_id} | payload,
        "seat": form.get("seat") or None})
    return "" if answer.get("ok") else sentence(Refusal(answer.get("code", "later"), **answer.get("values", {})))


def _people(here: Place) -> list[Json]:
    """Lists who could speak, by name: {id, name, delegation}."""
    rows = here.session.scalars(select(Seat).where(
        Seat.workshop_id == here.workshop.id, Seat.revoked_at.is_(None)).order_by(Seat.name))
    return [{"id": seat.id, "name": seat.name, "delegation": seat.delegation_id} for seat in rows]


def _proposal(here: Place, seen: list[Json], places: int) -> list[Json]:
    """Proposes which open questions to take: {question, new, support}."""
    of = {one["id"]: one for one in seen if "answered" not in one and "waits" not in one}
    supports: dict[str, set[str]] = {key: set() for key in of}
    for key, seat in here.session.execute(select(Support.question_id, Support.seat_id).join(
            Question, Question.id == Support.question_id).where(
            Question.workshop_id == here.workshop.id, Support.given.is_(True))):
        if key in supports:
            supports[key].add(seat)
    return [{"question": of[one.question], "new": one.new, "support": one.support}
            for one in slate.slate({key: frozenset(who) for key, who in supports.items()}, places)]
