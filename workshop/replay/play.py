"""Plays a recording: one simulated device per person does what was recorded, when it was recorded; then everything is
compared."""
import asyncio
import time
from collections import Counter

from workshop.domain.shapes import Json
from workshop.replay.client.device import Device, Refused
from workshop.replay.figures import percentiles

AT_ONCE = 16  # people who come in at the same time
CROWDED = ("too_many_at_once", "slow_down")  # said to so many at the door from one address: they try again
PATIENCE = 60.0  # seconds that the last change may need to reach everybody


class Play:
    """Holds a run of a recording on a server. `speed`: recorded seconds per second; None: no waiting.

    `through`: other addresses of the same server, of bad lines; every third person comes by one of them.
    A kind of recording says in `rooms` who comes where, in `live` what they do, in `settled` what must come to hold.
    """

    def __init__(self, url: str, code: str, speed: float | None, through: tuple[str, ...] = ()):
        self.url, self.code, self.speed, self.through = url, code, speed, through
        self.devices: dict[str, Device] = {}
        self.counts: Counter[str] = Counter()
        self.refusals: Counter[str] = Counter()
        self.sent: dict[str, tuple[Device, float]] = {}  # card id -> by whom and when it was sent
        self.began = 0.0
        self.server: int | None = None  # the process that serves, where it is ours

    def rooms(self) -> dict[str, int]:
        """Returns {person: number of the room}."""
        raise NotImplementedError

    async def live(self, person: str) -> None:
        """Returns a person's acts, one after the other."""
        raise NotImplementedError

    async def settled(self) -> bool:
        """Tells whether all that was acknowledged is on every screen."""
        raise NotImplementedError

    async def report(self) -> Json:
        """Returns what this kind of recording has to say in the end, beside `figures`."""
        raise NotImplementedError

    async def run(self) -> Json:
        """Plays and reports. Raises device.Refused when the server does not know the stage."""
        try:
            await self._gather()
            self.began = time.monotonic()
            await self.play()
            seconds = round(time.monotonic() - self.began, 2)
            level = await self._calm()
            return self.figures() | await self.report() | {
                "equal_screens": level is not None, "level_after_seconds": level, "seconds": seconds}
        finally:
            for device in self.devices.values():
                await device.stop()

    async def play(self) -> None:
        """Lets everybody live."""
        async with asyncio.TaskGroup() as group:
            for person in self.devices:
                group.create_task(self.live(person))

    async def _gather(self) -> None:
        """Everybody joins and connects."""
        door = asyncio.Semaphore(AT_ONCE)

        async def come(person: str, room: int) -> None:
            async with door:
                device = self.devices[person] = Device(self._way(len(self.devices)))
                while not device.place:
                    try:
                        await device.join(self.code, f"#{person}", room=room)
                    except Refused as refused:
                        if refused.code not in CROWDED:
                            raise
                        await asyncio.sleep(0.5)
                device.start()
                await device.up.wait()
        async with asyncio.TaskGroup() as group:
            for person, room in self.rooms().items():
                group.create_task(come(person, room))

    def _way(self, number: int) -> str:
        """Returns the address by which the person of this number comes."""
        bad = bool(self.through) and number % 3 == 0
        return self.through[number // 3 % len(self.through)] if bad else self.url

    async def until(self, at: int) -> None:
        """Waits for the time of an act (recorded milliseconds since the beginning)."""
        if self.speed:
            await asyncio.sleep(max(0.0, self.began + at / 1000 / self.speed - time.monotonic()))

    async def write(self, device: Device, payload: Json) -> bool:
        """Puts an idea on its board; tells whether it was taken."""
        self.counts["ideas"] += 1
        item = device.write("contribution.add", payload)
        answer = await item.answer
        self.sent[payload["id"]] = (device, item.sent_at or 0.0)
        return self.count(answer)

    def count(self, answer: Json) -> bool:
        """Note an answer."""
        if answer["ok"]:
            self.counts["acknowledged"] += 1
        else:
            self.refusals[answer["code"]] += 1
        return bool(answer["ok"])

    async def look(self, device: Device) -> dict[str, Json]:
        """Returns the cards of a device's streams as the server answers them over HTTP, without what is only its own."""
        fresh = Device(self.url)
        fresh.cookie = device.cookie
        for stream in device.place["streams"]:
            fresh.copy.keep(await fresh.http("/api/changes", stream=stream))
        return fresh.copy.common()

    async def _calm(self) -> float | None:
        """Seconds from the last answer until all screens are equal; None: they never were."""
        since = time.monotonic()
        while (waited := time.monotonic() - since) < PATIENCE:
            if await self.settled():
                return round(waited, 2)
            await asyncio.sleep(0.1)
        return None

    def figures(self) -> Json:
        """Returns {speed, people, acknowledged, refused, refusals, deliveries, frames, …, p50_ms, p95_ms, p99_ms, delivery}.

        p50_ms and so on: from the first sending of a command until its answer; `delivery`: from the sending of an idea until
        it is on each of the other screens; `deliveries` counts the cards that reached the devices over the line.
        """
        devices = self.devices.values()
        waits = percentiles([wait for device in devices for wait in device.waits])
        seen = [other.seen[card] - at for card, (device, at) in self.sent.items() for other in devices
                if other is not device and card in other.seen]
        counts = sum((device.counts for device in devices), Counter())
        return {
            "speed": self.speed or "max", "people": len(devices), "acknowledged": self.counts["acknowledged"],
            "refused": self.refusals.total(), "refusals": dict(self.refusals),
            **{name: counts[name] for name in ("deliveries", "frames", "asks", "connections", "retries")},
            **{f"p{p}_ms": waits.get(f"p{p}") for p in (50, 95, 99)}, "delivery": percentiles(seen)}
