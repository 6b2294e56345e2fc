"""What each costly thing that can be asked for costs the others.

    python -m tests.bench.doors [--cards 900] [--only NAME,NAME] [--against CHECKOUT] [--bars] [--report FILE]

People ask small things all the while (people.py); one after the other, each of cases.py is asked for.  With `--against` the
server of another checkout is measured too, by turns and with a copy of the same data.  Prints Markdown: how long the slowest
and 99 of 100 answers to the others took, what the server took of the processor (with its children), how large it was at
most, and what was answered to the one who asked.  `--bars` (bars.py) ends with 1 unless the slowest answer to the others
took at most 100 ms, and while a device loads something six times at once 99 of 100 at most 200 ms.
"""
import argparse
import json
import os
import select
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

from tests.bench.doors.asker import Asker
from tests.bench.doors.bars import judge, table
from tests.bench.doors.board import build
from tests.bench.doors.cases import CASES
from tests.live.server import Server

CALM, PEOPLE, MOST = 1.0, 6, 20.0  # seconds of one measuring; people; seconds after which a server is given up
HERE = Path(__file__).parents[3]
TICK = os.sysconf("SC_CLK_TCK")


class Side:
    """A server of one checkout, and the people who use it."""

    def __init__(self, checkout: Path, data: Path, place: dict):
        self.checkout, self.data, self.place, self.cases = checkout, data, place, []
        self.server = self.people = self.asker = None

    def start(self) -> None:
        """Start the server and have everybody come."""
        self.server = Server(self.data, rate=1e6, burst=10**6)
        self.server.checkout, self.server.env["PYTHONPATH"] = self.checkout, str(self.checkout)
        with (self.data / "log").open("ab") as self.server.errors:
            self.server.start()
        self.people = subprocess.Popen([sys.executable, "-m", "tests.bench.doors.people"], cwd=HERE, text=True, bufsize=1,
                                       stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        order = {"url": self.server.url, "code": self.place["code"], "people": PEOPLE, "process": self.server.process.pid}
        self.people.stdin.write(json.dumps(order) + "\n")
        assert self._heard(MOST) is not None, "nobody came"
        self.asker = Asker(self.server.url, self.place)

    def stop(self) -> None:
        """End both."""
        if self.people:
            self.people.kill()
            self.people.wait()
            for line in (self.people.stdin, self.people.stdout):
                with suppress(OSError):
                    line.close()
        self.server.kill() if self.server else None
        self.server = self.people = None

    def measure(self, name: str) -> None:
        """Ask for the case, and see how the others fare."""
        if self.server is None:
            self.start()
        case, waits, self.asker.said = CASES[name], [], []
        acting = threading.Thread(target=lambda: [case.act(self.asker) for _ in range(case.times)], daemon=True)
        cpu, until = self._cpu(), time.monotonic() + 3 * MOST * case.times
        Path(f"/proc/{self.server.process.pid}/clear_refs").write_text("5")  # the peak begins anew
        acting.start()
        alive = True
        while alive:
            acts = acting.is_alive()
            heard = self._measured()
            alive = heard is not None and time.monotonic() < until
            waits += heard or []
            if not acts:
                break
        waits = waits or [(MOST * 1000, MOST * 1000)]
        slow, work = (sorted(column) for column in zip(*waits, strict=True))
        self.cases.append({
            "case": name, "reloads": case.reloads, "alive": alive, "worst": slow[-1] if alive else MOST * 1000,
            "p99": slow[int(len(slow) * 0.99)], "work": work[-1], "work99": work[int(len(work) * 0.99)],
            "cpu": round(self._cpu() - cpu, 2), "peak": self._peak(), "said": dict(Counter(self.asker.said))})
        print(f"{self.checkout}: {self.cases[-1]}", file=sys.stderr)
        if not alive:
            self.stop()

    def _measured(self) -> list | None:
        self.people.stdin.write(f"{CALM}\n")
        heard = self._heard(MOST)
        return heard and [wait for kind in heard.values() for wait in kind]

    def _heard(self, seconds: float) -> dict | None:
        if not select.select([self.people.stdout], [], [], seconds)[0]:
            return None
        line = self.people.stdout.readline()
        return json.loads(line) if line else None

    def _cpu(self) -> float:
        fields = Path(f"/proc/{self.server.process.pid}/stat").read_text().rpartition(")")[2].split()
        return sum(map(int, fields[11:15])) / TICK

    def _peak(self) -> float:
        status = Path(f"/proc/{self.server.process.pid}/status").read_text()
        return round(int(status.split("VmHWM:")[1].split()[0]) / 1024, 1)


def run(cards: int, names: list[str], against: Path | None) -> tuple[list[dict] | None, list[dict]]:
    """(before, after): what was found of each case, of the other checkout and of this one."""
    with tempfile.TemporaryDirectory() as folder:
        place = build(Path(folder) / "after", cards)
        sides = [Side(HERE, Path(folder) / "after", place)]
        if against:
            shutil.copytree(Path(folder) / "after", Path(folder) / "before")
            sides.insert(0, Side(against.resolve(), Path(folder) / "before", place))
        try:
            for name in names:
                for side in sides:
                    side.measure(name)
        finally:
            for side in sides:
                side.stop()
    return sides[0].cases if against else None, sides[-1].cases


def main() -> int:
    """Measure, print, judge."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--cards", type=int, default=900)
    ask.add_argument("--only", type=lambda names: names.split(","), default=list(CASES))
    ask.add_argument("--against", type=Path)
    ask.add_argument("--bars", action="store_true")
    ask.add_argument("--report", type=Path)
    asked = ask.parse_args()
    before, after = run(asked.cards, asked.only, asked.against)
    print(*table(before, after), sep="\n")
    missed = judge(after)
    print(*missed, sep="\n")
    if asked.report:
        asked.report.write_text(json.dumps({"before": before, "after": after, "missed": missed}, indent=1))
    return 1 if asked.bars and missed else 0


if __name__ == "__main__":
    sys.exit(main())
