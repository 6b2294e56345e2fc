"""Words the acts of the record: the sentence of each verb is beside the verb, and none can be without one."""
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from workshop.domain.shapes import Body, Json
from workshop.store.models import Contribution, Room
from workshop.words import _

Command = tuple[str, Json]  # the verb and the payload


@dataclass(frozen=True)
class Act:
    """Holds an act of the record, with what its sentence names.

    `row`: the card, group or sentence of a summary to which it was done; `room`: the one in which that stands; `card`,
    `other`: how the row is called, and the card or group into which it came; `name`: the person to whom it was done.
    """

    verb: str
    before: Json
    after: Json
    at: datetime | None = None
    row: Contribution | None = None
    room: Room | None = None
    who: str = ""
    card: str = ""
    other: str = "…"
    name: str = ""

    @property
    def names(self) -> dict[str, str]:
        """Returns the values that sentences need."""
        room = f"{self.room.number} · {self.room.title}" if self.room else "…"
        return {"who": self.who, "card": self.card, "other": self.other, "name": self.name or _("Somebody"), "room": room}

    def withdrawn(self) -> bool:
        """Tells whether the row is withdrawn now."""
        return self.row is not None and self.row.withdrawn_at is not None

    def said_before(self) -> str:
        """Returns the text that stood there before the act."""
        return text_of(self.before)


@dataclass(frozen=True)
class Sentence:
    """Holds the sentence of an act.

    `text`: in the history of its room or card, with who did it; `team`: among the acts of the team, where it follows the
    name of who did it; either is "" where the act is not told. `said`: a text that stood there; `back`: what the button is
    called that brings something back, and `command`: the verb and the payload that it gives.
    """

    text: str = ""
    team: str = ""
    said: str = ""
    back: str = ""
    command: Command | None = None


Tell = Callable[[Act], Sentence]
TELLINGS: dict[str, Tell] = {}
TEAM: dict[str, str] = {}  # what the team did, by what it concerns: "room", "person", "role"


def tells(*verbs: str, team: str = "") -> Callable[[Tell], Tell]:
    """Registers the function that words acts of these names; `team`: what they concern, where they are told as acts of the
    team. A second one for a name stops the program."""
    def register(tell: Tell) -> Tell:
        for verb in verbs:
            if verb in TELLINGS:
                raise RuntimeError(f"the verb {verb!r} is told twice")
            TELLINGS[verb] = tell
            if team:
                TEAM[verb] = team
        return tell
    return register


def silent(*verbs: str) -> None:
    """Says that these verbs leave nothing in the record of which its readers would have to be told."""
    tells(*verbs)(lambda act: Sentence())


def of_team(about: str = "") -> list[str]:
    """Lists the names of what the team does, or of what of it concerns `about`: "room", "person", "role"."""
    return [verb for verb, concerns in TEAM.items() if about in ("", concerns)]


def told(act: Act) -> Sentence:
    """Returns the sentence of an act; an empty one where this version of the program does not know it."""
    tell = TELLINGS.get(act.verb)
    return tell(act) if tell else Sentence()


def text_of(state: Json) -> str:
    """Returns the text in one state of a card, as the record stores it."""
    body: Body = state.get("body") or {}
    return str(body.get("text", ""))
