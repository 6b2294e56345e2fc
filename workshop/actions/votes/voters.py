"""Applies the rules of a vote to whoever gives a ballot: who may, whose ballot it is, what may be in it."""
from collections.abc import Collection

from sqlalchemy import func, select

from workshop.actions.core.context import OnBoard, SeatOnBoard
from workshop.domain import voting
from workshop.domain.errors import Refusal
from workshop.domain.kinds import kinds
from workshop.domain.roles import LEADS
from workshop.domain.shapes import Choices, Json, Settings
from workshop.store.models import Activity, Ballot, Contribution, Room, RoomSeat, Seat, Site
from workshop.store.transaction import Session

DICTATED = ("phone", "paper")  # seats that a member of the team holds for somebody else


def may_vote(who: Json, seat: Seat, of_team: bool) -> bool:
    """Tells whether the seat may vote. `of_team`: its device is signed in as staff."""
    if of_team and not who.get("staff", True) and seat.channel not in DICTATED:
        return False
    return all(not who.get(name) or value in who[name] for name, value in (
        ("delegations", seat.delegation_id), ("channels", seat.channel), ("sites", seat.site_id)))


def barred(session: Session, settings: Settings, seat: Seat, of_team: bool) -> str:
    """Returns why the seat may not vote (`not_a_voter`; `no_delegation`, `no_group` where delegations or working groups vote
    and it is of none), or ''."""
    if not may_vote((settings.get("rules") or {}).get("who", {}), seat, of_team):
        return "not_a_voter"
    one_per = voting.one_per(settings)
    return "" if one_per == voting.SEAT or _of(session, seat, one_per) else \
        "no_delegation" if one_per == voting.DELEGATION else "no_group"


def admit(work: SeatOnBoard) -> None:
    """Refuses who may not vote, as `barred` says why."""
    if why := barred(work.session, work.activity.settings, work.seat,
                     work.who.role_in(work.workshop.id, work.room.id) is not None):
        raise Refusal(why)


def room_of(session: Session, seat: str) -> str | None:
    """Finds the working group in which the seat is now."""
    return session.scalar(select(RoomSeat.room_id).join(Room, Room.id == RoomSeat.room_id).where(
        RoomSeat.seat_id == seat, RoomSeat.left_at.is_(None), Room.kind == "group"))


def _of(session: Session, seat: Seat, one_per: str) -> str | None:
    """Finds the delegation or working group whose ballot the seat casts."""
    return seat.delegation_id if one_per == voting.DELEGATION else room_of(session, seat.id)


def shared(work: SeatOnBoard) -> Ballot:
    """Finds the ballot of the seat's delegation or working group, whoever has cast it; one of revision 0 where there is
    none. Refusal `voted_elsewhere` for who has cast one for another."""
    vote, seat, one_per = work.activity, work.seat, voting.one_per(work.activity.settings)
    column, name = (Ballot.delegation_id, "delegation_id") if one_per == voting.DELEGATION else (Ballot.room_id, "room_id")
    mine = _of(work.session, work.seat, one_per)
    own = work.session.get(Ballot, (vote.id, seat.id))
    if own and getattr(own, name) not in (None, mine):
        raise Refusal("voted_elsewhere")
    return work.session.scalar(select(Ballot).where(Ballot.activity_id == vote.id, column == mine)) or Ballot(
        activity_id=vote.id, seat_id=seat.id, choices={}, rev=0, **{name: mine})


def taken_over(work: SeatOnBoard, held: Ballot) -> Ballot:
    """Returns the ballot of a delegation or working group as one of the seat that casts it, with the revision that it had;
    the last one who casts it has cast it."""
    if held.rev and held.seat_id == work.seat.id:
        return held
    made = Ballot(activity_id=work.activity.id, seat_id=work.seat.id, choices={}, rev=held.rev,
                  delegation_id=held.delegation_id, room_id=held.room_id)
    if held.rev:
        work.session.delete(held)
        work.session.flush()
    work.session.add(made)
    return made


def checked(work: SeatOnBoard, choices: Choices, cards: Collection[str], before: Choices) -> Choices:
    """Returns the ballot to keep. Refusals: those of the kind; `own_card`; `over_mandates` for a delegation that gives away
    more than it has."""
    vote, check = work.activity, kinds()[work.activity.kind].vote_rules.check
    of = voting.split(choices) if voting.per_delegation(vote.settings) else None
    if of is None:
        kept = check(vote.settings, choices, cards)
        chosen = {key for key in kept if kept[key] != before.get(key)}
    else:
        limit = voting.rules(vote.settings)["mandates"].get(work.seat.delegation_id, 1)
        if sum(n for n, _part in of) > limit:
            raise Refusal("over_mandates", limit=limit)
        each = [(n, check(vote.settings, part, cards)) for n, part in of]
        kept = {voting.SPLIT: [[n, part] for n, part in each]}
        chosen = {key for _n, part in each for key in part}
    if not voting.rules(vote.settings)["own"]:
        _refuse_own(work, chosen)
    return kept


def keys(choices: Choices) -> set[str]:
    """Lists what a ballot chooses, in whatever part of it."""
    of = voting.split(choices)
    return set(choices) if of is None else {key for _n, part in of for key in part}


def _refuse_own(work: SeatOnBoard, chosen: set[str]) -> None:
    """Refuses cards that the seat has written, or its delegation where that votes, or that come from its room where working
    groups vote; of groups, those with such cards only."""
    mine, one_per = Contribution.seat_id == work.seat.id, voting.one_per(work.activity.settings)
    if one_per == voting.DELEGATION:
        mine = Contribution.seat_id.in_(select(Seat.id).where(Seat.delegation_id == work.seat.delegation_id))
    elif one_per == voting.ROOM:
        mine = Contribution.activity_id.in_(select(Activity.id).where(
            Activity.room_id == room_of(work.session, work.seat.id)))
    if chosen and work.session.scalar(select(Contribution.id).where(
            Contribution.id.in_(chosen), Contribution.kind == "idea", mine).limit(1)):
        raise Refusal("own_card")
    for group in work.session.scalars(select(Contribution.id).where(
            Contribution.id.in_(chosen), Contribution.kind == "group")) if chosen else ():
        inside = (Contribution.group_id == group, Contribution.kind == "idea", Contribution.withdrawn_at.is_(None))
        cards = work.session.scalar(select(func.count()).select_from(Contribution).where(*inside))
        if cards and cards == work.session.scalar(select(func.count()).select_from(Contribution).where(*inside, mine)):
            raise Refusal("own_card")


def sharers(session: Session, ballot: Ballot) -> list[str]:
    """Lists the seats whose ballot it is: the one of its seat, or all of its delegation, or in its working group."""
    if ballot.room_id is not None:
        return list(session.scalars(select(RoomSeat.seat_id).where(
            RoomSeat.room_id == ballot.room_id, RoomSeat.left_at.is_(None))))
    if ballot.delegation_id is None:
        return [ballot.seat_id]
    return list(session.scalars(select(Seat.id).where(
        Seat.delegation_id == ballot.delegation_id, Seat.revoked_at.is_(None))))


def may_close(work: OnBoard, vote: Activity) -> None:
    """Refuses what the rules of the vote do not let: `not_let` for a rapporteur who has not opened it, where neither they
    nor the facilitators let her, `deadline_closes`, `sites_wait` with the names of those that have not voted."""
    rules = voting.rules(vote.settings)
    let = rules["closer"] == "rapporteur" or work.room.lets_vote
    if work.role not in LEADS and not let and vote.opened_by != work.actor():
        raise Refusal("not_let")
    if rules["closer"] == "deadline" and vote.closes_at is not None and work.now < vote.closes_at:
        raise Refusal("deadline_closes")
    if waits := waits_for(work.session, work.room, vote):
        raise Refusal("sites_wait", sites=", ".join(waits))


def present(session: Session, room: Room, who: Json) -> int:
    """Counts those who may vote here: who is in the room, or in the workshop for a vote of the plenary."""
    return len(_here(session, room, who))


def _here(session: Session, room: Room, who: Json) -> list[Seat]:
    here = select(Seat).join(RoomSeat, RoomSeat.seat_id == Seat.id).where(
        RoomSeat.room_id == room.id, RoomSeat.left_at.is_(None)) if room.kind == "group" else select(Seat).where(
        Seat.workshop_id == room.workshop_id)
    return [seat for seat in session.scalars(here.where(Seat.revoked_at.is_(None), Seat.joined_id.is_(None)))
            if may_vote(who, seat, of_team=False)]


def waits_for(session: Session, room: Room, vote: Activity) -> list[str]:
    """Lists the names of the sites of which somebody here may vote and nobody has."""
    if not voting.rules(vote.settings)["all_sites"]:
        return []
    voted = {site for site, choices in session.execute(select(Seat.site_id, Ballot.choices).join(
        Ballot, Ballot.seat_id == Seat.id).where(Ballot.activity_id == vote.id)) if choices}
    there = {seat.site_id for seat in _here(session, room, voting.rules(vote.settings)["who"]) if seat.site_id}
    return list(session.scalars(select(Site.name).where(Site.id.in_(there - voted)).order_by(Site.position)))
