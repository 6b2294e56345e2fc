"""Gives what people answered in a vote to outside analysts: the set of CSV files that Polis exports, without names."""
from functools import partial

from flask import Blueprint, Response, make_response
from sqlalchemy import select

from workshop.actions.core import record
from workshop.actions.opinions import groups
from workshop.domain import voting
from workshop.domain.errors import Refusal
from workshop.exports.opinions import polis_set
from workshop.exports.opinions.polis_set import Statement
from workshop.house import house
from workshop.pages.printed.report import disposition
from workshop.pages.results.page import found, told_to
from workshop.pages.results.view import title_of
from workshop.pages.shell import visitor
from workshop.pages.shell.render import base_url
from workshop.store.models import Activity, Contribution
from workshop.store.votes.opinion_groups import applies
from workshop.transport.offload import offload

pages = Blueprint("polis", __name__)


@pages.get("/w/<workshop_id>/votes/<vote>/polis.zip")
def answers(workshop_id: str, vote: str) -> Response:
    """Serves the set to whoever leads, as soon as they may see the result. Refusal `not_here`: of a secret vote, and of any
    other kind, there is none."""
    with visitor.staff(workshop_id, leads=True) as here:
        row, room = found(here, vote)
        if not applies(row) or told_to(here, row, room) is None or not voting.lists_ballots(row.settings):
            raise Refusal("not_here")
        rows, letters = groups.answers(here.session, row), groups.members(here.session, row)
        title, device, program = title_of(row.kind, row.settings, row.title), here.me.device, here.me.program
        statements = _statements(here, row)
    order = sorted(set(letters.values()))
    places = {seat: order.index(letter) for seat, letter in letters.items()}
    body = offload(partial(polis_set.written, title, f"{base_url()}/w/{workshop_id}/votes/{vote}", house().clock(),
                           statements, rows, places))
    h = house()
    with h.store.write() as session:
        record.keep(session, h.clock(), workshop_id, device.account_id, "report.download", None, program, form="Polis")
    response = make_response(body)
    response.headers["Content-Type"] = "application/zip"
    response.headers["Content-Disposition"] = disposition(f"{title}.zip")
    return response


def _statements(here: visitor.Place, vote: Activity) -> dict[str, Statement]:
    """Finds what could be answered: {card: statement} of the room's cards, in the order of their numbers."""
    cards = here.session.scalars(select(Contribution).where(
        Contribution.activity_id == vote.settings["source"], Contribution.stream_id == vote.stream_id,
        Contribution.kind == "idea", Contribution.withdrawn_at.is_(None), Contribution.hidden_at.is_(None)).order_by(
        Contribution.number, Contribution.id))
    return {card.id: Statement(card.body.get("title") or card.body["text"], card.created_at, card.seat_id) for card in cards}
