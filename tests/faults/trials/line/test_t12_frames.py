"""T12: what the server sends comes twice, in another order, cut short, or not at all."""
from collections import Counter
from random import Random

from tests.faults.relays.frames import FATES, Twist, framed, whole
from tests.faults.trial import run, stage

SMALL = {"devices": 8, "twisted": 160, "seed": 1}
LONG = {"devices": 30, "twisted": 10_000, "seed": 2}
SHARE = 15  # of a hundred frames
RATE = 20.0


async def trial(devices: int, twisted: int, seed: int) -> dict:
    """Work until so many frames were twisted; then the line is straight, and the screens are equal."""
    counts, random, twists = Counter(), Random(seed), []

    def twist() -> Twist:
        twists.append(Twist(random, SHARE, counts))
        return twists[-1]
    async with stage(devices, line={"twist": twist}) as here:
        while sum(counts[fate] for fate in FATES) < twisted:
            await here.crowd.work(1, RATE)
        for one in twists:
            one.share = 0
        here.through.twist = None
        return await here.judged() | {"twisted": dict(counts)}


def report(**figures) -> dict:
    """The report of a trial."""
    return run(trial, **figures)


def test_frames_that_are_doubled_reordered_lost_or_cut_short_leave_equal_screens():
    found = report(**SMALL)
    assert found["faults"] == []
    assert all(found["twisted"][fate] > 3 for fate in FATES), found["twisted"]
    assert found["questions"] > 0, "screens asked for what they missed"


def test_the_relay_knows_where_frames_begin_and_end():
    frames = [framed(b"4" * size) for size in (0, 1, 125, 126, 65_535, 65_536)]
    assert [whole(frame) for frame in frames] == [len(frame) for frame in frames]
    assert not any(whole(frame[:-1]) for frame in frames)
    stream, straight = b"HTTP/1.1 101 x\r\n\r\n" + b"".join(frames), Twist(Random(1), 0, Counter())
    assert b"".join(straight.feed(stream[i:i + 700]) for i in range(0, len(stream), 700)) == stream
