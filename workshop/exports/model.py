"""Models the report as plain data: what every writer prints, and nothing that its reader may not see."""
from dataclasses import dataclass, field

from workshop.exports.tables import Table
from workshop.exports.votes import Vote


@dataclass
class From:
    """Holds a delegation with how many of its people took part, in the hall and far away."""

    name: str
    label: str
    weave: int
    hall: int = 0
    remote: int = 0
    cards: int | None = None  # None where authors are not shown


@dataclass
class Entry:
    """Holds an entry of the programme; `hours` in all home zones: '09:00 Lima · 10:00 La Paz'; `real`: in words when it took
    place, where that was otherwise than planned."""

    hours: str
    minutes: int
    title: str
    real: str = ""


@dataclass
class File:
    """Holds a photo or voice note of a card. `words`: 'Photo', 'Voice note, 0:32: what it says'."""

    key: str
    kind: str
    words: str
    picture: bytes = b""  # a photo as JPEG, in the formats that are printed (exports/pictures.py)
    width: float = 0.0  # in centimetres


@dataclass
class Card:
    """Holds a card of a board. `author` and `delegation` are empty where the privacy policy says so."""

    number: str
    text: str  # the title and the text, without the fields
    fields: dict[str, str] = field(default_factory=dict)  # {title: value in words}, in the order of the board's
    column: str = ""
    author: str = ""
    delegation: str = ""
    channel: str = ""
    site: str = ""  # where there are several
    votes: list[str] = field(default_factory=list)  # '7 points of 5 people', 'agree 4, disagree 1, pass 0'
    figures: dict[str, int | float] = field(default_factory=dict)  # {heading: number}, for the spreadsheet
    rank: int | float = 0
    into: str = ""  # the number of the card that it went into: on the board the two are one
    copy: bool = False  # of a card of another room, whose number it bears
    repeated: bool = False  # the original's text, which stands with the original
    thread: list[str] = field(default_factory=list)  # 'grown out of R1-003', 'went along to room 4'
    files: list[File] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    taken_up: list[str] = field(default_factory=list)  # 'Agreement 2', 'Agreement 2 (room 4)'

    @property
    def source(self) -> str:
        """Names who wrote it, and from where."""
        return " · ".join(filter(None, (self.author, self.delegation)))


@dataclass
class Step:
    """Holds a step that was held: how many were there, in the hall and far away."""

    title: str
    people: int
    hall: int

    @property
    def remote(self) -> int:
        """Counts those far away."""
        return self.people - self.hall


@dataclass
class Sentence:
    """Holds a sentence of a group's summary with the numbers of the cards that it cites."""

    label: str  # 'Agreement 2'
    text: str
    who: str = ""
    when: str = ""
    numbers: list[str] = field(default_factory=list)


@dataclass
class Section:
    """Holds the sentences of one kind, title in words. Key: a kind of the summary as 'agreement'; 'board' (a column with its
    cards, or a table of them), 'vote' (the votes with their results)."""

    key: str
    title: str
    sentences: list[Sentence]
    table: Table | None = None
    votes: list[Vote] = field(default_factory=list)
    draft: bool = False  # sentences that the group has not published


@dataclass
class RoomPart:
    """Holds what one group did."""

    number: int
    title: str
    question: str
    axis: str
    state: str  # 'closed', 'open', 'waiting'
    cards: list[Card]
    columns: list[str]
    sections: list[Section]  # what its chapter shows of it, in the order that its method names
    rest: list[Section]  # what the group has written and its chapter does not show: it stands in the annex
    note: str  # 'no_summary', 'draft' where what is shown of the summary is not published, or ''
    votes: list[Vote]
    steps: list[Step]  # in the order in which they were held
    late: list[Card] = field(default_factory=list)
    waiting: list[Card] = field(default_factory=list)  # in the inbox; only staff have them here
    copies: list[Card] = field(default_factory=list)  # cards of other rooms that came along onto this board

    def called(self, words: dict[str, str]) -> str:
        """Names the room by its number and title; the plenary has no number."""
        return f"{words['room']} {self.number} · {self.title}" if self.number else self.title

    @property
    def count(self) -> int:
        """Counts its own cards: two that were merged are one (store/counts/numbers.py says the same)."""
        return sum(not card.into for card in self.cards)


@dataclass
class Chapter:
    """Holds a section of the memoria, with the rooms whose method names it: key 'desarrollo', title in words."""

    key: str
    title: str
    rooms: list[RoomPart]


@dataclass
class Report:
    """Holds the memoria of a workshop, in one language, as one reader may see it."""

    title: str
    code: str
    language: str
    made: str
    days: list[str]
    zones: list[str]
    sites: list[str]
    axes: list[str]
    privacy: str
    people: int
    delegations: list[From]
    places: list[tuple[str, int]]  # (site, how many people are there), where there are several
    programme: list[tuple[str, list[Entry]]]
    rooms: list[RoomPart]
    chapters: list[Chapter]  # in the order of the memoria, those that have something to say
    words: dict[str, str]

    @property
    def voting(self) -> list[RoomPart]:
        """Lists the rooms with their votes, and the plenary after them, which is told of in a chapter alone."""
        beside = [room for chapter in self.chapters for room in chapter.rooms if not room.number]
        return [*self.rooms, *(room for room in beside if all(one.number for one in self.rooms))]
