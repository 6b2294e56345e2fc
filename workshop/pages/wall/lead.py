"""Leads the walls from any device: what stands on each, what is sent, which walls there are. Works without script."""
from collections.abc import Mapping

from flask import Blueprint, jsonify, redirect, request
from flask.typing import ResponseReturnValue

from workshop.domain import walls
from workshop.domain.errors import Refusal
from workshop.domain.shapes import Json
from workshop.house import house
from workshop.pages.input.card_number import card_of
from workshop.pages.input.commands import done
from workshop.pages.shell import visitor
from workshop.pages.shell.render import base_url, show
from workshop.pages.shell.visitor import Place
from workshop.pages.wall import drawing
from workshop.store.models import Account, Wall
from workshop.store.walls.kind import CARD, ROOMS, TEXT, HallSight, called, kinds
from workshop.words import _
from workshop.words.refusals import sentence

pages = Blueprint("wall_lead", __name__)
BESIDE = 4  # blocks of the form


@pages.get("/w/<workshop_id>/walls")
def all_of_it(workshop_id: str, problem: str = "") -> ResponseReturnValue:
    """Shows what stands on each wall, and the forms that send to them; after a refusal with what was chosen."""
    with visitor.staff(workshop_id, leads=True) as here:
        hall = _hall(here)
        offered = {name: kind.offers(hall) for name, kind in kinds().items()}
        return show("wall/lead.html", styles=("door", "walls"), workshop=here.workshop, delegations=here.delegations,
                    walls=_told(here, hall), kinds=kinds(), offered=offered, problem=problem, form=request.form,
                    asked=request.args, begun=_begun(request.form), beside=range(1, BESIDE + 1), TEXT=TEXT, ROOMS=ROOMS,
                    CARD=CARD, sizes=walls.SIZES)


@pages.get("/w/<workshop_id>/walls/now")
def now(workshop_id: str) -> ResponseReturnValue:
    """Tells the desk what stands on each wall: {walls: [{id, name, rev, state, what: [words], by, at, back}]}."""
    with visitor.staff(workshop_id, leads=True) as here:
        return jsonify({"walls": _told(here, _hall(here))})


@pages.get("/w/<workshop_id>/walls/desk")
def on_desk(workshop_id: str) -> ResponseReturnValue:
    """Serves the part of the desk that shows what stands on each wall."""
    with visitor.staff(workshop_id, leads=True) as here:
        return show("wall/desk.html", walls=_told(here, _hall(here)))


@pages.post("/w/<workshop_id>/walls")
def send(workshop_id: str) -> ResponseReturnValue:
    """Carries out the form's button: show, blank, back, turn the page."""
    with visitor.staff(workshop_id, leads=True) as here:
        said = _blocks(here, request.form)
    form, act = request.form, request.form.get("act", "show")
    to: Json = {"workshop": workshop_id, "wall": form.get("wall") or None, "saw": _saw(form)}
    try:
        if act not in ("show", "blank", "back", "before", "next"):
            raise Refusal("bad_payload", field="act")
        if act in ("before", "next"):
            done(form.get("client", ""), 1, "wall.turn", to | {"by": 1 if act == "next" else -1})
        else:
            done(form.get("client", ""), 1, f"wall.{act}", to | ({"blocks": said} if act == "show" else {}))
    except Refusal as refusal:
        return all_of_it(workshop_id, sentence(refusal))
    return redirect(f"/w/{workshop_id}/walls", 303)


@pages.post("/w/<workshop_id>/walls/set")
def change(workshop_id: str) -> ResponseReturnValue:
    """Adds a wall, corrects it, takes it away, gives it a new address."""
    visitor.only_leads(workshop_id)
    form, act = request.form, request.form.get("act", "")
    which: Json = {"workshop": workshop_id} | ({"wall": form["wall"]} if form.get("wall") else {})
    said = {"name": form.get("name", ""), "theme": form.get("theme", ""), "far": _far(form)}
    acts: dict[str, tuple[str, Json]] = {
        "add": ("wall.add", {"workshop": workshop_id} | said), "edit": ("wall.edit", which | said),
        "drop": ("wall.drop", which), "key": ("workshop.wall", which)}
    try:
        if act not in acts:
            raise Refusal("bad_payload", field="act")
        done(form.get("client", ""), 1, *acts[act])
    except Refusal as refusal:
        return all_of_it(workshop_id, sentence(refusal))
    return redirect(f"/w/{workshop_id}/walls#walls", 303)


def _hall(here: Place) -> HallSight:
    return HallSight(here.session, here.workshop, house().clock())


def _told(here: Place, hall: HallSight) -> list[Json]:
    """Lists the walls as the desk has them."""
    return [{"id": row.id, "name": row.name or _("The first wall"), "said": row.name, "rev": row.rev, "theme": row.theme,
             "far": row.far, "first": row.id == here.workshop.id, "back": row.rev > 0,
             "state": "blank" if (row.shown or {}).get("blank") else "sent" if (row.shown or {}).get("blocks") else "own",
             "what": [called(hall, block) for block in (row.shown or {}).get("blocks") or ()], "by": _by(here, row),
             "at": row.shown_at.timestamp() if row.shown_at else None,
             "link": f"{base_url()}/s/{drawing.key_of(here.workshop, row)}"}
            for row in drawing.all_walls(here.session, here.workshop)]


def _by(here: Place, row: Wall) -> str:
    sent = here.session.get(Account, row.shown_by) if row.shown_by else None
    return (sent.name or "") if sent else ""


def _begun(form: Mapping[str, str]) -> Json:
    """Returns a new wall as the form has it: what was typed stands there again after a refusal."""
    typed = form if form.get("act") == "add" else {}
    return {"id": "new", "said": typed.get("name", ""), "far": _far(typed) or walls.FAR, "theme": typed.get("theme", ""),
            "first": False}


def _saw(form: Mapping[str, str]) -> dict[str, int]:
    """Returns {wall: its `rev`} as the page showed them, in fields `saw.<wall>`."""
    return {name[4:]: int(value) for name, value in form.items()
            if name.startswith("saw.") and value.isascii() and value.isdecimal() and len(value) < 10}


def _far(form: Mapping[str, str]) -> int:
    """Returns how far the last row is in tenths of the picture's height: said so, or both in metres; 0: not to be read."""
    try:
        far, high = (float(form.get(name, "").replace(",", ".") or 0) for name in ("far", "high"))
    except ValueError:
        return 0
    heights = far / high if high > 0 else far
    return round(10 * heights) if 0 < heights < 1000 else walls.FAR if not form.get("far") else 0


def _blocks(here: Place, form: Mapping[str, str]) -> list[Json]:
    """Reads the blocks that the form chose: fields `kind.<n>`, `size.<n>`, and what the kind takes."""
    found: list[Json] = []
    for n in range(1, BESIDE + 1):
        kind = kinds().get(form.get(f"kind.{n}", ""))
        if kind is None:
            continue
        block: Json = {"kind": kind.name}
        size = form.get(f"size.{n}", "0")
        if size.lstrip("-").isdecimal() and size.isascii() and int(size):
            block["size"] = int(size)
        for field in kind.takes:
            if field == ROOMS:
                block[field] = [one for one in request.form.getlist(f"{kind.name}.{field}.{n}") if one]
            elif value := form.get(f"{kind.name}.{field}.{n}"):
                block[field] = card_of(here, value)[0] if field == CARD else value.replace("\r\n", "\n")
        found.append(block)
    return found
