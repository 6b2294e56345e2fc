"""What bad input costs the others: people work, and somebody sends it all the while.

    python -m tests.bench.hostile [--during 6] [--only NAME,NAME] [--descriptors 256] [--bars]

Twenty people in two rooms post ten ideas a second; first nobody disturbs them, then one case of cases.py after the other,
from another process.  Prints a table and JSON: how long the answers to the others took and how many times as long as when
nobody disturbed; how many of their ideas were saved, and how many of those are on every screen of the room once at the end;
by how much the server grew; what the sender was told and with what its line was ended.  `--bars` (bars.py) ends with 1
unless 99 of 100 answers to the others took at most 200 ms in each case, the process went on, without a traceback and without
growing much, nothing that was saved is missing or doubled, nobody else's line was ended, and the sender was told and its
line kept as the protocol says.
"""
import argparse
import asyncio
import json
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.bench.hostile.bars import judge, table
from tests.bench.hostile.cases import CASES, noise
from tests.bench.storm import Storm
from tests.faults.trials.line.test_t09_slow_readers import memory
from tests.live.server import Server
from workshop.replay.figures import percentiles


class Hall(Storm):
    """A storm that goes on while each case is tried; the third room is the sender's."""

    long, descriptors = False, None

    def found(self, folder: str) -> str:
        """A workshop with a room more than people work in."""
        self.rooms += 1
        code = super().found(folder)
        self.rooms -= 1
        return code

    def text(self) -> str:
        """Short ideas; long ones that cannot be compressed where it is about who does not read."""
        return f"{super().text()} {noise()}" if self.long else super().text()

    async def try_all(self, names: list[str]) -> dict:
        """{quiet, cases: [...], faults}."""
        with tempfile.TemporaryDirectory() as folder:
            code, server = self.found(folder), Server(Path(folder), descriptors=self.descriptors)
            with (Path(folder) / "log").open("wb") as server.errors:
                try:
                    return await self.meet(server, code, names)
                finally:
                    server.stop()

    async def meet(self, server: Server, code: str, names: list[str]) -> dict:
        """Everybody comes; a quiet phase, each case, and the count at the end."""
        await asyncio.to_thread(server.start)
        await self.come([server], code)
        quiet, cases = await self.phase(self.seconds), []
        for name in names:
            cases.append(await self.disturbed(server, code, name, quiet["answers_ms"]))
            if not cases[-1]["alive"]:
                break
        faults = [] if server.process.poll() is not None else await self.faults()
        for one in (quiet, *cases):
            one |= self.count(one.pop("ideas"))
        for device in (device for group in self.people for device in group):
            await device.stop()
        return {"quiet_ms": quiet["answers_ms"], "cases": cases, "ideas": len(self.written), "faults": faults}

    async def disturbed(self, server: Server, code: str, name: str, quiet: dict) -> dict:
        """A phase in which the case is sent."""
        seconds, self.long = max(self.seconds, CASES[name].least), CASES[name].long
        before, lines, said = memory(server.process.pid), self.connections(), Path(server.errors.name).stat().st_size
        sending = asyncio.create_task(self.send(server, code, name, seconds))
        found, alive = await self.phase(seconds), server.process.poll() is None
        found |= {"case": name, "alive": alive, "others_cut": self.connections() - lines} | await sending
        found["times_quiet"] = round(found["answers_ms"].get("p99", 0) / quiet["p99"], 1)
        found["grew_mib"] = round(memory(server.process.pid) - before, 1) if alive else 0.0
        found["tracebacks"] = Path(server.errors.name).read_bytes()[said:].count(b"Traceback")
        return found

    def connections(self) -> int:
        """How often the others have connected."""
        return sum(device.counts["connections"] for group in self.people for device in group)

    async def phase(self, seconds: float) -> dict:
        """Work for a while, until everybody has everything: {answers_ms, ideas: those that were written}."""
        before = set(self.written)
        for group in self.people:
            for device in group:
                device.waits.clear()
        await self.post(time.monotonic(), seconds)
        await self.calm()
        waits = [wait for group in self.people for device in group for wait in device.waits]
        return {"answers_ms": percentiles(waits), "ideas": set(self.written) - before}

    def count(self, ideas: set[str]) -> dict:
        """Of these ideas: how many were written, were acknowledged, and are on every screen of their room exactly once."""
        screens = [[Counter(card["body"]["text"] for card in device.copy.shown("idea").values()) for device in group]
                   for group in self.people]
        saved = [self.written[key] for key in ideas if self.written[key][1].answer.done()
                 and self.written[key][1].answer.result()["ok"]]
        there = sum(all(screen[item.payload["body"]["text"]] == 1 for screen in screens[room]) for room, item in saved)
        return {"written": len(ideas), "acknowledged": len(saved), "found": there}

    async def send(self, server: Server, code: str, name: str, seconds: float) -> dict:
        """Have the case sent for so long; {sent, told, closed}."""
        order = {"name": name, "url": server.url, "code": code, "board": self.boards[-1], "seconds": seconds,
                 "other": self.people[0][0].outbox.client}
        process = await asyncio.create_subprocess_exec(sys.executable, "-m", "tests.bench.hostile.sender",
                                                       stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE)
        said, _ = await process.communicate(json.dumps(order).encode())
        return json.loads(said) if said else {"sent": 0, "told": {}, "closed": {"the sender failed": 1}}


def main() -> int:
    """Try, print, judge."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--during", type=float, default=6.0, help="seconds of each case")
    ask.add_argument("--only", type=lambda names: names.split(","), default=list(CASES))
    ask.add_argument("--descriptors", type=int, help="how many files and connections the server may hold")
    ask.add_argument("--bars", action="store_true")
    asked = ask.parse_args()
    hall = Hall(devices=20, rooms=2, rate=10.0, seconds=asked.during)
    hall.descriptors = asked.descriptors
    report = asyncio.run(hall.try_all(asked.only))
    report["missed"] = judge(report)
    print(json.dumps(report, indent=1))
    print(*table(report), sep="\n", file=sys.stderr)
    return 1 if asked.bars and report["missed"] else 0


if __name__ == "__main__":
    sys.exit(main())
