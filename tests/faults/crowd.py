"""People who work while things break: they write, change, take back and vote, and afterwards everything is laid open."""
import asyncio
import random
import time

from tests.faults.judging import evidence
from tests.faults.judging.history import History, Witness
from tests.faults.place import COLUMNS, Place
from workshop.replay.figures import percentiles

WHAT = {"idea": 50, "edit": 14, "move": 6, "comment": 12, "withdraw": 4, "vote": 14}  # of a hundred things that people do
WORDS = ("Guardar semilla propia", "Ferias cada mes", "Agua para el riego", "Un fondo de las cuatro comunidades",
         "Que los jóvenes enseñen el teléfono", "Precio justo para la quinua")


class Crowd:
    """Devices over the rooms of a place, one after the other, and one history for all of them."""

    def __init__(self, place: Place, devices: int, seed: int = 2021, captures: bool = False, phone=Witness):
        self.place, self.history, self.random = place, History(), random.Random(seed)
        self.people = [phone("", f"Persona {i:02d}", self.history, captures) for i in range(devices)]
        self.lead = Witness("", "Elena", self.history, captures)
        self.n, self.what = 0, dict(WHAT)

    @property
    def everybody(self) -> list[Witness]:
        """Participants and the facilitator."""
        return [*self.people, self.lead]

    def room(self, device: Witness) -> int:
        """The index of the room in which a participant is."""
        return self.people.index(device) % len(self.place.rooms)

    async def come(self, url: str, through: str = "") -> None:
        """Join at `url`, then connect, by way of `through` (a bad line) if given."""
        for device in self.people:
            device.url = url
            await device.join(self.place.code, room=self.room(device) + 1)
        self.lead.cookie = f"tinkuy={self.place.staff}"
        self.lead.place = {"streams": [self.place.workshop, *self.place.rooms], "seats": []}
        for device in self.everybody:
            device.url = through or url
            device.start()
        self.lead.url = url
        await asyncio.gather(*(device.up.wait() for device in self.everybody))

    async def work(self, seconds: float, rate: float, people=None) -> None:
        """So many things a second in all, each by somebody drawn by lot, for so long."""
        began = time.monotonic()
        for i in range(int(rate * seconds)):
            await asyncio.sleep(max(0.0, began + i / rate - time.monotonic()))
            self.are_well()
            self.act(self.random.choice(people or self.people))

    def are_well(self) -> None:
        """Raises what broke a device; one that is just leaving is well."""
        for device in self.everybody:
            if device._task and device._task.done() and not device._task.cancelled():
                device._task.result()

    def text(self) -> str:
        """Something to say that nobody has said."""
        self.n += 1
        return f"{self.random.choice(WORDS)} [{self.n}]"

    def act(self, device: Witness) -> None:
        """Somebody does something."""
        room, what = self.room(device), self.random.choices(list(self.what), self.what.values())[0]
        board, cards = self.place.boards[room], list(device.copy.shown("idea"))
        if what == "vote" and cards:
            self.vote(device, cards)
        elif what == "comment" and cards:
            device.add(board, self.text(), parent=self.random.choice(cards))
        elif what == "edit" and device.own:
            device.write("contribution.edit", {"id": self.random.choice(device.own), "body": {"text": self.text()}})
        elif what == "move" and device.own:
            device.write("contribution.edit", {"id": self.random.choice(device.own),
                                               "place": {"column": self.random.choice(COLUMNS)}})
        elif what == "withdraw" and len(device.own) > 3:
            device.write("contribution.withdraw", {"id": device.own.pop(0)})
        else:
            device.add(board, self.text())

    def vote(self, device: Witness, cards: list[str]) -> None:
        """A whole new ballot upon the last one; as on the pages, one at a time."""
        vote = self.place.votes[self.room(device)]
        if not any(item.verb == "ballot.cast" for item in device.outbox.items):
            held = device.ballots.get((vote, device.seat), {"rev": 0})
            choices = {card: self.random.randrange(1, 3) for card in self.random.sample(cards, min(2, len(cards)))}
            device.write("ballot.cast", {"activity": vote, "choices": choices, "base_rev": held["rev"]})

    async def told(self, limit: float) -> None:
        """Wait until every command is answered, or for so many seconds."""
        until = time.monotonic() + limit
        while time.monotonic() < until and any(device.outbox.items for device in self.everybody):
            await asyncio.sleep(0.05)

    async def calm(self, limit: float = 180.0) -> float:
        """Seconds until every outbox is empty and every screen stands where the streams stand; `limit` if never."""
        since = time.monotonic()
        while time.monotonic() - since < limit and not await self.level():
            await asyncio.sleep(0.1)
        return round(time.monotonic() - since, 2)

    async def level(self) -> bool:
        """Whether nothing is under way any more."""
        self.are_well()
        if any(device.outbox.items for device in self.everybody):
            return False
        heads = await asyncio.to_thread(evidence.heads, self.place)
        return bool(heads) and all(device.copy.cursors.get(stream) == heads[stream]
                                   for device in self.everybody for stream in device.place["streams"])

    async def go(self) -> None:
        """Everybody hangs up."""
        for device in self.everybody:
            await device.stop()

    def figures(self) -> dict:
        """What happened; milliseconds unless the name says otherwise."""
        return {"devices": len(self.people), "commands": self.history.counts(),
                "connections": sum(device.counts["connections"] for device in self.everybody),
                "questions": sum(device.counts["asks"] for device in self.everybody),
                "acknowledgement": percentiles([wait for device in self.people for wait in device.waits])}

    async def evidence(self, texts=(), secrets=()) -> "evidence.Evidence":
        """Everything that the laws look at, from a server that answers at `lead.url`."""
        return await evidence.gather(self, texts, secrets)
