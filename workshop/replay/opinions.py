"""Replays a Polis conversation: ideas in one room, and what each person says to each of them."""
import asyncio
import time

from workshop.domain.shapes import Json
from workshop.replay.client.device import Device
from workshop.replay.figures import memory_mb
from workshop.replay.play import PATIENCE, Play
from workshop.replay.recording import NAMES, Act, Recording
from workshop.replay.stage import Stage, idea

AHEAD = 8  # votes of one person that are under way at full speed
SETTLED = 1.5  # seconds in which a count that waits is made
NOTHING = {"agree": 0, "disagree": 0, "pass": 0}


class Opinions(Play):
    """Holds a run of a recording on its stage; the arguments that follow as in Play.

    At full speed everybody waits at each of the recording's checkpoints until the server's count is looked at: what nobody
    waits for is then in no count. `twice`: in the end all rows are fed once more, which must change nothing.
    """

    def __init__(self, url: str, stage: Stage, recording: Recording, speed: float | None, through: tuple[str, ...] = (),
                 twice: bool = False):
        super().__init__(url, stage.code, speed, through)
        self.twice, self.wrong_twice = twice, False
        self.points = recording.checkpoints()
        self.gates = [asyncio.Event() for _ in self.points]  # what comes after a checkpoint waits for it
        self.voted, self.arrived = 0, asyncio.Event()  # votes answered; set whenever one is
        self.busy, self.looks, self.memory = 0.0, list[Json](), list[float]()
        self.stage, self.recording = stage, recording
        self.there = {key: asyncio.Event() for key in recording.texts}  # the idea is on the board, or was refused
        self.taken: set[str] = set(recording.seeds)
        self.acts = recording.of()
        self.before = _before(recording, self.points)
        for key in recording.seeds:
            self.there[key].set()

    def rooms(self) -> dict[str, int]:
        """Everybody in the one room."""
        return dict.fromkeys(self.recording.people, self.stage.room)

    async def play(self) -> None:
        """Lets everybody live, and looks at the count after each checkpoint."""
        self.memory.append(memory_mb(self.server))
        async with asyncio.TaskGroup() as group:
            group.create_task(self._look_on())
            for person in self.devices:
                group.create_task(self.live(person))
        if self.twice:
            before = await self._counted()
            async with asyncio.TaskGroup() as group:
                for person in self.devices:
                    group.create_task(self._once_more(person))
            self.wrong_twice = await self._counted() != before

    async def live(self, person: str) -> None:
        """Does each act not before its time and not before its idea is there; at full speed, votes that wait for nothing
        together."""
        device, votes = self.devices[person], list[Act]()
        for act in self.acts[person]:
            if self.speed or act.opinion is None or len(votes) == AHEAD or self._waits(act):
                await self._vote(device, votes)
                votes = []
            await self.until(act.at)
            if not self.speed and (passed := self.before[id(act)]):
                await self.gates[passed - 1].wait()
            if act.opinion is None:
                if await self.write(device, idea(self.stage, self.recording, act.idea)):
                    self.taken.add(act.idea)
                self.there[act.idea].set()
            else:
                await self.there[act.idea].wait()
                votes.append(act)
        await self._vote(device, votes)

    def _waits(self, act: Act) -> bool:
        """Tells whether a vote must wait for its idea, or for a checkpoint."""
        passed = self.before[id(act)]
        return not self.there[act.idea].is_set() or bool(passed and not self.gates[passed - 1].is_set())

    async def _vote(self, device: Device, acts: list[Act]) -> None:
        """Votes, one after the other."""
        taken = [act for act in acts if act.idea in self.taken]
        if len(acts) > len(taken):
            self.refusals["idea_was_refused"] += len(acts) - len(taken)
        self.counts["votes_sent"] += len(taken)
        for answer in await device.votes(self.stage.vote, [{self.stage.cards[act.idea]: act.opinion} for act in taken]):
            self.count(answer)
        self.voted += len(acts)
        self.arrived.set()

    async def _look_on(self) -> None:
        """Notes the server's count after each checkpoint, and opens the gate to what follows."""
        began = time.monotonic()
        for point, gate in zip(self.points, self.gates, strict=True):
            while self.voted < point["after_rows"]:
                self.arrived.clear()
                await self.arrived.wait()
            if self.speed:
                continue
            self.busy += time.monotonic() - began
            self.looks.append({"after_rows": point["after_rows"]} | await self._counted(point))
            self.memory.append(memory_mb(self.server))
            began = time.monotonic()
            gate.set()

    async def _counted(self, wanted: Json | None = None) -> Json:
        """Returns what the server has counted: as is `wanted`, or when it stays as it is."""
        since, last = time.monotonic(), None
        device = next(iter(self.devices.values()))
        while time.monotonic() - since < PATIENCE:
            tally = (await self.look(device))[self.stage.vote]["tally"] or {"items": {}, "ballots": 0}
            items = [item for item in tally["items"].values() if any(item.values())]
            said = {"participants": tally["ballots"], "comments_voted": len(items),
                    "final_votes": sum(sum(item.values()) for item in items),
                    **{name: sum(item[name] for item in items) for name in NAMES.values()}}
            if (tally == last) if wanted is None else (wanted | said == wanted):
                return said if wanted else tally
            last = tally
            await asyncio.sleep(0.1 if wanted else SETTLED)
        return said

    async def _once_more(self, person: str) -> None:
        """Says again everything that the person has said."""
        said = [{self.stage.cards[act.idea]: act.opinion} for act in self.acts[person]
                if act.opinion is not None and act.idea in self.taken]
        for start in range(0, len(said), AHEAD):
            await self.devices[person].votes(self.stage.vote, said[start:start + AHEAD])

    async def settled(self) -> bool:
        """Returns the tally is the sum of what was acknowledged and every screen shows what the server answers."""
        cards = await self.look(next(iter(self.devices.values())))
        return (self._items(cards) == self.expected()
                and all(device.copy.common() == cards for device in self.devices.values()))

    def _items(self, cards: dict[str, Json]) -> dict[str, Json]:
        items: dict[str, Json] = (cards[self.stage.vote]["tally"] or {"items": {}})["items"]
        return items

    def expected(self) -> dict[str, Json]:
        """Returns the tally's items, counted from the ballots that the devices know to be saved."""
        items: dict[str, Json] = {}
        for device in self.devices.values():
            for ballot in device.ballots.values():
                for card, opinion in ballot["choices"].items():
                    items.setdefault(card, dict(NOTHING))[NAMES[opinion]] += 1
        return items

    async def report(self) -> Json:
        """Returns {conversation, ideas, seeded, votes_sent, totals: {idea: {agree, disagree, pass}} as the server answers
        it, as_recorded}: whether that is the count of the recording's rows, and the board holds those ideas and no others.
        """
        cards = await self.look(next(iter(self.devices.values())))
        items = self._items(cards)
        totals = {key: {name: items.get(card, NOTHING)[name] for name in NOTHING} for key, card in self.stage.cards.items()
                  if key in self.taken}
        ideas = {card["id"] for card in cards.values() if card["kind"] == "idea"}
        right = (totals == {key: said for key, said in self.recording.totals().items() if key in self.taken}
                 and ideas == {self.stage.cards[key] for key in self.taken})
        return {"conversation": self.recording.name, "ideas": len(self.recording.seeds) + self.counts["ideas"],
                "seeded": len(self.recording.seeds), "votes_sent": self.counts["votes_sent"], "totals": totals,
                "checkpoints": self.looks, "memory_mb": self.memory,
                **({"rows_a_second": round(self.voted / self.busy)} if self.busy else {}),
                **({"same_after_twice": not self.wrong_twice} if self.twice else {}),
                "as_recorded": right and not self.wrong_twice and self.looks in ([], self.points)}


def _before(recording: Recording, points: list[Json]) -> dict[int, int]:
    """Returns {id of an act: how many checkpoints it comes after}."""
    found, votes, passed = {}, 0, 0
    for act in recording.acts:
        while passed < len(points) - 1 and votes >= points[passed]["after_rows"]:
            passed += 1
        found[id(act)] = passed
        votes += act.opinion is not None
    return found
