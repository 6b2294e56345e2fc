"""A device over real sockets: joins by HTTP, then speaks Engine.IO 4 / Socket.IO 5 by hand, as the protocol page says."""
import json
import secrets
import time
import urllib.request

import websocket

from tests.support.waiting import PATIENCE
from workshop.replay.client.copy import order

ASKED = 90_000  # numbers of questions; commands have lower ones

def idea(server, text: str, room: int = 0) -> dict:
    """The payload of a new idea in a room of the founding meeting."""
    return {"activity": server.meeting["activities"][room]["ideas"], "id": secrets.token_urlsafe(9), "body": {"text": text}}


class Device:
    """One device with its seats, its cookie and its socket.

    `cards`: the screen; `ballots`: own ballots by activity; `heard`: other events but heads; `ended`: the server hung up.
    """

    def __init__(self, url: str):
        self.url, self.cookie, self.place = url, "", {}
        self.cards: dict[str, dict] = {}
        self.cursor: dict[str, list] = {}
        self.times_seen: dict[str, int] = {}
        self.client, self.n, self.acks, self.ws = secrets.token_urlsafe(16), 0, {}, None
        self.ballots: dict[str, dict] = {}
        self.heard: list[list] = []
        self.frames: list[list[str]] = []  # ids of the cards of each frame that came by itself
        self.data_saver = False
        self.ended, self.asked = False, 0

    def join(self, code: str, *names: str, room: int = 1, **more) -> "Device":
        """Take seats."""
        seats = [{"name": name, "channel": "hall"} | more for name in names]
        body = json.dumps({"code": code, "room": room, "seats": seats}).encode()
        asked = urllib.request.Request(self.url + "/api/join", body, {"Content-Type": "application/json", "X-Workshop": "1"})
        with urllib.request.urlopen(asked, timeout=PATIENCE) as answer:
            self.place = json.load(answer)
            self.cookie = answer.headers["Set-Cookie"].split(";")[0]
        return self

    def staff(self, cookie: str, *streams: str) -> "Device":
        """Be a signed-in facilitator who follows `streams`."""
        self.cookie, self.place = f"tinkuy={cookie}", {"streams": streams}
        return self

    def tab(self, url: str = "") -> "Device":
        """Another tab of the same browser: the same cookie and seats, an outbox of its own."""
        other = Device(url or self.url)
        other.cookie, other.place = self.cookie, self.place
        return other

    def post(self, path: str) -> None:
        """A request that changes something, as the pages' script sends it."""
        asked = urllib.request.Request(self.url + path, b"{}", {"Content-Type": "application/json", "X-Workshop": "1",
                                                                "Cookie": self.cookie})
        urllib.request.urlopen(asked, timeout=PATIENCE).close()

    def knock(self) -> "Device":
        """Open a socket and say nothing."""
        self.close()
        self.ended = False
        self.ws = self.open_socket()
        self.ws.recv()
        return self

    def open_socket(self):
        """The websocket; without compression, which this library does not read."""
        return websocket.create_connection(
            self.url.replace("http", "ws") + "/socket.io/?EIO=4&transport=websocket", cookie=self.cookie, timeout=PATIENCE,
            enable_multithread=True)

    def connect(self) -> "Device":
        """Open the socket with the cursors held so far."""
        self.knock()
        self.ws.send("40" + json.dumps({"v": 1, "watch": {s: self.cursor.get(s) for s in self.place["streams"]},
                                     "light": self.data_saver}))
        return self

    def close(self) -> None:
        """Drop the socket."""
        if self.ws:
            self.ws.close()
            self.ws.shutdown()

    def pump(self, until, seconds: float = PATIENCE) -> bool:
        """Read frames until the condition holds; False when the time is over or the line is closed first."""
        end = time.monotonic() + seconds
        while not until():
            left = end - time.monotonic()
            if left <= 0:
                return False
            self.ws.settimeout(left)
            try:
                self.take(self.ws.recv())
            except websocket.WebSocketTimeoutException:
                return False
            except (websocket.WebSocketException, OSError):
                self.ended = True
                return until()
        return True

    def is_cut(self, seconds: float = PATIENCE) -> bool:
        """Whether the server ends the line within the time."""
        self.pump(lambda: False, seconds)
        return self.ended

    def take(self, frame: str) -> None:
        """Understand one frame."""
        if not frame:
            raise websocket.WebSocketConnectionClosedException("closed")
        if frame == "2":
            self.ws.send("3")
        elif frame.startswith("42"):
            event, *rest = json.loads(frame[2:])
            if event == "cards":
                self.frames.append([card["id"] for card in rest[0]["cards"]])
                self.keep(rest[0])
            elif event in ("hello", "my_ballot"):
                for ballot in rest[0]["ballots"] if event == "hello" else rest:
                    self.ballots[ballot["activity"]] = ballot
            elif event == "head":
                for stream, head in rest[0]["streams"].items():
                    if self.cursor.get(stream) != head:
                        self.ask(stream)
            else:
                self.heard.append([event, *rest])
        elif frame.startswith("43"):
            start = frame.index("[")
            answer = self.acks[int(frame[2:start])] = json.loads(frame[start:])[0]
            if "cards" in answer:
                self.keep(answer)

    def asked_of(self, stream: str) -> dict:
        """What the server says when it is asked for the stream."""
        self.ask(stream)
        n = ASKED + self.asked
        assert self.pump(lambda: n in self.acks)
        return self.acks[n]

    def ask(self, stream: str) -> None:
        """Ask what changed in a stream."""
        self.asked += 1
        epoch, since = self.cursor.get(stream) or [None, 0]
        self.ws.send(f"42{ASKED + self.asked}" + json.dumps(["ask", {"stream": stream, "epoch": epoch, "since": since}]))

    def keep(self, frame: dict) -> None:
        """Cards with a higher number replace ours; the cursor moves only where the frame fits."""
        for card in frame["cards"]:
            if seat := frame.get("own", {}).get(card["id"]):
                card["mine"] = seat
            held = self.cards.get(card["id"])
            if held is None or order(held) < order(card):
                self.cards[card["id"]] = card
                self.times_seen[card["id"]] = self.times_seen.get(card["id"], 0) + 1
        cursor = self.cursor.get(frame["stream"])
        if frame["was"] == 0 or (cursor and cursor[0] == frame["epoch"] and frame["was"] <= cursor[1] < frame["now"]):
            self.cursor[frame["stream"]] = [frame["epoch"], frame["now"]]

    def send(self, verb: str, payload: dict, seat: int | None = 0, n: int | None = None, **more) -> int:
        """Send a command from a seat (None: as an account) without waiting; returns its number."""
        if n is None:
            self.n += 1
            n = self.n
        envelope = {"client": self.client, "n": n, "verb": verb, "payload": payload,
                    "seat": None if seat is None else self.place["seats"][seat]["id"]} | more
        self.ws.send(f"42{n}" + json.dumps(["do", envelope]))
        return n

    def do(self, verb: str, payload: dict, seat: int | None = 0, **more) -> dict:
        """Send a command and wait for its answer."""
        n = self.send(verb, payload, seat, **more)
        assert self.pump(lambda: n in self.acks), f"no answer to {verb}"
        return self.acks[n]

    def ideas(self) -> list[dict]:
        """The ideas on the screen, by number."""
        return sorted((c for c in self.cards.values() if c.get("kind") == "idea"), key=lambda c: c.get("number", 0))
