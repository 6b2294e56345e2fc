"""Checks what a websocket may send, before the protocol's own code decodes it.

It takes the websocket's place in Engine.IO's table for eventlet. What it touches of their internals is listed, and held to
the originals, in tests/live/transport/sockets/test_guard.py. The other async modes read sockets with other code; they serve
tests.
"""
import logging
import math
import re
import time
from collections.abc import Callable
from contextlib import suppress
from types import MethodType
from typing import Any, Protocol

from engineio.async_drivers.eventlet import WebSocketWSGI
from eventlet.green.socket import SHUT_RDWR
from eventlet.websocket import BadRequest
from socketio import Server

from workshop.config import Config
from workshop.domain import json_codec
from workshop.domain.errors import Refusal
from workshop.domain.limits import FRAME, Buckets
from workshop.transport.http.http_protocol import LET_GO
from workshop.transport.sockets.frames import DRAINED, TooBig
from workshop.transport.sockets.heartbeat import PING_EVERY, PING_WITHIN
from workshop.transport.sockets.socketio_json import Wire
from workshop.transport.sockets.websocket import WebSocketConnection

log = logging.getLogger(__name__)

EVENT = re.compile(r"42(?P<id>\d{0,9})(?=\[)", re.ASCII)
OTHER_ROOM = re.compile(r"4\d(/[\w/-]{0,40})(?:,|$)", re.ASCII)
PLAIN = frozenset({"1", "3", "41"})  # close, pong, leave
RESERVED = frozenset({"connect", "disconnect"})
WINDOWS: list[str | bool] = [str(bits) for bits in range(8, 16)]
ALLOWED: dict[str, list[str | bool]] = {  # the parameters of permessage-deflate
    "server_no_context_takeover": [True], "client_no_context_takeover": [True], "server_max_window_bits": WINDOWS,
    "client_max_window_bits": [True, *WINDOWS]}
ON = object()
Offer = dict[str, str | bool]  # a name, and its value, or True where it has none


class Housed(Protocol):
    """Describes the house, of which only the settings are asked for."""

    config: Config


class Gate(WebSocketWSGI):
    """Opens guarded sockets; knows no protocol older than RFC 6455."""

    def __init__(self, guard: "Gateway", handler: MethodType, server: Any) -> None:
        super().__init__(handler, server)
        self.guard, self.transport, self.support_legacy_versions = guard, handler.__self__, False

    def _handle_hybi_request(self, environ: dict[str, Any]) -> WebSocketConnection:
        if not self.guard.has_place():
            raise BadRequest("503 Service Unavailable", headers=[("Retry-After", "5")])
        opened = super()._handle_hybi_request(environ)
        if LET_GO in environ:
            environ[LET_GO]()
        return self.guard.register(WebSocketConnection(
            self.guard, self.transport, opened.socket, environ, opened.version, protocol=opened.protocol,
            extensions=opened.extensions, max_frame_length=DRAINED))

    def _negotiate_permessage_deflate(self, extensions: dict[str, list[Offer]] | None) -> Offer | None:
        """Negotiates compression. A device compresses each message by itself, whether it has offered that or not (RFC 7692
        7.1.1.2): else the server would keep what it said before, 33 KB for each connection."""
        offers = [offer for offer in (extensions or {}).get("permessage-deflate", []) if _is_known(offer)]
        agreed = super()._negotiate_permessage_deflate({"permessage-deflate": offers})
        return None if agreed is None else agreed | {"client_no_context_takeover": True}


def _is_known(offer: Offer) -> bool:
    """Tells whether an offer says nothing but what RFC 7692 7.1 knows, in its form; any other has to be declined."""
    return all(value in ALLOWED.get(name, ()) for name, value in offer.items())


class Gateway:
    """Keeps the guarded sockets of this process by Engine.IO id."""

    ON = ON
    has_place: Callable[[], bool] = staticmethod(lambda: True)  # whether there may be one more websocket (connections.py)

    def __init__(self, house: Housed, server: Server) -> None:
        self.house, self.server = house, server
        self.connections: dict[str, WebSocketConnection] = {}
        # Commands are answered `retry_after` beyond the burst; those who go on all the same are cut off at three times as
        # much.
        self.frames = Buckets(house.config.rate, 3 * house.config.burst, 20_000)

    def stand(self) -> None:
        """Takes the websocket's place in Engine.IO, and the heartbeat."""
        engine = self.server.eio
        engine._async = engine._async | {"websocket": lambda *args: Gate(self, *args)}
        take_in = engine.handlers["connect"]

        def keep_quiet(eio_sid: str, environ: dict[str, Any]) -> Any:
            engine.sockets[eio_sid].last_ping = None  # what Engine.IO's first ping waits for
            return take_in(eio_sid, environ)
        engine.on("connect", keep_quiet)

    def register(self, connection: WebSocketConnection) -> WebSocketConnection:
        """Keeps a new connection."""
        self.connections[connection.transport.sid] = connection
        return connection

    def is_in(self, eio_sid: str) -> bool:
        """Tells whether the connection has said CONNECT and was let in."""
        return self.server.manager.sid_from_eio_sid(eio_sid, "/") is not None

    def take(self, eio_sid: str, text: str | bytes) -> object:
        """Returns ON for a packet that is Engine.IO's business (what keeps, opens and closes the connection). Everything
        else ends here: the packet to answer with, or None."""
        if isinstance(text, TooBig):
            event = EVENT.match(text)
            return refused(Refusal("too_big", limit=FRAME), event["id"] if event else "")
        if isinstance(text, bytes):
            return refused(Refusal("binary_refused"))
        if text in PLAIN:
            return ON
        event = EVENT.match(text)
        if event:
            said = _read(text[event.end():])
            if not isinstance(said, list) or not said or not isinstance(said[0], str):
                return refused(Refusal("bad_message"), event["id"])
            if said[0] in RESERVED or said[0] not in self.server.handlers["/"]:
                return refused(Refusal("unknown_event"), event["id"])
            return self._carry_out(eio_sid, event["id"], *said)
        if text.startswith("40") and not text.startswith("40/"):
            if self.is_in(eio_sid):
                return refused(Refusal("already_connected"))
            return ON if len(text) == 2 or isinstance(_read(text[2:]), dict) else refused(Refusal("bad_message"))
        if other := OTHER_ROOM.match(text):
            return f'4{other[1]},{{"message":"unknown_namespace"}}'
        return refused(Refusal("binary_refused" if text.startswith(("45", "46", "b")) else "bad_message"))

    def _carry_out(self, eio_sid: str, ack: str, name: str, *data: object) -> str | None:
        sid = self.server.manager.sid_from_eio_sid(eio_sid, "/")
        if sid is None:
            return None
        try:
            answer = self.server.handlers["/"][name](sid, *data)
        except Exception:
            log.exception("the event %s failed", name)
            return refused(Refusal("our_fault"), ack)
        if ack:
            return f"3{ack}{Wire.dumps([answer])}"
        return f"2{Wire.dumps(['refused', answer])}" if isinstance(answer, dict) and "code" in answer else None

    def ping(self) -> None:
        """Pings the connections whose time it is; hangs up those that have been silent for too long."""
        now = time.monotonic()
        for eio_sid, connection in list(self.connections.items()):
            if now - connection.heard > PING_EVERY + PING_WITHIN:
                self.hang_up(eio_sid)
            elif now >= connection.due:
                connection.ping(now)

    def end_stranger(self) -> bool:
        """Ends the oldest connection that has not said who it is, for somebody who needs its place; tells whether there was
        one."""
        strangers = [connection for eio_sid, connection in self.connections.items()
                     if connection.since < math.inf and not self.is_in(eio_sid)]
        for connection in sorted(strangers, key=lambda connection: connection.since)[:1]:
            self.hang_up(connection.transport.sid)
        return bool(strangers)

    def sweep(self) -> None:
        """Ends the connections that never said who they are; forgets those that are gone."""
        now, patience = time.monotonic(), self.house.config.connect_within
        for eio_sid, connection in list(self.connections.items()):
            if eio_sid not in self.server.eio.sockets:
                self.connections.pop(eio_sid, None)  # closing another may have let it go meanwhile
            elif now - connection.since > patience:
                if self.is_in(eio_sid):
                    connection.since = math.inf  # once is enough
                else:
                    connection.close(close_data=(1008, "no_connect"))
                    connection.transport.close(wait=False, abort=True)

    def hang_up(self, eio_sid: str) -> None:
        """Closes a connection that was asked to end; a peer that does not read could hold it open."""
        connection = self.connections.pop(eio_sid, None)
        if connection is not None:
            with suppress(OSError):  # it has gone by itself
                connection.socket.shutdown(SHUT_RDWR)


def refused(refusal: Refusal, ack: str = "") -> str:
    """Builds the Socket.IO packet that tells the sender why: the acknowledgement it waits for, else the event `refused`."""
    answer = refusal.answer()
    return f"3{ack}{Wire.dumps([answer])}" if ack else f"2{Wire.dumps(['refused', answer])}"


def _read(text: str) -> Any:
    try:
        return json_codec.loads(text)
    except (ValueError, RecursionError):
        return None
