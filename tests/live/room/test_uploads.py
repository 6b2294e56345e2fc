"""Photos over real connections to a real server: too much is cut off, and nobody waits while one is drawn."""
import http.client
import json
import secrets
import socket
import threading

import pytest

from tests.live.device import idea
from tests.media.pictures import jpeg, png
from workshop.domain import limits


@pytest.fixture
def server(long_server):
    yield long_server
    assert long_server.process.poll() is None


@pytest.fixture
def rosa(server, Device):
    """Rosa, connected, with a card in `rosa.card`."""
    rosa = Device(server.url).join(server.meeting["code"], "Rosa").connect()
    rosa.card = rosa.do("contribution.add", idea(server, "El almacén"))["card"]["id"]
    return rosa


def headers(rosa, **more) -> dict:
    return {"Cookie": rosa.cookie, "X-Workshop": "1", "X-Kind": "photo", "X-Card": rosa.card,
            "X-Attachment": secrets.token_urlsafe(12), "X-Seat": rosa.place["seats"][0]["id"]} | more


def begin(server, rosa, **more) -> socket.socket:
    """A connection on which the head of an upload was sent."""
    line = socket.create_connection(("127.0.0.1", server.port), timeout=60)
    head = "".join(f"{name}: {value}\r\n" for name, value in headers(rosa, **more).items())
    line.sendall(f"POST /api/attach HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n{head}\r\n".encode())
    return line


def answer(line) -> tuple[int, dict]:
    """The status and the JSON of the answer."""
    said = http.client.HTTPResponse(line, method="POST")
    said.begin()
    return said.status, json.loads(said.read())


def test_fifty_megabytes_are_refused_before_they_are_sent(server, rosa):
    line = begin(server, rosa, **{"Content-Length": 50 * 2**20})
    status, said = answer(line)  # nothing of the file has left
    assert (status, said["code"]) == (413, "file_too_big")
    sent = 0
    with pytest.raises(OSError):  # the server hangs up instead of reading the rest
        while sent < 50 * 2**20:
            line.sendall(b"x" * 65_536)
            sent += 65_536
    assert sent < 50 * 2**20
    line.close()


def test_an_upload_that_does_not_tell_its_length_is_cut_off_where_it_is_too_much(server, rosa):
    line, sent, piece = begin(server, rosa, **{"Transfer-Encoding": "chunked"}), 0, b"10000\r\n" + b"x" * 65_536 + b"\r\n"
    with pytest.raises(OSError):
        while sent < 50 * 2**20:
            line.sendall(piece)
            sent += 65_536
    assert limits.PHOTO < sent < 50 * 2**20
    line.close()


def test_an_upload_that_does_not_tell_its_length_is_taken_up_to_there(server, rosa):
    content = jpeg(200, 150)
    line = begin(server, rosa, **{"Transfer-Encoding": "chunked"})
    line.sendall(b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (content[:1000], content[1000:], b"")))
    status, said = answer(line)
    assert (status, said["ok"], said["card"]["files"][0]["w"]) == (200, True, 200)
    line.close()


def test_a_stranger_is_refused_before_the_file_is_sent(server, rosa):
    line = begin(server, rosa, Cookie="tinkuy=nobody", **{"Content-Length": 2**20})
    status, said = answer(line)
    assert (status, said["code"]) == (401, "who_are_you")
    line.close()


def test_the_room_goes_on_while_a_large_photo_is_drawn(server, rosa, Device):
    julio = Device(server.url).join(server.meeting["code"], "Don Julio").connect()
    said, content = [], png(6_300, 6_300)

    def upload():
        line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
        line.request("POST", "/api/attach", content, headers(rosa))
        said.append(json.loads(line.getresponse().read()))
        line.close()
    thread = threading.Thread(target=upload)
    thread.start()
    while thread.is_alive() and julio.n < 50:  # as many at once as the settings allow
        assert julio.do("contribution.add", idea(server, "Mientras tanto"))["ok"]
    assert julio.pump(lambda: not thread.is_alive()), "he answers pings meanwhile"
    thread.join()
    assert said[0]["ok"] and julio.n >= 3, "if the room stood still, the first answer would come after the photo's"
    assert julio.pump(lambda: julio.cards[rosa.card].get("files"))


def test_a_photo_cut_off_on_the_way_is_taken_when_it_is_sent_again(server, rosa):
    content, key = jpeg(400, 300), secrets.token_urlsafe(12)
    line = begin(server, rosa, **{"X-Attachment": key, "Content-Length": len(content)})
    line.sendall(content[:len(content) // 2])
    line.close()
    line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    for _ in range(2):
        line.request("POST", "/api/attach", content, headers(rosa, **{"X-Attachment": key}))
        said = json.loads(line.getresponse().read())
        assert said["ok"] and [file["id"] for file in said["card"]["files"]] == [key]
    line.close()
