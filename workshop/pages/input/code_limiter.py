"""Limits guesses of typed codes: wrong ones count by address and in all; beyond that each look-up waits.

A hall has one address, and one prankster in it must not lock the others out: a code by which somebody has joined from an
address, or whose desk is open there, is looked up at once. Others wait while the address guesses, and few of them at a time:
or else a thousand guesses would wait side by side.
"""
import math
import time
from collections.abc import Callable
from typing import TypeVar

from flask import request

from workshop.domain.errors import Refusal
from workshop.domain.ids import codes_in
from workshop.domain.limits import CODE_PAUSE, CODE_WAITING, ENTRIES_BEHIND
from workshop.domain.people.addresses import network_of
from workshop.house import House, house
from workshop.pages.shell.request_gate import wait_for

T = TypeVar("T")
KNOWN = 5000  # codes remembered


def knock(run: Callable[[], T], typed: str) -> T:
    """Runs a look-up of what somebody typed as a code. Raises what it raises; Refusal `slow_down` beyond the bounds."""
    h, codes, network, now = house(), codes_in(typed), network_of(request.remote_addr), time.monotonic()
    guessed = not any((network, code) in h.known_codes for code in codes)
    paused = guessed and _pause(h, network, now)
    try:
        answer = run()
    except Refusal as refusal:
        if refusal.code == "wrong_code":
            for failures, key in ((h.failures, network), (h.failures_of_all, "")):
                failures.spend(key, now, min(max(1, len(codes)), max(0.0, failures.level(key, now))))
        if paused and refusal.code == "wrong_code":
            raise Refusal("slow_down") from None
        raise
    know(typed)
    return answer


def come_in(enter: Callable[[], T]) -> T:
    """Lets somebody join or come back (`enter()` makes a device or seats on disk). Refusal `too_many_at_once`: each time
    costs a disk flush, and makes a device that is known, so that is bounded for visitors without a device."""
    if wait := wait_for(house().entries, ENTRIES_BEHIND):
        raise Refusal("too_many_at_once", seconds=math.ceil(wait))
    return enter()


def know(typed: str) -> None:
    """Notes that the code is right, and people join by it from the address of this request."""
    known = house().known_codes
    for code in codes_in(typed):
        known[network_of(request.remote_addr), code] = None
        known.move_to_end((network_of(request.remote_addr), code))
    while len(known) > KNOWN:
        known.popitem(last=False)


def _pause(h: House, network: str, now: float) -> bool:
    """Tells whether too many codes were wrong, and this one has waited for it."""
    if h.failures.level(network, now) >= 1 and h.failures_of_all.level("", now) >= 1:
        return False
    if h.guessing[network] >= CODE_WAITING:
        raise Refusal("slow_down")
    h.guessing[network] += 1
    try:
        h.live.socketio.sleep(CODE_PAUSE)
    finally:
        h.guessing[network] -= 1
        if not h.guessing[network]:
            del h.guessing[network]
    return True
