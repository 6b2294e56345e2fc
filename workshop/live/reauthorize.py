"""Checks sockets again after they connected: finds those whose cookie, seats, role or rooms have changed in the store."""
from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

from workshop.domain.people.tokens import is_token
from workshop.domain.shapes import Json
from workshop.domain.visibility import Viewer
from workshop.house import House
from workshop.store.fast.standing import standing as standing_of
from workshop.store.identity import Who, hashed, identify_many
from workshop.store.streams import viewers
from workshop.store.transaction import Session
from workshop.store.visibility import circles

if TYPE_CHECKING:
    from workshop.live.door import Socket

Sockets = dict[str, "Socket"]  # by sid
Name = Callable[[str, Viewer, bool], str]  # names an audience: Audience.name


def changed(house: House, sockets: Sockets, name: Name) -> list[str]:
    """Finds those of `sockets` (sid -> Socket) whose cookie, seats, role or rooms are no longer those they connected with.

    `name(stream, viewer, data_saver)` names the audience of a viewer.
    """
    with house.store.read() as session:
        people, now = identify_many(session, {socket.secret for socket in sockets.values() if socket.secret}), house.clock()
        people = {secret: who for secret, who in people.items() if not who.is_over(now)}
        streams = {stream for socket in sockets.values() for stream in socket.audiences}
        places = {stream: viewers.workshop_of(session, stream) for stream in streams}  # once for all who are there
        rooms = {place.room.id for place in places.values() if place.room and not place.few}
        lines = circles.lines(session, rooms=rooms) if rooms else {}
        return [sid for sid, socket in sockets.items()
                if not _same(session, people.get(socket.secret or ""), socket, name, places) or _new_lines(socket, lines)]


def standing(house: House, sockets: Sockets) -> dict[str, object] | None:
    """Returns {sid: the row versions its view depends on}: a socket for which they are the same has not changed. None:
    unknown. For programs they are never the same: programs are few, and looked at each time."""
    hashes = {sid: hashed(socket.secret) if socket.secret else None for sid, socket in sockets.items()}
    programs = {sid for sid, socket in sockets.items() if is_token(socket.secret)}
    with house.store.reader.glance() as session:
        found = standing_of(session, {held for held in hashes.values() if held},
                            {stream for socket in sockets.values() for stream in socket.audiences})
    return found and {sid: object() if sid in programs else (found[0].get(held or ""), found[1])
                      for sid, held in hashes.items()}


def _new_lines(socket: "Socket", lines: dict[str, dict[str, set[str]]]) -> bool:
    """Tells whether a seat of the socket belongs to a circle (store/visibility/circles.py) that the socket does not receive.
    """
    return any(line not in socket.audiences for room, of in lines.items() if room in socket.audiences
               for seat in socket.seats for line in of.get(seat, ()))


def _same(session: Session, who: Who | None, socket: "Socket", name: Name, places: dict[str, viewers.Whose]) -> bool:
    if who is None and socket.screen is None:
        return False
    if set(socket.seats) != set(who.seats if who else ()):
        return False
    if who and any(socket.rooms.get(seat, set()) != (who.rooms or {}).get(seat, set()) for seat in socket.seats):
        return False  # also where another seat of the device makes the socket receive the same as before
    for stream, audience in socket.audiences.items():
        viewer = viewers.viewer_for(session, who, socket.screen, stream, places[stream])
        if viewer and (way := viewers.way_in(viewer, places[stream])) and socket.way_in.get(viewer.workshop) != way:
            return False  # it shows others a join code that is no longer valid
        if viewer is None or name(stream, viewer, socket.data_saver and not places[stream].few) != audience:
            return False
    return True


def new_ballots(house: House, owners: Collection[str], known: dict[tuple[str, str], int]) -> list[Json]:
    """Lists the ballots of `owners` (seats, and delegations that share a budget) that are newer than `known` ((activity,
    owner) -> rev)."""
    with house.store.reader.hold() as session:
        return [ballot for ballot in viewers.ballots_of(session, owners) + viewers.shared_by(session, owners)
                if ballot["rev"] > known.get((ballot["activity"], ballot["seat"]), 0)]
