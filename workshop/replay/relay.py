"""Simulates a poor connection: a TCP relay on the loopback that is slow, holds, swallows, resets or hangs up, as it is told.
"""
import asyncio
import socket
import struct
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Protocol

CHUNK = 16_384
UP, DOWN = "up", "down"  # towards the server, towards the device
LINGER_0 = struct.pack("ii", 1, 0)  # close() then sends RST

Act = tuple[float, Callable[[], object]]  # seconds from the beginning, and what is called then
Road = asyncio.Queue[tuple[float, bytes | None]]  # when it arrives; None: the side that spoke has ended


class Twist(Protocol):
    """Changes what the server says on its way to the device."""

    def feed(self, data: bytes, /) -> bytes: ...


@dataclass(eq=False)
class Link:
    """Holds one connection through the proxy. Moments are monotonic."""

    device: asyncio.StreamWriter
    server: asyncio.StreamWriter
    swallows: set[str] = field(default_factory=set)
    halved_at: float | None = None
    device_left: float | None = None  # when the device, or the server, ended it
    server_left: float | None = None
    bytes: dict[str, int] = field(default_factory=lambda: {UP: 0, DOWN: 0})

    @property
    def alive(self) -> bool:
        """Tells whether neither side has ended it."""
        return self.device_left is None and self.server_left is None


class Proxy:
    """Holds a relay on this machine to a port of `host`; `links` are all connections that it ever had.

    `twist()` makes, for each connection, an object whose `feed(bytes) -> bytes` may change what the server says
    (tests/faults/relays/frames.py).
    """

    def __init__(self, target: int, latency: float = 0.0, rate: float | None = None,
                 twist: Callable[[], Twist] | None = None, host: str = "127.0.0.1") -> None:
        self.host, self.target, self.latency, self.rate, self.twist = host, target, latency, rate, twist
        self.port, self.is_shut = 0, False
        self.links: list[Link] = []
        self.swallows: set[str] = set()  # what new connections swallow from the beginning
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def url(self) -> str:
        """Returns where devices connect."""
        return f"http://127.0.0.1:{self.port}"

    async def open(self) -> "Proxy":
        """Begins to listen."""
        self._loop, self._flows = asyncio.get_running_loop(), asyncio.Event()
        self._flows.set()
        self._listener = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        self.port = self._listener.sockets[0].getsockname()[1]
        return self

    async def close(self) -> None:
        """Stops listening and drops what is open."""
        self._listener.close()
        self._drop()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def hold(self) -> None:
        """Returns an outage: nothing passes until `go`."""
        self._call(self._flows.clear)

    def go(self) -> None:
        """Returns the outage is over."""
        self._call(self._flows.set)

    def halve(self, *directions: str, new: bool = False) -> None:
        """Returns what is said in these directions on the connections that are open now (`new`: also on later ones) is lost.
        """
        self._call(self._halve, set(directions), new)

    def heal(self) -> None:
        """New connections are whole again; those that were halved stay so."""
        self.swallows, self.is_shut = set(), False

    def shut(self) -> None:
        """Nobody gets in until `heal`."""
        self.is_shut = True

    def reset(self, which: Callable[[Link], bool] = lambda link: True) -> None:
        """RST to both sides of the open connections (that `which` picks)."""
        self._call(self._drop, which)

    def finish(self) -> None:
        """FIN to both sides of all open connections."""
        self._call(self._finish)

    async def follow(self, schedule: Iterable[Act]) -> None:
        """Act out [(seconds from now, what to call)]."""
        began = time.monotonic()
        for at, act in schedule:
            await asyncio.sleep(max(0.0, began + at - time.monotonic()))
            act()

    def at_rate(self, rate: float) -> None:
        """From now on so many bytes a second; none: an outage."""
        if rate:
            self.rate = rate
            self.go()
        else:
            self.hold()

    def _call(self, act: Callable[..., object], *args: object) -> None:
        self._loop.call_soon_threadsafe(act, *args)

    def _halve(self, directions: set[str], new: bool) -> None:
        self.swallows = directions if new else set()
        for link in self.links:
            if link.alive:
                link.swallows, link.halved_at = directions, time.monotonic()

    def _drop(self, which: Callable[[Link], bool] = lambda link: True) -> None:
        for link in [link for link in self.links if link.alive and which(link)]:
            for writer in (link.device, link.server):
                _reset(writer)

    def _finish(self) -> None:
        for link in [link for link in self.links if link.alive]:
            for writer in (link.device, link.server):
                writer.close()

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task  # a connection is accepted in one
        self._tasks.add(task)
        try:
            await self._relay(reader, writer)
        except asyncio.CancelledError:
            pass
        finally:
            self._tasks.discard(task)
            writer.close()

    async def _relay(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.is_shut:
            return _reset(writer)
        try:
            server_reader, server = await asyncio.open_connection(self.host, self.target)
        except OSError:
            return _reset(writer)
        link = Link(writer, server, set(self.swallows), time.monotonic() if self.swallows else None)
        self.links.append(link)
        try:
            await asyncio.gather(self._carry(link, reader, server, UP), self._carry(link, server_reader, writer, DOWN))
        finally:
            server.close()
            writer.close()
        return None

    async def _carry(self, link: Link, source: asyncio.StreamReader, sink: asyncio.StreamWriter, direction: str) -> None:
        """From one side to the other; the reader and the writer are apart, so that latency does not cost bandwidth."""
        road: Road = asyncio.Queue(maxsize=16)
        arriving = asyncio.create_task(self._arrive(link, road, sink, direction))
        twist = self.twist() if self.twist and direction == DOWN else None
        try:
            while True:
                try:
                    data = await source.read(CHUNK)
                except OSError:
                    data = b""
                if not data:
                    break
                await road.put((time.monotonic() + self.latency, twist.feed(data) if twist else data))
            name = "device_left" if direction == UP else "server_left"
            setattr(link, name, getattr(link, name) or time.monotonic())
            await road.put((time.monotonic() + self.latency, None))
            await arriving
        finally:
            arriving.cancel()

    async def _arrive(self, link: Link, road: Road, sink: asyncio.StreamWriter, direction: str) -> None:
        while True:
            due, data = await road.get()
            await asyncio.sleep(max(0.0, due - time.monotonic()))
            await self._flows.wait()
            if direction in link.swallows:
                if data is None and link.swallows == {UP, DOWN}:
                    return  # the other side learns nothing of it
                if data is not None:
                    continue
            with suppress(OSError, RuntimeError):
                if data is None or sink.is_closing():
                    sink.close()
                    return
                link.bytes[direction] += len(data)
                sink.write(data)
                await sink.drain()
            if data is None:
                return  # its end could not be said any more
            if self.rate:
                await asyncio.sleep(len(data) / self.rate)


def _reset(writer: asyncio.StreamWriter) -> None:
    if not writer.is_closing():
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, LINGER_0)
        writer.transport.abort()
