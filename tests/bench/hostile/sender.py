"""Somebody who means harm, in a process of their own: `python -m tests.bench.hostile.sender`.

The order comes as JSON on standard input; when the time is over, what was told goes out as JSON:

    {"name", "url", "code", "board", "seconds", "other"}  ->  {"sent", "told": {code: times}, "closed": {status: times}}
"""
import http.client
import json
import os
import re
import socket
import struct
import sys
import time
import urllib.parse
import urllib.request
from collections import Counter
from contextlib import suppress

import websocket

from tests.bench.hostile.cases import CASES
from tests.live.device import Device


class Deaf(Device):
    """A device whose system takes hardly anything that is not read, so that the server's side fills soon."""

    def open_socket(self):
        """The websocket with a small window and small parcels: what a system keeps for a line grows with both."""
        return websocket.create_connection(
            self.url.replace("http", "ws") + "/socket.io/?EIO=4&transport=websocket", cookie=self.cookie, timeout=30,
            sockopt=((socket.SOL_SOCKET, socket.SO_RCVBUF, 2048), (socket.IPPROTO_TCP, socket.TCP_MAXSEG, 536)))


class Sender:
    """Sends, and counts what is said to it."""

    def __init__(self, url: str, code: str, board: str, seconds: float, other: str):
        self.url, self.code, self.board, self.other = url, code, board, other
        self.until = time.monotonic() + seconds
        self.sent, self.told, self.closed = 0, Counter(), Counter()

    @property
    def goes_on(self) -> bool:
        """Whether there is time left."""
        return time.monotonic() < self.until

    def wait(self) -> None:
        """Do nothing more until the time is over."""
        time.sleep(max(0.0, self.until - time.monotonic()))

    def come(self, room: int = 3, deaf: bool = False) -> Device:
        """A device with a seat and an open line."""
        return (Deaf if deaf else Device)(self.url).join(self.code, "Mallory", room=room).connect()

    def deafened(self, device: Device) -> Deaf:
        """Another tab of the same browser, which reads nothing."""
        other = Deaf(self.url)
        other.cookie, other.place = device.cookie, device.place
        return other

    def blindly(self, device: Device, text: str) -> None:
        """Send without reading; a line that was cut is opened anew."""
        try:
            device.ws.send(text)
            self.sent += 1
        except (OSError, websocket.WebSocketException):
            self.closed["cut"] += 1
            device.connect()

    def token(self, device: Device) -> str:
        """The form token of a device."""
        page = f"{self.url}/w/{device.place['workshop']['id']}/r/3"
        asked = urllib.request.Request(page, headers={"Cookie": device.cookie})
        with urllib.request.urlopen(asked, timeout=30) as answer:
            return re.search(r'name="token" value="([^"]+)"', answer.read().decode())[1]

    def repeat(self, send, every: float = 0.0) -> None:
        """`send(device)` again and again; a line that was ended is opened anew, by the same device: strangers are counted at
        the way in (`come_in`), and this is not about them."""
        device = self.come()
        while self.goes_on:
            device = device if device.ws.connected else device.connect()
            try:
                while self.goes_on:
                    self.sent += 1
                    send(device)
                    self.listen(device, every)
            except (OSError, websocket.WebSocketException):
                self.closed[self.last_words(device)] += 1
            except Ended as end:
                self.closed[str(end)] += 1
            device.ws.shutdown()

    def last_words(self, device: Device) -> str:
        """Why a line was ended while we still spoke, if it can be heard."""
        try:
            self.listen(device, 0.2)
        except Ended as end:
            return str(end)
        except (OSError, websocket.WebSocketException):
            pass
        return "broken"

    def listen(self, device: Device, seconds: float) -> None:
        """Count what has come, for so long.  Raises Ended."""
        until = time.monotonic() + seconds
        while True:
            device.ws.settimeout(max(0.001, until - time.monotonic()))
            try:
                frame = device.ws.recv_frame()
            except (websocket.WebSocketTimeoutException, BlockingIOError):
                return
            if frame.opcode == websocket.ABNF.OPCODE_CLOSE:
                raise Ended(struct.unpack("!H", frame.data[:2])[0] if frame.data else "1005")
            self.hear(frame.data.decode("utf-8", "replace"), device)

    def hear(self, text: str, device: Device) -> None:
        """Count an answer, and keep the line alive."""
        if text == "2":
            device.ws.send("3")
        elif text.startswith(("43", '42["refused"')):
            said = json.loads(text[text.index("["):])[-1]
            self.told["retry_after" if "retry_after" in said else said.get("code") or "ok"] += 1

    def post(self, path: str, body: bytes, kind: str, **headers: str) -> None:
        """A request of its own; the status is counted, or the code where there is one."""
        where = urllib.parse.urlsplit(self.url)
        line = http.client.HTTPConnection(where.hostname, where.port, timeout=30)
        try:
            line.request("POST", path, body, {"Content-Type": kind, **headers})
            answer = line.getresponse()
            said = answer.read()
            told = json.loads(said) if answer.headers.get_content_type() == "application/json" else {}
            self.told["retry_after" if "retry_after" in told else told.get("code") or str(answer.status)] += 1
        except (OSError, http.client.HTTPException):
            self.told["hung up"] += 1
        finally:
            line.close()
        self.sent += 1

    def begin(self, first: bytes) -> socket.socket:
        """A connection on which a request has begun."""
        where = urllib.parse.urlsplit(self.url)
        line = socket.create_connection((where.hostname, where.port), 30)
        with suppress(OSError):
            line.sendall(first)
        self.sent += 1
        self.told["held"] += 1
        return line

    def trickle(self, lines: list[socket.socket]) -> None:
        """A byte more on each; those that the server has given up are forgotten."""
        for line in list(lines):
            try:
                line.sendall(b"x")
            except OSError:
                self.closed["given up"] += 1
                lines.remove(line)
                line.close()

    def open_line(self) -> socket.socket:
        """A websocket that is open and has said nothing."""
        where = urllib.parse.urlsplit(self.url)
        line = socket.create_connection((where.hostname, where.port), 30)
        key = "AAAAAAAAAAAAAAAAAAAAAA=="
        line.sendall(f"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: {where.netloc}\r\nUpgrade: websocket\r\n"
                     f"Connection: Upgrade\r\nSec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n".encode())
        heard = b""
        while b"\r\n\r\n" not in heard:
            heard += line.recv(4096) or b"\r\n\r\n"
        self.told["101" if b" 101 " in heard.split(b"\r\n")[0] else "not opened"] += 1
        return line


class Ended(Exception):
    """The server has ended the line, with this status."""


def main() -> None:
    """Do what the order says."""
    order = json.load(sys.stdin)
    sender = Sender(**{name: order[name] for name in ("url", "code", "board", "seconds", "other")})
    CASES[order["name"]].act(sender)
    sender.wait()
    print(json.dumps({"sent": sender.sent, "told": sender.told, "closed": sender.closed}))
    sys.stdout.flush()
    os._exit(0)  # lines that are open still are closed with it


if __name__ == "__main__":
    main()
