"""Finds what is only the asker's: which cards are of its seats, and where they are. Asked once for all of its streams."""
from collections.abc import Collection
from functools import cached_property
from typing import Any

from sqlalchemy import BindParameter, bindparam, select, union_all

from workshop.domain.shapes import Json
from workshop.domain.visibility import Viewer
from workshop.store.fast import fast_insert
from workshop.store.fast.prepared import Question
from workshop.store.models import Contribution, Notice, RoomSeat, Seat, Speech
from workshop.store.models import Question as Asked
from workshop.store.transaction import Session
from workshop.store.visibility import card_views

SEAT: BindParameter[Any] = bindparam("seat")
CARDS = Question(select(
    Contribution.id, Contribution.seat_id, Contribution.stream_id, Contribution.seq, Contribution.hidden_at).where(
    Contribution.seat_id == SEAT, Contribution.withdrawn_at.is_(None)))
SAID = Question(union_all(
    select(Speech.id, Speech.seat_id, Speech.stream_id, Speech.seq, Speech.raised_at.label("out")).where(
        Speech.seat_id == SEAT, Speech.ended_at.is_(None), Speech.lowered_at.is_(None)),
    select(Asked.id, Asked.seat_id, Asked.stream_id, Asked.seq, Asked.let_out_at.label("out")).where(
        Asked.seat_id == SEAT, Asked.dropped_at.is_(None))))
SAID_TO = Question(select(Notice.id, Notice.rooms, Notice.seats).where(
    Notice.stream_id == bindparam("stream"), Notice.seq > bindparam("since"), Notice.over_at.is_(None)))
OF_PLACE = (RoomSeat.id, RoomSeat.seq, RoomSeat.stream_id, RoomSeat.room_id, RoomSeat.seat_id, RoomSeat.hand_at,
            RoomSeat.raised_at, RoomSeat.left_at)
ROOM_SEAT = [column.key for column in OF_PLACE]
OF_AUTHOR = (Seat.name, Seat.delegation_id, Seat.channel, Seat.site_id)
PLACES = Question(select(*OF_PLACE, *OF_AUTHOR).join(Seat, Seat.id == RoomSeat.seat_id).where(RoomSeat.seat_id == SEAT))


class Own:
    """Holds what belongs to some seats alone."""

    def __init__(self, session: Session, seats: Collection[str]) -> None:
        self.session, self.seats = session, list(seats)

    def _ask(self, question: Question) -> list[Any]:
        return [row for seat in self.seats for row in question.rows(self.session, seat=seat)]

    @cached_property
    def _cards(self) -> list[Any]:
        return self._ask(CARDS)

    def _above(self, viewer: Viewer, stream: str, since: int) -> list[Any]:
        return [card for card in self._cards
                if card.stream_id == stream and card.seq > since and card.seat_id in viewer.seats]

    @cached_property
    def _places(self) -> list[Any]:
        return self._ask(PLACES)

    def cards(self, viewer: Viewer, stream: str, since: int) -> dict[str, str]:
        """Lists {card id: seat id} of a stream's cards with a number above `since`."""
        found = self._above(viewer, stream, since)
        if stream == viewer.workshop:  # hands and questions of the plenary
            found = found + self._in_plenary(viewer, since)
        return {card.id: card.seat_id for card in found}

    @cached_property
    def _said(self) -> list[Any]:
        return self._ask(SAID)

    def _in_plenary(self, viewer: Viewer, since: int) -> list[Any]:
        return [one for one in self._said if one.seq > since and one.seat_id in viewer.seats
                and one.stream_id == viewer.workshop]

    def waiting(self, viewer: Viewer, stream: str, since: int) -> list[Json]:
        """Lists the seats' own questions that wait until somebody lets them out, as cards; and what was said in a room to
        those who have left it."""
        if stream != viewer.workshop or viewer.is_staff:
            return []
        wanted = [one.id for one in self._in_plenary(viewer, since) if one.out is None]
        rows = [*self.session.scalars(select(Asked).where(Asked.id.in_(wanted)))] if wanted else []
        along = [one.id for one in SAID_TO.rows(self.session, stream=stream, since=since)
                 if one.seats and viewer.rooms.isdisjoint(one.rooms) and not viewer.seats.isdisjoint(one.seats)]
        rows += self.session.scalars(select(Notice).where(Notice.id.in_(along))) if along else ()
        return card_views.Look(self.session, viewer, rows).cards(rows)

    def hidden(self, viewer: Viewer, stream: str, since: int) -> list[Json]:
        """Lists those of them that a facilitator has hidden, as cards of kind `hidden` with the reason."""
        wanted = [card.id for card in self._above(viewer, stream, since) if card.hidden_at] if not viewer.is_staff else []
        rows = self.session.scalars(select(Contribution).where(Contribution.id.in_(wanted))).all() if wanted else ()
        return [card for card in card_views.Look(self.session, viewer, rows).cards(rows) if "gone" not in card]

    def places(self, viewer: Viewer, stream: str, since: int) -> list[Json]:
        """Lists the seats' own entries of who is in the room, as cards."""
        found = [row for row in self._places
                 if row.stream_id == stream and row.seq > since and row.seat_id in viewer.seats]
        look = card_views.Look(self.session, viewer)
        look.seats = {row.seat_id: card_views.known(row, row.seat_id) for row in found}
        cards = look.cards([fast_insert.born(RoomSeat, **dict(zip(ROOM_SEAT, row, strict=False))) for row in found])
        return [card for card in cards if since or "gone" not in card]
