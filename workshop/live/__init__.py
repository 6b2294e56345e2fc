"""Socket.IO: who is connected, who is told, and what they are sent."""
import logging
import socket

from flask_socketio import SocketIO

from workshop.config import ConfigError
from workshop.domain.limits import FRAME
from workshop.house import house
from workshop.live import door
from workshop.live.audience import Audience
from workshop.live.counts import Counts
from workshop.live.lines import PING_EVERY, PING_WITHIN
from workshop.live.presence import Presence
from workshop.live.upkeep import Upkeep
from workshop.live.wire import Wire
from workshop.store import held as folder
from workshop.store.restored import Mark


class Live:
    """The sockets of this process."""

    def __init__(self, app):
        self.house = app.extensions["house"]
        eventlet = self.house.config.async_mode == "eventlet"
        # There every line's reader has a deadline of its own; the library's watch would wake eleven times a second.
        self.socketio = SocketIO(
            app, async_mode=self.house.config.async_mode, cors_allowed_origins=self.house.config.origin_list,
            max_http_buffer_size=FRAME, ping_interval=PING_EVERY, ping_timeout=PING_WITHIN, monitor_clients=not eventlet,
            async_handlers=False, transports=["websocket"], manage_session=False, cookie=None, json=Wire)
        self.audience = Audience(self.house, self.socketio)
        self.guard = None
        if self.socketio.async_mode == "eventlet":
            from workshop.live.fanout import Fanout
            from workshop.live.guard import Guard
            self.guard = Guard(self.house, self.socketio.server)
            self.guard.stand()
            if self.house.config.fanout == "direct":
                self.audience.fanout = Fanout(self.socketio.server, self.guard, lambda sid: self.door.cut(sid))
        self.counts = Counts(self.house, self.socketio)
        door.open_door(self)
        app.after_request(self.door.lines.visits.note)
        self.upkeep = Upkeep(self.house, self.socketio)
        self.presence = Presence(self.house, self.socketio, self.door, self.audience)
        self.house.performer.announce = self.audience.announce
        for writer in (self.house.performer.writer, self.house.performer.arrivals.writer):
            writer.breathe = lambda: self.socketio.sleep(0)


def plug_in(app) -> None:
    """Give the application its sockets."""
    with app.app_context():
        house().live = Live(app)


def serve(app) -> None:
    """Serve until the process is told to stop.  The data folder is held meanwhile (store/held.py).  Raises ConfigError."""
    held = app.extensions["house"]
    _claim(held.config.host, held.config.port)
    logging.getLogger("socketio").setLevel(logging.ERROR)
    _lock = folder.hold(held.config.data)
    held.live.audience.mark = Mark(held.store, held.config.data)
    held.live.audience.mark.notice()
    held.live.audience.start()
    held.live.upkeep.start()
    # eventlet's server counts every websocket as a request; its default of 1024 would lock the hall out.
    options = {"max_size": 20_000, "log_output": False, "socket_timeout": 60,
               "capitalize_response_headers": False} if held.config.async_mode == "eventlet" else {
        "allow_unsafe_werkzeug": True}
    if held.config.async_mode == "eventlet":
        from workshop.live.prompt import PromptProtocol
        options["protocol"] = PromptProtocol
    held.live.socketio.run(app, host=held.config.host, port=held.config.port, **options)


def _claim(host: str, port: int) -> None:
    """Refuse a port at which somebody listens: eventlet would share it without a word, and each server would get some of the
    people of both."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as one:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            one.bind((host, port))
        except OSError as error:
            raise ConfigError(f"port {port} of {host} cannot be had: {error.strerror}") from None
