"""What a process remembers of the store between transactions: answers that are made once, and what the sessions know."""
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy.orm import Session

if TYPE_CHECKING:
    from workshop.store.fast.memory import Memory

T = TypeVar("T")
MOST = 2000  # answers kept


@dataclass
class Kept:
    """What a session finds remembered.  `memory`: of the writer; `driver`: what store/fast speaks to, where the session has
    it for itself."""

    recalled: dict[Hashable, Any] = field(default_factory=dict)
    snapshots: dict[Hashable, Any] = field(default_factory=dict)
    in_steps: bool = False  # whether a large board is read in steps
    memory: "Memory | None" = None
    driver: Any = None


def kept_of(session: Session) -> Kept:
    """What is remembered for the session; of its own where nobody has given it more."""
    found: Kept | None = session.info.get("kept")
    if found is None:
        found = session.info["kept"] = Kept()
    return found


def recall(session: Session, key: Hashable, make: Callable[[], T]) -> T:
    """What `make()` answered last under this key, or answers now."""
    known = kept_of(session).recalled
    if key not in known:
        if len(known) >= MOST:
            known.clear()
        known[key] = make()
    found: T = known[key]
    return found
