"""T8: half-open lines: what one side says, or both, is swallowed, and nobody is told that the line is dead."""
import asyncio
import time

from tests.faults.bars import held
from tests.faults.relays.proxy import DOWN, UP, Proxy
from tests.faults.trial import run, stage
from tests.support.waiting import PATIENCE
from workshop.replay.client.device import SILENCE
from workshop.replay.figures import percentiles

SMALL = {"devices": 6, "pace": None}
LONG = {"devices": 60, "pace": 1.0}
WAYS = {"up": (UP,), "down": (DOWN,), "both": (UP, DOWN)}
SERVER = 20.0  # seconds within which it must notice
PHONE = SILENCE + 1.0  # it looks twice a second whether it has heard nothing for so long; of "up" the server tells it
NOTICED = {(way, side): SERVER if "server" in side or way == "up" else PHONE
           for way in WAYS for side in ("device_left", "server_left")}


async def trial(devices: int, pace: float | None) -> dict:
    """A third of the lines goes dead in each way, while half of the people write and the others read."""
    async with stage(devices) as here:
        proxies = {way: await Proxy(here.server.port).open() for way in WAYS}
        for i, device in enumerate(here.crowd.people):
            await device.leave()
            device.url = proxies[list(WAYS)[i % len(WAYS)]].url
            await device.start().up.wait()
        for way, proxy in proxies.items():
            proxy.halve(*WAYS[way])
        working = asyncio.create_task(here.crowd.work(25, 2, here.crowd.people[::2]))
        began = time.monotonic()
        while time.monotonic() - began < PATIENCE and not all(noticed(link) for link in dead(proxies)):
            await asyncio.sleep(0.1)
        await working
        judged = await here.judged()
        judged["faults"] += [f"a line that was dead {link.swallows} was never noticed" for link in dead(proxies)
                             if not noticed(link)]
        after = {(way, side): [round(getattr(link, side) - link.halved_at, 2) for link in dead({way: proxies[way]})
                               if getattr(link, side)] for way, side in NOTICED}
        judged = held(judged, pace, *((f"{way}: {side} after, s", max(seconds, default=None), NOTICED[way, side])
                                       for (way, side), seconds in after.items()))
        for proxy in proxies.values():
            await proxy.close()
        return judged | {"dead": len(dead(proxies))} | {
            f"{way}: {side} after": percentiles(seconds) for (way, side), seconds in after.items()}


def dead(proxies: dict) -> list:
    """The lines that were halved."""
    return [link for proxy in proxies.values() for link in proxy.links if link.halved_at]


def noticed(link) -> bool:
    """Whether both sides have ended it; of a FIN that is swallowed the other side cannot know."""
    return link.device_left is not None and link.server_left is not None


def report(**figures) -> dict:
    """The report of a trial."""
    return run(trial, **figures)


def test_a_line_that_is_dead_in_one_direction_or_both_is_given_up_by_both_sides_and_nothing_is_lost():
    found = report(**SMALL)
    assert found["faults"] == []
    assert found["dead"] >= SMALL["devices"]
    assert found["connections"] >= 2 * SMALL["devices"] + 1, "everybody came back"
