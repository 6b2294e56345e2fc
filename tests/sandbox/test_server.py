"""A server whose children go with it, however it goes."""
import http.client
import os
import secrets
import signal
from pathlib import Path

import pytest

from tests.live.conftest import Device, meeting, serve  # noqa: F401
from tests.live.device import idea
from tests.media.pictures import jpeg
from tests.support.needs import some
from tests.support.waiting import wait_for


@pytest.fixture
def database() -> str:
    return ""


def children(server) -> list[int]:
    """The children of a server's process that read foreign bytes."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            command = (stat.parent / "cmdline").read_bytes()
            if b"workshop.sandbox.child" in command and os.getpgid(int(stat.parent.name)) and \
                    int(stat.read_text().rpartition(")")[2].split()[1]) == server.process.pid:
                found.append(int(stat.parent.name))
        except (OSError, ValueError):
            continue
    return found


def gone(numbers: list[int]) -> bool:
    """Whether none of these processes runs any more, waiting for it."""
    def none_runs() -> bool:
        commands = (Path(f"/proc/{one}/cmdline") for one in numbers)
        return not any(command.exists() and command.read_bytes() for command in commands)
    return wait_for(none_runs, "the children have ended")


def send(server, rosa, content: bytes, kind: str = "photo") -> int:
    """Send a photo or a voice note; the status."""
    line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    line.request("POST", "/api/attach", content, {
        "Cookie": rosa.cookie, "X-Workshop": "1", "X-Kind": kind, "X-Card": rosa.card,
        "X-Attachment": secrets.token_urlsafe(12), "X-Seat": rosa.place["seats"][0]["id"]})
    try:
        return line.getresponse().status
    finally:
        line.close()


@pytest.mark.parametrize(("mode", "end"), some([
    ("eventlet", signal.SIGKILL), ("eventlet", signal.SIGTERM), ("threading", signal.SIGTERM),
    ("threading", signal.SIGKILL)]))
def test_no_child_outlives_its_server(serve, Device, mode, end):  # noqa: F811
    server = serve(**{"async": mode})
    rosa = Device(server.url).join(server.meeting["code"], "Rosa").connect()
    rosa.card = rosa.do("contribution.add", idea(server, "El almacén"))["card"]["id"]
    assert children(server) == [], "they start when they are needed"
    assert send(server, rosa, jpeg(80, 60)) == 200
    known = children(server)
    assert 1 <= len(known) <= 2
    assert send(server, rosa, b"no photo") == 400 and children(server) == known, "a refusal costs no process"
    for child in known:
        os.kill(child, signal.SIGKILL)
    assert gone(known) and send(server, rosa, jpeg(80, 60)) == 200, "a dead one is replaced"
    known = children(server)
    os.kill(server.process.pid, end)
    server.process.wait()
    assert known and gone(known)
