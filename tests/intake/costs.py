"""How the work for an input grows with its size: in processor time of two sizes side by side, not in seconds."""
import time
from collections.abc import Callable


def growth(work: Callable[[str | bytes], object], made: Callable[[int], str | bytes], size: int) -> float:
    """How many times as much processor time four times the size takes, in the best of some runs: 4 is linear, 16 square."""
    def cost(data) -> float:
        times = []
        for _run in range(3):
            start = time.process_time()
            work(data)
            times.append(time.process_time() - start)
        return min(times)
    small, big = made(size), made(4 * size)
    return cost(big) / max(cost(small), 0.002)
