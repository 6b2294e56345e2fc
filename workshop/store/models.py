"""Every table in one import."""
from workshop.store.base import Base
from workshop.store.boards import Activity, Ballot, Contribution, Departure, LateTray, Link
from workshop.store.files import Attachment
from workshop.store.invitations import Invitation, PasswordLink
from workshop.store.line import Answer, History, Stream
from workshop.store.methods import Method
from workshop.store.people import Account, BarredDevice, Device, DeviceSeat, Membership, RoomSeat, Seat
from workshop.store.places import Axis, Block, Delegation, Room, Site, Workshop
from workshop.store.sittings import Attended, Sitting

__all__ = ["Account", "Activity", "Answer", "Attachment", "Attended", "Axis", "Ballot", "BarredDevice", "Base", "Block",
           "Contribution", "Delegation", "Departure", "Device", "DeviceSeat", "History", "Invitation", "LateTray", "Link",
           "Membership", "Method", "PasswordLink", "Room", "RoomSeat", "Seat", "Site", "Sitting", "Stream", "Workshop"]
