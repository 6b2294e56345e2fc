"""T13: somebody is away for long, goes on writing, and comes back when the room is far ahead and closed."""
import asyncio
import time

from tests.faults.bars import held
from tests.faults.trial import FREE, run, stage
from workshop.store.session import Store
from workshop.store.streams.epochs import begin_anew

SMALL = {"devices": 5, "away": 50, "ahead": 300, "pace": None}
LONG = {"devices": 30, "away": 50, "ahead": 2000, "pace": 1.0}
REJOINED = 2.0  # seconds until somebody who comes back is where the others are


async def trial(devices: int, away: int, ahead: int, pace: float | None) -> dict:
    """One has no line and writes; the room advances and is closed; another comes to a server that was restored meanwhile."""
    async with stage(devices, rooms=1, **FREE) as here:
        crowd, (rosa, julio, *others) = here.crowd, here.crowd.people
        await crowd.work(2, 20)
        await crowd.calm()
        for device in (rosa, julio):
            await device.leave()
        for _ in range(away):
            rosa.add(here.place.boards[0], crowd.text())
        await crowd.work(ahead / 100, 100, others)
        while any(device.outbox.items for device in others):
            await asyncio.sleep(0.05)
        crowd.lead.write("room.close", {"room": here.place.rooms[0]})
        back = {"back with fifty ideas, in": await returns(rosa, crowd.lead)}
        here.server.kill()
        await asyncio.to_thread(restore, here.place)
        await asyncio.to_thread(here.server.start)
        await crowd.lead.up.wait()
        julio.counts["snapshots"] = 0
        back["back after a restore, in"] = await returns(julio, crowd.lead)
        judged = await here.judged()
        tray = sum("tray" in answer for answer in crowd.history.told("fail").values())
        if tray != away:
            judged["faults"].append(f"{tray} of {away} ideas that came too late are in the tray")
        judged = held(judged, pace, *((f"{name} seconds", seconds, REJOINED) for name, seconds in back.items()))
        return judged | {"tray": tray, "snapshots": julio.counts["snapshots"]}


async def returns(device, lead) -> float:
    """Seconds until the device is connected, has said everything and has what the facilitator's screen had when it came.

    Its own late ideas are for the facilitator alone: the number that they give to the line reaches it with the next beat.
    """
    since, stream = time.monotonic(), device.place["streams"][-1]
    epoch, seq = lead.copy.cursors[stream]
    device.start()
    while device.outbox.items or not device.up.is_set() or not (
            device.copy.cursors[stream][0] == epoch and device.copy.cursors[stream][1] >= seq):
        await asyncio.sleep(0.02)
    return round(time.monotonic() - since, 2)


def restore(place) -> None:
    """As from a copy: the streams begin a new epoch, and old cursors mean nothing any more."""
    store = Store(place.url)
    begin_anew(store)
    store.close()


def report(**figures) -> dict:
    """The report of a trial."""
    return run(trial, **figures)


def test_who_comes_back_after_long_finds_everything_and_what_came_too_late_is_in_the_tray():
    found = report(**SMALL)
    assert found["faults"] == []
    assert found["tray"] == SMALL["away"]
    assert found["snapshots"] == 2, "the workshop's stream and the room's came whole"
    assert found["commands"]["ok"] > SMALL["ahead"]
