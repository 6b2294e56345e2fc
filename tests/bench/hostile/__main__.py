"""What bad input costs the others: people work, and somebody sends it all the while.

    python -m tests.bench.hostile [--during 6] [--only NAME,NAME] [--bars]

Twenty people in two rooms post ten ideas a second; first nobody disturbs them, then one case of cases.py after the other,
from another process.  Prints a table and JSON.  `--bars` ends with 1 unless 99 of 100 answers to the others took at most
200 ms in each case, the process went on, nothing that was acknowledged is missing or doubled on any screen, the log has no
traceback, and the line was kept where it is to be kept.
"""
import argparse
import asyncio
import json
import secrets
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.hostile.cases import CASES
from tests.bench.storm import Storm
from tests.live.server import Server
from workshop.replay.figures import percentiles

MOST = 200.0  # milliseconds, of 99 of 100 answers to the others
WORDS = "".join(map(chr, range(0x4E00, 0x4E00 + 256)))


class Hall(Storm):
    """A storm that goes on while each case is tried; the third room is the sender's."""

    long = False

    def found(self, folder: str) -> str:
        """A workshop with a room more than people work in."""
        self.rooms += 1
        code = super().found(folder)
        self.rooms -= 1
        return code

    def text(self) -> str:
        """Short ideas; long ones that cannot be compressed where it is about who does not read."""
        noise = "".join(WORDS[byte] for byte in secrets.token_bytes(3900)) if self.long else ""
        return f"{super().text()} {noise}".strip()

    async def try_all(self, names: list[str]) -> dict:
        """{quiet, cases: [...], faults}."""
        with tempfile.TemporaryDirectory() as folder:
            code, server = self.found(folder), Server(Path(folder))
            with (Path(folder) / "log").open("wb") as server.errors:
                try:
                    return await self.meet(server, code, names)
                finally:
                    server.stop()

    async def meet(self, server: Server, code: str, names: list[str]) -> dict:
        """Everybody comes; a quiet phase, each case, and the count at the end."""
        await self.come(server, code)
        quiet, cases = await self.phase(), []
        for name in names:
            self.long = name == "three who never read"
            sending = asyncio.create_task(self.send(server, code, name))
            answers, alive = await self.phase(), server.process.poll() is None
            cases.append({"case": name, "answers_ms": answers, "times_quiet": round(answers["p99"] / quiet["p99"], 1),
                          "alive": alive} | await sending)
        await self.calm()
        faults = await self.faults() + ["the log has a traceback"] * (b"Traceback" in Path(server.errors.name).read_bytes())
        for device in (device for group in self.people for device in group):
            await device.stop()
        return {"quiet_ms": quiet, "cases": cases, "ideas": len(self.written), "faults": faults}

    async def phase(self) -> dict:
        """Work for a while; how long answers took, in milliseconds."""
        for group in self.people:
            for device in group:
                device.waits.clear()
        await self.post(time.monotonic())
        return percentiles([wait for group in self.people for device in group for wait in device.waits])

    async def send(self, server: Server, code: str, name: str) -> dict:
        """Have the case sent for the length of a phase; {sent, told, closed}."""
        order = {"name": name, "url": server.url, "code": code, "board": self.boards[-1], "seconds": self.seconds,
                 "other": self.people[0][0].outbox.client}
        process = await asyncio.create_subprocess_exec(sys.executable, "-m", "tests.bench.hostile.sender",
                                                       stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE)
        said, _ = await process.communicate(json.dumps(order).encode())
        return json.loads(said)


def judge(report: dict) -> list[str]:
    """What is not as it must be; nothing when all is well."""
    found = list(report["faults"])
    for one in report["cases"]:
        name = one["case"]
        if one["answers_ms"].get("p99", MOST + 1) > MOST:
            found.append(f"{name}: 99 of 100 answers to the others took {one['answers_ms'].get('p99')} ms")
        if not one["alive"]:
            found.append(f"{name}: the server has died")
        if not one["sent"]:
            found.append(f"{name}: nothing was sent")
        if CASES[name].keeps and one["closed"]:
            found.append(f"{name}: the line was not kept: {one['closed']}")
        if not CASES[name].keeps and not one["closed"]:
            found.append(f"{name}: the line was not ended")
    return found


def table(report: dict) -> list[str]:
    """A line for each case."""
    nobody = {"case": "nobody", "answers_ms": report["quiet_ms"], "sent": 0, "told": {}, "closed": {}}
    lines = [f"{'':<24}{'p50':>7}{'p99 ms':>8}{'sent':>8}  what was said"]
    for one in (nobody, *report["cases"]):
        said = one["told"] | {f"ended {status}": times for status, times in one["closed"].items()}
        lines.append(f"{one['case']:<24}{one['answers_ms']['p50']:>7}{one['answers_ms']['p99']:>8}{one['sent']:>8}  "
                     + ", ".join(f"{code} {times}" for code, times in said.items()))
    return lines


def main() -> int:
    """Try, print, judge."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--during", type=float, default=6.0, help="seconds of each case")
    ask.add_argument("--only", type=lambda names: names.split(","), default=list(CASES))
    ask.add_argument("--bars", action="store_true")
    asked = ask.parse_args()
    hall = Hall(devices=20, rooms=2, rate=10.0, seconds=asked.during)
    report = asyncio.run(hall.try_all(asked.only))
    report["missed"] = judge(report)
    print(json.dumps(report, indent=1))
    print(*table(report), sep="\n", file=sys.stderr)
    return 1 if asked.bars and report["missed"] else 0


if __name__ == "__main__":
    sys.exit(main())
