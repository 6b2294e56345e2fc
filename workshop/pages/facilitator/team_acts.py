"""Shows what the team did in a workshop, newest first, with the names of those who did it: read-only."""
from collections.abc import Collection, Iterable

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from workshop.actions import undo as undoing
from workshop.actions.core import telling
from workshop.domain.shapes import Json
from workshop.house import house
from workshop.pages.input.commands import done
from workshop.pages.input.numbers import whole
from workshop.pages.shell import visitor
from workshop.pages.shell.render import show
from workshop.store.models import Account, Activity, Attachment, Contribution, History, Room, Seat
from workshop.store.transaction import Session

pages = Blueprint("acts", __name__)
EACH = 60  # on a page
MANY = 5  # people of one act who are called by name


@pages.get("/w/<workshop_id>/history")
def acts(workshop_id: str) -> ResponseReturnValue:
    """Shows the record of the workshop; ?before=id for what is older."""
    with visitor.staff(workshop_id, leads=True) as here:
        found = recorded(here.session, workshop_id, telling.of_team(), EACH + 1,
                         before=request.args.get("before", type=whole))
        told = [act for act in found[:EACH] if act["text"]]
        return show("facilitator/team/acts.html", styles=("door", "history"), workshop=here.workshop, acts=told,
                    older=found[EACH - 1]["id"] if len(found) > EACH else None, before="before" in request.args,
                    fresh=fresh(here.session, workshop_id))


@pages.post("/w/<workshop_id>/undo")
def undo(workshop_id: str) -> ResponseReturnValue:
    """Undoes what the team took away just now, and shows the record, in which that stands too."""
    with visitor.staff(workshop_id, leads=True):
        pass
    done(request.form.get("client", ""), 1, "act.undo",
         {"workshop": workshop_id, "act": request.form.get("act", 0, whole)})
    return redirect(f"/w/{workshop_id}/history", 303)


def recorded(session: Session, workshop_id: str, verbs: Collection[str], most: int, target: str | None = None,
             before: int | None = None) -> list[Json]:
    """Lists [{id, at, who, text}] of what accounts did in a workshop, the newest first; `target`: to this seat."""
    kept = select(History).where(History.stream_id == workshop_id, History.account_id.is_not(None), History.verb.in_(verbs))
    kept = kept.where(History.target_id == target) if target else kept
    kept = kept.where(History.id < before) if before else kept
    found = session.scalars(kept.order_by(History.id.desc()).limit(most)).all()
    names, rooms = _called(session, found)
    return [{"id": one.id, "at": one.at, "who": by(one, names),
             "text": told(one, names.get(one.target_id or ""), rooms.get(one.target_id or ""))} for one in found]


def fresh(session: Session, workshop_id: str) -> list[Json]:
    """Lists [{id, who, text, left: seconds}] of what the team took away just now and can undo (actions/undo.py)."""
    acts = undoing.recent(session, workshop_id, house().clock())
    names, rooms = _called(session, [row for act in acts for row in act.rows])
    return [{"id": act.id, "left": act.left, "who": by(act.rows[0], names),
             "text": " ".join(dict.fromkeys(told(row, names.get(row.target_id or ""), rooms.get(row.target_id or ""))
                                            for row in act.rows[:MANY]))} for act in acts]


def by(one: History, names: dict[str, str]) -> str:
    """Names whose act it was: "Elena", or "Elena · Registro del ministerio" where a program did it for her."""
    return " · ".join(filter(None, (names.get(one.account_id or "", "…"), one.program)))


def _called(session: Session, found: Iterable[History]) -> tuple[dict[str, str], dict[str, Room]]:
    """Finds (names of the people, the rooms) of which acts speak; for what is done to a card, the room in which it stands.
    """
    keys = {key for one in found for key in (one.account_id, one.target_id) if key}
    names = {row.id: row.name for table in (Account, Seat)
             for row in session.execute(select(table.id, table.name).where(table.id.in_(keys)))}
    rooms = {room.id: room for room in session.scalars(select(Room).where(Room.id.in_(keys)))}
    cards = select(Contribution.id, Room).join(Activity, Activity.id == Contribution.activity_id).join(
        Room, Room.id == Activity.room_id).where(Contribution.id.in_(keys))
    files = select(Attachment.id, Room).join(Room, Room.id == Attachment.room_id).where(Attachment.id.in_(keys))
    return names, rooms | dict(session.execute(cards).all()) | dict(session.execute(files).all())


def told(one: History, name: str | None, room: Room | None) -> str:
    """Words an act, to follow the name of who did it; `name` of the person, `room` to which it was done."""
    after = one.after or {}
    return telling.told(telling.Act(one.verb, one.before or {}, after, room=room, name=after.get("name") or name or "")).team
