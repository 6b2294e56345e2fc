"""A hall that votes over sockets, and somebody in another workshop meanwhile."""
import asyncio
import secrets
import tempfile
import time
from pathlib import Path

from tests.bench.ballots.curve import CHOSEN, furnish
from tests.bench.ballots.hall import Alone, Phone, Screen, load
from tests.live.server import Server
from tests.support import cast
from workshop.replay.figures import cpu_seconds, percentiles


class Line:
    """A server, a hall of so many phones in one workshop, somebody in another one, and three screens."""

    def __init__(self, devices: int, seconds: float, cards: int, bursts: int, database: str = "") -> None:
        self.devices, self.seconds, self.cards, self.bursts, self.database = devices, seconds, cards, bursts, database
        self.chosen: dict[int, dict] = {}  # the last acknowledged ballot of each phone
        self.found: dict[str, object] = {}

    def run(self) -> dict:
        """The figures, times in milliseconds."""
        with tempfile.TemporaryDirectory() as folder:
            app = cast.app(folder, database=self.database)
            self.at, self.other = furnish(app, self.cards), furnish(app, 3, "Otro taller")
            app.extensions["house"].store.close()
            self.server = Server(Path(folder), database=self.database)
            try:
                self.server.start()
                asyncio.run(self.vote())
            finally:
                self.server.stop()
        return {"cards": self.cards, "devices": self.devices, "load": load()} | self.found

    async def vote(self) -> None:
        """Everything, one after the other."""
        url, self.asked = self.server.url, {}
        other = await asyncio.to_thread(Alone, url, self.other["code"], self.other["ideas"])
        await self.arrive(url)
        Screen.vote = self.at["dots"]
        self.screens = [Screen(url) for _ in range(3)]
        for i, screen in enumerate(self.screens):
            await screen.join(self.at["code"], f"Pantalla {i}", room=1)
            await screen.start().up.wait()
        for verb in ("hand", "heart", "ballot", "idea")[:4 if self.cards < 2000 else 3]:  # a board takes 5000 ideas
            await self.loop(verb)
        await self.burst()
        self.found["equal"] = await self.equal()
        waits = await asyncio.to_thread(other.waits)
        for what, spans in self.asked.items():
            self.found[what] |= {"others": percentiles(
                [took for at, took in waits if any(since - took < at <= until for since, until in spans)])}
        for screen in self.screens:
            await screen.stop()
        for phone in self.phones:
            phone.close()

    async def arrive(self, url: str) -> None:
        """Everybody comes in at once."""
        await asyncio.sleep(1.0)
        began, cpu = time.monotonic(), cpu_seconds(self.server.process.pid)
        self.phones = await asyncio.gather(*(Phone.join(url, self.at["code"], f"Persona {i}") for i in range(self.devices)))
        ended = time.monotonic()
        self.found["joins"] = {
            "seconds": round(ended - began, 2),
            "cpu_ms": round(1000 * (cpu_seconds(self.server.process.pid) - cpu) / self.devices, 1)}
        self.asked["joins"] = [(began, ended)]
        await asyncio.sleep(2.0)

    def act(self, verb: str, i: int, phone: Phone):
        """What the phone does next."""
        at = self.at
        cards = [at["cards"][(7 * phone.n + i + k) % len(at["cards"])] for k in range(min(CHOSEN, len(at["cards"])))]
        if verb == "idea":
            return phone.do("contribution.add", {"activity": at["ideas"], "id": secrets.token_urlsafe(9),
                                                 "body": {"text": f"Idea {phone.n} de {i}"}})
        if verb == "hand":
            return phone.do("hand.lower" if phone.n % 2 else "hand.raise", {"room": at["rooms"][0]})
        if verb == "heart":
            return phone.cast(at["reactions"], {key: ["like"] for key in cards})
        self.chosen[i] = dict.fromkeys(cards, 1)
        return phone.cast(at["dots"], self.chosen[i])

    async def loop(self, verb: str) -> None:
        """Everybody does the next thing as soon as the last is acknowledged."""
        waits: list[float] = []
        began, cpu = time.monotonic(), cpu_seconds(self.server.process.pid)

        async def go(i: int, phone: Phone) -> None:
            while time.monotonic() < began + self.seconds:
                waits.append(await self.act(verb, i, phone))
        await asyncio.gather(*(go(i, phone) for i, phone in enumerate(self.phones)))
        ended = time.monotonic()
        self.found[verb] = {
            "a_second": round(len(waits) / (ended - began)),
            "cpu_ms": round(1000 * (cpu_seconds(self.server.process.pid) - cpu) / len(waits), 2), **percentiles(waits)}
        self.asked[verb] = [(began, ended)]
        await asyncio.sleep(1.5)

    async def burst(self) -> None:
        """All ballots at once, several times."""
        last, spans = [], []
        for _ in range(self.bursts):
            began = time.monotonic()
            casting = [asyncio.create_task(self.act("ballot", i, phone)) for i, phone in enumerate(self.phones)]
            await asyncio.sleep(0)  # all are sent
            sent = time.monotonic()
            await asyncio.gather(*casting)
            last.append(time.monotonic() - sent)
            spans.append((began, time.monotonic()))
            await asyncio.sleep(1.3)
        self.found["at_once"], self.asked["at_once"] = {"last_acknowledged": percentiles(last)}, spans

    async def equal(self) -> bool:
        """Whether all screens come to show what a recount of the acknowledged ballots gives; how often they were told."""
        points: dict[str, int] = {}
        for choices in self.chosen.values():
            for card, given in choices.items():
                points[card] = points.get(card, 0) + given
        gaps = [b - a for screen in self.screens for a, b in zip(screen.results, screen.results[1:], strict=False)]
        self.found["results"] = {"frames": len(self.screens[0].results), "nearest_ms": round(1000 * min(gaps, default=0))}
        for _ in range(100):
            shown = [{card: one["points"] for card, one in screen.copy.cards[self.at["dots"]]["tally"]["items"].items()}
                     for screen in self.screens]
            if all(one == points for one in shown):
                return True
            await asyncio.sleep(0.1)
        return False
