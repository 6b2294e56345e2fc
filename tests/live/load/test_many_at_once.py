"""Very many cards at once, as when all of a room go along: told in frames of a bounded size, one after the other."""
import pytest

from tests.support import cast
from tests.support.screens import Hall
from workshop.domain.limits import CARDS_TOLD
from workshop.store.identity import identify
from workshop.store.models import Contribution, Room
from workshop.store.streams import numbering
from workshop.store.streams.viewers import viewer_for

MANY = 3 * CARDS_TOLD + 7


@pytest.fixture
def rooms(app, meeting):
    """(Elena, the room with many cards, the board of the next one, its id)."""
    source, later = meeting["rooms"][:2]
    board = cast.activities(app, source)["ideas"]
    house = app.extensions["house"]
    with house.store.write() as session:
        numbering.lock(session, {meeting["workshop"]})
        room = session.get(Room, source)
        for n in range(1, MANY + 1):
            row = Contribution(id=f"carried-{n:05}", activity_id=board, stream_id=source, kind="idea", number=n, place={},
                               body={"text": f"Idea {n}"}, rev=1, hop=0, created_at=house.clock())
            session.add(row)
            numbering.touch(session, row)
        room.next_number = MANY + 1
    return cast.facilitator(app, meeting), source, cast.activities(app, later)["ideas"], later


def viewers(app, phone, stream: str) -> dict:
    with app.extensions["house"].store.read() as session:
        return {stream: viewer_for(session, identify(session, phone.http.get_cookie("tinkuy").value), None, stream)}


def test_cards_that_go_along_come_in_frames_of_a_bounded_size_without_a_gap(app, meeting, phone, rooms):
    elena, source, board, later = rooms
    rosa, hall = phone(), Hall(app)
    rosa.join(meeting["code"], "Rosa", room=2)
    here = hall.seat("here", viewers(app, rosa, later))
    answer = cast.ok(elena.do("contribution.carry", {"activity": board, "rooms": [source]}, None))
    assert answer["carried"] == MANY
    frames = [frame for name, frame in hall.taken() if name == "here"]
    assert len(frames) >= MANY / CARDS_TOLD and max(len(frame["cards"]) for frame in frames) <= CARDS_TOLD
    between = hall.seat("between", viewers(app, rosa, later))
    for frame in frames:
        assert here.keep(frame) and between.keep(frame), "each begins where the one before ended"
    with app.extensions["house"].store.read() as session:
        fresh = here.fresh(session).shown()
    assert here.shown() == between.shown() == fresh
    assert sum(card["kind"] == "idea" for card in fresh.values()) == MANY
