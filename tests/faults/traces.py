"""Recorded mobile lines as schedules for the proxy: [(second, bytes a second)], none meaning that nothing came through."""
import csv
from collections import Counter
from pathlib import Path

PACKET = 1500  # bytes of one delivery opportunity in a mahimahi trace


def read(path: Path) -> list[tuple[float, float]]:
    """The bandwidth of a recorded line, in the direction that the file tells (irish-drive: down)."""
    if path.suffix == ".csv":
        with path.open() as file:
            return [(float(row["t_s"]), float(row["down_kbit_s"] or 0) * 125) for row in csv.DictReader(file)]
    rows = [line.split() for line in path.read_text().split("\n") if line]
    if len(rows[0]) == 2:  # hsdpa: seconds, Mbit/s
        return [(float(at), float(mbit) * 125_000) for at, mbit in rows]
    packets = Counter(int(at) // 1000 for at, in rows)  # mahimahi: milliseconds
    return [(second, packets[second] * PACKET) for second in range(max(packets) + 1)]


def schedule(proxy, path: Path, start: float = 0.0, seconds: float = 120.0, faster: float = 1.0) -> list:
    """What `proxy.follow` is to act out: a part of the trace, at so many times its own pace; at its end the line is free."""
    part = [(at, rate) for at, rate in read(path) if start <= at < start + seconds]
    acts = [((at - start) / faster, lambda rate=rate: proxy.at_rate(rate)) for at, rate in part]
    return [*acts, (seconds / faster, lambda: proxy.at_rate(10_000_000))]
