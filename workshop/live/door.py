"""The socket's door: identity at connect, one event for commands, one for questions."""
import time
from dataclasses import dataclass, field

from flask import request

from workshop.domain.errors import Refusal
from workshop.store import reading

VERSION = 1


@dataclass
class Socket:
    """What is known of a connected socket."""

    secret: str | None
    seats: tuple[str, ...] = ()
    audiences: list[str] = field(default_factory=list)


class Door:
    """The connected sockets of this process."""

    def __init__(self, live):
        self.live, self.house = live, live.house
        self.sockets: dict[str, Socket] = {}

    def connect(self, auth):
        """Let the socket in if its cookie (or the screen's key) is known; answer its cursors at once."""
        auth = auth if isinstance(auth, dict) else {}
        watch = auth.get("watch") if isinstance(auth.get("watch"), dict) else {}
        secret = request.cookies.get("tinkuy")
        with self.house.store.read() as session:
            answer = reading.open_streams(session, secret, auth.get("screen"), watch)
        if answer is None:
            return False
        sid, server = request.sid, self.live.socketio.server
        socket = self.sockets[sid] = Socket(secret, tuple(answer.seats))
        for seat in answer.seats:
            server.enter_room(sid, f"seat:{seat}")
        server.emit("hello", {"v": VERSION, "now": self.house.clock().timestamp(), "ballots": answer.ballots,
                              "seats": answer.seats, "streams": [frame["stream"] for _, frame in answer.frames]}, room=sid)
        for viewer, frame in answer.frames:
            name = self.live.audience.name(frame["stream"], viewer)
            server.emit("cards", frame, room=sid)
            self.live.audience.enter(sid, frame["stream"], viewer, frame["now"])
            socket.audiences.append(name)
            if viewer.is_staff and frame["stream"] == viewer.workshop:
                self.live.presence.greet(sid, viewer.workshop)
        return None

    def disconnect(self, sid, *_reason):
        """The socket is gone."""
        socket = self.sockets.pop(sid, None)
        if socket:
            self.live.audience.leave(socket.audiences)

    def do(self, sid, message=None, *_more):
        """A command; the returned answer is the acknowledgement."""
        socket = self.sockets.get(sid)
        n = message.get("n") if isinstance(message, dict) else None
        if socket is None:
            return {"n": n} | Refusal("who_are_you").answer()
        wait = self.house.commands.take(socket.secret or sid, time.monotonic())
        if wait:
            return {"n": n, "retry_after": round(wait, 2)}
        return self.house.performer.perform(socket.secret, message)

    def ask(self, sid, message=None, *_more):
        """What changed since?  {stream, epoch, since} -> the frame, or {code} when it may not be seen."""
        socket = self.sockets.get(sid)
        if socket is None or not isinstance(message, dict):
            return Refusal("who_are_you").answer()
        with self.house.store.read() as session:
            frame = reading.changes(session, socket.secret, message.get("screen"), message)
        return frame or Refusal("not_here").answer()

    def close_seat(self, seat: str) -> None:
        """Cut every socket that carries the seat: the transport too, or the old connection could speak on."""
        for sid in [sid for sid, socket in self.sockets.items() if seat in socket.seats]:
            self.cut(sid)

    def close_secret(self, secret: str | None) -> None:
        """Cut every socket that came with this cookie."""
        for sid in [sid for sid, socket in self.sockets.items() if secret and socket.secret == secret]:
            self.cut(sid)

    def cut(self, sid: str) -> None:
        """End the Engine.IO transport under a socket."""
        server = self.live.socketio.server
        eio_sid = server.manager.eio_sid_from_sid(sid, "/")
        transport = server.eio.sockets.get(eio_sid)
        server.disconnect(sid)
        if transport:
            transport.close(wait=False, abort=True)


def open_door(live) -> None:
    """Register the events.  `do` and `ask` stand on Socket.IO itself: no request context for each of them."""
    door = live.door = Door(live)
    live.socketio.on("connect")(door.connect)
    live.socketio.server.on("disconnect", door.disconnect)
    live.socketio.server.on("do", door.do)
    live.socketio.server.on("ask", door.ask)


