"""The laws on running programs that have a bug (planted.py): each is found out by the law that it breaks.

All meet at the same time, each with a server of its own; test_laws.py plants bugs in what a good server left behind.
"""
import asyncio
from functools import partial

import pytest

from tests.faults.crowd import Crowd
from tests.faults.judging import laws
from tests.faults.judging.evidence import Secret
from tests.faults.judging.history import Witness
from tests.faults.judging.planted import BUGS
from tests.faults.trial import stage
from tests.support.apart import apart
from tests.support.waiting import PATIENCE

LATE = {"latency": 0.15}  # seconds each way, so that answers are under way when a line is reset
PEOPLE, RESTLESS = 3, 15.0  # devices; seconds for those who, with a bug, may never come to rest


class Forgetful(Witness):
    """A phone that throws away what was under way when its line broke, as one does that only emits."""

    def _hang_up(self) -> None:
        lost = [item for what, item, _ in self._pending.values() if what == "do"]
        super()._hang_up()
        self.outbox.items = [item for item in self.outbox.items if item not in lost]
        if self.outbox.items and lost:
            self.outbox.renumber(lost[0].n)


async def write(here, crowd: Crowd) -> None:
    """Ideas."""
    for _ in range(12):
        for device in crowd.people:
            device.add(here.place.boards[crowd.room(device)], crowd.text())
        await asyncio.sleep(0.05)


async def vote(here, crowd: Crowd) -> None:
    """Ideas, then ballots."""
    await write(here, crowd)
    await crowd.calm(RESTLESS)
    for device in crowd.people:
        crowd.vote(device, list(device.copy.shown("idea")))


async def change(here, crowd: Crowd) -> None:
    """Ideas, then changes to them while lines break with answers under way."""
    await write(here, crowd)
    await crowd.calm(RESTLESS)
    for _ in range(3):
        for device in crowd.people:
            device.write("contribution.edit", {"id": device.own[0], "body": {"text": crowd.text()}})
        await asyncio.sleep(0.2)  # the server has it, the device has not heard so
        here.through.reset()
        await asyncio.gather(*(device.up.wait() for device in crowd.people))


FOUND = {  # bug -> the law that finds it, in which words
    "early": (1, "was acknowledged and is not stored"), "twice": (1, "is stored 2 times"),
    "silent": (3, "cards are missing"), "gap": (4, "numbers were given to no card"), "double": (6, "is not the recount"),
    "leak": (8, "was overheard by"), "forgetful": (9, "is nowhere, and nobody was told")}
MEETINGS = {  # bugs -> what people do, the line
    ("early",): (write, None), ("double", "leak"): (vote, None), ("silent", "gap"): (write, None),
    ("twice",): (change, LATE), ("forgetful",): (change, LATE), (): (change, LATE)}


async def meet(bugs: tuple) -> tuple[list[str], dict]:
    """(what the laws say, what people were told) of a small meeting with these bugs."""
    act, line = MEETINGS[bugs]
    program = ("tests.faults.judging.planted", *bugs) if BUGS.keys() & bugs else None
    phone = Forgetful if "forgetful" in bugs else Witness
    async with stage(PEOPLE, line=line, captures=True, program=program, phone=phone) as here:
        crowd = here.crowd
        await act(here, crowd)
        await crowd.calm(RESTLESS if bugs else PATIENCE)
        secrets = [Secret(f"what {device.name} wrote", (device.seat,), frozenset({device.name, crowd.lead.name}))
                   for device in crowd.people]
        return laws.broken(await crowd.evidence(secrets=secrets)), crowd.history.counts()


@pytest.fixture(scope="module")
def found():
    """bugs -> as `meet`."""
    async def all_of_them():
        return dict(zip(MEETINGS, await asyncio.gather(*map(meet, MEETINGS)), strict=True))
    return apart(partial(asyncio.run, all_of_them()))


@pytest.mark.parametrize("bug", FOUND)
def test_a_program_with_a_bug_is_found_out_by_the_law_that_it_breaks(found, bug):
    law, words = FOUND[bug]
    faults, told = next(report for bugs, report in found.items() if bug in bugs)
    assert told["ok"] > 20, "they worked"
    assert any(fault.startswith(f"law {law}: ") and words in fault for fault in faults), faults


def test_the_good_program_breaks_no_law_in_the_same_meeting(found):
    assert FOUND.keys() == {bug for bugs in MEETINGS for bug in bugs}
    faults, told = found[()]
    assert faults == [] and told["ok"] > 20 and told["info"] > 0, "lines broke with commands under way"
