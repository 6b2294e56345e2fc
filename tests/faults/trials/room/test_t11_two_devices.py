"""T11: two devices of one seat vote at the same time, with a line and without."""
import asyncio
from collections import Counter
from datetime import UTC, datetime

from tests.faults.trial import FREE, run, stage
from workshop.actions.people import sessions
from workshop.store.session import Store

SMALL = {"pairs": 4, "rounds": 15}
LONG = {"pairs": 40, "rounds": 200}


async def trial(pairs: int, rounds: int) -> dict:
    """Both devices of each seat vote in turn and at once; then both vote offline, and both come back."""
    async with stage(2 * pairs, rooms=1, **FREE) as here:
        twins = list(zip(here.crowd.people[::2], here.crowd.people[1::2], strict=True))
        for one, other in twins:
            await other.leave()
            other.cookie = f"tinkuy={await asyncio.to_thread(another, here.place, one)}"
            other.place = one.place
            await other.start().up.wait()
        ideas = [one.add(here.place.boards[0], here.crowd.text()) for one, _ in twins for _ in range(3)]
        await here.crowd.calm()
        await asyncio.gather(*(vote(here, device, ideas, rounds) for device in here.crowd.people))
        for pair in twins:
            await offline(here, pair, ideas)
        judged = await here.judged()
        evidence = await here.crowd.evidence()
        seats = Counter(row["seat"] for row in evidence.ballots)
        judged["faults"] += [f"{seat} has {n} ballots" for seat, n in seats.items() if n != 1]
        for one, other in twins:
            held = [device.ballots[here.place.votes[0], one.seat] for device in (one, other)]
            stored = next(row for row in evidence.ballots if row["seat"] == one.seat)
            if any((ballot["rev"], ballot["choices"]) != (stored["rev"], stored["choices"]) for ballot in held):
                judged["faults"].append(f"the devices of {one.name} show {held}, stored is {stored}")
        return judged | {"ballots": len(seats), "stale": sum(
            answer["code"] == "stale_ballot" for answer in here.crowd.history.told("fail").values())}


def another(place, device) -> str:
    """The cookie of a second device that came in with the seat's own code."""
    store = Store(place.url)
    try:
        with store.write() as session:
            return sessions.come_back(session, datetime.now(UTC), None, device.place["seats"][0]["code"]).secret
    finally:
        store.close()


async def vote(here, device, ideas: list[str], rounds: int) -> None:
    """Dots on one idea after the other; some rounds ask for more than there are."""
    for _ in range(rounds):
        idea, dots = here.crowd.random.choice(ideas), here.crowd.random.choice((0, 1, 2, 3, 4))
        held = device.ballots.get((here.place.votes[0], device.seat), {"choices": {}})["choices"]
        await device.vote(here.place.votes[0], dict.fromkeys(held, 0) | {idea: dots})


async def offline(here, pair, ideas: list[str]) -> None:
    """Both are away, both change the ballot that they know; one of them is told that it has changed meanwhile."""
    vote = here.place.votes[0]
    for device in pair:
        await device.leave()
    for i, device in enumerate(pair):
        held = device.ballots.get((vote, device.seat), {"rev": 0})
        device.write("ballot.cast", {"activity": vote, "choices": {ideas[i]: 2}, "base_rev": held["rev"]})
    await asyncio.gather(*(device.start().up.wait() for device in pair))


def report(**figures) -> dict:
    """The report of a trial."""
    return run(trial, **figures)


def test_a_seat_with_two_devices_has_one_ballot_within_the_budget_and_both_show_it():
    found = report(**SMALL)
    assert found["faults"] == []
    assert found["ballots"] == SMALL["pairs"]
    assert found["stale"] >= SMALL["pairs"], "each pair wrote over each other at least once"
    assert found["commands"]["fail"] > found["stale"], "some asked for too much"
