"""A long meeting: people come and go for hours, and the server must not grow, leak or drift.

`python -m tests.faults --soak 120`.  Samples of /proc each 15 s or oftener.  Memory and descriptors are judged by
the second half: the trend through its samples (least squares) may not rise by more than a bar.
"""
import asyncio
import time
from pathlib import Path

from tests.faults.bars import held
from tests.faults.trial import FREE, run, stage
from tests.faults.trials.line.test_t09_slow_readers import memory

DEVICES, ROOMS, RATE = 90, 6, 3.0
SAMPLE, CHURN = 15.0, 1.0  # seconds
AN_HOUR = 1.0  # MiB
AT_ONCE = 2.0  # MiB that an allocator may take at some moment
DESCRIPTORS = 5


async def trial(minutes: float, devices: int = DEVICES) -> dict:
    """Work for so long while every second somebody leaves and somebody comes back."""
    async with stage(devices, ROOMS, **FREE) as here:
        until, samples = time.monotonic() + 60 * minutes, []
        watching = watch(here.server.process.pid, samples, min(SAMPLE, minutes))  # sixty samples at least
        going = [asyncio.create_task(churn(here.crowd)), asyncio.create_task(watching)]
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
        return judge(judged, samples) | {
            "minutes": minutes, "rss_mib_first_last": [samples[0][1], samples[-1][1]],
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


async def watch(pid: int, samples: list, every: float) -> None:
    """[(seconds, resident MiB, open file descriptors)]."""
    began = time.monotonic()
    while True:
        descriptors = len(list(Path(f"/proc/{pid}/fd").iterdir()))
        samples.append((time.monotonic() - began, round(memory(pid), 1), descriptors))
        await asyncio.sleep(every)


def judge(report: dict, samples: list) -> dict:
    """The report, with a fault where memory or descriptors grow; `samples` as of `watch`."""
    half = samples[len(samples) // 2:]
    hours = (half[-1][0] - half[0][0]) / 3600
    rss, descriptors = (slope([(sample[0] / 3600, sample[column]) for sample in half]) for column in (1, 2))
    grown = [None if rise is None else round(rise * hours, 2) for rise in (rss, descriptors)]
    return held(report, 1.0, ("MiB that the second half added", grown[0], round(AT_ONCE + AN_HOUR * hours, 2)),
                ("descriptors that the second half added", grown[1], DESCRIPTORS)) | {"rss_mib_an_hour": rss}


def slope(points: list) -> float | None:
    """Least squares; None for fewer than three points."""
    if len(points) < 3:
        return None
    x, y = (sum(values) / len(points) for values in zip(*points, strict=True))
    return round(sum((a - x) * (b - y) for a, b in points) / sum((a - x) ** 2 for a, _ in points), 2)


def report(minutes: float) -> dict:
    """The report of a soak."""
    return run(trial, minutes)
