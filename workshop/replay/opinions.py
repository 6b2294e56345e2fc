"""Replays a Polis conversation: ideas in one room, and what each person says to each of them."""
import asyncio

from workshop.domain.shapes import Json
from workshop.replay.play import Play
from workshop.replay.recording import NAMES, Recording
from workshop.replay.stage import Stage, idea

NOTHING = {"agree": 0, "disagree": 0, "pass": 0}


class Opinions(Play):
    """Holds a run of a recording on its stage; the arguments that follow as in Play."""

    def __init__(self, url: str, stage: Stage, recording: Recording, speed: float | None, through: tuple[str, ...] = ()):
        super().__init__(url, stage.code, speed, through)
        self.stage, self.recording = stage, recording
        self.there = {key: asyncio.Event() for key in recording.texts}  # the idea is on the board, or was refused
        self.taken: set[str] = set(recording.seeds)
        self.acts = recording.of()
        for key in recording.seeds:
            self.there[key].set()

    def rooms(self) -> dict[str, int]:
        """Everybody in the one room."""
        return dict.fromkeys(self.recording.people, self.stage.room)

    async def live(self, person: str) -> None:
        """Returns each act not before its time and not before its idea is there."""
        device = self.devices[person]
        for act in self.acts[person]:
            await self.until(act.at)
            if act.opinion is None:
                if await self.write(device, idea(self.stage, self.recording, act.idea)):
                    self.taken.add(act.idea)
                self.there[act.idea].set()
                continue
            await self.there[act.idea].wait()
            if act.idea in self.taken:
                self.counts["votes_sent"] += 1
                self.count(await device.vote(self.stage.vote, {self.stage.cards[act.idea]: act.opinion}))
            else:
                self.refusals["idea_was_refused"] += 1

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
        return {"conversation": self.recording.name, "ideas": len(self.recording.seeds) + self.counts["ideas"],
                "seeded": len(self.recording.seeds), "votes_sent": self.counts["votes_sent"], "totals": totals,
                "as_recorded": totals == {key: said for key, said in self.recording.totals().items() if key in self.taken}
                and {card["id"] for card in cards.values() if card["kind"] == "idea"} == {
                    self.stage.cards[key] for key in self.taken}}
