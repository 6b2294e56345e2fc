"""Serves the page on which people are drawn over rooms: what is asked, a proposal, how even it is, then everybody moves.

Everything goes without script: rules are added one by one, and the form carries those that are there.
"""
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Self

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from workshop.actions.opinions.forming import votes
from workshop.actions.people.corrections import CHANNEL_WORDS
from workshop.domain.draws.shapes import BY_OPINION
from workshop.domain.errors import Refusal
from workshop.domain.limits import ROOMS_DRAWN
from workshop.domain.shapes import Json
from workshop.pages.input.commands import do, done
from workshop.pages.input.numbers import whole
from workshop.pages.input.refused_field import sentence
from workshop.pages.results.view import title_of
from workshop.pages.shell import visitor
from workshop.pages.shell.render import show
from workshop.pages.shell.visitor import Place
from workshop.store.counts.participants import Person, participants
from workshop.store.models import Account, Axis, Block, BlockRoom, Delegation, Draw, Room
from workshop.words import N_, _, language

pages = Blueprint("draw", __name__)
WAYS = {"balanced": N_("Balanced: every group a picture of the whole"),
        "delegation": N_("Each delegation together"), "random": N_("By lot alone"),
        "alike": N_("Those who answer alike together"), "mixed": N_("Those who answer differently together")}
SHOWN = 6  # earlier draws on the page


@dataclass
class Wish:
    """Holds what the form asks: as it was sent, with what its button adds or takes out."""

    rooms: list[str] = field(default_factory=list)
    way: str = "balanced"
    who: str = "all"
    block: str = ""
    pins: dict[str, str] = field(default_factory=dict)
    together: list[list[str]] = field(default_factory=list)
    apart: list[list[str]] = field(default_factory=list)
    out: list[str] = field(default_factory=list)
    phones: bool = True
    opinions: str = ""

    @classmethod
    def of_form(cls, form: MultiDict[str, str]) -> Self:
        """Reads the form."""
        together, apart = ([group.split(",") for group in form.getlist(name)] for name in ("together", "apart"))
        pins = {seat: room for seat, colon, room in (pin.partition(":") for pin in form.getlist("pin")) if colon}
        wish = cls(form.getlist("rooms"), form.get("way", "balanced"), form.get("who", "all"), form.get("block", ""), pins,
                   together, apart, form.getlist("out"), "phones" in form or "phones_shown" not in form,
                   form.get("opinions", ""))
        ticked, act = list(dict.fromkeys(form.getlist("seat"))), form.get("do", "")
        if act in ("together", "apart") and len(ticked) > 1:
            getattr(wish, act).append(ticked)
        elif act == "pin" and form.get("to"):
            wish.pins |= dict.fromkeys(ticked, form["to"])
        elif act == "out":
            wish.out += [one for one in ticked if one not in wish.out]
        name, _colon, what = form.get("drop", "").partition(":")
        if name == "pin":
            wish.pins.pop(what, None)
        elif name == "out":
            wish.out = [one for one in wish.out if one != what]
        elif name in ("together", "apart"):
            setattr(wish, name, [group for group in getattr(wish, name) if ",".join(group) != what])
        return wish

    @classmethod
    def of_draw(cls, row: Draw, everybody: list[Person]) -> Self:
        """Reads what was asked of a draw."""
        out = [one.id for one in everybody if one.id not in row.result]
        return cls(list(row.rooms), row.way, "all", row.block_id or "", dict(row.rules["pins"]),
                   [list(group) for group in row.rules["together"]], [list(group) for group in row.rules["apart"]], out,
                   "phones" in row.rules, row.rules.get("opinions", ""))


@pages.get("/w/<workshop_id>/draw")
def page(workshop_id: str, problem: str = "") -> ResponseReturnValue:
    """Shows the form; with ?draw= a proposal, its ?print= list, or with ?change= what was asked of it."""
    with visitor.staff(workshop_id, leads=True) as here:
        row = _found(here, request.args.get("draw", ""))
        if row and "print" in request.args:
            return show("printed/draw.html", styles=("door", "paper"), **_proposal(here, row))
        if row and "change" not in request.args:
            return show("facilitator/draw.html", styles=("door", "draw"), problem=problem, **_proposal(here, row))
        people = participants(here.session, workshop_id).here
        return _form(here, Wish.of_draw(row, people) if row else _first(here), people, problem)


@pages.post("/w/<workshop_id>/draw")
def ask(workshop_id: str) -> ResponseReturnValue:
    """Makes groups, adds a rule, draws, draws again, applies, or places those who came late."""
    form, act = request.form, request.form.get("do", "")
    with visitor.staff(workshop_id, leads=True) as here:
        people = participants(here.session, workshop_id).here
        row, wish = _found(here, form.get("draw", "")), Wish.of_form(form)
        titles = _titles(here, form, len(people)) if act == "groups" else []
        again = Wish.of_draw(row, people) if row and act == "again" else None
        if act not in ("groups", "draw", "again", "apply", "place") or (act == "groups" and not titles):
            return _form(here, wish, people, _unsaid(form, act))
    try:
        if act == "groups":
            made = [_made(workshop_id, n, *title) for n, title in enumerate(titles, 1)]
            return redirect(f"/w/{workshop_id}/draw?{'&'.join(f'rooms={key}' for key in made)}", 303)
        if act in ("draw", "again"):
            key = _drawn(workshop_id, again or wish, people)
        else:
            key = row.id if row else ""
            done(form.get("client", ""), 1, f"draw.{act}", {"workshop": workshop_id, "draw": key})
    except Refusal as refusal:
        with visitor.staff(workshop_id, leads=True) as here:
            row = _found(here, form.get("draw", ""))
            if row:
                return show("facilitator/draw.html", styles=("door", "draw"), problem=sentence(refusal),
                            **_proposal(here, row))
            return _form(here, wish, participants(here.session, workshop_id).here, sentence(refusal))
    return redirect(f"/w/{workshop_id}/draw?draw={key}", 303)


def _unsaid(form: MultiDict[str, str], act: str) -> str:
    """Says what a button lacks."""
    if act == "groups":
        return _("Say how many groups, from 1 to {limit}.", limit=ROOMS_DRAWN)
    if act in ("together", "apart") and len(set(form.getlist("seat"))) < 2:
        return _("Tick at least two people first.")
    if act in ("pin", "out") and not form.getlist("seat"):
        return _("Tick the people first.")
    return _("Choose a room.") if act == "pin" and not form.get("to") else ""


def _drawn(workshop_id: str, wish: Wish, people: list[Person]) -> str:
    """Draws, and returns the id of the proposal."""
    chosen = [one.id for one in people if one.id not in wish.out and (wish.who != "free" or not one.room)]
    known = set(chosen)
    if not wish.rooms:
        raise Refusal("no_room_chosen")
    rules = {name: [kept for group in getattr(wish, name) if len(kept := [one for one in group if one in known]) > 1]
             for name in ("together", "apart")}
    answer = do(request.form.get("client", ""), 1, "rooms.draw", {
        "workshop": workshop_id, "rooms": wish.rooms, "way": wish.way, "block": wish.block or None, "phones": wish.phones,
        "opinions": wish.opinions or None,
        "seats": chosen if len(chosen) < len(people) else None,
        "pins": {key: room for key, room in wish.pins.items() if key in known and room in wish.rooms}} | rules)
    if not answer.get("ok"):
        raise Refusal(answer.get("code", "later"), **answer.get("values", {}))
    return str(answer["draw"]["id"])


def _made(workshop_id: str, n: int, title: str, axis: str | None) -> str:
    """Makes a group, and returns its id."""
    answer = do(request.form.get("client", ""), n, "room.create", {
        "workshop": workshop_id, "title": title, "question": request.form.get("question", "")[:8000], "axis": axis,
        "language": language()})
    if not answer.get("ok"):
        raise Refusal(answer.get("code", "later"), **answer.get("values", {}))
    return str(answer["card"]["id"])


def _titles(here: Place, form: MultiDict[str, str], people: int) -> list[tuple[str, str | None]]:
    """Lists (title, axis) of the groups to be made."""
    by = form.get("by", "")
    if by == "axis":
        axes = here.session.scalars(select(Axis).where(Axis.workshop_id == here.workshop.id).order_by(Axis.number))
        return [(axis.title, axis.id) for axis in axes]
    if by == "delegation":
        rows = here.session.scalars(select(Delegation).where(Delegation.workshop_id == here.workshop.id)
                                    .order_by(Delegation.position))
        return [(row.name, None) for row in rows]
    try:
        n = whole(form.get("number", ""))
    except ValueError:
        return []
    many = -(-people // n) if by == "size" and n > 0 else n
    return [(_("Group {n}", n=at), None) for at in range(1, many + 1)] if 0 < many <= ROOMS_DRAWN else []


def _found(here: Place, key: str) -> Draw | None:
    """Finds a draw of this workshop; Refusal `not_here` for any other."""
    row = here.session.get(Draw, key) if key else None
    if key and (row is None or row.workshop_id != here.workshop.id):
        raise Refusal("not_here")
    return row


def _first(here: Place) -> Wish:
    """Returns the wish of a fresh page: the rooms that the address names, those of its block, or all that are open."""
    block = request.args.get("block", "")[:40]
    named = request.args.getlist("rooms") or list(here.session.scalars(
        select(BlockRoom.room_id).join(Block, Block.id == BlockRoom.block_id).where(
            Block.id == block, Block.workshop_id == here.workshop.id)))
    return Wish(named or [room.id for room in here.rooms if room.opened_at and not room.closed_at], block=block)


def _form(here: Place, wish: Wish, people: list[Person], problem: str) -> ResponseReturnValue:
    """Shows what can be asked."""
    names = {one.id: one.name for one in people}
    rows = here.session.scalars(select(Draw).where(Draw.workshop_id == here.workshop.id)
                                .order_by(Draw.made_at.desc()).limit(SHOWN)).all()
    return show("facilitator/draw.html", styles=("door", "draw"), workshop=here.workshop, delegations=here.delegations,
                row=None, wish=wish, rooms=[room for room in here.rooms if not room.closed_at], people=people, names=names,
                free=sum(not one.room for one in people), ways=_ways(), earlier=rows, problem=problem,
                by_opinion=BY_OPINION, votes=[(vote.id, title_of(vote.kind, vote.settings, vote.title)) for vote in votes(
                    here.session, here.workshop)],
                axes=here.session.scalar(select(Axis.id).where(Axis.workshop_id == here.workshop.id).limit(1)) is not None,
                ticked=set(request.form.getlist("seat")) if problem else set(),
                titles={room.id: f"{room.number} · {room.title}" for room in here.rooms})


def _ways() -> dict[str, str]:
    return {key: _(words) for key, words in WAYS.items()}


def _proposal(here: Place, row: Draw) -> Json:
    """Prepares a draw: each room with its people and what in it is not as everywhere."""
    found = participants(here.session, here.workshop.id)
    known = {one.id: one for one in found.people}
    now = {room.id: room for room in here.rooms}
    groups: list[Json] = [{"room": now[key], "people": [], "unlike": []} for key in row.rooms if key in now]
    at = {group["room"].id: group for group in groups}
    for one in found.people:  # in the order of their names
        if (there := row.result.get(one.id)) in at:
            at[there]["people"].append(one)
    for key, words in _unlike(here, row):
        if key in at:
            at[key]["unlike"].append(words)
    maker = here.session.get(Account, row.made_by or "")
    applier = here.session.get(Account, row.applied_by or "")
    broken = row.certificate["broken"]
    return {"workshop": here.workshop, "delegations": here.delegations, "row": row, "groups": groups, "ways": _ways(),
            "channels": _channels(), "told": row.certificate,
            "maker": maker.name if maker else "", "applier": applier.name if applier else "",
            "late": sum(not one.room for one in found.here), "known": known,
            "broken": {name: [", ".join(known[key].name for key in group if key in known) for group in broken[name]]
                       for name in ("together", "apart")} | {
                "full": [_called(now[key]) for key in broken["full"] if key in now],
                "pins": [known[key].name for key in broken["pins"] if key in known]},
            "shared": sum(len({row.result[one.id] for one in group if one.id in row.result}) > 1
                          for group in found.devices.values()),
            "even": all(not group["unlike"] for group in groups),
            "where": sorted(((one, at[there]["room"]) for one in found.here
                             if (there := row.result.get(one.id)) in at), key=lambda pair: pair[0].name.casefold())}


def _channels() -> dict[str, str]:
    return {key: _(words) for key, words in CHANNEL_WORDS.items()}


def _called(room: Room) -> str:
    return f"{room.number} · {room.title}"


def _unlike(here: Place, row: Draw) -> list[tuple[str, str]]:
    """Lists (room, words) of what a room has more or less of than its share to within one seat."""
    told, found = row.certificate, []
    names: Mapping[str, dict[str, Any]] = {
        "delegation": {one["id"]: one["name"] for one in here.delegations}, "channel": _channels(),
        "site": {one["id"]: one["name"] for one in here.sites}}
    for category, called in names.items() if row.way == "balanced" else ():
        for value, counts in told["categories"][category]["counts"].items():
            for key, n in zip(row.rooms, counts, strict=True):
                share = sum(counts) * Fraction(told["shares"][key]) / max(1, told["people"])
                least, most = share.numerator // share.denominator, -(-share.numerator // share.denominator)
                if not least <= n <= most and value in called:
                    said = {"name": called[value], "n": n, "least": least, "most": most}
                    found.append((key, _("{name}: {n} instead of {least}", **said) if least == most
                                  else _("{name}: {n} instead of {least} or {most}", **said)))
    return found
