"""T7: a line like those of the valleys: slow, late, reset, away for seconds; and as recorded from moving phones."""
import asyncio
import time
from pathlib import Path

from tests.faults.bars import held
from tests.faults.relays.proxy import DOWN, Proxy
from tests.faults.trial import run, stage
from tests.support.real import SHARED, real
from workshop.replay import traces
from workshop.replay.figures import percentiles

TRACE = "mahimahi/Verizon-EVDO-driving.down.worst120s"
SMALL = {"devices": 9, "seconds": 13.0, "rate": 2.5, "slack": 3.0, "pace": None}
LONG = {"devices": 60, "seconds": 180.0, "rate": 6.0, "slack": 1.0, "pace": 1.0, "recorded": (
    (TRACE, 1.0), ("mahimahi/ATT-LTE-driving.up.worst120s", 1.0), ("irish-drive/B_2019.12.16_11.49.59.csv", 1.0))}
LINE = {"latency": 0.15, "rate": 8_000.0}  # 300 ms there and back, 64 kbit/s
RESETS = 0.05  # of the lines, each second
OUTAGE, EVERY = 2.0, 10.0
ANSWERED, IDLE = 3000.0, 30_000  # ms, of 95 of 100; bytes a minute that somebody hears in whose room nothing happens


async def trial(devices: int, seconds: float, rate: float, slack: float, pace: float | None, recorded=()) -> dict:
    """Work over the bad line for so long, then over each of the recorded ones [(file, times its own pace)].

    A third of the people sit in a room where nothing happens, on a line of their own that is as bad.
    """
    async with stage(devices, rooms=3, line=LINE) as here:
        crowd, still = here.crowd, await Proxy(here.server.port, **LINE).open()
        idle = [device for device in crowd.people if crowd.room(device) == 2]
        for device in idle:
            await device.leave()
            device.url = still.url
            await device.start().up.wait()
        busy, lines = [device for device in crowd.people if device not in idle], (here.through, still)
        worsening = [asyncio.create_task(act) for line in lines for act in (resets(line, crowd.random), outages(line))]
        began, before = time.monotonic(), [heard(line) for line in lines]
        await crowd.work(seconds, rate, busy)
        minutes = (time.monotonic() - began) / 60
        loud, quiet = (heard(line) - was for line, was in zip(lines, before, strict=True))
        await crowd.told(60)
        waits = percentiles([wait for device in busy for wait in device.waits])
        for task in worsening:
            task.cancel()
        still.go()
        here.through.latency = 0.05
        for name, faster in recorded:
            if (SHARED / "traces" / name).exists():
                await ride(here, SHARED / "traces" / name, faster, rate)
        here.through.at_rate(1_000_000)
        judged = await here.judged(limit=180)
        await still.close()
        idles = round(quiet / minutes / len(idle))
        judged = held(judged, pace, ("p95 of the answers, ms", waits.get("p95"), ANSWERED))
        judged = held(judged, slack, ("bytes a minute to somebody idle", idles, IDLE))
        return judged | {"lines": sum(len(line.links) for line in lines), "idle_came_back": len(still.links) - len(idle),
                         "bytes_heard_per_minute_and_busy_device": round(loud / minutes / len(busy)),
                         "bytes_heard_per_minute_and_idle_device": idles, "acknowledgement_on_the_bad_line": waits}


def heard(line: Proxy) -> int:
    """Bytes that went down the line so far."""
    return sum(link.bytes[DOWN] for link in line.links)


async def resets(line: Proxy, random) -> None:
    """Every second some connections are reset."""
    while True:
        await asyncio.sleep(1)
        line.reset(lambda link: random.random() < RESETS)


async def outages(line: Proxy) -> None:
    """Every ten seconds nothing passes for two."""
    while True:
        await asyncio.sleep(EVERY - OUTAGE)
        line.hold()
        await asyncio.sleep(OUTAGE)
        line.go()


async def ride(here, trace: Path, faster: float, rate: float) -> None:
    """Work over a recorded line, from its beginning to its end."""
    schedule = traces.schedule(here.through, trace, faster=faster)
    driving = asyncio.create_task(here.through.follow(schedule))
    await here.crowd.work(schedule[-1][0], rate)
    await driving


async def ridden(trace: Path, devices: int, faster: float, rate: float) -> dict:
    """Only a recorded line."""
    async with stage(devices, line={}) as here:
        await ride(here, trace, faster, rate)
        return await here.judged(limit=180)


def report(**figures) -> dict:
    """The report of a trial."""
    return run(trial, **figures)


def test_over_a_slow_line_that_breaks_again_and_again_everything_arrives_once():
    found = report(**SMALL)
    assert found["faults"] == []
    assert found["commands"]["ok"] > 20
    assert found["lines"] > SMALL["devices"] + 3, "lines were reset"
    assert found["bytes_heard_per_minute_and_idle_device"] > 0, "they had a line"


def test_over_a_recorded_line_with_seventy_eight_seconds_of_silence_everything_arrives_once():
    trace = real("traces", *TRACE.split("/"))
    assert min(rate for _, rate in traces.read(trace)) == 0
    found = run(ridden, trace, devices=4, faster=20.0, rate=2.0)
    assert found["faults"] == []
    assert found["commands"]["ok"] > 10


def test_recorded_lines_are_read_in_all_their_forms():
    for name in ("hsdpa/norway_bus_1.txt", "irish-drive/B_2019.12.16_11.49.59.csv", TRACE):
        read = traces.read(real("traces", *name.split("/")))
        assert len(read) > 60 and max(rate for _, rate in read) > 1000, name
        assert [at for at, _ in read] == sorted(at for at, _ in read), name
