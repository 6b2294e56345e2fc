"""Serves the form with which the team enters votes: raised hands, ballots of paper, votes by telephone.

It is one page for phone and laptop, without script: at the top what kind of entry it is, then the numbers, then what was
entered, each with a way to put it right.
"""
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from workshop.domain import steps, voting
from workshop.domain.errors import Refusal
from workshop.domain.ids import new_id
from workshop.domain.kinds import Hands, Kind, kinds
from workshop.domain.roles import STAFF
from workshop.domain.shapes import Json
from workshop.house import house
from workshop.pages.input.commands import done
from workshop.pages.input.numbers import whole
from workshop.pages.shell import visitor
from workshop.pages.shell.render import show
from workshop.pages.shell.visitor import RoomPlace
from workshop.store.counts import hands
from workshop.store.counts.hands import HANDS, PAPER, TELEPHONE, Entered
from workshop.store.models import Account, Activity, Contribution, HandCount, Room
from workshop.store.visibility import vote_targets
from workshop.words import _, spoken
from workshop.words import hands as words
from workshop.words.refusals import sentence

pages = Blueprint("counting", __name__)
LAST_SHEET = 99_999
NAMES = 300  # people of whom a form offers the names
ONE = "one"  # the ballot of one person, on paper


@contextmanager
def at(workshop_id: str, number: int) -> Iterator[RoomPlace]:
    """Opens the room for the team; the plenary (0) for rapporteurs of a room too. Refusal `forbidden`."""
    with visitor.at(workshop_id, number) as here:
        if not here.viewer.is_staff and not (here.room.kind != "group" and tables(here)):
            raise Refusal("forbidden")
        yield here


def tables(here: RoomPlace) -> list[Room]:
    """Lists the rooms whose people the visitor may count in a vote of the plenary."""
    return [room for room in here.rooms if here.me.role_in(here.workshop.id, room.id) in STAFF] if (
        here.room.kind != "group") else []


def votes(here: RoomPlace) -> list[Activity]:
    """Lists the votes of the room that take what the team enters, the latest first."""
    found = here.session.scalars(select(Activity).where(Activity.room_id == here.room.id).order_by(
        Activity.position.desc())).all()
    now = house().clock()
    return [one for one in found if hands.takes(one) and steps.takes(here.room, one, now) in (None, "room_paused")]


def name_of(vote: Activity) -> str:
    """Returns what a vote is called."""
    return spoken(vote.settings.get("title") or vote.title) or _(kinds()[vote.kind].title)


@dataclass(frozen=True)
class Line:
    """Holds a row of the form: a card, a group, a row of a matrix, or the room. `cells`: {option: what the ballot says}."""

    key: str
    title: str
    cells: list[Json]


def rows(here: RoomPlace, vote: Activity, of: Hands) -> list[Line]:
    """Lists the rows of the form. Where hands are raised for the room as a whole, there is one."""
    if of.options and all(hand.key for hand in of.options):
        return [Line("", "", [{hand.key: hand.value} for hand in of.options])]
    named = _named(here, vote)
    return [Line(key, title, [{hand.key or key: hand.value} for hand in of.options]) for key, title in named]


def _named(here: RoomPlace, vote: Activity) -> list[tuple[str, str]]:
    if kinds()[vote.kind].on_things(vote.settings):
        return [(option["key"], spoken(option["title"])) for option in vote.settings["options"]]
    keys = vote_targets.candidates(here.session, vote, {here.room.stream_id})
    if vote_targets.by_row(vote.settings):
        board = here.session.get_one(Activity, vote.settings["source"])
        titles = {row["key"]: spoken(row["title"]) for row in board.settings.get("rows") or ()}
        return [(key, titles.get(key, key)) for key in [*titles, *sorted(keys - titles.keys())] if key in keys]
    found = here.session.scalars(select(Contribution).where(Contribution.id.in_(keys)).order_by(
        Contribution.number, Contribution.id)).all()
    cards = [(one.id, f"R{one.home or here.room.number}-{one.number or 0:03d} "
              f"{one.body.get('title') or one.body['text']}" if one.kind == "idea" else f"«{one.body['text']}»")
             for one in found]
    there = {one.id for one in found}
    loose = [(option["key"], spoken(option["title"])) for option in vote.settings.get("options") or ()
             if option["key"] in keys - there]
    return cards + loose


@pages.get("/w/<workshop_id>/r/<int:number>/count")
def form(workshop_id: str, number: int) -> ResponseReturnValue:
    """Shows the form of a vote, ?vote=, and what was entered; ?how=one: a ballot of paper, of the ?sheet= number;
    ?count=: an entry that is corrected."""
    return _show(workshop_id, number, MultiDict(request.args))


def _show(workshop_id: str, number: int, said: MultiDict[str, str], problem: str = "") -> ResponseReturnValue:
    with at(workshop_id, number) as here:
        open_votes = votes(here)
        vote = next((one for one in open_votes if one.id == said.get("vote")), None)
        if vote is None and "vote" in said and not problem:
            problem = sentence(Refusal("vote_closed"))
        if vote is None and len(open_votes) == 1 and "vote" not in said:
            vote = open_votes[0]
        page: Json = {"workshop": here.workshop, "room": here.room, "problem": problem, "said": said,
                      "votes": [(one.id, name_of(one)) for one in open_votes], "vote": None,
                      "plenary_votes": _of_plenary(here)}
        if vote is not None:
            page |= _form(here, vote, said)
        return show("rapporteur/count.html", styles=("door", "scribe", "counting"), **page)


def _of_plenary(here: RoomPlace) -> list[tuple[str, str]]:
    """Lists the votes of the plenary that run, for whoever counts the people of a room."""
    if here.room.kind != "group":
        return []
    plenary = here.session.scalar(select(Room).where(Room.workshop_id == here.workshop.id, Room.kind == "plenary"))
    found = here.session.scalars(select(Activity).where(
        Activity.room_id == plenary.id, Activity.opened_at.is_not(None))).all() if plenary else []
    now = house().clock()
    return [(one.id, name_of(one)) for one in found if plenary and hands.takes(one) and not steps.takes(plenary, one, now)]


def _form(here: RoomPlace, vote: Activity, said: MultiDict[str, str]) -> Json:
    kind, of = kinds()[vote.kind], hands.entered(here.session, vote)
    asked = kind.hands(vote.settings)
    known = next((one for one in of.counts if one.id == said.get("count")), None)
    how = ONE if voting.per_room(vote.settings) else _how(known, said, bool(asked.options))
    lines = rows(here, vote, asked)
    held = {} if known is None else _held(of, known, lines, how)
    anonymous = here.workshop.privacy == "anonymous"
    single = len(lines) == 1 or asked.one
    voted = set() if anonymous else of.voted | of.ticked(known.id if known else "").keys()
    people = [one for one in of.seats.values() if one.id not in voted]
    return {"vote": vote, "title": name_of(vote), "how": how, "lines": lines, "options": asked.options,
            "one_in_all": asked.one, "shares": kind.shares(vote.settings), "budget": vote.settings.get("budget"),
            "known": known, "held": held,
            "people": people if how == TELEPHONE or (
                how == HANDS and single and not anonymous and len(people) <= NAMES) else [], "single": single,
            "sites": here.sites, "tables": tables(here), "table": request.args.get("table", ""),
            "all_of_them": here.viewer.is_staff, "counts": _counts(here, of, lines), "count_id": new_id(),
            "values": kind.values(vote.settings), "things": _named(here, vote), "by_group": voting.per_room(vote.settings),
            "sums": _added_up(of)}


def _added_up(of: Entered) -> dict[str, int]:
    """Returns {there, own, hand, left, hall?, far?}: of those who can vote, who has voted with a device, of how many the
    team has entered a vote that counts, and who is left; these apart by where they are, where that is certain."""
    seating, _short = of.seating(set())
    there, own, left = len(of.seats), len(of.seats.keys() & of.voted), seating.free()
    hall, far = (seating.left((None, None, away)) for away in (False, True))
    return {"there": there, "own": own, "hand": there - own - left, "left": left} | (
        {"hall": hall, "far": far} if far and hall + far == left else {})


def _how(known: HandCount | None, said: MultiDict[str, str], by_hands: bool) -> str:
    """Returns of which kind the form is."""
    if known is not None:
        return TELEPHONE if known.how == TELEPHONE else ONE if known.sheet is not None else HANDS
    if said.get("how") in (ONE, TELEPHONE):
        return str(said["how"])
    return HANDS if by_hands and "sheet" not in said else ONE


def _held(of: Entered, known: HandCount, lines: list[Line], how: str) -> Json:
    """Finds what the form shows of an entry that is corrected: {field: value}. Who has voted since is no more in it."""
    place = f"room:{known.room_id}" if known.room_id else f"site:{known.site_id}" if known.site_id else ""
    held: Json = {"place": place, "paper": known.how == PAPER, "sheet": known.sheet or ""}
    for line in known.lines:
        there = [seat for seat in line["seats"] if of.joined.get(seat, seat) not in of.voted]
        n = line["n"] - len(line["seats"]) + len(there)
        for row in lines:
            for j, cell in enumerate(row.cells):
                if how == HANDS and cell == line["choices"]:
                    held[f"n:{j}:{row.key}"] = n
                    held |= {f"who:{of.joined.get(seat, seat)}": f"{j}:{row.key}" for seat in there}
                elif how != HANDS and cell.items() <= line["choices"].items():
                    held[f"one:{row.key}"] = str(j)
                    held["chosen"] = f"{j}:{row.key}"
            held[f"p:{row.key}"] = line["choices"].get(row.key, "")
        for key, one in line["choices"].items():
            if isinstance(one, dict) and "points" in one:
                held |= {f"v:{one['points']}": key, f"why:{one['points']}": one.get("why", "")}
        if how == TELEPHONE and there:
            held["seat"] = of.joined.get(there[0], there[0])
    return held


def _fits(here: RoomPlace, one: HandCount, lines: list[Line]) -> bool:
    """Tells whether the form can show an entry as it is: names are not shown in an anonymous workshop, nor beside several
    cards."""
    ticked = any(line["seats"] for line in one.lines)
    if one.how == PAPER and one.room_id and voting.per_room(here.session.get_one(Activity, one.activity_id).settings):
        return True
    if ticked and (here.workshop.privacy == "anonymous" or (one.how == HANDS and len(lines) > 1)):
        return False
    cells = [cell for row in lines for cell in row.cells]
    return one.sheet is not None or one.how == TELEPHONE or all(line["choices"] in cells for line in one.lines)


def _counts(here: RoomPlace, entered: Entered, lines: list[Line]) -> list[Json]:
    """Lists what was entered, what has to be put right first: {id, rev, said, over, sheet, ticked, changes, mine}."""
    short = entered.seating(set())[1]
    who: dict[str, str] = dict(here.session.execute(select(Account.id, Account.name).where(
        Account.id.in_({one.account_id for one in entered.counts} - {None}))).all())
    mine, zone = tables(here), here.workshop.zones[0]
    sites, rooms = {one["id"]: one["name"] for one in here.sites}, {one.id: one.number for one in here.rooms}
    found = []
    for one in entered.counts:
        said: Json = {"how": one.how, "n": sum(slot.people for slot in entered.slots(one)),
                      "by": who.get(one.account_id or "", ""), "at": (one.changed_at or one.at).isoformat()}
        said |= {"site": sites[one.site_id]} if one.site_id in sites else {}
        said |= {"room": rooms[one.room_id]} if one.room_id in rooms else {}
        said |= {"over": short[one.id]} if one.id in short else {}
        ticked = sum(len(line["seats"]) for line in one.lines)
        found.append({"id": one.id, "rev": one.rev, "said": words.entered(said, zone), "over": one.id in short,
                      "sheet": one.sheet, "ticked": ticked, "changes": _fits(here, one, lines),
                      "mine": here.viewer.is_staff or one.room_id in {room.id for room in mine}})
    return [one for over in (True, False) for one in reversed(found) if one["over"] is over]


@pages.post("/w/<workshop_id>/r/<int:number>/count")
def enter(workshop_id: str, number: int) -> ResponseReturnValue:
    """Saves what was typed, or takes an entry back; after a refusal the form comes back as it was typed."""
    typed = request.form
    vote = typed.get("vote", "")
    try:
        what, _sep, rest = typed.get("do", "save").partition(":")
        if what == "back":
            key, _sep, rev = rest.partition(":")
            done(typed.get("client", ""), 1, "vote.uncount", {"activity": vote, "count": key, "base_rev": _whole(rev)})
        else:
            with at(workshop_id, number) as here:
                it = next((one for one in votes(here) if one.id == vote), None)
                if it is None:
                    raise Refusal("vote_closed")
                payload = _payload(here, it, typed)
            done(typed.get("client", ""), 1, "vote.count", payload)
    except Refusal as refusal:
        said = MultiDict(typed)
        if typed.get("do", "").startswith("back"):
            said = MultiDict({"vote": vote})
        return _show(workshop_id, number, said, sentence(refusal))
    go = {"vote": vote, "how": typed.get("how", HANDS), "saved": typed.get("sheet") or "1"} | (
        {"place": typed["place"]} if typed.get("place") else {})
    return redirect(f"/w/{quote(workshop_id)}/r/{number}/count?{urlencode(go)}", 303)


def _whole(text: str) -> int:
    """Reads a whole number. Refusal `bad_payload`."""
    try:
        return whole(text)
    except ValueError:
        raise Refusal("bad_payload", field="n") from None


def _payload(here: RoomPlace, vote: Activity, typed: MultiDict[str, str]) -> Json:
    """Reads the form. Refusal `nothing_counted`."""
    kind, how = kinds()[vote.kind], ONE if voting.per_room(vote.settings) else typed.get("how", HANDS)
    lines = rows(here, vote, kind.hands(vote.settings))
    found = _valued(kind, vote, typed) if kind.values(vote.settings) else _sums(lines, typed) if how == HANDS else _single(
        lines, typed, how == TELEPHONE)
    if not found:
        raise Refusal("nothing_counted")
    sort, _sep, place = typed.get("place", "").partition(":")
    sheet = typed.get("sheet", "").strip()
    where = {"table": place} if sort == "room" else {"site": place} if sort == "site" else {}
    return {"activity": vote.id, "count": typed.get("count") or typed.get("new", ""), "lines": found,
            "how": TELEPHONE if how == TELEPHONE else PAPER if how == ONE or "paper" in typed else HANDS,
            "base_rev": _whole(typed.get("rev", "0"))} | where | (
                {"sheet": _sheet(sheet)} if sheet and how == ONE else {})


def _sheet(text: str) -> int:
    """Reads the number of a sheet. Refusal `bad_sheet`."""
    try:
        n = whole(text)
    except ValueError:
        n = 0
    if not 1 <= n <= LAST_SHEET:
        raise Refusal("bad_sheet", last=LAST_SHEET)
    return n


def _sums(lines: list[Line], typed: MultiDict[str, str]) -> list[Json]:
    """Reads how many chose what, and who of them was ticked: the ticked are counted where no number says it."""
    ticked: dict[str, list[str]] = {}
    for name, value in typed.items():
        if name.startswith("who:") and value:
            ticked.setdefault(value, []).append(name.removeprefix("who:"))
    found = []
    for row in lines:
        for j, cell in enumerate(row.cells):
            seats = ticked.get(f"{j}:{row.key}", [])
            n = _whole(typed.get(f"n:{j}:{row.key}", "").strip() or str(len(seats)))
            if n:
                found.append({"choices": cell, "n": n, "seats": seats})
    return found


def _valued(kind: Kind, vote: Activity, typed: MultiDict[str, str]) -> list[Json]:
    """Reads the ballot of a working group that gives each value once. Refusal `same_thing_twice`."""
    choices: Json = {}
    for n in kind.values(vote.settings):
        if key := typed.get(f"v:{n}", ""):
            if key in choices:
                raise Refusal("same_thing_twice")
            choices[key] = kind.typed(str(n), [why] if (why := typed.get(f"why:{n}", "").strip()) else [])
    return [{"choices": choices, "n": 1, "seats": []}] if choices else []


def _single(lines: list[Line], typed: MultiDict[str, str], by_telephone: bool) -> list[Json]:
    """Reads the ballot of one person."""
    choices: dict[str, Any] = {}
    for row in lines:
        chosen, points = typed.get(f"one:{row.key}", ""), typed.get(f"p:{row.key}", "").strip()
        of_all = typed.get("chosen", "").partition(":")  # where each person has one in all
        if of_all[0] and of_all[2] == row.key:
            chosen = of_all[0]
        if chosen and 0 <= _whole(chosen) < len(row.cells):
            choices |= row.cells[_whole(chosen)]
        if points and _whole(points):
            choices[row.key] = _whole(points)
    seats = [typed["seat"]] if typed.get("seat") else []
    if by_telephone and not seats:
        raise Refusal("nobody_chosen")
    return [{"choices": choices, "n": 1, "seats": seats}] if choices else []
