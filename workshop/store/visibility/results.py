"""Tells what came of the votes of rooms, as everybody of the workshop may see it: in the plenary and on the wall.

It goes to the whole workshop, in whatever languages: of each vote the first lines, without an author, each with its words.
"""
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import partial
from typing import TypeVar

from sqlalchemy import select

from workshop.domain import steps, voting
from workshop.domain.kinds import kinds
from workshop.domain.ranking import Standing, standings
from workshop.domain.shapes import Json
from workshop.domain.visibility import Viewer, sees_result
from workshop.store.models import Activity, Contribution, Room
from workshop.store.transaction import Session
from workshop.words import LANGUAGES, _, speaking
from workshop.words.opinions import summary

MOST = 10  # lines of a vote that travel
CLOUD = 40  # of words that people wrote
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
    for vote, earlier in _rounds(votes):
        if one := _result(vote, called.get(vote.settings["source"], {}), earlier):
            told.setdefault(vote.room_id, []).append(one)
    return told


def of_votes(session: Session, votes: Collection[Activity]) -> dict[str, list[Json]]:
    """Finds {vote: [its result]} of votes of the plenary that are over; of the last round, with those before it."""
    first = {vote.round_of or vote.id for vote in votes if vote.closed_at}
    rounds = session.scalars(select(Activity).where(Activity.id.in_(first) | Activity.round_of.in_(first))).all()
    wanted = {vote.id for vote in votes if vote.closed_at}
    return {vote.id: [one] for vote, earlier in _rounds(rounds)
            if vote.id in wanted and (one := _result(vote, {}, earlier))}


def _rounds(votes: Sequence[Activity]) -> list[tuple[Activity, list[Activity]]]:
    """Lists the last round of each vote that came to anything, where the first one stands, with those before it."""
    return newest(votes, lambda one: bool((one.tally or {}).get("ballots")))


def newest(votes: Sequence[Activity], counts: Callable[[Activity], bool]) -> list[tuple[Activity, list[Activity]]]:
    """Lists the last round of each vote of those that `counts` takes, where the first one stands, with those before it."""
    of: dict[str, list[Activity]] = {}
    for vote in votes:
        of.setdefault(vote.round_of or vote.id, []).append(vote)
    found = []
    for rounds in of.values():
        held = sorted((one for one in rounds if counts(one)), key=lambda one: one.round)
        found += [(held[-1], held[:-1])] if held else []
    return found


def before(session: Session, vote: Activity) -> list[Activity]:
    """Lists the rounds before this one that came to anything."""
    if vote.round < 2:
        return []
    return [one for one in session.scalars(select(Activity).where(
        (Activity.id == vote.round_of) | (Activity.round_of == vote.round_of), Activity.round < vote.round).order_by(
        Activity.round)) if (one.tally or {}).get("ballots")]


def later(session: Session, vote: Activity) -> str | None:
    """Finds a round of the vote that came after this one."""
    return session.scalar(select(Activity.id).where(
        Activity.round_of == (vote.round_of or vote.id), Activity.round > vote.round).limit(1))


def told_to(viewer: Viewer, vote: Activity) -> Json | None:
    """Returns the tally of a vote as the viewer may see it: what people wrote beside their choices goes to staff alone where
    nobody is to know who is who, and what its kind keeps on the server nowhere."""
    tally, kind = vote.tally, kinds()[vote.kind]
    written = kind.written
    if tally and kind.unsent:
        tally = {name: one for name, one in tally.items() if name not in kind.unsent}
    if tally and written and tally.get("items"):
        tally = tally | {"items": {key: kind.shortened(item) for key, item in tally["items"].items()}}
    if not tally or not written or not hides_written(viewer, vote):
        return tally
    return tally | {"items": {key: {name: one for name, one in item.items() if name != written}
                              for key, item in tally["items"].items()}}


def hides_written(viewer: Viewer, vote: Activity) -> bool:
    """Tells whether the viewer may not read what people wrote beside their choices."""
    hidden = viewer.privacy == "anonymous" or (vote.settings.get("rules") or {}).get("named") == "secret"
    return hidden and not viewer.is_staff


def is_shown(room: Room, vote: Activity) -> bool:
    """Tells whether the workshop sees what came of a vote of the room now."""
    return sees_result(vote.tally is not None, not is_over(room, vote))


def is_over(room: Room, vote: Activity) -> bool:
    """Tells whether a vote takes no ballots any more: it was closed, or the step that opens it has ended."""
    if vote.closed_at is not None or room.closed_at is not None:
        return True
    return vote.opened_at is None and not steps.opens(steps.now(room), vote)


def called(session: Session, vote: Activity) -> dict[str, Json]:
    """Finds {what can be voted on: {text, number?}} as everybody of the workshop may read it."""
    board = session.get(Activity, vote.settings.get("source") or "")
    room = session.get_one(Room, vote.room_id)
    return _called(session, {room.id: room}, {board.id: board})[board.id] if board else {}


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


def _result(vote: Activity, called: dict[str, Json], earlier: Sequence[Activity] = ()) -> Json | None:
    """Makes {vote, of, title, people, unit?, votes?, whole, lines, more?, headings?, tones?, said?} of a vote; None where
    nothing came of it, or nothing in it is better than another. Of a later round also {round, first, rounds: [people of each
    before], moved?}, and of its lines `before`: the parts that they had in those."""
    kind, tally = kinds()[vote.kind], vote.tally
    if kind.report is None or not tally or not tally["ballots"]:
        return None
    spoken = _spoken(partial(kind.report.result, vote.settings, tally))
    of = spoken[0]
    on_cards = kind.on_cards(vote.settings)
    ranked = [one for one in standings(of) if (one.place or not on_cards) and one.row.key not in of.common]
    if not ranked:
        return None
    before = [{one.row.key: one for one in standings(kind.report.result(round_.settings, round_.tally or {}))}
              for round_ in earlier]
    about = {row.key: _in_all(result.rows[i].about for result in spoken) for i, row in enumerate(of.rows) if row.about}
    texts = {row.key: _in_all(result.rows[i].text for result in spoken) for i, row in enumerate(of.rows) if row.text}
    lines = [(called.get(one.row.key) or {"text": texts.get(one.row.key) or _loose(vote, one.row.key)}) | _drawn(
        one, tally.get("items", {}).get(one.row.key, {})) | (
            {"about": about[one.row.key]} if one.row.key in about else {}) | ({"before": [
                _parts(of_round[one.row.key]) if one.row.key in of_round else [] for of_round in before]} if before else {})
             for one in ranked]
    # Ballots come in any order: of equals the card that was there first stands first.
    lines = sorted((line for line in lines if line["text"]), key=lambda line: (
        "place" not in line, line.get("place", 0), line.get("number", "")))
    if not lines:
        return None
    title = vote.settings.get("title") or vote.title or _in_all(_spoken(partial(_, kind.title)))
    most = CLOUD if of.chart == "cloud" else MOST
    told = {"vote": vote.id, "of": vote.kind, "title": title, "people": tally["ballots"],
            "whole": max([ranked[0].whole, *(one.whole for of_round in before for one in of_round.values())]),
            "lines": lines[:most]} | ({"chart": "cloud"} if of.chart == "cloud" else {})
    if "votes" in tally:
        told["votes"] = tally["votes"]
    if before:
        told |= {"round": vote.round, "first": vote.round_of, "rounds": [(one.tally or {})["ballots"] for one in earlier]}
        told |= {"moved": tally["moved"]} if tally.get("moved") else {}
    if voting.per_room(vote.settings):
        told["unit"] = voting.ROOM
    if vote.outcome:
        told["decided"] = vote.outcome["text"]
    if len(lines) > most:
        told["more"] = len(lines) - most
    if of.bars > 1:
        told["headings"] = [_in_all(result.headings[i] for result in spoken) for i in range(of.bars)]
    names = {key: one["text"] for key, one in called.items()} | texts
    true = [" ".join(filter(None, (
        result.said if not on_cards else "", result.names and result.names(partial(_called_in, names, language)),
        _alike(vote, language)))) for result, language in zip(spoken, LANGUAGES, strict=True)]
    if any(true):
        told["said"] = _in_all(true)
    return told | ({"tones": list(of.tones)} if of.tones else {})


def _alike(vote: Activity, language: str) -> str:
    """Says in a language which groups of people answer alike; '' where that is not told."""
    of = (vote.parts or {}).get("alike")
    if not of:
        return ""
    with speaking(language):
        return summary([(group["letter"], group["n"]) for group in of["groups"]])


def _drawn(one: Standing, item: Json) -> Json:
    """Makes {parts, place?, tied?, seats?, delegations?}: what is drawn of a line."""
    known = {name: item[name] for name in ("seats", "delegations") if name in item}
    return {"parts": _parts(one)} | (
        {"place": one.place} if one.place else {}) | ({"tied": True} if one.tied else {}) | known


def _parts(one: Standing) -> list[float]:
    return [int(part) if part == int(part) else part for part in one.parts]


def _loose(vote: Activity, key: str) -> str:
    """Returns what a row that people have named is called; '' for a card that is shown no more."""
    return _short(key) if vote.settings.get("per") == "row" else ""


def _called_in(names: dict[str, str | dict[str, str]], language: str, key: str) -> str:
    """Returns what a row is called in a language; '' for a card that is shown no more."""
    said = names.get(key, "")
    return said if isinstance(said, str) else said[language]


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
