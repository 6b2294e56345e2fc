"""The relay that stands for a bad line."""
import asyncio

from workshop.replay.relay import DOWN, UP, Link, Proxy


class Gone:
    """A writer whose loop is over: it cannot be closed any more."""

    def is_closing(self) -> bool:
        return False

    def close(self) -> None:
        raise RuntimeError("Event loop is closed")


def test_the_end_of_a_side_that_cannot_be_told_ends_that_way_of_the_line():
    async def arrive(direction: str) -> None:
        proxy, road = Proxy(0, rate=1000.0), asyncio.Queue()
        proxy._flows = asyncio.Event()
        proxy._flows.set()
        await road.put((0.0, None))
        await asyncio.wait_for(proxy._arrive(Link(Gone(), Gone()), road, Gone(), direction), 10)
    for direction in (UP, DOWN):
        asyncio.run(arrive(direction))
