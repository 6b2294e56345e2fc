"""Writes a group's report-out: items that cite cards, and their publication."""
from typing import Any, NoReturn

from pydantic import Field
from sqlalchemy import delete, func, select
from sqlalchemy.orm import object_session

from workshop.actions.cards import conflicts
from workshop.actions.cards.read_marks import mark
from workshop.actions.core.context import InRoom, OnBoard, OnCard
from workshop.actions.core.registry import Shape, verb
from workshop.actions.core.telling import Act, Command, Sentence, tells, text_of
from workshop.domain.errors import Refusal
from workshop.domain.kinds import kinds
from workshop.store.models import Activity, Contribution, Link
from workshop.store.transaction import Session
from workshop.store.visibility import threads
from workshop.store.visibility.threads import CITES
from workshop.words import _


class Item(Shape):
    """Describes a sentence of the summary, new or changed; `cites` are ids of cards of any room, as far as the writer sees
    them."""

    activity: str = Field(max_length=40)
    id: str = Field(pattern=r"^[A-Za-z0-9_-]{8,40}$")
    body: dict[str, Any]
    cites: list[str] = Field(default=[], max_length=60)
    base_rev: int = Field(default=0, ge=0)


class Drop(Shape):
    """Names an item to remove."""

    id: str = Field(max_length=40)


class Publish(Shape):
    """Shows the summary in the plenary, or takes it back."""

    activity: str = Field(max_length=40)
    on: bool = True


@verb("summary.item", Item)
def item(work: OnBoard, payload: Item) -> Contribution:
    """Writes an item.

    Two writers of one sentence: both changes are kept if they can be (actions/cards/conflicts.py); where it is not known any
    more what the later one had seen, the refusal `stale` carries the other text. Changing a sentence that was removed brings
    it back.
    """
    _summary(work)
    rules = kinds()["summary"].card_rules
    (body, _place), cites = rules.check(work.activity.settings, payload.body, {}), payload.cites
    row = work.session.get(Contribution, payload.id)
    if row is None:
        row = Contribution(id=payload.id, activity_id=work.activity.id, stream_id=work.activity.stream_id, kind="item",
                           account_id=work.who.device.account_id, body=body, place={}, rev=0, created_at=work.now,
                           number=_next(work))
        before = None
    elif row.activity_id != work.activity.id:
        raise Refusal("id_reused")
    else:
        before = {"body": row.body, "rev": row.rev, "cites": threads.cited_by(work.session, row.id)}
        if payload.base_rev != row.rev:
            body, cites = conflicts.sentence(work, row, body, cites, payload.base_rev) or _stale(row)
            body, _place = rules.check(work.activity.settings, body, {})
    row.body, row.rev, row.edited_at, row.withdrawn_at = body, row.rev + 1, work.now, None
    work.touch(row)
    work.session.add(row)
    _cite(work, row, cites)
    work.remember(row.id, before, {"body": body, "cites": cites, "rev": row.rev})
    return row


@tells("summary.item")
def _written(act: Act) -> Sentence:
    if not act.before:
        return Sentence(_("{who} wrote in the summary:", **act.names), said=text_of(act.after))
    return Sentence(_("{who} changed a sentence of the summary. Before:", **act.names), said=act.said_before(),
                    back=_("Bring this text back"), command=_as_before(act))


def _stale(row: Contribution) -> NoReturn:
    raise Refusal("stale", rev=row.rev, body=row.body)


@verb("summary.drop", Drop)
def drop(work: OnCard, payload: Drop) -> Contribution:
    """Removes an item from the summary."""
    _summary(work)
    work.target.withdrawn_at, work.target.withdrawn_by = work.now, work.actor()
    work.touch(work.target)
    work.remember(work.target.id, {"body": work.target.body}, None)
    return work.target


@tells("summary.drop")
def _dropped(act: Act) -> Sentence:
    names = act.names
    return Sentence(
        _("{who} took out of the summary:", **names), _("took a sentence out of the summary of room {room}.", **names),
        said=act.said_before(), back=_("Put it into the summary again") if act.withdrawn() else "", command=_as_before(act))


def _as_before(act: Act) -> Command | None:
    """Returns the command that brings the sentence back as it was; what it cites now it goes on citing."""
    row, body = act.row, act.before.get("body")
    session = object_session(row) if row and body else None
    if row is None or not isinstance(session, Session):
        return None
    return "summary.item", {"activity": row.activity_id, "id": row.id, "body": body, "base_rev": row.rev,
                            "cites": threads.cited_by(session, row.id)}


@verb("summary.publish", Publish)
def publish(work: OnBoard, payload: Publish) -> Activity:
    """Shows it in the plenary at once. Every item gets a new number, because who may see it changes."""
    _summary(work)
    work.activity.published_at = work.now if payload.on else None
    work.activity.published_by = work.actor() if payload.on else None
    work.touch(work.activity)
    for row in work.session.scalars(select(Contribution).where(Contribution.activity_id == work.activity.id)):
        work.touch(row)
    work.remember(work.activity.id, None, {"published": payload.on}, work.workshop.id)
    return work.activity


@tells("summary.publish")
def _published(act: Act) -> Sentence:
    return Sentence(_("{who} published the summary.", **act.names) if act.after.get("published")
                    else _("{who} took the summary back.", **act.names))


def _next(work: OnBoard) -> int:
    """Returns the next position: the sentences of a summary stand in the order in which they were first written."""
    return 1 + (work.session.scalar(select(func.max(Contribution.number)).where(
        Contribution.activity_id == work.activity.id)) or 0)


def _summary(work: OnBoard) -> None:
    if work.activity.kind != "summary":
        raise Refusal("not_for_this")


def _cite(work: InRoom, row: Contribution, cites: list[str]) -> None:
    """Links the sentence with its cards. What it cites already it may go on citing, whatever became of the card. Citing a
    card of the own room marks it as read."""
    cited = list(dict.fromkeys(cites))
    work.session.flush()
    mine = (Link.source_id == row.id) & (Link.kind == CITES)
    fresh = [one for one in cited if one not in threads.cited_by(work.session, row.id)]
    if set(fresh) - threads.seen(work.session, work.who, work.workshop, cited).keys():
        raise Refusal("no_such_card")
    work.session.execute(delete(Link).where(mine))
    work.session.add_all(Link(source_id=row.id, target_id=card, kind=CITES, position=i, by=work.actor(), at=work.now)
                         for i, card in enumerate(cited))
    for card in work.session.scalars(select(Contribution).join(Activity, Activity.id == Contribution.activity_id).where(
            Contribution.id.in_(fresh), Activity.room_id == work.room.id)):
        mark(work, card)
    work.session.flush()
