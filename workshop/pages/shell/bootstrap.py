"""Gives a page's script its bootstrap data, so that it has nothing to ask before it can draw."""
from typing import Any

from workshop.domain.shapes import Json
from workshop.pages.shell import assets
from workshop.pages.shell.visitor import Place
from workshop.words import language, screen


def facts(here: Place, words: tuple[str, ...], **more: Any) -> Json:
    """Collects {words, more, language, workshop, room, frames, ballots, seats, delegations, role, zones} of a Place: the
    first time zone, and on pages that lead or show others the way in all of them, and the workshop's code.

    `sites` too where people are in several places; `account` for those who have one: whose words without a seat are;
    `beside` where a seat shares a circle with few; `at` where the address is not yet the page's own.
    """
    leads = bool({"plenary", "desk"} & set(words))
    workshop, room = here.workshop, here.room
    seats = here.seats
    company = here.company
    accounts = [m.account_id for m in here.who.memberships if m.workshop_id == workshop.id] if here.who else []
    return {
        "words": screen.words(*words) | (assets.kind_words() if "later" in words else {}),
        "more": assets.sentences(language()), "language": language(),
        "workshop": {"id": workshop.id, "privacy": workshop.privacy,
                     **({"code": workshop.code} if leads else {})},
        "room": room and {"id": room.id, "number": room.number, "kind": room.kind},
        "frames": here.frames if "plenary" in words else _without_results(here.frames), "ballots": here.ballots(seats),
        "seats": [{name: value for name, value in seat.items() if name != "code"} for seat in seats],
        "delegations": here.delegations, "role": here.viewer.role,
        "zones": workshop.zones if leads else workshop.zones[:1],
        **({"sites": sites} if len(sites := here.sites) > 1 else {}),
        **({"account": accounts[0]} if accounts else {}), **({"beside": company} if company else {})} | more


def _without_results(frames: list[Json]) -> list[Json]:
    """Leaves out what only the plenary and the wall draw: a newcomer's phone need not fetch it."""
    return [frame | {"cards": [{name: said for name, said in card.items() if name != "results"} if "results" in card
                               else card for card in frame["cards"]]} for frame in frames]
