"""T19: many write at one spot at once, and two move the same card: the order is one order, on every screen.

There are no keys between neighbours: a card's place is its column and, in it, its number, which the server gives in the
order of arrival and never gives twice.  So there is nothing that could grow, collide or have to be counted anew.
"""
import asyncio

from tests.faults.place import COLUMNS
from tests.faults.trial import FREE, run, stage

SMALL = {"devices": 5, "ideas": 40, "moves": 25}
LONG = {"devices": 5, "ideas": 900, "moves": 2000}


async def trial(devices: int, ideas: int, moves: int) -> dict:
    """All write into one column as fast as they can; then authors and the facilitator move the same cards about."""
    async with stage(devices, rooms=1, **FREE) as here:
        crowd, board = here.crowd, here.place.boards[0]
        for _ in range(ideas):
            for device in crowd.people:
                device.add(board, crowd.text(), place={"column": "c2"})
            await asyncio.sleep(0)
        await crowd.calm(600)
        for _ in range(moves):
            author = crowd.random.choice(crowd.people)
            card = crowd.random.choice(author.own)
            for mover in (author, crowd.lead):
                mover.write("contribution.edit", {"id": card, "place": {"column": crowd.random.choice(COLUMNS)}})
            await asyncio.sleep(0.002)
        judged = await here.judged(limit=600)
        orders = {tuple((card["number"], card["id"], card["place"]["column"]) for card in sorted(
            device.copy.shown("idea").values(), key=lambda card: card["number"])) for device in crowd.everybody}
        if len(orders) != 1:
            judged["faults"].append(f"there are {len(orders)} orders")
        columns = {column for _, _, column in orders.pop()}
        return judged | {"ideas": sum(len(device.own) for device in crowd.people), "columns": len(columns)}


def report(**figures) -> dict:
    """The report of a trial."""
    return run(trial, **figures)


def test_ideas_written_at_one_spot_at_once_stand_in_one_order_on_every_screen():
    found = report(**SMALL)
    assert found["faults"] == []
    assert found["ideas"] == SMALL["devices"] * SMALL["ideas"] and found["columns"] > 1
    assert found["commands"].get("fail") is None
