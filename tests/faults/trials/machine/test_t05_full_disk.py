"""T5: the disk is full in the middle of the work, and later there is room again."""
import resource

from tests.faults.bars import held
from tests.faults.trial import run, stage

SMALL = {"devices": 6, "rate": 8.0, "full": 5.0, "pace": None}
LONG = {"devices": 60, "rate": 10.0, "full": 60.0, "pace": 1.0}
STORED = 30.0  # seconds after there is room again
NO_ROOM = 1  # bytes that a file may have


async def trial(devices: int, rate: float, full: float, pace: float | None) -> dict:
    """For `full` seconds no file of the server can grow; what was written meanwhile is stored afterwards."""
    async with stage(devices) as here:
        await here.crowd.work(2, rate)
        await here.crowd.calm()
        before = here.crowd.history.counts()["ok"]
        pid, (limit, most) = here.server.process.pid, resource.prlimit(here.server.process.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (NO_ROOM, most))
        await here.crowd.work(full, rate)
        told = here.crowd.history.counts()["ok"] - before
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (limit, most))
        judged = await here.judged()
        if told:
            judged["faults"].append(f"{told} commands were acknowledged while nothing could be stored")
        judged = held(judged, pace, ("seconds until all is stored afterwards", judged["calm_after_seconds"], STORED))
        return judged | {"told_to_wait": sum(device.counts["retries"] for device in here.crowd.people),
                         "written_meanwhile": here.crowd.history.counts()["ok"] - before}


def report(**figures) -> dict:
    """The report of a trial."""
    return run(trial, **figures)


def test_on_a_full_disk_nobody_is_told_that_it_is_saved_and_later_everything_is():
    found = report(**SMALL)
    assert found["faults"] == []
    assert found["told_to_wait"] > 0 and found["written_meanwhile"] > 20
