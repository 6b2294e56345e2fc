"""What an idea and a join cost on SQLite and on PostgreSQL, and what three processes on one PostgreSQL cost beside one.

    python -m tests.bench.stores [--listeners 90] [--rate 10] [--seconds 20] [--cells sqlite,postgres,postgres3] [--rounds 1]

A cell is a store and a number of processes (`postgres3`: three with Redis between them, `postgres3-look`: without, `-plain`:
WORKSHOP_STORE=plain).  Everybody is in one room, by turns at one process or another, and by turns everybody writes.  CPU is
that of the server's processes and of PostgreSQL's, from /proc, from the first idea until all screens have all of them;
commits wait for the disk (synchronous_commit and fsync are on).  The last lines are the ratios.
"""
import argparse
import asyncio
import json
import os
import statistics
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench.storm import Storm
from tests.live.server import Server
from tests.support.servers import Postgres, Redis
from workshop.replay.figures import cpu_seconds, percentiles

CELLS = "sqlite,postgres,postgres3"
TICK = os.sysconf("SC_CLK_TCK")


@dataclass
class Cell(Storm):
    """A storm on one room of one store."""

    name: str = "sqlite"
    rooms: int = 1
    servers: list[Server] = field(default_factory=list)
    engine: Postgres | None = None

    def run(self) -> dict:
        """The figures of the cell, in ms: {cell, ideas, CPU for an idea and for a join, acknowledgement, delivery}."""
        with ExitStack() as stack:
            folder = stack.enter_context(tempfile.TemporaryDirectory())
            settings = {"store": "plain"} if "-plain" in self.name else {}
            if self.name.startswith("postgres"):
                self.engine = Postgres(fsync="on", full_page_writes="on", shared_buffers="128MB")
                stack.callback(self.engine.close)
                settings["database"] = self.engine.database()
                if self.count > 1 and "-look" not in self.name:
                    redis = Redis()
                    stack.callback(redis.close)
                    settings["redis"] = redis.url
            code = self.found(folder, settings.get("database", ""))
            for _ in range(self.count):
                self.servers.append(Server(Path(folder), **settings).start())
                stack.callback(self.servers[-1].stop)
            return asyncio.run(self.weigh(code))

    @property
    def count(self) -> int:
        """How many processes."""
        return int("".join(sign for sign in self.name if sign.isdigit()) or 1)

    async def weigh(self, code: str) -> dict:
        """Everybody comes in, writes, is still."""
        before = self.used()
        everybody = await self.come(self.servers, code)
        joined = self.used()
        await asyncio.sleep(3)  # who has come is told to the others
        began = self.used()
        await self.post(asyncio.get_running_loop().time())
        await self.calm()
        ended = self.used()
        faults = await self.faults()
        for device in everybody:
            await device.stop()
        if faults:
            raise RuntimeError("; ".join(faults[:5]))
        reached = [device.seen[key] - item.sent_at for key, (room, item) in self.written.items()
                   for device in self.people[room]]
        spent = [1000 * (after - at) / len(self.written) for at, after in zip(began, ended, strict=True)]
        return {"cell": self.name, "ideas": len(self.written), "idea_ms": round(sum(spent), 2),
                "idea_server_ms": round(spent[0], 2), "idea_database_ms": round(spent[1], 2),
                "join_ms": round(1000 * (sum(joined) - sum(before)) / self.devices, 2),
                "acknowledgement": percentiles([wait for device in everybody for wait in device.waits]),
                "delivery": percentiles(reached), "load": round(os.getloadavg()[0], 2)}

    def used(self) -> tuple[float, float]:
        """Processor seconds of (the servers, the database) until now."""
        return (sum(cpu_seconds(server.process.pid) for server in self.servers),
                family(self.engine.process.pid) if self.engine else 0.0)


def family(pid: int) -> float:
    """Processor seconds of a process and its children, those that have ended too."""
    total = 0
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            said = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(path.parent.name) == pid:
            total += sum(map(int, said[11:15]))
        elif int(said[1]) == pid:
            total += sum(map(int, said[11:13]))
    return total / TICK


def main() -> int:
    """Measure cell by cell, print the figures and their ratios."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--listeners", type=int, default=90)
    ask.add_argument("--rate", type=float, default=10.0, help="ideas a second in all")
    ask.add_argument("--seconds", type=float, default=20.0)
    ask.add_argument("--cells", default=CELLS)
    ask.add_argument("--rounds", type=int, default=1)
    asked = ask.parse_args()
    found: dict[str, list[dict]] = {name: [] for name in asked.cells.split(",")}
    for _ in range(asked.rounds):
        for name, cells in found.items():
            cells.append(Cell(asked.listeners, rate=asked.rate, seconds=asked.seconds, name=name).run())
            print(json.dumps(cells[-1]), flush=True)
    print(f"\n{asked.listeners} listeners, {asked.rate:g} ideas/s, {asked.seconds:g} s, medians of {asked.rounds}")
    first = next(iter(found))
    for what in ("idea_ms", "join_ms"):
        of = {name: statistics.median(cell[what] for cell in cells) for name, cells in found.items()}
        print(what, *(f"{name} {value:.1f} ({value / of[first]:.2f} x {first}"
                      + (f", {value / of['postgres']:.2f} x postgres)" if "postgres" in of else ")")
                      for name, value in of.items()), sep="   ")
    return 0


if __name__ == "__main__":
    sys.exit(main())
