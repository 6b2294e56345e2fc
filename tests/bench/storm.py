"""A storm: many devices post at once against a real server, which may be killed meanwhile.

    python -m tests.bench.storm [--kill N] [--seconds 60] [--devices 90] [--rooms 6] [--rate 10] [--writers 0]

Prints JSON.  Checked: every acknowledged idea is on every screen of its room exactly once, nothing else is there, and the
screens are equal to each other and to what the server answers over HTTP.  The program ends with 1 when something is not.
"""
import argparse
import asyncio
import json
import random
import secrets
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from tests.live.server import Server
from tests.support import cast
from workshop.actions.rooms import building, workshops
from workshop.replay.client.device import Device
from workshop.replay.figures import cpu_seconds, percentiles

CALM = 60.0  # seconds that everything written may need to reach everybody once the storm is over


@dataclass
class Storm:
    """The settings of a run and what it measured."""

    devices: int = 90
    rooms: int = 6
    rate: float = 10.0  # ideas a second in all
    seconds: float = 60.0
    kills: int = 0
    writers: int = 0  # so many in each room write, 0: everybody
    people: list[list[Device]] = field(default_factory=list)  # by room
    boards: list[str] = field(default_factory=list)
    written: dict[str, tuple[int, object]] = field(default_factory=dict)  # idea id -> (room, outbox item)
    restarts: list[tuple[float, float, float]] = field(default_factory=list)  # killed, started again, answering (monotonic)
    cpu: float = 0.0

    def run(self) -> dict:
        """The report of a whole run on a fresh data folder."""
        with tempfile.TemporaryDirectory() as folder:
            code = self.found(folder)
            server = Server(Path(folder))
            try:
                return asyncio.run(self.blow(server, code))
            finally:
                server.stop()

    def found(self, folder: str, database: str = "") -> str:
        """A workshop with open rooms in the data folder, or in the database; returns its code."""
        app = cast.app(folder, database=database)
        house = app.extensions["house"]
        with house.store.write() as session:
            workshop = workshops.create_workshop(session, house.clock(), None, "Tormenta", delegations=cast.DELEGATIONS)
            for i in range(self.rooms):
                room = building.build_room(session, workshop, f"Grupo {i + 1}", votes=("dots",))
                room.opened_at = house.clock()
                session.flush()
                self.boards.append(room.id)
            code = workshop.code
        self.boards = [cast.activities(app, room)["ideas"] for room in self.boards]
        house.store.close()
        return code

    async def blow(self, server: Server, code: str) -> dict:
        """Everybody joins, posts, and the server dies as often as asked; then calm, then the count."""
        await asyncio.to_thread(server.start)
        everybody = await self.come([server], code)
        before, began = cpu_seconds(server.process.pid), time.monotonic()
        killing = asyncio.create_task(self.kill(server, began))
        await self.post(began)
        await killing
        calm = await self.calm()
        self.cpu += cpu_seconds(server.process.pid) - before
        faults = await self.faults()
        report = self.report(calm) | {"faults": faults}
        for device in everybody:
            await device.stop()
        return report

    async def come(self, servers: list[Server], code: str) -> list[Device]:
        """Everybody takes a seat and connects, at the servers by turns."""
        self.people = [[Device(servers[j % len(servers)].url) for j in range(i, self.devices, self.rooms)]
                       for i in range(self.rooms)]
        for i, group in enumerate(self.people):
            for j, device in enumerate(group):
                await device.join(code, f"Persona {i}-{j}", room=i + 1)
        everybody = [device.start() for group in self.people for device in group]
        await asyncio.gather(*(device.up.wait() for device in everybody))
        return everybody

    async def post(self, began: float, seconds: float | None = None) -> None:
        """One idea after the other at the rate, each from a device drawn by lot."""
        for i in range(int(self.rate * (seconds or self.seconds))):
            await asyncio.sleep(max(0.0, began + i / self.rate - time.monotonic()))
            room = i % self.rooms
            idea = {"activity": self.boards[room], "id": secrets.token_urlsafe(9),
                    "body": {"text": self.text()}}
            writer = random.choice(self.people[room][:self.writers or None])
            self.written[idea["id"]] = (room, writer.write("contribution.add", idea))

    def text(self) -> str:
        """What the next idea says; no two say the same."""
        return f"Idea {len(self.written)}: guardar semilla propia para la próxima siembra"

    async def kill(self, server: Server, began: float) -> None:
        """kill -9 and start again, evenly over the storm."""
        for i in range(self.kills):
            await asyncio.sleep(max(0.0, began + self.seconds * (i + 1) / (self.kills + 1) - time.monotonic()))
            self.cpu += cpu_seconds(server.process.pid)
            killed = time.monotonic()
            server.kill()
            started = time.monotonic()
            await asyncio.to_thread(server.start)
            self.restarts.append((killed, started, time.monotonic()))

    async def calm(self) -> float:
        """Seconds until all outboxes are empty and every screen has every idea of its room; CALM when they never are."""
        since = time.monotonic()
        while time.monotonic() - since < CALM and not self.settled():
            await asyncio.sleep(0.05)
        return time.monotonic() - since

    def settled(self) -> bool:
        """Whether nobody has anything to send and every idea written is on every screen of its room."""
        here = [{key for key, (room, _) in self.written.items() if room == i} for i in range(self.rooms)]
        return all(not device.outbox.items and here[i] <= device.copy.shown("idea").keys()
                   for i, group in enumerate(self.people) for device in group)

    async def faults(self) -> list[str]:
        """What is not as it must be, in words; empty when all is well."""
        found = []
        for i, group in enumerate(self.people):
            told = {item.payload["body"]["text"] for room, item in self.written.values()
                    if room == i and item.answer.done() and item.answer.result()["ok"]}
            fresh = Device(group[0].url)
            fresh.cookie = group[0].cookie
            for stream in group[0].place["streams"]:
                fresh.copy.keep(await fresh.http("/api/changes", stream=stream))
            for j, device in enumerate(group):
                texts = Counter(card["body"]["text"] for card in device.copy.shown("idea").values())
                if lost := told - texts.keys():
                    found.append(f"room {i} screen {j}: {len(lost)} acknowledged ideas are missing")
                if twice := [text for text, n in texts.items() if n > 1]:
                    found.append(f"room {i} screen {j}: {len(twice)} ideas are there more than once")
                if strange := texts.keys() - told:
                    found.append(f"room {i} screen {j}: {len(strange)} ideas that nobody was told are saved")
                if device.copy.common() != fresh.copy.common():
                    found.append(f"room {i} screen {j} is not what the server answers")
        waiting = [item for _, item in self.written.values() if not item.answer.done()]
        refused = Counter(item.answer.result().get("code") for _, item in self.written.values()
                          if item.answer.done() and not item.answer.result()["ok"])
        return found + [f"{len(waiting)} ideas were never answered"] * bool(waiting) + [
            f"{n} ideas were refused: {code}" for code, n in refused.items()]

    def report(self, calm: float) -> dict:
        """The figures; times in milliseconds unless the name says seconds."""
        everybody = [device for group in self.people for device in group]
        reached = [device.seen[key] - item.sent_at for key, (room, item) in self.written.items() if item.sent_at
                   for device in self.people[room] if key in device.seen]
        counts = sum((device.counts for device in everybody), Counter())
        return {
            "devices": self.devices, "rooms": self.rooms, "seconds": self.seconds, "rate": self.rate, "kills": self.kills,
            "ideas": len(self.written), "acknowledged": sum(item.answer.done() for _, item in self.written.values()),
            "acknowledgement": percentiles([wait for device in everybody for wait in device.waits]),
            "delivery": percentiles(reached), "deliveries": len(reached), "cards": counts["deliveries"],
            "frames": counts["frames"], "connections": counts["connections"], "asks": counts["asks"],
            "server_cpu_seconds": round(self.cpu, 2), "deliveries_per_cpu_second": round(len(reached) / self.cpu),
            "calm_after_seconds": round(calm, 2), "restarts": [self.after(*moments) for moments in self.restarts]}

    def after(self, killed: float, started: float, answering: float) -> dict:
        """How long after a restart everything written before it was on every screen of its room."""
        last = max((device.seen.get(key, float("inf")) for key, (room, item) in self.written.items()
                    if item.written_at <= answering for device in self.people[room]), default=answering)
        return {"seconds_to_answer": round(answering - started, 2),
                "seconds_until_equal": round(max(0.0, last - answering), 2),
                "seconds_from_kill_until_equal": round(max(0.0, last - killed), 2)}


def main() -> int:
    """Blow, print, judge."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--kill", type=int, default=0)
    ask.add_argument("--seconds", type=float, default=60.0)
    ask.add_argument("--devices", type=int, default=90)
    ask.add_argument("--rooms", type=int, default=6)
    ask.add_argument("--rate", type=float, default=10.0)
    ask.add_argument("--writers", type=int, default=0, help="so many in each room write (0: everybody)")
    asked = ask.parse_args()
    report = Storm(asked.devices, asked.rooms, asked.rate, asked.seconds, asked.kill, asked.writers).run()
    print(json.dumps(report, indent=1))
    return 1 if report["faults"] else 0


if __name__ == "__main__":
    sys.exit(main())
