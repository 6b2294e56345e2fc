"""T2: the server dies at exactly the worst moments: around BEGIN, COMMIT, the acknowledgement, the frame, the snapshot."""
import asyncio
import time

from tests.faults.points import POINTS
from tests.faults.trial import run, stage
from tests.live.server import Server
from tests.support.waiting import PATIENCE

SMALL = {"devices": 8, "times": (2,)}
LONG = {"devices": 30, "times": (1, 2, 5, 9)}


async def trial(devices: int, times: tuple) -> dict:
    """At each point, when it is reached for the first, second … time."""
    async with stage(devices) as here:
        await here.crowd.work(1, 30)
        never = [f"{point}:{n}" for n in times for point in POINTS if not await die_at(here, f"{point}:{n}")]
        here.server.program = Server.program
        await asyncio.to_thread(here.server.start)
        judged = await here.judged()
        judged["faults"] += [f"the server never came to {point}" for point in never]
        return judged | {"deaths": len(POINTS) * len(times) - len(never)}


async def die_at(here, point: str) -> bool:
    """Start the server so that it dies at the point, and work until it has; False if it does not."""
    here.server.kill()
    here.server.program = ("tests.faults.points", point)
    starting, began = asyncio.create_task(asyncio.to_thread(here.server.start)), time.monotonic()
    while not starting.done() or here.server.process.poll() is None:
        here.crowd.act(here.crowd.random.choice(here.crowd.people))
        if time.monotonic() - began > PATIENCE:
            return False
        await asyncio.sleep(0.05)
    if starting.exception() and not isinstance(starting.exception(), RuntimeError):  # it died before it was seen to answer
        raise starting.exception()
    return True


def report(**figures) -> dict:
    """The report of a trial."""
    return run(trial, **figures)


def test_wherever_the_server_dies_nothing_that_was_acknowledged_is_lost_and_nothing_is_there_twice():
    found = report(**SMALL)
    assert found["faults"] == []
    assert found["deaths"] == len(POINTS)
    assert found["commands"]["ok"] > 50 and found["commands"]["info"] > 0
