"""Simulates one device over real sockets: joins over HTTP, then speaks Engine.IO 4 and Socket.IO 5 by hand."""
import asyncio
import contextlib
import json
import random
import time
import urllib.error
import urllib.request
from collections import Counter
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from workshop.domain.shapes import Json
from workshop.replay.client.copy import Copy
from workshop.replay.client.outbox import Item, Outbox
from workshop.replay.client.websocket import Closed, WebSocket

WINDOW = 8  # commands under way at once
ANSWER, SILENCE = 8.0, 17.0  # seconds without an answer, without anything
BACKOFF, BACKOFF_MOST = 0.6, 8.0  # seconds between tries; each is 0.5 to 1.5 times as long


@lru_cache(maxsize=32)
def heard(text: str) -> Any:
    """Returns the event in a message. A room is told the same: it is read once for all of its devices, and kept by each as
    it is."""
    return json.loads(text)


class Refused(Exception):
    """Reports an answer over HTTP that is not ok; `code` is the refusal."""

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


class Device:
    """Simulates a device with its seats. `up` is set while it is connected; `seen` tells when each card first appeared."""

    def __init__(self, url: str):
        self.url, self.cookie = url.rstrip("/"), ""
        self.place: Json = {}
        self.copy, self.outbox = Copy(), Outbox()
        self.ballots: dict[tuple[str, str], Json] = {}
        self.up = asyncio.Event()
        self.seen: dict[str, float] = {}
        self.counts: Counter[str] = Counter()
        self.waits: list[float] = []  # seconds from first sending to the answer
        self._socket: WebSocket | None = None
        self._task: asyncio.Task[None] | None = None
        self._pending: dict[int, tuple[str, Any, float]] = {}  # Socket.IO id -> (what, item or stream, since)
        self._next, self._pause, self._heard = 0, 0.0, 0.0
        self._came: dict[str, list[Any] | None] = {}  # the cursors that the connection opened with, until they are answered
        self._casting: dict[tuple[str, str], asyncio.Lock] = {}

    async def join(self, code: str, *names: str, room: int | None = None, channel: str = "remote",
                   delegation: str | None = None) -> "Device":
        """Takes seats in a workshop. Raises Refused, OSError."""
        seats = [{"name": name, "channel": channel, "delegation": delegation} for name in names]
        self.place = await self.http("/api/join", {"code": code, "seats": seats, "room": room})
        return self

    async def http(self, path: str, body: Json | None = None, **query: object) -> Json:
        """Returns a request as this device: GET, or POST of a JSON body. Raises Refused, OSError."""
        return await asyncio.to_thread(self._http, path + (f"?{urlencode(query)}" if query else ""), body)

    def _http(self, path: str, body: Json | None) -> Json:
        headers = {"X-Workshop": "1", "Cookie": self.cookie, "Content-Type": "application/json"}
        data = None if body is None else json.dumps(body).encode()
        asked = urllib.request.Request(self.url + path, data, headers)  # noqa: S310  (the operator names the server)
        try:
            with urllib.request.urlopen(asked, timeout=60) as answer:  # noqa: S310
                if cookie := answer.headers["Set-Cookie"]:
                    self.cookie = cookie.split(";")[0]
                found: Json = json.load(answer)
                return found
        except urllib.error.HTTPError as error:
            with error:
                said = error.read()
            raise Refused(json.loads(said)["code"] if said.startswith(b"{") else str(error.code)) from None

    def start(self) -> "Device":
        """Connects, and stay connected until `stop`."""
        self._task = asyncio.create_task(self._live())
        return self

    async def stop(self) -> None:
        """Hangs up. Raises what broke the device, if something did."""
        if self._task:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    @property
    def seat(self) -> str:
        """Returns the first seat."""
        return str(self.place["seats"][0]["id"])

    def write(self, verb: str, payload: Json, seat: str | None = None) -> Item:
        """Puts a command into the outbox and sends what may be sent; `await item.answer` gives {ok, ...}."""
        item = self.outbox.add(verb, seat or self.seat, payload)
        self._flush()
        return item

    async def vote(self, activity: str, changes: Json, seat: str | None = None) -> Json:
        """Changes the seat's ballot in a vote and casts it whole; once more when another device changed it meanwhile."""
        key = (activity, seat or self.seat)
        async with self._casting.setdefault(key, asyncio.Lock()):  # base_rev is known only when the one before is answered
            while True:
                held = self.ballots.get(key, {"choices": {}, "rev": 0})
                cast = {"activity": activity, "choices": held["choices"] | changes, "base_rev": held["rev"]}
                answer = await self.write("ballot.cast", cast, key[1]).answer
                if answer.get("code") == "stale_ballot":
                    self.counts["stale"] += 1
                    self.ballots[key] = answer["values"]
                    continue
                if answer["ok"]:
                    self._ballot(activity, key[1], cast["choices"], answer["rev"])
                return answer

    async def votes(self, activity: str, changes: list[Json]) -> list[Json]:
        """Changes the first seat's ballot so many times, each upon the last without waiting for its answer: no other device
        changes it. The answers; what was refused is said once more, alone."""
        key, items = (activity, self.seat), []
        async with self._casting.setdefault(key, asyncio.Lock()):
            held = self.ballots.get(key, {"choices": {}, "rev": 0})
            choices = held["choices"]
            for n, change in enumerate(changes):
                choices = choices | change
                items.append(self.write("ballot.cast", {
                    "activity": activity, "choices": choices, "base_rev": held["rev"] + n}))
            answers = [await item.answer for item in items]
            for item, answer in zip(items, answers, strict=True):
                if answer["ok"]:
                    self._ballot(activity, self.seat, item.payload["choices"], answer["rev"])
        return [answer if answer["ok"] else await self.vote(activity, change)
                for answer, change in zip(answers, changes, strict=True)]

    def _ballot(self, activity: str, seat: str, choices: Json, rev: int) -> None:
        if self.ballots.get((activity, seat), {"rev": 0})["rev"] < rev:
            self.ballots[activity, seat] = {"choices": choices, "rev": rev}

    async def _live(self) -> None:
        tries = 0
        while True:
            try:
                await self._session()
                tries = 0
            except Closed:
                tries = 0 if self.up.is_set() else tries + 1
            finally:
                self._hang_up()
            await asyncio.sleep(min(BACKOFF * 2 ** tries, BACKOFF_MOST) * random.uniform(0.5, 1.5))  # noqa: S311

    async def _session(self) -> None:
        self._heard = time.monotonic()
        self._socket = await WebSocket.open(self.url + "/socket.io/?EIO=4&transport=websocket", self.cookie)
        ticking = asyncio.create_task(self._tick())
        try:
            while True:
                self._take(await self._socket.receive())
        finally:
            ticking.cancel()

    def _hang_up(self) -> None:
        self.up.clear()
        self._pending.clear()
        if self._socket:
            self._socket.close()
            self._socket = None

    async def _tick(self) -> None:
        """Returns each half second: offer again what had to wait; give up a line that has gone silent."""
        while True:
            await asyncio.sleep(0.5)
            now = time.monotonic()
            oldest = min((since for _, _, since in self._pending.values()), default=now)
            if now - self._heard > SILENCE or now - oldest > ANSWER:
                self.counts["silences"] += 1
                self._line().close()  # the reader wakes up with Closed
                return
            self._flush()

    def _take(self, message: str) -> None:
        self._heard = time.monotonic()
        try:
            self._understand(message)
        except ValueError:  # cut short on the way
            raise Closed(f"the server said {message[:80]}") from None

    def _line(self) -> WebSocket:
        assert self._socket  # only connected devices send
        return self._socket

    def _understand(self, message: str) -> None:
        sign = message[:1]
        if sign == "0":  # Engine.IO is open: say Socket.IO's hello with the cursors
            self._came = {stream: self.copy.cursors.get(stream) for stream in self.place["streams"]}
            self._line().send("40" + json.dumps({"v": 1, "watch": self._came}))
        elif sign == "2":
            self._line().send("3")
        elif message.startswith("40"):
            self.counts["connections"] += 1
            self.up.set()
            self._flush()
        elif message.startswith("42"):
            self._event(*heard(message[2:]))
        elif message.startswith("43"):
            start = message.index("[")
            self._answered(int(message[2:start]), json.loads(message[start:])[0])
        elif sign == "1" or message.startswith(("41", "44")):
            raise Closed(f"the server said {message[:80]}")

    def _event(self, name: str, data: Json | None = None) -> None:
        data = data or {}
        if name == "cards":
            self._keep(data, (self._came.pop(data["stream"], None) or ["", 0])[1])
        elif name == "head":
            for stream, cursor in data["streams"].items():
                if self.copy.cursors.get(stream) != cursor:
                    self._ask(stream)
        elif name == "hello":
            for ballot in data["ballots"]:
                self._ballot(**ballot)
        elif name == "my_ballot":
            self._ballot(**data)

    def _keep(self, frame: Json, asked: int = 0) -> None:
        fits, new = self.copy.keep(frame, asked)
        if self.copy.restored:
            self.copy.restored = False
            self.counts["restored"] += 1
            self.ballots = {key: ballot | {"rev": 0} for key, ballot in self.ballots.items()}  # they are counted again too
            self.outbox.reoffer()
            self._flush()
        self.counts["frames"] += 1
        self.counts["deliveries"] += len(frame["cards"])
        for card in new:
            self.seen.setdefault(card, self._heard)
        if not fits:
            self._ask(frame["stream"])

    def _emit(self, name: str, data: Json, what: str, about: Any) -> None:
        self._next += 1
        self._pending[self._next] = (what, about, time.monotonic())
        with contextlib.suppress(Closed):  # the reader finds out; what is pending is offered again on the next connection
            self._line().send(f"42{self._next}" + json.dumps([name, data], ensure_ascii=False))

    def _ask(self, stream: str) -> None:
        if not any(what == "ask" and about[0] == stream for what, about, _ in self._pending.values()):
            self.counts["asks"] += 1
            epoch, since = self.copy.cursors.get(stream, ["", 0])
            self._emit("ask", {"stream": stream, "epoch": epoch, "since": since}, "ask", (stream, since))

    def _flush(self) -> None:
        if not self.up.is_set() or time.monotonic() < self._pause:
            return
        under_way = {id(about) for what, about, _ in self._pending.values() if what == "do"}
        for item in self.outbox.items[:WINDOW]:
            if id(item) not in under_way:
                item.sent_at = item.sent_at or time.monotonic()
                self._emit("do", self.outbox.envelope(item), "do", item)

    def _answered(self, number: int, answer: Json) -> None:
        what, about, _since = self._pending.pop(number, ("", None, 0.0))
        if about is None:
            return
        if what == "ask" and "cards" in answer:
            self._keep(answer, about[1])
        elif what == "do":
            self._done(about, answer)
            self._flush()

    def _done(self, item: Item, answer: Json) -> None:
        if "retry_after" in answer:
            self.counts["retries"] += 1
            self._pause = time.monotonic() + answer["retry_after"] * random.uniform(1, 2)  # noqa: S311
        elif "want" in answer:
            self.counts["wants"] += 1
            if answer["want"] < item.n and not item.again and self.outbox.items[0] is item:
                self.outbox.reoffer()  # it has answered what came before once: it was put back
            if answer["want"] > item.n or self.outbox.items[0] is item:
                self.outbox.renumber(answer["want"])
        elif self.outbox.retry(item, answer):
            self._pause = time.monotonic() + 2.0
        else:
            self.waits.append(self._heard - (item.sent_at or self._heard))
            if "card" in answer and self.copy.put(answer["card"], answer["stream"]):
                self.seen.setdefault(answer["card"]["id"], self._heard)
            self.outbox.done(item, answer)
