"""What careless or hostile devices send over real sockets: the sender is told why, the others notice nothing."""
import json
import os
import socket
import struct

import pytest
import websocket

from tests.live.device import idea
from tests.support.waiting import wait_for
from workshop.domain.limits import FRAME
from workshop.transport.sockets.frames import DRAINED

DEEP = "[" * 5000


@pytest.fixture
def server(long_server):
    """One process stays alive through all of this."""
    yield long_server
    assert long_server.process.poll() is None


@pytest.fixture
def julio(server, Device):
    """Somebody who works in the same room meanwhile."""
    return Device(server.url).join(server.meeting["code"], "Don Julio").connect()


@pytest.fixture
def mallory(server, Device):
    """A device that is about to misbehave."""
    one = Device(server.url).join(server.meeting["code"], "Mallory").connect()
    assert one.pump(lambda: one.cursor)
    return one


def works(server, device) -> bool:
    """Whether the device posts an idea and gets its number."""
    return device.do("contribution.add", idea(server, "Sigo aquí"))["card"]["number"] > 0


def closing(device) -> tuple[int, str]:
    """The code and the reason with which the server ends the line."""
    while True:
        frame = device.ws.recv_frame()
        if frame.opcode == websocket.ABNF.OPCODE_CLOSE:
            device.ws.shutdown()
            return struct.unpack("!H", frame.data[:2])[0], frame.data[2:].decode()


def masked(text: str, fin: bool = True, opcode: int = 1) -> bytes:
    """A frame as a client sends it."""
    return websocket.ABNF(1 if fin else 0, 0, 0, 0, opcode, 1, text.encode()).format()


@pytest.mark.parametrize(("said", "code"), [
    ('42["disconnect"]', "unknown_event"), ('42["connect"]', "unknown_event"), ('42["__class__",{}]', "unknown_event"),
    ("42[]", "bad_message"), ("42[[1]]", "bad_message"), ("42[null]", "bad_message"),
    ('42["do"', "bad_message"), ('42{"do":1}', "bad_message"), ("42", "bad_message"),
    ("42" + DEEP, "bad_message"), ('42["do",{"n":' + "9" * 5000 + "}]", "bad_message"),
    ("42" + "9" * 5000 + '["do",{}]', "bad_message"), ("40", "already_connected"), ("40{}", "already_connected"),
    ("4" + DEEP, "bad_message"), ("", "bad_message"), ("2probe", "bad_message"), ("5", "bad_message"), ("x", "bad_message"),
    ('43["an answer to nothing"]', "bad_message"), ('451-["do",{"_placeholder":true,"num":0}]', "binary_refused"),
    ('45999999999-["do"]', "binary_refused"), ("bAAAA", "binary_refused")])
def test_a_bad_message_is_answered_and_the_line_kept(server, mallory, julio, said, code):
    mallory.ws.send(said)
    assert mallory.pump(lambda: mallory.heard)
    event, answer = mallory.heard[0]
    assert (event, answer["ok"], answer["code"]) == ("refused", False, code)
    assert works(server, mallory) and works(server, julio)


@pytest.mark.parametrize(("said", "code"), [
    ('["nonsense",1]', "unknown_event"), ('["do",null]', "bad_envelope"), ('["do"]', "bad_envelope"),
    ('["do",{"client":"aaaaaaaaaaaaaaaa","n":1,"verb":"hand.raise","payload":{"room":NaN}}]', "bad_envelope"),
    ('["do",{"client":"aaaaaaaaaaaaaaaa","n":1,"verb":"hand.raise","payload":{"room":1e999}}]', "bad_envelope"),
    ('["do",{"client":"aaaaaaaaaaaaaaaa","n":1,"verb":"x","payload":{"a":' + "[" * 40 + "]" * 40 + "}}]", "bad_envelope"),
    ('["ask",null]', "bad_message"), ('["ask",{"stream":"\\u0000"}]', "not_here"), ('["do",{"n":' + DEEP, "bad_message")])
def test_who_waits_for_an_answer_gets_the_reason_as_answer(server, mallory, julio, said, code):
    mallory.ws.send("4277" + said)
    assert mallory.pump(lambda: 77 in mallory.acks)
    assert mallory.acks[77]["code"] == code
    assert works(server, mallory) and works(server, julio)


def test_bytes_are_refused_and_the_line_kept(server, mallory):
    mallory.ws.send_binary(b"\x00\x01")
    assert mallory.pump(lambda: mallory.heard)
    assert mallory.heard[0][1]["code"] == "binary_refused"
    assert works(server, mallory)


@pytest.mark.parametrize("said", ["40/admin,", '40/admin,{"token":1}', '42/admin,["do",{}]'])
def test_an_unknown_namespace_is_named_as_such(server, mallory, said):
    mallory.ws.send(said)
    assert json.loads(received(mallory, "44/admin,")) == {"message": "unknown_namespace"}
    assert works(server, mallory)


def received(device, start: str) -> str:
    """The rest of the next frame that begins with `start`."""
    while True:
        frame = device.ws.recv()
        assert frame, "the line was closed"
        if frame.startswith(start):
            return frame.removeprefix(start)


def test_a_frame_of_megabytes_is_refused_by_its_header(server, mallory, julio):
    mallory.ws.sock.sendall(struct.pack("!BBQ", 0x81, 0x80 | 127, 5_000_000) + os.urandom(4))
    assert closing(mallory)[0] == 1009
    assert works(server, julio)


@pytest.mark.parametrize("size", [FRAME, 300_000, DRAINED - 100])
def test_who_sends_too_much_is_told_and_keeps_the_line(server, mallory, julio, size):
    mallory.ws.send('4277["do",{"text":"' + "x" * size)
    assert mallory.pump(lambda: 77 in mallory.acks)
    assert (mallory.acks[77]["code"], mallory.acks[77]["values"]) == ("too_big", {"limit": FRAME})
    assert works(server, mallory) and works(server, julio)


@pytest.mark.parametrize(("text", "code"), [('42["do",null]', "bad_envelope"), ('42["ask",null]', "bad_message")])
def test_what_is_refused_is_told_although_nobody_asked_for_an_answer(server, mallory, text, code):
    mallory.ws.send(text)
    assert mallory.pump(lambda: mallory.heard)
    assert (mallory.heard[0][0], mallory.heard[0][1]["code"]) == ("refused", code)
    assert works(server, mallory)


def test_too_much_in_parts_is_told_too(server, mallory):
    mallory.ws.sock.sendall(masked('42["do",' + "x" * 4094, fin=False))
    for i in range(20):
        mallory.ws.sock.sendall(masked("x" * 4096, fin=i == 19, opcode=0))
    assert mallory.pump(lambda: mallory.heard)
    assert (mallory.heard[0][0], mallory.heard[0][1]["code"]) == ("refused", "too_big")
    assert works(server, mallory)


def test_too_much_that_was_compressed_is_told_and_the_next_is_read(server, julio, Compressed):
    mallory = Compressed(server.url).join(server.meeting["code"], "Mallory").connect()
    mallory.ws.send_packed("42" + json.dumps(["do", {"n": "ñandú " * 20_000}]))
    mallory.ws.send_packed('4278["nonsense","ñandú ñandú ñandú ñandú"]')
    assert mallory.pump(lambda: 78 in mallory.acks)
    assert mallory.heard[0][1]["code"] == "too_big" and mallory.acks[78]["code"] == "unknown_event"
    assert works(server, mallory) and works(server, julio)


def test_a_small_frame_that_unpacks_to_megabytes_ends_the_line(server, julio, Compressed):
    mallory = Compressed(server.url).join(server.meeting["code"], "Mallory").connect()
    mallory.ws.send_packed("x" * 5_000_000)
    with pytest.raises(websocket.WebSocketConnectionClosedException):
        while True:
            mallory.ws.recv()
    assert works(server, julio)


def test_a_frame_of_almost_64_kb_is_read(server, mallory):
    text = "ñ" * 10_000
    answer = mallory.do("contribution.add", idea(server, text))
    assert (answer["code"], answer["values"]) == ("too_long", {"limit": 4000, "length": 10_000})


def test_a_message_without_end_is_cut_off_in_time(server, mallory, julio):
    mallory.ws.sock.sendall(masked("42" + "x" * 4094, fin=False))
    for _ in range(DRAINED // 4096):
        mallory.ws.sock.sendall(masked("x" * 4096, fin=False, opcode=0))
    assert closing(mallory) == (1009, "too_big")
    assert works(server, julio)


@pytest.mark.parametrize("small", [masked('42["do",{}]'), masked("3"), masked("", opcode=9), masked('42["nonsense"]')],
                         ids=["do", "pong", "ping", "unknown"])
def test_a_flood_of_small_frames_ends_the_line_and_the_others_are_served(server, mallory, julio, small):
    try:
        mallory.ws.sock.sendall(small * 2000)
        ended = closing(mallory)
    except (ConnectionError, websocket.WebSocketException):  # the rest of the flood met a closed door
        ended = None
    assert ended in (None, (1008, "slow_down"))
    assert works(server, julio)


def test_frames_without_mask_end_the_line(server, mallory, julio):
    mallory.ws.sock.sendall(b"\x81\x01")
    assert closing(mallory)[0] == 1002
    assert works(server, julio)


def test_who_opens_a_line_and_says_nothing_is_sent_away_and_who_is_in_stays(serve, Device):
    server = serve(connect_within=1)
    julio = Device(server.url).join(server.meeting["code"], "Don Julio")
    wait_for(lambda: julio.connect().pump(lambda: julio.cursor), "Don Julio inside")  # beside other work a second is short
    silent, refused = (Device(server.url).knock() for _ in range(2))
    refused.ws.send("40{}")  # a stranger: answered 44, and no more inside than who says nothing
    assert closing(silent) == closing(refused) == (1008, "no_connect")
    assert works(server, julio)


def test_old_protocols_without_limits_are_not_spoken(server):
    with socket.create_connection(("127.0.0.1", server.port), 30) as line:
        line.sendall(b"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\n"
                     b"Upgrade: websocket\r\nSec-WebSocket-Key1: 1 2\r\nSec-WebSocket-Key2: 3 4\r\n\r\n12345678")
        assert line.recv(100).startswith(b"HTTP/1.1 400")


def test_a_device_has_a_limited_number_of_lines_and_keeps_the_newest(server, Device):
    rosa = Device(server.url).join(server.meeting["code"], "Rosa").connect()
    tabs = [rosa.tab() for _ in range(12)]
    try:
        assert all(tab.connect().pump(lambda tab=tab: tab.cursor) for tab in tabs)
        assert rosa.is_cut()
        assert works(server, tabs[0]) and works(server, tabs[-1])
    finally:
        for tab in tabs:
            tab.close()
