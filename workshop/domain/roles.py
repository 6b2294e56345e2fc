"""Lists in one table who may do what."""

OWNER, FACILITATOR, RAPPORTEUR = "owner", "facilitator", "rapporteur"
PARTICIPANT, OBSERVER, SCREEN = "participant", "observer", "screen"
STAFF = frozenset({OWNER, FACILITATOR, RAPPORTEUR})
LEADS = frozenset({OWNER, FACILITATOR})
FROM_BELOW = (OBSERVER, RAPPORTEUR, FACILITATOR, OWNER)  # roles of accounts, the weakest first

MAY: dict[str, frozenset[str]] = {
    "act.undo": frozenset({PARTICIPANT, *STAFF}),
    "contribution.add": frozenset({PARTICIPANT, *STAFF}),
    "contribution.edit": frozenset({PARTICIPANT, *STAFF}),
    "contribution.withdraw": frozenset({PARTICIPANT, *LEADS}),
    "contribution.bring": STAFF,
    "contribution.carry": LEADS,
    "contribution.move": frozenset({PARTICIPANT, *STAFF}),
    "contribution.merge": frozenset({PARTICIPANT, *STAFF}),
    "contribution.split": frozenset({PARTICIPANT, *STAFF}),
    "contribution.restore": frozenset({PARTICIPANT, *LEADS}),
    "contribution.hide": LEADS,
    "contribution.read": STAFF,
    "contribution.send": LEADS,
    "group.make": frozenset({PARTICIPANT, *STAFF}),
    "group.put": frozenset({PARTICIPANT, *STAFF}),
    "group.name": frozenset({PARTICIPANT, *STAFF}),
    "group.drop": frozenset({PARTICIPANT, *STAFF}),
    "inbox.let_out": LEADS,
    "attachment.transcribe": STAFF,
    "attachment.remove": frozenset({PARTICIPANT, *LEADS}),
    "ballot.cast": frozenset({PARTICIPANT}),
    "hand.raise": frozenset({PARTICIPANT}),
    "hand.lower": frozenset({PARTICIPANT, *LEADS}),
    "seat.enter": frozenset({PARTICIPANT}),
    "seat.remove": LEADS,
    "seat.readmit": LEADS,
    "seat.rename": LEADS,
    "seat.edit": LEADS,
    "seat.move": LEADS,
    "block.add": LEADS,
    "block.edit": LEADS,
    "block.move": LEADS,
    "block.drop": LEADS,
    "block.delete": LEADS,
    "block.start": LEADS,
    "block.end": LEADS,
    "video.remove": LEADS,
    "programme.bring": LEADS,
    "programme.take_back": LEADS,
    "workshop.calendar": LEADS,
    "seat.join": LEADS,
    "roster.add": LEADS,
    "roster.edit": LEADS,
    "roster.remove": LEADS,
    "workshop.edit": LEADS,
    "workshop.close": LEADS,
    "workshop.archive": LEADS,
    "workshop.duplicate": LEADS,
    "workshop.clear": LEADS,
    "workshop.recover": LEADS,
    "workshop.delete": frozenset({OWNER}),
    "workshop.restore": frozenset({OWNER}),
    "room.edit": LEADS,
    "room.archive": LEADS,
    "rooms.order": LEADS,
    "workshop.lock": LEADS,
    "workshop.code": LEADS,
    "workshop.wall": LEADS,
    "workshop.expect": LEADS,
    "rooms.rotate": LEADS,
    "rooms.draw": LEADS,
    "draw.apply": LEADS,
    "draw.place": LEADS,
    "step.clock": LEADS,
    "step.undo": LEADS,
    "room.create": LEADS,
    "room.open": LEADS,
    "room.close": LEADS,
    "room.pause": LEADS,
    "rooms.pause": LEADS,
    "room.moderate": LEADS,
    "room.alike": LEADS,
    "process.begin": LEADS,
    "process.onward": LEADS,
    "steps.set": LEADS,
    "step.go": LEADS,
    "step.start": LEADS,
    "step.extend": LEADS,
    "summary.item": frozenset({*STAFF}),
    "summary.drop": frozenset({*STAFF}),
    "summary.publish": STAFF,
    "tray.admit": LEADS,
}

# What staff still do in a workshop that is over: open it again, and correct what the record says of people and rooms.
WHEN_OVER = frozenset({"workshop.close", "workshop.archive", "workshop.duplicate", "workshop.delete", "workshop.restore",
                       "workshop.edit", "workshop.wall", "workshop.calendar", "room.edit", "room.archive",
                       "rooms.order", "seat.edit", "seat.rename", "seat.remove", "seat.join", "roster.edit",
                       "roster.remove"})
WHEN_DELETED = "workshop.restore"  # the only thing that is still done with a workshop that was deleted
# What staff still do in a room that is put aside.
WHEN_ASIDE = frozenset({"room.archive", "room.edit"})


def lower(one: str, other: str) -> str:
    """Returns the weaker of two roles of accounts."""
    return min(one, other, key=FROM_BELOW.index)
