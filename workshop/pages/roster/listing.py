"""Shows the list of expected people to the facilitators: who is here, who is not; adds, corrects and removes by hand."""
from collections import Counter
from datetime import datetime
from zoneinfo import ZoneInfo

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue

from workshop.domain.errors import Refusal
from workshop.domain.json_codec import dumps
from workshop.domain.limits import SEATS_REMOVED
from workshop.domain.people.lookalikes import plain
from workshop.domain.shapes import Json
from workshop.house import house
from workshop.pages.facilitator import team_acts
from workshop.pages.input.commands import do, done, shown_before
from workshop.pages.input.refused_field import sentence
from workshop.pages.shell import visitor
from workshop.pages.shell.render import show
from workshop.pages.shell.visitor import Place
from workshop.store.counts import roster
from workshop.store.counts.participants import Person, participants
from workshop.store.counts.roster import OnList
from workshop.words import _
from workshop.words.people import channels

pages = Blueprint("roster", __name__)
ACTS = 30  # shown of what was done
LIKELY = 40  # people to choose from who may be the one on the list
VERBS = ("roster.add", "roster.edit", "roster.remove")
STATES = ("here", "absent")


@pages.get("/w/<workshop_id>/roster")
def listing(workshop_id: str, problem: str = "") -> ResponseReturnValue:
    """Lists everybody who is expected, ?q= part of a name, ?is=here or absent, ?of= a delegation ('-': of none)."""
    with visitor.staff(workshop_id, leads=True) as here:
        people = roster.on_list(here.session, workshop_id)
        asked = {name: request.args.get(name, "")[:200] for name in ("q", "is", "of")}
        listed = [one for one in people if plain(asked["q"]) in plain(one.name) and _is(one, asked["is"])
                  and asked["of"] in ("", one.delegation or "-")]
        return show("roster/list.html", styles=("door", "people", "history", "roster"), workshop=here.workshop,
                    delegations=here.delegations, people=people, listed=listed, asked=asked, problem=problem,
                    channels=channels(), parts=_parts(here, people), today=today(here),
                    acts=team_acts.recorded(here.session, workshop_id, VERBS, ACTS))


@pages.post("/w/<workshop_id>/roster")
def add(workshop_id: str) -> ResponseReturnValue:
    """Puts somebody on the list by hand."""
    visitor.only_leads(workshop_id)
    form = request.form
    person = {"name": form.get("name", "")[:400], "delegation": form.get("delegation", "")[:40] or None,
              "channel": form.get("channel", "")[:10]}
    answer = do(form.get("client", ""), 1, "roster.add", {"workshop": workshop_id, "people": [person]})
    if not answer.get("ok"):
        return listing(workshop_id, sentence(Refusal(answer.get("code", "later"), **answer.get("values", {}))))
    return redirect(f"/w/{workshop_id}/roster?added=1{'&alike=1' if answer.get('alike') else ''}", 303)


@pages.post("/w/<workshop_id>/roster/remove")
def remove(workshop_id: str) -> ResponseReturnValue:
    """Takes those who are ticked off the list: first they are shown, then (`sure`) it is done."""
    form, ticked = request.form, list(dict.fromkeys(request.form.getlist("person")))
    with visitor.staff(workshop_id, leads=True) as here:
        chosen = [one for one in roster.on_list(here.session, workshop_id) if one.id in ticked]
        if not chosen:
            return listing(workshop_id, _("Tick the people first."))
        if "sure" not in form:
            return show("roster/remove.html", styles=("door", "people"), workshop=here.workshop,
                        delegations=here.delegations, chosen=chosen)
    for n, at in enumerate(range(0, len(chosen), SEATS_REMOVED), 1):
        done(form.get("client", ""), n, "roster.remove", {
            "workshop": workshop_id, "people": [one.id for one in chosen[at:at + SEATS_REMOVED]]})
    return redirect(f"/w/{workshop_id}/roster", 303)


@pages.get("/w/<workshop_id>/roster/<person_id>")
def person(workshop_id: str, person_id: str, problem: str = "") -> ResponseReturnValue:
    """Shows somebody on the list: the code, who they are here, what can be corrected."""
    with visitor.staff(workshop_id, leads=True) as here:
        people = roster.on_list(here.session, workshop_id)
        one = next((one for one in people if one.id == person_id), None)
        if one is None:
            raise Refusal("not_here")
        seats = _may_be(one, people, participants(here.session, workshop_id).here)
        was = {"name": [one.name], "delegation": [one.delegation or ""], "channel": [one.channel], "seat": [one.seat or ""]}
        return show("roster/person.html", styles=("door", "people"), workshop=here.workshop, one=one, seats=seats,
                    delegations=here.delegations, channels=channels(), problem=problem,
                    was=request.form.get("was") or dumps(was))


@pages.post("/w/<workshop_id>/roster/<person_id>")
def edit(workshop_id: str, person_id: str) -> ResponseReturnValue:
    """Corrects somebody on the list, as far as the form has changed it."""
    visitor.only_leads(workshop_id)
    form = request.form
    was = shown_before(form)
    said: Json = {field: form[field][:400] for field in ("name", "delegation", "channel", "seat") if field in form}
    said = {field: value for field, value in said.items() if [value] != was.get(field)}
    said |= {field: said[field] or None for field in ("delegation", "seat") if field in said}
    try:
        done(form.get("client", ""), 1, "roster.edit", {"workshop": workshop_id, "person": person_id} | said)
    except Refusal as refusal:
        return person(workshop_id, person_id, sentence(refusal))
    return redirect(f"/w/{workshop_id}/roster", 303)


def today(here: Place) -> str:
    """Returns the ISO date that it is in the workshop's first zone."""
    now: datetime = house().clock()
    return now.astimezone(ZoneInfo(here.workshop.zones[0])).date().isoformat()


def _is(one: OnList, state: str) -> bool:
    return state not in STATES or (one.seat is not None) == (state == "here")


def _parts(here: Place, people: list[OnList]) -> list[tuple[Json | None, int, int]]:
    """Lists (delegation or None, expected, here) of each from which anybody is expected."""
    expected, came = Counter(one.delegation for one in people), Counter(one.delegation for one in people if one.seat)
    keys: dict[str | None, Json | None] = {one["id"]: one for one in here.delegations} | {None: None}
    return [(one, expected[key], came[key]) for key, one in keys.items() if expected[key]]


def _may_be(one: OnList, people: list[OnList], seats: list[Person]) -> list[Person]:
    """Lists the seats that may be this person's: theirs, then those nobody on the list has and whose names share a word."""
    taken = {other.seat for other in people if other is not one}
    words = {plain(word) for word in one.name.split()} - {""}
    likely = [seat for seat in seats if seat.id not in taken and (
        seat.id == one.seat or words & {plain(word) for word in seat.name.split()})]
    return sorted(likely, key=lambda seat: seat.id != one.seat)[:LIKELY]
