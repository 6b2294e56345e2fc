"""What is said inside the frames: the product's protocol (docs/protocol.md), and the relays' two events."""
import json
import secrets

CONNECTED = "40{"


class Relay:
    """The peers: event `op` {id, text} in, event `ops` [op, …] out, acknowledgement {ok: true}."""

    def __init__(self):
        self.sent = 0

    def greeting(self) -> str:
        """What to say once the line is open."""
        return "40"

    def is_seated(self, heard: list[str]) -> bool:
        """Whether somebody who heard these packets has everything that a newcomer is sent."""
        return any(text.startswith(CONNECTED) for text in heard)

    def idea(self, key: str, text: str) -> str:
        """The packet that posts an idea; its acknowledgement carries the number `sent`."""
        self.sent += 1
        return f'42{self.sent}["op",{_json({"id": key, "text": text})}]'

    @staticmethod
    def ideas(event: str, data) -> list[tuple[str, str]]:
        """The ideas (id, text) that an event brings."""
        return [(op["id"], op["text"]) for op in data] if event == "ops" else []


class Product(Relay):
    """A device that has joined; `place` is the answer to its joining, `board` the activity where it posts."""

    def __init__(self, place: dict, board: str):
        super().__init__()
        self.place, self.board, self.client = place, board, secrets.token_urlsafe(16)

    def greeting(self) -> str:
        """Who I am, and that I have nothing yet."""
        return "40" + _json({"v": 1, "watch": dict.fromkeys(self.place["streams"])})

    def is_seated(self, heard: list[str]) -> bool:
        """Whether the welcome, `hello` and one frame of each stream have come."""
        def brings(name: str) -> set[str]:
            return {text for text in heard if text.startswith(f'42["{name}"')}
        told = {json.loads(text[2:])[1]["stream"] for text in brings("cards")}
        return super().is_seated(heard) and bool(brings("hello")) and set(self.place["streams"]) <= told

    def idea(self, key: str, text: str) -> str:
        """The command that adds it to the board."""
        self.sent += 1
        envelope = {"client": self.client, "n": self.sent, "verb": "contribution.add", "seat": self.place["seats"][0]["id"],
                    "payload": {"activity": self.board, "id": key, "body": {"text": text}}}
        return f'42{self.sent}["do",{_json(envelope)}]'

    @staticmethod
    def ideas(event: str, data) -> list[tuple[str, str]]:
        """The ideas among the cards of a frame."""
        return [(card["id"], card["body"]["text"]) for card in data["cards"]
                if card.get("kind") == "idea"] if event == "cards" else []


def _json(value) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
