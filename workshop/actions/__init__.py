"""Carries out verbs: the only folder that writes. It does not know that sockets exist."""
from workshop.actions import performer, proxies, summaries, undo  # noqa: F401  (they register what they have)
from workshop.actions.cards import (  # noqa: F401  (they register their verbs)
    arranging,
    attachments,
    bulk_add,
    contributions,
    copy_forward,
    grouping,
    read_marks,
    transfer,
)
from workshop.actions.desk import help as asked_help  # noqa: F401
from workshop.actions.desk import messages, nudges  # noqa: F401  (they register their verbs)
from workshop.actions.lives import beginning, clearing, workshops  # noqa: F401  (they register their verbs)
from workshop.actions.lives import rooms as room_lives  # noqa: F401  (it registers its verbs)
from workshop.actions.opinions import bringing as brought_votes  # noqa: F401  (it registers its verb)
from workshop.actions.people import (  # noqa: F401  (they register their verbs)
    corrections,
    draws,
    entrance,
    hands,
    joining,
    moving,
    removal,
    roster,
    seats,
)
from workshop.actions.programme import blocks, bringing, running, taking_back, videos  # noqa: F401  (they register their verbs)
from workshop.actions.rooms import edits, processes, rooms, rotation, starting, stepping  # noqa: F401  (their verbs)
from workshop.actions.speaking import floor, questions, turns  # noqa: F401  (they register their verbs)
from workshop.actions.votes import ballots, by_hand, deciding, opening, rounds, ruling  # noqa: F401  (their verbs)
from workshop.actions.walls import setting, showing  # noqa: F401  (they register their verbs)
