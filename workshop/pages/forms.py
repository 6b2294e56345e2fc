"""The same commands without script: a form becomes an envelope, a refusal gives the page back with what was typed."""
from flask import Blueprint, g, redirect, request

from workshop.domain.errors import Refusal
from workshop.house import house
from workshop.pages.room import show_room
from workshop.pages.security import secret
from workshop.store.models import Ballot
from workshop.words.refusals import sentence

pages = Blueprint("forms", __name__)
# How the form calls what a card's place is made of.
PLACE = {"column": "column", "row": "row", "lane": "lane", "at": "at", "under": "parent"}


def _add(form) -> tuple[str, dict]:
    place = {key: form[name].strip() for name, key in PLACE.items() if form.get(name)}
    fields = {name.removeprefix("field-"): value for name, value in form.items() if name.startswith("field-")}
    body = {"text": form["text"]} | ({"fields": fields} if fields else {})
    parent = {"parent": form["parent"]} if form.get("parent") else {}
    # The card's id comes from the form, so that the same form sent twice is the same command.
    return "contribution.add", {"activity": form["add"], "id": form["client"][:16], "body": body,
                                "place": place} | parent


def _cast(form) -> tuple[str, dict]:
    """'activity:card:value' put into the ballot that the seat holds; an empty value takes it out, ':only' the others."""
    activity, card, value, *only = form["cast"].split(":")
    with house().store.read() as session:
        held = session.get(Ballot, (activity, form.get("seat", "")))
        choices, rev = (dict(held.choices), held.rev) if held else ({}, 0)
    choices = {other: choice for other, choice in choices.items() if other != card and not only}
    if value:
        choices[card] = int(value) if value.lstrip("-").isdecimal() else value
    return "ballot.cast", {"activity": activity, "choices": choices, "base_rev": rev}


# The button or field that a form carries, and the verb and payload that it means.
COMMANDS = {
    "edit": lambda form: ("contribution.edit", {"id": form["edit"], "body": {"text": form["text"]}}),
    "withdraw": lambda form: ("contribution.withdraw", {"id": form["withdraw"]}),
    "cast": _cast,
    "hand": lambda form: ("hand.raise" if form["hand"] == "raise" else "hand.lower", {"room": form["room"]}),
    "enter": lambda form: ("seat.enter", {"room": form["enter"]}),
    "add": _add,
}


@pages.post("/w/<workshop_id>/r/<int:number>/say")
def say(workshop_id: str, number: int):
    """Carry out the form's command.  The form's `client` makes sending it twice harmless."""
    form = request.form
    try:
        if not g.get("token_right"):
            raise Refusal("expired")
        verb, payload = next(command(form) for name, command in COMMANDS.items() if name in form)
    except (KeyError, ValueError, StopIteration):
        answer = Refusal("bad_payload", field="form").answer()
    except Refusal as refusal:
        answer = refusal.answer()
    else:
        answer = house().performer.perform(secret(), {
            "client": form.get("client", ""), "n": 1, "verb": verb, "seat": form.get("seat"), "payload": payload})
    if answer.get("ok"):
        card = payload.get("parent") or payload.get("id") or (payload.get("choices") and form["cast"].split(":")[1])
        return redirect(f"/w/{workshop_id}/r/{number}?seat={form.get('seat', '')}" + (f"#{card}" if card else ""), 303)
    problem = sentence(Refusal(answer.get("code", "later"), answer.get("tray"), **answer.get("values", {})))
    return show_room(workshop_id, number, problem, "" if answer.get("tray") else form.get("text", ""))
