"""The thread of a card: where it stands as itself and as a copy, out of what it grew, what cites it, in whatever room."""
from flask import Blueprint

from workshop.domain.errors import Refusal
from workshop.exports.words import SECTION_WORDS
from workshop.pages import place
from workshop.pages.assets import BOARD
from workshop.pages.view import number, show
from workshop.store import sight, thread
from workshop.store.models import Activity, Contribution, Room

pages = Blueprint("thread", __name__)


@pages.get("/w/<workshop_id>/card/<card_id>")
def of_card(workshop_id: str, card_id: str):
    """For whoever sees the card, or reads a sentence that cites it; each part as far as this visitor sees it."""
    with place.at(workshop_id) as here:
        row = here.session.get(Contribution, card_id)
        if row is None or row.kind != "idea" or _room(here, row).workshop_id != here.workshop.id:
            raise Refusal("not_here")
        relatives = thread.family(here.session, row)
        sentences = [one for one in thread.citing(here.session, [card.id for card in relatives])
                     if thread.reads(here.session, here.who, here.workshop, one)]
        seen = thread.seen(here.session, here.who, here.workshop, [
            *(card.id for card in relatives), *(row.origins or ()), *thread.grown(here.session, row)])
        told = {one.item.id for one in thread.citing(here.session, [row.id])} & {one.item.id for one in sentences}
        if row.id not in seen and not told:
            raise Refusal("not_here")
        shown = _shown(here, seen[row.id]) if row.id in seen else None
        copies = [_shown(here, seen[card.id]) for card in relatives if card.id in seen and card.id != row.id]
        other = [key for key in seen if key not in {card.id for card in relatives}]
        kin = {key: _shown(here, seen[key]) for key in other}
        called = number({"number": row.number, "home": row.home}, _room(here, row).number)
        return show("thread.html", sheets=(*BOARD, "plenary"), workshop=here.workshop, delegations=here.delegations,
                    called=called, copied=row.copy_of is not None,
                    shown=shown, copies=copies, origins=[kin[key] for key in row.origins or () if key in kin],
                    grown=[one for key, one in kin.items() if key not in (row.origins or ())],
                    sentences=[(one.room, one.item.body, one.activity.published_at is not None) for one in sentences],
                    words=SECTION_WORDS)


def _room(here, row: Contribution) -> Room:
    return here.session.get(Room, here.session.get(Activity, row.activity_id).room_id)


def _shown(here, stands: thread.Stands) -> dict:
    """The card as its viewer sees it, with its room: {card, room, copied}."""
    card = sight.Look(here.session, stands.viewer).card(stands.card)
    return {"card": card, "room": stands.room, "copied": stands.card.copy_of is not None}
