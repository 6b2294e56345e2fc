"""The play: one simulated device per person does what was recorded, when it was recorded; then everything is compared."""
import asyncio
import time
from collections import Counter

from workshop.replay.device import Device
from workshop.replay.figures import percentiles
from workshop.replay.recording import Act, Recording
from workshop.replay.stage import Stage, idea

AT_ONCE = 16  # people who come in at the same time
PATIENCE = 60.0  # seconds that the last change may need to reach everybody
NOTHING = {"agree": 0, "disagree": 0, "pass": 0}


class Play:
    """A run of a recording on a server.  `speed`: recorded seconds per second; None: no waiting.

    `through`: other addresses of the same server, of bad lines; every third person comes by one of them.
    """

    def __init__(self, url: str, stage: Stage, recording: Recording, speed: float | None, through: tuple[str, ...] = ()):
        self.through = through
        self.url, self.stage, self.recording, self.speed = url, stage, recording, speed
        self.devices: dict[str, Device] = {}
        self.there = {key: asyncio.Event() for key in recording.texts}  # the idea is on the board, or was refused
        self.taken: set[str] = set(recording.seeds)
        self.counts, self.refusals = Counter(), Counter()
        self.sent: dict[str, tuple[Device, float]] = {}  # card id -> by whom and when it was sent
        self.began = 0.0

    async def run(self) -> dict:
        """Play and report: see `report`.  Raises device.Refused when the server does not know the stage."""
        for key in self.recording.seeds:
            self.there[key].set()
        try:
            await self.gather()
            self.began = time.monotonic()
            async with asyncio.TaskGroup() as group:
                for person, acts in self.recording.of().items():
                    group.create_task(self.live(self.devices[person], acts))
            seconds = time.monotonic() - self.began
            equal = await self.calm()
            return self.report(await self.tally(), equal) | {"seconds": round(seconds, 2)}
        finally:
            for device in self.devices.values():
                await device.stop()

    async def gather(self) -> None:
        """Everybody joins, connects and sees the first ideas."""
        door = asyncio.Semaphore(AT_ONCE)

        async def come(person: str) -> None:
            async with door:
                device = self.devices[person] = Device(self.way(len(self.devices)))
                await device.join(self.stage.code, f"#{person}", room=self.stage.room)
                device.start()
                await device.up.wait()
        async with asyncio.TaskGroup() as group:
            for person in self.recording.people:
                group.create_task(come(person))

    def way(self, number: int) -> str:
        """The address by which the person of this number comes."""
        bad = bool(self.through) and number % 3 == 0
        return self.through[number // 3 % len(self.through)] if bad else self.url

    async def live(self, device: Device, acts: list[Act]) -> None:
        """A person's acts one after the other, each not before its time and not before its idea is there."""
        for act in acts:
            if self.speed:
                await asyncio.sleep(max(0.0, self.began + act.at / 1000 / self.speed - time.monotonic()))
            if act.opinion is None:
                await self.write(device, act.idea)
            else:
                await self.there[act.idea].wait()
                if act.idea in self.taken:
                    self.counts["votes_sent"] += 1
                    self.count(await device.vote(self.stage.vote, {self.stage.cards[act.idea]: act.opinion}))
                else:
                    self.refusals["idea_was_refused"] += 1

    async def write(self, device: Device, key: str) -> None:
        """Put an idea on the board."""
        self.counts["ideas"] += 1
        item = device.write("contribution.add", idea(self.stage, self.recording, key))
        answer = await item.answer
        self.sent[self.stage.cards[key]] = (device, item.sent_at)
        if self.count(answer):
            self.taken.add(key)
        self.there[key].set()

    def count(self, answer: dict) -> bool:
        """Note an answer."""
        if answer["ok"]:
            self.counts["acknowledged"] += 1
        else:
            self.refusals[answer["code"]] += 1
        return answer["ok"]

    async def look(self) -> dict[str, dict]:
        """The cards of all streams as the server answers them over HTTP to one device, without what is only its own."""
        device = next(iter(self.devices.values()))
        fresh = Device(self.url)
        fresh.cookie = device.cookie
        for stream in device.place["streams"]:
            fresh.copy.keep(await fresh.http("/api/changes", stream=stream))
        return fresh.copy.common()

    async def calm(self) -> bool:
        """Wait until the tally is the sum of what was acknowledged and every screen shows what the server answers."""
        until = time.monotonic() + PATIENCE
        expected = self.expected()
        while time.monotonic() < until:
            cards = await self.look()
            items = (cards[self.stage.vote]["tally"] or {"items": {}})["items"]
            if items == expected and all(device.copy.common() == cards for device in self.devices.values()):
                return True
            await asyncio.sleep(0.2)
        return False

    def expected(self) -> dict[str, dict]:
        """The tally's items, counted from the ballots that the devices know to be saved."""
        items: dict[str, dict] = {}
        for device in self.devices.values():
            for ballot in device.ballots.values():
                for card, opinion in ballot["choices"].items():
                    name = {1: "agree", -1: "disagree", 0: "pass"}[opinion]
                    items.setdefault(card, dict(NOTHING))[name] += 1
        return items

    async def tally(self) -> dict[str, dict]:
        """{idea: {agree, disagree, pass}} as the server answers it."""
        items = ((await self.look())[self.stage.vote]["tally"] or {"items": {}})["items"]
        return {key: {name: items.get(card, NOTHING)[name] for name in NOTHING} for key, card in self.stage.cards.items()
                if key in self.taken}

    def report(self, totals: dict, equal: bool) -> dict:
        """{people, ideas, votes_sent, acknowledged, refused, deliveries, p50_ms, p95_ms, p99_ms, totals, equal_screens …}.

        p50_ms and so on: from the first sending of a command until its answer; `delivery`: from the sending of an idea until
        it is on each of the other screens; `deliveries` counts the cards that reached the devices over the line.
        """
        devices = self.devices.values()
        waits = percentiles([wait for device in devices for wait in device.waits])
        seen = [other.seen[card] - at for card, (device, at) in self.sent.items() for other in devices
                if other is not device and card in other.seen]
        counts = sum((device.counts for device in devices), Counter())
        return {
            "conversation": self.recording.name, "speed": self.speed or "max",
            "people": len(devices), "ideas": len(self.recording.seeds) + self.counts["ideas"],
            "seeded": len(self.recording.seeds), "votes_sent": self.counts["votes_sent"],
            "acknowledged": self.counts["acknowledged"], "refused": self.refusals.total(), "refusals": dict(self.refusals),
            "deliveries": counts["deliveries"], "frames": counts["frames"], "asks": counts["asks"],
            "connections": counts["connections"], "retries": counts["retries"],
            **{f"p{p}_ms": waits.get(f"p{p}") for p in (50, 95, 99)}, "delivery": percentiles(seen),
            "totals": totals, "equal_screens": equal}
