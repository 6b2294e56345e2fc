"""Shows what happened in a room, newest first, to its facilitators; earlier texts are brought back from here."""
from collections.abc import Iterable

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy import Select, or_, select

from workshop.actions.core import telling
from workshop.domain.errors import Refusal
from workshop.domain.people.names import STAFF_MARK
from workshop.domain.shapes import Json
from workshop.house import house
from workshop.pages.facilitator.team_acts import by
from workshop.pages.input.numbers import whole
from workshop.pages.input.refused_field import sentence
from workshop.pages.shell import visitor
from workshop.pages.shell.render import number, show
from workshop.pages.shell.security import secret
from workshop.pages.shell.visitor import Place
from workshop.store.files.anonymize import WRITING
from workshop.store.models import Account, Activity, Contribution, History, Room, Seat
from workshop.words import _

pages = Blueprint("history", __name__)
EACH = 60  # on a page


@pages.get("/w/<workshop_id>/r/<int:room>/history")
def history(workshop_id: str, room: int, problem: str = "") -> ResponseReturnValue:
    """Shows the record of the room, or of one card (?card=id); ?before=id for what is older."""
    with visitor.staff(workshop_id, room, leads=True) as here:
        before, card = request.args.get("before", type=whole), request.args.get("card", "")
        session, kept = here.session, _kept(here)
        kept = kept.where(History.id < before) if before else kept
        kept = kept.where(History.target_id == card) if card else kept
        found = session.scalars(kept.order_by(History.id.desc()).limit(EACH + 1)).all()
        rows = {row.id: row for row in session.scalars(select(Contribution).where(Contribution.id.in_(_named(found))))}
        names = {} if here.workshop.privacy == "anonymous" else dict(session.execute(
            select(Seat.id, Seat.name).where(Seat.id.in_({one.seat_id for one in found if one.seat_id}))).all())
        staff = dict(session.execute(select(Account.id, Account.name).where(
            Account.id.in_({one.account_id for one in found if one.account_id}))).all())
        calls = {key: number({"number": row.number, "home": row.home}, room) for key, row in rows.items() if row.number}
        calls |= {key: _("{card} (copy)", card=said) for key, said in calls.items() if rows[key].copy_of}
        calls |= {key: row.body["text"] for key, row in rows.items() if row.kind == "group"}
        hidden = here.workshop.privacy == "anonymous"  # then nobody learns who of the team wrote or changed a card either
        acts = [_line(one, rows.get(one.target_id or ""), here.room, calls,
                      _who(one, names, {} if hidden and one.verb in WRITING else staff)) for one in found[:EACH]]
        return show("facilitator/history.html", styles=("door", "history"), workshop=here.workshop, room=here.room,
                    problem=problem, acts=[act for act in acts if act],
                    older=found[EACH - 1].id if len(found) > EACH else None, card=card, before=before)


@pages.post("/w/<workshop_id>/r/<int:room>/history")
def again(workshop_id: str, room: int) -> ResponseReturnValue:
    """Brings back what was before an act: an earlier text, a card taken back or hidden, cards that were merged, a sentence.
    """
    with visitor.staff(workshop_id, room, leads=True) as here:
        one = here.session.scalar(_kept(here).where(History.id == request.form.get("act", type=whole)))
        row = here.session.get(Contribution, one.target_id) if one else None
        if one is None or row is None:
            raise Refusal("not_here")
        command = telling.told(_act(one, row, here.room, {})).command
    if not command:
        raise Refusal("not_here")
    answer = house().performer.perform(secret(), {
        "client": request.form.get("client", ""), "n": 1, "verb": command[0], "seat": None, "payload": command[1]})
    if not answer.get("ok"):
        return history(workshop_id, room, sentence(Refusal(answer.get("code", "later"), **answer.get("values", {}))))
    return redirect(request.full_path.rstrip("?"), 303)


def _line(one: History, row: Contribution | None, room: Room, calls: dict[str, str], who: str) -> Json | None:
    """Describes {id, at, text, said?, back?, target?} of an act; None for what needs no telling."""
    told = telling.told(_act(one, row, room, calls, who))
    return {"id": one.id, "at": one.at, "text": told.text, "said": told.said, "back": told.back,
            "target": one.target_id if row is not None and row.kind == "idea" else None} if told.text else None


def _act(one: History, row: Contribution | None, room: Room, calls: dict[str, str], who: str = "") -> telling.Act:
    """Makes an act of the record as its sentence needs it; `calls`: how cards and groups are called."""
    after = one.after or {}
    return telling.Act(one.verb, one.before or {}, after, one.at, row, room, who,
                       calls.get(one.target_id or "") or _("a card"),
                       calls.get(after.get("into") or after.get("group") or "", "…"))


def _kept(here: Place) -> Select[History]:
    """Selects the acts on the room, on its activities and on what everybody in it sees now; nothing of what is private yet.
    """
    room = here.in_room
    mine = select(Activity.id).where(Activity.room_id == room.id)
    cards = select(Contribution.id).where(Contribution.activity_id.in_(mine),
                                          Contribution.stream_id.in_([room.stream_id, here.workshop.id]))
    return select(History).where(or_(
        History.target_id == room.id, History.target_id.in_(mine), History.target_id.in_(cards)))


def _named(found: Iterable[History]) -> set[str | None]:
    """Collects the ids of all cards that the acts name."""
    keys = {one.target_id for one in found}
    for one in found:
        for state in filter(None, (one.before, one.after)):
            keys |= {state[name] for name in ("into", "group") if state.get(name)}
    return keys


def _who(one: History, names: dict[str, str], staff: dict[str, str]) -> str:
    if one.account_id:
        return f"{STAFF_MARK} {by(one, staff)}" if one.account_id in staff else _("◆ Facilitation")
    return names.get(one.seat_id or "") or _("Somebody")
