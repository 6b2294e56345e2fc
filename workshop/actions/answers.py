"""What the answer to a command shows of the row that it has changed."""
from typing import Any

from workshop.actions.core.context import CommandContext, InWorkshop
from workshop.actions.core.registry import shows
from workshop.domain.shapes import Json
from workshop.domain.visibility import Viewer
from workshop.store.changes import changes_of
from workshop.store.models import Activity, Ballot, Contribution, Room, RoomSeat
from workshop.store.visibility import card_views


@shows(Ballot)
def ballot(work: CommandContext, row: Ballot) -> Json:
    """{rev}; the whole ballot goes to every device of its seat."""
    told = {"activity": row.activity_id, "seat": row.seat_id, "choices": row.choices, "rev": row.rev}
    changes_of(work.session).ballots.append((row.seat_id, told))
    return {"rev": row.rev}


@shows(Activity, Contribution, Room, RoomSeat)
def card(work: InWorkshop, row: Any) -> Json:
    """{stream, card}, as whoever gave the command may see it."""
    changes = changes_of(work.session)
    if isinstance(row, Contribution) and row.seat_id and row.rev == 1:
        changes.cards.append((row.seat_id, row.id, work.origin))
    viewer = Viewer(workshop=work.workshop.id, privacy=work.workshop.privacy, role=work.role,
                    seats=frozenset({work.seat.id}) if work.seat else frozenset())
    stream = row.workshop_id if isinstance(row, Room) else row.stream_id
    look = card_views.Look(work.session, viewer)
    look.know(work.seat)
    shown = look.card(row)
    if work.room and isinstance(row, Contribution) and row.stream_id == work.room.inbox and work.seat:
        # Its writer follows the room's stream, not the inbox: there it stands and says that it waits.
        return {"stream": work.room.stream_id, "card": shown | {"waits": True}}
    changes.authors.update(look.seats)
    return {"stream": stream, "card": shown}
