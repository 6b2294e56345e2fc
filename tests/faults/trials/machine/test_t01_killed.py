"""T1: the server is killed again and again while people work."""
import asyncio
import time

from tests.faults.bars import held
from tests.faults.trial import run, stage

SMALL = {"devices": 10, "rooms": 2, "rate": 30.0, "kills": 2, "between": 3.0, "pace": None}
LONG = {"devices": 90, "rooms": 6, "rate": 30.0, "kills": 30, "between": 7.0, "pace": 1.0}
LEVEL = 5.0  # seconds after a start until everybody sees what had been written


async def trial(devices: int, rooms: int, rate: float, kills: int, between: float, pace: float | None) -> dict:
    """kill -9 every `between` seconds; afterwards everything acknowledged is there, once, on every screen."""
    async with stage(devices, rooms) as here:
        level = []
        dying = asyncio.create_task(die(here, kills, between, level))
        while not dying.done():
            await here.crowd.work(1, rate)
        await dying
        judged = await here.judged() | {"kills": kills, "seconds_until_level": level}
        return held(judged, pace, ("seconds until screens are level after a start", max(level), LEVEL))


async def die(here, kills: int, between: float, level: list) -> None:
    """kill -9 while everybody is saying something, start again, and note how long it takes until everything is level."""
    for _ in range(kills):
        await asyncio.sleep(between)
        for device in here.crowd.people:
            here.crowd.act(device)
        await asyncio.sleep(here.crowd.random.uniform(0, 0.01))
        here.server.kill()
        await asyncio.to_thread(here.server.start)
        level.append(await back(here.crowd))


async def back(crowd) -> float:
    """Seconds from the server's answering until what had been written by then is answered and on every screen."""
    since, waiting = time.monotonic(), {op for device in crowd.people for op in device.waiting()}
    while waiting & {op for device in crowd.people for op in device.waiting()}:
        await asyncio.sleep(0.05)
    ideas = {room: {key for device in crowd.people if crowd.room(device) == room for key in device.own
                    if key not in device.waiting()} for room in range(len(crowd.place.rooms))}
    while not all(key in device.copy.cards for device in crowd.people for key in ideas[crowd.room(device)]):
        await asyncio.sleep(0.05)
    return round(time.monotonic() - since, 2)


def report(**figures) -> dict:
    """The report of a trial."""
    return run(trial, **figures)


def test_what_people_were_told_is_saved_survives_kills_and_is_on_every_screen_once():
    found = report(**SMALL)
    assert found["faults"] == []
    assert found["commands"]["ok"] > 60, "they worked"
    assert found["commands"]["info"] > 0, "some commands were under way when the server died"
    assert len(found["seconds_until_level"]) == SMALL["kills"]
    assert found["connections"] >= (SMALL["kills"] + 1) * (SMALL["devices"] + 1), "everybody came back after each kill"
