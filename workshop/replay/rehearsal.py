"""Rehearses a workshop: simulated people write, vote and are paused in all rooms at once, and a desk looks on."""
import asyncio
import random
import secrets
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from workshop.config import Config
from workshop.domain.kinds import kinds
from workshop.domain.methods.library import library
from workshop.domain.shapes import Json
from workshop.domain.steps import ROOM
from workshop.replay import stage
from workshop.replay.client.device import Device, Refused
from workshop.replay.figures import percentiles
from workshop.replay.play import CROWDED

STEPS = [{"key": "ideas", "minutes": 0, "opens": ["ideas", "dots"]}]
WRITE, VOTE = 25.0, 40.0  # seconds between two ideas of a person, and between two ballots, in the mean
PAUSE_EVERY, PAUSE = 20.0, 2.0  # seconds from one pause of all rooms to the next at most, and how long one is
SETTLE = 30.0  # seconds at most for what is still on its way at the end
WITHIN = 0.95  # of the devices; how long until so many are told is the figure that counts


@dataclass
class Hall:
    """Holds what is rehearsed: how to get in, the rooms by id, and who leads."""

    code: str
    workshop: str
    rooms: dict[str, int]
    cookie: str
    steps: int  # of each room


def found(config: Config, rooms: int, method: str = "") -> Hall:
    """Opens a workshop with so many open rooms. Raises KeyError for a method that is not in the library."""
    chosen = library()[method] if method else None
    with stage.opened(config) as store, store.write() as session:
        workshop, cookie = stage.workshop(session, "Ensayo")
        built = [stage.room(session, workshop, f"Sala {n}", ("dots",), STEPS, chosen)[0] for n in range(1, rooms + 1)]
        return Hall(workshop.code, workshop.id, {one.id: one.number for one in built}, f"tinkuy={cookie}",
                    len(built[0].steps))


class Screen(Device):
    """Simulates a device, and notes when it was told of each change of a room."""

    def __init__(self, url: str):
        super().__init__(url)
        self.told: dict[tuple[str, bool, int], float] = {}  # (room, paused, the number of the pause) -> when
        self.turn = 0

    def _keep(self, frame: Json, asked: int = 0) -> None:
        super()._keep(frame, asked)
        for card in frame["cards"]:
            if card.get("kind") == "room":
                self.told.setdefault((card["id"], "paused" in card, self.turn), time.monotonic())


class Lead(Screen):
    """Simulates the desk: who leads acts without a seat; without `watching` it hears of the workshop, of no
    room."""

    def __init__(self, url: str, hall: Hall, watching: bool):
        super().__init__(url)
        self.cookie, self.place = hall.cookie, {"streams": [hall.workshop, *(hall.rooms if watching else ())]}

    async def act(self, verb: str, payload: Json) -> Json:
        """Does something and waits for the answer."""
        item = self.outbox.add(verb, None, payload)
        self._flush()
        return await item.answer


@dataclass
class Rehearsal:
    """Plays it on the server at `url`. Each fifth of the seats is the first of a device that carries three."""

    url: str
    hall: Hall
    seats: int
    seconds: float
    desk: bool = True
    seed: int = 7
    crowd: list[Screen] = field(default_factory=list)
    written: dict[str, tuple[str, float]] = field(default_factory=dict)  # card -> (room, when it was sent)
    answers: Counter[str] = field(default_factory=Counter)
    acts: list[float] = field(default_factory=list)  # of each act on all rooms: seconds until WITHIN of the devices knew
    most: list[float] = field(default_factory=list)  # and until the last did
    private: int = 0  # ideas of steps in which not the whole room sees them
    missed: int = 0  # devices that an act did not reach within SETTLE

    async def run(self) -> Json:
        """Returns the figures. Raises Refused, OSError, TimeoutError."""
        chance = random.Random(self.seed)  # noqa: S311  (the same rehearsal each time)
        lead = Lead(self.url, self.hall, self.desk)
        try:
            async with asyncio.timeout(self.seconds + 2 * SETTLE + self.seats):
                await self._come_in()
                lead.start()
                await asyncio.gather(*(one.up.wait() for one in (*self.crowd, lead)))
                began = time.monotonic()
                people = [asyncio.create_task(self._person(one, seat["id"], random.Random(chance.random())))  # noqa: S311
                          for one in self.crowd for seat in one.place["seats"]]
                try:
                    await self._lead(lead, began)
                finally:
                    for task in people:
                        task.cancel()
                    await asyncio.gather(*people, return_exceptions=True)
                await _until(lambda: not self._lost() and not self._unseen(lead))
                return self._figures(lead, time.monotonic() - began)
        finally:
            await asyncio.gather(*(one.stop() for one in (*self.crowd, lead)))

    async def _come_in(self) -> None:
        """Seats everybody, ten devices at a time, room by room in turn."""
        threes = self.seats // 5
        sizes = [3] * threes + [1] * (self.seats - 3 * threes)
        numbers, gate, n = list(self.hall.rooms.values()), asyncio.Semaphore(10), 0

        async def sit(device: Screen, names: list[str], room: int) -> None:
            async with gate:
                while not device.place:
                    try:
                        await device.join(self.hall.code, *names, room=room, channel="hall" if len(names) > 1 else "remote")
                    except Refused as refused:
                        if refused.code not in CROWDED:
                            raise
                        await asyncio.sleep(1)
                device.start()
        async with asyncio.TaskGroup() as group:
            for i, size in enumerate(sizes):
                self.crowd.append(Screen(self.url))
                names = [f"Persona {n + k + 1}" for k in range(size)]
                n += size
                group.create_task(sit(self.crowd[-1], names, numbers[i % len(numbers)]))

    async def _person(self, device: Screen, seat: str, chance: random.Random) -> None:
        """Writes and votes now and then, where the step is open for it."""
        next_vote = time.monotonic() + chance.expovariate(1 / VOTE)
        pace = min(WRITE, self.seconds / 3)
        while True:
            await asyncio.sleep(min(chance.expovariate(1 / pace), 3 * pace))
            room = next((card for card in device.copy.shown("room").values() if card["stream"] in device.place["streams"]
                         and card["of"] == "group"), None)
            if room is None or "paused" in room:
                continue
            opens = room["now"].get("opens", ())
            here = [card for card in device.copy.shown("activity").values() if card["room"] == room["id"] and (
                card["of"] in opens or card["settings"].get("key") in opens)]
            boards, asked = ([card for card in here if (card["of"] == "ideas") == board] for board in (True, False))
            votes = [(card, choices) for card in asked if (choices := _choices(device, card, chance))]
            if votes and (not boards or time.monotonic() > next_vote):
                next_vote = time.monotonic() + chance.expovariate(1 / VOTE)
                vote, choices = chance.choice(votes)
                self._count(await device.vote(vote["id"], choices, seat))
            elif boards:
                await self._write(device, seat, room, chance.choice(boards))

    async def _write(self, device: Screen, seat: str, room: Json, board: Json) -> None:
        card = secrets.token_urlsafe(9)
        body: Json = {"text": f"Idea {card}"}
        if fields := [one for one in board["settings"].get("fields") or () if one["required"]]:
            body["fields"] = {one["key"]: one["options"][0]["key"] if one["options"] else "2021-10-12"
                              if one["type"] == "date" else "Dato" for one in fields}
        item = device.write("contribution.add", {"activity": board["id"], "id": card, "body": body}, seat)
        at = time.monotonic()
        answer = await item.answer
        self._count(answer)
        if answer["ok"] and room["now"].get("see", ROOM) != ROOM:
            self.private += 1  # nobody else is told before the reveal
        elif answer["ok"]:
            self.written[card] = room["id"], at

    def _count(self, answer: Json) -> None:
        self.answers["ok" if answer["ok"] else answer.get("code", "?")] += 1

    async def _lead(self, lead: Lead, began: float) -> None:
        """Pauses all rooms and lets them go on, again and again; on the way goes through the steps in equal parts."""
        every, step = min(PAUSE_EVERY, self.seconds / 2), 0
        while (left := began + self.seconds - time.monotonic()) > 0:
            await asyncio.sleep(min(every / 2, left))
            for on in (True, False):
                await self._pause(lead, on)
                await asyncio.sleep(min(PAUSE, every / 4))
            due = int((time.monotonic() - began) / self.seconds * self.hall.steps)
            while step < min(due, self.hall.steps - 1):
                step += 1
                for room in self.hall.rooms:
                    self._count(await lead.act("step.go", {"room": room, "step": step}))

    async def _pause(self, lead: Lead, on: bool) -> None:
        for one in (*self.crowd, lead):
            one.turn += 1
            one.told.clear()
        began, turn = time.monotonic(), lead.turn
        self._count(await lead.act("rooms.pause", {"workshop": self.hall.workshop, "on": on}))
        mine = {one: next(room for room in one.place["streams"] if room in self.hall.rooms) for one in self.crowd}
        await _until(lambda: all((room, on, turn) in one.told for one, room in mine.items()))
        took = sorted(one.told[room, on, turn] - began for one, room in mine.items() if (room, on, turn) in one.told)
        self.missed += len(self.crowd) - len(took)
        if took:
            self.acts.append(took[min(len(took) - 1, int(WITHIN * len(self.crowd)))])
            self.most.append(took[-1])

    def _lost(self) -> int:
        """Counts the ideas that stand in a room and not on a screen there."""
        return sum(room in one.place["streams"] and card not in one.copy.cards
                   for card, (room, _at) in self.written.items() for one in self.crowd)

    def _unseen(self, lead: Lead) -> int:
        return sum(card not in lead.copy.cards for card in self.written) if self.desk else 0

    def _figures(self, lead: Lead, took: float) -> Json:
        one, three = ([device for device in self.crowd if len(device.place["seats"]) == n] for n in (1, 3))
        seen = lead.copy.shown("idea", "room")
        return {
            "seconds": round(took, 1), "rooms": len(self.hall.rooms), "answers": dict(self.answers),
            "people": self._role(one, 1) | {"lost": self._lost()}, "shared": self._role(three, 3),
            "desk": self._role([lead], 0) | {
                "lost": self._unseen(lead), "rooms": sum(key in self.hall.rooms for key in seen),
                "ideas": sum(key in self.written for key in seen)} if self.desk else None,
            "ideas": len(self.written), "private": self.private,
            "acts": {"n": len(self.acts), "missed": self.missed, "p95": _ms(max(self.acts, default=0)),
                     "last": _ms(max(self.most, default=0))}}

    def _role(self, devices: Iterable[Screen], seats: int) -> Json:
        """Returns what those devices were told, and how long after it was sent."""
        devices = list(devices)
        waits = [one.seen[card] - at for card, (_room, at) in self.written.items() for one in devices if card in one.seen]
        counts: Counter[str] = sum((one.counts for one in devices), Counter())
        return {"devices": len(devices), "seats": seats * len(devices), "deliveries": counts["deliveries"],
                "asks": counts["asks"], "came again": counts["connections"] - len(devices), "delays": percentiles(waits)}


def _choices(device: Screen, vote: Json, chance: random.Random) -> Json | None:
    """Returns choices that the kind of the vote takes, on a thing of its own or a card that the device has; None: on
    neither."""
    sample: Json = kinds()[vote["of"]].sample.get("ballot.cast", {}).get("choices", {})
    named = [one["key"] for one in vote["settings"].get("options") or () if isinstance(one, dict)]
    on = named or list(device.copy.shown("idea"))
    return {chance.choice(on) if key == "*" else key: value for key, value in sample.items()} if on else None


def _ms(seconds: float) -> float:
    return round(1000 * seconds, 1)


async def _until(true: Callable[[], bool]) -> None:
    """Waits until it is so, at most SETTLE."""
    end = time.monotonic() + SETTLE
    while not true() and time.monotonic() < end:
        await asyncio.sleep(0.05)
