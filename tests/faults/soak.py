"""A long meeting: people come and go for hours, and the server must not grow, leak or drift.

`python -m tests.faults --soak 120`.  Samples of /proc each 15 s; the slope of memory is that of the second half.
"""
import asyncio
import time
from pathlib import Path

from tests.faults.test_t09_slow_readers import memory
from tests.faults.trial import FREE, run, stage

DEVICES, ROOMS, RATE = 90, 6, 3.0
SAMPLE, CHURN = 15.0, 1.0  # seconds


async def trial(minutes: float, devices: int = DEVICES) -> dict:
    """Work for so long while every second somebody leaves and somebody comes back."""
    async with stage(devices, ROOMS, **FREE) as here:
        until, samples = time.monotonic() + 60 * minutes, []
        going = [asyncio.create_task(churn(here.crowd)), asyncio.create_task(watch(here.server.process.pid, samples))]
        while time.monotonic() < until:
            await here.crowd.work(min(30.0, until - time.monotonic()), RATE)
            for task in going:
                if task.done():
                    task.result()
        for task in going:
            task.cancel()
        for device in here.crowd.people:
            if device._task is None:
                device.start()
        judged = await here.judged(limit=180)
        half = samples[len(samples) // 2:]
        return judged | {"minutes": minutes, "rss_mib_first_last": [samples[0][1], samples[-1][1]],
                         "rss_mib_an_hour": slope([(at / 3600, rss) for at, rss, _ in half]),
                         "descriptors_first_most_last": [samples[0][2], max(n for *_, n in samples), samples[-1][2]],
                         "mismatches": sum("law 3" in fault for fault in judged["faults"])}


async def churn(crowd) -> None:
    """A third of the time somebody is away."""
    away = []
    while True:
        await asyncio.sleep(CHURN)
        device = crowd.random.choice(crowd.people)
        if device not in away:
            await device.leave()
            away.append(device)
        if len(away) > len(crowd.people) // 3:
            away.pop(0).start()


async def watch(pid: int, samples: list) -> None:
    """[(seconds, resident MiB, open file descriptors)]."""
    began = time.monotonic()
    while True:
        descriptors = len(list(Path(f"/proc/{pid}/fd").iterdir()))
        samples.append((time.monotonic() - began, round(memory(pid), 1), descriptors))
        await asyncio.sleep(SAMPLE)


def slope(points: list) -> float | None:
    """Least squares; None for fewer than three points."""
    if len(points) < 3:
        return None
    x, y = (sum(values) / len(points) for values in zip(*points, strict=True))
    return round(sum((a - x) * (b - y) for a, b in points) / sum((a - x) ** 2 for a, _ in points), 2)


def report(minutes: float) -> dict:
    """The report of a soak."""
    return run(trial, minutes)
