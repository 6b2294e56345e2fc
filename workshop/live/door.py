"""Serves the sockets: identity at connect, one event for commands, one for questions."""
import time
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from socketio.exceptions import ConnectionRefusedError

from workshop.domain.errors import Refusal, RetryLater
from workshop.domain.limits import SOCKETS_PER_DEVICE, WALLS_PER_ADDRESS
from workshop.domain.shapes import Answer, Json
from workshop.domain.visibility import Viewer
from workshop.live import admission, reauthorize
from workshop.live.connection_health import ConnectionHealth
from workshop.live.hints import Hints
from workshop.store.streams import catch_up
from workshop.store.visibility import circle_members
from workshop.transport.sockets.socketio_json import Said, Wire

if TYPE_CHECKING:
    from workshop.live import Live
    from workshop.transport.sockets.websocket import WebSocketConnection

VERSION = 1
NO_PLACE = 30.0  # seconds until a wall for which there is no place tries again
BEHIND = 1.0  # seconds a question waits on a connection that has not taken earlier answers yet


@dataclass
class Socket:
    """Remembers what was true of a socket when it connected. `audiences`: stream -> the audience in which it is."""

    secret: str | None
    asker: str = ""  # its rate limit key (store/rate_limit_keys.py)
    screen: str | None = None
    seats: tuple[str, ...] = ()
    delegations: tuple[str, ...] = ()  # of the seats
    audiences: dict[str, str] = field(default_factory=dict)
    circles: set[str] = field(default_factory=set)  # the streams of circles among them (store/visibility/circles.py)
    data_saver: bool = False  # wants others' changes seldom, in batches
    rooms: dict[str, set[str]] = field(default_factory=dict)  # seat -> where it is
    company: dict[str, Json] = field(default_factory=dict)  # room -> who shares a circle with its seats, as it was told
    way_in: Json = field(default_factory=dict)  # workshop -> its code and lock, as it was told
    waiting: int = 0  # commands that the page reports as unsent
    until: datetime | None = None  # when a program's token ends
    workshops: frozenset[str] = frozenset()  # that it looks at
    websocket: "WebSocketConnection | None" = None  # the guarded websocket, where the mode has one


class Door:
    """Keeps the connected sockets of this process and answers them."""

    def __init__(self, live: "Live") -> None:
        self.live, self.house = live, live.house
        self.sockets: dict[str, Socket] = {}
        self.of_asker: dict[str, dict[str, None]] = {}  # rate limit key -> its sids, the oldest first
        self.health, self.hints = ConnectionHealth(self, self.house.clock), Hints(self)
        self._people: object = None  # the store's people as of the last reauthorisation
        self._standing: dict[str, object] = {}  # sid -> the row versions its view depended on then, where known
        self.revs: dict[tuple[str, str], int] = {}  # (activity, seat) -> revision of the ballot that was sent here

    def connect(self, sid: str, environ: Json, auth: Any = None) -> Literal[False] | None:
        """Admits a socket whose cookie, token or wall's key is known; sends its cursors at once."""
        auth = auth if isinstance(auth, dict) else {}
        watch = auth.get("watch")
        try:
            secret, screen = admission.brought(self.house, environ, auth)
            answer = self.house.store.reader.ask(
                lambda session: catch_up.open_streams(session, secret, screen, watch if isinstance(watch, dict) else {}))
            if answer and answer.settled:
                self.house.performer.arrivals.settle(answer.settled)
            if answer and answer.device and secret:
                self.house.rate_limit_keys.learn(secret, answer.device)
            asker = self.house.rate_limit_keys.key(secret, environ.get("REMOTE_ADDR"), screen)
        except RetryLater as later:
            raise ConnectionRefusedError("later", {"retry_after": later.seconds}) from None
        if answer is None:
            return False
        server, others = self.live.socketio.server, list(self.of_asker.get(asker, ()))
        if not answer.device and len(others) >= WALLS_PER_ADDRESS:
            raise ConnectionRefusedError("later", {"retry_after": NO_PLACE})  # those that show something stay
        for other in others[:-SOCKETS_PER_DEVICE + 1] if answer.device else ():
            self.cut(other)  # the oldest: forgotten tabs, or half-open connections
        socket = self.sockets[sid] = Socket(
            secret, asker, screen, tuple(answer.seats), tuple(answer.delegations), data_saver=auth.get("light") is True,
            rooms=answer.rooms, company=answer.company, way_in=answer.way_in, waiting=_count(auth.get("waiting")),
            until=answer.until)
        self.of_asker.setdefault(asker, {})[sid] = None
        if self.live.guard:
            socket.websocket = self.live.guard.connections.get(server.manager.eio_sid_from_sid(sid, "/"))
        self.health.came(socket)
        socket.workshops = frozenset(viewer.workshop for viewer, _frame in answer.frames)
        self.house.performer.days.heard(socket.seats, self.house.clock(), socket.workshops)
        for owner in (*answer.seats, *answer.delegations):
            server.enter_room(sid, f"seat:{owner}")
        for ballot in answer.ballots:
            self.revs[ballot["activity"], ballot["seat"]] = ballot["rev"]
        self.say(sid, socket, "hello", {
            "v": VERSION, "now": self.house.clock().timestamp(), "ballots": answer.ballots,
            "seats": answer.seats + answer.was,
            "streams": [frame.stream for _, frame in answer.frames],
            **({"way_in": answer.way_in} if answer.way_in else {})})
        if beside := answer.company | ({"people": answer.people} if answer.people else {}):
            self.say(sid, socket, "beside", beside)
        for viewer, frame in answer.frames:
            self._let_hear(sid, socket, viewer, frame)
            if viewer.is_staff and frame.stream == viewer.workshop:
                self.live.presence.greet(sid, viewer.workshop)
        self.hints.greet(sid, socket)
        return None

    def say(self, sid: str, socket: Socket, event: str, data: object) -> None:
        """Sends an event to this socket alone."""
        if socket.websocket is None:
            self.live.socketio.server.emit(event, data, room=sid)
        elif not socket.websocket.tell(f"2{Wire.dumps([event, data])}"):
            self.cut(sid)

    def _let_hear(self, sid: str, socket: Socket, viewer: Viewer, frame: catch_up.Frame) -> None:
        few = frame.few
        if frame.was < frame.now or not frame.was or frame.circles:  # else the page has brought everything already
            self.say(sid, socket, "cards", Said(frame.text()))
        socket.audiences[frame.stream] = self.live.audience.enter(sid, viewer, frame, socket.data_saver and not few, few)
        if few:
            socket.circles.add(frame.stream)

    def gather(self, room: str) -> None:
        """Resubscribes a room whose circles changed: every socket there receives its own circles and no others."""
        here = {sid: socket for sid, socket in self.sockets.items() if room in socket.audiences}
        if not here:
            return
        with self.house.store.read() as session:
            for sid, socket in here.items():
                if sid not in self.sockets:
                    continue
                wanted = catch_up.beside_socket(session, socket.secret, room)
                gone = {line: socket.audiences[line] for line in socket.circles - wanted.keys()}
                self.live.audience.part(sid, gone)
                for line in gone:
                    del socket.audiences[line]
                    socket.circles.discard(line)
                for line in wanted.keys() - socket.circles:
                    self._let_hear(sid, socket, *wanted[line])
        self.tell_company(room)

    def tell_company(self, room: str) -> None:
        """Tells every socket of the room who shares a circle with its seats, where that has changed."""
        here = {sid: socket for sid, socket in self.sockets.items() if room in socket.audiences and socket.seats}
        if not here:
            return
        with self.house.store.read() as session:
            told, lines = circle_members.of_room(session, room), catch_up.lines_in(session, room)
        for sid, socket in here.items():
            mine = circle_members.of_seats(told, socket.seats) | catch_up.lines_of(lines, socket.seats)
            if mine != socket.company.get(room, {}):
                socket.company[room] = mine
                self.say(sid, socket, "beside", {room: mine})

    def disconnect(self, sid: str, *_reason: object) -> None:
        """Forgets a disconnected socket."""
        socket = self.sockets.pop(sid, None)
        if socket:
            of = self.of_asker.get(socket.asker, {})
            of.pop(sid, None)
            if not of:
                self.of_asker.pop(socket.asker, None)
            self.health.went(socket)
            self.live.audience.leave(sid, socket.audiences)

    def still_here(self) -> None:
        """Notes that the seats of all sockets are there."""
        now = self.house.clock()
        for socket in list(self.sockets.values()):
            self.house.performer.days.heard(socket.seats, now, socket.workshops)

    def note_waiting(self, sid: str, message: object = None, *_more: object) -> None:
        """Takes the page's report of how many commands are unsent: {waiting}."""
        socket = self.sockets.get(sid)
        if socket and isinstance(message, dict):
            socket.waiting = _count(message.get("waiting"))

    def do(self, sid: str, message: object = None, *_more: object) -> Answer:
        """Carries out a command; the returned answer is the acknowledgement."""
        socket = self.sockets.get(sid)
        n = message.get("n") if isinstance(message, dict) else None
        if socket is None:
            return {"n": n} | Refusal("who_are_you").answer()
        wait = self.house.commands.take(socket.asker, time.monotonic())
        if wait:
            return {"n": n, "retry_after": round(wait, 2)}
        return self.house.performer.perform(socket.secret, message, sid)

    def ask(self, sid: str, message: object = None, *_more: object) -> Said | Answer:
        """Answers what changed since: {stream, epoch, since} -> the frame, or {code} when it may not be seen."""
        socket = self.sockets.get(sid)
        if not isinstance(message, dict):
            return Refusal("bad_message").answer()
        if socket is None or (socket.until and socket.until <= self.house.clock()):
            return Refusal("who_are_you").answer()
        wait = self.house.questions.take(socket.asker, time.monotonic())
        if not wait and socket.websocket and socket.websocket.is_behind:
            wait = BEHIND
        if wait:
            return {"retry_after": round(wait, 2)}
        try:
            frame = self.house.store.reader.ask(
                lambda session: catch_up.changes(session, socket.secret, message.get("screen"), message))
        except RetryLater as later:
            return {"retry_after": later.seconds}
        return Said(frame.text()) if frame else Refusal("not_here").answer()

    def tell_mine(self, seat: str, card: str, origin: str | None) -> None:
        """Sends a seat's new card to the devices that carry it, except the connection that knows it from its answer."""
        carrying = self.live.socketio.server.manager.rooms.get("/", {}).get(f"seat:{seat}", ())
        if any(sid != origin for sid in carrying):
            self.live.socketio.server.emit("mine", {"seat": seat, "card": card}, room=f"seat:{seat}", skip_sid=origin)

    def tell_waiting(self, seat: str, stream: str, card: Json) -> None:
        """Sends a card of the seat that waits in a room's inbox, or was refused there, to the devices that carry the seat.
        """
        self.live.socketio.server.emit("mine", {"seat": seat, "card": card["id"], "stream": stream, "shown": card},
                                       room=f"seat:{seat}")

    def tell_ballot(self, ballot: Json) -> None:
        """Sends a seat's own ballot {activity, seat, choices, rev} to the devices that carry the seat; and what a delegation
        has spent, in the same form, to those that carry one of its seats."""
        self.revs[ballot["activity"], ballot["seat"]] = ballot["rev"]
        self.live.socketio.server.emit("my_ballot", ballot, room=f"seat:{ballot['seat']}")

    def look_again(self, seat: str) -> None:
        """Rereads what another process changed about a seat (or a delegation): its ballots, or where it is."""
        mine = {sid: socket for sid, socket in self.sockets.items() if seat in (*socket.seats, *socket.delegations)}
        if mine:
            for ballot in reauthorize.new_ballots(self.house, [seat], self.revs):
                self.tell_ballot(ballot)
            self.call_roll(mine)

    def call_roll_if_needed(self) -> None:
        """Reauthorises the sockets whose device, seat or room may have changed since the last time."""
        version, now = self.house.store.pen.people(), self.house.clock()
        for sid in [sid for sid, socket in self.sockets.items() if socket.until and socket.until <= now]:
            self.cut(sid)
        if version is None or version != self._people:
            here = dict(self.sockets)
            standing = reauthorize.standing(self.house, here) if here else {}
            self.call_roll(None if standing is None else {
                sid: here[sid] for sid, on in standing.items() if self._standing.get(sid) != on})
            self._standing, self._people = standing or {}, version

    def call_roll(self, sockets: dict[str, Socket] | None = None) -> None:
        """Cuts every socket that is no longer what it was when it connected; it may come again, with the view it now has."""
        sockets = dict(self.sockets) if sockets is None else sockets
        for sid in reauthorize.changed(self.house, sockets, self.live.audience.name) if sockets else ():
            self.cut(sid)
        for room in {room for socket in sockets.values() for room in socket.company}:
            self.tell_company(room)

    def find_ballots(self) -> None:
        """Looks for ballots that our seats cast in other processes, where no wake-ups come from there."""
        owners = {owner for socket in self.sockets.values() for owner in (*socket.seats, *socket.delegations)}
        self.revs = {key: rev for key, rev in self.revs.items() if key[1] in owners}
        for ballot in reauthorize.new_ballots(self.house, owners, self.revs) if owners else ():
            self.tell_ballot(ballot)

    def close_seat(self, seat: str) -> None:
        """Cuts every socket that carries the seat: the transport too, or the old connection could speak on."""
        for sid in [sid for sid, socket in self.sockets.items() if seat in socket.seats]:
            self.cut(sid)

    def close_secret(self, secret: str | None) -> None:
        """Cuts every socket that came with this cookie."""
        for sid in [sid for sid, socket in self.sockets.items() if secret and socket.secret == secret]:
            self.cut(sid)

    def close_token(self, token_id: str) -> None:
        """Cuts every socket of a program's token."""
        for sid in list(self.of_asker.get(token_id, ())):
            self.cut(sid)

    def cut(self, sid: str) -> None:
        """Ends the Engine.IO transport under a socket."""
        server = self.live.socketio.server
        eio_sid = server.manager.eio_sid_from_sid(sid, "/")
        transport = server.eio.sockets.get(eio_sid)
        server.disconnect(sid)
        if transport:
            transport.close(wait=False, abort=True)
        if self.live.guard:
            self.live.socketio.start_background_task(self._hang_up, eio_sid)

    def _hang_up(self, eio_sid: str) -> None:
        self.live.socketio.sleep(0.5)
        if self.live.guard:
            self.live.guard.hang_up(eio_sid)


def open_door(live: "Live") -> None:
    """Registers the events on Socket.IO itself: no request context for each of them."""
    door = live.door = Door(live)
    live.socketio.server.on("connect", door.connect)
    live.socketio.server.on("disconnect", door.disconnect)
    live.socketio.server.on("do", door.do)
    live.socketio.server.on("ask", door.ask)
    live.socketio.server.on("line", door.note_waiting)


def _count(value: object) -> int:
    return min(value, 999) if isinstance(value, int) and not isinstance(value, bool) and value > 0 else 0
