"""T14: the database of some time ago is put back while people work; the devices that are there bring back what it forgot."""
import asyncio
import subprocess
from pathlib import Path

from tests.faults.bars import held
from tests.faults.judging.history import OK
from tests.faults.trial import FREE, run, stage
from workshop.store.files import backup
from workshop.store.streams.epochs import MARK

SMALL = {"devices": 6, "seconds": 2, "rate": 20, "way": "unmarked", "pace": None}
LONG = {"devices": 60, "seconds": 60, "rate": 20, "way": "copied", "pace": 1.0}
BAR = 60.0  # seconds until everything that was acknowledged is back


async def trial(devices: int, seconds: float, rate: float, way: str, pace: float | None) -> dict:
    """A copy is made while people write; they go on; then it is put back.  `way`: command, copied or unmarked (the
    server notices because its mark does not fit, or is missing)."""
    async with stage(devices, **FREE) as here:
        crowd, folder = here.crowd, here.place.folder
        crowd.what["withdraw"] = 0  # what refers to a card that its author takes back again first is refused, and said so
        await crowd.work(seconds, rate)
        copy = await asyncio.to_thread(backup.pack, folder, folder.parent / f"{folder.name}.tar.gz")
        before = crowd.history.counts()["ok"]
        await crowd.work(2 * seconds, rate)
        while any(device.outbox.items for device in crowd.everybody):
            await asyncio.sleep(0.05)
        await asyncio.sleep(6 if way == "copied" else 0)  # the mark is written every five seconds
        told = crowd.history.counts()["ok"]
        here.server.kill()
        await asyncio.to_thread(put_back, copy, folder, way)
        await asyncio.to_thread(here.server.start)
        await crowd.work(seconds, rate)
        judged = await here.judged()
        judged = held(judged, pace, ("seconds until all is back", judged["calm_after_seconds"], BAR))
        copy.unlink()
        # The laws compare revisions of ballots, which are counted anew.
        judged["faults"] = [fault for fault in judged["faults"] if "the ballot of" not in fault] + await lost_votes(here)
        return judged | {"acknowledged_after_the_copy": told - before,
                         "noticed": sum(device.counts["restored"] > 0 for device in crowd.everybody)}


async def lost_votes(here) -> list[str]:
    """Ballots that are not as their seats were told last."""
    found = await here.crowd.evidence()
    typed, last = found.history.typed(), {}
    for event in found.history.events:
        if event.what == OK and typed[event.op].verb == "ballot.cast":
            last[typed[event.op].payload["activity"], typed[event.op].seat] = typed[event.op].payload["choices"]
    held = {(row["activity"], row["seat"]): row["choices"] for row in found.ballots}
    return [f"{seat} voted {choices}, and {held.get((vote, seat))} is kept" for (vote, seat), choices in last.items()
            if held.get((vote, seat)) != choices]


def put_back(copy: Path, folder: Path, way: str) -> None:
    """The old database in place of the present one."""
    if way == "command":
        backup.unpack(copy, folder)
        return
    if way == "unmarked":
        (folder / MARK).unlink(missing_ok=True)
    (folder / "old").mkdir()
    subprocess.run(["tar", "-xzf", copy, "-C", folder / "old"], check=True)
    for ending in ("-wal", "-shm"):
        (folder / f"tinkuy.sqlite{ending}").unlink(missing_ok=True)
    (folder / "tinkuy.sqlite").write_bytes((folder / "old" / "tinkuy.sqlite").read_bytes())


def report(**figures) -> dict:
    """The report of a trial."""
    return run(trial, **figures)


def test_what_was_acknowledged_after_the_copy_is_back_once():
    found = report(**SMALL)
    assert found["acknowledged_after_the_copy"] > 30
    assert found["faults"] == []
    assert found["noticed"] == SMALL["devices"] + 1
