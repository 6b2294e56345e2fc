"""Ninety devices that lose their lines at once, and are level again at once."""
import asyncio
import time

from tests.faults.judging import evidence
from tests.faults.trial import FREE, run, stage
from tests.support.waiting import PATIENCE
from workshop.replay.figures import cpu_seconds, percentiles

WORK = 1.0  # seconds of the server's processor for the whole coming back; 0.12 on a quiet machine
DEVICES, ROOMS = 90, 6
MISSED = 5  # ideas in each room, each time, that are written while everybody is away


async def meet() -> list[dict]:
    """The ninety lose their lines, then lines and server; [what their coming back was like]."""
    async with stage(DEVICES, ROOMS, **FREE) as here:
        return [await back(here, killed) for killed in (False, True)]


async def back(here, killed: bool) -> dict:
    """All lines end, ideas are written meanwhile, and all come back in the same moment."""
    crowd, place = here.crowd, here.place
    await asyncio.gather(*(device.leave() for device in crowd.people))
    written = [crowd.lead.write("contribution.add", {"activity": board, "id": f"missed-{killed}-{room}-{i}",
                                                     "body": {"text": crowd.text()}})
               for i in range(MISSED) for room, board in enumerate(place.boards)]
    await crowd.told(PATIENCE)
    assert all(item.answer.result()["ok"] for item in written)
    if killed:
        here.server.kill()
        await asyncio.to_thread(here.server.start)
    heads = await asyncio.to_thread(evidence.heads, place)
    since, used, after = time.monotonic(), cpu_seconds(here.server.process.pid), {}
    for device in crowd.people:
        device.start()
    while len(after) < DEVICES and time.monotonic() - since < PATIENCE:
        after |= {device.name: time.monotonic() - since for device in crowd.people if device.name not in after and all(
            device.copy.cursors.get(stream) == heads[stream] for stream in device.place["streams"])}
        await asyncio.sleep(0.01)
    return {"killed": killed, "after": percentiles(after.values()),
            "server_cpu_seconds": round(cpu_seconds(here.server.process.pid) - used, 2),
            "missed": [sum(key.startswith(f"missed-{killed}") for key in device.copy.shown("idea"))
                       for device in crowd.people]}


def test_ninety_devices_that_come_back_at_once_are_soon_level(capsys):
    for found in run(meet):
        with capsys.disabled():
            print(f"\n  ninety come back at once{', the server too' if found['killed'] else ''}: level after "
                  f"{found['after']} ms, {found['server_cpu_seconds']} s of the server's processor")
        assert found["after"]["n"] == DEVICES and found["missed"] == [MISSED] * DEVICES
        assert found["server_cpu_seconds"] <= WORK
