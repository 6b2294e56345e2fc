"""Tells what came of the votes of rooms, as everybody of the workshop may see it: in the plenary and on the wall.

It goes to the whole workshop, in whatever languages: of each vote the first lines, without an author, each with its words.
"""
from collections.abc import Callable, Collection, Iterable
from functools import partial
from typing import TypeVar

from sqlalchemy import select

from workshop.domain import steps
from workshop.domain.kinds import kinds
from workshop.domain.ranking import Standing, standings
from workshop.domain.shapes import Json
from workshop.domain.visibility import sees_result
from workshop.store.models import Activity, Contribution, Room
from workshop.store.transaction import Session
from workshop.words import LANGUAGES, _, speaking

MOST = 10  # lines of a vote that travel
LONG = 80  # characters of a card in them
Said = TypeVar("Said")


def of_rooms(session: Session, rooms: Collection[str]) -> dict[str, list[Json]]:
    """Finds {room: results of its votes that are over, in the order of the votes}."""
    found = {room.id: room for room in session.scalars(select(Room).where(Room.id.in_(rooms)))}
    inside = session.scalars(select(Activity).where(Activity.room_id.in_(found)).order_by(Activity.position)).all()
    votes = [vote for vote in inside if kinds()[vote.kind].decides and is_shown(found[vote.room_id], vote)]
    boards = {board.id: board for board in inside if board.id in {vote.settings["source"] for vote in votes}}
    called = _called(session, found, boards)
    told: dict[str, list[Json]] = {}
    for vote in votes:
        if one := _result(vote, called.get(vote.settings["source"], {})):
            told.setdefault(vote.room_id, []).append(one)
    return told


def of_votes(session: Session, votes: Collection[Activity]) -> dict[str, list[Json]]:
    """Finds {vote: [its result]} of votes of the plenary that are over."""
    return {vote.id: [one] for vote in votes if vote.closed_at and (one := _result(vote, {}))}


def is_shown(room: Room, vote: Activity) -> bool:
    """Tells whether the workshop sees what came of a vote of the room now."""
    return sees_result(vote.tally is not None, not room.closed_at and steps.opens(steps.now(room), vote))


def _called(session: Session, rooms: dict[str, Room], boards: dict[str, Activity]) -> dict[str, dict[str, Json]]:
    """Finds {board: {what can be voted on: {text, number?}}}, of cards and groups as far as the whole room sees them."""
    named: dict[str, dict[str, Json]] = {
        board.id: {row["key"]: {"text": row["title"]} for row in board.settings.get("rows") or ()}
        for board in boards.values()}
    cards = session.execute(select(
        Contribution.id, Contribution.activity_id, Contribution.stream_id, Contribution.kind, Contribution.number,
        Contribution.home, Contribution.body).where(
        Contribution.activity_id.in_(boards), Contribution.kind.in_(("idea", "group")), Contribution.hidden_at.is_(None),
        Contribution.withdrawn_at.is_(None))).all()
    for card in cards:
        room = rooms[boards[card.activity_id].room_id]
        if card.stream_id == room.stream_id:
            text = _short(card.body.get("title") or card.body["text"])
            named[card.activity_id][card.id] = {"text": f"«{text}»"} if card.kind == "group" else {
                "text": text, "number": f"R{card.home or room.number}-{card.number or 0:03d}"}
    return named


def _result(vote: Activity, called: dict[str, Json]) -> Json | None:
    """Makes {vote, of, title, people, whole, lines, more?, headings?, tones?, said?} of a vote; None where nothing came of
    it, or nothing in it is better than another."""
    kind, tally = kinds()[vote.kind], vote.tally
    if kind.report is None or not tally or not tally["ballots"]:
        return None
    spoken = _spoken(partial(kind.report.result, vote.settings, tally))
    of = spoken[0]
    ranked = [one for one in standings(of) if one.place or not kind.stands]
    texts = {row.key: _in_all(result.rows[i].text for result in spoken) for i, row in enumerate(of.rows) if row.text}
    lines = [(called.get(one.row.key) or {"text": texts.get(one.row.key) or _loose(vote, one.row.key)}) | _drawn(
        one, tally.get("items", {}).get(one.row.key, {})) for one in ranked]
    # Ballots come in any order: of equals the card that was there first stands first.
    lines = sorted((line for line in lines if line["text"]), key=lambda line: (line.get("place", 0), line.get("number", "")))
    if not lines:
        return None
    title = vote.settings.get("title") or vote.title or _in_all(_spoken(partial(_, kind.title)))
    told = {"vote": vote.id, "of": vote.kind, "title": title, "people": tally["ballots"], "whole": ranked[0].whole,
            "lines": lines[:MOST]}
    if len(lines) > MOST:
        told["more"] = len(lines) - MOST
    if of.bars > 1:
        told["headings"] = [_in_all(result.headings[i] for result in spoken) for i in range(of.bars)]
    if not kind.stands and of.said:
        told["said"] = _in_all(result.said for result in spoken)
    return told | ({"tones": list(of.tones)} if of.tones else {})


def _drawn(one: Standing, item: Json) -> Json:
    """Makes {parts, place?, tied?, seats?, delegations?}: what is drawn of a line."""
    known = {name: item[name] for name in ("seats", "delegations") if name in item}
    return {"parts": [int(part) if part == int(part) else part for part in one.parts]} | (
        {"place": one.place} if one.place else {}) | ({"tied": True} if one.tied else {}) | known


def _loose(vote: Activity, key: str) -> str:
    """Returns what a row that people have named is called; '' for a card that is shown no more."""
    return _short(key) if vote.settings.get("per") == "row" else ""


def _short(text: str) -> str:
    return text if len(text) <= LONG else f"{text[:LONG]}…"


def _spoken(say: Callable[[], Said]) -> list[Said]:
    """Lists what is said in each of LANGUAGES."""
    found = []
    for language in LANGUAGES:
        with speaking(language):
            found.append(say())
    return found


def _in_all(texts: Iterable[str]) -> str | dict[str, str]:
    """Makes {language: text} of the texts in the order of LANGUAGES; one text where they are the same."""
    said = dict(zip(LANGUAGES, texts, strict=True))
    return said if len(set(said.values())) > 1 else next(iter(said.values()))
