"""T8: half-open lines: what one side says, or both, is swallowed, and nobody is told that the line is dead."""
import asyncio
import time

from tests.faults.proxy import DOWN, UP, Proxy
from tests.faults.trial import run, stage
from workshop.replay.figures import percentiles

SMALL = {"devices": 6}
LONG = {"devices": 60}
WAYS = {"up": (UP,), "down": (DOWN,), "both": (UP, DOWN)}
PATIENCE = 60.0  # seconds until a dead line must have been noticed by both sides


async def trial(devices: int) -> dict:
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
        for way, proxy in proxies.items():
            for side in ("device_left", "server_left"):
                judged[f"{way}: {side} after"] = percentiles(
                    getattr(link, side) - link.halved_at for link in dead({way: proxy}) if getattr(link, side))
            await proxy.close()
        return judged | {"dead": len(dead(proxies))}


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
