"""Computes figures of a run: percentiles, and processor time from /proc."""
import os
from collections.abc import Iterable
from pathlib import Path

from workshop.domain.shapes import Json


def percentiles(seconds: Iterable[float]) -> Json:
    """Returns {n, p50, p95, p99, max} in milliseconds (nearest rank) of a list of seconds; only n when it is empty."""
    found = sorted(seconds)
    if not found:
        return {"n": 0}
    at = {f"p{p}": round(1000 * found[min(len(found) - 1, -(-p * len(found) // 100) - 1)], 1) for p in (50, 95, 99)}
    return {"n": len(found)} | at | {"max": round(1000 * found[-1], 1)}


def cpu_seconds(pid: int) -> float:
    """User and system time that a running process has used so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory_mb(pid: int | None) -> float:
    """Returns the memory that a process holds, in MB; 0 where it is not known."""
    if pid is None:
        return 0.0
    held = Path(f"/proc/{pid}/statm").read_text().split()[1]
    return round(int(held) * os.sysconf("SC_PAGE_SIZE") / 1e6, 1)
