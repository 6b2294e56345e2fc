"""Verbs: the only folder that writes.  It does not know that sockets exist."""
from workshop.actions import (  # noqa: F401  (they register their verbs)
    arranging,
    attachments,
    ballots,
    bringing,
    carrying,
    composed,
    contributions,
    grouping,
    hands,
    marking,
    process,
    rooms,
    rotating,
    seats,
    sending,
    summaries,
)
