"""Imports every table."""
from workshop.store.models.attachments import Attachment
from workshop.store.models.base import Base
from workshop.store.models.boards import (
    Activity,
    Ballot,
    Contribution,
    Departure,
    HandCount,
    LateTray,
    Link,
    OpinionGroups,
    Proxy,
)
from workshop.store.models.draws import Draw
from workshop.store.models.invitations import Invitation, PasswordLink
from workshop.store.models.methods import Method
from workshop.store.models.notices import Notice, NoticeRead
from workshop.store.models.people import Account, BarredDevice, Device, DeviceSeat, Membership, ProgramToken, RoomSeat, Seat
from workshop.store.models.roster import ExpectedPerson, Presence
from workshop.store.models.sittings import Attended, Sitting
from workshop.store.models.speaking import Floor, Question, Speech, Support
from workshop.store.models.streams import Answer, History, Stream
from workshop.store.models.videos import Video
from workshop.store.models.walls import Wall
from workshop.store.models.workshops import Axis, Block, BlockRoom, Cleared, Delegation, Room, Site, Workshop

__all__ = ["Account", "Activity", "Answer", "Attachment", "Attended", "Axis", "Ballot", "BarredDevice", "Base", "Block",
           "BlockRoom", "Cleared", "Contribution", "Delegation", "Departure", "Device", "DeviceSeat", "Draw",
           "ExpectedPerson", "Floor", "HandCount", "History", "Invitation", "LateTray", "Link", "Membership", "Method",
           "Notice", "NoticeRead", "OpinionGroups", "PasswordLink", "Presence", "ProgramToken", "Proxy", "Question", "Room",
           "RoomSeat", "Seat", "Site", "Sitting", "Speech", "Stream", "Support", "Video", "Wall", "Workshop"]
