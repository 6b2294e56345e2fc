"""What the guard takes over from other people's code behaves as the original does."""
import inspect

from engineio.async_drivers import eventlet as driver
from engineio.base_server import BaseServer
from engineio.socket import Socket
from eventlet import websocket
from hypothesis import given
from hypothesis import strategies as st
from socketio import Server

from tests.support.signatures import parameters
from workshop.transport.sockets.frames import Message
from workshop.transport.sockets.gateway import Gate
from workshop.transport.sockets.websocket import WebSocketConnection


@given(st.binary(max_size=300), st.binary(min_size=4, max_size=4), st.integers(0, 10**6))
def test_frames_are_unmasked_as_the_original_does(data, mask, offset):
    original = websocket.RFC6455WebSocket._apply_mask(data, tuple(mask), len(data), offset)
    assert WebSocketConnection._apply_mask(data, tuple(mask), len(data), offset) == original


def test_the_places_where_the_guard_takes_hold_are_there():
    assert driver._async["websocket"] is driver.WebSocketWSGI and issubclass(Gate, driver.WebSocketWSGI)
    assert list(inspect.signature(driver.WebSocketWSGI.__init__).parameters) == ["self", "handler", "server"]
    assert 'self.server._async[\'websocket\'](\n            self._websocket_handler' in inspect.getsource(Socket)
    assert "self._async = " in inspect.getsource(BaseServer)
    for original, ours in ((websocket.RFC6455WebSocket, WebSocketConnection), (websocket.RFC6455WebSocket.Message, Message)):
        for name in ("_apply_mask", "_recv_frame", "wait", "close", "push", "getvalue"):
            if name in vars(ours):
                assert parameters(getattr(ours, name)) == parameters(getattr(original, name))
    made = inspect.signature(websocket.RFC6455WebSocket.__init__).parameters
    assert list(made)[:4] == ["self", "sock", "environ", "version"]
    assert {"protocol", "extensions", "max_frame_length"} <= {*made}
    assert "self.Message(opcode, self.max_frame_length" in inspect.getsource(websocket.RFC6455WebSocket._recv_frame)
    received = inspect.getsource(websocket.RFC6455WebSocket._recv_frame)
    assert "self._apply_mask(" in received and "d = self.socket.recv(length - received)" in received
    assert "d = self.socket.recv(numbytes - len(data))" in inspect.getsource(websocket.RFC6455WebSocket._get_bytes)
    answers = inspect.getsource(Server._handle_event_internal) + inspect.getsource(Server._get_event_handler)
    assert "data = [r]" in answers and "self.handlers[namespace][event]" in answers
