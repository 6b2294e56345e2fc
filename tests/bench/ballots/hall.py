"""A hall on the line, for benches: light clients that only send and hear answers, so that the processor is the server's.

    python -m tests.bench.ballots.hall URL CODE BOARD

is somebody alone, in a process of their own, who writes an idea each 60 ms and says how long each took (`Alone`)."""
import asyncio
import json
import os
import secrets
import subprocess
import sys
import time
from urllib.parse import urlsplit

from workshop.replay.client.device import Device

BIG, HUGE = 126, 127  # lengths that follow in two bytes, in eight


class Phone:
    """A participant's socket. `answers`: command number -> when it was answered, and with what."""

    def __init__(self, url: str, place: dict, cookie: str) -> None:
        self.url, self.place, self.cookie = urlsplit(url), place, cookie
        self.client, self.n = secrets.token_urlsafe(16), 0
        self.waiting: dict[int, asyncio.Future[dict]] = {}
        self.bytes, self.up, self.revs = 0, asyncio.Event(), {}

    @classmethod
    async def join(cls, url: str, code: str, name: str, room: int = 1) -> "Phone":
        """Somebody who has come in and is connected."""
        came = await Device(url).join(code, name, room=room, channel="hall")
        phone = cls(url, came.place, came.cookie)
        await phone.connect()
        return phone

    async def connect(self) -> None:
        """Opens the websocket and waits for the first frames."""
        self.reader, self.writer = await asyncio.open_connection(self.url.hostname, self.url.port, limit=2**24)
        self.writer.write((f"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: {self.url.netloc}\r\n"
                           f"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: "
                           f"{secrets.token_urlsafe(12)}MDAwMDA=\r\nCookie: {self.cookie}\r\n\r\n").encode())
        head = await self.reader.readuntil(b"\r\n\r\n")
        if b" 101 " not in head:
            raise OSError(head[:80])
        self.task = asyncio.create_task(self.hear())
        await self.up.wait()

    def close(self) -> None:
        """Hangs up."""
        self.task.cancel()
        self.writer.close()

    async def hear(self) -> None:
        """Takes what comes."""
        read = self.reader.readexactly
        while True:
            kind, length = await read(2)
            if length >= BIG:
                length = int.from_bytes(await read(2 if length == BIG else 8), "big")
            data = await read(length)
            self.bytes += length
            if kind & 15 == 1:
                self.take(data)

    def take(self, data: bytes) -> None:
        """Answers and the pings are heeded, cards are not looked at."""
        if data[:1] == b"0":
            self.send("40" + json.dumps({"v": 1, "watch": dict.fromkeys(self.place["streams"])}))
        elif data[:1] == b"2":
            self.send("3")
        elif data[:2] == b"40":
            self.up.set()
        elif data[:2] == b"43":
            start = data.index(b"[")
            if waits := self.waiting.pop(int(data[2:start]), None):
                waits.set_result(json.loads(data[start:])[0])

    def send(self, text: str) -> None:
        """Sends a text, masked with nothing."""
        data = text.encode()
        size = bytes([128 | len(data)]) if len(data) < BIG else bytes([128 | BIG]) + len(data).to_bytes(2, "big")
        self.writer.write(b"\x81" + size + bytes(4) + data)

    async def do(self, verb: str, payload: dict) -> float:
        """Gives a command; the seconds until it is acknowledged."""
        self.n += 1
        self.waiting[self.n] = answered = asyncio.get_running_loop().create_future()
        began = time.monotonic()
        self.send(f"42{self.n}" + json.dumps(["do", {
            "client": self.client, "n": self.n, "verb": verb, "seat": self.place["seats"][0]["id"], "payload": payload}]))
        answer = await answered
        if not answer.get("ok"):
            raise RuntimeError(f"{verb}: {answer}")
        return time.monotonic() - began

    async def cast(self, vote: str, choices: dict) -> float:
        """Casts a ballot upon the last one."""
        rev = self.revs.get(vote, 0)
        self.revs[vote] = rev + 1
        return await self.do("ballot.cast", {"activity": vote, "choices": choices, "base_rev": rev})


class Screen(Device):
    """A whole device, which notes when it hears results of `vote`."""

    vote = ""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.results: list[float] = []

    def _keep(self, frame: dict, asked: int = 0) -> None:
        if any(card["id"] == self.vote for card in frame["cards"]):
            self.results.append(time.monotonic())
        super()._keep(frame, asked)


def load() -> float:
    """How busy the machine is."""
    return round(os.getloadavg()[0], 1)


class Alone:
    """Somebody who writes in another workshop, in a process of their own: what a busy bench is late to hear is no delay."""

    def __init__(self, url: str, code: str, board: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.bench.ballots.hall", url, code, board], stdout=subprocess.PIPE, text=True)
        self.process.stdout.readline()  # it has written its first

    def waits(self) -> list[tuple[float, float]]:
        """Ends it: (when it sent, how long it waited) of each idea."""
        self.process.terminate()
        return [tuple(map(float, line.split())) for line in self.process.communicate()[0].splitlines()]


async def write(url: str, code: str, board: str) -> None:
    """Writes until the process is ended (a device may give 20 commands a second)."""
    phone = await Phone.join(url, code, "Luis")
    while True:
        began = time.monotonic()
        took = await phone.do("contribution.add", {
            "activity": board, "id": secrets.token_urlsafe(9), "body": {"text": f"Otra idea {phone.n}"}})
        print(began, took, flush=True)
        await asyncio.sleep(max(0.0, 0.06 - took))


if __name__ == "__main__":
    asyncio.run(write(*sys.argv[1:]))
