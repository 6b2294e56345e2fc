"""What live/ takes hold of inside eventlet, Engine.IO and Socket.IO is still there, and still does what we count on.

The rest of the list is in test_fanout.py and test_guard.py.  Where one of these fails after an upgrade, the code that is
named has to be read anew before the bound in pyproject.toml is moved.
"""
import inspect
import io
import math
import queue
import time
from types import SimpleNamespace

import engineio
import pytest
import socketio
from engineio.base_socket import BaseSocket
from engineio.socket import Socket
from eventlet import websocket, wsgi
from eventlet.websocket import FailedConnectionError

from tests.support.signatures import parameters
from workshop.domain.errors import RetryLater
from workshop.domain.limits import FRAME
from workshop.live.door import BEHIND, Door
from workshop.live.door import Socket as Caller
from workshop.transport.http.http_protocol import LET_GO, CutOff, GuardedHttpProtocol
from workshop.transport.sockets.gateway import Gate, Gateway
from workshop.transport.sockets.heartbeat import PING_EVERY, PING_WITHIN
from workshop.transport.sockets.websocket import BACKLOG, BACKLOG_BYTES, Framed, WebSocketConnection


def source(of) -> str:
    return inspect.getsource(of)


def test_the_handshake_ends_with_an_open_websocket_that_we_replace_by_ours():  # guard.Gate
    original = websocket.WebSocketWSGI._handle_hybi_request
    assert parameters(Gate._handle_hybi_request) == parameters(original)
    assert "ws = self._handle_hybi_request(environ)" in source(websocket.WebSocketWSGI.__call__)
    assert "return RFC6455WebSocket(sock, environ, self.protocol_version," in source(original)
    opened = websocket.RFC6455WebSocket(FakeSocket(), {}, version=13)
    assert {"socket", "version", "protocol", "extensions"} <= {*vars(opened)}
    assert "self.support_legacy_versions" in source(websocket.WebSocketWSGI.__call__)
    assert "self.max_frame_length" in source(websocket.WebSocketWSGI.__init__)


class FakeSocket:
    """What a websocket needs of its socket to send."""

    def __init__(self):
        self.sent, self.fd, self.ended, self.state = b"", self, False, ""

    def sendall(self, data):
        self.sent += data

    send = sendall

    def ask(self, _length):
        self.state = "request"
        return True

    def become_websocket(self):
        self.state = "websocket"

    def getsockname(self):
        return ("127.0.0.1", 80)


class FakeTransport:
    """What a line needs of Engine.IO's socket to be made."""

    class queue:
        queue = ()


class Waiting(list):
    """A queue of which one sees what waits."""

    put = list.append


def line(offer: dict) -> tuple[WebSocketConnection, FakeSocket]:
    socket = FakeSocket()
    return WebSocketConnection(None, FakeTransport, socket, {}, version=13, extensions={"permessage-deflate": offer}), socket


def test_a_text_goes_through_the_compressor_that_we_choose_and_a_frame_as_it_is():  # websocket.WebSocketConnection.send
    assert "compressor = self._get_permessage_deflate_enc()" in source(websocket.RFC6455WebSocket._pack_message)
    assert "self._send(payload)" in source(websocket.RFC6455WebSocket.send)
    ours, socket = line({})
    ours.send("x" * 900)
    assert len(socket.sent) > 900, "a short text is not compressed"
    socket.sent = b""
    ours.send("x" * 1100)
    assert 0 < len(socket.sent) < 100 and socket.sent[0] == 0xC1
    socket.sent, ours.shares = b"", True
    ours.send("x" * 1100)
    assert len(socket.sent) > 1100, "nothing personal in the window that others share"
    socket.sent = b""
    ours.send(Framed(b"as it is"))
    assert socket.sent == b"as it is"


def test_a_pong_ends_with_us_and_the_next_ping_is_ours():  # websocket.WebSocketConnection.ping
    assert "self.schedule_ping()" in source(Socket.receive), "a pong that reached it would start one of its own"
    assert "self.queue.get(" in source(Socket.poll) and "ping_interval" in source(Socket.poll), "idle writers end the line"
    ours, _socket = line({})
    queue, begun = Waiting(), ours.since
    ours.transport = SimpleNamespace(queue=queue, closed=False)
    ours.answered()
    assert ours.due == begun + PING_EVERY
    ours.ping(begun + PING_EVERY)
    assert ours.due == math.inf, "none before it is answered"
    assert [one.encode() for one in queue] == [b"\x81\x012"]
    ours.heard = begun + PING_EVERY + 0.25
    ours.answered()
    assert (round(ours.delay, 3), ours.due) == (0.25, ours.heard + PING_EVERY)
    ours.answered()
    assert round(ours.delay, 3) == 0.25, "a pong that nobody asked for says nothing"


def test_what_a_line_asked_for_and_does_not_take_is_counted_and_ends_it():  # websocket.Owed, WebSocketConnection.say
    def full(data):
        raise BlockingIOError
    ours, _ = line({})
    ours.transport, ours.extensions = SimpleNamespace(queue=queue.Queue(), closed=False), {}
    ours._queue = ours.transport.queue.queue
    ours.way_out = (full, ours._queue, *ours.way_out[2:])
    ours.say("x" * BACKLOG_BYTES)
    assert ours.is_behind
    assert Door.ask(FakeDoor(ours), "sid", {"stream": "any"}) == {"retry_after": BEHIND}
    ours.transport.queue.get().encode()
    assert not ours.is_behind
    assert Door.ask(FakeDoor(ours), "sid", {"stream": "any"}) == {"retry_after": 7.0}, "it got as far as the store"
    for _ in range(BACKLOG):
        ours.say("a refusal")
    with pytest.raises(FailedConnectionError) as ended:
        ours.say("one more")
    assert (ended.value.status, ended.value.message) == (1008, "slow_down")


class FakeDoor:
    """A door with one socket, and a house whose store is busy."""

    class house:
        class questions:
            @staticmethod
            def take(key, now):
                return 0.0

        class store:
            class reader:
                @staticmethod
                def ask(question):
                    raise RetryLater(7.0)

    def __init__(self, line):
        self.sockets = {"sid": Caller("secret", websocket=line)}


def test_engine_io_asks_no_line_by_itself():  # gateway.Gateway.stand
    taking_in = source(engineio.Server._handle_connect)
    assert taking_in.index("self._trigger_event('connect'") < taking_in.index("s.schedule_ping()")
    assert "self.closed = " in source(BaseSocket.__init__)
    started, server = [], socketio.Server(async_mode="threading")
    server.eio.start_background_task = lambda task, *args: started.append(task)
    transport = server.eio.sockets["eio"] = Socket(server.eio, "eio")
    transport.schedule_ping()
    assert started, "it would"
    Gateway(SimpleNamespace(config=SimpleNamespace(rate=1, burst=1)), server).stand()
    transport.last_ping = time.time()
    server.eio._trigger_event("connect", "eio", {}, run_async=False)
    assert server.environ == {"eio": {}}, "Socket.IO knows of it"
    transport.schedule_ping()
    assert len(started) == 1


def test_who_is_silent_too_long_is_hung_up_by_the_look_at_all_lines():  # live.Live: monitor_clients is off
    ours, _socket = line({})
    ours.transport = SimpleNamespace(queue=Waiting(), closed=False, last_ping=None)
    guard, hung_up = Gateway.__new__(Gateway), []
    guard.connections, guard.hang_up = {"sid": ours}, hung_up.append
    ours.heard = time.monotonic() - PING_EVERY - PING_WITHIN + 2
    guard.ping()
    assert hung_up == []
    ours.heard -= 3
    guard.ping()
    assert hung_up == ["sid"]


def test_every_writer_has_a_deadline_set_on_the_socket_of_its_websocket():
    reader = source(Socket._websocket_handler)
    assert "for attr in ['_sock', 'socket']:" in reader and "settimeout(" in reader
    assert "self.server.ping_interval + self.server.ping_timeout" in reader
    deadline = []
    ours, socket = line({})
    socket.settimeout = deadline.append
    assert hasattr(ours.socket, "settimeout"), "the ear hides it"
    ours.socket.settimeout(18)
    assert deadline == [18]


def test_lines_are_found_by_their_ids_in_both_libraries():  # door.cut, guard.sweep, door.tell_mine
    assert engineio.Server(async_mode="threading").sockets == {}
    server = socketio.Server(async_mode="threading")
    manager = server.manager
    manager.set_server(server)
    sid = manager.connect("line", "/")
    assert manager.sid_from_eio_sid("line", "/") == sid and manager.sid_from_eio_sid("other", "/") is None
    assert manager.eio_sid_from_sid(sid, "/") == "line"
    manager.enter_room(sid, "/", "seat:1")
    assert list(manager.rooms["/"]["seat:1"]) == [sid]
    assert inspect.signature(Socket.close).parameters.keys() >= {"wait", "abort"}
    server.on("do", print)
    assert server.handlers["/"]["do"] is print


def test_requests_pass_through_our_protocol_and_bodies_that_nobody_read_through_our_discard():  # prompt
    assert str(inspect.signature(wsgi.HttpProtocol.get_environ)) == "(self)"
    answering = source(wsgi.HttpProtocol.handle_one_response)
    assert "request_input = self.environ['eventlet.input']" in answering and "request_input.discard()" in answering
    assert "client_conn = self.headers.get('Connection', '')" in answering, "or every answer says keep-alive again"
    assert "self.environ = self.get_environ()" in source(wsgi.HttpProtocol.handle_one_request)
    assert list(inspect.signature(wsgi.Input.discard).parameters) == ["self", "buffer_size"]
    assert "keepalive" in inspect.signature(wsgi.server).parameters
    assert "capitalize_response_headers" in inspect.signature(wsgi.server).parameters


@pytest.mark.parametrize("host", [b"x", b"\xf1"])  # a head that we read ourselves, one that we do not
def test_a_connection_is_kept_without_saying_so_and_lets_its_buffers_go(host):  # http_protocol.GuardedHttpProtocol
    assert "self.rfile = FileObjectForHeaders(self.rfile)" in source(wsgi.HttpProtocol.handle_one_request)
    asked = b"GET / HTTP/1.1\r\nHost: " + host + b"\r\nConnection: keep-alive\r\n\r\n"
    ours = GuardedHttpProtocol.__new__(GuardedHttpProtocol)
    ours.protocol_version, ours.wfile, ours.raw_requestline = "HTTP/1.1", io.BytesIO(), asked[:16]
    reader = io.BufferedReader(io.BytesIO(asked[16:]))
    ours.rfile = wsgi.FileObjectForHeaders(reader)
    ours.client_address, ours.conn_state = ("127.0.0.1", 1), [("127.0.0.1", 1), None, None]
    ours.server = Server()
    ours.request = ours.connection = FakeSocket()
    assert ours.parse_request() and ours.headers.get("Connection") == "keep-alive"
    ours.rfile = reader
    environ = ours.get_environ()
    assert ours.headers.get("Connection") is None and environ["HTTP_CONNECTION"] == "keep-alive"
    assert environ["eventlet.input"].discard.__qualname__.startswith("GuardedHttpProtocol")
    environ[LET_GO]()
    assert ours.rfile.closed and ours.wfile.closed and ours.request.state == "websocket"


@pytest.mark.parametrize(("length", "waits"), [(5, True), (FRAME, True), (FRAME + 1, False)])
def test_a_small_body_is_whole_before_the_application_begins(length, waits):  # http_protocol.GuardedHttpProtocol
    body = b"x" * length
    ours = GuardedHttpProtocol.__new__(GuardedHttpProtocol)
    ours.protocol_version, ours.raw_requestline = "HTTP/1.1", b"POST / HTTP/1.1\r\n"
    reader = io.BufferedReader(io.BytesIO(b"Host: x\r\nContent-Length: %d\r\n\r\n%s" % (length, body)))
    ours.rfile, ours.server = wsgi.FileObjectForHeaders(reader), Server()
    ours.client_address, ours.request = ("127.0.0.1", 1), FakeSocket()
    ours.conn_state, ours.connection = [("127.0.0.1", 1), None, None], ours.request
    assert ours.parse_request()
    ours.rfile = reader
    environ = ours.get_environ()
    assert (reader.peek(1) == b"") is waits
    assert environ["wsgi.input"].read() == body and environ["wsgi.input"].position == length
    if waits:
        ours.rfile = io.BufferedReader(io.BytesIO(body[1:]))
        with pytest.raises(CutOff):  # the sender has hung up
            ours.get_environ()


class Server:
    """What a protocol asks of its server."""

    @staticmethod
    def get_environ():
        return {"wsgi.url_scheme": "http"}
