"""Holds the shared services of one process: settings, store, the door for commands."""
import time
from collections import Counter, OrderedDict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from flask import current_app
from itsdangerous import URLSafeTimedSerializer

from workshop.actions.accounts import tokens
from workshop.actions.performer import Performer
from workshop.clock import Clock
from workshop.config import Config
from workshop.domain.errors import Refusal, RetryLater
from workshop.domain.limits import (
    CODE_ALL_WINDOW,
    CODE_FAILURES,
    CODE_FAILURES_ALL,
    CODE_WINDOW,
    ENTRIES,
    ENTRIES_RATE,
    NAMES_LOOKED_UP,
    NAMES_RATE,
    QUESTIONS,
    QUESTIONS_RATE,
    TOKEN_FAILURES,
    UPLOADS,
    UPLOADS_RATE,
    Buckets,
)
from workshop.domain.people.tries import SignInTries
from workshop.sandbox import Pool, shared
from workshop.store.identity import look_up
from workshop.store.rate_limit_keys import RateLimitKeys, address_key
from workshop.store.session import Store
from workshop.work_queue import WorkQueue

utc_now = Clock()  # tests put another in its place


class Door(Protocol):
    """Describes the door of the sockets, as far as pages cut connections through it."""

    def close_secret(self, secret: str | None, /) -> None: ...

    def close_token(self, token_id: str, /) -> None: ...


class Sockets(Protocol):
    """Describes the sockets of this process, as far as pages ask for them."""

    socketio: Any  # Flask-SocketIO's, which says no types

    @property
    def door(self) -> Door: ...

    def soon(self, run: Callable[[], object], /) -> None: ...


@dataclass
class House:
    """Holds the services that pages, live and commands share."""

    config: Config
    store: Store
    performer: Performer
    signer: URLSafeTimedSerializer
    clock: Callable[[], datetime] = utc_now
    sandbox: Pool = field(default_factory=shared)  # where foreign bytes are read
    live: Sockets = field(init=False, repr=False)  # workshop.live.Live, which puts itself here
    commands: Buckets = field(default_factory=lambda: Buckets(20, 60))
    questions: Buckets = field(default_factory=lambda: Buckets(QUESTIONS_RATE, QUESTIONS))
    names: Buckets = field(default_factory=lambda: Buckets(NAMES_RATE, NAMES_LOOKED_UP))  # on lists of expected people
    entries: Buckets = field(default_factory=lambda: Buckets(ENTRIES_RATE, ENTRIES))
    # Requests that begin within a round of the loop: two of each device, four of the strangers at an address, eight of all
    # strangers.  A round takes 16 ms while pages are drawn, so that a hall that comes in must not wait for too many of them.
    beginning: WorkQueue = field(default_factory=lambda: WorkQueue(at_once=10**6, each=2, waiting=10**6))
    strangers: WorkQueue = field(default_factory=lambda: WorkQueue(at_once=8, each=4, waiting=10**6))
    drawing: WorkQueue = field(default_factory=WorkQueue)  # pages of a workshop, which pause while they are drawn
    beside: WorkQueue = field(default_factory=WorkQueue)  # what threads and processes beside the event loop make
    under_way: Counter[str] = field(default_factory=Counter)  # boards that a device has asked for and not read to the end
    uploads: Buckets = field(default_factory=lambda: Buckets(UPLOADS_RATE, UPLOADS))
    tries: SignInTries = field(default_factory=SignInTries)
    failures: Buckets = field(default_factory=lambda: Buckets(CODE_FAILURES / CODE_WINDOW, CODE_FAILURES))
    failures_of_all: Buckets = field(default_factory=lambda: Buckets(CODE_FAILURES_ALL / CODE_ALL_WINDOW, CODE_FAILURES_ALL))
    # (network, code) by which somebody came in lately
    known_codes: OrderedDict[tuple[str, str], Any] = field(default_factory=OrderedDict)
    bad_tokens: Buckets = field(default_factory=lambda: Buckets(TOKEN_FAILURES / CODE_WINDOW, TOKEN_FAILURES))
    guessing: Counter[str] = field(default_factory=Counter)  # networks from which codes wait to be looked up
    rate_limit_keys: RateLimitKeys = field(init=False)

    def __post_init__(self) -> None:
        self.rate_limit_keys = RateLimitKeys(self.store)

    def may_try(self, token: str, address: str | None) -> bool:
        """Tells whether a token is looked up at all: one that was good lately always is, and so nobody who guesses at the
        same address is in its way."""
        if self.rate_limit_keys.remembered(token):
            return True
        return self.bad_tokens.level(address_key(address), time.monotonic()) >= 1

    def admit(self, token: str, address: str | None) -> None:
        """Admits a program's token, and notes that it is in use. All that is wrong with a token is one refusal, and takes
        one question of the store. Refusals: `slow_down`, `bad_token`; RetryLater."""
        if not self.may_try(token, address):
            raise Refusal("slow_down")
        now = self.clock()
        with self.store.read() as session:
            who = look_up(session, token)
        if who is None or who.is_over(now):
            self.rate_limit_keys.forget(token)
            self.bad_tokens.spend(address_key(address), time.monotonic(), 1.0)
            raise Refusal("bad_token")
        if tokens.is_unnoted(who.as_token, now):
            with suppress(RetryLater), self.store.write() as session:
                tokens.note_used(session, now, who.device.id)


def house() -> House:
    """Returns the house of the current application."""
    found: House = current_app.extensions["house"]
    return found
