"""A line is listened to as long as it lives, and what comes is read in order and whole."""
import inspect
import os
import socket
import struct
import zlib
from contextlib import suppress

import eventlet
import pytest
from eventlet import hubs, websocket
from eventlet.greenio import GreenSocket
from eventlet.hubs import get_hub, hub
from hypothesis import given
from hypothesis import strategies as st

from workshop.transport.sockets.frames import small_frame, unmasked
from workshop.transport.sockets.socket_reader import AHEAD, HELD, SocketReader


@pytest.fixture
def pair():
    """(an ear, the other end of its socket, when it heard)."""
    ours, theirs = socket.socketpair()
    heard = []
    ear = SocketReader(GreenSocket(ours), lambda: heard.append(1))
    yield ear, theirs, heard
    ear.close()
    theirs.close()


def listeners() -> int:
    return len(get_hub().listeners[hub.READ])


def gather(ear, size: int) -> bytes:
    data = b""
    while len(data) < size and (piece := ear.recv(size - len(data))):
        data += piece
    return data


def test_what_comes_is_read_in_order_with_one_listener(pair):
    ear, theirs, heard = pair
    before, said = listeners(), os.urandom(3 * AHEAD)
    reader = eventlet.spawn(gather, ear, len(said))
    for at in range(0, len(said), 1000):
        theirs.sendall(said[at:at + 1000])
        eventlet.sleep(0)
        assert listeners() == before + 1
    with eventlet.Timeout(30):
        assert reader.wait() == said
    assert heard
    ear.stop()
    assert listeners() == before


def test_who_sends_faster_than_is_read_has_to_wait(pair):
    ear, theirs, _ = pair
    theirs.setblocking(False)
    first = eventlet.spawn(ear.recv, 1)
    eventlet.sleep(0)
    said, sent = b"0123456789" * 100_000, 0
    for _ in range(1000):
        with suppress(BlockingIOError):
            sent += theirs.send(said[sent:sent + 8192])
        eventlet.sleep(0)
    assert first.wait() == b"0"
    assert sent < len(said) and len(ear.peek()) <= HELD + AHEAD
    reader = eventlet.spawn(gather, ear, len(said) - 1)
    with eventlet.Timeout(30):
        while sent < len(said):
            with suppress(BlockingIOError):
                sent += theirs.send(said[sent:sent + 8192])
            eventlet.sleep(0)
        assert reader.wait() == said[1:]


@pytest.mark.parametrize("end", ["theirs", "ours", "lost"])
def test_the_end_wakes_the_reader_and_is_listened_to_no_more(pair, end):
    ear, theirs, _ = pair
    before = listeners()
    reader = eventlet.spawn(ear.recv, 10)
    eventlet.sleep(0)
    if end == "theirs":
        theirs.close()
    elif end == "ours":
        ear.stop()
    else:  # closed under its feet: the system gives the number to another connection
        hubs.notify_opened(ear.fileno())
        eventlet.spawn_after(.01, list)  # the hub looks at it at its next turn, and here nothing else turns it
    with eventlet.Timeout(30):
        assert reader.wait() == b""
    assert listeners() == before
    assert ear.recv(10) == b"", "also for who asks later"


def test_what_had_come_before_the_end_is_still_read(pair):
    ear, theirs, _ = pair
    reader = eventlet.spawn(ear.recv, 2)
    theirs.sendall(b"ab" + b"rest")
    theirs.close()
    with eventlet.Timeout(30):
        assert reader.wait() == b"ab"
        assert gather(ear, 100) == b"rest"


def test_the_hub_is_what_the_ear_takes_it_for():
    assert list(inspect.signature(hub.BaseHub.add).parameters)[1:] == ["evtype", "fileno", "cb", "tb", "mark_as_closed"]
    assert "listener.cb(fileno)" in inspect.getsource(type(get_hub()).wait)
    assert "listener.tb(" in inspect.getsource(hub.BaseHub.close_one)
    assert list(inspect.signature(hub.BaseHub.schedule_call_global).parameters)[1:3] == ["seconds", "cb"]


@given(st.text(max_size=700), st.booleans(), st.binary(max_size=30))
def test_a_small_frame_says_what_the_original_reads(text, compressed, more):
    payload = text.encode()
    if compressed:
        deflate = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
        payload = (deflate.compress(payload) + deflate.flush(zlib.Z_SYNC_FLUSH))[:-4]
    size, mask = len(payload), os.urandom(4)
    head = struct.pack("!B", 0x80 | size) if size < 126 else struct.pack("!BH", 0xFE, size)
    frame = bytes([0xC1 if compressed else 0x81]) + head + mask + unmasked(payload, mask)
    assert small_frame(frame + more) == (compressed, len(frame), payload)
    assert original(frame, compressed) == text
    assert all(small_frame(frame[:size]) is None for size in range(len(frame)))


@given(st.binary(max_size=40))
def test_what_is_no_small_frame_is_left_to_the_original(data):
    found = small_frame(data)
    if found is not None:
        assert data[0] in (0x81, 0xC1) and data[1] & 0x80 and found[1] <= len(data)


def original(frame: bytes, compressed: bool) -> str:
    """What eventlet reads."""
    class Given:
        data = frame

        def recv(self, most):
            piece, self.data = self.data[:most], self.data[most:]
            return piece

        def getsockname(self):
            return ("127.0.0.1", 80)

    extensions = {"permessage-deflate": {}} if compressed else {}
    return websocket.RFC6455WebSocket(Given(), {}, version=13, extensions=extensions).wait()
