"""Models what rooms produce: activities, contributions, ballots, tallies, links, the late tray."""
from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from workshop.domain.shapes import Body, Choices, Json, Place, Settings, Tally
from workshop.store.models.base import ONE_TREE, Base, Numbered, key, to, where_said


class Activity(Base, Numbered):
    """Stores one activity of a room; `kind` names the folder in workshop/activities."""

    __tablename__ = "activity"
    id: Mapped[str] = key()
    stream_id: Mapped[str] = to("stream", index=True)
    room_id: Mapped[str] = to("room", index=True)
    kind: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(200))
    settings: Mapped[Settings]
    position: Mapped[int]
    tally: Mapped[Tally | None]  # what summarise made of the ballots, in the form that may be shown
    uncounted_since: Mapped[datetime | None]  # ballots wait (actions/votes/tally_queue.py); None: the tally is right
    published_at: Mapped[datetime | None]
    published_by: Mapped[str | None] = mapped_column(String(40))
    # Of votes: since when one is open by itself, whatever the step; since when it is closed for good; when it closes.
    opened_at: Mapped[datetime | None]
    opened_by: Mapped[str | None] = mapped_column(String(40))
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[str | None] = mapped_column(String(40))
    closes_at: Mapped[datetime | None]
    round: Mapped[int] = mapped_column(default=1)
    round_of: Mapped[str | None] = mapped_column(String(40))  # the vote of the first round
    hands: Mapped[list[Json] | None]  # what was entered by hand, as all may know it (store/counts/hands.py)
    outcome: Mapped[Json | None]  # what was decided, in one sentence: {text, by, at}
    # of secret votes: by which key their ballots are sealed, or that they are gone (store/secrecy/ballots.py)
    seal: Mapped[str | None] = mapped_column(String(40))
    parts: Mapped[Json | None]  # the result by delegation, channel and axis, and who could vote, as counted last


class Contribution(Base, Numbered):
    """Stores what a seat (or, for summaries, a member of staff) put into an activity."""

    __tablename__ = "contribution"
    __table_args__ = where_said(__tablename__, "parent_id", "group_id", "merged_into", "copy_of")
    id: Mapped[str] = key()
    stream_id: Mapped[str] = to("stream", index=True)
    activity_id: Mapped[str] = to("activity", index=True)
    kind: Mapped[str] = mapped_column(String(20))  # idea, comment, group, item
    seat_id: Mapped[str | None] = to("seat", index=True)
    account_id: Mapped[str | None] = to("account")
    parent_id: Mapped[str | None] = mapped_column(String(40))
    number: Mapped[int | None]
    body: Mapped[Body]
    place: Mapped[Place]
    hop: Mapped[int] = mapped_column(default=0)  # how often it has changed its stream; numbers compare within one hop
    home: Mapped[int | None]  # number of the room that numbered it, where it is in another now
    origins: Mapped[list[str] | None]  # ids of the cards it grew out of
    # the original of a card that was copied onto this board: the first of all
    copy_of: Mapped[str | None] = mapped_column(String(40))
    group_id: Mapped[str | None] = mapped_column(String(40))
    merged_into: Mapped[str | None] = mapped_column(String(40))
    hidden_at: Mapped[datetime | None]
    hidden_by: Mapped[str | None] = mapped_column(String(40))
    hidden_for: Mapped[str | None] = mapped_column(String(300))
    files: Mapped[list[Json] | None]  # photos and voice notes in the form in which cards show them (Attachment.shown)
    rev: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    edited_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by: Mapped[str | None] = mapped_column(String(40))


class Ballot(Base):
    """Stores what a seat chose in a vote: the whole ballot each time. Never a card, never broadcast. `delegation_id` or
    `room_id`: of which delegation, or working group, it is, where each has one, which the seat has cast."""

    __tablename__ = "ballot"
    __table_args__ = (*where_said(__tablename__, "delegation_id", "room_id"), ONE_TREE)
    activity_id: Mapped[str] = to("activity", primary_key=True)
    seat_id: Mapped[str] = to("seat", primary_key=True)
    choices: Mapped[Choices]
    rev: Mapped[int]
    delegation_id: Mapped[str | None] = mapped_column(String(40))
    room_id: Mapped[str | None] = mapped_column(String(40))


class HandCount(Base):
    """Stores votes that the team entered: hands, paper, telephone. `room_id`, `site_id`: where they were given, neither: all
    who take part; `lines`: [{choices, n, seats: those of the n of whom it is known}]; `sheet`: the number of the one sheet
    that it is; `returned_at`: more people than are left there, so that it does not count until somebody puts it right."""

    __tablename__ = "hand_count"
    id: Mapped[str] = key()
    activity_id: Mapped[str] = to("activity", index=True)
    room_id: Mapped[str | None] = to("room")
    site_id: Mapped[str | None] = to("site")
    how: Mapped[str] = mapped_column(String(10))
    lines: Mapped[list[Json]]
    sheet: Mapped[int | None]
    rev: Mapped[int] = mapped_column(default=1)
    account_id: Mapped[str | None] = to("account")  # who entered it last
    at: Mapped[datetime]
    changed_at: Mapped[datetime | None]
    returned_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by: Mapped[str | None] = mapped_column(String(40))


class Proxy(Base):
    """Stores that a seat gives its voice to another in the votes of a room, until it ends. `account_id`: who of the team
    entered it; none: the seat itself."""

    __tablename__ = "proxy"
    id: Mapped[str] = key()
    room_id: Mapped[str] = to("room", index=True)
    giver_id: Mapped[str] = to("seat", index=True)
    holder_id: Mapped[str] = to("seat", index=True)
    account_id: Mapped[str | None] = to("account")
    at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str | None] = mapped_column(String(40))  # account, or the seat itself


class OpinionGroups(Base):
    """Stores the groups that were found in a vote last, so that they are the same after a restart. `mark`: of which answers;
    `found`: where they stand (domain/opinions/finding.py); `told`: what everybody may know; None where there are none."""

    __tablename__ = "opinion_groups"
    activity_id: Mapped[str] = to("activity", primary_key=True)
    mark: Mapped[str] = mapped_column(String(64))
    found: Mapped[Json | None]
    told: Mapped[Json | None]


class Link(Base):
    """Stores a link of the thread: `source` (a summary item, a theme) cites `target` (a card)."""

    __tablename__ = "link"
    __table_args__ = ONE_TREE
    source_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    target_id: Mapped[str] = mapped_column(String(40), primary_key=True, index=True)
    kind: Mapped[str] = mapped_column(String(10), primary_key=True)
    position: Mapped[int]
    by: Mapped[str | None] = mapped_column(String(40))
    at: Mapped[datetime]


class Departure(Base, Numbered):
    """Stores the tombstone of a card that has left the stream `stream_id`."""

    __tablename__ = "departure"
    id: Mapped[str] = key()
    stream_id: Mapped[str] = to("stream", index=True)
    card_id: Mapped[str] = mapped_column(String(40), index=True)
    hop: Mapped[int]


class LateTray(Base, Numbered):
    """Stores an idea that came after its step or room had closed: kept, shown to the facilitator, exported."""

    __tablename__ = "late_tray"
    id: Mapped[str] = key()
    stream_id: Mapped[str] = to("stream", index=True)
    room_id: Mapped[str] = to("room", index=True)
    activity_id: Mapped[str] = to("activity")
    seat_id: Mapped[str | None] = to("seat")
    verb: Mapped[str] = mapped_column(String(40))
    payload: Mapped[Json]
    reason: Mapped[str] = mapped_column(String(40))
    age_ms: Mapped[int]
    at: Mapped[datetime]
    admitted_at: Mapped[datetime | None]
    admitted_by: Mapped[str | None] = mapped_column(String(40))
