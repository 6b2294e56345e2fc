"""How a trial is run: a place, a server and a crowd for as long as it lasts."""
import asyncio
import subprocess
import tempfile
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.faults.crowd import Crowd
from tests.faults.judging import laws
from tests.faults.judging.history import Witness
from tests.faults.place import Place, found
from tests.faults.relays.proxy import Proxy
from tests.live.server import Server
from tests.support.apart import apart

FREE = {"rate": 10_000, "burst": 100_000}  # a crowd on one machine is not to be held back as one device would be


@dataclass
class Stage:
    """What a trial works with.  `through` is the bad line, if it has one."""

    place: Place
    server: Server
    crowd: Crowd
    through: Proxy | None = None

    def said(self) -> str:
        """What the server wrote to its log so far."""
        return (self.place.folder / "server.log").read_text(errors="replace")

    async def judged(self, texts=(), secrets=(), limit: float = 180.0) -> dict:
        """{faults, calm_after_seconds, and the crowd's figures}, once everything has come to rest."""
        calm = await self.crowd.calm(limit)
        faults = laws.broken(await self.crowd.evidence([*texts, ("the log", self.said())], secrets))
        if calm >= limit:
            faults.append(f"it did not come to rest within {limit} s")
        if "Traceback" in self.said():
            faults.append("the server's log has a traceback: " + self.said()[-2000:])
        return {"faults": faults, "calm_after_seconds": calm} | self.crowd.figures()


@asynccontextmanager
async def stage(devices: int = 0, rooms: int = 2, line: dict | None = None, captures: bool = False,
                where: dict | None = None, program: tuple | None = None, phone=Witness, **settings):
    """A running server with its crowd connected; `line`: settings of a proxy before it, `where`: those of the place,
    `program`: another one than the server's, `phone`: what people have."""
    with tempfile.TemporaryDirectory(prefix="tinkuy-trial-") as folder:
        place = await asyncio.to_thread(found, folder, rooms, **(where or {}))
        server = Server(folder, **settings)
        server.program = program or server.program
        with logbook(Path(folder) / "server.log") as server.errors:
            await asyncio.to_thread(server.start)
            proxy = await Proxy(server.port, **line).open() if line is not None else None
            here = Stage(place, server, Crowd(place, devices, captures=captures, phone=phone), proxy)
            try:
                await here.crowd.come(server.url, proxy.url if proxy else "")
                yield here
            finally:
                await here.crowd.go()
                if proxy:
                    await proxy.close()
                await asyncio.to_thread(server.stop)


@contextmanager
def logbook(path: Path):
    """A pipe that ends in a file: whatever limits the server has, and however often it dies, its last words are kept."""
    with path.open("wb") as file, subprocess.Popen(["cat"], stdin=subprocess.PIPE, stdout=file) as cat:
        yield cat.stdin


def run(trial, *args, **figures) -> dict:
    """The report of an asynchronous trial."""
    return apart(lambda: asyncio.run(trial(*args, **figures)))
