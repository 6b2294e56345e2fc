"""Somebody opens connections and never asks for anything; the server lives, and those who want something are served.

Real processes with few descriptors; the machine of whoever means harm is this one, under several loopback addresses.
"""
import http.client
import resource
import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import pytest

from tests.faults.trials.line.test_t09_slow_readers import memory
from tests.live.device import idea
from tests.support.waiting import PATIENCE, wait_for

FEW, USUAL = 256, 1024  # descriptors
HALF = b"GET / HTTP/1.1\r\nHost: tinkuy.test\r\nX-Half: "
BODY = b"POST /api/do HTTP/1.1\r\nHost: tinkuy.test\r\nX-Workshop: 1\r\nContent-Type: application/json\r\n" \
       b"Content-Length: 50000\r\n\r\n{"
ASKED = b"GET /healthz HTTP/1.1\r\nHost: tinkuy.test\r\n\r\n"
MANY = [f"127.0.0.{n}" for n in range(2, 10)]
GROWS = 24.0  # MiB


@pytest.fixture
def narrow(serve):
    """narrow(limit) -> a server that may hold so many descriptors."""
    ours = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(4096, ours[1]), ours[1]))  # the tests hold the other ends
    yield lambda limit, **settings: serve(descriptors=limit, **settings)
    resource.setrlimit(resource.RLIMIT_NOFILE, ours)


@contextmanager
def held(server, count: int, said: bytes, addresses=("127.0.0.1",)):
    """So many connections, in turn from these addresses, that have said this and no more."""
    with ExitStack() as stack:
        yield [stack.enter_context(knock(server, said, addresses[n % len(addresses)])) for n in range(count)]


def knock(server, said: bytes, address: str = "127.0.0.1") -> socket.socket:
    """A connection that says this; it may be ended at once."""
    line = socket.create_connection(("127.0.0.1", server.port), PATIENCE, source_address=(address, 0))
    with suppress(OSError):
        line.sendall(said)
    return line


def is_open(line: socket.socket) -> bool:
    """Whether the server holds it still."""
    line.setblocking(False)
    try:
        while line.recv(4096):
            pass
    except BlockingIOError:
        return True
    except OSError:
        pass
    return False


def status(server) -> int:
    """What somebody who opens the page is answered."""
    line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE, source_address=("127.0.0.77", 0))
    line.request("GET", "/")
    answer = line.getresponse()
    answer.read()
    line.close()
    return answer.status


def descriptors(server) -> int:
    return len(list(Path(f"/proc/{server.process.pid}/fd").iterdir()))


@pytest.mark.parametrize("said", [HALF, b"", BODY, ASKED], ids=["half a head", "nothing", "half a body", "asked once"])
@pytest.mark.parametrize("addresses", [["127.0.0.1"], MANY], ids=["one address", "several"])
def test_three_hundred_who_never_ask_whole_keep_nobody_out(narrow, Device, said, addresses):
    server = narrow(FEW)
    rosa = Device(server.url).join(server.meeting["code"], "Rosa").connect()
    assert rosa.pump(lambda: rosa.cursor)
    before = memory(server.process.pid)
    with held(server, 300, said, addresses) as lines:
        wait_for(lambda: status(server) == 200, "the page")
        julio = Device(server.url).join(server.meeting["code"], "Don Julio").connect()
        assert julio.do("contribution.add", idea(server, "Entré igual"))["ok"]
        assert rosa.do("contribution.add", idea(server, "Sigo aquí"))["ok"] and rosa.pump(lambda: len(rosa.ideas()) == 2)
        assert server.process.poll() is None and descriptors(server) < FEW
        assert memory(server.process.pid) - before < GROWS
        assert 0 < sum(map(is_open, lines)) < FEW, "some had to go"
    assert not rosa.ended and not julio.ended


def test_ninety_people_behind_one_address_are_not_hurt_while_somebody_there_attacks(narrow, Device):
    server = narrow(USUAL)
    with held(server, 600, HALF) as lines, ExitStack() as resting:
        hall = [Device(server.url) for _ in range(90)]

        def come(pair) -> None:
            pair[1].join(server.meeting["code"], f"Persona {pair[0]}").connect()
        with ThreadPoolExecutor(15) as crowd:
            list(crowd.map(come, enumerate(hall)))
            for _ in hall:  # a browser keeps some connections for the next request
                resting.enter_context(knock(server, ASKED))
        for n, device in enumerate(hall):
            device.send("contribution.add", idea(server, f"Idea {n}"))
        for device in hall:
            assert device.pump(lambda device=device: len(device.ideas()) == 90), len(device.ideas())
        assert not any(device.ended for device in hall)
        assert sum(map(is_open, lines)) > 0


def test_a_hall_whose_browsers_keep_six_connections_each_loses_none_of_them(narrow, Device):
    server = narrow(USUAL)
    hall = [Device(server.url).join(server.meeting["code"], f"Persona {n}").connect() for n in range(40)]
    with held(server, 6 * 60, ASKED) as resting:
        assert status(server) == 200
        assert all(map(is_open, resting))
        assert all(device.pump(lambda device=device: device.cursor) for device in hall)


def test_behind_a_proxy_all_come_from_one_address_and_may_take_all_places(narrow):
    server = narrow(FEW, proxies=1)
    with held(server, 140, HALF) as lines:
        assert status(server) == 200
        assert all(map(is_open, lines)), "more than one address may have, and nobody was in need"


def test_lines_that_never_say_who_they_are_make_room_for_a_newcomer(narrow, Device):
    server = narrow(FEW, connect_within=600)
    rosa = Device(server.url).join(server.meeting["code"], "Rosa").connect()
    assert rosa.pump(lambda: rosa.cursor)
    upgrade = (b"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: tinkuy.test\r\nUpgrade: websocket\r\n"
               b"Connection: Upgrade\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n")
    with held(server, 300, upgrade):
        assert status(server) == 200
        julio = Device(server.url).join(server.meeting["code"], "Don Julio").connect()
        assert julio.do("contribution.add", idea(server, "Entré igual"))["ok"]
        assert rosa.pump(lambda: len(rosa.ideas()) == 1) and server.process.poll() is None


def test_without_any_descriptor_left_it_waits_and_goes_on_when_there_are_some(narrow, Device):
    server = narrow(FEW)
    rosa = Device(server.url).join(server.meeting["code"], "Rosa").connect()
    assert rosa.pump(lambda: rosa.cursor)
    with held(server, 60, HALF) as lines:
        wait_for(lambda: descriptors(server) > 60, "the connections")
        resource.prlimit(server.process.pid, resource.RLIMIT_NOFILE, (descriptors(server), FEW))
        with held(server, 30, HALF, MANY):
            wait_for(lambda: not all(map(is_open, lines)), "room that is made for newcomers")
            assert server.process.poll() is None
    resource.prlimit(server.process.pid, resource.RLIMIT_NOFILE, (4, FEW))
    with held(server, 30, HALF, MANY):
        assert server.process.poll() is None
    resource.prlimit(server.process.pid, resource.RLIMIT_NOFILE, (FEW, FEW))
    assert status(server) == 200
    assert rosa.do("contribution.add", idea(server, "Sigo aquí"))["ok"], "her line was never ended"
    julio = Device(server.url).join(server.meeting["code"], "Don Julio").connect()
    assert julio.do("contribution.add", idea(server, "Otra vez"))["ok"]


def honest(server, count: int) -> list[int]:
    """What so many who open the page one after the other are answered; 0 for who is cut off without a word."""
    said = []
    for _ in range(count):
        try:
            said.append(status(server))
        except (OSError, http.client.HTTPException):
            said.append(0)
    return said


@contextmanager
def trickling(lines: list[socket.socket], piece: bytes):
    """Each of these connections says a little more twice a second."""
    over = threading.Event()

    def trickle() -> None:
        while not over.wait(0.5):
            for line in lines:
                with suppress(OSError):
                    line.send(piece, socket.MSG_DONTWAIT)
    thread = threading.Thread(target=trickle)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def test_bodies_that_come_a_little_faster_than_the_least_pace_give_way_too(narrow):
    server = narrow(FEW)
    said = (b"POST / HTTP/1.1\r\nHost: tinkuy.test\r\nContent-Type: application/x-www-form-urlencoded\r\n"
            b"Content-Length: 65000\r\n\r\na=" + b"b" * 400)
    with held(server, 170, said, MANY[:4]) as lines, trickling(lines, b"b" * 160):
        wait_for(lambda: honest(server, 1) == [200], "the page")
        with ThreadPoolExecutor(8) as crowd:
            assert list(crowd.map(lambda _: honest(server, 5), range(8))) == [[200] * 5] * 8


def test_uploads_that_trickle_leave_descriptors_for_all_others(narrow, Device):
    server = narrow(FEW)
    begun = []
    for n in range(15):
        device = Device(server.url).join(server.meeting["code"], f"Persona {n}").connect()
        card = device.do("contribution.add", idea(server, "Con foto"))["card"]["id"]
        begun.append((f"POST /api/attach HTTP/1.1\r\nHost: tinkuy.test\r\nX-Workshop: 1\r\nX-Card: {card}\r\n"
                      f"X-Kind: photo\r\nX-Seat: {device.place['seats'][0]['id']}\r\nCookie: {device.cookie}\r\n"
                      "Content-Length: 8000000\r\n").encode())
    with ExitStack() as stack:
        lines = [stack.enter_context(knock(server, said + b"X-Attachment: %016d\r\n\r\n" % n + b"\xff" * 70_000,
                                           MANY[n % 4])) for n, said in enumerate(begun * 10)]
        with trickling(lines, b"x" * 300):
            assert descriptors(server) < FEW
            assert honest(server, 30) == [200] * 30
            assert descriptors(server) < FEW and server.process.poll() is None
        assert 0 < sum(map(is_open, lines)) < len(lines)
