"""Archives, copies and deletes workshops, and brings deleted ones back."""
from datetime import datetime
from typing import cast

from pydantic import Field
from sqlalchemy import select

from workshop.actions.core.context import CommandContext, InWorkshop
from workshop.actions.core.record import keep
from workshop.actions.core.registry import Shape, verb
from workshop.actions.core.telling import Act, Sentence, tells
from workshop.actions.lives.copying import copy_workshop
from workshop.actions.rooms.edits import end
from workshop.actions.rooms.rooms import tell_closed
from workshop.actions.rooms.workshops import check_may_create
from workshop.domain.errors import Refusal
from workshop.domain.limits import ROUGH, TITLE
from workshop.domain.people.names import typed_name
from workshop.store.identity import Who
from workshop.store.models import Account, Device, Seat, Workshop
from workshop.store.transaction import Session
from workshop.words import _


class Archive(Shape):
    """Says whether the workshop is put aside."""

    workshop: str = Field(max_length=40)
    on: bool = True


class Duplicate(Shape):
    """Says what the copy of the workshop is called, and its first day (ISO; "": the days of the original)."""

    workshop: str = Field(max_length=40)
    title: str = Field(max_length=ROUGH * TITLE)
    first_day: str = Field(default="", max_length=20)


class Delete(Shape):
    """Names the workshop and says its title, as whoever wants to delete it has typed it."""

    workshop: str = Field(max_length=40)
    title: str = Field(max_length=ROUGH * TITLE)


class Restore(Shape):
    """Names a workshop that was deleted."""

    workshop: str = Field(max_length=40)


@verb("workshop.archive", Archive)
def archive(work: InWorkshop, payload: Archive) -> None:
    """Puts the workshop aside: it is over, and stands on its team's list of what is put aside. Or takes it back to their
    list, open as it was, with its rooms closed; over where it was over before."""
    workshop = work.workshop
    if (workshop.archived_at is not None) == payload.on:
        return
    if payload.on:
        end(work)
    elif workshop.closed_at == workshop.archived_at:  # it was going on until it was put aside
        workshop.closed_at = None
    workshop.archived_at = work.now if payload.on else None
    work.session.flush()
    work.remember(workshop.id, {"aside": not payload.on}, {"aside": payload.on}, workshop.id)


@tells("workshop.archive", team="room")
def _archived(act: Act) -> Sentence:
    if "open" in act.after:  # one of its rooms
        return Sentence(tell_closed(act).text)
    return Sentence(team=_("put the workshop aside.") if act.after.get("aside") else _("brought the workshop back."))


@verb("workshop.duplicate", Duplicate)
def duplicate(work: InWorkshop, payload: Duplicate) -> None:
    """Makes a copy of the workshop without its people and what they put in; whoever does it owns it. The answer says its id
    in `workshop`. Refusals: `may_not_create`, `not_for_programs`, `name_missing`, `bad_day`."""
    account = work.session.get(Account, work.who.device.account_id)
    if account is None or work.who.program:
        raise Refusal("not_for_programs")
    check_may_create(account, work.may_create)
    title = typed_name(payload.title, TITLE)
    if not title:
        raise Refusal("name_missing")
    made = copy_workshop(work.session, work.now, work.workshop, account, title, payload.first_day)
    keep(work.session, work.now, made.id, account.id, "workshop.duplicate", made.id, of=work.workshop.title)
    work.beside["workshop"] = made.id
    work.remember(work.workshop.id, None, {"copy": title}, work.workshop.id)


@tells("workshop.duplicate", team="room")
def _duplicated(act: Act) -> Sentence:
    if "of" in act.after:
        return Sentence(team=_("made this workshop as a copy of “{title}”.", title=act.after["of"]))
    return Sentence(team=_("made a copy of the workshop: “{title}”.", title=act.after.get("copy", "…")))


@verb("workshop.delete", Delete)
def delete(work: InWorkshop, payload: Delete) -> None:
    """Deletes the workshop: nobody sees it any more, its owner may bring it back for a week (actions/lives/removing.py), and
    then nothing of it is left. Refusals: `title_differs`, `not_for_programs`."""
    if work.who.program:
        raise Refusal("not_for_programs")
    if typed_name(payload.title, TITLE).casefold() != work.workshop.title.casefold():
        raise Refusal("title_differs", title=work.workshop.title)
    put_away(work)


@tells("workshop.delete", team="room")
def _deleted(act: Act) -> Sentence:
    if "open" in act.after:
        return Sentence(tell_closed(act).text)
    return Sentence(team=_("deleted the workshop."))


@verb("workshop.restore", Restore)
def restore(work: InWorkshop, payload: Restore) -> None:
    """Brings back a workshop that was deleted; it is over, and can be opened again."""
    if work.workshop.deleted_at is None:
        return
    work.workshop.deleted_at = None
    work.session.flush()
    work.remember(work.workshop.id, {"deleted": True}, {"deleted": False}, work.workshop.id)


@tells("workshop.restore", team="room")
def _restored(act: Act) -> Sentence:
    return Sentence(team=_("brought the deleted workshop back."))


def put_away(work: InWorkshop) -> None:
    """Ends the workshop and marks it as deleted; the lines of everybody in it are cut."""
    workshop = work.workshop
    end(work)
    workshop.deleted_at = work.now
    work.session.flush()
    work.session.changes.seats_out |= set(work.session.scalars(select(Seat.id).where(Seat.workshop_id == workshop.id)))
    work.remember(workshop.id, {"deleted": False}, {"deleted": True}, workshop.id)


def by_operator(session: Session, now: datetime, workshop: Workshop, verb_: str) -> InWorkshop:
    """Returns the context of what is done at the command line, where nobody is signed in."""
    return cast(InWorkshop, CommandContext(session, now, Who(Device(id="")), verb_, workshop=workshop))
