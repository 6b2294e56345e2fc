"""A vote while people choose: its title, the text that is put to the vote, by what rule, and how many have voted; nothing of
what."""
from sqlalchemy import select

from workshop.domain import steps
from workshop.domain.kinds import kinds as activity_kinds
from workshop.domain.shapes import Json
from workshop.store.counts import hands, turnout
from workshop.store.models import Activity, Room
from workshop.store.visibility import results
from workshop.store.walls.kind import HallSight, Kind, Offered
from workshop.words import N_, _, spoken

LONG = 320  # characters of a text that is put to the vote


def votes(sight: HallSight) -> list[Activity]:
    """Lists the votes of the rooms that people see, and those of the plenary."""
    own = sight.session.scalars(select(Activity).where(Activity.room_id == sight.plenary.id).order_by(Activity.position))
    return [one for one in (*sight.activities(), *own) if activity_kinds()[one.kind].decides]


def name_of(vote: Activity) -> str:
    """Returns what a vote is called."""
    return spoken(vote.settings.get("title") or vote.title or _(activity_kinds()[vote.kind].title))


def offered(sight: HallSight) -> dict[str, Offered]:
    """Lists the votes that can be chosen."""
    return {"vote": [(vote.id, f"{sight.place(vote).number or _('Plenary')} · {name_of(vote)}") for vote in votes(sight)]}


def _read(sight: HallSight, block: Json) -> list[Json]:
    vote = next((one for one in votes(sight) if one.id == block.get("vote")), None)
    if vote is None:
        return []
    room, known = sight.place(vote), turnout.of_votes(sight.session, [vote])[vote.id]
    running = not room.closed_at and steps.opens(steps.now(room), vote)
    voted = len(known.voted) + hands.people(vote)
    return [{"heading": name_of(vote), "number": room.number, "voted": voted, "could": max(known.people, voted),
             "running": running, "known": known, "text": _short(vote.settings.get("text") or ""),
             "terms": activity_kinds()[vote.kind].terms(vote.settings, vote.round),
             "over": results.is_shown(room, vote), "until": _until(room, vote) if running else None}]


def _short(text: str) -> str:
    return text if len(text) <= LONG else f"{text[:LONG].rstrip()}…"


def _until(room: Room, vote: Activity) -> Json | None:
    """Returns the clock of a vote that is open by itself, else that of its room."""
    if vote.opened_at is None:
        return clock_of(room)
    return {"until": vote.closes_at.isoformat()} if vote.closes_at else None


def clock_of(room: object) -> Json | None:
    """Returns {until, ends, paused?} of a room's clock; None where none runs."""
    deadline, paused = getattr(room, "deadline", None), getattr(room, "paused_at", None)
    clock = deadline and {"until": deadline.isoformat(), "ends": deadline}
    return clock and clock | ({"paused": paused.isoformat()} if paused else {})


KIND = Kind("vote", N_("How many have voted"), _read, ("vote",), offers=offered, order=50)
