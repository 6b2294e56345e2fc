"""What the team did in a workshop, newest first, with the names of those who did it: to be read, not to be changed."""
from flask import Blueprint, request
from sqlalchemy import select

from workshop.pages import place
from workshop.pages.team import ROLES
from workshop.pages.view import show
from workshop.store.models import Account, History, Room, Seat
from workshop.words import N_, _, spoken

pages = Blueprint("acts", __name__)
EACH = 60  # on a page
SAID = {"role.give": N_("{who} gave {name} a role: {role}."), "role.take": N_("{who} took a role back from {name}: {role}."),
        "seat.remove": N_("{who} removed {name}."), "report.download": N_("{who} downloaded the report as {form}."),
        "room.create": N_("{who} made room {room}."), "room.open": N_("{who} opened room {room}."),
        "room.close": N_("{who} closed room {room}."), "step.go": N_("{who} led room {room} on to the step «{step}»."),
        "rooms.rotate": N_("{who} sent the groups round the rooms."),
        "steps.set": N_("{who} changed the steps of room {room}.")}
PAUSED = {True: N_("{who} paused room {room}."), False: N_("{who} let room {room} go on.")}
MODERATED = {True: N_("{who} lets the ideas of room {room} wait."),
             False: N_("{who} lets the ideas of room {room} through.")}


@pages.get("/w/<workshop_id>/history")
def acts(workshop_id: str):
    """The record of the workshop; ?before=id for what is older."""
    with place.staff(workshop_id, leads=True) as here:
        before = request.args.get("before", type=int)
        kept = select(History).where(History.stream_id == workshop_id, History.account_id.is_not(None),
                                     History.verb.in_((*SAID, "room.pause", "rooms.pause", "room.moderate")))
        kept = kept.where(History.id < before) if before else kept
        found = here.session.scalars(kept.order_by(History.id.desc()).limit(EACH + 1)).all()
        names = _names(here.session, found)
        told = [{"at": one.at, "text": sentence(one, names)} for one in found[:EACH]]
        return show("acts.html", sheets=("door", "history"), workshop=here.workshop, acts=told,
                    older=found[EACH - 1].id if len(found) > EACH else None)


def _names(session, found) -> dict:
    """{id of an account, a seat or a room: what it is called}; of rooms the row."""
    keys = {key for one in found for key in (one.account_id, one.target_id) if key}
    names = {row.id: row.name for table in (Account, Seat)
             for row in session.scalars(select(table).where(table.id.in_(keys)))}
    return names | {room.id: room for room in session.scalars(select(Room).where(Room.id.in_(keys)))}


def sentence(one: History, names: dict) -> str:
    """An act in words."""
    after, room = one.after or {}, names.get(one.target_id)
    room, name = (room, None) if isinstance(room, Room) else (None, room)
    said = PAUSED[bool(after.get("paused"))] if one.verb in ("room.pause", "rooms.pause") else (
        MODERATED[bool(after.get("moderated"))] if one.verb == "room.moderate" else SAID[one.verb])
    number = after.get("step")
    step = room.steps[number] if room and isinstance(number, int) and number < len(room.steps) else {"key": "…"}
    return _(said).format(
        who=names.get(one.account_id) or _("◆ Facilitation"), name=after.get("name") or name or _("Somebody"),
        role=_(ROLES.get(after.get("role"), "")) if after.get("role") else "", form=str(after.get("form", "")).upper(),
        room=f"{room.number} · {room.title}" if room else "…", step=spoken(step.get("title")) or step["key"])
