"""What people typed and what they were told: every device logs each command as invoke, then ok, fail or info.

ok and fail are the server's last word (kept, refused); info says that a line broke while the command was under way, so that
its fate is unknown until the next answer.
"""
import secrets
import time
from collections import Counter
from dataclasses import dataclass, field

from workshop.replay.client.device import Device

INVOKE, OK, FAIL, INFO = "invoke", "ok", "fail", "info"


@dataclass(frozen=True)
class Event:
    """A line of the history.  `op` names the command for ever; `text` is what was typed, in words that occur nowhere else
    (empty: none)."""

    what: str
    op: str
    device: str
    client: str
    verb: str = ""
    seat: str | None = None
    payload: dict = field(default_factory=dict)
    answer: dict = field(default_factory=dict)
    at: float = field(default_factory=time.monotonic)

    @property
    def text(self) -> str:
        """The text of the command, empty if it has none."""
        return (self.payload.get("body") or {}).get("text", "")


@dataclass
class History:
    """All events in the order in which they happened, of all devices."""

    events: list[Event] = field(default_factory=list)

    def add(self, what: str, op: str, device: "Witness", **more) -> None:
        """One line."""
        self.events.append(Event(what, op, device.name, device.outbox.client, **more))

    def typed(self) -> dict[str, Event]:
        """op -> its invoke."""
        return {event.op: event for event in self.events if event.what == INVOKE}

    def told(self, what: str) -> dict[str, dict]:
        """op -> answer, of the ops that were answered so (ok, fail)."""
        return {event.op: event.answer for event in self.events if event.what == what}

    def counts(self) -> dict[str, int]:
        """{invoke, ok, fail, info}."""
        return dict(Counter(event.what for event in self.events))


class Witness(Device):
    """A device that writes the history.  `captured`: everything it ever heard, if `captures`."""

    def __init__(self, url: str, name: str, history: History, captures: bool = False):
        super().__init__(url)
        self.name, self.history, self.captures = name, history, captures
        self.captured: list[str] = []
        self.own: list[str] = []  # ids of the cards written here, oldest first
        self.numbers: dict[str, set[int]] = {}  # stream -> numbers that cards were seen to bear

    async def join(self, *args, **options) -> "Witness":
        """Take seats under the device's name."""
        return await super().join(args[0], *(args[1:] or (self.name,)), **options)

    def write(self, verb: str, payload: dict, seat: str | None = None):
        """Log and write a command."""
        seat = seat or (self.place["seats"][0]["id"] if self.place.get("seats") else None)
        op = payload["id"] if verb == "contribution.add" else secrets.token_urlsafe(9)
        self.history.add(INVOKE, op, self, verb=verb, seat=seat, payload=payload)
        item = self.outbox.add(verb, seat, payload)
        item.op = op
        self._flush()
        return item

    def waiting(self) -> list[str]:
        """The ops in the outbox."""
        return [item.op for item in self.outbox.items]

    def add(self, activity: str, text: str, **more) -> str:
        """Write an idea or, with `parent`, a comment; returns the card's id, which is its op too."""
        key = secrets.token_urlsafe(9)
        self.write("contribution.add", {"activity": activity, "id": key, "body": {"text": text}} | more)
        if "parent" not in more:
            self.own.append(key)
        return key

    async def leave(self) -> None:
        """The device is out of reach; what it writes waits."""
        await self.stop()
        self._task = None

    def _take(self, message: str) -> None:
        if self.captures:
            self.captured.append(message)
        super()._take(message)

    def _keep(self, frame: dict, asked: int = 0) -> None:
        self.numbers.setdefault(frame["stream"], set()).update(card["seq"] for card in frame["cards"])
        self.counts["snapshots"] += frame["was"] == 0
        super()._keep(frame, asked)

    def _hang_up(self) -> None:
        for what, item, _since in self._pending.values():
            if what == "do":
                self.history.add(INFO, item.op, self)
        super()._hang_up()

    def _done(self, item, answer: dict) -> None:
        if "card" in answer and answer.get("ok"):
            self.numbers.setdefault(answer["stream"], set()).add(answer["seq"])
        super()._done(item, answer)
        if "ok" in answer:
            self.history.add(OK if answer["ok"] else FAIL, item.op, self, answer=answer)
