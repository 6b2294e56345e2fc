"""Shows the thread of a card: where it stands as itself and as a copy, what it grew out of, what cites it, in whatever room.
"""
from collections.abc import Sequence

from flask import Blueprint
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from workshop.domain.errors import Refusal
from workshop.domain.kinds import kinds
from workshop.domain.shapes import Json
from workshop.exports.words import SECTION_WORDS
from workshop.pages.shell import visitor
from workshop.pages.shell.assets import BOARD
from workshop.pages.shell.render import number, show
from workshop.pages.shell.visitor import Place
from workshop.store.models import Activity, Contribution, Room
from workshop.store.visibility import card_views, threads

pages = Blueprint("thread", __name__)


@pages.get("/w/<workshop_id>/card/<card_id>")
def of_card(workshop_id: str, card_id: str) -> ResponseReturnValue:
    """Shows it to whoever sees the card, or reads a sentence that cites it; each part as far as this visitor sees it."""
    with visitor.at(workshop_id) as here:
        row = here.session.get(Contribution, card_id)
        if row is None or row.kind != "idea" or _room(here, row).workshop_id != here.workshop.id:
            raise Refusal("not_here")
        relatives = threads.family(here.session, row)
        sentences = [one for one in threads.citing(here.session, [card.id for card in relatives])
                     if threads.reads(here.session, here.who, here.workshop, one)]
        seen = threads.seen(here.session, here.who, here.workshop, [
            *(card.id for card in relatives), *(row.origins or ()), *threads.grown(here.session, row)])
        told = {one.item.id for one in threads.citing(here.session, [row.id])} & {one.item.id for one in sentences}
        if row.id not in seen and not told:
            raise Refusal("not_here")
        called = number({"number": row.number, "home": row.home}, _room(here, row).number)
        return show("participant/thread.html", styles=(*BOARD, "plenary", "items"), workshop=here.workshop,
                    delegations=here.delegations, called=called, copied=row.copy_of is not None,
                    **_kin(here, row, relatives, seen),
                    sentences=[(one.room, one.item.body, one.activity.published_at is not None) for one in sentences],
                    votes=_votes(here, relatives), words=SECTION_WORDS,
                    leads=here.viewer.leads and row.id in seen, card=row.id)


def _votes(here: Place, relatives: Sequence[Contribution]) -> list[tuple[Activity, str]]:
    """Lists the votes of the plenary that are over in which the card, or a copy of it, was one of the things that are named,
    each with what came of it."""
    found, ids = [], {card.id for card in relatives}
    for vote in here.session.scalars(select(Activity).join(Room, Room.id == Activity.room_id).where(
            Room.workshop_id == here.workshop.id, Room.kind == "plenary", Activity.closed_at.is_not(None)).order_by(
            Activity.closed_at)):
        kind, items = kinds()[vote.kind], (vote.tally or {}).get("items") or {}
        if kind.on_things(vote.settings) and (keys := ids & {one["key"] for one in vote.settings["options"]}):
            report = kind.card_report
            found += [(vote, report.of_card(vote.settings, items[key]).text if report and key in items else "")
                      for key in sorted(keys)]
    return found


def _kin(here: Place, row: Contribution, relatives: Sequence[Contribution], seen: dict[str, threads.Stands]) -> Json:
    """Finds the card and those near to it, each as this visitor sees it: {shown, came, copies, origins, grown}."""
    family, before = {card.id for card in relatives}, row.origins or ()
    copies = [_shown(here, seen[card.id]) for card in relatives if card.id in seen and card.id != row.id]
    came = [one for one in copies if not one["copied"]] if row.copy_of else []  # a copy comes from the first alone
    kin = {key: _shown(here, stands) for key, stands in seen.items() if key not in family}
    return {"shown": _shown(here, seen[row.id]) if row.id in seen else None,
            "came": came, "copies": [one for one in copies if one not in came],
            "origins": [kin[key] for key in before if key in kin],
            "grown": [one for key, one in kin.items() if key not in before]}


def _room(here: Place, row: Contribution) -> Room:
    return here.session.get_one(Room, here.session.get_one(Activity, row.activity_id).room_id)


def _shown(here: Place, stands: threads.Stands) -> Json:
    """Returns the card as its viewer sees it, with its room: {card, room, copied}."""
    card = card_views.Look(here.session, stands.viewer).card(stands.card)
    return {"card": card, "room": stands.room, "copied": stands.card.copy_of is not None}
