"""Reads recorded mobile connections as schedules for the relay: [(second, bytes a second)], none meaning that nothing came
through."""
import asyncio
import csv
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from urllib.parse import urlsplit

from workshop.domain.shapes import Json
from workshop.replay.relay import DOWN, Act, Proxy
from workshop.replay.rows import Unreadable

ENDINGS = (".txt", ".csv", ".first120s", ".worst120s")
PACKET = 1500  # bytes of one delivery opportunity in a mahimahi trace


def read(path: Path) -> list[tuple[float, float]]:
    """Returns the bandwidth of a recorded line, in the direction that the file tells (irish-drive: down)."""
    if path.suffix == ".csv":
        with path.open() as file:
            return [(float(row["t_s"]), float(row["down_kbit_s"] or 0) * 125) for row in csv.DictReader(file)]
    rows = [line.split() for line in path.read_text().split("\n") if line]
    if len(rows[0]) == 2:  # hsdpa: seconds, Mbit/s
        return [(float(at), float(mbit) * 125_000) for at, mbit in rows]
    packets = Counter(int(at) // 1000 for at, in rows)  # mahimahi: milliseconds
    return [(second, packets[second] * PACKET) for second in range(max(packets) + 1)]


def schedule(proxy: Proxy, path: Path, start: float = 0.0, seconds: float = 120.0, faster: float = 1.0) -> list[Act]:
    """Returns what `proxy.follow` is to act out: a part of the trace, at so many times its own pace; at its end the line is
    free."""
    part = [(at, rate) for at, rate in read(path) if start <= at < start + seconds]
    acts = [((at - start) / faster, lambda rate=rate: proxy.at_rate(rate)) for at, rate in part]
    return [*acts, (seconds / faster, lambda: proxy.at_rate(10_000_000))]


@asynccontextmanager
async def lines(url: str, folder: Path, faster: float = 1.0) -> AsyncIterator[list[Proxy]]:
    """Returns the proxies before the server at `url`, one for each recording in the folder and below it, which it acts out
    meanwhile. Raises Unreadable."""
    server = urlsplit(url)
    async with AsyncExitStack() as open_lines:
        proxies = []
        for path in sorted(path for path in folder.rglob("*") if path.name.endswith(ENDINGS)):
            proxy = await Proxy(server.port or 80, host=server.hostname or "127.0.0.1").open()
            open_lines.push_async_callback(proxy.close)
            driving = asyncio.create_task(proxy.follow(schedule(proxy, path, faster=faster)))
            open_lines.callback(driving.cancel)
            proxies.append(proxy)
        if not proxies:
            raise Unreadable(f"{folder} has no recorded lines ({', '.join(ENDINGS)})")
        yield proxies


def carried(proxies: list[Proxy]) -> Json:
    """Returns {lines, connections_on_them, bytes_down_them}."""
    links = [link for proxy in proxies for link in proxy.links]
    return {"lines": len(proxies), "connections_on_them": len(links),
            "bytes_down_them": sum(link.bytes[DOWN] for link in links)}
