"""Connects browsers over Socket.IO: who is connected, who follows which stream, what they are sent."""
import logging
import socket
import sys
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from flask import Flask
from flask_socketio import SocketIO

from workshop.domain.limits import FRAME
from workshop.house import House, house
from workshop.live import door
from workshop.live.audience import Audience
from workshop.live.opinion_groups import GroupFinder
from workshop.live.presence import Presence
from workshop.live.tally_timer import TallyTimer
from workshop.live.upkeep import Upkeep
from workshop.store.streams.epochs import Mark
from workshop.transport.http import descriptors
from workshop.transport.sockets.heartbeat import PING_EVERY, PING_WITHIN
from workshop.transport.sockets.socketio_json import Wire

if TYPE_CHECKING:  # they import eventlet, which not every mode has
    from workshop.transport.http.connections import Connections
    from workshop.transport.sockets.gateway import Gateway


class Live:
    """Holds the sockets of this process."""

    guard: "Gateway | None" = None  # where the mode is eventlet
    connections: "Connections | None" = None

    def __init__(self, app: Flask) -> None:
        self.house: LiveHouse = app.extensions["house"]
        eventlet = self.house.config.async_mode == "eventlet"
        # There every connection's reader has a deadline of its own; the library's monitor would wake eleven times a second.
        self.socketio = SocketIO(
            app, async_mode=self.house.config.async_mode, cors_allowed_origins=self.house.config.origin_list,
            max_http_buffer_size=FRAME, ping_interval=PING_EVERY, ping_timeout=PING_WITHIN, monitor_clients=not eventlet,
            async_handlers=False, transports=["websocket"], manage_session=False, cookie=None, json=Wire)
        self.audience = Audience(self.house, self.socketio)
        self.door: door.Door  # door.open_door puts it here
        if self.socketio.async_mode == "eventlet":
            from workshop.transport.http.connections import Connections
            from workshop.transport.sockets.fanout import Fanout
            from workshop.transport.sockets.gateway import Gateway
            self.guard = Gateway(self.house, self.socketio.server)
            self.guard.stand()
            self.connections = Connections(shared=self.house.config.proxies > 0, spare=self.guard.end_stranger)
            self.guard.has_place = self.connections.has_websocket_place
            if self.house.config.fanout == "direct":
                self.audience.fanout = Fanout(self.socketio.server, self.guard, lambda sid: self.door.cut(sid))
        self.counts = TallyTimer(self.house, self.socketio)
        self.groups = GroupFinder(self.house, self.socketio)
        door.open_door(self)
        app.after_request(self.door.health.visits.note)
        self.upkeep = Upkeep(self.house, self.socketio)
        self.presence = Presence(self.house, self.socketio, self.door, self.audience)
        self.house.performer.announce = self.audience.announce
        for writer in (self.house.performer.writer, self.house.performer.arrivals.writer):
            writer.breathe = partial(self.socketio.sleep, 0)

    def soon(self, run: Callable[[], object]) -> None:
        """Runs `run()` in the next round of the event loop, after all that is ready now; at once where there is no loop."""
        if self.guard:
            from workshop.transport import loop
            loop.soon(run)
        else:
            run()


class LiveHouse(House):
    """Types the house as having its sockets: code in `live` finds all of them there."""

    live: Live


def plug_in(app: Flask) -> None:
    """Gives the application its sockets."""
    with app.app_context():
        house().live = Live(app)


def serve(app: Flask, listener: socket.socket) -> None:
    """Serves on a listening socket (ports.claim) until the process is told to stop."""
    held: LiveHouse = app.extensions["house"]
    logging.getLogger("socketio").setLevel(logging.ERROR)
    held.live.audience.mark = Mark(held.store, held.config.data)
    held.live.audience.mark.notice()
    held.live.audience.start()
    held.live.upkeep.start()
    if held.live.connections:
        from workshop.transport.http.connections import serve as serve_green
        descriptors.raise_limit()
        if said := descriptors.warning():
            print(f"tinkuy: {said}", file=sys.stderr, flush=True)
        serve_green(app, listener, held.live.connections)
    else:
        listener.close()  # their servers open it themselves
        held.live.socketio.run(app, host=held.config.host, port=held.config.port, log_output=False,
                               allow_unsafe_werkzeug=True)
