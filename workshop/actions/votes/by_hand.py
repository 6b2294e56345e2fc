"""Enters votes by hand: raised hands that somebody counted, ballots of paper, votes by telephone."""
from typing import Any, Literal

from pydantic import Field

from workshop.actions.core.context import OnBoard
from workshop.actions.core.registry import Shape, verb
from workshop.actions.core.telling import Act, Sentence, tells
from workshop.actions.votes import counted
from workshop.actions.votes.ballots import wait
from workshop.domain import steps, voting
from workshop.domain.errors import Refusal
from workshop.domain.kinds import kinds
from workshop.domain.roles import STAFF
from workshop.domain.shapes import Json
from workshop.store.counts import hands
from workshop.store.counts.hands import Entered
from workshop.store.models import Account, Activity, HandCount, Room, Site
from workshop.store.transaction import Session
from workshop.store.visibility import vote_targets
from workshop.words import _, count
from workshop.words.hands import at_place

MOST = 5000  # people of a line


class Line(Shape):
    """Says how many chose the same, and which seats are known to be among them."""

    choices: dict[str, Any] = Field(min_length=1, max_length=500)
    n: int = Field(ge=1, le=MOST)
    seats: list[str] = Field(default=[], max_length=MOST)


class Count(Shape):
    """Says what was counted where. `count`: the id that whoever enters it gives it; `table`: of a vote of the plenary, the
    room whose people they are; `sheet`: the number of the one sheet of paper; `base_rev`: 0 for a new one."""

    activity: str = Field(max_length=40)
    count: str = Field(min_length=1, max_length=40, pattern="^[A-Za-z0-9_-]+$")
    how: Literal["hands", "paper", "telephone"]
    table: str | None = Field(default=None, max_length=40)
    site: str | None = Field(default=None, max_length=40)
    lines: list[Line] = Field(min_length=1, max_length=500)
    sheet: int | None = Field(default=None, ge=1, le=99_999)
    base_rev: int = Field(ge=0, lt=2**31)


class Uncount(Shape):
    """Names a count that is taken back."""

    activity: str = Field(max_length=40)
    count: str = Field(max_length=40)
    base_rev: int = Field(ge=0, lt=2**31)


@verb("vote.count", Count)
def enter(work: OnBoard, payload: Count) -> Activity:
    """Enters a count or a ballot of paper, or corrects it. Refusals: `no_such_place`, `stale_count`, `already_entered`,
    `too_many_hands`, `has_voted`, `counted_already`, `not_at_place`, `ticked_twice`, `ticked_more`, `one_sheet`,
    `tick_each`, `secret_counts_only`, `one_per_delegation`, `one_per_group`, `group_has_voted`, `group_entered`; those
    of the kind for what was chosen."""
    vote, session = work.activity, work.session
    _check_open(work)
    known = session.get(HandCount, payload.count)
    if known is not None and (known.activity_id != vote.id or known.withdrawn_at is not None):
        raise Refusal("not_here")
    _check_rev(known, payload.base_rev)
    _check_place(work, payload.table, payload.site)
    lines = _checked(work, payload)
    of = hands.entered(session, vote)
    _check_sheet(session, of, payload)
    if voting.per_room(vote.settings):
        _check_group(of, payload)
    else:
        _check_ticks(of, payload, lines)
        _check_seats(of, payload, lines)
    before = _remembered(session, of, known) if known else None
    if known is None:
        known = HandCount(id=payload.count, activity_id=vote.id, rev=0, at=work.now)
        session.add(known)
    else:
        known.changed_at = work.now
    known.room_id, known.site_id, known.how = payload.table, payload.site, payload.how
    known.lines, known.sheet, known.rev, known.account_id = lines, payload.sheet, known.rev + 1, work.actor()
    after = _followed(work)
    work.remember(vote.id, before, _remembered(session, after, known), work.workshop.id)
    work.beside["count"] = {"id": known.id, "rev": known.rev}
    return vote


@verb("vote.uncount", Uncount)
def take_back(work: OnBoard, payload: Uncount) -> Activity:
    """Takes a count back; the number of a sheet can be entered again. Refusals `not_here`, `stale_count`."""
    _check_open(work)
    known = work.session.get(HandCount, payload.count)
    if known is None or known.activity_id != work.activity.id:
        raise Refusal("not_here")
    if known.withdrawn_at is None:
        _check_rev(known, payload.base_rev)
        _check_place(work, known.room_id, known.site_id)
        before = _remembered(work.session, hands.entered(work.session, work.activity), known)
        known.withdrawn_at, known.withdrawn_by, known.rev = work.now, work.actor(), known.rev + 1
        _followed(work)
        work.remember(work.activity.id, before, None, work.workshop.id)
    return work.activity


def _check_open(work: OnBoard) -> None:
    """Refuses where the vote takes no ballots, or none that were entered by hand."""
    if not hands.takes(work.activity):
        raise Refusal("not_for_this")
    if refused := steps.takes(work.room, work.activity, work.now):
        raise Refusal(refused)


def _check_rev(known: HandCount | None, base_rev: int) -> None:
    rev = known.rev if known else 0
    if base_rev != rev:
        raise Refusal("stale_count", rev=rev)


def _check_place(work: OnBoard, table: str | None, site: str | None) -> None:
    """Refuses a place that the vote does not have; a table of which somebody is not the rapporteur: `forbidden`."""
    room = work.session.get(Room, table) if table else None
    of = work.session.get(Site, site) if site else None
    if (table and (room is None or room.workshop_id != work.workshop.id or room.kind != "group"
                   or work.room.kind == "group")) or (site and (of is None or of.workshop_id != work.workshop.id)):
        raise Refusal("no_such_place")
    if work.who.role_in(work.workshop.id, work.room.id) not in STAFF and work.who.role_in(
            work.workshop.id, table) not in STAFF:
        raise Refusal("forbidden")


def _checked(work: OnBoard, payload: Count) -> list[Json]:
    """Returns the lines as they are kept: what was chosen is what the kind takes, of what the whole room sees."""
    vote, rules = work.activity, voting.rules(work.activity.settings)
    if rules["one_per"] == voting.DELEGATION:
        raise Refusal("one_per_delegation")
    if rules["one_per"] == voting.ROOM and (payload.how != hands.PAPER or not payload.table or payload.site
                                            or [(line.n, line.seats) for line in payload.lines] != [(1, [])]):
        raise Refusal("one_per_group")
    ticked = any(line.seats for line in payload.lines)
    if rules["named"] == "secret" and (ticked or payload.how != hands.PAPER or payload.sheet is not None):
        raise Refusal("secret_counts_only")
    if payload.sheet is not None and (payload.how != hands.PAPER or [line.n for line in payload.lines] != [1]):
        raise Refusal("one_sheet")
    if rules["weights"] and any(len(line.seats) != line.n for line in payload.lines):
        raise Refusal("tick_each")
    cards = vote_targets.candidates(work.session, vote, {work.room.stream_id})
    check = kinds()[vote.kind].vote_rules.check
    found = []
    for line in payload.lines:
        choices = check(vote.settings, line.choices, cards)
        if not choices:
            raise Refusal("bad_choice")
        seats = list(dict.fromkeys(line.seats))
        if len(seats) > line.n:
            raise Refusal("ticked_more", n=line.n, ticked=len(seats))
        found.append({"choices": choices, "n": line.n, "seats": seats})
    return found


def _check_group(of: Entered, payload: Count) -> None:
    """Refuses the ballot of a working group that has one already: its own (`group_has_voted`), or one that was entered
    before (`group_entered`)."""
    if payload.table in of.cast:
        raise Refusal("group_has_voted")
    first = next((one for one in of.counts if one.room_id == payload.table and one.id != payload.count), None)
    if first is not None:
        raise Refusal("group_entered", who=_who(of.session, first))


def _check_sheet(session: Session, of: Entered, payload: Count) -> None:
    """Refuses the number of a sheet that is entered already, with who did it."""
    first = next((count for count in of.counts if payload.sheet is not None and count.sheet == payload.sheet
                  and count.id != payload.count), None)
    if first is not None:
        raise Refusal("already_entered", sheet=f"{first.sheet:04d}", who=_who(session, first))


def _check_ticks(of: Entered, payload: Count, lines: list[Json]) -> None:
    """Refuses seats that are not of the place, that have voted themselves, that another count has, or that gave two
    answers."""
    place = hands.place_of(payload.table, payload.site, payload.how)
    others, apart = of.ticked(but=payload.count), kinds()[of.vote.kind].hands(of.vote.settings).one
    answered: set[tuple[str, str]] = set()
    for line in lines:
        for seat in line["seats"]:
            one = of.seats.get(seat)
            if one is None:
                raise Refusal("not_at_place", name="…")
            if not one.inside(place) and (place[0] or place[1]):
                raise Refusal("not_at_place", name=one.name)
            if seat in of.voted:
                raise Refusal("has_voted", name=one.name)
            if seat in others:
                raise Refusal("counted_already", name=one.name, who=_who(of.session, others[seat]))
            key = "" if apart or len(line["choices"]) > 1 else next(iter(line["choices"]))
            if (seat, key) in answered:
                raise Refusal("ticked_twice", name=one.name)
            answered.add((seat, key))


def _check_seats(of: Entered, payload: Count, lines: list[Json]) -> None:
    """Refuses more people than there are seats at the place that have not voted otherwise, with the numbers."""
    mine = of.slots_of(lines)
    ticked = {slot.seat for slot in mine if slot.seat}
    place = hands.place_of(payload.table, payload.site, payload.how)
    seating, _short = of.seating(ticked, but=payload.count)
    n = hands.unknown(mine)
    if not seating.take(place, n):
        here = sum(one.inside(place) for one in of.seats.values())
        raise Refusal("too_many_hands", n=n + len(ticked), left=seating.left(place) + len(ticked), all=here)


def _followed(work: OnBoard) -> Entered:
    """Tells screens what was entered, and has the votes counted anew where the result is seen at once."""
    counted.give_back(work.session, work.activity, work.now)
    work.touch(work.activity)
    if work.activity.settings.get("reveal") == voting.LIVE:
        wait(work.session, work.activity, work.now)
    return hands.entered(work.session, work.activity)


def _who(session: Session, of: HandCount) -> str:
    account = session.get(Account, of.account_id) if of.account_id else None
    return account.name if account else _("Somebody")


def _remembered(session: Session, of: Entered, one: HandCount) -> Json:
    site = session.get(Site, one.site_id) if one.site_id else None
    room = session.get(Room, one.room_id) if one.room_id else None
    said: Json = {"how": one.how, "n": sum(slot.people for slot in of.slots(one))}
    return said | ({"site": site.name} if site else {}) | ({"room": room.number} if room else {}) | (
        {"sheet": one.sheet} if one.sheet is not None else {})


@tells("vote.count", "vote.uncount", team="room")
def _told(act: Act) -> Sentence:
    said = act.after or act.before
    n, sheet = said.get("n", 0), said.get("sheet")
    what = count("{n} vote {where}", "{n} votes {where}", n, where=at_place(said))
    if sheet is not None:
        what = _("sheet {sheet}", sheet=f"{sheet:04d}")
    names = act.names | {"what": what}
    if act.verb == "vote.uncount":
        return Sentence(_("{who} took back what was entered: {what}.", **names),
                        _("took back what was entered: {what}.", **names))
    if act.before:
        return Sentence(_("{who} corrected what was entered: {what}.", **names),
                        _("corrected what was entered: {what}.", **names))
    return Sentence(_("{who} entered {what}.", **names), _("entered {what}.", **names))
