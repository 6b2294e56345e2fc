"""Offers the cards of a room, or what came first in a vote that is over, as the named things of a new vote."""
import json

from sqlalchemy import ColumnElement, func, select

from workshop.actions.votes.opening import HEAVIEST
from workshop.domain.errors import Refusal
from workshop.domain.kinds import Kind, kinds
from workshop.domain.ranking import Standing, standings
from workshop.domain.shapes import Json
from workshop.pages.shell.visitor import Place
from workshop.store.models import Activity, Contribution, Room
from workshop.store.visibility import results
from workshop.words import _, spoken

ROOM, VOTE = "room", "vote"
LONGEST, SHORTEST = 80, 16  # characters of a card that is a named thing
REST = 1500  # bytes that stay for the other settings


def sources(here: Place) -> list[tuple[str, str]]:
    """Lists (value, what it is called) of what a vote can take its things from: rooms with cards, votes that are over."""
    rooms = {room.id: room for room in here.session.scalars(select(Room).where(Room.workshop_id == here.workshop.id))}
    n = dict(here.session.execute(select(Activity.room_id, func.count()).join(
        Contribution, Contribution.activity_id == Activity.id).where(Activity.room_id.in_(rooms), *_standing())
        .group_by(Activity.room_id)).all())
    found = [(f"{ROOM}:{room.id}", _("Room {n} · {title}: {cards} cards", n=room.number, title=room.title, cards=n[room.id]))
             for room in here.rooms if n.get(room.id)]
    held = here.session.scalars(select(Activity).where(Activity.room_id.in_(rooms)).order_by(Activity.closed_at.desc()))
    return found + [(f"{VOTE}:{vote.id}", _("What came first in: {vote}", vote=_title(vote))) for vote in held
                    if kinds()[vote.kind].decides and vote.tally and vote.tally["ballots"]
                    and results.is_over(rooms[vote.room_id], vote) and any(
                        one.place for one in _ranked(vote))]


def things(here: Place, source: str, first: int | None, kind: Kind) -> tuple[list[Json], str | None]:
    """Returns (the named things [{key, title}], the vote that they follow); `first`: so many of a vote, with those tied with
    the last of them. Refusals `bad_payload`, `many_options` for more than the kind takes, `few_options`."""
    what, _colon, key = source.partition(":")
    if source not in dict(sources(here)):
        raise Refusal("bad_payload", field="source")
    named = _cards(here, here.session.get_one(Room, key)) if what == ROOM else _first(
        here, here.session.get_one(Activity, key), first)
    most = kind.options.most if kind.options else 0
    if len(named) > most:
        raise Refusal("many_options", n=len(named), limit=most)
    if len(named) < 2:
        raise Refusal("few_options")
    return fitting(named), key if what == VOTE else None


def fitting(named: list[tuple[str, str, str]]) -> list[Json]:
    """Makes named things of (key, number, text), the texts as long as the settings of a vote hold."""
    long = LONGEST
    while True:
        found = [{"key": key, "title": " · ".join(filter(None, (number, _cut(text, long))))} for key, number, text in named]
        if long <= SHORTEST or len(json.dumps(found, ensure_ascii=False).encode()) <= HEAVIEST - REST:
            return found
        long -= 8


def _cut(text: str, long: int) -> str:
    line = " ".join(text.split())
    return line if len(line) <= long else f"{line[:long].rstrip()}…"


def _standing() -> tuple[ColumnElement[bool], ...]:
    """Selects cards that stand for themselves and that their whole room sees."""
    rooms = select(Room.stream_id).join(Activity, Activity.room_id == Room.id).where(
        Activity.id == Contribution.activity_id).scalar_subquery()
    return (Contribution.kind == "idea", Contribution.withdrawn_at.is_(None), Contribution.hidden_at.is_(None),
            Contribution.merged_into.is_(None), Contribution.stream_id == rooms)


def _cards(here: Place, room: Room) -> list[tuple[str, str, str]]:
    cards = here.session.scalars(select(Contribution).join(Activity, Activity.id == Contribution.activity_id).where(
        Activity.room_id == room.id, *_standing()).order_by(Contribution.number, Contribution.id))
    return [(card.id, f"R{card.home or room.number}-{card.number or 0:03d}", card.body.get("title") or card.body["text"])
            for card in cards]


def _ranked(vote: Activity) -> list[Standing]:
    report = kinds()[vote.kind].report
    return standings(report.result(vote.settings, vote.tally or {})) if report else []


def _first(here: Place, vote: Activity, first: int | None) -> list[tuple[str, str, str]]:
    """Lists what came first in a vote, in its order."""
    called = results.called(here.session, vote)
    found = sorted((one for one in _ranked(vote) if one.place and (first is None or one.place <= first)),
                   key=lambda one: one.place or 0)
    named = [(one.row.key, called.get(one.row.key, {}).get("number", ""),
              one.row.text or spoken(called.get(one.row.key, {}).get("text")) or "") for one in found]
    return [one for one in named if one[2]]


def _title(vote: Activity) -> str:
    return spoken(vote.settings.get("title")) or vote.title or _(kinds()[vote.kind].title)
