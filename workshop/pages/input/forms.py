"""Turns forms of pages without script into the same commands: a form becomes an envelope, a refusal gives the page back with
what was typed."""
from urllib.parse import quote, unquote

from flask import Blueprint, g, redirect, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from workshop.domain.errors import Refusal
from workshop.domain.kinds import kinds
from workshop.domain.shapes import Json
from workshop.house import house
from workshop.pages.input.numbers import whole
from workshop.pages.participant.room import show_room
from workshop.pages.shell.render import drawn, show
from workshop.pages.shell.request_gate import AGAIN, turn, wait_for
from workshop.pages.shell.security import answers_itself, secret
from workshop.store.models import Activity
from workshop.store.streams import viewers
from workshop.words.refusals import sentence
from workshop.work_queue import TooMany

pages = Blueprint("forms", __name__)
# How the form calls what a card's place is made of.
PLACE = {"column": "column", "row": "row", "lane": "lane", "at": "at", "under": "parent"}


def _add_body(form: MultiDict[str, str]) -> Json:
    fields = {name.removeprefix("field-"): value for name, value in form.items() if name.startswith("field-")}
    return {"text": form.get("text", "")} | ({"fields": fields} if fields else {})


def _add(form: MultiDict[str, str]) -> tuple[str, Json]:
    place = {key: form[name].strip() for name, key in PLACE.items() if form.get(name)}
    parent = {"parent": form["parent"]} if form.get("parent") else {}
    # The card's id comes from the form, so that the same form sent twice is the same command.
    return "contribution.add", {"activity": form["add"], "id": form["client"][:16], "body": _add_body(form),
                                "place": place} | parent


def _edit(form: MultiDict[str, str]) -> tuple[str, Json]:
    body = _add_body(form) | ({"title": form["title"]} if form.get("title") else {})
    return "contribution.edit", {"id": form["edit"], "body": body, "base_rev": int(form["rev"])}


def _move(form: MultiDict[str, str]) -> tuple[str, Json]:
    """Reads a move: of one card the whole place is said; of several, what is left empty stays as it is."""
    said = {key: form[name].strip() or None for name, key in PLACE.items() if name in form}
    place = said if "whole" in form else {key: value for key, value in said.items() if value}
    return "contribution.move", {"activity": form["move"], "cards": form.getlist("card"), "place": place}


def _put(form: MultiDict[str, str]) -> tuple[str, Json]:
    cards = form.getlist("card")
    if form.get("group"):
        return "group.put", {"activity": form["put"], "group": form["group"], "cards": cards}
    return "group.make", {"activity": form["put"], "group": form["client"][:16], "name": form["name"], "cards": cards}


def _merge(form: MultiDict[str, str]) -> tuple[str, Json]:
    """Reads a merge: the first of the ticked cards takes the others in."""
    into, *cards = form.getlist("card")
    return "contribution.merge", {"activity": form["merge"], "cards": cards, "into": into}


def cast_form(form: MultiDict[str, str]) -> tuple[str, Json]:
    """Reads a vote: 'activity:card:value' put into the ballot that the seat holds; an empty value takes it out, ':only' the
    others; one that begins with '=' goes with what was typed beside it. Buttons that change more are the kind's."""
    activity, card, value, *only = form["cast"].split(":")
    card = unquote(card)  # a row is called as the group likes
    with house().store.read() as session:
        mine = viewers.ballots_of(session, [form.get("seat", "")])
        held = next((one for one in mine if one["activity"] == activity), None)
        choices, rev = (dict(held["choices"]), held["rev"]) if held else ({}, 0)
        vote = session.get(Activity, activity)
    kind, typed = kinds()[vote.kind] if vote else None, [one.strip() for one in form.getlist("said")]
    if kind and kind.pressed:
        return "ballot.cast", {"activity": activity, "choices": kind.pressed(choices, card, value, typed), "base_rev": rev}
    choices = {other: choice for other, choice in choices.items() if other != card and not only}
    if kind and value.startswith("="):
        choices[card] = kind.typed(value[1:], typed)
    elif value:
        choices[card] = int(value) if value.lstrip("-").isdecimal() else value
    return "ballot.cast", {"activity": activity, "choices": choices, "base_rev": rev}


def _enter(form: MultiDict[str, str]) -> tuple[str, Json]:
    """Reads who enters: the first of the people who were chosen, and those who go with them."""
    if "seat" not in form:
        raise Refusal("nobody_chosen")
    return "seat.enter", {"room": form["enter"], "along": form.getlist("seat")[1:]}


# The button or field that a form carries, and the verb and payload that it means.
COMMANDS = {
    "edit": _edit,
    "move": _move,
    "put": _put,
    "out": lambda form: ("group.put", {"activity": form["out"], "group": None, "cards": form.getlist("card")}),
    "merge": _merge,
    "split": lambda form: ("contribution.split", {"id": form["split"]}),
    "rename": lambda form: ("group.name", {"id": form["rename"], "name": form["name"]}),
    "undo": lambda form: ("act.undo", {"workshop": form["of"], "act": whole(form["undo"])}),
    "drop": lambda form: ("group.drop", {"id": form["drop"]}),
    "withdraw": lambda form: ("contribution.withdraw", {"id": form["withdraw"]}),
    "cast": cast_form,
    "hand": lambda form: ("hand.raise" if form["hand"] == "raise" else "hand.lower", {"room": form["room"]}),
    "help": lambda form: ("help.ask", {"room": form["room"]}),
    "enter": _enter,
    "add": _add,
}
GOES = {"contribution.withdraw", "group.drop"}  # undoable for ten seconds (actions/undo.py)
SEVERAL = {"move", "put", "out", "merge", "split", "rename", "drop"}  # from the form that arranges: it stays open


@pages.post("/w/<workshop_id>/r/<int:number>/say")
@answers_itself
def say(workshop_id: str, number: int) -> ResponseReturnValue:
    """Carries out the form's command. The form's `client` makes sending it twice harmless."""
    form, wait = request.form, wait_for(house().commands)
    try:
        if wait:
            raise Refusal("later")
        if not g.token_right:
            raise Refusal("expired")
        verb, payload = next(command(form) for name, command in COMMANDS.items() if name in form)
    except (KeyError, ValueError, StopIteration):
        answer = Refusal("bad_payload", field="form").answer()
    except Refusal as refusal:
        answer = refusal.answer()
    else:
        answer = house().performer.perform(secret(), {
            "client": form.get("client", ""), "n": 1, "verb": verb, "payload": payload,
            "seat": request.args.get("seat", form.get("seat"))})  # of a card of somebody else on the same device: its writer
    if answer.get("ok"):
        house().performer.days.heard(filter(None, [request.args.get("seat", form.get("seat"))]), house().clock())
        card = payload.get("parent") or payload.get("id") or (payload.get("choices") and form["cast"].split(":")[1])
        on = f"&gone={quote(payload['id'])}" if verb in GOES else ""
        on += "&all=1&arrange=1" if SEVERAL & form.keys() and "whole" not in form else ""
        return redirect(f"/w/{workshop_id}/r/{number}?seat={form.get('seat', '')}{on}" + (f"#{card}" if card else ""), 303)
    problem = sentence(Refusal(answer.get("code", "later"), answer.get("tray"), **answer.get("values", {})))
    said = form.get("text", "") or form.get("name", "")  # an idea, a comment, or the name of a group
    typed = "" if answer.get("tray") else said
    late = "\n".join(filter(None, _add_body(form).get("fields", {}).values())) or said if answer.get("tray") else ""
    try:
        with turn(house().drawing):  # a room costs as much as thirty commands
            return drawn(show_room(workshop_id, number, problem, typed, sent_late=late))
    except TooMany:
        if answer.get("code") == "expired":  # its words promise the room anew
            problem = sentence(Refusal("too_many_pages"))
        page = show("shell/refused.html", 429, code=answer.get("code"), problem=problem, typed=typed,
                    room=f"/w/{workshop_id}/r/{number}")
        page.headers["Retry-After"] = str(AGAIN)
        return page
    except Refusal:  # no place of the visitor's any more: at least the words
        return show("shell/refused.html", 404, code=answer.get("code"), problem=problem, typed=typed)
