"""A recorded conversation whose every third person sits behind a recorded mobile line.

    python -m tests.bench.traced [--folder ../shared/data/polis/london.youth.policing] [--speed 1] [--people N]

Each line is a relay that has, second by second, the bandwidth of its recording (bus, car, ferry, metro, train, LTE and EVDO
at the wheel), silences included.  Prints JSON; ends with 1 when a total is wrong or the screens are not equal.  Seconds.
"""
import argparse
import asyncio
import json
import sys
import tempfile
from collections import Counter
from contextlib import AsyncExitStack
from pathlib import Path

from tests.faults.proxy import DOWN, Proxy
from tests.faults.traces import schedule
from workshop.config import Config
from workshop.replay.opinions import Opinions
from workshop.replay.process import OwnServer
from workshop.replay.recording import Recording
from workshop.replay.stage import found

DATA = Path(__file__).parents[2] / ".." / "shared" / "data"
ENDINGS = (".txt", ".csv", ".first120s", ".worst120s")


async def run(server, stage, recording: Recording, speed: float | None, seconds: float) -> dict:
    """The report of the play, and what the lines did."""
    traces = sorted(path for path in (DATA / "traces").rglob("*") if path.name.endswith(ENDINGS))
    async with AsyncExitStack() as open_lines:
        proxies = []
        for path in traces:
            proxy = await Proxy(int(server.url.rpartition(":")[2])).open()
            open_lines.push_async_callback(proxy.close)
            proxies.append((proxy, asyncio.create_task(proxy.follow(schedule(proxy, path, seconds=seconds)))))
        play = Opinions(server.url, stage, recording, speed, tuple(proxy.url for proxy, _ in proxies))
        figures = await play.run()
        for _, task in proxies:
            task.cancel()
        carried = sum((Counter(link.bytes) for proxy, _ in proxies for link in proxy.links), Counter())
        connections = sum(len(proxy.links) for proxy, _ in proxies)
    return figures | {"lines": len(traces), "bytes_down_the_bad_lines": carried[DOWN], "connections_on_them": connections}


def main() -> int:
    """Play, print, judge."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--folder", type=Path, default=DATA / "polis" / "london.youth.policing")
    ask.add_argument("--speed", type=float, default=1.0)
    ask.add_argument("--people", type=int)
    ask.add_argument("--seconds", type=float, default=120.0, help="how much of each recording is used")
    asked = ask.parse_args()
    recording = Recording.read(asked.folder)
    recording = recording.only(asked.people) if asked.people else recording
    with tempfile.TemporaryDirectory() as data:
        stage = found(Config(data=data), recording)
        with OwnServer(Path(data)) as server:
            figures = asyncio.run(run(server, stage, recording, asked.speed, asked.seconds))
    print(json.dumps(figures, indent=1, ensure_ascii=False))
    return 0 if figures["equal_screens"] else 1


if __name__ == "__main__":
    sys.exit(main())
