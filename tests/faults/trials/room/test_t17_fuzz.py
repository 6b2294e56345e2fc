"""T17: commands that are damaged in every way, over sockets and over HTTP, from somebody who has no business in the room."""
import asyncio
import copy
import json
import random
import secrets
import urllib.error
import urllib.request
from collections import Counter

import websocket

from tests.faults.bars import held
from tests.faults.trial import FREE, run, stage
from tests.live.device import Device

SMALL = {"frames": 8000, "seed": 1, "pace": None}
LONG = {"frames": 50_000, "seed": 2, "pace": 1.0}
OTHERS = 200.0  # milliseconds: 99 of 100 answers to the others
ODD = (None, True, False, 0, -1, 1.5, 2**31, 2**70, -1e308, "", " ", "\x00", "\ud800", "x" * 41, "ñ" * 3000,
       "../../etc/passwd", "__class__", "constructor", "'; DROP TABLE contribution; --", [], {}, [[]], {"": {}},
       [None] * 50, {"$ne": None}, "9" * 400)
SAID = ("NaN", "Infinity", "1e999", "[" * 3000, "{" * 3000, '"\\ud83d"', '"\\u0000"', "9" * 5000, "-0", "", ",", "\\")
PACKETS = ("0", "1", "3", "5", "6", "4", "40", "41", "42", "43", "44", "45", "451-", "461-1", "42/x,", "40/x,", "b", "423",
           "42999999999999")
EVENTS = ("do", "ask", "disconnect", "connect", "hello", "cards", "__init__", "message", "")
BATCH = 40


class Fuzz:
    """Makes frames.  Nothing that Mallory may do is among the beginnings: every answer has to be a refusal."""

    def __init__(self, place, device, seed: int):
        self.random, room, seat = random.Random(seed), place.rooms[0], device.place["seats"][0]["id"]
        self.payloads = [
            ("contribution.add", {"activity": place.boards[0], "id": "mallorys-idea", "body": {"text": "x"}}),
            ("contribution.edit", {"id": "somebodys-idea", "body": {"text": "x"}, "base_rev": 1}),
            ("contribution.withdraw", {"id": "somebodys-idea"}), ("hand.raise", {"room": room}),
            ("hand.lower", {"room": room}),
            ("ballot.cast", {"activity": place.votes[0], "choices": {"somebodys-idea": 1}, "base_rev": 0}),
            ("room.close", {"room": room}), ("step.go", {"room": room, "step": 1, "minutes": 0}),
            ("seat.remove", {"workshop": place.workshop, "seats": [seat]}), ("room.create", {"workshop": place.workshop,
                                                                                         "title": "x"})]
        self.seat = seat

    def envelope(self) -> dict:
        """A command with something wrong in it, or with nothing wrong but who says it."""
        verb, payload = self.random.choice(self.payloads)
        found = {"client": secrets.token_urlsafe(16), "n": 1, "verb": verb, "seat": self.seat, "payload": dict(payload),
                 "age_ms": 0}
        for _ in range(self.random.choice((0, 1, 1, 2))):
            where = self.random.choice((found, found["payload"])) if isinstance(found.get("payload"), dict) else found
            key = self.random.choice([*where, "more"])
            if self.random.random() < 0.2:
                where.pop(key, None)
            else:
                where[key] = copy.deepcopy(self.random.choice(ODD))  # the next damage may go into it
        return found

    def text(self) -> str:
        """JSON, or what was JSON before it was bent."""
        text = json.dumps(self.envelope(), ensure_ascii=True)
        for _ in range(self.random.choice((0, 0, 0, 1, 3))):
            at, what = self.random.randrange(len(text) + 1), self.random.random()
            if what < 0.3:
                text = text[:at]
            elif what < 0.6:
                text = text[:at] + self.random.choice(SAID) + text[at:]
            else:
                text = text[:at] + chr(self.random.choice((0, 34, 92, 123, 125, 0x7F, 0x20AC, 0x1F600))) + text[at + 1:]
        return text

    def frame(self) -> str:
        """A packet of Socket.IO, more or less."""
        kind = self.random.random()
        if kind < 0.6:
            return f'42{self.random.randrange(10**6)}["{self.random.choice(EVENTS)}",{self.text()}]'
        if kind < 0.85:
            return self.random.choice(PACKETS) + self.text()
        return self.random.choice(PACKETS) + self.random.choice(SAID)


async def trial(frames: int, seed: int, pace: float | None) -> dict:
    """Mallory sends; two rooms go on working, and nothing of it is seen there."""
    async with stage(6, where={"spare": 1}, **FREE) as here:
        mallory = await asyncio.to_thread(Device(here.server.url).join, here.place.code, "Mallory", room=3)
        stop = asyncio.Event()
        working = asyncio.create_task(work(here.crowd, stop))
        try:
            said = await asyncio.to_thread(attack, here, mallory, frames, seed)
        finally:
            stop.set()
            await working
        judged = await here.judged()
        found = await here.crowd.evidence()
        judged["faults"] += [f"Mallory was answered {code}" for code in said if code in ("ok", "our_fault", "500")]
        judged["faults"] += ["the server died"] * (here.server.process.poll() is not None)
        judged = held(judged, pace, ("p99 of the answers to the others, ms", judged["acknowledgement"].get("p99"), OTHERS))
        return judged | {"answers": dict(said.most_common()), "journal": len(found.journal)}


async def work(crowd, stop: asyncio.Event) -> None:
    """The others go on."""
    while not stop.is_set():
        await crowd.work(0.5, 10)


def attack(here, mallory: Device, frames: int, seed: int) -> Counter:
    """Send so many frames; {answer: how often}."""
    fuzz, said = Fuzz(here.place, mallory, seed), Counter()
    for begin in range(0, frames, BATCH):
        mallory.acks, mallory.heard = {}, []
        try:
            if begin == 0 or mallory.ended:
                said["connections"] += 1
                mallory.connect().pump(lambda: mallory.cursor)
            for _ in range(min(BATCH, frames - begin)):
                mallory.ws.send(fuzz.frame().encode("utf-8", "surrogatepass"), opcode=websocket.ABNF.OPCODE_TEXT)
            mallory.ws.send('42777777777["ask",{}]')
            if not mallory.pump(lambda: 777777777 in mallory.acks):
                mallory.ended = True
        except (OSError, websocket.WebSocketException, ValueError):
            mallory.ended = True
        if mallory.ended:
            mallory.ws.shutdown()
        for answer in (*mallory.acks.values(), *(one[1] for one in mallory.heard if one[0] == "refused")):
            said["ok" if answer.get("ok") else answer.get("code") or next(iter(answer.keys() - {"n"}), "?")] += 1
        said["http " + str(post(here, mallory, fuzz))] += 1
    mallory.ws.shutdown()
    return said


def post(here, mallory: Device, fuzz: Fuzz) -> int:
    """One over HTTP; the status, or ok if the answer is."""
    path = fuzz.random.choice(("/api/do", "/api/do", "/api/join", "/api/changes?since=", f"/api/{secrets.token_hex(3)}"))
    text = fuzz.text()
    data = None if "?" in path else text.encode("utf-8", "surrogatepass")
    path = path + urllib.parse.quote(text[:200], errors="replace") if "?" in path else path
    asked = urllib.request.Request(here.server.url + path, data, {
        "Content-Type": "application/json", "X-Workshop": "1", "Cookie": mallory.cookie})
    try:
        with urllib.request.urlopen(asked, timeout=60) as answer:
            return "ok" if json.load(answer).get("ok") else answer.status
    except urllib.error.HTTPError as error:
        error.close()
        return "500" if error.code >= 500 else error.code


def report(**figures) -> dict:
    """The report of a trial."""
    return run(trial, **figures)


def test_no_damaged_command_changes_anything_breaks_anything_or_is_met_with_silence():
    found = report(**SMALL)
    assert found["faults"] == []
    assert sum(found["answers"].values()) > SMALL["frames"] / 3
    assert {"bad_envelope", "bad_payload", "not_here", "bad_message", "unknown_event"} <= found["answers"].keys()
    assert found["commands"]["ok"] > 5, "the others worked"
