"""Replays recorded small groups that talk at the same time, each in a room of its own.

Reads messages.csv (room, ms_from_room_start, person, text). Persons are named per room; rows are in the order of time.
Blanks around a message are not part of it: cards do not keep them.
"""
import asyncio
import secrets
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from workshop.domain.shapes import Json
from workshop.replay.client.device import Device
from workshop.replay.play import Play
from workshop.replay.rows import Unreadable, rows
from workshop.replay.stage import ChatRoom


@dataclass(frozen=True)
class Message:
    """Holds a message. `at`: milliseconds since the room began."""

    at: int
    person: str
    text: str


@dataclass
class Chat:
    """Holds room -> its messages in the order of time."""

    name: str
    rooms: dict[str, list[Message]]

    @classmethod
    def read(cls, folder: Path) -> "Chat":
        """Returns the groups in a folder. Raises Unreadable."""
        path = folder / "messages.csv"
        rooms: dict[str, list[Message]] = {}
        for row in rows(path, "room", "ms_from_room_start", "person", "text"):
            message = Message(int(row["ms_from_room_start"]), row["person"], row["text"].strip())
            rooms.setdefault(row["room"], []).append(message)
        if not rooms:
            raise Unreadable(f"{path} has no messages")
        return cls(folder.name, rooms)


class Talk(Play):
    """Plays all rooms together; a message is a card. A room's people write in the order of the recording."""

    def __init__(self, url: str, code: str, stages: dict[str, ChatRoom], chat: Chat, speed: float | None,
                 through: tuple[str, ...] = ()):
        super().__init__(url, code, speed, through)
        self.stages, self.chat = stages, chat
        self.ids = {room: [secrets.token_urlsafe(9) for _ in said] for room, said in chat.rooms.items()}
        self.said = {room: [asyncio.Event() for _ in said] for room, said in chat.rooms.items()}

    def rooms(self) -> dict[str, int]:
        """Returns {"r01 p1": number of the room}."""
        return {f"{room} {message.person}": self.stages[room].number
                for room, said in self.chat.rooms.items() for message in said}

    async def live(self, person: str) -> None:
        """Writes each message at its time, after the room's message before it: people answer what they have read."""
        room, _, name = person.partition(" ")
        for i, message in enumerate(self.chat.rooms[room]):
            if message.person != name:
                continue
            await self.until(message.at)
            if i:
                await self.said[room][i - 1].wait()
            await self.write(self.devices[person], {"activity": self.stages[room].board, "id": self.ids[room][i],
                                                    "body": {"text": message.text}})
            self.said[room][i].set()

    def of(self, room: str) -> list[Device]:
        """Returns the devices of a room."""
        return [device for person, device in self.devices.items() if person.partition(" ")[0] == room]

    async def settled(self) -> bool:
        """Returns every screen shows what the server answers for its room, and that is all that was acknowledged there."""
        for room in self.chat.rooms:
            cards = await self.look(self.of(room)[0])
            if any(device.copy.common() != cards for device in self.of(room)) or len(board(cards)) != len(self.ids[room]):
                return False
        return True

    async def report(self) -> Json:
        """Returns {conversation, messages, rooms: {room: {people, messages, per_person, own_in_order, only_own}}}.

        `own_in_order`: every screen of the room shows exactly its messages, whole, by number in the order they were said;
        `only_own`: no screen of it has had a card of another room at any time.
        """
        rooms = {room: self._room(room, said) for room, said in self.chat.rooms.items()}
        return {"conversation": self.chat.name, "messages": self.counts["ideas"], "rooms": rooms,
                "each_its_own": all(found["own_in_order"] and found["only_own"] for found in rooms.values())}

    def _room(self, room: str, said: list[Message]) -> Json:
        devices, ids, texts = self.of(room), self.ids[room], [message.text for message in said]
        theirs = {card for other, others in self.ids.items() if other != room for card in others}
        shown = [board(device.copy.shown()) for device in devices]
        return {
            "people": len(devices), "messages": len(shown[0]),
            "per_person": dict(sorted(Counter(card["name"].partition(" ")[2] for card in shown[0]).items())),
            "own_in_order": all([card["id"] for card in cards] == ids and [card["body"]["text"] for card in cards] == texts
                                for cards in shown),
            "only_own": not any(theirs & device.seen.keys() for device in devices)}


def board(cards: dict[str, Json]) -> list[Json]:
    """Returns the ideas among a device's cards, by number."""
    return sorted((card for card in cards.values() if card["kind"] == "idea"), key=lambda card: card["number"])
