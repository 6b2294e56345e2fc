"""The line of a simulated device, against a server that says what a test wants it to say."""
import asyncio
import base64
import hashlib
import struct
from contextlib import suppress

import pytest

from workshop.replay.client.websocket import MOST, Closed, WebSocket

GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"


def frame(data: bytes, first: int = 0x81) -> bytes:
    """A frame from a server."""
    size = len(data)
    return struct.pack("!BB", first, size) + data if size < 126 else struct.pack("!BBQ", first, 127, size) + data


def told(*said: bytes, status: str = "101 Switching Protocols", key: str = GUID):
    """(what a device hears of a server that says these bytes and hangs up, what that server was sent)."""
    heads, came = [], []

    async def serve(reader, writer):
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        heads.append(head)
        asked = next(line.partition(": ")[2] for line in head.split("\r\n") if line.lower().startswith("sec-websocket-key"))
        right = base64.b64encode(hashlib.sha1((asked + key).encode()).digest()).decode()
        writer.write(f"HTTP/1.1 {status}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {right}"
                     "\r\n\r\n".encode() + b"".join(said))
        await writer.drain()
        writer.write_eof()
        came.append(await reader.read())
        writer.close()

    async def hear():
        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        port, heard = server.sockets[0].getsockname()[1], []
        async with server:
            try:
                line = await WebSocket.open(f"http://127.0.0.1:{port}/socket.io/?EIO=4", "tinkuy=abc")
                with suppress(Closed):  # its close may have come already
                    line.send("40ñ")
                while True:
                    heard.append(await line.receive())
            except Closed as closed:
                heard.append(closed)
                if "line" in locals():
                    line.close()
            while heads and not came:
                await asyncio.sleep(0.01)
        return heard
    heard = asyncio.run(hear())
    return heard, heads[0], came[0]


def test_texts_come_whole_however_they_are_cut_and_a_ping_is_answered():
    parts = [frame("años ".encode()[:2], 0x01), frame(b"ping", 0x89), frame("años ".encode()[2:], 0x00), frame(b"!", 0x80)]
    heard, head, came = told(frame(b"2"), *parts, frame(b"x" * 70_000))
    assert heard[:3] == ["2", "años !", "x" * 70_000] and "1006" in str(heard[3])
    assert head.startswith("GET /socket.io/?EIO=4 HTTP/1.1\r\n") and "\r\nCookie: tinkuy=abc\r\n" in head
    assert came[0] == 0x81 and came[1] == 0x80 | len("40ñ".encode()), "a masked text"
    assert b"\x8a\x84" in came, "a masked pong of four bytes"


def test_a_close_is_told_with_its_code():
    heard, _head, _came = told(frame(b"2"), frame(struct.pack("!H", 1008) + b"slow_down", 0x88))
    assert heard[0] == "2" and "1008" in str(heard[1])


@pytest.mark.parametrize("options", [
    {"status": "503 Service Unavailable"}, {"status": "200 OK"}, {"key": "somebody else's"}])
def test_a_handshake_that_is_none_is_refused(options):
    heard, _head, _came = told(frame(b"2"), **options)
    assert len(heard) == 1 and isinstance(heard[0], Closed)


@pytest.mark.parametrize("said", [
    frame(b"\xff\xfe"), frame(b"2", 0xC1), b"\x81\x81\0\0\0\0" + b"2", frame(b"x" * (MOST + 1)), b"\x81\x05ab"],
    ids=["not a text", "compressed", "masked", "without end", "torn"])
def test_what_breaks_the_protocol_ends_the_line(said):
    heard, _head, _came = told(said)
    assert len(heard) == 1 and isinstance(heard[0], Closed)
