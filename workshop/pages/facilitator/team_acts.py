"""What the team did in a workshop, newest first, with the names of those who did it: to be read, not to be changed."""
from types import SimpleNamespace

from flask import Blueprint, redirect, request
from sqlalchemy import select

from workshop.actions import undo as undoing
from workshop.house import house
from workshop.pages.accounts.role_names import ROLES
from workshop.pages.facilitator.history_text import step_called
from workshop.pages.input.commands import done
from workshop.pages.input.numbers import whole
from workshop.pages.shell import visitor
from workshop.pages.shell.render import show
from workshop.store.models import Account, Activity, Attachment, Contribution, History, Room, Seat
from workshop.words import N_, _

pages = Blueprint("acts", __name__)
EACH = 60  # on a page
MANY = 5  # people of one act who are called by name
PEOPLE = ("seat.remove", "seat.readmit", "seat.rename", "workshop.lock", "workshop.code", "workshop.wall", "workshop.expect")
TEAM = ("role.give", "role.take", "role.invite", "role.revoke", "role.decline", "token.make", "token.end",
        "report.download", "room.create",
        "room.open", "room.close", "room.pause", "rooms.pause", "room.moderate", "step.go", "step.undo", "step.clock",
        "step.extend", "steps.set", "rooms.rotate", "act.undo")


@pages.get("/w/<workshop_id>/history")
def acts(workshop_id: str):
    """The record of the workshop; ?before=id for what is older."""
    with visitor.staff(workshop_id, leads=True) as here:
        found = recorded(here.session, workshop_id, (*TEAM, *PEOPLE), EACH + 1,
                         before=request.args.get("before", type=whole))
        return show("acts.html", sheets=("door", "history"), workshop=here.workshop, acts=found[:EACH],
                    older=found[EACH - 1]["id"] if len(found) > EACH else None, before="before" in request.args,
                    fresh=fresh(here.session, workshop_id))


@pages.post("/w/<workshop_id>/undo")
def undo(workshop_id: str):
    """Take back what the team took away just now, and show the record, in which that stands too."""
    with visitor.staff(workshop_id, leads=True):
        pass
    done(request.form.get("client", ""), 1, "act.undo",
         {"workshop": workshop_id, "act": request.form.get("act", 0, whole)})
    return redirect(f"/w/{workshop_id}/history", 303)


def recorded(session, workshop_id: str, verbs, most: int, target: str | None = None,
             before: int | None = None) -> list[dict]:
    """[{id, at, who, text}] of what accounts did in a workshop, the newest first; `target`: to this seat."""
    kept = select(History).where(History.stream_id == workshop_id, History.account_id.is_not(None), History.verb.in_(verbs))
    kept = kept.where(History.target_id == target) if target else kept
    kept = kept.where(History.id < before) if before else kept
    found = session.scalars(kept.order_by(History.id.desc()).limit(most)).all()
    names, rooms = _called(session, found)
    return [{"id": one.id, "at": one.at, "who": by(one, names),
             "text": told(one, names.get(one.target_id), rooms.get(one.target_id))} for one in found]


def fresh(session, workshop_id: str) -> list[dict]:
    """[{id, who, text, left: seconds}] of what the team took away just now and can take back (actions/undo.py)."""
    acts = undoing.recent(session, workshop_id, house().clock())
    names, rooms = _called(session, [row for act in acts for row in act.rows])
    return [{"id": act.id, "left": act.left, "who": by(act.rows[0], names), "text": " ".join(dict.fromkeys(
        told(row, names.get(row.target_id), rooms.get(row.target_id)) for row in act.rows[:MANY]))} for act in acts]


def by(one: History, names: dict[str, str]) -> str:
    """Whose act it was: "Elena", or "Elena · Registro del ministerio" where a program did it for her."""
    return " · ".join(filter(None, (names.get(one.account_id, "…"), one.program)))


def _called(session, found) -> tuple[dict[str, str], dict[str, Room]]:
    """(names of the people, the rooms) of which acts speak; for what is done to a card, the room in which it stands."""
    keys = {key for one in found for key in (one.account_id, one.target_id) if key}
    names = {row.id: row.name for table in (Account, Seat)
             for row in session.scalars(select(table).where(table.id.in_(keys)))}
    rooms = {room.id: room for room in session.scalars(select(Room).where(Room.id.in_(keys)))}
    cards = select(Contribution.id, Room).join(Activity, Activity.id == Contribution.activity_id).join(
        Room, Room.id == Activity.room_id).where(Contribution.id.in_(keys))
    files = select(Attachment.id, Room).join(Room, Room.id == Attachment.room_id).where(Attachment.id.in_(keys))
    return names, rooms | dict(session.execute(cards).all()) | dict(session.execute(files).all())


def told(one: History, name: str | None, room: Room | None) -> str:
    """An act in words that follow the name of who did it; `name` of the person, `room` to which it was done."""
    before, after = one.before or {}, one.after or {}
    name = after.get("name") or name or _("Somebody")
    called = f"{room.number} · {room.title}" if room else "…"
    match one.verb:
        case "role.give" | "role.take" | "role.invite" | "role.revoke" | "token.make" | "token.end":
            return _(ROLE[one.verb]).format(name=name, role=_(ROLES.get(after.get("role"), "…")))
        case "role.decline":
            return _("did not take the role: {role}.", role=_(ROLES.get(after.get("role"), "…")))
        case "report.download":
            return _("downloaded the report as {form}.", form=str(after.get("form", "")).upper())
        case "room.pause" | "room.moderate" | "room.create" | "room.open" | "room.close" | "steps.set":
            on = after.get({"room.pause": "paused", "room.moderate": "moderated"}.get(one.verb, ""), True)
            return _(ROOM[one.verb, bool(on)]).format(room=called)
        case "rooms.pause":
            return _("paused all rooms.") if after.get("paused", True) else _("let all rooms go on.")
        case "step.go":
            return _("led room {room} on to the step «{step}».", room=called,
                     step=step_called(room, after.get("step")) if room else "…")
        case "step.undo":
            return _("took room {room} back to the step «{step}».", room=called,
                     step=step_called(room, after.get("step")) if room else "…")
        case "step.clock" | "step.extend":
            return _("set the clock of room {room}.", room=called)
        case "rooms.rotate":
            return _("sent the groups round the rooms.")
        case "act.undo":
            undone = SimpleNamespace(verb=after.get("verb"), before={}, after=after)
            return _("took back: {act}", act=told(undone, name, room))
        case "contribution.withdraw" | "contribution.hide" | "summary.drop" | "group.drop" | "attachment.remove":
            return _(GONE[one.verb]).format(room=called)
        case "seat.remove" if after.get("barred"):
            return _("removed {name} and their device.", name=name)
        case "seat.remove":
            return _("removed {name}.", name=name)
        case "seat.readmit":
            return _("let {name} back in.", name=name)
        case "seat.rename":
            return _("called {name} otherwise: {other}.", name=before.get("name", "…"), other=after.get("name", "…"))
        case "workshop.lock":
            return _("locked the way in.") if after.get("locked") else _("opened the way in.")
        case "workshop.code":
            return _("made a new code.")
        case "workshop.wall":
            return _("made a new address for the wall.")
    people = after.get("people")
    return _("expects {n} people.", n=people) if people else _("took back how many people are expected.")


ROLE = {"role.give": N_("gave {name} a role: {role}."), "role.take": N_("took a role back from {name}: {role}."),
        "role.invite": N_("invited {name}: {role}."), "role.revoke": N_("took the invitation of {name} back: {role}."),
        "token.make": N_("made a token for the program {name}: {role}."),
        "token.end": N_("ended the token of the program {name}: {role}.")}
GONE = {"contribution.withdraw": N_("took a card of room {room} off the board."),
        "contribution.hide": N_("hid a card of room {room}."),
        "summary.drop": N_("took a sentence out of the summary of room {room}."),
        "group.drop": N_("dissolved a group of room {room}."), "attachment.remove": N_("removed a file in room {room}.")}
ROOM = {("room.create", True): N_("made room {room}."), ("room.open", True): N_("opened room {room}."),
        ("room.close", True): N_("closed room {room}."), ("steps.set", True): N_("changed the steps of room {room}."),
        ("room.pause", True): N_("paused room {room}."), ("room.pause", False): N_("let room {room} go on."),
        ("room.moderate", True): N_("lets the ideas of room {room} wait."),
        ("room.moderate", False): N_("lets the ideas of room {room} through.")}
