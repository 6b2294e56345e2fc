"""Undoes what took something away: for ten seconds by the server's clock, by whoever did it or a facilitator.

What an act took away is in the history. No page's own timer is believed: a page only stops offering the button.
"""
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from pydantic import Field
from sqlalchemy import func, select

from workshop.actions.core.context import InWorkshop
from workshop.actions.core.registry import Shape, verb
from workshop.actions.core.telling import Act, Sentence, tells, told
from workshop.actions.people.removal import let_in
from workshop.actions.programme import videos
from workshop.actions.rooms import attendance, private_work, stepping
from workshop.actions.votes.counting import groups_changed
from workshop.domain import steps
from workshop.domain.errors import Refusal
from workshop.domain.roles import LEADS
from workshop.store.models import (
    Activity,
    Attachment,
    Contribution,
    History,
    Invitation,
    Membership,
    ProgramToken,
    Room,
    Seat,
    Video,
    Workshop,
)
from workshop.store.transaction import Session
from workshop.words import _

SECONDS = 10
JOURNEY = 5  # seconds more that a tap may take on a slow connection
LATELY = 2000  # acts of the whole store among which the last seconds lie


class Undo(Shape):
    """Names an act of the record (History.id), as the desk and the pages tell it; `room`: where it was, for staff of that
    room only."""

    workshop: str = Field(max_length=40)
    room: str | None = Field(default=None, max_length=40)
    act: int = Field(ge=1, lt=2**53)


@dataclass(frozen=True)
class Loss:
    """Describes what can be undone: `rows` are of one command; `left`: seconds for which it is offered."""

    id: int
    rows: list[History]
    left: int


Back = Callable[[InWorkshop, History], bool]  # puts back what an act took away, if that can be


@verb("act.undo", Undo)
def undo(work: InWorkshop, payload: Undo) -> None:
    """Puts back what an act took away. Refusals: `not_here`, `not_yours` (another's act, and no facilitator's wish),
    `undo_over` (it is longer ago, or was undone already, or something has been done about it since)."""
    session, first = work.session, work.session.get(History, payload.act)
    own = first is not None and work.seat is not None and first.seat_id == work.seat.id
    if first is None or first.verb not in BACK or not (own or first.stream_id in _lines(session, work.workshop.id)):
        raise Refusal("not_here")
    by = work.who.device.account_id, work.who.program or None  # a token may be less than its account is
    if not own and work.role not in LEADS and (work.seat or (first.account_id, first.program) != by):
        raise Refusal("not_yours")
    if first.at < work.now - timedelta(seconds=SECONDS + JOURNEY):
        raise Refusal("undo_over")
    if not sum([BACK[first.verb](work, row) for row in together(session, first)]):
        raise Refusal("undo_over")
    assert first.target_id  # what can be taken back was done to something
    work.remember(first.target_id, {"act": first.id}, {"verb": first.verb} | (first.after or {}), first.stream_id)


@tells("act.undo", team="room")
def _undone(act: Act) -> Sentence:
    undone = told(replace(act, verb=act.after.get("verb", ""), before={})).team
    return Sentence(team=_("took back: {act}", act=undone)) if undone else Sentence()


def recent(session: Session, workshop_id: str, now: datetime) -> list[Loss]:
    """Lists what the team took away in the last seconds and nobody has undone, the newest first; for facilitators."""
    newest = session.scalar(select(func.max(History.id))) or 0
    since = now - timedelta(seconds=SECONDS)
    found = session.scalars(select(History).where(
        History.id > newest - LATELY, History.at > since, History.verb.in_([*BACK, "act.undo"]),
        History.account_id.is_not(None)).order_by(History.id.desc())).all()
    lines = _lines(session, workshop_id) if found else ()
    done = {(one.before or {})["act"] for one in found if one.verb == "act.undo"}
    grouped: dict[tuple[str, str | None, datetime], list[History]] = {}
    for one in found:
        if one.verb in BACK and one.stream_id in lines and not _shows(one):
            grouped.setdefault((one.verb, one.account_id, one.at), []).append(one)
    return [_loss(rows, now) for rows in grouped.values() if not done & {row.id for row in rows}]


def of_target(session: Session, target: str, seats: Collection[str], now: datetime) -> Loss | None:
    """Finds what one of `seats` took away with its last act on the card or group, if it can still be undone."""
    last = session.scalars(select(History).where(History.target_id == target).order_by(History.id.desc()).limit(1)).first()
    if last is None or last.verb not in BACK or last.seat_id not in seats or last.at <= now - timedelta(seconds=SECONDS):
        return None
    return _loss([last], now)


def together(session: Session, first: History) -> list[History]:
    """Lists the history rows that one command of somebody with an account wrote."""
    if first.account_id is None:
        return [first]
    return list(session.scalars(select(History).where(
        History.stream_id == first.stream_id, History.verb == first.verb, History.at == first.at,
        History.account_id == first.account_id).order_by(History.id)))


def _shows(act: History) -> bool:
    """Tells whether the act gave something instead of taking it."""
    return act.verb == "contribution.hide" and (act.after or {}).get("hidden") is None


def _loss(rows: list[History], now: datetime) -> Loss:
    first = min(rows, key=lambda row: row.id)
    left = SECONDS - int((now - first.at).total_seconds())
    return Loss(first.id, sorted(rows, key=lambda row: row.id), max(1, min(SECONDS, left)))


def _lines(session: Session, workshop_id: str) -> set[str]:
    """Lists the streams in which acts of a workshop stand, except the private ones of its rooms."""
    rooms = session.execute(select(Room.stream_id, Room.inbox).where(Room.workshop_id == workshop_id))
    return {workshop_id, *(line for row in rooms for line in row if line)}


def _seat(work: InWorkshop, act: History) -> bool:
    seat = work.session.get(Seat, act.target_id)
    return seat is not None and seat.revoked_at == act.at and let_in(work, seat)


def _room(work: InWorkshop, act: History) -> bool:
    """Puts the room back where it was; the time in which it was closed is given back."""
    room = work.session.get(Room, act.target_id)
    if room is None or room.closed_at != act.at or room.archived_at:
        return False
    room.closed_at = room.closed_by = None
    if room.deadline and room.deadline > act.at:
        room.deadline += work.now - act.at
    private_work.enter(work.session, room)
    stepping.reveal_votes(work, room)
    attendance.take_back(work.session, room, act.at, work.now)
    work.touch(room, work.workshop.id)
    return True


def _role(work: InWorkshop, act: History) -> bool:
    """Puts the membership back as it was, and the invitations and tokens that ended with it."""
    held = select(Membership).where(Membership.workshop_id == work.workshop.id, Membership.account_id == act.target_id)
    room = (act.after or {}).get("room")
    if any((one.role, one.room_id) == ((act.after or {})["role"], room) for one in work.session.scalars(held)):
        return False
    work.session.add(Membership(
        workshop_id=work.workshop.id, account_id=act.target_id, role=(act.after or {})["role"], room_id=room))
    ended = Invitation.made_by == act.target_id, Invitation.revoked_at == act.at
    for one in work.session.scalars(select(Invitation).where(Invitation.workshop_id == work.workshop.id, *ended)):
        one.revoked_at = None
    for token in work.session.scalars(select(ProgramToken).where(
            ProgramToken.workshop_id == work.workshop.id, ProgramToken.account_id == act.target_id,
            ProgramToken.revoked_at == act.at)):
        token.revoked_at = None
    return True


def _invitation(work: InWorkshop, act: History) -> bool:
    one = work.session.get(Invitation, (act.after or {}).get("invitation", ""))
    if one is None or one.revoked_at != act.at:
        return False
    one.revoked_at = None
    return True


def _way(column: str) -> Back:
    """Puts back the join code, or the key of the wall; what was handed out since leads nowhere."""
    def back(work: InWorkshop, act: History) -> bool:
        later = work.session.scalar(select(History.id).where(
            History.stream_id == work.workshop.id, History.verb == act.verb, History.id > act.id))
        if column not in (act.before or {}):
            return False  # of another wall than the first
        was = (act.before or {})[column]  # nothing, where this was the first
        if later or (was and work.session.scalar(select(Workshop.id).where(getattr(Workshop, column) == was))):
            return False
        setattr(work.workshop, column, was)
        return True
    return back


def _steps(work: InWorkshop, act: History) -> bool:
    room = work.session.get(Room, act.target_id)
    keys = [step["key"] for step in (act.before or {})["steps"]]
    running = steps.now(room)["key"] if room else None
    if room is None or room.steps != (act.after or {})["steps"] or running not in keys:
        return False
    room.steps, room.step = (act.before or {})["steps"], keys.index(running)
    if room.opened_at:
        private_work.enter(work.session, room)
    stepping.reveal_votes(work, room)
    attendance.take_back(work.session, room, act.at, work.now)
    work.touch(room, work.workshop.id)
    return True


def _card(column: str) -> Back:
    """Puts back a card, comment, sentence or group as it was before it was withdrawn or hidden at this instant."""
    def back(work: InWorkshop, act: History) -> bool:
        row = work.session.get(Contribution, act.target_id)
        if row is None or getattr(row, f"{column}_at") != act.at:
            return False
        setattr(row, f"{column}_at", None)
        setattr(row, f"{column}_by", None)
        if column == "hidden":
            row.hidden_for = None
        work.touch(row)
        _room_of(work, row).used(work.now)
        if column == "hidden" and row.stream_id != work.session.get_one(Activity, row.activity_id).stream_id:
            private_work.tell_author(work.session, _room_of(work, row), row)
        return True
    return back


def _group(work: InWorkshop, act: History) -> bool:
    """Puts back the group with the cards that were in it, as far as they have not joined another since."""
    if "cards" not in (act.before or {}) or not _card("withdrawn")(work, act):
        return False
    for row in work.session.scalars(select(Contribution).where(
            Contribution.id.in_((act.before or {})["cards"]), Contribution.group_id.is_(None))):
        row.group_id = act.target_id
        work.touch(row)
    work.activity = work.session.get_one(Activity, work.session.get_one(Contribution, act.target_id).activity_id)
    groups_changed(work, work.activity)
    return True


def _file(work: InWorkshop, act: History) -> bool:
    file = work.session.get(Attachment, act.target_id)
    card = work.session.get(Contribution, file.contribution_id) if file else None
    if file is None or card is None or file.removed_at != act.at or card.withdrawn_at:
        return False
    file.removed_at = file.removed_by = None
    card.files = [*(card.files or ()), file.shown()]
    work.touch(card)
    _room_of(work, card).used(work.now)
    return True


def _video(work: InWorkshop, act: History) -> bool:
    """Puts the video back on its block, unless another one stands there now."""
    gone = work.session.scalars(select(Video).where(
        Video.block_id == act.target_id, Video.removed_at == act.at, Video.workshop_id == work.workshop.id)).all()
    if not gone or videos.of_blocks(work.session, [act.target_id or ""]):
        return False
    for video in gone:
        video.removed_at = video.removed_by = None
    return True


def _room_of(work: InWorkshop, row: Contribution) -> Room:
    return work.session.get_one(Room, work.session.get_one(Activity, row.activity_id).room_id)


# What takes something away, and what puts it back; whether there was anything to put back.
BACK = {
    "seat.remove": _seat, "room.close": _room, "role.take": _role, "role.revoke": _invitation, "steps.set": _steps,
    "workshop.code": _way("code"), "workshop.wall": _way("screen_key"), "workshop.calendar": _way("calendar_key"),
    "contribution.withdraw": _card("withdrawn"), "contribution.hide": _card("hidden"),
    "summary.drop": _card("withdrawn"), "group.drop": _group,
    "attachment.remove": _file, "video.remove": _video}
