"""Orders the speakers' list: the hands that are up, by the rule that the assembly chose, after who has spoken.

The same hands and the same history always give the same order. By the rule nobody is overtaken more than MOST times: whoever
has let so many go first is next but for those who came before. Who was put somewhere by hand stands there, and overtakes
nobody: a person decided it, and the record says so.
"""
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

ARRIVAL, DELEGATIONS, CHANNELS, FIRST, LEAST, POINT = "arrival", "delegations", "channels", "first", "least", "point"
RULES = (ARRIVAL, DELEGATIONS, CHANNELS, FIRST, LEAST, POINT)
TURN, QUESTION, ANSWER, ORDER = "turn", "question", "answer", "order"
KINDS = (TURN, QUESTION, ANSWER, ORDER)  # of speech: each has a clock of its own
MINUTES = {TURN: 3, QUESTION: 1, ANSWER: 2, ORDER: 1}  # unless somebody says otherwise
LONGEST = 60  # minutes of a speech
TO_THE_POINT = {ORDER: 0, ANSWER: 1, QUESTION: 2, TURN: 3}
MOST = 3  # times that one is overtaken by the rule
BY_HAND, WAITED = "hand", "waited"  # why somebody stands where they stand, beside a rule and ORDER


@dataclass(frozen=True)
class Hand:
    """Describes a hand that is up. `group`: the delegation for which one speaks, "" for oneself; `at`: when it went up, in
    any form that can be compared; `pin`: the place to which it was moved by hand, from 0."""

    id: str
    seat: str
    group: str
    far: bool
    kind: str
    at: Any
    pin: int | None = None

    @property
    def arrival(self) -> tuple[Any, str]:
        """Returns by what hands are put in the order in which they came."""
        return self.at, self.id


@dataclass(frozen=True)
class Spoken:
    """Describes somebody who has spoken, or speaks: in the order in which they began. `by_hand`: was put forward."""

    id: str
    seat: str
    group: str
    far: bool
    kind: str
    at: Any
    seconds: float
    by_hand: bool = False


@dataclass
class _State:
    """Holds what the rules look at, as it is after those who stand before."""

    turn: dict[str, int] = field(default_factory=dict)  # group: when it spoke last
    times: dict[str, int] = field(default_factory=dict)  # seat: how often
    group_seconds: dict[str, float] = field(default_factory=dict)
    own_seconds: dict[str, float] = field(default_factory=dict)
    far: bool | None = None
    n: int = 0

    def take(self, one: Hand | Spoken, seconds: float) -> None:
        """Adds somebody who speaks. Only turns are charged: a question is not the asker's speech."""
        self.n += 1
        self.far = one.far
        if one.kind != TURN:
            return
        group = _group(one)
        self.turn[group] = self.n
        self.times[one.seat] = self.times.get(one.seat, 0) + 1
        self.group_seconds[group] = self.group_seconds.get(group, 0.0) + seconds
        self.own_seconds[one.seat] = self.own_seconds.get(one.seat, 0.0) + seconds


Key = Callable[[Hand, _State], tuple[Any, ...]]
KEYS: dict[str, Key] = {
    ARRIVAL: lambda hand, state: (),
    DELEGATIONS: lambda hand, state: (state.turn.get(_group(hand), 0),),
    CHANNELS: lambda hand, state: (hand.far == state.far,),
    FIRST: lambda hand, state: (state.times.get(hand.seat, 0) > 0,),
    LEAST: lambda hand, state: (state.group_seconds.get(_group(hand), 0.0), state.own_seconds.get(hand.seat, 0.0)),
    POINT: lambda hand, state: (TO_THE_POINT[hand.kind],)}


def _group(one: Hand | Spoken) -> str:
    """Returns for whom one speaks; whoever speaks for themselves is a group of their own."""
    return one.group or f"/{one.seat}"


def order(rule: str, hands: Iterable[Hand], history: Sequence[Spoken], minutes: Mapping[str, float] = MINUTES
          ) -> list[tuple[str, str]]:
    """Returns [(id, why)] in the order in which the hands speak; `why` is the rule, ORDER, BY_HAND or WAITED.

    `history`: all who have spoken, in their order. `minutes`: how long each kind is expected to take. A point of order goes
    first in every rule but ARRIVAL.
    """
    waiting = sorted(hands, key=lambda hand: hand.arrival)
    state, key = _State(), KEYS[rule]
    for one in history:
        state.take(one, one.seconds)
    passed = {hand.id: sum(not one.by_hand and (one.at, one.id) > hand.arrival for one in history) for hand in waiting}
    places = _places(waiting)
    free = [hand for hand in waiting if hand.pin is None]
    found: list[tuple[str, str]] = []
    for n in range(len(waiting)):
        if n in places:
            hand, why = places[n], BY_HAND
        else:
            hand, why = _next(rule, free, lambda one: _rank(rule, key, one, state), passed)
            before = free.index(hand)
            for other in free[:before]:
                passed[other.id] += 1
            del free[before]
        state.take(hand, minutes[hand.kind] * 60)
        found.append((hand.id, why))
    return found


def _rank(rule: str, key: Key, hand: Hand, state: _State) -> tuple[Any, ...]:
    return (rule != ARRIVAL and hand.kind != ORDER, *key(hand, state), *hand.arrival)


def _next(rule: str, free: list[Hand], rank: Callable[[Hand], tuple[Any, ...]], passed: Mapping[str, int]
          ) -> tuple[Hand, str]:
    """Chooses by the rule among those who overtake nobody for the time after the last."""
    wanted = min(free, key=rank)
    patient = next((n for n, hand in enumerate(free) if passed[hand.id] >= MOST), len(free))
    chosen = wanted if wanted in free[:patient + 1] else min(free[:patient + 1], key=rank)
    if chosen is not wanted:
        return chosen, WAITED
    return chosen, ORDER if chosen.kind == ORDER and rule != ARRIVAL else rule


def _places(waiting: Collection[Hand]) -> dict[int, Hand]:
    """Finds {place: hand} of those who were put somewhere: the place itself, or the next that is free."""
    places: dict[int, Hand] = {}
    every = range(len(waiting))
    for hand in sorted((one for one in waiting if one.pin is not None), key=lambda one: (one.pin, *one.arrival)):
        wanted = min(hand.pin or 0, len(waiting) - 1)
        after = [n for n in every[wanted:] if n not in places]
        places[after[0] if after else max(n for n in every if n not in places)] = hand
    return places
