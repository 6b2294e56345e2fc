"""What a process remembers of the store between transactions: answers that are made once, and what the sessions know."""
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from workshop.store.fast.memory import Memory

MOST = 2000  # answers kept


@dataclass
class Kept:
    """What a session finds remembered.  `memory`: of the writer; `driver`: what store/fast speaks to, where the session has
    it for itself."""

    recalled: dict = field(default_factory=dict)
    snapshots: dict = field(default_factory=dict)
    in_steps: bool = False  # whether a large board is read in steps
    memory: "Memory | None" = None
    driver: Any = None


def kept_of(session) -> Kept:
    """What is remembered for the session; of its own where nobody has given it more."""
    found = session.info.get("kept")
    if found is None:
        found = session.info["kept"] = Kept()
    return found


def recall(session, key: tuple, make):
    """What `make()` answered last under this key, or answers now."""
    known = kept_of(session).recalled
    if key not in known:
        if len(known) >= MOST:
            known.clear()
        known[key] = make()
    return known[key]
