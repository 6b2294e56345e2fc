"""T7: a line like those of the valleys: slow, late, reset, away for seconds; and as recorded from moving phones."""
import asyncio
import time
from pathlib import Path

from tests.faults import traces
from tests.faults.proxy import DOWN
from tests.faults.trial import run, stage
from tests.real import SHARED, real

TRACE = "mahimahi/Verizon-EVDO-driving.down.worst120s"
SMALL = {"devices": 6, "seconds": 13.0, "rate": 2.5}
LONG = {"devices": 60, "seconds": 180.0, "rate": 6.0, "recorded": (
    (TRACE, 1.0), ("mahimahi/ATT-LTE-driving.up.worst120s", 1.0), ("irish-drive/B_2019.12.16_11.49.59.csv", 1.0))}
LINE = {"latency": 0.15, "rate": 8_000.0}  # 300 ms there and back, 64 kbit/s
RESETS = 0.05  # of the lines, each second
OUTAGE, EVERY = 2.0, 10.0


async def trial(devices: int, seconds: float, rate: float, recorded=()) -> dict:
    """Work over the bad line for so long, then over each of the recorded ones [(file, times its own pace)]."""
    async with stage(devices, line=LINE) as here:
        worsening = [asyncio.create_task(resets(here)), asyncio.create_task(outages(here.through))]
        began, heard = time.monotonic(), sum(link.bytes[DOWN] for link in here.through.links)
        await here.crowd.work(seconds, rate)
        minutes = (time.monotonic() - began) / 60
        heard = sum(link.bytes[DOWN] for link in here.through.links) - heard
        for task in worsening:
            task.cancel()
        here.through.latency = 0.05
        for name, faster in recorded:
            if (SHARED / "traces" / name).exists():
                await ride(here, SHARED / "traces" / name, faster, rate)
        here.through.at_rate(1_000_000)
        return await here.judged(limit=180) | {"lines": len(here.through.links),
                                               "bytes_heard_per_minute_and_device": round(heard / minutes / devices)}


async def resets(here) -> None:
    """Every second some lines are reset."""
    while True:
        await asyncio.sleep(1)
        here.through.reset(lambda link: here.crowd.random.random() < RESETS)


async def outages(proxy) -> None:
    """Every ten seconds nothing passes for two."""
    while True:
        await asyncio.sleep(EVERY - OUTAGE)
        proxy.hold()
        await asyncio.sleep(OUTAGE)
        proxy.go()


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
    assert found["lines"] > SMALL["devices"], "lines were reset"


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
