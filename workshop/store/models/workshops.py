"""Models the meeting: workshop, delegations, sites, axes, agenda, rooms."""
from datetime import date, datetime

from sqlalchemy import String, Text, false, true
from sqlalchemy.orm import Mapped, mapped_column

from workshop.domain.shapes import Json, Step
from workshop.store.models.base import ONE_TREE, Base, Numbered, key, to


class Workshop(Base):
    """Stores the whole meeting. Its stream (same id) is the plenary's and carries the rooms and the summaries."""

    __tablename__ = "workshop"
    id: Mapped[str] = key()
    code: Mapped[str] = mapped_column(String(12), unique=True)
    screen_key: Mapped[str] = mapped_column(String(60), unique=True)
    calendar_key: Mapped[str | None] = mapped_column(String(60))  # in the address that calendars follow, once there is one
    title: Mapped[str] = mapped_column(String(200))
    days: Mapped[list[str]]  # ISO dates
    zones: Mapped[list[str]]  # IANA names, the first leads
    languages: Mapped[list[str]]
    privacy: Mapped[str] = mapped_column(String(10))  # named, alias, anonymous
    next_room: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    retention_until: Mapped[date | None]
    imported_from: Mapped[str | None] = mapped_column(String(40))
    locked_at: Mapped[datetime | None]  # nobody new comes in by the code
    expected: Mapped[int | None]  # people, as far as the facilitators have said
    asks: Mapped[list[str]] = mapped_column(default=list, server_default="[]")  # of people (domain/people/declared.py)
    # set for the demo, when it was last started: its clocks are kept going, and its facilitators are guided
    sample_at: Mapped[datetime | None]
    archived_at: Mapped[datetime | None]  # out of the lists of its team; over, too
    deleted_at: Mapped[datetime | None]  # nobody sees it; its owner may bring it back for a while (actions/lives)


class Delegation(Base):
    """Stores where people come from: colour, woven pattern and short label always go together."""

    __tablename__ = "delegation"
    id: Mapped[str] = key()
    workshop_id: Mapped[str] = to("workshop", index=True)
    name: Mapped[str] = mapped_column(String(80))
    label: Mapped[str] = mapped_column(String(4))
    weave: Mapped[int]  # index of colour and pattern, domain/weave.py
    position: Mapped[int]


class Site(Base):
    """Stores where people are now."""

    __tablename__ = "site"
    id: Mapped[str] = key()
    workshop_id: Mapped[str] = to("workshop", index=True)
    name: Mapped[str] = mapped_column(String(80))
    position: Mapped[int]


class Axis(Base):
    """Stores a thematic axis."""

    __tablename__ = "axis"
    id: Mapped[str] = key()
    workshop_id: Mapped[str] = to("workshop", index=True)
    number: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))


class Block(Base):
    """Stores an entry of the programme with planned and real times.

    `day`: the ISO date under which it stands, which is not always that of `starts_at` (it may pass midnight). `pinned`: its
    start was said; otherwise it follows the block before it (domain/programme.py), and `starts_at` says when that is.
    `dropped_at`: put aside, and shown to those who may bring it back. `notes`: for facilitators only.
    """

    __tablename__ = "block"
    id: Mapped[str] = key()
    workshop_id: Mapped[str] = to("workshop", index=True)
    day: Mapped[str] = mapped_column(String(10), default="", server_default="")
    position: Mapped[int] = mapped_column(default=0, server_default="0")
    kind: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(200))
    starts_at: Mapped[datetime]
    pinned: Mapped[bool] = mapped_column(default=True, server_default=true())
    minutes: Mapped[int]
    aim: Mapped[str] = mapped_column(Text, default="", server_default="")
    leader: Mapped[str] = mapped_column(String(80), default="", server_default="")
    materials: Mapped[str] = mapped_column(Text, default="", server_default="")
    notes: Mapped[str] = mapped_column(Text, default="", server_default="")
    call: Mapped[str] = mapped_column(String(400), default="", server_default="")  # address of a call outside
    transcript: Mapped[str] = mapped_column(Text, default="", server_default="")  # what its video says
    method: Mapped[str | None] = mapped_column(String(60))  # key of a method (domain/methods)
    uid: Mapped[str | None] = mapped_column(String(255))  # what the file calls it that it was brought in from
    started_at: Mapped[datetime | None]
    started_by: Mapped[str | None] = mapped_column(String(40))
    ended_at: Mapped[datetime | None]
    dropped_at: Mapped[datetime | None]


class BlockRoom(Base):
    """Links a block and a room that it opens when it is started."""

    __tablename__ = "block_room"
    __table_args__ = ONE_TREE
    block_id: Mapped[str] = to("block", primary_key=True)
    room_id: Mapped[str] = to("room", primary_key=True, index=True)


class Room(Base, Numbered):
    """Stores a working group or the plenary. `stream_id` is the stream of its own activities; the room card itself travels
    in the workshop's, for lobby and desk."""

    __tablename__ = "room"
    id: Mapped[str] = key()
    workshop_id: Mapped[str] = to("workshop", index=True)
    stream_id: Mapped[str] = to("stream", index=True)
    number: Mapped[int]
    kind: Mapped[str] = mapped_column(String(10))  # group, plenary
    title: Mapped[str] = mapped_column(String(200))
    question: Mapped[str] = mapped_column(Text, default="")
    axis_id: Mapped[str | None] = to("axis")
    call: Mapped[str] = mapped_column(String(400), default="", server_default="")  # address of a call outside
    steps: Mapped[list[Step]]  # domain/steps.py
    step: Mapped[int] = mapped_column(default=0)
    step_at: Mapped[datetime | None]
    method: Mapped[Json | None]  # where the steps came from: {key, name, report}
    inbox: Mapped[str | None] = mapped_column(String(40))  # stream of ideas that wait for the facilitator; None: none wait
    paused_at: Mapped[datetime | None]
    paused_for: Mapped[str | None] = mapped_column(String(80))  # for whom it waits: a place or a delegation, as it is called
    deadline: Mapped[datetime | None]
    turn: Mapped[Json | None]  # what a facilitator did to it last, and what it was before (actions/rooms/stepping_back.py)
    next_number: Mapped[int] = mapped_column(default=1)
    capacity: Mapped[int | None]  # people who choose it themselves; facilitators bring in more
    position: Mapped[int] = mapped_column(default=0, server_default="0")  # among the rooms of the workshop
    archived_at: Mapped[datetime | None]  # put aside: on no list of people's, and back when a facilitator says so
    lets_vote: Mapped[bool] = mapped_column(default=False, server_default=false())  # its rapporteurs may open votes
    proxies: Mapped[int] = mapped_column(default=0, server_default="0")  # that one person may hold; 0: none are taken
    prepared: Mapped[bool] = mapped_column(default=False, server_default=false())  # people see it from its block's start on
    opened_at: Mapped[datetime | None]
    opened_by: Mapped[str | None] = mapped_column(String(40))
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[str | None] = mapped_column(String(40))
    sitting: Mapped[str | None] = mapped_column(String(40))  # the one that runs (actions/rooms/attendance.py)
    # The minute in which something was last put in, of whatever sort and however private: seconds would tell whose it was.
    active_at: Mapped[datetime | None]

    def used(self, at: datetime) -> None:
        """Notes that something was put in at this instant."""
        minute = at.replace(second=0, microsecond=0)
        if self.active_at is None or self.active_at < minute:
            self.active_at = minute


class Cleared(Base):
    """Keeps what a trial run left in a workshop when it was cleared, for a day (actions/lives/clearing.py).

    `rows`: {table: [row]} of what was removed, every column; `states`: {table: {id: columns}} of what was set back.
    """

    __tablename__ = "cleared"
    workshop_id: Mapped[str] = to("workshop", primary_key=True)
    at: Mapped[datetime]
    by: Mapped[str | None] = mapped_column(String(40))
    rows: Mapped[Json]
    states: Mapped[Json]
