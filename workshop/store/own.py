"""What is only the asker's: which cards are of its seats, and where they sit.  Asked once for all of its lines."""
from functools import cached_property

from sqlalchemy import bindparam, select

from workshop.domain.sight import Viewer
from workshop.store import sight
from workshop.store.models import Contribution, RoomSeat, Seat

SEATS = bindparam("seats", expanding=True)
CARDS = select(
    Contribution.id, Contribution.seat_id, Contribution.stream_id, Contribution.seq, Contribution.hidden_at).where(
    Contribution.seat_id.in_(SEATS), Contribution.withdrawn_at.is_(None))
PLACES = select(RoomSeat, Seat).join(Seat, Seat.id == RoomSeat.seat_id).where(RoomSeat.seat_id.in_(SEATS))


class Own:
    """The own things of some seats."""

    def __init__(self, session, seats):
        self.session, self.asked = session, {"seats": list(seats)}

    @cached_property
    def _cards(self) -> list:
        return self.session.connection().execute(CARDS, self.asked).all()

    def _above(self, viewer: Viewer, stream: str, since: int) -> list:
        return [card for card in self._cards
                if card.stream_id == stream and card.seq > since and card.seat_id in viewer.seats]

    @cached_property
    def _places(self) -> list:
        return self.session.execute(PLACES, self.asked).all()

    def cards(self, viewer: Viewer, stream: str, since: int) -> dict[str, str]:
        """{card id: seat id} of a stream's cards with a number above `since`."""
        return {card.id: card.seat_id for card in self._above(viewer, stream, since)}

    def hidden(self, viewer: Viewer, stream: str, since: int) -> list[dict]:
        """Those of them that a facilitator has hidden, as cards of kind `hidden` with the reason."""
        wanted = [card.id for card in self._above(viewer, stream, since) if card.hidden_at] if not viewer.is_staff else []
        rows = self.session.scalars(select(Contribution).where(Contribution.id.in_(wanted))).all() if wanted else ()
        return [card for card in sight.Look(self.session, viewer, rows).cards(rows) if "gone" not in card]

    def places(self, viewer: Viewer, stream: str, since: int) -> list[dict]:
        """The seats' own entries of who is in the room, as cards."""
        found = [(row, seat) for row, seat in self._places
                 if row.stream_id == stream and row.seq > since and seat.id in viewer.seats]
        look = sight.Look(self.session, viewer)
        for _row, seat in found:
            look.know(seat)
        cards = look.cards([row for row, _ in found])
        return [card for card in cards if since or "gone" not in card]
